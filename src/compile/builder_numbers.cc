// Calculations with numbers: folded where all is constant, else with the range they can give and on the lane that it allows.

#include <algorithm>

#include "compile/builder.h"

namespace duly {
namespace {

/// Stands for "no bound": a quotient by a number that may come as near to zero as it likes.
const Number boundless = Number(boost::multiprecision::pow(BigInt(10), 100U));

}  // namespace

NodeId PlanBuilder::sum_of(NodeId a, NodeId b, bool subtract, LevelId level, TermId origin) {
  const auto x = constant_value(a);
  const auto y = constant_value(b);
  if (x && y) return number_constant(subtract ? Number(*x - *y) : Number(*x + *y), origin);
  align(a, b);
  PlanNode node = number(subtract ? PlanOp::subtract : PlanOp::add, level, {a, b}, origin);
  node.exact_low = at(a).exact_low + (subtract ? Number(-at(b).exact_high) : at(b).exact_low);
  node.exact_high = at(a).exact_high + (subtract ? Number(-at(b).exact_low) : at(b).exact_high);
  const bool aligned = at(a).lane == Lane::i64 && at(b).lane == Lane::i64 && at(a).denominator == at(b).denominator;
  node.denominator = aligned ? at(a).denominator : 1;
  if (!aligned) return add_exact(std::move(node));
  return add(std::move(node));
}

NodeId PlanBuilder::scaled_by(NodeId a, const Number& factor, LevelId level, TermId origin) {
  const PlanNode from = at(a);
  const Number ends[2] = {from.exact_low * factor, from.exact_high * factor};
  PlanNode node = number(PlanOp::scale, level, {a}, origin);
  node.exact_low = std::min(ends[0], ends[1]);
  node.exact_high = std::max(ends[0], ends[1]);
  const auto p = to_int64(numerator(factor));
  const auto d = to_int64(BigInt(from.denominator) * denominator(factor));
  if (from.lane == Lane::i64 && p && d) {
    const auto common = static_cast<std::int64_t>(boost::multiprecision::gcd(abs(BigInt(*p)), BigInt(*d)));
    node.k = *p / common;
    node.denominator = *d / common;
    if (node.k == 1) node.op = PlanOp::alias;
    if (fits(node.exact_low, node.exact_high, node.denominator)) return add(std::move(node));
  }
  node.op = PlanOp::multiply;
  node.k = 1;
  node.args = {a, number_constant(factor, origin)};
  return add_exact(std::move(node));
}

NodeId PlanBuilder::product_of(NodeId a, NodeId b, LevelId level, TermId origin) {
  const auto x = constant_value(a);
  const auto y = constant_value(b);
  if (x && y) return number_constant(*x * *y, origin);
  if (x) return scaled_by(b, *x, level, origin);
  if (y) return scaled_by(a, *y, level, origin);
  const PlanNode& l = at(a);
  const PlanNode& r = at(b);
  PlanNode node = number(PlanOp::multiply, level, {a, b}, origin);
  const Number products[4] = {l.exact_low * r.exact_low, l.exact_low * r.exact_high, l.exact_high * r.exact_low, l.exact_high * r.exact_high};
  node.exact_low = *std::min_element(products, products + 4);
  node.exact_high = *std::max_element(products, products + 4);
  const auto d = to_int64(BigInt(l.denominator) * r.denominator);
  if (l.lane != Lane::i64 || r.lane != Lane::i64 || !d || !fits(node.exact_low, node.exact_high, *d)) return add_exact(std::move(node));
  node.denominator = *d;
  return add(std::move(node));
}

NodeId PlanBuilder::quotient_of(NodeId a, NodeId b, LevelId level, TermId origin) {
  if (const auto y = constant_value(b); y && *y != 0) {
    if (const auto x = constant_value(a)) return number_constant(*x / *y, origin);
    return scaled_by(a, 1 / *y, level, origin);
  }
  const PlanNode& n = at(a);
  const PlanNode& d = at(b);
  PlanNode node = number(PlanOp::divide, level, {a, b}, origin);
  const bool may_be_zero = d.exact_low <= 0 && d.exact_high >= 0;
  node.may_be_undefined = node.may_be_undefined || may_be_zero;
  if (may_be_zero) {
    const Number largest = std::max(Number(abs(n.exact_low)), Number(abs(n.exact_high)));
    const Number bound = d.lane == Lane::i64 ? Number(largest * d.denominator) : boundless;
    node.exact_low = -bound;
    node.exact_high = bound;
  } else {
    const Number ends[4] = {n.exact_low / d.exact_low, n.exact_low / d.exact_high, n.exact_high / d.exact_low, n.exact_high / d.exact_high};
    node.exact_low = *std::min_element(ends, ends + 4);
    node.exact_high = *std::max_element(ends, ends + 4);
  }
  return add_exact(std::move(node));
}

NodeId PlanBuilder::least_or_greatest(PlanOp op, NodeId a, NodeId b, LevelId level, TermId origin) {
  const bool least = op == PlanOp::minimum;
  const auto x = constant_value(a);
  const auto y = constant_value(b);
  if (x && y) return number_constant(least ? std::min(*x, *y) : std::max(*x, *y), origin);
  align(a, b);
  PlanNode node = number(op, level, {a, b}, origin);
  node.exact_low = least ? std::min(at(a).exact_low, at(b).exact_low) : std::max(at(a).exact_low, at(b).exact_low);
  node.exact_high = least ? std::min(at(a).exact_high, at(b).exact_high) : std::max(at(a).exact_high, at(b).exact_high);
  const bool aligned = at(a).lane == Lane::i64 && at(b).lane == Lane::i64 && at(a).denominator == at(b).denominator;
  if (!aligned) return add_exact(std::move(node));
  node.denominator = at(a).denominator;
  return add(std::move(node));
}

NodeId PlanBuilder::negated(NodeId a, TermId origin) {
  if (const auto x = constant_value(a)) return number_constant(-*x, origin);
  PlanNode node = number(PlanOp::negate, at(a).level, {a}, origin);
  node.exact_low = -at(a).exact_high;
  node.exact_high = -at(a).exact_low;
  node.denominator = at(a).denominator;
  return at(a).lane == Lane::i64 ? add(std::move(node)) : add_exact(std::move(node));
}

NodeId PlanBuilder::absolute(NodeId a, TermId origin) {
  if (const auto x = constant_value(a)) return number_constant(abs(*x), origin);
  PlanNode node = number(PlanOp::absolute, at(a).level, {a}, origin);
  const Number& low = at(a).exact_low;
  const Number& high = at(a).exact_high;
  node.exact_high = std::max(Number(abs(low)), Number(abs(high)));
  node.exact_low = low <= 0 && high >= 0 ? Number(0) : std::min(Number(abs(low)), Number(abs(high)));
  node.denominator = at(a).denominator;
  return at(a).lane == Lane::i64 ? add(std::move(node)) : add_exact(std::move(node));
}

NodeId PlanBuilder::modulo(NodeId a, NodeId b, LevelId level, TermId origin) {
  const auto x = constant_value(a);
  const auto y = constant_value(b);
  if (x && y && *y != 0) return number_constant(*x - *y * Number(floor_of(*x / *y)), origin);
  align(a, b);
  PlanNode node = number(PlanOp::modulo, level, {a, b}, origin);
  const Number bound = std::max(Number(abs(at(b).exact_low)), Number(abs(at(b).exact_high)));
  node.exact_low = at(b).exact_low < 0 ? Number(-bound) : Number(0);
  node.exact_high = at(b).exact_high > 0 ? bound : Number(0);
  node.may_be_undefined = node.may_be_undefined || (at(b).exact_low <= 0 && at(b).exact_high >= 0);
  const bool aligned = at(a).lane == Lane::i64 && at(b).lane == Lane::i64 && at(a).denominator == at(b).denominator;
  if (!aligned) return add_exact(std::move(node));
  node.denominator = at(a).denominator;
  return add(std::move(node));
}

std::optional<NodeId> PlanBuilder::rounded(NodeId a, const Number& step, RoundMode mode, TermId origin) {
  if (const auto x = constant_value(a)) return number_constant(round_to(*x, step, mode), origin);
  const PlanNode from = at(a);
  const auto p = to_int64(numerator(step));
  const auto q = to_int64(denominator(step));
  if (!p || !q) return std::nullopt;
  const bool integers = from.lane == Lane::i64;
  if (integers && *p == 1 && *q % from.denominator == 0) return a;  // already on the step
  PlanNode node = number(PlanOp::round_to, from.level, {a}, origin);
  node.mode = mode;
  node.exact_low = round_to(from.exact_low, step, mode);
  node.exact_high = round_to(from.exact_high, step, mode);
  node.denominator = *q;
  const BigInt k = *q;
  const BigInt k2 = BigInt(*p) * (integers ? from.denominator : 1);
  const BigInt common = boost::multiprecision::gcd(k, k2);
  const auto top = to_int64(k / common);
  const auto bottom = to_int64(k2 / common);
  if (!top || !bottom) return std::nullopt;
  node.k = *top;
  node.k2 = *bottom;
  node.k3 = *p;
  if (!fits(node.exact_low, node.exact_high, *q)) return add_exact_round(std::move(node), *p, *q);
  const Number largest = std::max(Number(abs(from.exact_low)), Number(abs(from.exact_high))) * from.denominator * node.k;
  node.is_small = integers && largest < most_small && node.k2 < most_small && node.k3 < most_small;
  return add(std::move(node));
}

/// On the exact lane the operand is the value itself, and the result's denominator stays on the node as the divisor of `k3`.
NodeId PlanBuilder::add_exact_round(PlanNode node, std::int64_t p, std::int64_t q) {
  node.k = q;
  node.k2 = p;
  node.k3 = p;
  node.lane = Lane::exact;
  node.low = node.high = 0;
  node.denominator = q;
  return insert(std::move(node));
}

}  // namespace duly
