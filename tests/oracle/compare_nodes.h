#pragma once

// What the engine left behind, held against the oracle: every term that has a node, on every row.
//
// Threads: belongs to one thread.

#include <map>
#include <string>

#include "evaluate/values.h"
#include "oracle/oracle.h"

namespace duly::oracle {

/// Differences of one program. Of a household only the first term that differs is told: what reads it differs because of it.
struct Differences {
  struct OfTerm {
    int households = 0;
    std::vector<std::string> examples;  ///< the first few
  };
  std::map<TermId, OfTerm> terms;
  std::int64_t values_compared = 0;
};

/// Compares all households of the tile in `values` and adds what differs.
void compare_tile(Oracle& oracle, const Values& values, Differences& found);

std::string report(const CheckedProgram& program, const Differences& differences);

}  // namespace duly::oracle
