// Arithmetic on integers over one denominator. An interval is two columns, its ends; where every row is known both ends are one column and
// are computed once. The plan proves that 64 bits suffice.

#include <array>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

using ColumnKernel = void (*)(std::int64_t*, const std::int64_t*, const std::int64_t*, std::size_t);
using ConstantKernel = void (*)(std::int64_t*, const std::int64_t*, std::int64_t, std::size_t);

bool is_exact(Tile& tile, NodeId id) { return tile.node(id).lane == Lane::exact; }

/// An operation that rises with both operands and takes them in either order.
struct Rising {
  ColumnKernel columns;
  ConstantKernel constant;
};

Operand combine(Tile& tile, const Operand& x, const Operand& y, Rising op, std::size_t rows, const Room& room) {
  if (x.constant && !y.constant) return combine(tile, y, x, op, rows, room);
  const std::int64_t* x_low = x.low;
  const std::int64_t* x_high = x.high;
  if (x.constant) x_low = x_high = as_column(tile, x).low;
  const bool known = x_low == x_high && y.known();
  std::int64_t* low = room.numbers(rows);
  std::int64_t* high = known ? low : room.numbers(rows);
  const auto end = [&](std::int64_t* out, const std::int64_t* a, const std::int64_t* b) {
    y.constant ? op.constant(out, a, y.k, rows) : op.columns(out, a, b, rows);
  };
  end(low, x_low, y.low);
  if (!known) end(high, x_high, y.high);
  return {.low = low, .high = high};
}

void combine_all(Tile& tile, NodeId id, Rising op) {
  const PlanNode& node = tile.node(id);
  if (node.args.size() == 1) return share(tile, id, node.args[0]);
  const std::size_t rows = tile.rows_of(id);
  Operand result = combine(tile, operand(tile, node.args[0], node.level), operand(tile, node.args[1], node.level), op, rows,
                           Room{tile, node.args.size() == 2 ? id : no_node});
  for (std::size_t i = 2; i < node.args.size(); ++i)
    result = combine(tile, result, operand(tile, node.args[i], node.level), op, rows, Room{tile, i + 1 == node.args.size() ? id : no_node});
  set_numbers(tile.column(id), result.low, result.high);
  join_undefined(tile, id);
}

void times_constant(Tile& tile, NodeId id, const Operand& given, std::int64_t k) {
  const std::size_t rows = tile.rows_of(id);
  const Operand x = as_column(tile, given);
  const auto multiply = tile.node(id).is_small ? tile.kernels->multiply_small_constant : tile.kernels->multiply_constant;
  std::int64_t* low = tile.take_numbers(id, rows);
  multiply(low, x.low, k, rows);
  std::int64_t* high = low;
  if (!x.known()) {
    high = tile.take_numbers(id, rows);
    multiply(high, x.high, k, rows);
  }
  if (k < 0) std::swap(low, high);
  set_numbers(tile.column(id), low, high);
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
  times_constant(tile, id, operand(tile, node.args[0], tile.node(id).level), node.k);
  join_undefined(tile, id);
}

void evaluate_add(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  combine_all(tile, id, {tile.kernels->add, tile.kernels->add_constant});
}

void evaluate_minimum(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  combine_all(tile, id, {tile.kernels->minimum, tile.kernels->minimum_constant});
  settle_numbers(tile.column(id), tile.rows_of(id));
}

void evaluate_maximum(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  combine_all(tile, id, {tile.kernels->maximum, tile.kernels->maximum_constant});
  settle_numbers(tile.column(id), tile.rows_of(id));
}

void evaluate_subtract(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  Operand x = operand(tile, node.args[0], tile.node(id).level);
  const Operand y = operand(tile, node.args[1], tile.node(id).level);
  std::int64_t* low = tile.take_numbers(id, rows);
  const auto end = [&](std::int64_t* out, const std::int64_t* from, const std::int64_t* taken) {
    if (y.constant) tile.kernels->add_constant(out, from, wrapped_product(y.k, -1), rows);
    else if (x.constant) tile.kernels->subtract_from_constant(out, taken, x.k, rows);
    else tile.kernels->subtract(out, from, taken, rows);
  };
  if (x.constant && y.constant) x = as_column(tile, x);
  end(low, x.low, y.high);
  std::int64_t* high = low;
  if (!x.known() || !y.known()) {
    high = tile.take_numbers(id, rows);
    end(high, x.high, y.low);
  }
  set_numbers(tile.column(id), low, high);
  join_undefined(tile, id);
}

void evaluate_multiply(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const Operand x = operand(tile, node.args[0], tile.node(id).level);
  const Operand y = operand(tile, node.args[1], tile.node(id).level);
  if (x.constant || y.constant) {
    times_constant(tile, id, y.constant ? x : y, y.constant ? y.k : x.k);
  } else if (x.known() && y.known()) {
    std::int64_t* out = tile.take_numbers(id, rows);
    tile.kernels->multiply(out, x.low, y.low, rows);
    set_numbers(tile.column(id), out, out);
  } else {
    std::int64_t* low = tile.take_numbers(id, rows);
    std::int64_t* high = tile.take_numbers(id, rows);
    tile.kernels->multiply_ranges(low, high, x.low, x.high, y.low, y.high, rows);
    set_numbers(tile.column(id), low, high);
    settle_numbers(tile.column(id), rows);
  }
  join_undefined(tile, id);
}

void evaluate_negate(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  times_constant(tile, id, operand(tile, tile.node(id).args[0], tile.node(id).level), -1);
  join_undefined(tile, id);
}

void evaluate_absolute(Tile& tile, NodeId id) {
  if (is_exact(tile, id)) return evaluate_exact_arithmetic(tile, id);
  const std::size_t rows = tile.rows_of(id);
  const Operand x = as_column(tile, operand(tile, tile.node(id).args[0], tile.node(id).level));
  std::int64_t* low = tile.take_numbers(id, rows);
  if (x.known()) {
    auto* negated = tile.scratch.take_array<std::int64_t>(rows);
    tile.kernels->subtract_from_constant(negated, x.low, 0, rows);
    tile.kernels->maximum(low, x.low, negated, rows);
    set_numbers(tile.column(id), low, low);
  } else {
    std::int64_t* high = tile.take_numbers(id, rows);
    tile.kernels->absolute_ranges(low, high, x.low, x.high, rows);
    set_numbers(tile.column(id), low, high);
  }
  join_undefined(tile, id);
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
