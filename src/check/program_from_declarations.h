#pragma once

#include "check/mentions.h"
#include "check/program.h"

namespace duly {

/// Gives every rule its meaning. All mistakes of all rules at once; warnings come with the program. What names in formulas stand for is added to
/// `mentions`, a name again for each time its formula is checked; after mistakes those that were understood.
Result<std::shared_ptr<const CheckedProgram>> program_from_declarations(const std::shared_ptr<const Declarations>& declarations,
                                                                        std::vector<Mention>* mentions = nullptr);

}  // namespace duly
