// The first rule whose value differs, in the order of evaluation, would be the income itself, which rose by a cent. What people mean by the cause is the
// first thing that *turns*: a test, a yes or no, a group, a size. Only where none turns is it the first amount that makes the jump.

#include "what_if/turn_cause.h"

#include <algorithm>
#include <set>

#include "base/at.h"
#include "determine/determine.h"
#include "determine/foundations.h"
#include "determine/reasons.h"
#include "what_if/copies.h"
#include "what_if/exact_text.h"

namespace duly {
namespace {

template <class F>
void for_each_part(const Evaluated& e, const std::vector<Part>& roots, F f) {
  Seen seen;
  std::vector<Part> open;
  const auto put = [&](const Part& part) {
    if (part.node != no_node && part.row >= 0 && seen.add(part)) open.push_back(part);
  };
  for (const Part& root : roots) put(root);
  std::vector<Part> parts;
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    f(part);
    parts.clear();
    e.parts.add_parts(part, parts);
    for (const Part& below : parts) put(below);
  }
}

struct Side {
  explicit Side(const Decided& decided) : e(decided.ready->index, decided.values), labels(e, decided.household.get(), 0) {}

  /// -1 where the program does not decide them.
  [[nodiscard]] std::int32_t row_of(const std::string& person) const {
    const LevelId decided = e.r.plan().program->decided;
    const Rows& rows = e.paths.rows(decided);
    for (std::int32_t row = rows.begin[0]; row < rows.begin[1]; ++row)
      if (labels.of(decided, row) == person) return row;
    return -1;
  }

  [[nodiscard]] std::vector<Part> roots(std::int32_t row) const {
    std::vector<Part> out = deciding_parts(e, row);
    for (const PlanOutput& output : e.r.plan().outputs) {
      const auto& gives = e.r.plan().program->gives;
      if (std::find(gives.begin(), gives.end(), output.rule) == gives.end()) continue;
      out.push_back({output.value, row, whole_set});
      if (output.absent != no_node) out.push_back({output.absent, row, whole_set});
    }
    return out;
  }

  Evaluated e;
  Labels labels;
};

const Determination* determination_of(const Decided& decided, const std::string& person) {
  for (const Determination& d : decided.determinations)
    if (d.subject.key == person) return &d;
  return nullptr;
}

class CauseSearch {
 public:
  CauseSearch(const Decided& before, const Decided& after, const std::string& person) : before_(before), after_(after), person_(person) {}

  TurnCause run() {
    TurnCause out;
    out.program = after_.program->declarations().program.id;
    if (add_failed_test(out)) return out;
    if (!before_.ready || !after_.ready || before_.ready != after_.ready) return out;
    const Side first(before_);
    const Side second(after_);
    const std::int32_t row = first.row_of(person_);
    const std::int32_t row_after = second.row_of(person_);
    if (row < 0 || row_after < 0) return out;
    std::set<std::pair<NodeId, std::int32_t>> reached;
    const auto add = [&](const Side& side, const Part& part) {
      if (side.e.index.rule_of(part.node) >= 0) reached.emplace(part.node, part.row);
    };
    for_each_part(first.e, first.roots(row), [&](const Part& part) { add(first, part); });
    for_each_part(second.e, second.roots(row_after), [&](const Part& part) { add(second, part); });
    Number jump = lost() / 2;
    for (const bool amounts : {false, true})
      for (const auto& [node, its_row] : reached)
        if (is_cause(first, second, node, its_row, amounts, jump)) return told(first, second, node, its_row, std::move(out));
    return out;
  }

 private:
  /// A test that fails afterwards and did not before.
  bool add_failed_test(TurnCause& out) const {
    const Determination* before = determination_of(before_, person_);
    const Determination* after = determination_of(after_, person_);
    if (before == nullptr || after == nullptr || before->outcome == after->outcome) return false;
    const bool gets_worse = before->outcome == Outcome::eligible || after->outcome == Outcome::ineligible;
    const auto& failing = gets_worse ? after->reasons : before->reasons;
    const auto& passing = gets_worse ? before->reasons : after->reasons;
    for (const Reason& reason : failing) {
      const auto same = [&](const Reason& other) { return other.rule == reason.rule; };
      if (std::any_of(passing.begin(), passing.end(), same)) continue;
      out.rule = reason.rule;
      out.title = reason.title;
      out.cite = reason.cite;
      out.line = reason.line;
      out.of = reason.subject;
      out.before = truth(gets_worse);
      out.after = truth(!gets_worse);
      out.compared = reason.compared;
      out.limit = reason.limit;
      return true;
    }
    return false;
  }

  static Value truth(bool value) {
    Value out;
    out.kind = Value::Kind::boolean;
    out.text = value ? "true" : "false";
    return out;
  }

  /// By how much what is given changes, in dollars a month.
  [[nodiscard]] Number lost() const {
    const auto total = [&](const Decided& decided) {
      Number sum = 0;
      const Determination* d = determination_of(decided, person_);
      if (d == nullptr || d->outcome == Outcome::ineligible) return sum;
      for (const NamedValue& output : d->outputs)
        for (const RuleId rule : decided.program->program().gives)
          if (decided.program->declarations().rules[at(rule)].name == output.name)
            if (const auto amount = number_from_exact(output.value.text))
              sum += *amount * months_of(decided.program->program().rules[at(rule)].type.per).value_or(0);
      return sum;
    };
    const Number difference = total(before_) - total(after_);
    return difference < 0 ? -difference : difference;
  }

  static bool is_amount(const Type& type) {
    return (type.base == Base::number && !type.whole) || type.base == Base::duration || type.base == Base::days || type.base == Base::date;
  }

  [[nodiscard]] bool is_cause(const Side& first, const Side& second, NodeId node, std::int32_t row, bool amounts, const Number& jump) const {
    const Evaluated& e = first.e;
    const LevelId level = e.r.node(node).level;
    if (level != household_level && level != world_level && (row >= e.paths.rows(level).count || row >= second.e.paths.rows(level).count))
      return false;
    const Type& type = e.r.plan().program->rules[at(e.index.rule_of(node))].type;
    if (is_amount(type) != amounts) return false;
    const Value before = e.r.value(node, row, type, first.labels.people());
    const Value after = second.e.r.value(node, row, type, second.labels.people());
    if (before.text == after.text) return false;
    if (!amounts) return true;
    const auto x = number_from_exact(before.text);
    const auto y = number_from_exact(after.text);
    if (!x || !y) return before.text.empty() != after.text.empty();
    const Number difference = (*x < *y ? *y - *x : *x - *y) * months_of(type.per).value_or(1);
    return jump > 0 && difference >= jump;
  }

  TurnCause told(const Side& first, const Side& second, NodeId node, std::int32_t row, TurnCause out) const {
    const Evaluated& e = second.e;
    const RuleId id = e.index.rule_of(node);
    const Rule& rule = e.rule(id);
    const Type& type = e.r.plan().program->rules[at(id)].type;
    const LevelId level = e.r.node(node).level;
    out.rule = rule.name;
    out.title = rule.title;
    out.cite = rule.cite;
    if (level != e.r.plan().program->decided && level != household_level && level != world_level) out.of = second.labels.of(level, row);
    out.before = first.e.r.value(node, row, type, first.labels.people());
    out.after = second.e.r.value(node, row, type, second.labels.people());
    const CheckedBody& body = e.index.body(id);
    if (type.base == Base::boolean && level == rule.level) {
      const int line = deciding_line(e, body, level, row, e.r.surely(node, row));
      if (line >= 0) {
        if (!body.lines[at(line)].cite.empty()) out.cite = body.lines[at(line)].cite;
        out.line = body.lines[at(line)].when_formula.text;
      }
    }
    if (e.r.node(node).shape != Shape::truth) return out;
    Reason compared;
    add_comparison(e, node, row, Depth::through_rules, compared);
    out.compared = compared.compared;
    out.limit = compared.limit;
    return out;
  }

  const Decided& before_;
  const Decided& after_;
  const std::string& person_;
};

}  // namespace

TurnCause cause_of_turn(const Decided& before, const Decided& after, const std::string& person) { return CauseSearch(before, after, person).run(); }

std::vector<std::pair<FactId, std::int32_t>> facts_below(const Evaluated& e, const std::vector<Part>& roots) {
  std::set<std::pair<FactId, std::int32_t>> found;
  for_each_part(e, roots, [&](const Part& part) {
    const PlanNode& node = e.r.node(part.node);
    if (node.op == PlanOp::fact || node.op == PlanOp::fact_absent) found.emplace(node.index, part.row);
  });
  return {found.begin(), found.end()};
}

}  // namespace duly
