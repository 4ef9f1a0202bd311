#pragma once

// What the families of operators share: reading an argument as a column, joining what is undefined, bringing a column to another level.
//
// Threads: belongs to the thread that evaluates.

#include "evaluate/tile.h"

namespace duly::columnar {

/// Where a result is put: memory of a node's column, or scratch that lives as long as the node is evaluated.
struct Room {
  Tile& tile;
  NodeId owner = no_node;

  template <class T>
  T* take(std::size_t count) const {
    return owner == no_node ? tile.scratch.take_array<T>(count) : tile.take<T>(owner, count);
  }
  [[nodiscard]] std::int64_t* numbers(std::size_t rows) const { return take<std::int64_t>(rows); }
  [[nodiscard]] Word* bits(std::size_t rows) const { return take<Word>(words_for(rows)); }
  [[nodiscard]] Word* bits(std::size_t rows, bool value) const {
    Word* out = bits(rows);
    fill_bits(out, rows, value);
    return out;
  }
};

inline const std::int64_t* low_of(const Column& c) { return static_cast<const std::int64_t*>(c.a); }
inline const std::int64_t* high_of(const Column& c) { return static_cast<const std::int64_t*>(c.b); }
inline const Exact* exact_low_of(const Column& c) { return static_cast<const Exact*>(c.a); }
inline const Exact* exact_high_of(const Column& c) { return static_cast<const Exact*>(c.b); }
inline const Word* may_be_true(const Column& c) { return static_cast<const Word*>(c.a); }
inline const Word* may_be_false(const Column& c) { return static_cast<const Word*>(c.b); }
inline const Word* words_of(const Column& c) { return static_cast<const Word*>(c.a); }
inline const Word* sure_of(const Column& c) { return static_cast<const Word*>(c.a); }
inline const Word* maybe_of(const Column& c) { return static_cast<const Word*>(c.b); }

/// The denominator of all rows of a number; 0 where each has its own.
inline std::int64_t denominator_of(const PlanNode& node, const Column& c) { return node.lane == Lane::i64 ? node.denominator : c.over; }

template <class T>
constexpr bool is_narrow_lane = sizeof(T) < sizeof(std::int64_t);

template <class T>
void set_numbers(Column& c, const T* low, const T* high) {
  c.a = const_cast<T*>(low);
  c.b = const_cast<T*>(high);
  c.narrow = is_narrow_lane<T>;
}
inline void set_words(Column& c, const Word* a, const Word* b) {
  c.a = const_cast<Word*>(a);
  c.b = const_cast<Word*>(b);
}

// Rows without a value hold any number, so arithmetic outside the kernels wraps as theirs does.
inline std::int64_t wrapped_sum(std::int64_t x, std::int64_t y) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(y));
}
inline std::int64_t wrapped_product(std::int64_t x, std::int64_t y) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(y));
}

/// A column on the level of the node that reads it.
struct View {
  Column column;
  Shape shape = Shape::truth;
  std::size_t width = 1;

  [[nodiscard]] bool may_be_undefined(std::size_t row) const { return column.undefined != nullptr && bit_at(column.undefined, row); }
  [[nodiscard]] bool may_be_defined(std::size_t row) const {
    if (column.undefined == nullptr) return true;
    if (shape == Shape::truth) return bit_at(may_be_true(column), row) || bit_at(may_be_false(column), row);
    return column.defined == nullptr || bit_at(column.defined, row);
  }
  [[nodiscard]] Word undefined_word(std::size_t w) const { return column.undefined == nullptr ? 0 : column.undefined[w]; }
  [[nodiscard]] Word defined_word(std::size_t w) const {
    if (column.undefined == nullptr) return ~Word{0};
    if (shape == Shape::truth) return may_be_true(column)[w] | may_be_false(column)[w];
    return column.defined == nullptr ? ~Word{0} : column.defined[w];
  }
  [[nodiscard]] std::int64_t low(std::size_t row) const { return low_of(column)[row]; }
  [[nodiscard]] std::int64_t high(std::size_t row) const { return high_of(column)[row]; }
  [[nodiscard]] bool may_be(std::size_t row, bool value) const { return bit_at(value ? may_be_true(column) : may_be_false(column), row); }
  [[nodiscard]] const Word* sure(std::size_t row) const { return sure_of(column) + row * width; }
  [[nodiscard]] const Word* maybe(std::size_t row) const { return maybe_of(column) + row * width; }
};
/// The column of `id` for the rows of `level`, which stands below the node's own level or is it, in whatever lane it is. A constant stands on every
/// level, and is filled into `room`.
View view_from_elsewhere(const Room& room, NodeId id, LevelId level);
inline View view_in_its_lane(const Room& room, NodeId id, LevelId level) {
  const PlanNode& node = room.tile.node(id);
  if (node.op == PlanOp::constant || node.level != level) return view_from_elsewhere(room, id, level);
  return {room.tile.column(id), node.shape, room.tile.width(id)};
}
/// Makes a narrow column one of 64 bits.
void widen(Column& column, std::size_t rows, const Room& room);
/// The reverse: each value keeps its lower half.
void make_narrow(Column& column, std::size_t rows, const Room& room);
/// The same in 64 bits.
inline View view_in(const Room& room, NodeId id, LevelId level) {
  View out = view_in_its_lane(room, id, level);
  if (out.column.narrow) widen(out.column, room.tile.levels.count(level), room);
  return out;
}
inline View view(Tile& tile, NodeId id, LevelId level) { return view_in(Room{tile}, id, level); }
/// The argument `i` of `id` on the level of `id`.
inline View argument(Tile& tile, NodeId id, std::size_t i) { return view(tile, tile.node(id).args[i], tile.node(id).level); }

/// Makes the column of `id` the same as that of `from`.
void share(Tile& tile, NodeId id, NodeId from);
/// Words a row of a set that no column tells them of: a set of people unless its term says otherwise.
std::size_t set_width(const Tile& tile, NodeId id);
/// A constant as a column of `rows` rows.
View filled(const Room& room, NodeId constant, std::size_t rows);

/// A number as an operand of integer loops: its column in lanes of T, or the constant it is.
template <class T>
struct LaneOperand {
  const T* low = nullptr;
  const T* high = nullptr;
  bool constant = false;
  T k = 0;
  [[nodiscard]] bool known() const { return low == high; }
};
using Operand = LaneOperand<std::int64_t>;

/// A column of the other lane as an operand. What does not fit into a narrow lane keeps its lower half, which only rows without a value hold.
template <class T>
LaneOperand<T> in_lane(Tile& tile, const Column& column, std::size_t rows);

/// A number that is no fraction.
template <class T = std::int64_t>
LaneOperand<T> operand(Tile& tile, NodeId id, LevelId level) {
  const PlanNode& node = tile.node(id);
  if (node.op == PlanOp::constant) return {.constant = true, .k = static_cast<T>(node.low)};
  const Column column = view_in_its_lane(Room{tile}, id, level).column;
  if (column.narrow != is_narrow_lane<T>) return in_lane<T>(tile, column, tile.levels.count(level));
  return {.low = static_cast<const T*>(column.a), .high = static_cast<const T*>(column.b)};
}
/// The same with its column filled in where it is a constant.
template <class T>
LaneOperand<T> as_column(Tile& tile, const LaneOperand<T>& x, std::size_t rows) {
  if (!x.constant) return x;
  T* values = tile.scratch.take_array<T>(rows);
  tile.kernels->numbers<T>().fill(values, x.k, rows);
  return {.low = values, .high = values};
}
template <class T>
void set_operand(Column& c, const LaneOperand<T>& x) {
  set_numbers(c, x.low, x.high);
}

/// Calls `f` with a zero of the lane that the node is computed in.
template <class F>
void by_lane(Tile& tile, NodeId id, F f) {
  tile.is_narrow(id) ? f(std::int32_t{0}) : f(std::int64_t{0});
}

/// A number of any lane as exact numbers; `low == high` where all rows are known.
struct ExactOperand {
  const Exact* low;
  const Exact* high;
};
ExactOperand exact_operand(Tile& tile, NodeId id, LevelId level);

/// Makes `out` the rows of `view` in another order: row r is row `map.to[r]`. Rows without one are undefined.
void gather(Column& out, const View& view, Lane lane, const RowMap& map, std::size_t rows, const Room& room);

/// The level of the rows that a sum, a count or a set is made of: the node's `index`, or that of the first argument that is no constant.
LevelId level_of_rows(const Tile& tile, NodeId id);

/// A result is undefined where any operand may be, and defined where all may be.
void join_undefined(Tile& tile, NodeId id, std::span<const View> operands);
void join_undefined(Tile& tile, NodeId id);  ///< of all arguments of the node

/// Bits of what may be undefined and defined, filled in row by row: first none undefined, all defined.
struct UndefinedBits {
  Word* undefined;
  Word* defined;
  UndefinedBits(const Room& room, std::size_t rows) : undefined(room.bits(rows, false)), defined(room.bits(rows, true)) {}
  void put(std::size_t row, bool may_be_undefined, bool may_be_defined) const {
    if (may_be_undefined) set_bit(undefined, row);
    if (!may_be_defined) clear_bit(defined, row);
  }
  /// Puts them beside the column, where any row may be undefined.
  void into(Column& out, std::size_t rows) const {
    if (!any_bit(undefined, rows)) return;
    out.undefined = undefined;
    out.defined = defined;
  }
};

/// Makes both ends one column where they agree in every row.
void settle_numbers(Column& out, std::size_t rows);
void settle_sets(Column& out, std::size_t words);

}  // namespace duly::columnar
