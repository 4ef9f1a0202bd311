#pragma once

// Charts of a sweep along words, such as states or kinds: a bar for each value.
//
// Threads: pure functions.

#include "duly/what_if.h"
#include "render/charts.h"

namespace duly {

/// The plain drawing.
std::string bars_svg(const Sweep& sweep);

/// The net, what each program gives, and who is eligible.
std::vector<Chart> bar_charts_of(const Sweep& sweep);

}  // namespace duly
