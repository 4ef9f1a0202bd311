// Arithmetic on the exact lane, row by row. Operands come from either lane; integers are read over their own denominator.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

struct Ends {
  Exact low, high;
};

class ExactEnds {
 public:
  explicit ExactEnds(ExactMath& math) : math_(math) {}

  Ends add(const Ends& x, const Ends& y) { return {math_.add(x.low, y.low), math_.add(x.high, y.high)}; }
  Ends negate(const Ends& x) { return {math_.negate(x.high), math_.negate(x.low)}; }
  Ends subtract(const Ends& x, const Ends& y) { return add(x, negate(y)); }
  Ends minimum(const Ends& x, const Ends& y) { return {math_.lesser(x.low, y.low), math_.lesser(x.high, y.high)}; }
  Ends maximum(const Ends& x, const Ends& y) { return {math_.greater(x.low, y.low), math_.greater(x.high, y.high)}; }
  Ends hull(const Ends& x, const Ends& y) { return {math_.lesser(x.low, y.low), math_.greater(x.high, y.high)}; }

  Ends multiply(const Ends& x, const Ends& y) {
    if (math_.sign(x.low) >= 0 && math_.sign(y.low) >= 0) return {math_.multiply(x.low, y.low), math_.multiply(x.high, y.high)};
    return hull(hull(point(math_.multiply(x.low, y.low)), point(math_.multiply(x.low, y.high))),
                hull(point(math_.multiply(x.high, y.low)), point(math_.multiply(x.high, y.high))));
  }

  Ends absolute(const Ends& x) {
    if (math_.sign(x.low) >= 0) return x;
    if (math_.sign(x.high) <= 0) return negate(x);
    return {ExactMath::whole(0), math_.greater(math_.negate(x.low), x.high)};
  }

  /// The quotients by a divisor that keeps its sign and is never 0.
  Ends divide(const Ends& x, const Ends& y) {
    if (math_.sign(x.low) >= 0 && math_.sign(y.low) > 0) return {math_.divide(x.low, y.high), math_.divide(x.high, y.low)};
    return hull(hull(point(math_.divide(x.low, y.low)), point(math_.divide(x.low, y.high))),
                hull(point(math_.divide(x.high, y.low)), point(math_.divide(x.high, y.high))));
  }

  /// x - y * floor(x / y) for y > 0 on both ends.
  Ends modulo_by_positive(const Ends& x, const Ends& y) {
    const Exact below = math_.floor(math_.divide(x.low, y.low));
    if (math_.equal(y.low, y.high) && math_.equal(below, math_.floor(math_.divide(x.high, y.low)))) {
      const Ends base = point(math_.multiply(below, y.low));
      return subtract(x, base);
    }
    if (math_.sign(x.low) >= 0 && math_.compare(x.high, y.low) < 0) return x;
    return {ExactMath::whole(0), math_.sign(x.low) >= 0 ? math_.lesser(x.high, y.high) : y.high};
  }

  static Ends point(const Exact& x) { return {x, x}; }
  ExactMath& math() { return math_; }

 private:
  ExactMath& math_;
};

/// The smallest positive value of a divisor: one over its denominator on the integer lane; on the exact lane there is none.
struct Divisor {
  Ends ends;
  bool has_smallest;
  Exact smallest;
};

struct Quotient {
  Ends ends{ExactMath::whole(0), ExactMath::whole(0)};
  bool may_be_undefined = false;
  bool may_be_defined = false;
};

class Dividing {
 public:
  Dividing(ExactEnds& ends, const PlanNode& node) : ends_(ends), node_(node) {}

  /// Of one value by another.
  Quotient divide_known(const Exact& x, const Exact& y) {
    Quotient out;
    out.may_be_undefined = ends_.math().sign(y) == 0;
    out.may_be_defined = !out.may_be_undefined;
    if (out.may_be_defined) out.ends = ExactEnds::point(ends_.math().divide(x, y));
    return out;
  }

  Quotient divide(const Ends& x, const Divisor& y) {
    const int low_sign = ends_.math().sign(y.ends.low);
    const int high_sign = ends_.math().sign(y.ends.high);
    Quotient out;
    out.may_be_undefined = low_sign <= 0 && high_sign >= 0;
    if (low_sign > 0 || high_sign < 0) {
      out.ends = ends_.divide(x, y.ends);
      out.may_be_defined = true;
      return out;
    }
    if (high_sign > 0) take_in(out, by_positive(x, y.ends.high, y));
    if (low_sign < 0) take_in(out, ends_.negate(by_positive(x, ends_.math().negate(y.ends.low), y)));
    return out;
  }

 private:
  /// Quotients by (0..most].
  Ends by_positive(const Ends& x, const Exact& most, const Divisor& y) {
    if (y.has_smallest) return ends_.divide(x, {y.smallest, most});
    Ends out = ends_.divide(x, ExactEnds::point(most));
    const Ends unbounded = proven();
    if (ends_.math().sign(x.low) < 0) out.low = ends_.math().lesser(out.low, unbounded.low);
    if (ends_.math().sign(x.high) > 0) out.high = ends_.math().greater(out.high, unbounded.high);
    if (ends_.math().sign(x.low) > 0 || ends_.math().sign(x.high) < 0) return out;
    return ends_.hull(out, ExactEnds::point(ExactMath::whole(0)));
  }

  void take_in(Quotient& out, const Ends& part) {
    out.ends = out.may_be_defined ? ends_.hull(out.ends, part) : part;
    out.may_be_defined = true;
  }

  /// What stands for an end that nothing bounds: the proven range of the node.
  [[nodiscard]] Ends proven() const {
    if (node_.exact_low < node_.exact_high) return {ends_.math().from(node_.exact_low), ends_.math().from(node_.exact_high)};
    return {ExactMath::whole(-far), ExactMath::whole(far)};
  }

  static constexpr std::int64_t far = 1'000'000'000'000'000'000;
  ExactEnds& ends_;
  const PlanNode& node_;
};

/// The same fraction written the same; equal ones that are not are told apart.
bool is_same(const Exact& x, const Exact& y) { return x.numerator == y.numerator && x.denominator == y.denominator; }

void set_exact(Tile& tile, NodeId id, Exact* low, Exact* high, std::size_t rows) {
  const bool all_known =
      low == high || std::equal(low, low + rows, high, [&](const Exact& x, const Exact& y) { return is_same(x, y) || tile.exact.equal(x, y); });
  Column& out = tile.column(id);
  out.a = low;
  out.b = all_known ? low : high;
}

/// Evaluates `f(row)`, the one value of each row that may have a value.
template <class F>
void for_each_known_row(Tile& tile, NodeId id, F f) {
  const std::size_t rows = tile.rows_of(id);
  auto* out = tile.take<Exact>(id, rows);
  Column& column = tile.column(id);
  for (std::size_t r = 0; r < rows; ++r) {
    const bool has_value = column.defined == nullptr || bit_at(column.defined, r);
    out[r] = has_value ? f(r) : ExactMath::whole(0);
  }
  column.a = column.b = out;
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
  set_exact(tile, id, low, high, rows);
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
  set_exact(tile, id, low, high, rows);
  bits.into(tile.column(id), rows);
}

Divisor divisor_of(const ExactOperand& y, std::size_t row, const PlanNode& node, ExactMath& math) {
  const bool integers = node.lane == Lane::i64;
  return {ends_of(y, row), integers, integers ? math.fraction(1, node.denominator) : ExactMath::whole(0)};
}

}  // namespace

void evaluate_exact_arithmetic(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  ExactEnds math(tile.exact);
  if (node.op == PlanOp::modulo) return modulo(tile, id, math);
  join_undefined(tile, id);
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
    else if (both) quotient = dividing.divide(ends_of(x, r), divisor_of(y, r, tile.node(node.args[1]), tile.exact));
    bits.put(r, operands[0].may_be_undefined(r) || operands[1].may_be_undefined(r) || quotient.may_be_undefined, quotient.may_be_defined);
    low[r] = quotient.ends.low;
    high[r] = quotient.ends.high;
  }
  set_exact(tile, id, low, high, rows);
  bits.into(tile.column(id), rows);
}

}  // namespace duly::columnar
