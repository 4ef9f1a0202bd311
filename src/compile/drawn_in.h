#pragma once

// Ends drawn in. What is not known reaches as far as its dictionary lets it, and values made of it reach far beyond. Where that reach is drawn in and
// an end of a value moves with it, the end comes from there, and says nothing about a household (decision 016).
//
// Threads: pure functions.

#include "compile/plan.h"

namespace duly {

/// Nearer to 0 by an eighth. 0 stays, since nothing lies beyond an amount of nothing.
inline std::int64_t drawn_in(std::int64_t end) { return end - end / 8; }

/// The same plan, in which what lists that are not complete may add reaches less far.
Plan with_ends_drawn_in(const Plan& plan);

}  // namespace duly
