// Arithmetic on the integer lane. The plan proves that 64 bits suffice.

#include <array>

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

bool is_exact(Tile& tile, NodeId id) { return tile.node(id).lane == Lane::exact; }

/// Makes `result` the column of the node, with what is undefined.
template <class T>
void put(Tile& tile, NodeId id, const LaneOperand<T>& result) {
  set_operand(tile.column(id), result);
  join_undefined(tile, id);
}

template <class T>
using Combining = LaneOperand<T> (*)(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);

template <class T>
void combine_all(Tile& tile, NodeId id, Combining<T> combine) {
  const PlanNode& node = tile.node(id);
  if (node.args.size() == 1) return share(tile, id, node.args[0]);
  const std::size_t rows = tile.rows_of(id);
  LaneOperand<T> result = operand<T>(tile, node.args[0], node.level);
  for (std::size_t i = 1; i < node.args.size(); ++i)
    result = combine(tile, result, operand<T>(tile, node.args[i], node.level), rows, Room{tile, i + 1 == node.args.size() ? id : no_node});
  put(tile, id, result);
}

struct Range {
  std::int64_t low, high;
  bool may_be_undefined = false, may_be_defined = true;
};

std::int64_t floor_quotient(std::int64_t x, std::int64_t y) {
  const std::int64_t quotient = x / y;
  return quotient - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0);
}

/// x - y * floor(x / y) has the sign of y and is smaller than it. `y_low` > 0.
Range modulo_by_positive(Range x, std::int64_t y_low, std::int64_t y_high) {
  if (y_low == y_high && floor_quotient(x.low, y_low) == floor_quotient(x.high, y_low)) {
    const std::int64_t base = wrapped_product(floor_quotient(x.low, y_low), y_low);
    return {x.low - base, x.high - base};
  }
  if (x.low >= 0 && x.high < y_low) return {x.low, x.high};
  return {0, x.low >= 0 && x.high < y_high - 1 ? x.high : y_high - 1};
}

Range modulo(Range x, Range y) {
  if (x.low == INT64_MIN) x.low = -INT64_MAX;  // only in rows without a value
  if (y.low == INT64_MIN) y.low = -INT64_MAX;
  Range out{0, 0, y.low <= 0 && y.high >= 0, y.low < 0 || y.high > 0};
  bool first = true;
  const auto take_in = [&](Range part) {
    out.low = first ? part.low : std::min(out.low, part.low);
    out.high = first ? part.high : std::max(out.high, part.high);
    first = false;
  };
  if (y.high > 0) take_in(modulo_by_positive(x, std::max<std::int64_t>(y.low, 1), y.high));
  if (y.low < 0) {  // modulo(x, y) = -modulo(-x, -y)
    const Range mirrored = modulo_by_positive({-x.high, -x.low}, std::max<std::int64_t>(-y.high, 1), -y.low);
    take_in({-mirrored.high, -mirrored.low});
  }
  return out;
}

}  // namespace

void evaluate_alias(Tile& tile, NodeId id) {
  const NodeId arg = tile.node(id).args[0];
  if (tile.node(id).shape == Shape::number && is_exact(tile, id) && !is_exact(tile, arg)) return evaluate_exact_arithmetic(tile, id);
  share(tile, id, arg);
}

void evaluate_scale(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  if (node.k == 1) return share(tile, id, node.args[0]);
  by_lane(tile, id, [&](auto zero) {
    const auto x = operand<decltype(zero)>(tile, node.args[0], node.level);
    put(tile, id, times(tile, x, node.k, node.is_small, tile.rows_of(id), Room{tile, id}));
  });
}

void evaluate_add(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  by_lane(tile, id, [&](auto zero) { combine_all<decltype(zero)>(tile, id, sum_of); });
}
void evaluate_subtract(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  by_lane(tile, id, [&](auto zero) { combine_all<decltype(zero)>(tile, id, difference_of); });
}
void evaluate_minimum(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  by_lane(tile, id, [&](auto zero) { combine_all<decltype(zero)>(tile, id, least_of); });
}
void evaluate_maximum(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  by_lane(tile, id, [&](auto zero) { combine_all<decltype(zero)>(tile, id, greatest_of); });
}

void evaluate_multiply(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const Room room{tile, id};
  by_lane(tile, id, [&](auto zero) {
    using T = decltype(zero);
    const auto x = operand<T>(tile, node.args[0], node.level);
    const auto y = operand<T>(tile, node.args[1], node.level);
    if (y.constant) put(tile, id, times(tile, x, y.k, node.is_small, rows, room));
    else if (x.constant) put(tile, id, times(tile, y, x.k, node.is_small, rows, room));
    else put(tile, id, product_of(tile, x, y, rows, room));
  });
}

void evaluate_negate(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  by_lane(tile, id, [&](auto zero) {
    const auto x = operand<decltype(zero)>(tile, node.args[0], node.level);
    put(tile, id, times(tile, x, -1, node.is_small, tile.rows_of(id), Room{tile, id}));
  });
}

void evaluate_absolute(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  by_lane(tile, id, [&](auto zero) {
    put(tile, id, absolute_of(tile, operand<decltype(zero)>(tile, node.args[0], node.level), tile.rows_of(id), Room{tile, id}));
  });
}

void evaluate_modulo(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const std::size_t rows = tile.rows_of(id);
  const std::array<View, 2> operands{argument(tile, id, 0), argument(tile, id, 1)};
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = tile.take_numbers(id, rows);
  const UndefinedBits bits(Room{tile, id}, rows);
  const View& x = operands[0];
  const View& y = operands[1];
  for (std::size_t r = 0; r < rows; ++r) {
    const Range range = modulo({x.low(r), x.high(r)}, {y.low(r), y.high(r)});
    low[r] = range.low;
    high[r] = range.high;
    bits.put(r, x.may_be_undefined(r) || y.may_be_undefined(r) || range.may_be_undefined,
             x.may_be_defined(r) && y.may_be_defined(r) && range.may_be_defined);
  }
  Column& out = tile.column(id);
  set_numbers(out, low, high);
  settle_numbers(out, rows);
  bits.into(out, rows);
}

}  // namespace duly::columnar
