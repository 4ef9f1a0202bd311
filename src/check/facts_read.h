#pragma once

// Which facts of the dictionary a program reads at all.
//
// Threads: pure function.

#include "check/program.h"

namespace duly {

/// By fact: whether a formula of any rule, on whatever day, reads it, or what the program is asked or told by other programs. Every plan of the program
/// reads only such facts.
std::vector<bool> facts_read_by(const CheckedProgram& program);

}  // namespace duly
