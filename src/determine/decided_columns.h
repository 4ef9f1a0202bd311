#pragma once

// Determinations of many households as columns, one row for each subject decided, in the order of households and of their subjects.
//
// Threads: plain value types.

#include <string_view>

#include "duly/determination.h"

namespace duly {

/// Texts, one behind another.
class TextColumn {
 public:
  void add(std::string_view text) {
    bytes_ += text;
    close();
  }
  /// Adds to the text that `close` ends.
  void grow(std::string_view text) { bytes_ += text; }
  /// The same after a blank, unless it is the first.
  void grow_word(std::string_view word) {
    if (bytes_.size() > begin()) bytes_ += ' ';
    bytes_ += word;
  }
  /// A whole number.
  void add(std::int64_t number);
  void close() { ends_.push_back(static_cast<std::uint32_t>(bytes_.size())); }

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const std::size_t first = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(first, ends_[row] - first);
  }
  void clear() {
    ends_.clear();
    bytes_.clear();
  }
  bool operator==(const TextColumn&) const = default;

 private:
  [[nodiscard]] std::size_t begin() const { return ends_.empty() ? 0 : ends_.back(); }

  std::vector<std::uint32_t> ends_;
  std::string bytes_;
};

/// One output of the program. Of a value that is not known `text` is empty; `low` and `high` say between what the benefit lies, each where it is known.
struct OutputColumn {
  TextColumn text, low, high;
  void add(const Value& value) {
    text.add(value.text);
    low.add(value.low);
    high.add(value.high);
  }
  bool operator==(const OutputColumn&) const = default;
};

struct DecidedColumns {
  std::vector<std::int32_t> household;  ///< its number in the tile
  std::vector<Outcome> outcome;
  TextColumn subject;  ///< the person; of a unit its first person; empty for a household
  TextColumn people, members;  ///< keys, a blank between
  TextColumn scope, remedy, benefit_month;
  TextColumn reasons;  ///< words of the rule files, a blank between; of an error the code
  TextColumn missing;  ///< `ana.birth_date`, `rent`, `ana.income[0].amount`, a blank between
  std::vector<std::uint8_t> missing_is_exact;
  std::vector<OutputColumn> outputs;  ///< those that were asked for

  [[nodiscard]] std::size_t size() const { return outcome.size(); }
  bool operator==(const DecidedColumns&) const = default;
};

/// Puts one determination behind the others, with the outputs of these names: empty where it has none.
void append(DecidedColumns& columns, std::int32_t household, const Determination& determination, const std::vector<std::string>& outputs);
/// The same with row `row` of `from`.
void append_row(DecidedColumns& columns, std::int32_t household, const DecidedColumns& from, std::size_t row);

/// The rows in the order of households; those of one household stay in theirs.
std::vector<std::size_t> rows_by_household(const DecidedColumns& columns);
/// The same as columns.
DecidedColumns sorted_by_household(DecidedColumns columns);

}  // namespace duly
