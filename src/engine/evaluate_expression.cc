// One expression, evaluated as a rule would be: checked, compiled to a plan and run over one household of nobody. There is no second evaluator.

#include <algorithm>
#include <array>

#include "compile/plan_from_program.h"
#include "duly/authoring.h"
#include "engine/expression_context.h"
#include "engine/expression_values.h"
#include "evaluate/values.h"

namespace duly {
namespace {

/// Nothing is declared but what every program has.
Declarations bare_declarations() {
  Declarations d;
  d.program.each = "household";
  d.levels = {{LevelKind::world, "world", "", -1, -1, -1, -1},
              {LevelKind::household, "household", "", world_level, -1, -1, -1},
              {LevelKind::person, "person", "people", household_level, -1, -1, -1},
              {LevelKind::pair, "", "", person_level, person_level, person_level, -1}};
  CodeList rounding;
  rounding.name = "rounding";
  for (int mode = 0; mode <= static_cast<int>(RoundMode::ceiling); ++mode) {
    rounding.words.emplace_back(to_word(static_cast<RoundMode>(mode)));
    rounding.labels.push_back(rounding.words.back());
    rounding.accepted[rounding.words.back()] = mode;
  }
  d.lists.push_back(std::move(rounding));
  return d;
}

/// There are no rules and no facts to ask for.
class NoNames final : public NameSource {
 public:
  explicit NoNames(std::vector<Diagnostic>& errors) : errors_(errors) {}
  TermId rule_term(RuleId, const Span&) override { return no_term; }
  TermId fact_term(FactId) override { return no_term; }
  TermId partition_sets(LevelId) override { return no_term; }
  TermId role_is_member(LevelId) override { return no_term; }
  Valued meets_all(const MeetsAll&, const Span& span) override {
    errors_.push_back(diagnostic_at(Code::formula_syntax, span, "`meets all` belongs into the outcomes of a program"));
    return {};
  }

 private:
  std::vector<Diagnostic>& errors_;
};

FactTable one_household_of_nobody(const Declarations& d) {
  FactTable table;
  table.households = 1;
  table.levels.resize(d.levels.size());
  table.levels[household_level] = {.count = 1, .owner = {0}, .begin = {0, 1}};
  table.levels[person_level] = {.count = 0, .owner = {}, .begin = {0, 0}};
  fill_unknown(d, table);
  return table;
}

struct Checked {
  std::shared_ptr<CheckedProgram> program;
  Operand result;
};

/// The expression with its meaning, nulls of the context taken as unknown values of type `unknown`.
Checked check_expression(const Expr& expression, const Node& context, const Type& unknown, std::vector<Diagnostic>& errors) {
  Checked out;
  out.program = std::make_shared<CheckedProgram>();
  out.program->declarations = std::make_shared<const Declarations>(bare_declarations());
  const Declarations& d = *out.program->declarations;
  out.program->level_maker.assign(d.levels.size(), no_term);
  Terms terms(d, out.program->terms);
  NoNames nothing(errors);
  FormulaCheck check(d, terms, nothing, errors);
  Context scope;
  scope.names = context_names(context, unknown, check, terms, errors);
  if (!errors.empty()) return out;
  out.result = check.check(expression, scope);
  return out;
}

/// A null may stand for a value of any type: the first type with which the expression has a meaning is taken.
Result<Checked> check_expression(const Expr& expression, const Node& context) {
  std::vector<Diagnostic> first_errors;
  for (const Base base : {Base::boolean, Base::number, Base::date, Base::duration, Base::days, Base::month}) {
    Type unknown;
    unknown.base = base;
    std::vector<Diagnostic> errors;
    Checked checked = check_expression(expression, context, unknown, errors);
    if (errors.empty()) return checked;
    if (first_errors.empty()) first_errors = std::move(errors);
    if (!has_unknown(context)) break;
  }
  return first_errors;
}

/// Reads the operand that the expression came to, out of one evaluation.
class ResultReader {
 public:
  ResultReader(const CheckedProgram& program, const Operand& result) : program_(program), result_(result) { collect(result); }

  /// Terms whose values are needed.
  [[nodiscard]] const std::vector<TermId>& terms() const { return terms_; }

  Result<ExpressionValue> read(const Plan& plan, const Values& values) {
    plan_ = &plan;
    values_ = &values;
    ExpressionValue out = operand(result_);
    if (!errors_.empty()) return errors_;
    return out;
  }

 private:
  void collect(const Operand& operand) {
    if (operand.included.ok()) terms_.push_back(operand.included.term);
    if (operand.kind == Operand::Kind::value) terms_.push_back(operand.value.term);
    for (const Operand& item : operand.items) collect(item);
  }

  ExpressionValue refuse(Code code, const Span& span, std::string message, std::string help = "") {
    errors_.push_back(diagnostic_at(code, span, std::move(message), std::move(help)));
    return {};
  }

  ExpressionValue operand(const Operand& o) {
    switch (o.kind) {
      case Operand::Kind::value: return value(o);
      case Operand::Kind::list: return list(o);
      case Operand::Kind::word:
        if (o.quoted) return {o.text, json_text(o.text)};
        return refuse(Code::unknown_name, o.span, "`" + o.text + "` is not defined", "values are given by name in the context");
      case Operand::Kind::absent: return refuse(Code::wrong_type, o.span, "`" + o.text + "` is no value here");
      case Operand::Kind::range: return refuse(Code::wrong_type, o.span, "a range is no value", "use it right of `in`");
      default: return refuse(Code::wrong_type, o.span, "an expression that stands alone has no people and no records");
    }
  }

  ExpressionValue list(const Operand& o) {
    ExpressionValue out{"[", "["};
    for (const Operand& item : o.items) {
      if (item.included.ok()) {
        const TruthValue included = values_->truth(node(item.included.term), 0);
        if (included.may_be_true && included.may_be_false) return {"unknown", "null"};
        if (!included.may_be_true) continue;
      }
      const ExpressionValue one = operand(item);
      const bool first = out.json.size() == 1;
      out.text += (first ? "" : ", ") + one.text;
      out.json += (first ? "" : ", ") + one.json;
    }
    return {out.text + "]", out.json + "]"};
  }

  [[nodiscard]] NodeId node(TermId term) const { return plan_->node_of_term[static_cast<std::size_t>(term)]; }
  [[nodiscard]] const PlanNode& at(NodeId id) const { return plan_->nodes[static_cast<std::size_t>(id)]; }

  ExpressionValue value(const Operand& o) {
    const Type& type = program_.terms[static_cast<std::size_t>(o.value.term)].type;
    const NodeId id = node(o.value.term);
    if (values_->may_be_undefined(id, 0)) return values_->may_be_defined(id, 0) ? ExpressionValue{"unknown", "null"} : no_value(id, o.span);
    switch (at(id).shape) {
      case Shape::truth: return truth(values_->truth(id, 0), o.span);
      case Shape::number: return number(values_->number(id, 0), type, o.span);
      case Shape::code: return code(values_->possible_words(id, 0), type);
      case Shape::set: return refuse(Code::wrong_type, o.span, "an expression that stands alone has no people and no records");
    }
    return {};
  }

  ExpressionValue truth(const TruthValue& t, const Span& span) {
    if (t.may_be_true && t.may_be_false) return {"unknown", "null"};
    if (!t.may_be_true && !t.may_be_false) return refuse(Code::division_by_zero, span, "the expression has no value");
    const char* word = t.may_be_true ? "true" : "false";
    return {word, word};
  }

  ExpressionValue number(const NumberValue& n, const Type& type, const Span& span) {
    const bool outside = type.base == Base::date && (n.low < first_date.days || n.high > never.days);
    if (outside) return refuse(Code::outside_calendar, span, "this date is outside the calendar", "dates run from 0001-01-01 to 9999-12-31");
    if (n.low != n.high) return {"unknown, from " + iso_text(n.low, type) + " to " + iso_text(n.high, type), "null"};
    const std::string text = iso_text(n.low, type);
    return {text, type.base == Base::number ? json_number(n.low) : json_text(text)};
  }

  ExpressionValue code(std::uint64_t words, const Type& type) {
    const CodeList& list = program_.declarations->lists[static_cast<std::size_t>(type.list)];
    for (std::size_t word = 0; word < list.words.size(); ++word)
      if (words == std::uint64_t{1} << word) return {list.words[word], json_text(list.words[word])};
    return {"unknown", "null"};
  }

  /// Why the node has no value: the deepest operation that had one in each of its arguments.
  ExpressionValue no_value(NodeId id, const Span& whole) {
    for (NodeId cause = 0; cause <= id; ++cause) {
      const PlanNode& n = at(cause);
      const bool first = values_->may_be_undefined(cause, 0) &&
                         std::none_of(n.args.begin(), n.args.end(), [&](NodeId a) { return values_->may_be_undefined(a, 0); });
      if (!first || n.origin == no_term) continue;
      const Term& term = program_.terms[static_cast<std::size_t>(n.origin)];
      if (term.op == TermOp::divide || term.op == TermOp::modulo) return refuse(Code::division_by_zero, term.span, "this divides by zero");
      return refuse(Code::outside_calendar, term.span.source ? term.span : whole, "this has no value", "dates run from 0001-01-01 to 9999-12-31");
    }
    return refuse(Code::division_by_zero, whole, "the expression has no value");
  }

  const CheckedProgram& program_;
  const Operand& result_;
  const Plan* plan_ = nullptr;
  const Values* values_ = nullptr;
  std::vector<TermId> terms_;
  std::vector<Diagnostic> errors_;
};

Result<ExpressionValue> evaluate_checked(const Checked& checked) {
  ResultReader reader(*checked.program, checked.result);
  CompileOptions options;
  options.also = reader.terms();
  const auto plan = plan_from_program(checked.program, first_date, options);
  if (!plan) return plan.errors();
  const FactTable table = one_household_of_nobody(*checked.program->declarations);
  Values values;
  evaluate(**plan, table, 0, 1, Keep::everything, values);
  return reader.read(**plan, values);
}

Result<ExpressionValue> evaluate_in(const SourcePtr& expression, const Node& context) {
  std::vector<Diagnostic> errors;
  const ExprPtr tree = parse_formula_text(expression, errors);
  if (!errors.empty()) return errors;
  const auto checked = check_expression(*tree, context);
  if (!checked) return checked.errors();
  return evaluate_checked(*checked);
}

/// `E123: boolean + number has no meaning (...)`
std::string one_line(const std::vector<Diagnostic>& errors) {
  std::string out;
  for (const Diagnostic& error : errors) {
    if (!out.empty()) out += "; ";
    out += code_text(error.code) + ": " + error.message;
    if (!error.help.empty()) out += " (" + error.help + ")";
  }
  return out;
}

std::string answer(const std::string& id, const Result<ExpressionValue>& value) {
  return "{\"id\": " + id + (value ? ", \"value\": " + value->json : ", \"error\": " + json_text(one_line(value.errors()))) + "}";
}

}  // namespace

Result<ExpressionValue> evaluate_expression(std::string_view expression, std::string_view context) {
  std::vector<Diagnostic> errors;
  const Node names = parse_document(make_source("", std::string(context)), errors);
  if (!errors.empty()) return errors;
  return evaluate_in(make_source("", std::string(expression)), names);
}

std::string evaluate_expression_line(std::string_view line) {
  std::vector<Diagnostic> errors;
  const Node request = parse_json(make_source("", std::string(line)), errors);
  const Node* id = request.find("id");
  const std::string id_text = id != nullptr && errors.empty() ? std::string(text_of(id->span)) : "null";
  const Node* expression = request.find("expression");
  if (errors.empty() && (expression == nullptr || !expression->is_scalar()))
    errors.push_back(diagnostic_at(Code::document_shape, request.span, "the line has no `expression`",
                                   "write {\"id\": 1, \"expression\": \"1 + 1\", \"context\": {}}"));
  if (!errors.empty()) return answer(id_text, errors);
  Node nothing;
  nothing.kind = Node::Kind::map;
  const Node* context = request.find("context");
  return answer(id_text, evaluate_in(make_source("", expression->text), context != nullptr ? *context : nothing));
}

}  // namespace duly
