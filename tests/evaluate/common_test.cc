// Fractions over one denominator of a column: that they are held so, and that they are the same numbers as fractions row by row.

#include <gtest/gtest.h>

#include "evaluate/common.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

NodeId exact(Sample& sample, PlanOp op, std::vector<NodeId> args, LevelId level = household_level) {
  const NodeId id = sample.node(op, Shape::number, level, std::move(args));
  sample.at(id).lane = Lane::exact;
  return id;
}

/// A quotient of two columns of households, in a sample of its own.
struct Division {
  Sample sample;
  NodeId quotient;
  Division(std::vector<Cell> x, std::vector<Cell> y) : sample(std::vector<int>(x.size(), 1)) {
    constexpr std::int64_t most = columnar::most_common_size;
    const Domain domain{.level = household_level, .shape = Shape::number, .low = -most, .high = most};
    const NodeId top = sample.given(domain, std::move(x));
    quotient = exact(sample, PlanOp::divide, {top, sample.given(domain, std::move(y))});
  }
};

TEST(CommonDenominator, IsThatOfTheDivisorsOfAColumn) {
  Division d({known(5), known(5), known(-5), known(7)}, {known(2), known(3), known(4), known(-6)});
  const Values values = d.sample.run();
  EXPECT_EQ(values.column(d.quotient).over, 12);
  EXPECT_EQ(all(values, d.quotient), "2.5 5/3 -1.25 -7/6");
}

TEST(CommonDenominator, LeavesADivisionByZeroUndefined) {
  Division d({known(5), known(5), known(5)}, {known(0), known(3), between(0, 2)});
  const Values values = d.sample.run();
  EXPECT_NE(values.column(d.quotient).over, 0);
  EXPECT_EQ(all(values, d.quotient), "undefined 5/3 [2.5..5] or undefined");
}

TEST(CommonDenominator, TakesInWhatIsOpenAboutADivisor) {
  Division d({between(1, 5), known(6), between(-6, 6)}, {known(3), between(4, 5), between(-7, -1)});
  const Values values = d.sample.run();
  EXPECT_EQ(values.column(d.quotient).over, 30);
  EXPECT_EQ(all(values, d.quotient), "[1/3..5/3] [1.2..1.5] [-6..6]");
}

TEST(CommonDenominator, IsNotSoughtPastItsLimit) {
  constexpr std::int64_t limit = columnar::most_common_denominator;
  Division just({known(1), known(1)}, {known(limit / 4), known(limit)});
  EXPECT_EQ(just.sample.run().column(just.quotient).over, limit);
  Division past({known(1), known(1)}, {known(limit / 2), known(limit / 2 - 1)});
  const Values values = past.sample.run();
  EXPECT_EQ(values.column(past.quotient).over, 0);
  EXPECT_EQ(values.number(past.quotient, 0).low, Number(1, limit / 2));
  EXPECT_EQ(values.number(past.quotient, 1).low, Number(1, limit / 2 - 1));
}

TEST(CommonDenominator, IsLeftWhereIntegersOverItMightNotFit) {
  constexpr std::int64_t large = columnar::most_common_size / 4;
  Division just({known(large), known(1)}, {known(1), known(4)});
  EXPECT_EQ(just.sample.run().column(just.quotient).over, 4);
  Division past({known(large + 1), known(1)}, {known(1), known(4)});
  const Values values = past.sample.run();
  EXPECT_EQ(values.column(past.quotient).over, 0);
  EXPECT_EQ(all(values, past.quotient), std::to_string(large + 1) + " 0.25");
}

/// Every operator that reads fractions, on quotients of random numbers by small divisors. The last household has fractions that fit under no small
/// denominator, so that with it every column holds fractions row by row.
class EveryOperator {
 public:
  static constexpr int households = 70;

  explicit EveryOperator(unsigned seed) : sample_(people()) {
    std::mt19937 random(seed);
    const auto some = [&](std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
    const auto column = [&](std::int64_t low, std::int64_t high, std::int64_t awkward) {
      std::vector<Cell> cells;
      for (int h = 0; h < households; ++h) {
        const std::int64_t value = some(low, high);
        Cell cell = h % 5 == 0 ? between(value, value + some(0, 3)) : known(value);
        cells.push_back(h % 11 == 3 ? or_absent(cell) : cell);
      }
      cells.push_back(known(awkward));
      return sample_.numbers(std::move(cells));
    };
    const NodeId x = exact(sample_, PlanOp::divide, {column(-50, 50, 1), column(-3, 6, 999'999'999'989)});
    const NodeId y = exact(sample_, PlanOp::divide, {column(-50, 50, 1), column(1, 8, 999'999'999'961)});
    const NodeId integers = column(-9, 9, 0);
    const auto of_two = [&](PlanOp op) {
      nodes.push_back(exact(sample_, op, {x, y}));
      nodes.push_back(exact(sample_, op, {integers, y}));
      nodes.push_back(exact(sample_, op, {x, sample_.number(3)}));
    };
    nodes = {x, y};
    for (const PlanOp op : {PlanOp::add, PlanOp::subtract, PlanOp::multiply, PlanOp::minimum, PlanOp::maximum, PlanOp::divide}) of_two(op);
    for (const PlanOp op : {PlanOp::negate, PlanOp::absolute, PlanOp::alias, PlanOp::scale}) nodes.push_back(exact(sample_, op, {x}));
    sample_.at(nodes.back()).k = -6;
    nodes.push_back(exact(sample_, PlanOp::alias, {integers}));
    choose(x, y, integers);
    compare(x, y, integers);
    round(x);
    down(x);
  }

  std::vector<NodeId> nodes;

  /// The households but the last, alone or with it.
  Values run(bool with_the_last) { return sample_.run(Keep::everything, 0, with_the_last ? households + 1 : households); }

 private:
  static std::vector<int> people() {
    std::vector<int> out(households + 1, 2);
    for (int h = 0; h < households; ++h) out[static_cast<std::size_t>(h)] = h % 4;
    return out;
  }

  void choose(NodeId x, NodeId y, NodeId integers) {
    std::vector<Cell> cells;
    for (int h = 0; h <= households; ++h) cells.push_back(truth(h % 7 == 0 ? May::open : h % 2 == 0 ? May::yes : May::no));
    const NodeId when = sample_.truths(std::move(cells));
    nodes.push_back(exact(sample_, PlanOp::choose, {when, x, y}));
    nodes.push_back(exact(sample_, PlanOp::choose, {when, integers, y}));
    nodes.push_back(exact(sample_, PlanOp::choose, {when, x, sample_.number(2)}));
  }

  void compare(NodeId x, NodeId y, NodeId integers) {
    for (const Compare how : {Compare::equal, Compare::not_equal, Compare::less, Compare::less_equal, Compare::greater, Compare::greater_equal})
      for (const NodeId other : {y, integers, sample_.number(5)}) {
        nodes.push_back(sample_.node(PlanOp::compare, Shape::truth, household_level, {x, other}));
        sample_.at(nodes.back()).comparison = how;
      }
  }

  void round(NodeId x) {
    for (const RoundMode mode :
         {RoundMode::floor, RoundMode::ceiling, RoundMode::up, RoundMode::down, RoundMode::half_up, RoundMode::half_down, RoundMode::half_even})
      for (const Lane lane : {Lane::i64, Lane::exact}) {
        const NodeId id = sample_.node(PlanOp::round_to, Shape::number, household_level, {x});
        PlanNode& node = sample_.at(id);
        node.lane = lane;
        node.mode = mode;
        node.k = 3;  // steps of two thirds
        node.k2 = 2;
        node.k3 = 2;
        node.denominator = 3;
        nodes.push_back(id);
      }
  }

  /// To people and back.
  void down(NodeId x) {
    const NodeId lifted = exact(sample_, PlanOp::lift, {x}, person_level);
    nodes.push_back(lifted);
    for (const PlanOp op : {PlanOp::sum, PlanOp::least, PlanOp::greatest}) {
      const NodeId id = exact(sample_, op, {lifted, sample_.constant_truth(true, person_level)});
      sample_.at(id).index = person_level;
      nodes.push_back(id);
    }
  }

  Sample sample_;
};

TEST(CommonDenominator, GivesWhatFractionsRowByRowGive) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    EveryOperator plan(seed);
    const Values alone = plan.run(false);
    const Values beside = plan.run(true);
    for (const NodeId id : plan.nodes) {
      const PlanNode& node = alone.plan().nodes[static_cast<std::size_t>(id)];
      if (node.lane == Lane::exact && (node.op != PlanOp::divide || id == plan.nodes[0])) {  // quotients of quotients have what denominator they have
        ASSERT_NE(alone.column(id).over, 0) << "node " << id;
      }
      for (std::int32_t row = 0; row < alone.rows(node.level).count; ++row)
        ASSERT_EQ(text(alone, id, row), text(beside, id, row)) << "node " << id << ", row " << row << ", seed " << seed;
    }
    EXPECT_EQ(beside.column(plan.nodes[0]).over, 0) << "the last household is not awkward enough";
  }
}

}  // namespace
}  // namespace duly::test
