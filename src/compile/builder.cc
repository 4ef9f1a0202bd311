#include "compile/builder.h"

#include <algorithm>
#include <functional>

namespace duly {
namespace {

/// Values on the 64-bit lane keep two bits in hand, so that a sum or a negation of two of them still fits.
const BigInt most_in_lane = BigInt(1) << 62U;
/// What fits into 31 bits and a sign.
constexpr std::int64_t most_small = std::int64_t{1} << 31;
/// Stands for "no bound": a quotient by a number that may come as near to zero as it likes.
const Number boundless = Number(boost::multiprecision::pow(BigInt(10), 100U));

bool fits(const Number& low, const Number& high, const BigInt& denominator) {
  return abs(low * denominator) < most_in_lane && abs(high * denominator) < most_in_lane;
}

bool is_small(std::int64_t low, std::int64_t high) { return low > -most_small && high < most_small; }

std::int64_t whole(const Number& n) { return static_cast<std::int64_t>(floor_of(n)); }

std::size_t hash_of(const PlanNode& n) {
  std::size_t h = static_cast<std::size_t>(n.op) * 31 + static_cast<std::size_t>(n.level);
  const auto mix = [&](std::size_t v) { h = h * 1'000'003 + v; };
  for (const NodeId a : n.args) mix(static_cast<std::size_t>(a));
  mix(static_cast<std::size_t>(n.index));
  mix(static_cast<std::size_t>(n.low));
  mix(static_cast<std::size_t>(n.high));
  mix(n.bits);
  mix(static_cast<std::size_t>(n.k));
  mix(static_cast<std::size_t>(n.k2));
  mix(static_cast<std::size_t>(n.k3));
  mix(static_cast<std::size_t>(n.denominator));
  mix(static_cast<std::size_t>(n.comparison) * 8 + static_cast<std::size_t>(n.mode) * 64 + static_cast<std::size_t>(n.via));
  return h;
}

bool same(const PlanNode& a, const PlanNode& b) {
  return a.op == b.op && a.shape == b.shape && a.lane == b.lane && a.level == b.level && a.args == b.args && a.index == b.index && a.via == b.via &&
         a.comparison == b.comparison && a.mode == b.mode && a.denominator == b.denominator && a.low == b.low && a.high == b.high &&
         a.bits == b.bits && a.k == b.k && a.k2 == b.k2 && a.k3 == b.k3 && a.words == b.words &&
         (a.shape != Shape::number || (a.exact_low == b.exact_low && a.exact_high == b.exact_high));
}

}  // namespace

NodeId PlanBuilder::add(PlanNode node) {
  if (node.shape == Shape::number) {
    node.lane = fits(node.exact_low, node.exact_high, node.denominator) ? Lane::i64 : Lane::exact;
    if (node.lane == Lane::exact) {
      node.denominator = 1;
      node.low = node.high = 0;
    } else {
      node.low = whole(node.exact_low * node.denominator);
      node.high = -whole(-node.exact_high * node.denominator);
      if (node.op == PlanOp::scale) node.is_small = is_small(at(node.args[0]).low, at(node.args[0]).high) && is_small(node.k, node.k);
    }
  }
  return insert(std::move(node));
}

NodeId PlanBuilder::insert(PlanNode node) {
  const std::size_t hash = hash_of(node);
  const auto [first, last] = made_.equal_range(hash);
  for (auto found = first; found != last; ++found)
    if (same(plan_.nodes[static_cast<std::size_t>(found->second)], node)) return found->second;
  const auto id = static_cast<NodeId>(plan_.nodes.size());
  made_.emplace(hash, id);
  plan_.nodes.push_back(std::move(node));
  return id;
}

bool PlanBuilder::any_undefined(const std::vector<NodeId>& args) const {
  return std::any_of(args.begin(), args.end(), [&](NodeId a) { return a >= 0 && at(a).may_be_undefined; });
}

PlanNode PlanBuilder::number(PlanOp op, LevelId level, const std::vector<NodeId>& args, TermId origin) const {
  PlanNode node;
  node.op = op;
  node.shape = Shape::number;
  node.level = level;
  node.may_be_undefined = any_undefined(args);
  node.args = args;
  node.origin = origin;
  return node;
}

std::optional<Number> PlanBuilder::constant_value(NodeId id) const {
  const PlanNode& n = at(id);
  if (n.op != PlanOp::constant || n.shape != Shape::number) return std::nullopt;
  return n.exact_low;
}

std::optional<bool> PlanBuilder::constant_truth(NodeId id) const {
  const PlanNode& n = at(id);
  if (n.op != PlanOp::constant || n.shape != Shape::truth) return std::nullopt;
  return n.k != 0;
}

NodeId PlanBuilder::number_constant(const Number& value, TermId origin) {
  PlanNode node = number(PlanOp::constant, world_level, {}, origin);
  node.exact_low = node.exact_high = value;
  if (const auto d = to_int64(denominator(value))) node.denominator = *d;
  else node.denominator = 1;
  return add(std::move(node));
}

NodeId PlanBuilder::truth_constant(bool value, TermId origin) {
  PlanNode node;
  node.level = world_level;
  node.k = value ? 1 : 0;
  node.origin = origin;
  return add(std::move(node));
}

NodeId PlanBuilder::unknown_number(const Number& low, const Number& high, LevelId level, TermId origin) {
  PlanNode node = number(PlanOp::unknown, level, {}, origin);
  node.exact_low = low;
  node.exact_high = high;
  const auto d = to_int64(boost::multiprecision::lcm(denominator(low), denominator(high)));
  node.denominator = d ? *d : 1;
  return add(std::move(node));
}

NodeId PlanBuilder::unknown_truth(LevelId level, TermId origin) {
  PlanNode node;
  node.op = PlanOp::unknown;
  node.level = level;
  node.origin = origin;
  return add(std::move(node));
}

NodeId PlanBuilder::over(NodeId id, std::int64_t wanted) {
  const PlanNode from = at(id);
  if (from.lane != Lane::i64) return no_node;
  if (from.denominator == wanted) return id;
  if (!fits(from.exact_low, from.exact_high, wanted)) return no_node;
  PlanNode node = number(PlanOp::scale, from.level, {id}, from.origin);
  node.k = wanted / from.denominator;
  node.denominator = wanted;
  node.exact_low = from.exact_low;
  node.exact_high = from.exact_high;
  if (from.op == PlanOp::constant) {
    node.op = PlanOp::constant;
    node.args.clear();
    node.k = 1;
  }
  return add(std::move(node));
}

void PlanBuilder::align(NodeId& a, NodeId& b) {
  if (at(a).lane != Lane::i64 || at(b).lane != Lane::i64) return;
  const auto common = to_int64(boost::multiprecision::lcm(BigInt(at(a).denominator), BigInt(at(b).denominator)));
  if (!common) return;
  const NodeId x = over(a, *common);
  const NodeId y = over(b, *common);
  if (x == no_node || y == no_node) return;
  a = x;
  b = y;
}

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

NodeId PlanBuilder::add_exact(PlanNode node) {
  node.denominator = 1;
  node.lane = Lane::exact;
  node.low = node.high = 0;
  return insert(std::move(node));
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

NodeId PlanBuilder::compared(Compare comparison, NodeId a, NodeId b, LevelId level, TermId origin) {
  const auto x = constant_value(a);
  const auto y = constant_value(b);
  if (x && y) {
    const bool holds = comparison == Compare::equal        ? *x == *y
                       : comparison == Compare::not_equal  ? *x != *y
                       : comparison == Compare::less       ? *x < *y
                       : comparison == Compare::less_equal ? *x <= *y
                       : comparison == Compare::greater    ? *x > *y
                                                           : *x >= *y;
    return truth_constant(holds, origin);
  }
  align(a, b);
  PlanNode node;
  node.op = PlanOp::compare;
  node.level = level;
  node.comparison = comparison;
  node.may_be_undefined = any_undefined({a, b});
  node.args = {a, b};
  node.origin = origin;
  return add(std::move(node));
}

NodeId PlanBuilder::logical(PlanOp op, std::vector<NodeId> args, LevelId level, TermId origin) {
  if (op == PlanOp::logical_not) {
    if (const auto x = constant_truth(args[0])) return truth_constant(!*x, origin);
  } else {
    const bool absorbing = op == PlanOp::logical_or;
    for (std::size_t i = 0; i < 2; ++i)
      if (const auto x = constant_truth(args[i])) return *x == absorbing ? truth_constant(absorbing, origin) : args[1 - i];
    if (args[0] == args[1]) return args[0];
    if (args[0] > args[1]) std::swap(args[0], args[1]);
  }
  PlanNode node;
  node.op = op;
  node.level = level;
  node.may_be_undefined = any_undefined(args);
  node.args = args;
  node.origin = origin;
  return add(std::move(node));
}

NodeId PlanBuilder::chosen(NodeId condition, NodeId then, NodeId otherwise, LevelId level, TermId origin) {
  if (const auto c = constant_truth(condition)) return *c ? then : otherwise;
  if (then == otherwise && !at(condition).may_be_undefined) return then;
  const Shape shape = at(then).shape;
  if (shape == Shape::number) align(then, otherwise);
  PlanNode node;
  node.op = PlanOp::choose;
  node.shape = shape;
  node.level = level;
  node.may_be_undefined = any_undefined({condition, then, otherwise});
  node.args = {condition, then, otherwise};
  node.words = std::max(at(then).words, at(otherwise).words);
  node.origin = origin;
  if (shape != Shape::number) return add(std::move(node));
  // A branch without any value has no range of its own.
  const bool no_then = at(then).op == PlanOp::undefined;
  const bool no_otherwise = at(otherwise).op == PlanOp::undefined;
  node.exact_low = no_then ? at(otherwise).exact_low : no_otherwise ? at(then).exact_low : std::min(at(then).exact_low, at(otherwise).exact_low);
  node.exact_high = no_then ? at(otherwise).exact_high : no_otherwise ? at(then).exact_high : std::max(at(then).exact_high, at(otherwise).exact_high);
  const bool aligned = at(then).lane == Lane::i64 && at(otherwise).lane == Lane::i64 && at(then).denominator == at(otherwise).denominator;
  if (!aligned) return add_exact(std::move(node));
  node.denominator = at(then).denominator;
  return add(std::move(node));
}

NodeId PlanBuilder::lifted(NodeId a, LevelId level, Via via, TermId origin) {
  const PlanNode from = at(a);
  if (from.level == level && via == Via::parent) return a;
  if (from.op == PlanOp::constant || from.op == PlanOp::unknown || from.op == PlanOp::undefined) {  // the same on every row
    PlanNode copy = from;
    copy.level = level;
    return from.lane == Lane::exact && from.shape == Shape::number ? add_exact(std::move(copy)) : add(std::move(copy));
  }
  PlanNode node;
  node.op = PlanOp::lift;
  node.shape = from.shape;
  node.level = level;
  node.via = via;
  node.args = {a};
  node.words = from.words;
  node.origin = origin;
  node.may_be_undefined = from.may_be_undefined || (via == Via::parent && may_have_no_parent(from.level));
  if (from.shape != Shape::number) return add(std::move(node));
  node.exact_low = from.exact_low;
  node.exact_high = from.exact_high;
  node.denominator = from.denominator;
  return from.lane == Lane::i64 ? add(std::move(node)) : add_exact(std::move(node));
}

bool PlanBuilder::may_have_no_parent(LevelId from) const {
  return plan_.program->declarations->levels[static_cast<std::size_t>(from)].kind == LevelKind::unit;
}

}  // namespace duly
