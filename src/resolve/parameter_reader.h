#pragma once

// Reads the values of one parameter: its keys, dated values in the file, as a grid, or in a CSV beside the chapter, each with its source.
//
// Threads: belongs to the thread that reads.

#include "resolve/reader.h"

namespace duly {

class RuleFiles;

class ParameterReader {
 public:
  ParameterReader(Reader& reader, Parameter& parameter) : reader_(reader), p_(parameter) {}

  /// The names behind ` by `, as written.
  void read_keys(const std::vector<std::string>& names, const Node& node);
  /// One of `values`.
  void read_value_record(const Node& record);
  /// The CSV that `file` names, relative to `folder`.
  void read_table_file(const Node& node, const std::string& folder, const RuleFiles& files);
  /// Ends values that have no end on the next day that `renews` names.
  void renew(const Node& node);
  /// Refuses a value that ends behind the day on which the next one with the same keys begins.
  void refuse_overlaps();
  /// Ends each row where the next one with the same keys begins, and refuses two that begin on one day.
  void close_histories();
  /// Every value has a source and lies within the range, and one that is not known has a range.
  void check_complete(const Span& where);

 private:
  /// What a row takes over where its own columns say nothing.
  struct Defaults {
    Date from = first_date;
    bool has_from = false;
    Date until = never;  ///< first day past it
    std::optional<Date> applied;
    int source = -1;
    Confidence confidence = Confidence::official;
  };

  // read_parameter.cc: dated values
  Defaults defaults(const Node& record, const Span& where);
  int source_index(const std::string& text);
  Confidence confidence(std::string_view word, const Span& where);
  static ParameterRow row_from(const Defaults& base, const Span& where);
  bool read_cell(std::string_view text, const Span& where, ParameterRow& row);
  /// False where the value is refused.
  bool add(ParameterRow row, const Span& where);

  // parameter_history.cc
  /// Calls `f(row, next)` for each value and the one with the same keys that begins next.
  template <class F>
  void for_each_pair(F f);

  // parameter_keys.cc: what a cell says of a key
  std::optional<KeyPattern> read_pattern(const ParameterKey& key, std::string_view text);
  std::optional<KeyPattern> pattern_or_mistake(const ParameterKey& key, const GridCell& cell);

  // parameter_tables.cc: grids and CSVs
  void read_grid(const Grid& grid, const Defaults& base);
  void read_wide_grid(const Grid& grid, const Defaults& base);
  /// The row serves every number from its own on, each one more adding the amount in `cell`.
  void grow(ParameterRow& row, const GridCell& cell);
  void read_long_grid(const Grid& grid, const Defaults& base, const Node* read_as, bool from_file);
  template <class Column>
  void read_long_row(const std::vector<GridCell>& cells, const Defaults& base, const Node* read_as, const std::vector<int>& key_columns, int is,
                     Column column);

  Reader& reader_;
  Parameter& p_;
};

}  // namespace duly
