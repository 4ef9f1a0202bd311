#pragma once

// Rules on demand: a rule is checked when its name is first used, so the order of the files does not matter and a circle shows its path.

#include "check/formula_check.h"

namespace duly {

class RuleCheck final : public NameSource {
 public:
  RuleCheck(const Declarations& declarations, CheckedProgram& out, std::vector<Diagnostic>& errors);

  TermId rule_term(RuleId rule, const Span& asked_at) override;
  TermId fact_term(FactId fact) override;
  TermId partition_sets(LevelId unit) override;
  TermId role_is_member(LevelId unit) override;
  Valued meets_all(const MeetsAll& except, const Span& span) override;

  FormulaCheck& formulas() { return formulas_; }
  Terms& terms() { return t_; }
  [[nodiscard]] bool was_used(RuleId rule) const { return used_[static_cast<std::size_t>(rule)]; }
  void forget_uses() { used_.assign(used_.size(), false); }
  RuleId rule_named(const std::string& name) const;  ///< -1 if there is none

 private:
  friend class BodyCheck;
  enum class Progress : std::uint8_t { untouched, running, done };

  void check_rule(RuleId rule);
  void set_windows(std::size_t first_term, std::int64_t window);
  Valued checked_type(const Rule& rule, Valued value, const Span& span);
  /// The value where it keeps the rule's bounds; undefined where it breaks one.
  TermId within_bounds(RuleId id, TermId value);

  const Declarations& d_;
  CheckedProgram& out_;
  std::vector<Diagnostic>& errors_;
  Terms t_;
  FormulaCheck formulas_;
  std::vector<Progress> progress_;
  std::vector<bool> used_;
  std::vector<RuleId> path_;
  std::vector<TermId> facts_;
  std::vector<TermId> sets_of_level_;
};

/// The body of one version of one rule.
class BodyCheck {
 public:
  BodyCheck(RuleCheck& rules, const Rule& rule, CheckedBody& out);
  /// The rule's value on the rows of its own variable; not ok after a mistake. A partition or spells: the maker of its level.
  Valued run(const Body& body);
  [[nodiscard]] VarId subject() const { return subject_; }

 private:
  Formula formula(const Expr& e, Valued value);
  Valued value(const Expr& e, Formula* shown = nullptr);
  Valued truth(const Expr& e, Formula* shown = nullptr);
  /// Whether the law in force lies in [from, before) of a line; not ok where it always does.
  Valued in_time(const ExprPtr& from, const ExprPtr& before, CheckedLine& line);
  Valued law_reached(const Expr& e, Date* written);
  Valued gated(Valued condition, Valued time, const Span& span);

  Valued test(const Body& body);
  Valued branches(const Body& body);
  Valued lines(const LineGroup& group, int depth);
  Valued table(const Body& body);
  Valued pick(const Body& body);
  Valued partition(const Body& body);
  Valued running(const Body& body);
  Valued spells(const Body& body);

  TermId pair_condition(const PartitionStep::Item& item, CheckedLine& line);
  Valued group_of(TermId sets) { return {sets, subject_}; }
  void mistake(Code code, const Span& span, std::string message, std::string help = "");

  RuleCheck& r_;
  const Declarations& d_;
  Terms& t_;
  FormulaCheck& f_;
  const Rule& rule_;
  CheckedBody& out_;
  VarId subject_ = household_var;
  Context context_;
  const Type* wanted_ = nullptr;
};

/// Gaps and overlaps of a decision table whose tests are written values.
void check_table_cover(const Declarations& d, const Body& body, const std::vector<Type>& inputs, std::vector<Diagnostic>& errors);

}  // namespace duly
