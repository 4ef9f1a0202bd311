#pragma once

// A whole caseload: tables of columns in, determinations as columns out, by way of the Arrow C stream interface (`duly/arrow.h`).
//
// Tables are named and shaped as the CSV tables of `duly batch` (docs/batch.md): `household`, `person`, `relation`, and one for each list of records. Where
// a column has no value nobody said it. Columns may be texts, whole numbers, decimals, truths and days, plain or by a dictionary; binary floating
// point is refused, because it is not exact. All tables stand in the order of households, whose keys rise: shorter ones first, those of one length by
// their bytes.
//
// Threads: plain value types; the function may be called from any number of threads. A stream belongs to one thread at a time.

#include <functional>
#include <string>
#include <vector>

#include "duly/arrow.h"
#include "duly/ruleset.h"

namespace duly {

struct CaseloadTable {
  std::string name;  ///< `household`, `person`, `income`, ...
  ArrowArrayStream* rows = nullptr;  ///< taken over: it is released by whoever was given it
};

struct CaseloadOptions {
  int threads = 1;
  int households_in_tile = 1024;  ///< no result depends on it
  /// Called from time to time with how many households were decided; false stops the stream (E515).
  std::function<bool(std::int64_t households)> progress{};
};

/// Makes `determinations` a stream of what `program` decides of each household, in the order of the tables; it reads them as it is read itself, and holds only
/// some tiles at a time. Columns: household, subject, outcome, scope, remedy, benefit_month, people, members, reasons, missing, each output of the program; if
/// the first is an amount of money, its name with `_low` and `_high`, between which it lies where it is open; then error_table, error_row, error_column,
/// error_code, error_message of rows whose outcome is `error` because what is said of a household is wrong. All other households are decided.
/// Errors: E202, E1xx of the program, E512 for columns the dictionary does not know. Later ones end the stream, with their text.
DULY_API std::vector<Diagnostic> determine_tables(const Ruleset& rules, const std::string& program, const std::vector<CaseloadTable>& tables,
                                                  const Request& request, const CaseloadOptions& options, ArrowArrayStream* determinations);

}  // namespace duly
