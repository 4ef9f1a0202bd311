#pragma once

// The operators by family. Each function evaluates one node: it reads the columns of its arguments and fills in the node's column.
//
// Threads: belong to the thread that evaluates.

#include "evaluate/tile.h"

namespace duly::columnar {

// few_rows.cc: a node of few rows whose operands are known; false, and nothing done, where it is not one
bool evaluate_few_rows(Tile& tile, NodeId id);

// evaluate_constants.cc
void evaluate_constant(Tile& tile, NodeId id);
void evaluate_unknown(Tile& tile, NodeId id);
void evaluate_undefined(Tile& tile, NodeId id);

// evaluate_facts.cc: what the fact table gives
void evaluate_fact(Tile& tile, NodeId id);
void evaluate_fact_absent(Tile& tile, NodeId id);
void evaluate_list_closed(Tile& tile, NodeId id);

// evaluate_stated.cc: a given value in place of a computed one
void evaluate_stated(Tile& tile, NodeId id);

// evaluate_numbers.cc: integers over one denominator
void evaluate_alias(Tile& tile, NodeId id);
void evaluate_scale(Tile& tile, NodeId id);
void evaluate_add(Tile& tile, NodeId id);
void evaluate_subtract(Tile& tile, NodeId id);
void evaluate_multiply(Tile& tile, NodeId id);
void evaluate_negate(Tile& tile, NodeId id);
void evaluate_absolute(Tile& tile, NodeId id);
void evaluate_minimum(Tile& tile, NodeId id);
void evaluate_maximum(Tile& tile, NodeId id);
void evaluate_modulo(Tile& tile, NodeId id);

// evaluate_common.cc: the same on fractions that have one denominator in a column; false, and nothing done, where they have not
bool evaluate_common_arithmetic(Tile& tile, NodeId id);
bool evaluate_common_divide(Tile& tile, NodeId id);

// evaluate_exact.cc: the same on fractions, and divisions
void evaluate_exact_arithmetic(Tile& tile, NodeId id);
void evaluate_divide(Tile& tile, NodeId id);

// evaluate_rounding.cc
void evaluate_round(Tile& tile, NodeId id);

// evaluate_truths.cc
void evaluate_compare(Tile& tile, NodeId id);
void evaluate_and(Tile& tile, NodeId id);
void evaluate_or(Tile& tile, NodeId id);
void evaluate_not(Tile& tile, NodeId id);

// evaluate_choice.cc
void evaluate_choose(Tile& tile, NodeId id);

// evaluate_codes.cc
void evaluate_code_equal(Tile& tile, NodeId id);
void evaluate_code_in(Tile& tile, NodeId id);
void evaluate_has_word(Tile& tile, NodeId id);
void evaluate_word_in_set(Tile& tile, NodeId id);

// evaluate_lookup.cc
void evaluate_lookup(Tile& tile, NodeId id);
void evaluate_lookup_absent(Tile& tile, NodeId id);

// evaluate_rows.cc: from level to level
void evaluate_lift(Tile& tile, NodeId id);
void evaluate_count(Tile& tile, NodeId id);
void evaluate_some(Tile& tile, NodeId id);
void evaluate_sum(Tile& tile, NodeId id);
void evaluate_least(Tile& tile, NodeId id);
void evaluate_greatest(Tile& tile, NodeId id);

// evaluate_dates.cc
void evaluate_date(Tile& tile, NodeId id);

// evaluate_people.cc: sets of people
void evaluate_self_set(Tile& tile, NodeId id);
void evaluate_everyone(Tile& tile, NodeId id);
void evaluate_unit_people(Tile& tile, NodeId id);
void evaluate_set_union(Tile& tile, NodeId id);
void evaluate_set_intersect(Tile& tile, NodeId id);
void evaluate_set_except(Tile& tile, NodeId id);
void evaluate_compose(Tile& tile, NodeId id);
void evaluate_set_from_rows(Tile& tile, NodeId id);
void evaluate_in_set(Tile& tile, NodeId id);
void evaluate_set_size(Tile& tile, NodeId id);

// evaluate_partitions.cc and evaluate_units.cc
void evaluate_closure(Tile& tile, NodeId id);
void evaluate_outside(Tile& tile, NodeId id);
void evaluate_split(Tile& tile, NodeId id);
void evaluate_make_units(Tile& tile, NodeId id);
void evaluate_in_unit(Tile& tile, NodeId id);
void evaluate_unit_settled(Tile& tile, NodeId id);

// evaluate_months.cc
void evaluate_months_from_rows(Tile& tile, NodeId id);
void evaluate_months_between_bounds(Tile& tile, NodeId id);
void evaluate_months_run(Tile& tile, NodeId id);
void evaluate_has_month(Tile& tile, NodeId id);

// evaluate_running.cc, evaluate_spells.cc: records in order
void evaluate_running(Tile& tile, NodeId id);
void evaluate_make_spells(Tile& tile, NodeId id);
void evaluate_spell_field(Tile& tile, NodeId id);

}  // namespace duly::columnar
