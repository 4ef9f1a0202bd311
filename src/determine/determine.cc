#include "determine/determine.h"

#include <algorithm>
#include <deque>

#include "base/at.h"
#include "determine/foundations.h"
#include "determine/missing.h"
#include "determine/trial.h"
#include "determine/undefined.h"
#include "determine/unit_people.h"

namespace duly {
namespace {

Value text_value(std::string text) {
  Value out;
  out.kind = Value::Kind::text;
  out.text = std::move(text);
  return out;
}

bool is_date(const Type& type) { return type.base == Base::date || type.base == Base::month; }

class HouseholdDetermination {
 public:
  HouseholdDetermination(const DetermineInput& input, const Evaluated& e)
      : input_(input),
        e_(e),
        household_(static_cast<std::int32_t>(input.household - input.values.first_household())),
        labels_(e_, input.household_details, household_),
        plan_(input.index.plan()) {}

  /// Adds the subjects whose decision is open.
  void add_open(std::vector<OpenSubjectRow>& open) {
    const Rows& rows = e_.paths.rows(plan_.program->decided);
    for (std::int32_t row = rows.begin[household_]; row < rows.begin[household_ + 1]; ++row) {
      decisions_.push_back(decision_of(e_, row));
      if (!decisions_.back().settled()) open.push_back({row, input_.household_details});
    }
  }

  /// `tried`: from the result of its first open subject on.
  std::vector<Determination> run(TrialResult*& tried) {
    std::int32_t row = e_.paths.rows(plan_.program->decided).begin[household_];
    for (Decision& decision : decisions_) decide_row(row++, std::move(decision), tried);
    list_missing(e_, labels_, open_, tells_all(), out_);
    return std::move(out_);
  }

 private:
  void decide_row(std::int32_t row, Decision decision, TrialResult*& tried) {
    const bool was_open = !decision.settled();
    TrialResult trial;
    if (was_open) {
      trial = std::move(*tried++);
      if (trial.decided) decision = trial.decision;
    }
    if (decision.kind == Decision::Kind::not_decided || decision.kind == Decision::Kind::outside) return;
    Determination out = started(row);
    settle(out, decision);
    if (decision.kind == Decision::Kind::undefined) {
      out.errors.push_back(trial.error ? *trial.error : undefined_value(e_, labels_, decision.undefined_at, row));
    } else if (was_open && trial.decided) {
      explain_by_trial(out, decision, trial, row);
    } else {
      explain_by_tests(out, decision, row);
    }
    if (tells_all()) add_foundations(out, decision, row);
    if (!decision.settled()) {
      out.missing_is_exact = trial.exact;
      open_.push_back({out_.size(), std::move(trial.causes)});
    }
    out_.push_back(std::move(out));
  }

  Determination started(std::int32_t row) const {
    const Declarations& d = e_.declarations();
    Determination out;
    if (tells_all()) out.program = d.program.id;
    out.subject = subject_of(e_, labels_, row);
    out.benefit_month = benefit_month_of(e_, household_);
    out.outputs.reserve(plan_.outputs.size());
    for (const PlanOutput& output : plan_.outputs) {
      const Rule& rule = e_.rule(output.rule);
      if (input_.outputs != nullptr && std::find(input_.outputs->begin(), input_.outputs->end(), rule.name) == input_.outputs->end()) continue;
      NamedValue& told = out.outputs.emplace_back();
      told.name = rule.name;
      told.value = tells_all() ? output_of(e_, output, row, labels_.people()) : output_in_column(e_, output, row, labels_.people());
      if (!tells_all()) continue;
      told.title = rule.title;
      if (is_date(plan_.program->rules[at(output.rule)].type)) out.dates.push_back(told);
    }
    if (!tells_all()) return out;
    out.left_out = left_out_of(e_, labels_, row);
    add_given(out, row);
    out.doubts = d.program.doubts;
    out.versions.rules = d.rules_hash;
    out.versions.engine = DULY_VERSION;
    return out;
  }

  /// Values that were stated or assumed in place of what a rule computes.
  void add_given(Determination& out, std::int32_t row) const {
    const FactTable& facts = input_.values.facts();
    const LevelId decided = plan_.program->decided;
    for (const StatedColumn& stated : facts.stated) {
      const Rule& rule = e_.rule(stated.rule);
      PlanNode node;
      node.level = rule.level;
      node.index = stated.rule;
      const auto add = [&](std::int32_t its_row) {
        if (its_row < 0 || !e_.parts.is_stated(node, its_row)) return;
        const Value value = value_at(e_, plan_.program->rules[at(stated.rule)].term, rule.level, its_row, labels_.people());
        const std::string of = rule.level == decided ? "" : labels_.of(rule.level, its_row);
        (stated.assumed ? out.assumed : out.stated).push_back({of.empty() ? rule.name : of + "." + rule.name, rule.title, value});
      };
      if (e_.paths.leads_up(decided, rule.level)) add(e_.paths.above(decided, row, rule.level));
      else if (e_.paths.leads_up(rule.level, decided)) e_.paths.for_each_below(rule.level, decided, row, add);
    }
    for (const RuleId unit : facts.one_unit) out.assumed.push_back({e_.rule(unit).name, e_.rule(unit).title, text_value("one_unit")});
    if (input_.household_details != nullptr && input_.household_details->rest_assumed)
      out.assumed.push_back({"rest", "", text_value("nothing unusual")});
  }

  void settle(Determination& out, const Decision& decision) const {
    out.outcome = outcome_of(plan_, decision);
    if (decision.kind != Decision::Kind::line) return;
    const PlanOutcome& line = plan_.outcomes[at(decision.line)];
    out.scope = line.scope;
    out.remedy = line.remedy;
  }

  [[nodiscard]] bool tells_all() const { return input_.told == Told::everything; }
  static bool gives_reasons(const Determination& out) { return out.outcome == Outcome::ineligible || out.outcome == Outcome::conditional; }

  /// A test in the state that decides, and the reason that it is where it fails. Columns hold the codes of reasons alone.
  void add_test(Determination& out, const PlanRequirement& requirement, std::int32_t row, TestState state) const {
    const bool is_reason = state == TestState::failed && gives_reasons(out);
    if (!tells_all()) {
      if (!is_reason) return;
      out.reasons.emplace_back().code = failed_code(e_, requirement, row);
      return;
    }
    out.basis.push_back(told_of_test(e_, labels_, requirement, plan_.program->decided, row, state));
    if (is_reason) out.reasons.push_back(out.basis.back());
  }

  void explain_by_tests(Determination& out, const Decision& decision, std::int32_t row) const {
    if (tells_all()) out.basis.reserve(plan_.requirements.size() + 1);
    for (const PlanRequirement& requirement : plan_.requirements) {
      if (requirement.fails_person) continue;
      const TestState state = state_of(e_, requirement, row);
      if (state == TestState::unknown || (out.outcome == Outcome::ineligible && state != TestState::failed)) continue;
      add_test(out, requirement, row, state);
    }
    add_outcome_line(out, decision);
  }

  /// The line of the program's outcomes, where there is more to say of it than that every test is met.
  void add_outcome_line(Determination& out, const Decision& decision) const {
    if (decision.line < 0 || !tells_all()) return;
    const PlanOutcome& line = plan_.outcomes[at(decision.line)];
    const bool is_plain = is_eligible(line) && line.cite.empty() && (line.scope.empty() || line.scope == "full");
    if (decision.settled() && is_plain) return;
    Reason told;
    told.code = decision.settled() ? "outcome" : "outcome_is_settled";
    told.title = std::string(to_word(outcome_of(line))) + (line.scope.empty() || line.scope == "full" ? "" : ", " + line.scope);
    told.cite = line.cite;
    out.basis.push_back(std::move(told));
  }

  /// Where no test fails whatever is missing, one of these does. Which one is not settled, so none is a reason.
  void add_each_that_may_fail(Determination& out, const TrialResult& trial, std::int32_t row) const {
    for (std::size_t q = 0; q < plan_.requirements.size(); ++q)
      if (trial.may_fail[q]) out.basis.push_back(told_of_test(e_, labels_, plan_.requirements[q], plan_.program->decided, row, TestState::failed));
  }

  /// Tests that fail, or are met, however the missing facts turn out.
  void explain_by_trial(Determination& out, const Decision& decision, const TrialResult& trial, std::int32_t row) const {
    for (std::size_t q = 0; q < plan_.requirements.size(); ++q) {
      const PlanRequirement& requirement = plan_.requirements[q];
      if (requirement.fails_person) continue;
      if (trial.fails[q]) {
        add_test(out, requirement, row, TestState::failed);
      } else if (!trial.may_fail[q] && out.outcome != Outcome::ineligible) {
        const TestState state = state_of(e_, requirement, row);
        add_test(out, requirement, row, state == TestState::exempt ? state : TestState::passed);
      }
    }
    if (tells_all() && out.basis.empty()) add_each_that_may_fail(out, trial, row);
    add_outcome_line(out, decision);
    if (decision.benefit.empty() || out.outputs.empty() || out.outputs.front().value.kind != Value::Kind::unknown) return;
    if (out.outputs.front().name != e_.rule(plan_.outputs.front().rule).name) return;  // the benefit is not told
    Value& benefit = out.outputs.front().value;
    benefit = {.kind = Value::Kind::money, .text = decision.benefit, .low = {}, .high = {}, .unit = benefit.unit, .label = {}};
  }

  void add_foundations(Determination& out, const Decision& decision, std::int32_t row) const {
    std::vector<Part> roots;
    const auto add = [&](NodeId node) {
      if (node != no_node) roots.push_back({node, row, whole_set});
    };
    add(plan_.decided_when);
    for (std::size_t i = 0; i < plan_.outcomes.size() && (decision.line < 0 || i <= at(decision.line)); ++i) add(plan_.outcomes[i].when);
    if (out.outcome == Outcome::eligible || out.outcome == Outcome::conditional)
      for (const PlanOutput& output : plan_.outputs) {
        add(output.value);
        add(output.absent);
      }
    Foundations found = foundations_of(e_, labels_, input_.household_details, household_, roots);
    out.doubtful = std::move(found.doubtful);
    out.doubts.insert(out.doubts.end(), std::make_move_iterator(found.doubts.begin()), std::make_move_iterator(found.doubts.end()));
    out.presumed = std::move(found.presumed);
    out.to_verify = std::move(found.to_verify);
    if (!out.to_verify.empty()) out.verify_by = last_day_for_proof(out);
  }

  /// The first of the dates that the program names for it which there is; none where that is open.
  [[nodiscard]] NamedValue last_day_for_proof(const Determination& out) const {
    for (const RuleId rule : plan_.program->verify_by)
      for (const NamedValue& date : out.dates) {
        if (date.name != e_.rule(rule).name) continue;
        if (date.value.kind == Value::Kind::date) return date;
        if (date.value.kind != Value::Kind::absent) return {};
      }
    return {};
  }

  const DetermineInput& input_;
  const Evaluated& e_;
  std::int32_t household_;
  Labels labels_;
  const Plan& plan_;
  std::vector<Determination> out_;
  std::vector<OpenSubject> open_;
  std::vector<Decision> decisions_;  ///< by row
};

}  // namespace

std::vector<Determination> determine(const DetermineInput& input) { return std::move(determine(std::span(&input, 1)).front()); }

std::vector<std::vector<Determination>> determine(std::span<const DetermineInput> inputs) {
  if (inputs.empty()) return {};
  const DetermineInput& first = inputs.front();
  const Evaluated e(first.index, first.values);
  std::deque<HouseholdDetermination> households;  // which are never moved: they point into themselves
  std::vector<OpenSubjectRow> open;
  for (const DetermineInput& input : inputs) households.emplace_back(input, e).add_open(open);
  CopiesMemory own_memory;
  std::vector<TrialResult> results = try_answers(e, open, first.trials, first.memory == nullptr ? own_memory : *first.memory);
  std::vector<std::vector<Determination>> out;
  out.reserve(inputs.size());
  TrialResult* tried = results.data();
  for (HouseholdDetermination& household : households) out.push_back(household.run(tried));
  return out;
}

}  // namespace duly
