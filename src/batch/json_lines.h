#pragma once

// A caseload of household documents, one a line, as JSON.
//
// Threads: as `batch/caseload_input.h` says.

#include "batch/caseload_input.h"
#include "engine/loaded_program.h"

namespace duly {

struct ReadingOptions {
  std::shared_ptr<const LoadedProgram> program;
  RequestOverrides request;          ///< goes before what households say
  int households_in_piece = most_households_in_tile;
};

/// Errors: E500.
Result<std::unique_ptr<CaseloadSource>> json_lines(const std::string& path, const ReadingOptions& options);

}  // namespace duly
