#pragma once

// Determinations and errors of a piece as lines of a file, CSV or JSON.
//
// Threads: immutable once made; shared by any number of threads.

#include "batch/caseload_input.h"
#include "batch/previous_run.h"
#include "determine/decided_columns.h"

namespace duly {

enum class RowFormat : std::uint8_t { csv, json_lines };

/// Texts one behind another, of which any can be left out.
struct HouseholdTexts {
  std::string bytes;
  std::vector<std::size_t> ends;  ///< by household of the piece
  [[nodiscard]] std::string_view of(std::size_t household) const {
    const std::size_t begin = household == 0 ? 0 : ends[household - 1];
    return std::string_view(bytes).substr(begin, ends[household] - begin);
  }
};

class RowWriter {
 public:
  /// `outputs` are the names of the program's outputs. With `tells_change` each row says what became of what an earlier run decided.
  RowWriter(RowFormat format, std::vector<std::string> outputs, bool has_benefit, bool tells_change);

  /// The line of column names; empty in JSON lines.
  [[nodiscard]] std::string header() const;
  /// `order`: the rows of `columns` by household. `previous` where the change is told.
  [[nodiscard]] HouseholdTexts rows(const std::vector<std::string>& keys, const DecidedColumns& columns, const std::vector<std::size_t>& order,
                                    const PreviousRun* previous) const;

  static std::string error_header();
  static void add_error(const CaseloadError& error, std::string& out);

 private:
  void add_csv(const std::string& key, const DecidedColumns& columns, std::size_t row, const PreviousRun* previous, std::string& out) const;
  void add_json(const std::string& key, const DecidedColumns& columns, std::size_t row, const PreviousRun* previous, std::string& out) const;

  RowFormat format_;
  std::vector<std::string> outputs_;
  bool has_benefit_;
  bool tells_change_;
};

}  // namespace duly
