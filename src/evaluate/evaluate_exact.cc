// Arithmetic on the exact lane, row by row, where a column is not integers over one denominator or would leave 64 bits so. Operands come from either
// lane; integers are read over their own denominator.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/common.h"
#include "evaluate/exact_ends.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// Evaluates `f(row)`, the one value of each row that may have a value.
template <class F>
void for_each_known_row(Tile& tile, NodeId id, F f) {
  const std::size_t rows = tile.rows_of(id);
  auto* out = tile.take<Exact>(id, rows);
  const Column& column = tile.column(id);
  for (std::size_t r = 0; r < rows; ++r) {
    const bool has_value = column.defined == nullptr || bit_at(column.defined, r);
    out[r] = has_value ? f(r) : ExactMath::whole(0);
  }
  set_fractions(tile, id, out, out);
}

/// Evaluates `f(row)`, a pair of ends, for each row that may have a value.
template <class F>
void for_each_row(Tile& tile, NodeId id, F f) {
  const std::size_t rows = tile.rows_of(id);
  auto* low = tile.take<Exact>(id, rows);
  auto* high = tile.take<Exact>(id, rows);
  const Column& out = tile.column(id);
  for (std::size_t r = 0; r < rows; ++r) {
    const bool has_value = out.defined == nullptr || bit_at(out.defined, r);
    const Ends ends = has_value ? f(r) : ExactEnds::point(ExactMath::whole(0));
    low[r] = ends.low;
    high[r] = ends.high;
  }
  set_fractions(tile, id, low, high);
}

Ends ends_of(const ExactOperand& x, std::size_t row) { return {x.low[row], x.high[row]}; }

/// `f` of two pairs of ends, which of two known values is `of_known`.
template <class F, class G>
void fold(Tile& tile, NodeId id, F f, G of_known) {
  const Args& args = tile.node(id).args;
  ExactOperand* operands = tile.scratch.take_array<ExactOperand>(args.size());
  bool known = true;
  for (std::size_t i = 0; i < args.size(); ++i) {
    operands[i] = exact_operand(tile, args[i], tile.node(id).level);
    known = known && operands[i].low == operands[i].high;
  }
  if (known) {
    return for_each_known_row(tile, id, [&](std::size_t row) {
      Exact result = operands[0].low[row];
      for (std::size_t i = 1; i < args.size(); ++i) result = of_known(result, operands[i].low[row]);
      return result;
    });
  }
  for_each_row(tile, id, [&](std::size_t row) {
    bool known_here = true;
    for (std::size_t i = 0; i < args.size(); ++i) known_here = known_here && is_same(operands[i].low[row], operands[i].high[row]);
    if (known_here) {
      Exact result = operands[0].low[row];
      for (std::size_t i = 1; i < args.size(); ++i) result = of_known(result, operands[i].low[row]);
      return ExactEnds::point(result);
    }
    Ends result = ends_of(operands[0], row);
    for (std::size_t i = 1; i < args.size(); ++i) result = f(result, ends_of(operands[i], row));
    return result;
  });
}

void modulo(Tile& tile, NodeId id, ExactEnds& math) {
  const PlanNode& node = tile.node(id);
  const ExactOperand x = exact_operand(tile, node.args[0], tile.node(id).level);
  const ExactOperand y = exact_operand(tile, node.args[1], tile.node(id).level);
  const std::size_t rows = tile.rows_of(id);
  const UndefinedBits bits(Room{tile, id}, rows);
  const View operands[2] = {argument(tile, id, 0), argument(tile, id, 1)};
  auto* low = tile.take<Exact>(id, rows);
  auto* high = tile.take<Exact>(id, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const int low_sign = math.math().sign(y.low[r]);
    const int high_sign = math.math().sign(y.high[r]);
    const bool both = operands[0].may_be_defined(r) && operands[1].may_be_defined(r) && (low_sign != 0 || high_sign != 0);
    bits.put(r, operands[0].may_be_undefined(r) || operands[1].may_be_undefined(r) || (low_sign <= 0 && high_sign >= 0), both);
    Ends ends = ExactEnds::point(ExactMath::whole(0));
    const Ends values = ends_of(x, r);
    const Ends divisor = ends_of(y, r);
    if (both && low_sign > 0) ends = math.modulo_by_positive(values, divisor);
    else if (both && high_sign < 0) ends = math.negate(math.modulo_by_positive(math.negate(values), math.negate(divisor)));
    else if (both) ends = {low_sign < 0 ? divisor.low : ExactMath::whole(0), high_sign > 0 ? divisor.high : ExactMath::whole(0)};
    low[r] = ends.low;
    high[r] = ends.high;
  }
  set_fractions(tile, id, low, high);
  bits.into(tile.column(id), rows);
}

}  // namespace

void evaluate_exact_arithmetic(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  ExactEnds math(tile.exact);
  if (node.op == PlanOp::modulo) return modulo(tile, id, math);
  join_undefined(tile, id);
  if (evaluate_common_arithmetic(tile, id)) return;
  switch (node.op) {
    case PlanOp::add:
      return fold(
          tile, id, [&](const Ends& x, const Ends& y) { return math.add(x, y); },
          [&](const Exact& x, const Exact& y) { return tile.exact.add(x, y); });
    case PlanOp::subtract:
      return fold(
          tile, id, [&](const Ends& x, const Ends& y) { return math.subtract(x, y); },
          [&](const Exact& x, const Exact& y) { return tile.exact.subtract(x, y); });
    case PlanOp::multiply:
      return fold(
          tile, id, [&](const Ends& x, const Ends& y) { return math.multiply(x, y); },
          [&](const Exact& x, const Exact& y) { return tile.exact.multiply(x, y); });
    case PlanOp::minimum:
      return fold(
          tile, id, [&](const Ends& x, const Ends& y) { return math.minimum(x, y); },
          [&](const Exact& x, const Exact& y) { return tile.exact.lesser(x, y); });
    case PlanOp::maximum:
      return fold(
          tile, id, [&](const Ends& x, const Ends& y) { return math.maximum(x, y); },
          [&](const Exact& x, const Exact& y) { return tile.exact.greater(x, y); });
    default: break;
  }
  const ExactOperand x = exact_operand(tile, node.args[0], tile.node(id).level);
  const Ends factor = ExactEnds::point(ExactMath::whole(node.k));
  for_each_row(tile, id, [&](std::size_t row) {
    switch (node.op) {
      case PlanOp::negate: return math.negate(ends_of(x, row));
      case PlanOp::absolute: return math.absolute(ends_of(x, row));
      case PlanOp::scale: return math.multiply(ends_of(x, row), factor);
      default: return ends_of(x, row);
    }
  });
}

void evaluate_divide(Tile& tile, NodeId id) {
  if (evaluate_common_divide(tile, id)) return;
  const PlanNode& node = tile.node(id);
  ExactEnds math(tile.exact);
  Dividing dividing(math, node);
  const ExactOperand x = exact_operand(tile, node.args[0], tile.node(id).level);
  const ExactOperand y = exact_operand(tile, node.args[1], tile.node(id).level);
  const View operands[2] = {argument(tile, id, 0), argument(tile, id, 1)};
  const std::size_t rows = tile.rows_of(id);
  const UndefinedBits bits(Room{tile, id}, rows);
  const bool known = x.low == x.high && y.low == y.high;
  auto* low = tile.take<Exact>(id, rows);
  auto* high = known ? low : tile.take<Exact>(id, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const bool both = operands[0].may_be_defined(r) && operands[1].may_be_defined(r);
    Quotient quotient;
    if (both && known) quotient = dividing.divide_known(x.low[r], y.low[r]);
    else if (both) quotient = dividing.divide(ends_of(x, r), divisor_of(ends_of(y, r), tile.node(node.args[1]), tile.exact));
    bits.put(r, operands[0].may_be_undefined(r) || operands[1].may_be_undefined(r) || quotient.may_be_undefined, quotient.may_be_defined);
    low[r] = quotient.ends.low;
    high[r] = quotient.ends.high;
  }
  set_fractions(tile, id, low, high);
  bits.into(tile.column(id), rows);
}

}  // namespace duly::columnar
