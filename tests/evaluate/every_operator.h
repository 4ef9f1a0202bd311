#pragma once

// A plan with every operator, on random households: what the general properties of an evaluation are tried on.

#include "evaluate/sample.h"

namespace duly::test {

struct EveryOperator {
  Sample sample;
  std::vector<NodeId> asked;       ///< all nodes
  std::vector<NodeId> row_by_row;  ///< those whose rows stay the same rows when facts become known
  std::vector<NodeId> settling;    ///< those that are settled where every fact is known
};

/// `largest`: most people of a household.
EveryOperator every_operator(std::mt19937& random, int households, int largest);

}  // namespace duly::test
