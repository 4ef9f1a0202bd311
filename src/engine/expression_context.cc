#include "engine/expression_context.h"

#include <algorithm>

namespace duly {
namespace {

bool is_bare(const Node& value) { return value.style == Style::plain || value.style == Style::json_bare; }

bool is_unknown(const Node& value) { return value.is_scalar() && value.is_null; }

/// Whether `text` is an ISO 8601 duration of years and months, or of days; whether it is sound is seen when it is read.
bool looks_like_duration(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.starts_with('P') && text.size() > 2 && text.find_first_not_of("0123456789YMD", 1) == std::string_view::npos;
}

Expr scalar_expression(const Node& value) {
  if (is_bare(value) && (value.text == "true" || value.text == "false")) return {BooleanLiteral{value.text == "true"}, value.span};
  if (is_bare(value))
    if (const auto number = number_from_text(value.text)) return {NumberLiteral{*number}, value.span};
  if (date_from_text(value.text) || month_from_text(value.text) || looks_like_duration(value.text)) return {AtLiteral{value.text}, value.span};
  return {TextLiteral{value.text}, value.span};
}

/// A value that is given, not written: what is refused of a written number, such as a division by zero, is seen when it is used.
Operand as_given(Operand operand, Terms& terms) {
  if (operand.kind != Operand::Kind::value) return operand;
  Term given;
  given.op = TermOp::lift;
  given.type = terms.at(operand.value.term).type;
  given.level = household_level;
  given.args = {operand.value.term};
  given.span = operand.span;
  operand.value.term = terms.add(std::move(given));
  return operand;
}

}  // namespace

Operand context_operand(const Node& value, const Type& unknown, FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors) {
  if (value.is_map()) {
    errors.push_back(diagnostic_at(Code::document_shape, value.span, "a context inside a context is not part of the language",
                                   "give each value a name of its own"));
    return {};
  }
  if (value.is_scalar() && !is_unknown(value)) return as_given(check.check(scalar_expression(value), Context{}), terms);
  Operand out;
  out.span = value.span;
  if (is_unknown(value)) {
    out.kind = Operand::Kind::value;
    out.value = check.unknown_of(unknown, value.span);
    return out;
  }
  out.kind = Operand::Kind::list;
  for (const Node& item : value.items) out.items.push_back(context_operand(item, unknown, check, terms, errors));
  if (!std::all_of(out.items.begin(), out.items.end(), [](const Operand& item) { return item.ok(); })) return {};
  return out;
}

std::map<std::string, Operand> context_names(const Node& context, const Type& unknown, FormulaCheck& check, Terms& terms,
                                             std::vector<Diagnostic>& errors) {
  std::map<std::string, Operand> names;
  if (!context.is_map()) {
    errors.push_back(diagnostic_at(Code::document_shape, context.span, "the context is no object of names and values", "such as {\"rent\": 900}"));
    return names;
  }
  for (std::size_t i = 0; i < context.keys.size(); ++i) {
    const Node& key = context.keys[i];
    if (is_name(key.text)) names[key.text] = context_operand(context.items[i], unknown, check, terms, errors);
    else errors.push_back(diagnostic_at(Code::not_a_value, key.span, "`" + key.text + "` is no name", "names are letters, digits and `_`"));
  }
  return names;
}

bool has_unknown(const Node& context) {
  return is_unknown(context) || std::any_of(context.items.begin(), context.items.end(), [](const Node& item) { return has_unknown(item); });
}

}  // namespace duly
