#pragma once

// A table of sample households, decided row by row and compared with what the map expects of each, stage by stage.
//
// Rows of one month that one program decides (a pack, where the place picks one) are evaluated together, in columns. Only where the map expects
// words of a determination (`outcome`, `reasons`, ...) is each row decided by itself as well.
//
// Threads: uses several inside the call; the result is the same on any number.

#include "base/number.h"
#include "base/source.h"
#include "resolve/rule_files.h"

namespace duly {

/// The first stage in which a row differs.
struct RowDifference {
  std::string key;
  int line = 0;                    ///< of the table
  std::string stage, expected, got;
};

/// A row that could not be read or decided.
struct UnreadableRow {
  std::string key;
  int line = 0;                    ///< of the table
  Diagnostic diagnostic;
};

struct StageTotals {
  std::string stage;
  std::size_t rows = 0;            ///< that differ in it
  std::size_t first = 0;           ///< that differ in it and in no stage before
  std::optional<Number> smallest, largest;  ///< difference, where numbers differ
};

struct ApartTotals {
  std::string label;
  std::size_t agree = 0, rows = 0;
};

struct LeftOutRows {
  std::string label;
  std::size_t rows = 0;
};

struct TableRun {
  std::string title, program, table;
  std::size_t rows = 0, agree = 0;          ///< of those that were decided
  std::vector<RowDifference> differences;   ///< in the order of the table, as the next
  std::vector<UnreadableRow> unreadable;
  std::vector<StageTotals> stages;          ///< in the order of the map, all of them
  std::vector<ApartTotals> apart;
  std::vector<LeftOutRows> left_out;        ///< as the map says
  std::vector<Diagnostic> warnings;         ///< E505
};

struct TableOptions {
  int threads = 0;                          ///< 0: as many as the machine has
};

/// Errors: E503 and E5xx of map and table, E202 and E1xx of the program they ask for. A row that cannot be read is no error here.
Result<TableRun> run_table(const RuleFiles& files, const SourcePtr& map, const SourcePtr& table, const TableOptions& options);

/// Each differing row, differences by rule, rows apart, and last `agree N of M`.
std::string to_text(const TableRun& run);
std::string to_json(const TableRun& run);
/// A page that stands alone.
std::string to_html(const TableRun& run);

}  // namespace duly
