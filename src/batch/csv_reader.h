#pragma once

// The rows of one piece of a caseload of tables, put into fact tables.
//
// Threads: belongs to one thread; the shapes are shared.

#include "batch/caseload_input.h"
#include "caseload/table_shape.h"

namespace duly {

std::unique_ptr<PieceReader> csv_reader(const ReadingOptions& options, std::shared_ptr<const std::vector<TableShape>> shapes);

}  // namespace duly
