#include "check/scope.h"

#include <algorithm>

#include "check/typing.h"

namespace duly {

TermId Terms::add(Term term) {
  terms_.push_back(std::move(term));
  return static_cast<TermId>(terms_.size()) - 1;
}

VarId Terms::new_variable(LevelId level, std::string name) {
  variables_.push_back({level, std::move(name), -1});
  return static_cast<VarId>(variables_.size()) - 1;
}

int Terms::new_iteration(Iteration iteration) {
  iterations_.push_back(iteration);
  const int id = static_cast<int>(iterations_.size()) - 1;
  variable(iteration.row).introduced_by = id;
  variable(iteration.item).introduced_by = id;
  return id;
}

bool Terms::below(LevelId level, LevelId ancestor) const {
  for (LevelId at = level; at >= 0; at = d_.levels[static_cast<std::size_t>(at)].parent) {
    if (at == ancestor) return true;
    // A person's rows may hang below a unit as well as below the household.
    if (at == person_level && d_.levels[static_cast<std::size_t>(ancestor)].kind == LevelKind::unit) return true;
  }
  return false;
}

bool Terms::reaches(VarId from, VarId target) const {
  if (from == household_var || from == target) return true;
  if (target == household_var) return false;
  const int by = variable(target).introduced_by;
  if (by < 0) return false;
  const Iteration& it = iteration(by);
  if (it.row != target) return false;
  if (it.crosses() && from == it.item) return true;
  return reaches(from, it.self);
}

std::optional<VarId> Terms::meeting(VarId a, VarId b) const {
  if (reaches(a, b)) return b;
  if (reaches(b, a)) return a;
  // An item of a cross level and its subject meet on the pair.
  for (const VarId v : {a, b}) {
    if (v == household_var || variable(v).introduced_by < 0) continue;
    const Iteration& it = iteration(variable(v).introduced_by);
    if (it.item == v && it.row != v && reaches(a, it.row) && reaches(b, it.row)) return it.row;
  }
  return std::nullopt;
}

TermId Terms::lift_term(TermId term, LevelId level, Via via) {
  if (via == Via::parent && at(term).level == level) return term;
  Term lift;
  lift.op = TermOp::lift;
  lift.type = at(term).type;
  lift.level = level;
  lift.via = via;
  lift.args = {term};
  lift.span = at(term).span;
  const TermId absent = at(term).absent;
  if (absent != no_term) lift.absent = lift_term(absent, level, via);
  return add(std::move(lift));
}

Valued Terms::lifted(Valued value, VarId target) {
  if (!value.ok()) return value;
  const LevelId level = level_of(target);
  if (value.var == target || value.var == household_var) return {lift_term(value.term, level, Via::parent), target};
  const int by = target == household_var ? -1 : variable(target).introduced_by;
  if (by < 0) return {};
  const Iteration it = iteration(by);
  if (it.row != target) return {};
  if (it.crosses() && value.var == it.item) return {lift_term(lift_term(value.term, level_of(it.item), Via::parent), level, Via::second), target};
  const Valued on_self = lifted(value, it.self);
  if (!on_self.ok()) return {};
  return {lift_term(on_self.term, level, it.crosses() ? Via::first : Via::parent), target};
}

TermId Terms::constant(const Type& type, Number value, const Span& span) {
  Term term;
  term.type = type;
  term.number = std::move(value);
  term.level = world_level;
  term.span = span;
  return add(std::move(term));
}

TermId Terms::truth(bool value, const Span& span) {
  Term term;
  term.truth = value;
  term.level = world_level;
  term.span = span;
  return add(std::move(term));
}

TermId Terms::word(int list, int word, const Span& span) {
  Term term;
  term.type.base = Base::code;
  term.type.list = list;
  term.words = {word};
  term.level = world_level;
  term.span = span;
  return add(std::move(term));
}

Valued Terms::make(TermOp op, Type type, const std::vector<Valued>& args, const Span& span) {
  VarId var = household_var;
  for (const auto& a : args) {
    if (!a.ok()) return {};
    const auto met = meeting(var, a.var);
    if (!met) return {};
    var = *met;
  }
  // On one variable, values may still stand on an ancestor level of its rows: meet on the deepest.
  LevelId level = world_level;
  for (const auto& a : args) {
    const LevelId own = a.var == var ? at(a.term).level : level_of(var);
    const LevelId candidate = a.var == household_var ? at(a.term).level : own;
    if (below(candidate, level)) level = candidate;
    else if (!below(level, candidate)) level = level_of(var);
  }
  Term term;
  term.op = op;
  term.type = std::move(type);
  term.level = level;
  term.span = span;
  for (const auto& a : args) {
    TermId id = a.term;
    if (a.var != var && a.var != household_var) id = lifted(a, var).term;
    term.args.push_back(lift_term(id, level, Via::parent));
  }
  return {add(std::move(term)), var};
}

Valued Terms::logical(TermOp op, Valued a, Valued b, const Span& span) { return make(op, boolean_type(), {a, b}, span); }

Valued Terms::negated(Valued a, const Span& span) { return make(TermOp::logical_not, boolean_type(), {a}, span); }

}  // namespace duly
