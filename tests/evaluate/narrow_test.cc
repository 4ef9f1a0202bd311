// Lanes of 32 bits: what is computed in them, and that nothing is another value for it.

#include <gtest/gtest.h>

#include <algorithm>

#include "compile/narrow.h"
#include "evaluate/dispatch.h"
#include "evaluate/every_operator.h"
#include "evaluate/tile.h"

namespace duly::test {
namespace {

constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;

/// Rounds small numbers only, as the sample does.
void choose_lanes(Sample& sample) {
  for (PlanNode& node : sample.plan.nodes)
    if (node.op == PlanOp::round_to) node.is_small = true;
  choose_narrow_lanes(sample.plan);
}

TEST(NarrowLanes, ChangeNoValueOfAnyOperator) {
  for (unsigned seed = 0; seed < 24; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 90, 4);
    every.sample.fill(random, seed % 3 == 0 ? 0 : 30);
    const std::vector<std::string> wide = texts(every.sample.run(), every.asked);
    choose_lanes(every.sample);
    const auto& nodes = every.sample.plan.nodes;
    ASSERT_GT(std::ranges::count_if(nodes, [](const PlanNode& node) { return node.is_narrow; }), 20);
    for (const KernelLevel level : kernel_levels()) {
      ASSERT_TRUE(set_kernel_level(level));
      const std::vector<std::string> narrow = texts(every.sample.run(), every.asked);
      for (std::size_t i = 0; i < wide.size(); ++i) ASSERT_EQ(narrow[i], wide[i]) << every.asked[i] << ", seed " << seed;
    }
    set_kernel_level(best_kernel_level());
  }
}

TEST(NarrowLanes, ColumnsThatAreKeptAreWideAgain) {
  for (unsigned seed = 0; seed < 24; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 90, 4);
    every.sample.fill(random, seed % 4 == 0 ? 0 : 30);
    const Values wide = every.sample.run();
    choose_lanes(every.sample);
    std::vector<NodeId> asked;
    for (const NodeId id : every.asked)
      if (random() % 10 == 0) asked.push_back(id);
    every.sample.keep_only(asked);
    const Values narrow = every.sample.run(Keep::asked);
    for (const NodeId id : asked) {
      ASSERT_FALSE(narrow.column(id).narrow);
      ASSERT_EQ(all(narrow, id), all(wide, id)) << id << ", seed " << seed;
    }
  }
}

/// A fact of seventy households, which are many.
NodeId fact_up_to(Sample& sample, std::int64_t high, std::int64_t low = 0) {
  std::vector<Cell> cells;
  for (int row = 0; row < 70; ++row) cells.push_back(known(row % 2 == 0 ? low : high));
  return sample.given({.level = household_level, .shape = Shape::number, .low = low, .high = high}, cells);
}

NodeId computed(Sample& sample, PlanOp op, std::vector<NodeId> args, std::int64_t low, std::int64_t high) {
  const NodeId id = sample.node(op, Shape::number, household_level, std::move(args));
  sample.at(id).low = low;
  sample.at(id).high = high;
  return id;
}

TEST(NarrowLanes, HoldWhatHasThirtyOneBits) {
  for (const std::int64_t beyond : {0, 1}) {
    Sample sample(std::vector<int>(70, 1));
    const NodeId x = fact_up_to(sample, most + beyond, -most);
    const NodeId negated = computed(sample, PlanOp::negate, {x}, -most - beyond, most);
    sample.at(negated).k = -1;
    const NodeId size = computed(sample, PlanOp::absolute, {x}, 0, most + beyond);
    choose_narrow_lanes(sample.plan);
    EXPECT_EQ(sample.at(negated).is_narrow, beyond == 0);
    EXPECT_EQ(sample.at(size).is_narrow, beyond == 0);
    const Values values = sample.run();
    EXPECT_EQ(text(values, negated, 0), std::to_string(most));
    EXPECT_EQ(text(values, negated, 1), std::to_string(-most - beyond));
    EXPECT_EQ(text(values, size, 0), std::to_string(most));
    EXPECT_EQ(text(values, size, 1), std::to_string(most + beyond));
  }
}

TEST(NarrowLanes, HoldASumOnlyWhereTheSumFitsToo) {
  for (const std::int64_t beyond : {0, 1}) {
    Sample sample(std::vector<int>(70, 1));
    const NodeId x = fact_up_to(sample, most - 5 + beyond);
    const NodeId y = fact_up_to(sample, 5);
    const NodeId sum = computed(sample, PlanOp::add, {x, y}, 0, most + beyond);
    choose_narrow_lanes(sample.plan);
    EXPECT_EQ(sample.at(sum).is_narrow, beyond == 0);
    EXPECT_EQ(text(sample.run(), sum, 1), std::to_string(most + beyond));
  }
}

TEST(NarrowLanes, CompareWithWhatFitsOnly) {
  for (const std::int64_t beyond : {0, 1}) {
    Sample sample(std::vector<int>(70, 1));
    const NodeId x = fact_up_to(sample, most);
    const NodeId less = sample.node(PlanOp::compare, Shape::truth, household_level, {x, sample.number(most + beyond)});
    sample.at(less).comparison = Compare::less;
    choose_narrow_lanes(sample.plan);
    EXPECT_EQ(sample.at(less).is_narrow, beyond == 0);
    EXPECT_EQ(text(sample.run(), less, 1), beyond == 0 ? "F" : "T");
  }
}

/// A table of four values by a number from 1 on, 5 more for each past the last.
NodeId look_up(Sample& sample, NodeId key) {
  LookupTable table;
  table.extents = {4};
  table.key_offset = {1};
  table.state.assign(4, LookupTable::value);
  table.low = table.high = {10, 20, 30, 40};
  table.each_more = {0, 0, 0, 5};
  table.grows_from.assign(4, 4);
  sample.plan.tables.push_back(table);
  const NodeId id = computed(sample, PlanOp::lookup, {key}, 0, 100);
  sample.at(id).index = static_cast<int>(sample.plan.tables.size()) - 1;
  sample.at(id).is_small = true;
  return id;
}

TEST(NarrowLanes, FindTheValueOfOneKnownNumber) {
  for (const std::int64_t over : {1, 100}) {
    Sample sample(std::vector<int>(70, 1));
    std::vector<Cell> cells;
    for (std::int64_t row = 0; row < 70; ++row) cells.push_back(known((row % 9 + 1) * over + (over > 1 ? row % 7 : 0)));
    const NodeId key = sample.given({.level = household_level, .shape = Shape::number, .low = over, .high = 9 * over + 6}, cells);
    sample.at(key).denominator = over;
    const NodeId found = look_up(sample, key);
    choose_narrow_lanes(sample.plan);
    ASSERT_TRUE(sample.at(found).is_narrow);
    for (const KernelLevel level : kernel_levels()) {
      ASSERT_TRUE(set_kernel_level(level));
      const Values values = sample.run();
      for (std::int32_t row = 0; row < 70; ++row) {
        const int size = row % 9 + 1;
        ASSERT_EQ(text(values, found, row), std::to_string(size <= 4 ? 10 * size : 40 + 5 * (size - 4))) << "row " << row << " over " << over;
      }
    }
    set_kernel_level(best_kernel_level());
  }
}

TEST(NarrowLanes, LeaveTablesWithAnOpenOrConstantKeyToOthers) {
  Sample sample(std::vector<int>(70, 1));
  std::vector<Cell> cells(70, known(2));
  cells[5] = between(2, 3);
  const NodeId open = look_up(sample, sample.given({.level = household_level, .shape = Shape::number, .low = 1, .high = 9}, cells));
  const NodeId constant = look_up(sample, sample.number(3));
  choose_narrow_lanes(sample.plan);
  EXPECT_FALSE(sample.at(constant).is_narrow);
  const Values values = sample.run();
  EXPECT_EQ(text(values, open, 4), "20");
  EXPECT_EQ(text(values, open, 5), "[20..30]");
  EXPECT_EQ(text(values, constant, 69), "30");
}

TEST(NarrowLanes, AreNotTakenWhereMoreWouldBeConvertedThanComputed) {
  Sample sample(std::vector<int>(70, 1));
  const NodeId day = fact_up_to(sample, 20'000);
  const NodeId year = sample.node(PlanOp::year_of, Shape::number, household_level, {day});
  const NodeId next = computed(sample, PlanOp::add, {year, sample.number(1)}, 0, 3'000);
  const NodeId both = computed(sample, PlanOp::add, {year, fact_up_to(sample, 5)}, 0, 3'000);
  choose_narrow_lanes(sample.plan);
  EXPECT_FALSE(sample.at(day).is_narrow) << "a date is read as it stands";
  EXPECT_FALSE(sample.at(next).is_narrow) << "its only operand comes from another lane";
  EXPECT_TRUE(sample.at(both).is_narrow) << "half of its operands do not";
}

TEST(NarrowLanes, AreForManyRows) {
  for (const int households : {64, 65}) {
    Sample sample(std::vector<int>(static_cast<std::size_t>(households), 1));
    const NodeId x = sample.given({.level = household_level, .shape = Shape::number, .low = 0, .high = 9},
                                  std::vector<Cell>(static_cast<std::size_t>(households), known(9)));
    const NodeId sum = computed(sample, PlanOp::add, {x, x}, 0, 18);
    choose_narrow_lanes(sample.plan);
    const Values values = sample.run();
    EXPECT_EQ(values.state->is_narrow(sum), households == 65);
    EXPECT_EQ(text(values, sum, 63), "18");
  }
}

}  // namespace
}  // namespace duly::test
