#pragma once

// Which numbers of a plan are computed in lanes of 32 bits where a level has many rows: twice as many rows in a vector, and half the memory between
// operations.
//
// Threads: works on a plan that nobody else has yet.

#include "compile/plan.h"

namespace duly {

/// Sets `is_narrow` of every node whose values, those of its operands, and all that lies between are proven to fit into 32 bits, unless more would
/// have to be converted than is computed.
void choose_narrow_lanes(Plan& plan);

}  // namespace duly
