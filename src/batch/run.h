#pragma once

// A run: a caseload on disk decided by one program, household by household, into a folder of results. The same input gives the same bytes on any number
// of threads, in pieces of any size, and however often it was cut off and taken up again.
//
// Threads: uses several inside the call; `progress` is called by one at a time.

#include "batch/results_folder.h"
#include "batch/row_writer.h"
#include "engine/ruleset_state.h"

namespace duly {

struct RunProgress {
  std::int64_t households = 0;
  std::uint64_t bytes = 0, bytes_in_all = 0;  ///< of the input; the second is 0 where nobody knows
};

struct RunOptions {
  std::string program;
  Request request;
  std::string input;  ///< a file of documents, one a line, or a folder of tables
  std::string results;  ///< folder
  std::string previous;  ///< folder of an earlier run, empty without
  RowFormat format = RowFormat::csv;
  int threads = 0;  ///< 0: as many as the machine has
  int households_in_piece = most_households_in_tile;
  int pieces_between_checkpoints = 64;
  bool resume = false;
  std::function<bool(const RunProgress&)> progress{};  ///< false stops the run: it can be resumed
};

/// Errors: E2xx, E1xx of the program; E5xx of files. Households that cannot be read are no error here: they stand in errors.csv and are counted.
Result<Manifest> run_batch(const Programs& programs, const RunOptions& options);

/// The same caseload decided for two requests by one set of rules, read once, into two folders: the second is compared with the first. The results are
/// those of two runs. Input, threads, sizes and progress are those of `before`; neither is taken up again.
Result<std::pair<Manifest, Manifest>> run_both(const Programs& programs, const RunOptions& before, const RunOptions& after);

}  // namespace duly
