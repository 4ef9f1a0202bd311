#pragma once

// The charts of a sweep: what is left of each raise, what each program gives, who is eligible where, and along two facts a map of the net.
//
// Threads: pure functions.

#include "duly/what_if.h"
#include "render/charts.h"

namespace duly {

/// Only those for which something is known; none where the values are no numbers.
std::vector<Chart> charts_of(const Sweep& sweep);

}  // namespace duly
