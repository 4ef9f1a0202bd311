#pragma once

// Some households of a caseload, of one stretch of law, as the evaluator takes them.
//
// Threads: belongs to the thread that fills and decides it.

#include "determine/readings.h"
#include "facts/fact_table.h"

namespace duly {

/// Most households in one tile: where the columns of a plan stay in the processor's cache.
inline constexpr int most_households_in_tile = 1024;

struct Tile {
  std::vector<std::int32_t> household;  ///< by row of the household level: its number in the piece of the caseload it came from
  std::vector<PeopleNames> people;      ///< beside it
  FactTable table;
};

}  // namespace duly
