#pragma once

// A caseload as CSV tables in one folder (`batch/table_shape.h`). All tables stand in the order of household.csv; they are read side by side, so that
// no table is ever held as a whole.
//
// Threads: as `batch/caseload_input.h` says.

#include "batch/json_lines.h"

namespace duly {

/// Errors: E500, E512.
Result<std::unique_ptr<CaseloadSource>> csv_tables(const std::string& folder, const ReadingOptions& options);

}  // namespace duly
