#pragma once

// The lanes of numbers behind one interface, for operators that go row by row.
//
// Threads: belongs to the thread that evaluates.

#include <span>

#include "evaluate/common.h"
#include "evaluate/integers.h"

namespace duly::columnar {

/// Both ends of an operand.
template <class Value>
struct EndColumns {
  const Value* low = nullptr;
  const Value* high = nullptr;
};

struct Integers {
  using Value = std::int64_t;
  static Value zero() { return 0; }
  static Value sum(Value x, Value y) { return wrapped_sum(x, y); }
  static bool less(Value x, Value y) { return x < y; }
  static EndColumns<Value> ends(Tile& tile, NodeId id, LevelId level) {
    const Column column = view(tile, id, level).column;
    return {low_of(column), high_of(column)};
  }
};

/// Fractions over one denominator.
struct CommonIntegers : Integers {
  std::int64_t over = 1;
  std::int64_t most = 0;  ///< of a result
  [[nodiscard]] EndColumns<Value> ends(Tile& tile, NodeId id, LevelId level) const {
    const std::size_t rows = tile.levels.count(level);
    Common x = *common(tile, id, level);
    bring_over(tile, x, over, rows);
    const Operand column = as_column(tile, x.x, rows);
    return {column.low, column.high};
  }
};

struct Fractions {
  using Value = Exact;
  ExactMath& math;
  static Value zero() { return ExactMath::whole(0); }
  [[nodiscard]] Value sum(const Value& x, const Value& y) const { return math.add(x, y); }
  [[nodiscard]] bool less(const Value& x, const Value& y) const { return math.compare(x, y) < 0; }
  static EndColumns<Value> ends(Tile& tile, NodeId id, LevelId level) {
    const ExactOperand x = exact_operand(tile, id, level);
    return {x.low, x.high};
  }
};

/// The lane of operands that have one denominator, where a result adds up at most `addends` values of each.
inline std::optional<CommonIntegers> common_lane(Tile& tile, std::span<const NodeId> operands, LevelId level, std::size_t addends) {
  const std::size_t rows = tile.levels.count(level);
  CommonIntegers lane;
  for (const NodeId id : operands) {
    const auto x = id == no_node ? Common{} : common(tile, id, level);
    const auto over = x ? common_denominator(lane.over, x->over) : std::nullopt;
    if (!over) return std::nullopt;
    lane.over = *over;
  }
  for (const NodeId id : operands) {
    if (id == no_node) continue;
    Common x = *common(tile, id, level);
    const auto factor = size_of_product(lane.over / x.over, static_cast<std::int64_t>(addends + 1));
    if (!factor || !fits_times(x, *factor, rows)) return std::nullopt;
    lane.most += x.most * *factor;
    if (lane.most > most_common_size) return std::nullopt;
  }
  return lane;
}

/// Calls `f` with the lane of the node, whose values come from `operands`.
template <class F>
void on_lane(Tile& tile, NodeId id, std::span<const NodeId> operands, LevelId level, F f) {
  if (tile.node(id).lane == Lane::i64) return f(Integers{});
  if (const auto lane = common_lane(tile, operands, level, tile.levels.count(level))) return f(*lane);
  f(Fractions{tile.exact});
}

/// Makes both ends the node's column, one column where they agree in every row.
inline void set_ends(Tile& tile, NodeId id, const Integers&, std::int64_t* low, std::int64_t* high) {
  set_operand(tile.column(id), settled<std::int64_t>({.low = low, .high = high}, tile.rows_of(id)));
}
inline void set_ends(Tile& tile, NodeId id, const CommonIntegers& lane, std::int64_t* low, std::int64_t* high) {
  set_common(tile, id, {settled<std::int64_t>({.low = low, .high = high}, tile.rows_of(id)), lane.over, lane.most});
}
inline void set_ends(Tile& tile, NodeId id, const Fractions&, Exact* low, Exact* high) { set_fractions(tile, id, low, high); }

}  // namespace duly::columnar
