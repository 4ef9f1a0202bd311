// Terms as nodes: each is made once, after the rows of its level, by the kind of its operation.

#include "compile/compiler.h"

#include <algorithm>

namespace duly {

NodeId Compiler::node(TermId id) {
  NodeId& known = plan_->node_of_term[static_cast<std::size_t>(id)];
  if (known != no_node) return known;
  ready(term_at(id).level);
  const NodeId made = make(id, term_at(id));
  plan_->node_of_term[static_cast<std::size_t>(id)] = made;
  return made;
}

void Compiler::ready(LevelId level) {
  if (level < 0 || level_ready_[static_cast<std::size_t>(level)]) return;
  level_ready_[static_cast<std::size_t>(level)] = true;
  const Level& l = d_.levels[static_cast<std::size_t>(level)];
  if (l.kind == LevelKind::unit_person || l.kind == LevelKind::unit_record) ready(l.first);
  if (l.kind == LevelKind::unit || l.kind == LevelKind::spells)
    if (const TermId maker = p_.level_maker[static_cast<std::size_t>(level)]; maker != no_term) node(maker);
}

NodeId Compiler::make(TermId id, const Term& t) {
  switch (t.op) {
    case TermOp::constant: return constant(id, t);
    case TermOp::fact: return fact(id, t);
    case TermOp::fact_absent: return b_.add(base(PlanOp::fact_absent, t, id, {}));
    case TermOp::rule: return rule(id, t);
    case TermOp::lookup: return looked_up(id, t, false);
    case TermOp::lookup_absent: return looked_up(id, t, true);
    case TermOp::by_law: {
      std::size_t chosen = 0;
      while (chosen + 1 < t.dates.size() && t.dates[chosen + 1] <= plan_->law_date) ++chosen;
      if (t.dates[chosen] <= plan_->law_date) return node(t.args[chosen]);
      return nothing(id, t);
    }
    case TermOp::law_at_least: return b_.truth_constant(plan_->law_date.days >= t.number, id);
    case TermOp::add:
    case TermOp::subtract: return b_.sum_of(node(t.args[0]), node(t.args[1]), t.op == TermOp::subtract, t.level, id);
    case TermOp::multiply: return b_.product_of(node(t.args[0]), node(t.args[1]), t.level, id);
    case TermOp::divide: return b_.quotient_of(node(t.args[0]), node(t.args[1]), t.level, id);
    case TermOp::negate: return b_.negated(node(t.args[0]), id);
    case TermOp::absolute: return b_.absolute(node(t.args[0]), id);
    case TermOp::modulo: return b_.modulo(node(t.args[0]), node(t.args[1]), t.level, id);
    case TermOp::minimum:
    case TermOp::maximum:
      return b_.least_or_greatest(t.op == TermOp::minimum ? PlanOp::minimum : PlanOp::maximum, node(t.args[0]), node(t.args[1]), t.level, id);
    case TermOp::round: return rounded(id, t);
    case TermOp::add_months:
    case TermOp::months_between:
    case TermOp::years_between:
    case TermOp::year_of:
    case TermOp::month_number:
    case TermOp::day_of:
    case TermOp::weekday_of:
    case TermOp::first_day:
    case TermOp::last_day:
    case TermOp::month_of: return date(id, t);
    case TermOp::compare: return b_.compared(t.comparison, node(t.args[0]), node(t.args[1]), t.level, id);
    case TermOp::code_equal: return codes_equal(id, t);
    case TermOp::code_in: return no_node;
    case TermOp::has_word: return has_word(id, t);
    case TermOp::logical_and: return b_.logical(PlanOp::logical_and, {on_level(t.args[0]), on_level(t.args[1])}, t.level, id);
    case TermOp::logical_or: return b_.logical(PlanOp::logical_or, {on_level(t.args[0]), on_level(t.args[1])}, t.level, id);
    case TermOp::logical_not: return b_.logical(PlanOp::logical_not, {node(t.args[0])}, t.level, id);
    case TermOp::choose: return choice(id, t);
    case TermOp::lift: return b_.lifted(node(t.args[0]), t.level, t.via, id);
    case TermOp::sum:
    case TermOp::count:
    case TermOp::least:
    case TermOp::greatest:
    case TermOp::some: return folded(id, t);
    case TermOp::list_closed: return b_.add(base(PlanOp::list_closed, t, id, {}));
    default: return rows(id, t);
  }
}

PlanOp Compiler::plan_op(TermOp op) {
  switch (op) {
    case TermOp::add_months: return PlanOp::add_months;
    case TermOp::months_between: return PlanOp::months_between;
    case TermOp::years_between: return PlanOp::years_between;
    case TermOp::year_of: return PlanOp::year_of;
    case TermOp::month_number: return PlanOp::month_number;
    case TermOp::day_of: return PlanOp::day_of;
    case TermOp::weekday_of: return PlanOp::weekday_of;
    case TermOp::first_day: return PlanOp::first_day;
    case TermOp::last_day: return PlanOp::last_day;
    case TermOp::month_of: return PlanOp::month_of;
    case TermOp::self_set: return PlanOp::self_set;
    case TermOp::everyone: return PlanOp::everyone;
    case TermOp::unit_people: return PlanOp::unit_people;
    case TermOp::set_union: return PlanOp::set_union;
    case TermOp::set_intersect: return PlanOp::set_intersect;
    case TermOp::set_except: return PlanOp::set_except;
    case TermOp::compose: return PlanOp::compose;
    case TermOp::set_from_rows: return PlanOp::set_from_rows;
    case TermOp::in_set: return PlanOp::in_set;
    case TermOp::closure: return PlanOp::closure;
    case TermOp::outside: return PlanOp::outside;
    case TermOp::split: return PlanOp::split;
    case TermOp::make_units: return PlanOp::make_units;
    case TermOp::in_unit: return PlanOp::in_unit;
    case TermOp::unit_settled: return PlanOp::unit_settled;
    case TermOp::has_month: return PlanOp::has_month;
    case TermOp::months_between_bounds: return PlanOp::months_between_bounds;
    case TermOp::make_spells: return PlanOp::make_spells;
    case TermOp::spell_field: return PlanOp::spell_field;
    default: return PlanOp::constant;
  }
}

PlanNode Compiler::base(PlanOp op, const Term& t, TermId id, std::vector<NodeId> args) {
  PlanNode n;
  n.op = op;
  n.shape = shape_of(t.type);
  n.level = t.level;
  n.index = t.index;
  n.via = t.via;
  n.origin = id;
  n.words = words_of(t.type);
  // Sets of people, words and months are not each other's equals, even where nobody and nothing is in them.
  if (args.empty() && n.shape == Shape::set) n.bits = static_cast<std::uint64_t>(t.type.base);
  n.may_be_undefined = std::any_of(args.begin(), args.end(), [&](NodeId a) { return a >= 0 && b_.at(a).may_be_undefined; });
  for (const NodeId a : args)
    if (t.type.base != Base::codes && a >= 0 && b_.at(a).shape == Shape::set) n.words = std::max(n.words, b_.at(a).words);
  n.args = args;
  return n;
}

Shape Compiler::shape_of(const Type& type) const {
  switch (type.base) {
    case Base::boolean: return Shape::truth;
    case Base::code: return d_.lists[static_cast<std::size_t>(type.list)].words.size() <= 64 ? Shape::code : Shape::number;
    case Base::codes:
    case Base::people:
    case Base::months: return Shape::set;
    default: return Shape::number;
  }
}

int Compiler::words_of(const Type& type) const {
  if (type.base == Base::codes) return static_cast<int>((d_.lists[static_cast<std::size_t>(type.list)].words.size() + 63) / 64);
  return 1;
}

std::uint64_t Compiler::all_words(const Type& type) const {
  const std::size_t words = d_.lists[static_cast<std::size_t>(type.list)].words.size();
  return words >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << words) - 1;
}

void Compiler::whole_range(PlanNode& n, const Type& type) const {
  if (type.base == Base::code) {
    n.exact_low = 0;
    n.exact_high = static_cast<std::int64_t>(d_.lists[static_cast<std::size_t>(type.list)].words.size()) - 1;
  } else if (type.base == Base::date) {
    n.exact_low = first_date.days;
    n.exact_high = never.days;
  } else if (type.base == Base::month) {
    n.exact_low = month_of(first_date).index;
    n.exact_high = month_of(last_date).index;
  } else {
    n.exact_low = -most_stated;
    n.exact_high = most_stated;
  }
}

}  // namespace duly
