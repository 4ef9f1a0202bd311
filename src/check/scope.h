#pragma once

// Which row a name speaks of. A formula has a subject; a filter or quantifier adds an item that runs over rows. A *variable* is one of these, and a
// value is a term together with the variable whose row it belongs to (`household_var` for what all share). Before two values meet they are
// lifted to the rows on which both are known: an ancestor's value to its rows below, a subject's and an item's to the rows of their pairs.

#include "check/program.h"

namespace duly {

using VarId = int;
inline constexpr VarId household_var = -1;

struct Variable {
  LevelId level = household_level;
  std::string name;         ///< of a quantifier's variable, else empty
  int introduced_by = -1;   ///< iteration, -1 for the formula's subject
};

struct Iteration {
  VarId self = household_var;  ///< whose rows are run over
  VarId item = household_var;
  VarId row = household_var;   ///< equal to `item` where the rows hang below the subject
  LevelId row_level = household_level;
  [[nodiscard]] bool crosses() const { return row != item; }
};

struct Valued {
  TermId term = no_term;
  VarId var = household_var;
  [[nodiscard]] bool ok() const { return term != no_term; }
};

/// Makes terms and keeps track of variables. One for all formulas of a program.
class Terms {
 public:
  Terms(const Declarations& declarations, std::vector<Term>& terms) : d_(declarations), terms_(terms) {}

  TermId add(Term term);
  [[nodiscard]] const Term& at(TermId id) const { return terms_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] Term& at(TermId id) { return terms_[static_cast<std::size_t>(id)]; }

  VarId new_variable(LevelId level, std::string name = "");
  int new_iteration(Iteration iteration);
  [[nodiscard]] const Variable& variable(VarId id) const { return variables_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] Variable& variable(VarId id) { return variables_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Iteration& iteration(int id) const { return iterations_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] LevelId level_of(VarId var) const { return var == household_var ? household_level : variable(var).level; }

  /// Whether rows of `level` each belong to one row of `ancestor` (or are the same).
  [[nodiscard]] bool below(LevelId level, LevelId ancestor) const;

  /// `value` on the rows of `target`; not ok where no path leads there.
  Valued lifted(Valued value, VarId target);
  /// The variable on whose rows both are known; nothing where there is none.
  std::optional<VarId> meeting(VarId a, VarId b) const;
  /// Whether `value` of variable `from` can be read on the rows of `target`.
  [[nodiscard]] bool reaches(VarId from, VarId target) const;

  // Small makers.
  TermId constant(const Type& type, Number value, const Span& span);
  TermId truth(bool value, const Span& span);
  TermId word(int list, int word, const Span& span);
  /// An operator on values already on one level; its level is that of the deepest argument.
  Valued make(TermOp op, Type type, const std::vector<Valued>& args, const Span& span);
  Valued logical(TermOp op, Valued a, Valued b, const Span& span);
  Valued negated(Valued a, const Span& span);

 private:
  TermId lift_term(TermId term, LevelId level, Via via);
  const Declarations& d_;
  std::vector<Term>& terms_;
  std::vector<Variable> variables_;
  std::vector<Iteration> iterations_;
};

}  // namespace duly
