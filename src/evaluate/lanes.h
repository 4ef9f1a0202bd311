#pragma once

// The two lanes of numbers behind one interface, for operators that go row by row.
//
// Threads: belongs to the thread that evaluates.

#include "evaluate/columns.h"

namespace duly::columnar {

struct Integers {
  using Value = std::int64_t;
  static Value zero() { return 0; }
  static Value sum(Value x, Value y) { return wrapped_sum(x, y); }
  static bool less(Value x, Value y) { return x < y; }
};

struct Fractions {
  using Value = Exact;
  ExactMath& math;
  static Value zero() { return ExactMath::whole(0); }
  Value sum(const Value& x, const Value& y) { return math.add(x, y); }
  [[nodiscard]] bool less(const Value& x, const Value& y) const { return math.compare(x, y) < 0; }
};

/// Both ends of an operand.
template <class Value>
struct EndColumns {
  const Value* low = nullptr;
  const Value* high = nullptr;
};

template <class Lane>
EndColumns<typename Lane::Value> end_columns(Tile& tile, NodeId id, LevelId level) {
  if constexpr (std::is_same_v<Lane, Integers>) {
    const Column column = view(tile, id, level).column;
    return {low_of(column), high_of(column)};
  } else {
    const ExactOperand x = exact_operand(tile, id, level);
    return {x.low, x.high};
  }
}

/// Calls `f` with the lane of the node.
template <class F>
void on_lane(Tile& tile, NodeId id, F f) {
  if (tile.node(id).lane == Lane::i64) f(Integers{});
  else f(Fractions{tile.exact});
}

/// Makes both ends the node's column, one column where they agree in every row.
template <class Lane>
void set_ends(Tile& tile, NodeId id, Lane lane, typename Lane::Value* low, typename Lane::Value* high) {
  const std::size_t rows = tile.rows_of(id);
  bool known = true;
  for (std::size_t r = 0; r < rows && known; ++r) known = !lane.less(low[r], high[r]) && !lane.less(high[r], low[r]);
  Column& out = tile.column(id);
  out.a = low;
  out.b = known ? low : high;
}

}  // namespace duly::columnar
