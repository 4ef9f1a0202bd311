#pragma once

// Where the rows of a tile find what a parameter holds for their keys: the one cell of a row whose keys are known, the hull of all cells that an open
// key may mean.
//
// Threads: belongs to the thread that evaluates.

#include <algorithm>
#include <limits>

#include "evaluate/columns.h"

namespace duly::columnar {

/// A key of the tile: numbers, or masks of words.
struct LookupKey {
  View view;
  const std::int64_t* low = nullptr;
  const std::int64_t* high = nullptr;
  std::int64_t offset = 0;
  std::int64_t extent = 1;
  [[nodiscard]] bool is_code() const { return view.shape == Shape::code; }
  [[nodiscard]] std::size_t hash(std::size_t row) const {
    return is_code() ? words_of(view.column)[row] * 7 : static_cast<std::size_t>(low[row]) * 3 + static_cast<std::size_t>(high[row]);
  }
  [[nodiscard]] bool is_same(std::size_t a, std::size_t b) const {
    if (view.may_be_undefined(a) != view.may_be_undefined(b) || view.may_be_defined(a) != view.may_be_defined(b)) return false;
    return is_code() ? words_of(view.column)[a] == words_of(view.column)[b] : low[a] == low[b] && high[a] == high[b];
  }
};

/// What one row may find.
struct LookupFound {
  std::int64_t low = std::numeric_limits<std::int64_t>::max();
  std::int64_t high = std::numeric_limits<std::int64_t>::min();
  Word words = 0;
  bool value = false, absent = false, missing = false;
};

/// One look-up in one tile.
class LookupSearch {
 public:
  LookupSearch(Tile& tile, NodeId id);

  [[nodiscard]] const LookupTable& table() const { return table_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// One number as the only key, which with every cell in reach holds one value.
  [[nodiscard]] bool is_plain() const {
    if (!holds_only_values_ || count_ != 1 || table_.shape != Shape::number) return false;
    const LookupKey& key = keys_[0];
    return !key.is_code() && key.low == key.high && key.view.column.undefined == nullptr;
  }

  /// A cell of the table for each row, whatever it holds, and the rows that may mean several or none.
  struct Cells {
    const std::int32_t* at;
    const Word* open;  ///< null where there is no such row
    [[nodiscard]] bool is_open(std::size_t row) const { return open != nullptr && bit_at(open, row); }
  };
  Cells cells();
  [[nodiscard]] bool holds_only_values() const { return holds_only_values_; }

  /// What the last key adds to a cell's value.
  [[nodiscard]] std::int64_t growth(std::size_t cell, std::int64_t key) const {
    return wrapped_product(table_.each_more[cell], std::max<std::int64_t>(0, key - table_.grows_from[cell]));
  }
  [[nodiscard]] bool grows() const { return !table_.each_more.empty() && count_ > 0 && !keys_[count_ - 1].is_code(); }
  [[nodiscard]] const std::int64_t* last_key() const { return keys_[count_ - 1].low; }

  /// What a row with open keys finds. Rows that nobody asked are open in the same way, so what one found holds for others.
  const LookupFound& find_again(std::size_t row);

 private:
  /// The hull over every cell that the row may mean.
  LookupFound find(std::size_t row);

  Word* open_rows();
  void add_open(const Word* rows);
  void add_numbers(const LookupKey& key, std::int32_t* cells);
  void add_words(const LookupKey& key, std::int32_t* cells);

  static bool may_be_below(const LookupKey& key, std::size_t row) { return !key.is_code() && key.low[row] < key.offset; }

  [[nodiscard]] std::int64_t last_index(const LookupKey& key, std::size_t row) const {
    return std::min(key.extent - 1, wrapped_sum(key.high[row], -key.offset));
  }

  /// Puts the key at its first possible index; false where it has none.
  bool start(std::size_t i, std::size_t row);
  bool next(std::size_t i, std::size_t row);

  /// The key of most places that may be at any of them, if the table says what they hold together; else the number of keys.
  [[nodiscard]] std::size_t spanned_key(std::size_t row) const;
  bool advance(std::size_t row, std::size_t but);
  [[nodiscard]] std::size_t cell(std::size_t but) const;
  void take_in_all(LookupFound& found, std::size_t whole) const;
  void take_in(LookupFound& found, std::size_t row) const;

  Tile& tile_;
  const LookupTable& table_;
  std::size_t rows_;
  bool holds_only_values_;
  std::size_t count_ = 0;
  LookupKey* keys_ = nullptr;
  std::int64_t* index_ = nullptr;
  Word* open_ = nullptr;

  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::size_t few_rows_to_find = 16;  ///< to which keeping costs more than it saves
  struct Kept {
    std::size_t row = none;
    LookupFound found;
  };
  Kept* kept_ = nullptr;
  std::size_t places_ = rows_ > 512 ? 509 : 61;  ///< primes, so that the single bits of codes have places of their own
  LookupFound found_once_;
};

}  // namespace duly::columnar
