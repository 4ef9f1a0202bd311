#pragma once

// What of a table a look-up can reach at all, by the proven ranges of its keys.
//
// Threads: pure functions.

#include "compile/builder.h"

namespace duly {

/// The words that a code can be at all.
std::uint64_t words_in_reach(const PlanBuilder& plan, NodeId code);

/// What the cells in reach hold.
struct TableReach {
  bool no_row = false, absent = false, gap = false;
  bool grows_inside = false;  ///< a cell grows that is not the last of its key
  BigInt low = 0, high = 0;   ///< of all values, 0 where there is none
  std::uint64_t words = 0;    ///< of a table of codes
};
TableReach reach_of(const PlanBuilder& plan, const LookupTable& table, const std::vector<NodeId>& keys);

}  // namespace duly
