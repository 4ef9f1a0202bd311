#pragma once

// What determinations of one plan look up again and again, worked out once: which rule a node is the value of, which version of a body is law,
// which values a wording names, which facts open others, and from which nodes a walk can reach something worth telling.
//
// Threads: immutable once built, but for what is made once when it is first asked for; shared by any number of determinations. The plan must outlive it.

#include <map>
#include <mutex>
#include <optional>

#include "compile/plan.h"

namespace duly {

/// A value that the wording of a reason names.
struct NamedInWording {
  std::string name;
  RuleId rule = -1;  ///< one of these three
  FactId fact = -1;
  int parameter = -1;
  TermId term = no_term;  ///< its value; no_term for a parameter that no formula reads
};

/// Rules that wordings name. A plan must compute them though no outcome needs them (`CompileOptions::also`).
std::vector<TermId> terms_named_in_wordings(const CheckedProgram& program);

class PlanIndex {
 public:
  explicit PlanIndex(const Plan& plan);

  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// The plan with ends drawn in (`compile/drawn_in.h`), made when it is first asked for.
  [[nodiscard]] const Plan& drawn_in() const;
  /// The version of a rule's body that is law in the plan's stretch.
  [[nodiscard]] const CheckedBody& body(RuleId rule) const { return *bodies_[static_cast<std::size_t>(rule)]; }
  /// The first rule of which `node` is the value, -1 if of none.
  [[nodiscard]] RuleId rule_of(NodeId node) const { return rule_of_node_[static_cast<std::size_t>(node)]; }
  /// What all languages together name in the wording of `reason`.
  [[nodiscard]] const std::vector<NamedInWording>& named_in(const std::string& reason) const;
  /// Facts that decide whether `fact` is needed.
  [[nodiscard]] const std::vector<FactId>& opened_by(FactId fact) const { return gates_[static_cast<std::size_t>(fact)]; }
  /// The term that is the fact as given, before any gate; no_term where no formula reads it.
  [[nodiscard]] TermId term_of_fact(FactId fact) const { return fact_terms_[static_cast<std::size_t>(fact)]; }
  /// The rule that says how a person of the unit takes part; -1 where everyone is a member.
  [[nodiscard]] RuleId role_of(LevelId unit) const;
  /// The benefit: the first output, where it is an amount of money. Who is eligible must know it. -1 if the program gives none.
  [[nodiscard]] int benefit() const { return benefit_; }

  /// By fact: whether anything of the plan or of a determination reads its column.
  [[nodiscard]] const std::vector<bool>& facts_read() const { return facts_read_; }

  [[nodiscard]] const std::vector<NodeId>& comparisons() const { return comparisons_; }

  /// Whether values of units are read outside their own unit: by a person, or in a count over the units of a household.
  [[nodiscard]] bool reads_across_units() const { return reads_across_units_; }

  /// What may be found at or below a node.
  enum Worth : std::uint8_t { doubtful_value = 1, doubted_rule = 2, presumable_fact = 4, provable_fact = 8 };
  [[nodiscard]] std::uint8_t worth_visiting(NodeId node) const { return worth_[static_cast<std::size_t>(node)]; }
  /// The same of the node alone.
  [[nodiscard]] std::uint8_t worth_itself(NodeId node) const { return worth_itself_[static_cast<std::size_t>(node)]; }
  [[nodiscard]] std::uint8_t worth_anywhere() const { return worth_anywhere_; }
  [[nodiscard]] bool has_doubtful_row(int table) const { return doubtful_tables_[static_cast<std::size_t>(table)]; }
  /// Of a key that is a word: the places where the table holds something else than in the place before, for any values of the other keys.
  [[nodiscard]] const std::vector<std::int64_t>& changes_along(int table, std::size_t key) const {
    return changes_[static_cast<std::size_t>(table)][key];
  }
  [[nodiscard]] bool has_gap(int table) const { return tables_with_gaps_[static_cast<std::size_t>(table)]; }

 private:
  void choose_bodies();
  void find_rules_of_nodes();
  void find_facts();
  void find_tables();
  void find_worth();
  void find_reads_across_units();
  void add_facts_below(TermId term, std::vector<FactId>& out) const;
  [[nodiscard]] std::uint8_t own_worth(NodeId node) const;

  const Plan& plan_;
  const CheckedProgram& program_;
  const Declarations& d_;
  std::vector<const CheckedBody*> bodies_;
  std::vector<RuleId> rule_of_node_;
  std::vector<std::vector<FactId>> gates_;
  std::vector<TermId> fact_terms_;
  std::vector<bool> facts_read_;
  std::vector<NodeId> comparisons_;
  std::vector<bool> doubtful_tables_, tables_with_gaps_;
  std::vector<std::vector<std::vector<std::int64_t>>> changes_;  ///< by table and key; empty for a key that is no word
  std::vector<std::uint8_t> worth_, worth_itself_;
  std::uint8_t worth_anywhere_ = 0;
  std::map<std::string, std::vector<NamedInWording>> wordings_;
  mutable std::once_flag drawn_in_once_;
  mutable std::optional<Plan> drawn_in_;
  int benefit_ = -1;
  bool reads_across_units_ = false;
};

}  // namespace duly
