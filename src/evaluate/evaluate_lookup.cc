// Parameters by their keys. Rows whose keys are known are one gather; a row with an open key takes the hull of all cells it may mean. Cells stand in the order of the keys, the last key fastest.

#include <algorithm>
#include <bit>
#include <limits>

#include "evaluate/common.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

/// A key of the tile: numbers, or masks of words.
struct Key {
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
struct Found {
  std::int64_t low = std::numeric_limits<std::int64_t>::max();
  std::int64_t high = std::numeric_limits<std::int64_t>::min();
  Word words = 0;
  bool value = false, absent = false, missing = false;
};

/// The whole numbers below the keys, as integers.
Operand whole_numbers(Tile& tile, const PlanNode& node, const Column& column, std::size_t rows) {
  const std::int64_t over = denominator_of(node, column);
  const Operand integers{.low = low_of(column), .high = high_of(column)};
  if (over == 1) return integers;
  if (over > 1) return rounded(tile, integers, {.k2 = over}, rows, Room{tile});
  const auto floors = [&](const Exact* values) {
    auto* out = tile.scratch.take_array<std::int64_t>(rows);
    for (std::size_t r = 0; r < rows; ++r) out[r] = tile.exact.steps(values[r], 1, 1, RoundMode::floor);
    return out;
  };
  const std::int64_t* low = floors(exact_low_of(column));
  return {.low = low, .high = column.a == column.b ? low : floors(exact_high_of(column))};
}

/// A table with one number as its key.
Places places_of(const LookupTable& table) {
  const std::int64_t last = table.extents[0] - 1;
  return {table.low.data(), table.key_offset[0], last, table.each_more.empty() ? 0 : table.each_more[static_cast<std::size_t>(last)]};
}

const LookupTable& table_of(const Tile& tile, NodeId id) { return tile.plan->tables[static_cast<std::size_t>(tile.node(id).index)]; }

class Search {
 public:
  Search(Tile& tile, NodeId id) : tile_(tile), table_(table_of(tile, id)), rows_(tile.rows_of(id)), holds_only_values_(tile.node(id).is_small) {
    const Args& args = tile.node(id).args;
    count_ = args.size();
    keys_ = tile.scratch.take_array<Key>(count_);
    index_ = tile.scratch.take_array<std::int64_t>(count_);
    for (std::size_t i = 0; i < count_; ++i) {
      Key& key = *std::construct_at(keys_ + i, Key{.view = argument(tile, id, i), .offset = table_.key_offset[i], .extent = table_.extents[i]});
      if (!key.is_code()) {
        const Operand whole = whole_numbers(tile, tile.node(args[i]), key.view.column, rows_);
        key.low = whole.low;
        key.high = whole.high;
      }
    }
  }

  [[nodiscard]] const LookupTable& table() const { return table_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// One number as the only key, which with every cell in reach holds one value.
  [[nodiscard]] bool is_plain() const {
    if (!holds_only_values_ || count_ != 1 || table_.shape != Shape::number) return false;
    const Key& key = keys_[0];
    return !key.is_code() && key.low == key.high && key.view.column.undefined == nullptr;
  }

  /// A cell of the table for each row, whatever it holds, and the rows that may mean several or none.
  struct Cells {
    const std::int32_t* at;
    const Word* open;  ///< null where there is no such row
    [[nodiscard]] bool is_open(std::size_t row) const { return open != nullptr && bit_at(open, row); }
  };
  Cells cells() {
    auto* at = tile_.scratch.take_array<std::int32_t>(rows_);
    std::fill(at, at + rows_, 0);
    for (std::size_t i = 0; i < count_; ++i) keys_[i].is_code() ? add_words(keys_[i], at) : add_numbers(keys_[i], at);
    return {at, open_ != nullptr && any_bit(open_, rows_) ? open_ : nullptr};
  }
  [[nodiscard]] bool holds_only_values() const { return holds_only_values_; }

  /// What the last key adds to a cell's value.
  [[nodiscard]] std::int64_t growth(std::size_t cell, std::int64_t key) const {
    return wrapped_product(table_.each_more[cell], std::max<std::int64_t>(0, key - table_.grows_from[cell]));
  }
  [[nodiscard]] bool grows() const { return !table_.each_more.empty() && count_ > 0 && !keys_[count_ - 1].is_code(); }
  [[nodiscard]] const std::int64_t* last_key() const { return keys_[count_ - 1].low; }

  /// What a row with open keys finds. Rows that nobody asked are open in the same way, so what one found holds for others.
  const Found& find_again(std::size_t row) {
    if (rows_ <= few_rows_to_find) return found_once_ = find(row);
    if (kept_ == nullptr) {
      kept_ = tile_.scratch.take_array<Kept>(places_);
      std::fill(kept_, kept_ + places_, Kept{});
    }
    std::size_t hash = 0;
    for (std::size_t i = 0; i < count_; ++i) hash = hash * 31 + keys_[i].hash(row);
    Kept& kept = kept_[hash % places_];
    if (kept.row == none || !std::all_of(keys_, keys_ + count_, [&](const Key& key) { return key.is_same(row, kept.row); })) kept = {row, find(row)};
    return kept.found;
  }

  /// The hull over every cell that row may mean.
  Found find(std::size_t row) {
    Found found;
    for (std::size_t i = 0; i < count_; ++i) {
      found.missing = found.missing || keys_[i].view.may_be_undefined(row) || may_be_below(keys_[i], row);
      if (!keys_[i].view.may_be_defined(row) || !start(i, row)) return {.missing = true};
    }
    const std::size_t whole = spanned_key(row);
    do whole < count_ ? take_in_all(found, whole) : take_in(found, row);
    while (advance(row, whole));
    return found;
  }

 private:
  Word* open_rows() {
    if (open_ == nullptr) {
      open_ = tile_.scratch.take_array<Word>(words_for(rows_));
      fill_bits(open_, rows_, false);
    }
    return open_;
  }
  void add_open(const Word* rows) {
    Word* open = open_rows();
    for (std::size_t w = 0; w < words_for(rows_); ++w) open[w] |= rows[w];
  }

  void add_numbers(const Key& key, std::int32_t* cells) {
    auto* rows = tile_.scratch.take_array<Word>(words_for(rows_));
    if (key.view.column.undefined != nullptr) add_open(key.view.column.undefined);
    if (key.low != key.high) {
      tile_.kernels->wide.less(rows, key.low, key.high, rows_);
      add_open(rows);
    }
    if (!holds_only_values_) {
      tile_.kernels->wide.less_constant(rows, key.low, key.offset, rows_);
      if (any_bit(rows, rows_)) add_open(rows);
    }
    tile_.kernels->add_number_key(cells, key.low, key.offset, static_cast<std::int32_t>(key.extent), rows_);
  }

  void add_words(const Key& key, std::int32_t* cells) {
    const Word* words = words_of(key.view.column);
    if (key.view.column.undefined != nullptr) add_open(key.view.column.undefined);
    if (tile_.kernels->add_code_key(cells, words, static_cast<std::int32_t>(key.extent), rows_)) return;
    Word* open = open_rows();
    for (std::size_t r = 0; r < rows_; ++r) open[r / 64] |= Word{!std::has_single_bit(words[r])} << (r % 64);
  }

  static bool may_be_below(const Key& key, std::size_t row) { return !key.is_code() && key.low[row] < key.offset; }

  [[nodiscard]] std::int64_t last_index(const Key& key, std::size_t row) const {
    return std::min(key.extent - 1, wrapped_sum(key.high[row], -key.offset));
  }

  /// Puts the key at its first possible index; false where it has none.
  bool start(std::size_t i, std::size_t row) {
    const Key& key = keys_[i];
    if (key.is_code()) {
      const Word possible = words_of(key.view.column)[row];
      index_[i] = std::countr_zero(possible) & 63;
      return possible != 0;
    }
    if (key.high[row] < key.offset) return false;
    index_[i] = key.low[row] < key.offset ? 0 : std::min(key.extent - 1, wrapped_sum(key.low[row], -key.offset));
    return true;
  }

  bool next(std::size_t i, std::size_t row) {
    const Key& key = keys_[i];
    if (key.is_code()) {
      const std::int64_t after = index_[i] + 1;
      const Word rest = after < 64 ? words_of(key.view.column)[row] >> after : 0;
      if (rest == 0) return false;
      index_[i] = after + std::countr_zero(rest);
      return true;
    }
    if (index_[i] >= last_index(key, row)) return false;
    ++index_[i];
    return true;
  }

  /// The key of most places that may be at any of them, if the table says what they hold together; else the number of keys.
  [[nodiscard]] std::size_t spanned_key(std::size_t row) const {
    std::size_t out = count_;
    for (std::size_t i = 0; i < table_.over_key.size(); ++i) {
      const Key& key = keys_[i];
      if (table_.over_key[i].empty() || (out < count_ && key.extent <= keys_[out].extent)) continue;
      const bool spans =
          key.is_code() ? std::popcount(words_of(key.view.column)[row]) == key.extent : index_[i] == 0 && last_index(key, row) == key.extent - 1;
      if (spans) out = i;
    }
    return out;
  }

  bool advance(std::size_t row, std::size_t but) {
    for (std::size_t i = count_; i-- > 0;) {
      if (i == but) continue;
      if (next(i, row)) return true;
      start(i, row);
    }
    return false;
  }

  [[nodiscard]] std::size_t cell(std::size_t but) const {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < count_; ++i)
      if (i != but) cell = cell * static_cast<std::size_t>(keys_[i].extent) + static_cast<std::size_t>(index_[i]);
    return cell;
  }

  void take_in_all(Found& found, std::size_t whole) const {
    const LookupTable::Hull& hull = table_.over_key[whole][cell(whole)];
    found.absent = found.absent || hull.absent;
    found.missing = found.missing || hull.no_row;
    if (!hull.value) return;
    found.value = true;
    found.low = std::min(found.low, hull.low);
    found.high = std::max(found.high, hull.high);
    found.words |= hull.words;
  }

  void take_in(Found& found, std::size_t row) const {
    const std::size_t cell = this->cell(count_);
    switch (table_.state[cell]) {
      case LookupTable::absent: found.absent = true; return;
      case LookupTable::no_row: found.missing = true; return;
      default: break;
    }
    found.value = true;
    std::int64_t least = 0;
    std::int64_t most = 0;
    if (grows()) {
      const Key& key = keys_[count_ - 1];
      const std::int64_t at = index_[count_ - 1] + key.offset;
      const bool is_last = index_[count_ - 1] == key.extent - 1;
      const std::int64_t one = growth(cell, is_last ? std::max(at, key.low[row]) : at);
      const std::int64_t other = growth(cell, is_last ? std::max(at, key.high[row]) : at);
      least = std::min(one, other);
      most = std::max(one, other);
    }
    found.low = std::min(found.low, wrapped_sum(table_.low[cell], least));
    found.high = std::max(found.high, wrapped_sum(table_.high[cell], most));
    found.words |= static_cast<Word>(table_.low[cell]) | static_cast<Word>(table_.high[cell]);
  }

  Tile& tile_;
  const LookupTable& table_;
  std::size_t rows_;
  bool holds_only_values_;
  std::size_t count_ = 0;
  Key* keys_ = nullptr;
  std::int64_t* index_ = nullptr;
  Word* open_ = nullptr;

  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::size_t few_rows_to_find = 16;  ///< to which keeping costs more than it saves
  struct Kept {
    std::size_t row = none;
    Found found;
  };
  Kept* kept_ = nullptr;
  std::size_t places_ = rows_ > 512 ? 509 : 61;  ///< primes, so that the single bits of codes have places of their own
  Found found_once_;
};

/// What is found in each row as a column of the node's shape and lane.
class Result {
 public:
  Result(Tile& tile, NodeId id, std::size_t rows) : tile_(tile), id_(id), rows_(rows), shape_(tile.node(id).shape) {
    if (shape_ == Shape::truth) {
      yes_ = tile.take_bits(id, rows);
      no_ = tile.take_bits(id, rows);
      fill_bits(yes_, rows, false);
      fill_bits(no_, rows, false);
    } else {
      low_ = tile.take_numbers(id, rows);
    }
  }

  [[nodiscard]] bool is_number() const { return shape_ == Shape::number; }

  /// Rows that mean one cell take what it holds, the others the hull of theirs.
  void put_all(Search& search) {
    const Search::Cells cells = search.cells();
    auto* values = shape_ == Shape::truth ? tile_.scratch.take_array<std::int64_t>(rows_) : low_;
    tile_.kernels->wide.gather(values, search.table().low.data(), cells.at, rows_);
    if (search.grows())
      for (std::size_t r = 0; r < rows_; ++r)
        values[r] = wrapped_sum(values[r], search.growth(static_cast<std::size_t>(cells.at[r]), search.last_key()[r]));
    if (shape_ == Shape::truth)
      for (std::size_t r = 0; r < rows_; ++r) set_bit(values[r] != 0 ? yes_ : no_, r);
    high_ = low_;
    put_others(search, cells);
  }

  void put_plain(const Search& search) {
    tile_.kernels->wide.look_up(low_, search.last_key(), places_of(search.table()), rows_);
    high_ = low_;
  }

  void finish(std::int64_t table_denominator) {
    Column& out = tile_.column(id_);
    switch (shape_) {
      case Shape::truth: return set_words(out, yes_, no_);
      case Shape::code: return set_words(out, reinterpret_cast<const Word*>(low_), nullptr);
      case Shape::number: break;
      case Shape::set: return;
    }
    set_numbers(out, low_, high_);
    settle_numbers(out, rows_);
    to_lane(out, table_denominator);
  }

 private:
  /// Rows whose cell is open or holds no value.
  void put_others(Search& search, const Search::Cells& cells) {
    const std::uint8_t* state = search.table().state.data();
    const auto other = [&](std::size_t row) { return cells.is_open(row) || state[cells.at[row]] != LookupTable::value; };
    if (search.holds_only_values()) {
      if (cells.open == nullptr) return;
    } else {
      std::uint8_t states = LookupTable::value;
      for (std::size_t r = 0; r < rows_; ++r) states |= state[cells.at[r]];
      if (cells.open == nullptr && states == LookupTable::value) return;
    }
    const UndefinedBits bits(Room{tile_, id_}, rows_);
    if (shape_ == Shape::number) {
      high_ = tile_.take_numbers(id_, rows_);
      std::copy_n(low_, rows_, high_);
    }
    for (std::size_t r = 0; r < rows_; ++r) {
      if (!other(r)) continue;
      const std::uint8_t holds = state[cells.at[r]];
      const bool holds_nothing = !cells.is_open(r) && holds != LookupTable::gap;
      const Found found =
          holds_nothing ? Found{.absent = holds == LookupTable::absent, .missing = holds == LookupTable::no_row} : search.find_again(r);
      put(r, found);
      bits.put(r, found.absent || found.missing, found.value);
    }
    Column& out = tile_.column(id_);
    bits.into(out, rows_);
    if (shape_ == Shape::truth) out.defined = nullptr;
  }

  void put(std::size_t row, const Found& found) {
    switch (shape_) {
      case Shape::truth:
        put_bit(yes_, row, found.value && found.high != 0);
        put_bit(no_, row, found.value && found.low == 0);
        break;
      case Shape::code: low_[row] = static_cast<std::int64_t>(found.words); break;
      default: low_[row] = found.value ? found.low : 0; high_[row] = found.value ? found.high : 0;
    }
  }

  void to_lane(Column& out, std::int64_t table_denominator) {
    const PlanNode& node = tile_.node(id_);
    if (node.lane == Lane::exact) {
      Common found{{.low = low_of(out), .high = high_of(out)}, table_denominator, std::numeric_limits<std::int64_t>::max()};
      if (fits_times(found, 1, rows_)) return set_common(tile_, id_, found);
      const auto fractions = [&](const std::int64_t* values) {
        auto* exact = tile_.take<Exact>(id_, rows_);
        for (std::size_t r = 0; r < rows_; ++r) exact[r] = tile_.exact.fraction(values[r], table_denominator);
        return exact;
      };
      const Exact* low = fractions(low_of(out));
      return set_fractions(tile_, id_, low, out.a == out.b ? low : fractions(high_of(out)));
    }
    const std::int64_t times = node.denominator / table_denominator;
    if (times == 1) return;
    for (std::size_t r = 0; r < rows_; ++r) low_[r] = wrapped_product(low_[r], times);
    if (out.a != out.b)
      for (std::size_t r = 0; r < rows_; ++r) high_[r] = wrapped_product(high_[r], times);
  }

  Tile& tile_;
  NodeId id_;
  std::size_t rows_;
  Shape shape_;
  std::int64_t* low_ = nullptr;
  std::int64_t* high_ = nullptr;
  Word* yes_ = nullptr;
  Word* no_ = nullptr;
};

}  // namespace

namespace {

/// By one number that is known in every row; false, and nothing done, where it is not.
bool look_up_in_narrow_lanes(Tile& tile, NodeId id) {
  using T = std::int32_t;
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const NodeId key = node.args[0];
  const Column& column = tile.column(key);
  if (tile.node(key).level != node.level || column.a != column.b || column.undefined != nullptr) return false;
  LaneOperand<T> whole = operand<T>(tile, key, node.level);
  if (const std::int64_t over = tile.node(key).denominator; over != 1) whole = rounded(tile, whole, {.k2 = over, .is_small = true}, rows, Room{tile});
  T* found = tile.take<T>(id, rows);
  tile.kernels->narrow.look_up(found, whole.low, places_of(table_of(tile, id)), rows);
  set_numbers(tile.column(id), found, found);
  return true;
}

}  // namespace

void evaluate_lookup(Tile& tile, NodeId id) {
  if (tile.is_narrow(id) && look_up_in_narrow_lanes(tile, id)) return;
  Search search(tile, id);
  Result result(tile, id, search.rows());
  if (search.is_plain() && result.is_number()) result.put_plain(search);
  else result.put_all(search);
  result.finish(search.table().denominator);
}

void evaluate_lookup_absent(Tile& tile, NodeId id) {
  Search search(tile, id);
  const std::size_t rows = search.rows();
  const Room room{tile, id};
  const Search::Cells cells = search.cells();
  const std::uint8_t* state = search.table().state.data();
  const bool all_values = search.holds_only_values() && cells.open == nullptr;
  Word* yes = room.bits(rows, false);
  Word* undefined = room.bits(rows, false);
  Word* no = room.bits(rows, all_values);
  for (std::size_t r = 0; r < rows && !all_values; ++r) {
    const std::uint8_t holds = state[cells.at[r]];
    Found found{.value = holds == LookupTable::value || holds == LookupTable::gap,
                .absent = holds == LookupTable::absent,
                .missing = holds == LookupTable::no_row};
    if (cells.is_open(r)) found = search.find_again(r);
    yes[r / 64] |= Word{found.absent} << (r % 64);
    no[r / 64] |= Word{found.value} << (r % 64);
    undefined[r / 64] |= Word{found.missing} << (r % 64);
  }
  Column& out = tile.column(id);
  set_words(out, yes, no);
  if (any_bit(undefined, rows)) out.undefined = undefined;
}

}  // namespace duly::columnar
