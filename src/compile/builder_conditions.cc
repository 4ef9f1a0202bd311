// Comparisons, conditions and choices.

#include <algorithm>

#include "compile/builder.h"

namespace duly {

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

}  // namespace duly
