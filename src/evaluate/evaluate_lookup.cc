// Parameters by their keys. Rows whose keys are known are one gather; a row with an open key takes the hull of all cells it may mean. Cells stand in the order of the keys, the last key fastest.

#include <algorithm>
#include <limits>

#include "evaluate/common.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"
#include "evaluate/lookup_search.h"

namespace duly::columnar {
namespace {

/// A table with one number as its key.
Places places_of(const LookupTable& table) {
  const std::int64_t last = table.extents[0] - 1;
  return {table.low.data(), table.key_offset[0], last, table.each_more.empty() ? 0 : table.each_more[static_cast<std::size_t>(last)]};
}

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
  void put_all(LookupSearch& search) {
    const LookupSearch::Cells cells = search.cells();
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

  void put_plain(const LookupSearch& search) {
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
  void put_others(LookupSearch& search, const LookupSearch::Cells& cells) {
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
      const LookupFound found =
          holds_nothing ? LookupFound{.absent = holds == LookupTable::absent, .missing = holds == LookupTable::no_row} : search.find_again(r);
      put(r, found);
      bits.put(r, found.absent || found.missing, found.value);
    }
    Column& out = tile_.column(id_);
    bits.into(out, rows_);
    if (shape_ == Shape::truth) out.defined = nullptr;
  }

  void put(std::size_t row, const LookupFound& found) {
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
  tile.kernels->narrow.look_up(found, whole.low, places_of(tile.plan->tables[static_cast<std::size_t>(node.index)]), rows);
  set_numbers(tile.column(id), found, found);
  return true;
}

}  // namespace

void evaluate_lookup(Tile& tile, NodeId id) {
  if (tile.is_narrow(id) && look_up_in_narrow_lanes(tile, id)) return;
  LookupSearch search(tile, id);
  Result result(tile, id, search.rows());
  if (search.is_plain() && result.is_number()) result.put_plain(search);
  else result.put_all(search);
  result.finish(search.table().denominator);
}

void evaluate_lookup_absent(Tile& tile, NodeId id) {
  LookupSearch search(tile, id);
  const std::size_t rows = search.rows();
  const Room room{tile, id};
  const LookupSearch::Cells cells = search.cells();
  const std::uint8_t* state = search.table().state.data();
  const bool all_values = search.holds_only_values() && cells.open == nullptr;
  Word* yes = room.bits(rows, false);
  Word* undefined = room.bits(rows, false);
  Word* no = room.bits(rows, all_values);
  for (std::size_t r = 0; r < rows && !all_values; ++r) {
    const std::uint8_t holds = state[cells.at[r]];
    LookupFound found{.value = holds == LookupTable::value || holds == LookupTable::gap,
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
