// Nodes made once, constants, denominators and levels.

#include "compile/builder.h"

#include <algorithm>

namespace duly {
namespace {

/// Values on the 64-bit lane keep two bits in hand, so that a sum or a negation of two of them still fits.
const BigInt most_in_lane = BigInt(1) << 62U;

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

bool PlanBuilder::fits(const Number& low, const Number& high, const BigInt& denominator) {
  return abs(low * denominator) < most_in_lane && abs(high * denominator) < most_in_lane;
}

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

NodeId PlanBuilder::add_exact(PlanNode node) {
  node.denominator = 1;
  node.lane = Lane::exact;
  node.low = node.high = 0;
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
