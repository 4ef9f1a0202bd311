#pragma once

#include "compile/plan.h"

namespace duly {

/// The rows of `parameter` in force on `day`, laid out densely. Empty if that would take more than two million cells.
std::optional<LookupTable> lookup_table(const Declarations& declarations, int parameter, Date day);

/// Fills in `over_key`, so that an open key of many places, such as a county nobody named, is looked up without visiting all of them.
void join_places(LookupTable& table);

/// Whether two cells of a table mean the same.
bool hold_the_same(const LookupTable& table, std::size_t a, std::size_t b);

/// The places of key `k` where the table holds something else than in the place before, for any values of the other keys.
std::vector<std::int64_t> changes_along(const LookupTable& table, std::size_t k);

/// The cell that `keys` lead to (already words or numbers as written), or -1.
std::int64_t cell_of(const LookupTable& table, const std::vector<std::int64_t>& keys);

}  // namespace duly
