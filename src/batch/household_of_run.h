#pragma once

// A household of a finished run, found again by its key, as the document it is or would be.
//
// Threads: pure functions over files.

#include "batch/results_folder.h"
#include "duly/ruleset.h"

namespace duly {

/// The document; of tables all rows of the household written as one. Errors: E500, E513.
Result<std::string> household_of_run(const Manifest& manifest, const Ruleset::State& rules, const std::string& key);

/// What the run was asked.
Request request_of(const Manifest& manifest);

}  // namespace duly
