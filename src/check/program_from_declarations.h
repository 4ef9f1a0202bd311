#pragma once

#include "check/program.h"

namespace duly {

/// Gives every rule its meaning. All mistakes of all rules at once; warnings come with the program.
Result<std::shared_ptr<const CheckedProgram>> program_from_declarations(const std::shared_ptr<const Declarations>& declarations);

}  // namespace duly
