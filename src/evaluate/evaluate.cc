// Nodes are evaluated for all rows of their level at once: in a bulk run each of the plan in its order, else those that are asked for, when they are.

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/on_demand.h"
#include "evaluate/tile.h"

namespace duly {
namespace columnar {
namespace {

void evaluate_many_rows(Tile& tile, NodeId id) {
  switch (tile.node(id).op) {
    case PlanOp::constant: return evaluate_constant(tile, id);
    case PlanOp::unknown: return evaluate_unknown(tile, id);
    case PlanOp::undefined: return evaluate_undefined(tile, id);
    case PlanOp::fact: return evaluate_fact(tile, id);
    case PlanOp::fact_absent: return evaluate_fact_absent(tile, id);
    case PlanOp::list_closed: return evaluate_list_closed(tile, id);
    case PlanOp::stated: return evaluate_stated(tile, id);
    case PlanOp::alias: return evaluate_alias(tile, id);
    case PlanOp::scale: return evaluate_scale(tile, id);
    case PlanOp::add: return evaluate_add(tile, id);
    case PlanOp::subtract: return evaluate_subtract(tile, id);
    case PlanOp::multiply: return evaluate_multiply(tile, id);
    case PlanOp::negate: return evaluate_negate(tile, id);
    case PlanOp::absolute: return evaluate_absolute(tile, id);
    case PlanOp::minimum: return evaluate_minimum(tile, id);
    case PlanOp::maximum: return evaluate_maximum(tile, id);
    case PlanOp::divide: return evaluate_divide(tile, id);
    case PlanOp::modulo: return evaluate_modulo(tile, id);
    case PlanOp::round_to: return evaluate_round(tile, id);
    case PlanOp::compare: return evaluate_compare(tile, id);
    case PlanOp::code_equal: return evaluate_code_equal(tile, id);
    case PlanOp::code_in: return evaluate_code_in(tile, id);
    case PlanOp::has_word: return evaluate_has_word(tile, id);
    case PlanOp::word_in_set: return evaluate_word_in_set(tile, id);
    case PlanOp::logical_and: return evaluate_and(tile, id);
    case PlanOp::logical_or: return evaluate_or(tile, id);
    case PlanOp::logical_not: return evaluate_not(tile, id);
    case PlanOp::choose: return evaluate_choose(tile, id);
    case PlanOp::lookup: return evaluate_lookup(tile, id);
    case PlanOp::lookup_absent: return evaluate_lookup_absent(tile, id);
    case PlanOp::lift: return evaluate_lift(tile, id);
    case PlanOp::sum: return evaluate_sum(tile, id);
    case PlanOp::count: return evaluate_count(tile, id);
    case PlanOp::least: return evaluate_least(tile, id);
    case PlanOp::greatest: return evaluate_greatest(tile, id);
    case PlanOp::some: return evaluate_some(tile, id);
    case PlanOp::add_months:
    case PlanOp::months_between:
    case PlanOp::years_between:
    case PlanOp::year_of:
    case PlanOp::month_number:
    case PlanOp::day_of:
    case PlanOp::weekday_of:
    case PlanOp::first_day:
    case PlanOp::last_day:
    case PlanOp::month_of: return evaluate_date(tile, id);
    case PlanOp::self_set: return evaluate_self_set(tile, id);
    case PlanOp::everyone: return evaluate_everyone(tile, id);
    case PlanOp::unit_people: return evaluate_unit_people(tile, id);
    case PlanOp::set_union: return evaluate_set_union(tile, id);
    case PlanOp::set_intersect: return evaluate_set_intersect(tile, id);
    case PlanOp::set_except: return evaluate_set_except(tile, id);
    case PlanOp::compose: return evaluate_compose(tile, id);
    case PlanOp::set_from_rows: return evaluate_set_from_rows(tile, id);
    case PlanOp::in_set: return evaluate_in_set(tile, id);
    case PlanOp::set_size: return evaluate_set_size(tile, id);
    case PlanOp::closure: return evaluate_closure(tile, id);
    case PlanOp::outside: return evaluate_outside(tile, id);
    case PlanOp::split: return evaluate_split(tile, id);
    case PlanOp::make_units: return evaluate_make_units(tile, id);
    case PlanOp::in_unit: return evaluate_in_unit(tile, id);
    case PlanOp::unit_settled: return evaluate_unit_settled(tile, id);
    case PlanOp::months_from_rows: return evaluate_months_from_rows(tile, id);
    case PlanOp::months_between_bounds: return evaluate_months_between_bounds(tile, id);
    case PlanOp::months_run: return evaluate_months_run(tile, id);
    case PlanOp::has_month: return evaluate_has_month(tile, id);
    case PlanOp::running: return evaluate_running(tile, id);
    case PlanOp::make_spells: return evaluate_make_spells(tile, id);
    case PlanOp::spell_field: return evaluate_spell_field(tile, id);
  }
}

}  // namespace

void evaluate_node(Tile& tile, NodeId id) {
  tile.column(id) = {};
  if (tile.node(id).op == PlanOp::constant && !tile.is_asked_for(id)) return;  // who reads it takes it from the plan
  if (evaluate_few_rows(tile, id)) return;
  tile.scratch.reset();
  evaluate_many_rows(tile, id);
  if (tile.column(id).narrow) tile.narrow_columns.push_back(id);
}

void widen_what_is_kept(Tile& tile) {
  for (const NodeId id : tile.narrow_columns)
    if (Column& kept = tile.column(id); kept.narrow) widen(kept, tile.rows_of(id), Room{tile, id});
  tile.narrow_columns.clear();
}

}  // namespace columnar

void evaluate(const Plan& plan, const FactTable& facts, std::int64_t first, std::int64_t count, Keep keep, Values& out) {
  if (out.state == nullptr) out.state = std::make_unique<Values::State>();
  Values::State& tile = *out.state;
  tile.start(plan, facts, first, count, keep);
  if (keep == Keep::everything) return columnar::make_rows(tile);
  const auto nodes = static_cast<NodeId>(plan.nodes.size());
  for (NodeId id = 0; id < nodes; ++id) {
    columnar::evaluate_node(tile, id);
    tile.release_after(id);
    tile.ahead.ask();
  }
  columnar::widen_what_is_kept(tile);
}

}  // namespace duly
