#pragma once

// A caseload of household documents, one a line, as JSON.
//
// Threads: as `batch/caseload_input.h` says.

#include "batch/caseload_input.h"

namespace duly {

/// What the household of a line goes by.
std::string key_of_line(std::string_view line, std::int64_t number);

/// Errors: E500.
Result<std::unique_ptr<CaseloadSource>> json_lines(const std::string& path, const ReadingOptions& options);

}  // namespace duly
