#pragma once

// The one determination of a household of which it is not known which pack decides it.
//
// Threads: no shared state.

#include "engine/loaded_program.h"

namespace duly {

/// `pending` on the facts `open` of the place. Nobody can say yet who forms a unit, so it is about the household.
/// Errors: what is wrong with the document whichever pack reads it.
Result<Decided> pending_on_place(std::shared_ptr<const LoadedProgram> asked, const std::vector<FactId>& open, const Node& document,
                                 const RequestOverrides& request, const DecideOptions& options);

/// Its explanation.
Explanation explain_open_place(const Decided& decided, const Determination& determination);

}  // namespace duly
