// Values that are computed when they are read: in whatever order that is, they are the same, and what nothing hangs on is not computed.

#include <algorithm>

#include <gtest/gtest.h>

#include "evaluate/every_operator.h"
#include "evaluate/tile.h"

namespace duly::test {
namespace {

bool was_computed(const Values& values, NodeId id) { return values.state->made[static_cast<std::size_t>(id)] != 0; }

/// Households of one person each, so that a level has as many rows as another.
Sample households(int count) { return Sample(std::vector<int>(static_cast<std::size_t>(count), 1)); }

NodeId sum_of(Sample& sample, NodeId x) { return sample.node(PlanOp::add, Shape::number, household_level, {x, x}); }

TEST(OnDemand, TheOrderOfReadingChangesNoValue) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, seed % 3 == 0 ? 1 : 5 + 20 * static_cast<int>(seed % 4), 5);
    every.sample.fill(random, static_cast<int>(seed % 4) * 20);
    const std::vector<std::string> in_order = texts(every.sample.run(), every.asked);
    std::vector<std::size_t> order(every.asked.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = order.size() - 1 - i;
    if (seed % 2 == 0) std::shuffle(order.begin(), order.end(), random);
    const Values values = every.sample.run();
    for (const std::size_t i : order)
      ASSERT_EQ(all(values, every.asked[i]), in_order[i]) << "operator " << static_cast<int>(every.sample.at(every.asked[i]).op) << ", seed " << seed;
  }
}

TEST(OnDemand, NothingIsComputedUntilItIsRead) {
  Sample sample = households(3);
  const NodeId x = sample.numbers({known(1), known(2), known(3)});
  const NodeId twice = sum_of(sample, x);
  const NodeId other = sum_of(sample, twice);
  const Values values = sample.run();
  EXPECT_FALSE(was_computed(values, x));
  EXPECT_EQ(all(values, twice), "2 4 6");
  EXPECT_TRUE(was_computed(values, x));
  EXPECT_FALSE(was_computed(values, other));
}

TEST(OnDemand, OnlyTheBranchThatEveryRowTakesIsComputed) {
  for (const bool first : {true, false}) {
    Sample sample = households(2);
    const NodeId condition = sample.truths({truth(first ? yes : no), truth(first ? yes : no)});
    const NodeId then = sum_of(sample, sample.numbers({known(1), known(2)}));
    const NodeId otherwise = sum_of(sample, sample.numbers({known(10), known(20)}));
    const NodeId chosen = sample.node(PlanOp::choose, Shape::number, household_level, {condition, then, otherwise});
    const Values values = sample.run();
    EXPECT_EQ(all(values, chosen), first ? "2 4" : "20 40");
    EXPECT_EQ(was_computed(values, then), first);
    EXPECT_EQ(was_computed(values, otherwise), !first);
  }
}

TEST(OnDemand, BothBranchesAreComputedWhereRowsDifferOrAreOpen) {
  for (const unsigned second : {static_cast<unsigned>(no), static_cast<unsigned>(open)}) {
    Sample sample = households(2);
    const NodeId condition = sample.truths({truth(yes), truth(second)});
    const NodeId then = sum_of(sample, sample.numbers({known(1), known(2)}));
    const NodeId otherwise = sum_of(sample, sample.numbers({known(10), known(20)}));
    const NodeId chosen = sample.node(PlanOp::choose, Shape::number, household_level, {condition, then, otherwise});
    const Values values = sample.run();
    EXPECT_EQ(all(values, chosen), second == no ? "2 40" : "2 [4..40]");
    EXPECT_TRUE(was_computed(values, then) && was_computed(values, otherwise));
  }
}

TEST(OnDemand, AConjunctionIsSettledByTheFirstConditionThatFailsEverywhere) {
  for (const PlanOp op : {PlanOp::logical_and, PlanOp::logical_or}) {
    const unsigned settling = op == PlanOp::logical_and ? no : yes;
    Sample sample = households(2);
    const NodeId before = sample.truths({truth(open), truth(open)});
    const NodeId settles = sample.truths({truth(settling), truth(settling)});
    const NodeId rest = sample.node(PlanOp::logical_not, Shape::truth, household_level, {before});
    const NodeId whole = sample.node(op, Shape::truth, household_level, {before, settles, rest});
    const Values values = sample.run();
    EXPECT_EQ(all(values, whole), settling == no ? "F F" : "T T");
    EXPECT_TRUE(was_computed(values, before));
    EXPECT_FALSE(was_computed(values, rest));
  }
}

TEST(OnDemand, AConditionThatFailsInSomeRowsSettlesNothing) {
  Sample sample = households(2);
  const NodeId some = sample.truths({truth(no), truth(yes)});
  const NodeId rest = sample.node(PlanOp::logical_not, Shape::truth, household_level, {some});
  const NodeId whole = sample.node(PlanOp::logical_and, Shape::truth, household_level, {some, rest});
  const Values values = sample.run();
  EXPECT_EQ(all(values, whole), "F F");
  EXPECT_TRUE(was_computed(values, rest));
}

TEST(OnDemand, WhatNoRowIsThereForNeedsNothing) {
  Sample sample(std::vector<int>{1, 1}, {0});
  const NodeId amounts = sample.given({.level = income_level});
  const NodeId twice = sample.node(PlanOp::add, Shape::number, income_level, {amounts, amounts});
  const NodeId sum = sample.node(PlanOp::sum, Shape::number, person_level, {twice, sample.constant_truth(true, income_level)});
  sample.at(sum).index = income_level;
  const Values values = sample.run();
  EXPECT_EQ(all(values, sum), "0 0");
  EXPECT_TRUE(was_computed(values, twice));
  EXPECT_FALSE(was_computed(values, amounts));
}

}  // namespace
}  // namespace duly::test
