#pragma once

// A program on the tiles that its places and months make of a caseload, evaluated in columns as a batch does.
//
// Threads: a workload is only read once made; `evaluate_all` makes its own.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/programs.h"
#include "made_caseload.h"

namespace duly::bench {

struct Workload {
  std::vector<DatedTile> tiles;
  std::vector<const Plan*> plans;  ///< beside them; which the programs keep
  std::int64_t subjects = 0;       ///< households, or people where people are decided
  std::size_t operations = 0;      ///< of the largest plan
};

/// Nothing where the caseload in `folder` cannot be read.
std::optional<Workload> workload(const Programs& programs, const std::string& program, const std::string& folder);

/// Every tile once, with only kept what a batch reads, on `threads` threads, each by its own plan; tiles differ in size, so whoever is done takes the next.
void evaluate_all(const Workload& workload, std::size_t threads);

}  // namespace duly::bench
