#pragma once

// Determinations as an Arrow struct array.
//
// Threads: pure functions.

#include "caseload/read_piece.h"
#include "determine/decided_columns.h"
#include "duly/arrow.h"

namespace duly {

/// Determinations of some households, with the errors of others among them, in the order of households.
struct DecidedRows {
  std::vector<std::string> keys;
  DecidedColumns columns;             ///< sorted by household
  std::vector<CaseloadError> errors;  ///< sorted by household
};

/// The schema of a stream with these outputs; with `has_benefit` the ends of the first follow them.
void make_schema(const std::vector<std::string>& outputs, bool has_benefit, ArrowSchema& out);
void make_array(const DecidedRows& rows, std::size_t outputs, bool has_benefit, ArrowArray& out);

}  // namespace duly
