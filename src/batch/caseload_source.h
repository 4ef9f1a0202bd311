#pragma once

// The caseload that a path names.

#include "batch/json_lines.h"

namespace duly {

/// A file is read as documents, one a line; a folder as tables, or where it has none its only file of documents. Errors: E500, E512.
Result<std::unique_ptr<CaseloadSource>> caseload_source(const std::string& path, const ReadingOptions& options);

}  // namespace duly
