#pragma once

// The nodes of a plan while it is built: equal nodes are made once, constants are folded, and every number gets its denominator, its proven range and
// the lane that range allows.
//
// Threads: belongs to the thread that compiles.

#include <map>
#include <unordered_map>

#include "compile/plan.h"

namespace duly {

/// Most rows that one row of an ancestor can have below it.
inline constexpr int most_rows_below = 250;
/// Range of a stated number whose rule declares none, in its own unit.
inline constexpr std::int64_t most_stated = 1'000'000'000;
/// What fits into 31 bits and a sign.
inline constexpr std::int64_t most_small = std::int64_t{1} << 31;

class PlanBuilder {
 public:
  explicit PlanBuilder(Plan& plan) : plan_(plan) {}

  [[nodiscard]] const PlanNode& at(NodeId id) const { return plan_.nodes[static_cast<std::size_t>(id)]; }

  /// Adds `node` unless an equal one stands there. Numbers: fills in low, high and lane from exact_low, exact_high and denominator.
  NodeId add(PlanNode node);

  /// Adds a number node on the exact lane.
  NodeId add_exact(PlanNode node);

  NodeId number_constant(const Number& value, TermId origin);
  NodeId truth_constant(bool value, TermId origin);
  NodeId unknown_number(const Number& low, const Number& high, LevelId level, TermId origin);
  NodeId unknown_truth(LevelId level, TermId origin);

  /// The same number over another denominator, a multiple of its own; no_node where that leaves 64 bits.
  NodeId over(NodeId id, std::int64_t denominator);
  /// Brings both over one denominator where 64 bits allow.
  void align(NodeId& a, NodeId& b);

  [[nodiscard]] std::optional<Number> constant_value(NodeId id) const;
  [[nodiscard]] std::optional<bool> constant_truth(NodeId id) const;

  /// The same value in the rows of another level.
  NodeId lifted(NodeId a, LevelId level, Via via, TermId origin);

  // builder_numbers.cc: calculations
  NodeId sum_of(NodeId a, NodeId b, bool subtract, LevelId level, TermId origin);
  NodeId product_of(NodeId a, NodeId b, LevelId level, TermId origin);
  NodeId quotient_of(NodeId a, NodeId b, LevelId level, TermId origin);
  NodeId least_or_greatest(PlanOp op, NodeId a, NodeId b, LevelId level, TermId origin);
  NodeId negated(NodeId a, TermId origin);
  NodeId absolute(NodeId a, TermId origin);
  NodeId modulo(NodeId a, NodeId b, LevelId level, TermId origin);
  /// Empty where the step cannot be carried out on a value that is not constant.
  std::optional<NodeId> rounded(NodeId a, const Number& step, RoundMode mode, TermId origin);

  // builder_conditions.cc: comparisons, conditions and choices
  NodeId compared(Compare comparison, NodeId a, NodeId b, LevelId level, TermId origin);
  NodeId logical(PlanOp op, std::vector<NodeId> args, LevelId level, TermId origin);
  NodeId chosen(NodeId condition, NodeId then, NodeId otherwise, LevelId level, TermId origin);

 private:
  /// Whether a number in this range fits into the 64-bit lane over the denominator.
  static bool fits(const Number& low, const Number& high, const BigInt& denominator);
  PlanNode number(PlanOp op, LevelId level, const std::vector<NodeId>& args, TermId origin) const;
  [[nodiscard]] bool any_undefined(const std::vector<NodeId>& args) const;
  NodeId insert(PlanNode node);
  [[nodiscard]] bool may_have_no_parent(LevelId from) const;
  NodeId scaled_by(NodeId a, const Number& factor, LevelId level, TermId origin);
  NodeId add_exact_round(PlanNode node, std::int64_t p, std::int64_t q);

  Plan& plan_;
  std::unordered_multimap<std::size_t, NodeId> made_;
};

}  // namespace duly
