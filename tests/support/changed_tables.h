#pragma once

// Tables made of other tables: the same households in another order, people and records shuffled, unknown facts filled in.
//
// Threads: pure functions.

#include "facts/fact_table.h"
#include "support/random_households.h"

namespace duly {

struct Rearranged {
  FactTable table;
  std::vector<std::vector<std::int64_t>> old_row;  ///< by declared level: where each row stood before
};

/// The named households of `table`, in this order, each as often as it is named. With `shuffle`, people and the records of each owner change places.
Rearranged rearranged(const Declarations& declarations, const FactTable& table, const std::vector<std::int64_t>& households,
                      Chance* shuffle = nullptr);

/// Fills `percent` of what is unknown in, or narrows it, so that it agrees with what is known; 100 leaves nothing open, and no open list.
void refine(const Declarations& declarations, FactTable& table, Chance& chance, int percent);

}  // namespace duly
