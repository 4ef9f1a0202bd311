#pragma once

// A share of all facts forgotten: what a caseload looks like when not everybody answered everything.
//
// Threads: pure.

#include <cstdint>

#include "facts/fact_table.h"

namespace duly::bench {

/// Makes `percent` of the rows of each fact unknown, the same ones for the same `seed`.
void forget(const Declarations& declarations, FactTable& table, unsigned percent, std::uint64_t seed);

}  // namespace duly::bench
