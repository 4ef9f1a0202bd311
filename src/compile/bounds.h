#pragma once

// Rules of packs against the bounds that their bases set, as far as ranges alone prove it.
//
// Threads: no shared state.

#include "check/program.h"

namespace duly {

/// E162 for each rule that is outside a bound whatever the household says, in some stretch of law among the months the program covers.
///
/// The ranges are those of the plan: what every fact may be by its dictionary, and every figure in force. A rule that they prove to be inside is never
/// looked at again; where they prove neither, each household is held to the bound when it is decided (E406).
std::vector<Diagnostic> rules_outside_bounds(const std::shared_ptr<const CheckedProgram>& program);

}  // namespace duly
