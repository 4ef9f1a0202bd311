#include "explain/explain.h"

#include "explain/tree.h"

namespace duly {
namespace {

class OutcomeTree {
 public:
  OutcomeTree(const DetermineInput& input, const Determination& determination)
      : e_(input.index, input.values),
        determination_(determination),
        plan_(input.index.plan()),
        household_(static_cast<std::int32_t>(input.household - input.values.first_household())),
        row_(e_.paths.rows(plan_.program->decided).begin[household_] + determination.subject.row),
        labels_(e_, input.household_details, household_),
        tree_(e_, labels_, input.household_details) {}

  ExplanationNode root() {
    const ProgramDecl& program = e_.declarations().program;
    ExplanationNode out;
    out.name = program.id;
    out.kind = "outcome";
    out.title = program.title;
    out.of = determination_.subject.key;
    out.value.kind = Value::Kind::text;
    out.value.text = to_word(determination_.outcome);
    out.value_text = out.value.text;
    out.cite = program.authority;
    const LevelId decided = plan_.program->decided;
    if (e_.paths.level(decided).kind == LevelKind::unit) out.children.push_back(tree_.unit(decided, row_));
    for (const PlanRequirement& requirement : plan_.requirements) add_test(out, requirement);
    add_outputs(out);
    return out;
  }

 private:
  /// Of a refusal only what failed; else every test.
  [[nodiscard]] bool matters(TestState state) const { return determination_.outcome != Outcome::ineligible || state == TestState::failed; }

  void add_test(ExplanationNode& out, const PlanRequirement& requirement) {
    const LevelId level = e_.rule(requirement.rule).level;
    if (requirement.fails_person) return add_failing_people(out, requirement.rule, level);
    const TestState state = state_of(e_, requirement, row_);
    const bool by_trial = determination_.outcome == Outcome::ineligible && state == TestState::unknown && is_reason(requirement.rule);
    if (!matters(state) && !by_trial) return;
    out.children.push_back(tree_.rule(requirement.rule, e_.paths.above(plan_.program->decided, row_, level)));
    out.children.back().decisive = state == TestState::failed || by_trial || determination_.outcome == Outcome::eligible;
  }

  [[nodiscard]] bool is_reason(RuleId rule) const {
    for (const Reason& reason : determination_.reasons)
      if (reason.rule == e_.rule(rule).name) return true;
    return false;
  }

  void add_failing_people(ExplanationNode& out, RuleId rule, LevelId level) {
    if (level != person_level) return;
    for (int item = 0; item < e_.paths.people_in(household_); ++item) {
      const std::int32_t person = e_.paths.person_row(household_, item);
      const bool is_subject =
          e_.paths.leads_up(person_level, plan_.program->decided) && e_.paths.above(person_level, person, plan_.program->decided) == row_;
      if (is_subject && surely_not_at(e_, plan_.program->rules[static_cast<std::size_t>(rule)].term, person_level, person))
        out.children.push_back(tree_.rule(rule, person));
    }
  }

  /// What is due, where something is or may be.
  void add_outputs(ExplanationNode& out) {
    if (determination_.outcome == Outcome::ineligible || determination_.outcome == Outcome::error) return;
    const bool all = determination_.outcome != Outcome::pending;
    for (std::size_t i = 0; i < plan_.outputs.size(); ++i) {
      if (!all && static_cast<int>(i) != e_.index.benefit()) continue;
      const RuleId rule = plan_.outputs[i].rule;
      out.children.push_back(tree_.rule(rule, e_.paths.above(plan_.program->decided, row_, e_.rule(rule).level)));
    }
  }

  Evaluated e_;
  const Determination& determination_;
  const Plan& plan_;
  std::int32_t household_;
  std::int32_t row_;
  Labels labels_;
  Tree tree_;
};

}  // namespace

Explanation explain(const DetermineInput& input, const Determination& determination) {
  Explanation out;
  out.program = determination.program;
  out.program_title = input.index.plan().program->declarations->program.title;
  out.determination = determination;
  out.root = OutcomeTree(input, determination).root();
  return out;
}

ExplanationNode explain_rule(const DetermineInput& input, RuleId rule, std::int32_t row) {
  const Evaluated e(input.index, input.values);
  const Labels labels(e, input.household_details, static_cast<std::int32_t>(input.household - input.values.first_household()));
  return Tree(e, labels, input.household_details).rule(rule, row);
}

}  // namespace duly
