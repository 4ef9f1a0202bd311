#pragma once

// What two evaluations of one plan left behind, household against household.
//
// Threads: pure functions.

#include <string>

#include "evaluate/values.h"

namespace duly {

/// One household of an evaluation.
struct EvaluatedHousehold {
  const Values& values;
  std::int32_t household;  ///< counted in the tile
};

/// The value of `node` in a row, as text: equal texts are equal values.
std::string value_text(const Values& values, NodeId node, std::int32_t row);

/// Where the values of both differ: the first node and row, with both values. Empty where every node has the same value on every row.
std::string first_difference(const EvaluatedHousehold& one, const EvaluatedHousehold& other);

/// Where `narrow` has a possibility that `wide` has not, on the levels whose rows the fact table gives: the first node and row. Empty where there is none.
std::string first_widening(const EvaluatedHousehold& wide, const EvaluatedHousehold& narrow);

}  // namespace duly
