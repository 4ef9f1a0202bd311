#pragma once

// In which order programs are decided so that each finds what it reads.
//
// Threads: no shared state.

#include "engine/programs.h"

namespace duly {

/// The programs that stand on no other, those that others read before them, else by name. With `start` only that one and what it reads.
/// Errors: E104 a program that is read does not exist, E170 programs read each other in a circle, E1xx of their rules.
Result<std::vector<std::shared_ptr<const LoadedProgram>>> screening_order(const Programs& programs, const std::string& start = "");

}  // namespace duly
