#pragma once

// Makes the plan of one program in one stretch of law: a node for each term that is reached, and with it what the node's value can be at all.
//
// Threads: belongs to the thread that compiles.

#include <map>

#include "compile/builder.h"
#include "compile/plan_from_program.h"

namespace duly {

class Compiler {
 public:
  Compiler(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options);

  Result<std::shared_ptr<const Plan>> run();

 private:
  // plan_from_program.cc: what is asked of a plan
  /// Fills in `last_use`.
  void liveness(const std::vector<NodeId>& asked);

  // compiler.cc: terms as nodes
  NodeId node(TermId id);
  /// The rows of units and spells exist before anything is computed on them.
  void ready(LevelId level);
  NodeId make(TermId id, const Term& t);
  static PlanOp plan_op(TermOp op);
  PlanNode base(PlanOp op, const Term& t, TermId id, std::vector<NodeId> args);
  Shape shape_of(const Type& type) const;
  int words_of(const Type& type) const;
  std::uint64_t all_words(const Type& type) const;
  /// Fills in what a number of this type can be when nothing else is known of it.
  void whole_range(PlanNode& n, const Type& type) const;

  // compile_values.cc: constants, facts, rules, roundings, choices and codes
  NodeId constant(TermId id, const Term& t);
  NodeId nothing(TermId id, const Term& t);
  NodeId fact(TermId id, const Term& t);
  NodeId rule(TermId id, const Term& t);
  NodeId rounded(TermId id, const Term& t);
  /// A branch that no row can take has no nodes.
  [[nodiscard]] bool is_broken_bound(TermId id) const;
  /// Whether the ranges of both sides leave no row in which the comparison fails.
  bool is_proven(const Term& compared);
  NodeId choice(TermId id, const Term& t);
  NodeId codes_equal(TermId id, const Term& t);
  NodeId has_word(TermId id, const Term& t);

  // compile_lookups.cc: parameters by their keys
  int table_for(int parameter, Date day, const Span& where);
  NodeId looked_up(TermId id, const Term& t, bool absent);
  /// Whether a determination says that it rests on the table's values: they stay a node of their own then and are not folded into constants.
  [[nodiscard]] bool must_be_told_of(const LookupTable& table) const;
  NodeId table_node(TermId id, const Term& t, const std::vector<NodeId>& keys, Date day, bool absent);

  // compile_dates.cc: calculations with dates
  NodeId date(TermId id, const Term& t);

  // compile_rows.cc: rows folded, sets, units, spells and running values
  /// Where a list may have rows that nobody named, the rest of it is as unknown as the element's range allows.
  NodeId folded(TermId id, const Term& t);
  NodeId rows(TermId id, const Term& t);
  NodeId benefit_month();
  NodeId running(TermId id, const Term& t, std::vector<NodeId> args);

  const Term& term_at(TermId id) const { return p_.terms[static_cast<std::size_t>(id)]; }
  const Fact& fact_at(int id) const { return d_.facts[static_cast<std::size_t>(id)]; }

  void mistake(Code code, const Span& where, std::string message, std::string help) {
    errors_.push_back(diagnostic_at(code, where, std::move(message), std::move(help)));
  }

  /// A node whose level is the term's own, also where it folded to a constant.
  NodeId on_level(TermId term) { return b_.lifted(node(term), term_at(term).level, Via::parent, term); }

  /// A number as a column of `level`, also where it is constant.
  NodeId number_on(TermId term, LevelId level) { return b_.lifted(node(term), level, Via::parent, term); }

  /// A number node that stays on its operand's lane.
  NodeId add_like(PlanNode n, const PlanNode& operand) {
    if (operand.lane == Lane::i64) return b_.add(std::move(n));
    return b_.add_exact(std::move(n));
  }

  const CheckedProgram& p_;
  const Declarations& d_;
  const CompileOptions& options_;
  std::shared_ptr<Plan> plan_;
  PlanBuilder b_;
  std::vector<bool> level_ready_;
  std::map<std::pair<int, Date>, int> tables_;
  std::vector<Diagnostic> errors_;
};

}  // namespace duly
