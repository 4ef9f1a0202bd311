#pragma once

// One value of a fact, and how it stands in the fact's column.
//
// Threads: plain value types.

#include <span>

#include "facts/bit_rows.h"
#include "facts/fact_table.h"

namespace duly {

/// Which vectors of a `FactColumn` count. Words of lists of more than 64 are numbers; texts have no column.
enum class ColumnShape : std::uint8_t { nothing, truth, number, code, codes, people };

ColumnShape column_shape(const Declarations& declarations, const Type& type);

/// What a column looks like where nothing is known.
struct ColumnLayout {
  ColumnShape shape = ColumnShape::nothing;
  LevelId level = household_level;
  bool may_be_absent = false;
  std::int64_t low = 0, high = 0;  ///< number: what it can be, over 10^places; else the words of a long list
  std::uint64_t words = 0;         ///< code: one bit for each word of the list
  std::size_t list_size = 0;       ///< codes
};
ColumnLayout column_layout(const Declarations& declarations, const Fact& fact);

/// 64-bit words a row takes in `sure` and `maybe`, in a table whose sets of people take `set_words`.
std::size_t words_a_row(const ColumnLayout& layout, int set_words);

struct FactValue {
  enum class Kind : std::uint8_t { unknown, absent, given } kind = Kind::unknown;
  std::int64_t low = 0, high = 0;  ///< a number over 10^places, a day, a month, a word, a truth (0 or 1); apart where only a span is known
  BitRows sure, maybe;             ///< words of a list, or people of the household
  bool operator==(const FactValue&) const = default;

  static FactValue of(std::int64_t value) { return {Kind::given, value, value, {}, {}}; }
  static FactValue between(std::int64_t low, std::int64_t high) { return {Kind::given, low, high, {}, {}}; }
  static FactValue of_set(BitRows sure, BitRows maybe) { return {Kind::given, 0, 0, std::move(sure), std::move(maybe)}; }
  static FactValue none() { return {Kind::absent, 0, 0, {}, {}}; }
};

/// Writes `value` over an unknown row. A row that has none keeps some value inside its range, so that nothing widens by it.
void put(FactColumn& column, const ColumnLayout& layout, int set_words, std::size_t row, const FactValue& value);

/// Writes a set over an unknown row. Words past the end of either are 0.
void put_set(FactColumn& column, const ColumnLayout& layout, int set_words, std::size_t row, std::span<const std::uint64_t> sure,
             std::span<const std::uint64_t> maybe);

/// Drops `high` where every row is known, and the bits of absence where no row is absent.
void drop_what_is_known(FactColumn& column);

/// Rows of a fact's level in the table: one for each household above people, facts of the world included.
std::size_t rows_of_level(const FactTable& table, LevelId level);

/// Whether a fact gets rows where only `wanted` is read, by fact; all are where it is null. Relations always do: they are checked against each other.
inline bool is_laid_out(const ColumnLayout& layout, const std::vector<bool>* wanted, std::size_t fact) {
  return wanted == nullptr || (*wanted)[fact] || layout.shape == ColumnShape::people;
}

/// `fill_unknown` with the layouts at hand; the columns of what is not laid out stay empty.
void fill_unknown(const std::vector<ColumnLayout>& layouts, FactTable& table, const std::vector<bool>* wanted = nullptr);

}  // namespace duly
