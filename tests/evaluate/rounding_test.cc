#include <gtest/gtest.h>

#include "compile/narrow.h"
#include "evaluate/dispatch.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

constexpr RoundMode every_mode[] = {RoundMode::up,        RoundMode::down,  RoundMode::half_up, RoundMode::half_down,
                                    RoundMode::half_even, RoundMode::floor, RoundMode::ceiling};

std::vector<Cell> range_of_cells(std::int64_t low, std::int64_t high) {
  std::vector<Cell> out;
  for (std::int64_t value = low; value <= high; ++value) out.push_back(known(value));
  return out;
}

/// A node that rounds `x`, over `denominator`, to multiples of `p / q`.
NodeId rounded(Sample& sample, NodeId x, std::int64_t denominator, std::int64_t p, std::int64_t q, RoundMode mode) {
  const NodeId id = sample.node(PlanOp::round_to, Shape::number, household_level, {x});
  PlanNode& node = sample.at(id);
  node.mode = mode;
  node.k = q;
  node.k2 = p * denominator;
  node.k3 = p;
  node.denominator = q;
  return id;
}

class RoundingModes : public testing::TestWithParam<RoundMode> {};
INSTANTIATE_TEST_SUITE_P(All, RoundingModes, testing::ValuesIn(every_mode), [](const auto& mode) { return std::string(to_word(mode.param)); });

TEST_P(RoundingModes, AgreeWithExactRationalsForEveryRestAndSign) {
  for (const std::int64_t step : {1, 2, 3, 5, 7, 10, 25, 100, 1024}) {
    Sample sample(std::vector<int>(401, 1));
    const NodeId x = sample.numbers(range_of_cells(-200, 200));
    sample.at(x).denominator = 100;
    const NodeId id = rounded(sample, x, 100, step, 100, GetParam());
    const Values values = sample.run();
    for (std::int32_t row = 0; row < 401; ++row)
      ASSERT_EQ(values.number(id, row).low, round_to(Number(row - 200, 100), Number(step, 100), GetParam())) << "step " << step << " row " << row;
  }
}

TEST_P(RoundingModes, AgreeForLargeNumbersAndDivisors) {
  for (const std::int64_t divisor : {std::int64_t{3}, std::int64_t{1'000'000'007}, std::int64_t{1} << 40, (std::int64_t{1} << 61) - 1}) {
    std::vector<Cell> cells;
    for (const std::int64_t x : {divisor / 2, divisor / 2 + 1, divisor - 1, divisor, divisor + 1, (std::int64_t{1} << 62) - 1})
      for (const std::int64_t sign : {-1, 1}) cells.push_back(known(sign * x));
    Sample sample(std::vector<int>(cells.size(), 1));
    const NodeId id = rounded(sample, sample.numbers(cells), 1, divisor, 1, GetParam());
    sample.at(id).k3 = 1;  // the number of steps itself
    const Values values = sample.run();
    for (std::size_t row = 0; row < cells.size(); ++row)
      ASSERT_EQ(values.number(id, static_cast<std::int32_t>(row)).low, round_to(Number(cells[row].low, divisor), 1, GetParam()))
          << cells[row].low << " / " << divisor;
  }
}

TEST_P(RoundingModes, AgreeForNumbersOfThirtyOneBits) {
  constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;
  for (const std::int64_t divisor : {std::int64_t{2}, std::int64_t{3}, std::int64_t{100}, std::int64_t{10'000}, (std::int64_t{1} << 30) + 1, most}) {
    std::vector<Cell> cells;
    for (const std::int64_t x : {std::int64_t{0}, divisor / 2, divisor / 2 + 1, divisor - 1, divisor, most - divisor, most - 1, most})
      for (const std::int64_t sign : {-1, 1}) cells.push_back(known(sign * x));
    Sample sample(std::vector<int>(cells.size(), 1));
    const NodeId id = rounded(sample, sample.numbers(cells), 1, divisor, 1, GetParam());
    sample.at(id).k3 = most;
    sample.at(id).is_small = true;
    const Values values = sample.run();
    for (std::size_t row = 0; row < cells.size(); ++row)
      ASSERT_EQ(values.number(id, static_cast<std::int32_t>(row)).low, most * round_to(Number(cells[row].low, divisor), 1, GetParam()))
          << cells[row].low << " / " << divisor;
  }
}

TEST_P(RoundingModes, AgreeInNarrowLanes) {
  constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;
  for (const std::int64_t divisor : {std::int64_t{2}, std::int64_t{3}, std::int64_t{7}, std::int64_t{100}, (std::int64_t{1} << 30) + 1, most}) {
    std::vector<Cell> cells;
    for (const std::int64_t x :
         {std::int64_t{0}, std::int64_t{1}, divisor / 2, divisor / 2 + 1, divisor - 1, divisor, most - divisor, most - 1, most})
      for (const std::int64_t sign : {-1, 1}) cells.push_back(known(sign * x));
    while (cells.size() < 90) cells.push_back(known(static_cast<std::int64_t>(cells.size()) * 3 - 170));
    Sample sample(std::vector<int>(cells.size(), 1));
    const NodeId x = sample.given({.level = household_level, .shape = Shape::number, .low = -most, .high = most}, cells);
    const NodeId id = rounded(sample, x, 1, divisor, 1, GetParam());
    sample.at(id).k3 = 1;
    sample.at(id).is_small = true;
    choose_narrow_lanes(sample.plan);
    ASSERT_TRUE(sample.at(id).is_narrow);
    for (const KernelLevel level : kernel_levels()) {
      ASSERT_TRUE(set_kernel_level(level));
      const Values values = sample.run();
      for (std::size_t row = 0; row < cells.size(); ++row)
        ASSERT_EQ(values.number(id, static_cast<std::int32_t>(row)).low, round_to(Number(cells[row].low, divisor), 1, GetParam()))
            << cells[row].low << " / " << divisor;
    }
    set_kernel_level(best_kernel_level());
  }
}

TEST_P(RoundingModes, OfFractionsAgreeWithExactRationals) {
  Sample sample(std::vector<int>(101, 1));
  const NodeId x = sample.numbers(range_of_cells(-50, 50));
  const NodeId third = sample.node(PlanOp::divide, Shape::number, household_level, {x, sample.number(6)});
  sample.at(third).lane = Lane::exact;
  const NodeId id = rounded(sample, third, 1, 1, 2, GetParam());
  const NodeId exact = rounded(sample, third, 1, 1, 2, GetParam());
  sample.at(exact).lane = Lane::exact;
  const Values values = sample.run();
  for (std::int32_t row = 0; row < 101; ++row) {
    ASSERT_EQ(values.number(id, row).low, round_to(Number(row - 50, 6), Number(1, 2), GetParam()));
    ASSERT_EQ(values.number(exact, row).low, values.number(id, row).low);
  }
}

TEST(Rounding, MapsBothEndsOfAnInterval) {
  Sample sample({1, 1, 1});
  const NodeId x = sample.numbers({between(-151, 149), between(150, 150), between(110, 140)});
  const NodeId id = rounded(sample, x, 100, 1, 1, RoundMode::half_up);
  EXPECT_EQ(all(sample.run(), id), "[-2..1] 2 1");
}

TEST(Rounding, IsUndefinedWhereItsOperandIs) {
  Sample sample({1, 1, 1});
  const NodeId x = sample.numbers({known(150), absent(), or_absent(known(249))});
  const NodeId id = rounded(sample, x, 100, 1, 1, RoundMode::half_up);
  EXPECT_EQ(all(sample.run(), id), "2 undefined 2 or undefined");
}

TEST(Rounding, ToFinerStepsMultipliesFirst) {
  Sample sample({1, 1});
  const NodeId x = sample.numbers({known(1), known(-1)});  // thirds
  const NodeId id = rounded(sample, x, 3, 1, 100, RoundMode::half_up);
  EXPECT_EQ(all(sample.run(), id), "0.33 -0.33");
}

}  // namespace
}  // namespace duly::test
