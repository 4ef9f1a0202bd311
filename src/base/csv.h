#pragma once

// Comma-separated values as RFC 4180 has them: quotes, doubled quotes, line breaks inside quotes, LF or CRLF.

#include <optional>
#include <string>
#include <vector>

#include "base/source.h"

namespace duly {

struct CsvRow {
  std::vector<std::string> cells;
  std::size_t begin = 0;  ///< byte offset of the row
  std::size_t end = 0;
};

struct Csv {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;   ///< each as long as the header
  [[nodiscard]] int column(std::string_view name) const;  ///< -1 if there is none
};

/// Reads `source`. An unclosed quote, text behind a closing quote, a row of another length than the header, a column named twice: one diagnostic
/// (`code`) each, at most ten, and the row is left out.
Csv read_csv(const SourcePtr& source, Code code, std::vector<Diagnostic>& errors);

}  // namespace duly
