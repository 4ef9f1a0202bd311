// A definition of a chapter: a rule or a parameter, with what its base says of replacing it.

#include <algorithm>

#include "resolve/definitions.h"

namespace duly {
namespace {

bool is_taken(const Declarations& d, const std::string& name) {
  const auto has = [&](const auto& list) { return std::any_of(list.begin(), list.end(), [&](const auto& x) { return x.name == name; }); };
  return has(d.rules) || has(d.parameters);
}

bool is_fact(const Declarations& d, const std::string& name) {
  return std::any_of(d.facts.begin(), d.facts.end(), [&](const Fact& f) { return f.record < 0 && f.name == name; });
}

/// One end of `may_be_replaced`.
struct WrittenBound {
  const Node* limit;
  bool is_highest;
  std::string cite;
};

std::vector<WrittenBound> written_bounds(Reader& reader, const Definition& definition) {
  std::vector<WrittenBound> out;
  if (!definition.may_be_replaced) return out;
  const Node& node = *definition.may_be_replaced;
  if (node.is_scalar()) {
    if (const std::string word(trim(node.text)); word != "yes" && word != "no" && word != "true" && word != "false")
      reader.mistake(Code::bad_value, node.span, "`may_be_replaced` is yes, no or a bound",
                     "write `no`, or {never_more_than: ..., cite: ...} or {never_less_than: ..., cite: ...}");
    return out;
  }
  if (!reader.want_map(node, "`may_be_replaced`")) return out;
  reader.refuse_other_keys(node, {"never_more_than", "never_less_than", "cite", "note"}, "`may_be_replaced`");
  const std::string cite = reader.text(node, "cite");
  if (cite.empty()) reader.mistake(Code::missing_citation, node.span, "the bound has no `cite`", "cite the law that packs are held to");
  for (const bool is_highest : {true, false})
    if (const Node* limit = node.find(is_highest ? "never_more_than" : "never_less_than")) out.push_back({limit, is_highest, cite});
  if (out.empty())
    reader.mistake(Code::missing_key, node.span, "the bound has neither `never_more_than` nor `never_less_than`", "or write `may_be_replaced: no`");
  return out;
}

void bound_rule(Reader& reader, const Definition& definition, Rule& rule) {
  for (const WrittenBound& bound : written_bounds(reader, definition))
    rule.bounds.push_back({bound.is_highest, reader.formula(*bound.limit), bound.cite, bound.limit->span});
}

/// A parameter's bound is a figure, so each of its rows can be held to it here.
void bound_parameter(Reader& reader, const Definition& definition, const Parameter& parameter) {
  for (const WrittenBound& bound : written_bounds(reader, definition)) {
    const auto limit = bound.limit->is_scalar() ? read_written_value(reader.d, parameter.type, trim(bound.limit->text)) : std::nullopt;
    if (!limit || limit->state != WrittenValue::State::value) {
      reader.mistake(Code::not_constant, bound.limit->span, "the bound of the parameter `" + parameter.name + "` is no figure",
                     "write " + what_is_written(reader.d, parameter.type) + "; what depends on the family is held to a bound as a rule");
      continue;
    }
    const std::string says = bound.is_highest ? "never more than " : "never less than ";
    for (const ParameterRow& row : parameter.rows) {
      if (row.state == ParameterRow::State::gap) continue;
      const bool is_endless = row.state == ParameterRow::State::absent;
      const bool breaks = is_endless ? bound.is_highest : bound.is_highest ? limit->value < row.value : row.value < limit->value;
      const bool grows_past = row.grows && (bound.is_highest ? row.each_more > 0 : row.each_more < 0);
      if (!breaks && !grows_past) continue;
      reader.mistake(Code::outside_bound, row.span,
                     "`" + parameter.name + "` is outside its bound: " + says + std::string(trim(bound.limit->text)) +
                         (breaks ? "" : ", which it passes as it grows with each one more"),
                     "the bound is set by " + bound.cite);
    }
  }
}

}  // namespace

void read_definition(Reader& reader, const Definition& definition, const RuleFiles& files) {
  const Node& key = definition.key;
  const Node& node = definition.body;
  const std::size_t since = reader.errors.size();
  std::string cite = reader.default_cite;
  if (!is_name(key.text)) {
    reader.mistake(Code::wrong_shape, key.span, "`" + key.text + "` is no name", "names are letters, digits and _");
  } else if (reader.want_map(node, "a rule")) {
    if (node.find("cite") != nullptr) cite = reader.text(node, "cite");
    const std::size_t rules = reader.d.rules.size();
    const std::size_t parameters = reader.d.parameters.size();
    const bool of_dictionary = is_fact(reader.d, key.text);
    if (of_dictionary || is_taken(reader.d, key.text))
      reader.mistake(Code::defined_twice, key.span, "`" + key.text + "` is defined twice", of_dictionary ? "it is a fact of the dictionary" : "");
    else if (node.find("values") != nullptr || node.find("file") != nullptr) read_parameter(reader, key.text, node, files);
    else read_rule(reader, key.text, node, key.span);
    if (reader.d.rules.size() > rules) {
      reader.d.rules.back().replaced = definition.replaced;
      bound_rule(reader, definition, reader.d.rules.back());
    }
    if (reader.d.parameters.size() > parameters) {
      reader.d.parameters.back().replaced = definition.replaced;
      bound_parameter(reader, definition, reader.d.parameters.back());
    }
  }
  reader.stamp(since, key.text, cite);
}

}  // namespace duly
