#include "determine/terms_at.h"

namespace duly {
namespace {

constexpr TruthValue unknown_truth{true, true, false};

TruthValue all_of(const TruthValue& x, const TruthValue& y) {
  return {x.may_be_true && y.may_be_true, x.may_be_false || y.may_be_false, x.may_be_undefined || y.may_be_undefined};
}
TruthValue negated(const TruthValue& x) { return {x.may_be_false, x.may_be_true, x.may_be_undefined}; }

}  // namespace

TermAt locate(const Evaluated& e, TermId term, LevelId level, std::int32_t row) {
  TermAt out;
  if (term == no_term) return out;
  const Term& t = e.r.term(term);
  out.term = term;
  out.node = e.r.node_of(term);
  if (t.op == TermOp::lift) {
    const std::int32_t here = e.paths.leads_up(level, t.level) ? e.paths.above(level, row, t.level) : -1;
    const LevelId below = e.r.term(t.args[0]).level;
    const TermAt inner = here < 0 ? TermAt{} : locate(e, t.args[0], below, e.paths.end_of(t.level, here, t.via, below));
    if (inner.ok() || out.node == no_node) return inner;
    out.row = here;
    return out;
  }
  if (!e.paths.leads_up(level, t.level)) return out;
  out.row = e.paths.above(level, row, t.level);
  return out;
}

TruthValue truth_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row) {
  const TermAt at = locate(e, condition, level, row);
  if (at.ok()) return e.r.truth(at.node, at.row);
  if (at.term == no_term || at.row < 0) return unknown_truth;
  const Term& t = e.r.term(at.term);
  const auto arg = [&](std::size_t i) { return truth_at(e, t.args[i], t.level, at.row); };
  switch (t.op) {
    case TermOp::logical_not: return negated(arg(0));
    case TermOp::logical_and: return all_of(arg(0), arg(1));
    case TermOp::logical_or: return negated(all_of(negated(arg(0)), negated(arg(1))));
    case TermOp::constant: return t.index == known_constant ? TruthValue{t.truth, !t.truth, false} : unknown_truth;
    case TermOp::law_at_least: {
      const bool reached = e.r.plan().law_date.days >= t.number;
      return {reached, !reached, false};
    }
    default: return unknown_truth;
  }
}

bool surely_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row) {
  const TruthValue t = truth_at(e, condition, level, row);
  return t.may_be_true && !t.may_be_false && !t.may_be_undefined;
}

bool surely_not_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row) {
  const TruthValue t = truth_at(e, condition, level, row);
  return t.may_be_false && !t.may_be_true && !t.may_be_undefined;
}

bool is_settled_at(const Evaluated& e, const TermAt& at) { return at.ok() && !e.r.is_open(at.node, at.row); }

Value value_at(const Evaluated& e, TermId term, LevelId level, std::int32_t row, const PeopleNames& people) {
  if (term == no_term) return {};
  const Type& type = e.r.term(term).type;
  const TermAt at = locate(e, term, level, row);
  const TermId absent = e.r.term(term).absent;
  const TermAt told = locate(e, absent, level, row);
  // A plan that never asks whether the value is absent tells it by its having none.
  const bool is_absent = told.ok() ? e.r.surely(told.node, told.row) : absent != no_term && at.ok() && e.r.surely_undefined(at.node, at.row);
  if (is_absent) {
    Value none;
    none.kind = Value::Kind::absent;
    none.text = type.absent.empty() ? "none" : type.absent;
    return none;
  }
  if (!at.ok() || (told.ok() && !e.r.surely_not(told.node, told.row))) return {};
  return e.r.value(at.node, at.row, type, people);
}

}  // namespace duly
