#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

/// One operator on two columns of households.
std::string result(PlanOp op, std::vector<Cell> x, std::vector<Cell> y) {
  Sample sample(std::vector<int>(x.size(), 1));
  const NodeId a = sample.numbers(std::move(x));
  const NodeId b = sample.numbers(std::move(y));
  const NodeId id = sample.node(op, Shape::number, household_level, {a, b});
  return all(sample.run(), id);
}

/// The same with a constant on one side or the other, and with a column that holds it.
void expect_constant_as_column(PlanOp op, std::int64_t k) {
  Sample sample({1, 1, 1, 1});
  const NodeId x = sample.numbers({known(-7), between(-2, 9), absent(), or_absent(known(4))});
  const NodeId column = sample.numbers({known(k), known(k), known(k), known(k)});
  const NodeId right = sample.node(op, Shape::number, household_level, {x, sample.number(k)});
  const NodeId right_column = sample.node(op, Shape::number, household_level, {x, column});
  const NodeId left = sample.node(op, Shape::number, household_level, {sample.number(k), x});
  const NodeId left_column = sample.node(op, Shape::number, household_level, {column, x});
  const Values values = sample.run();
  EXPECT_EQ(all(values, right), all(values, right_column));
  EXPECT_EQ(all(values, left), all(values, left_column));
}

std::string of_one(PlanOp op, std::vector<Cell> x, std::int64_t k = 1) {
  Sample sample(std::vector<int>(x.size(), 1));
  const NodeId id = sample.node(op, Shape::number, household_level, {sample.numbers(std::move(x))});
  sample.at(id).k = k;
  return all(sample.run(), id);
}

TEST(Numbers, AddEndByEnd) { EXPECT_EQ(result(PlanOp::add, {known(3), between(1, 4)}, {known(-5), between(10, 20)}), "-2 [11..24]"); }

TEST(Numbers, SubtractFarEndFromNearEnd) {
  EXPECT_EQ(result(PlanOp::subtract, {known(3), between(1, 4)}, {known(-5), between(10, 20)}), "8 [-19..-6]");
}

TEST(Numbers, MultiplyByTheOuterOfFourProducts) {
  EXPECT_EQ(result(PlanOp::multiply, {known(3), between(-2, 4), between(-3, -1)}, {known(-5), between(-10, 20), between(-7, 2)}),
            "-15 [-40..80] [-6..21]");
}

TEST(Numbers, LeastAndGreatestTakeEachEnd) {
  EXPECT_EQ(result(PlanOp::minimum, {known(3), between(1, 9), between(5, 9)}, {known(-5), between(4, 6), known(5)}), "-5 [1..6] 5");
  EXPECT_EQ(result(PlanOp::maximum, {known(3), between(1, 9), between(5, 9)}, {known(-5), between(4, 6), known(9)}), "3 [4..9] 9");
}

TEST(Numbers, AreUndefinedWhereAnOperandIs) {
  for (const PlanOp op : {PlanOp::add, PlanOp::subtract, PlanOp::multiply, PlanOp::minimum, PlanOp::maximum, PlanOp::modulo}) {
    EXPECT_EQ(result(op, {absent(), known(1), or_absent(known(1)), known(1)}, {known(1), absent(), known(1), or_absent(known(1))})
                  .substr(0, sizeof("undefined undefined ") - 1),
              "undefined undefined ");
  }
  EXPECT_EQ(result(PlanOp::add, {or_absent(known(1)), known(1)}, {known(1), or_absent(known(1))}), "2 or undefined 2 or undefined");
}

TEST(Numbers, TreatAConstantLikeAColumnThatHoldsIt) {
  for (const PlanOp op : {PlanOp::add, PlanOp::subtract, PlanOp::multiply, PlanOp::minimum, PlanOp::maximum, PlanOp::modulo})
    for (const std::int64_t k : {-3, 0, 1, 5}) expect_constant_as_column(op, k);
}

TEST(Numbers, FoldSeveralOperands) {
  Sample sample({1});
  const NodeId x = sample.numbers({between(1, 2)});
  const NodeId y = sample.numbers({known(10)});
  const NodeId sum = sample.node(PlanOp::add, Shape::number, household_level, {x, y, sample.number(100), x});
  const NodeId least = sample.node(PlanOp::minimum, Shape::number, household_level, {y, sample.number(4), x});
  const Values values = sample.run();
  EXPECT_EQ(all(values, sum), "[112..114]");
  EXPECT_EQ(all(values, least), "[1..2]");
}

TEST(Numbers, OfTwoConstantsAreComputed) {
  Sample sample({1, 1});
  const NodeId three = sample.number(3);
  const NodeId four = sample.number(4);
  const NodeId sum = sample.node(PlanOp::add, Shape::number, household_level, {three, four});
  const NodeId difference = sample.node(PlanOp::subtract, Shape::number, household_level, {three, four});
  const NodeId product = sample.node(PlanOp::multiply, Shape::number, household_level, {three, four});
  sample.keep_only({sum, difference, product});
  const Values values = sample.run(Keep::asked);
  EXPECT_EQ(all(values, sum) + ", " + all(values, difference) + ", " + all(values, product), "7 7, -1 -1, 12 12");
}

TEST(Numbers, NegativeFactorsSwapTheEnds) {
  EXPECT_EQ(of_one(PlanOp::scale, {known(3), between(1, 4)}, -2), "-6 [-8..-2]");
  EXPECT_EQ(of_one(PlanOp::scale, {known(3), between(1, 4)}, 1), "3 [1..4]");
  EXPECT_EQ(of_one(PlanOp::negate, {known(3), between(-1, 4)}), "-3 [-4..1]");
}

TEST(Numbers, AbsolutesStopAtZero) {
  EXPECT_EQ(of_one(PlanOp::absolute, {known(-3), known(3)}), "3 3");
  EXPECT_EQ(of_one(PlanOp::absolute, {between(-3, 2), between(-5, -2), between(2, 5)}), "[0..3] [2..5] [2..5]");
}

TEST(Numbers, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(result(PlanOp::modulo, {known(7), known(-7), known(7), known(-7), known(6)}, {known(3), known(3), known(-3), known(-3), known(-3)}),
            "1 2 -2 -1 0");
}

TEST(Numbers, ModuloOfARangeStaysInOneTurnOrTakesAll) {
  EXPECT_EQ(result(PlanOp::modulo, {between(7, 8), between(7, 9), between(0, 2)}, {known(3), known(3), between(5, 9)}), "[1..2] [0..2] [0..2]");
}

TEST(Numbers, ModuloByWhatMayBeZeroMayBeUndefined) {
  EXPECT_EQ(result(PlanOp::modulo, {known(7), known(7), known(7)}, {known(0), between(0, 3), between(-1, 1)}),
            "undefined [0..2] or undefined 0 or undefined");
}

TEST(Numbers, AnAliasReadsTheSameColumnOverAnotherDenominator) {
  Sample sample({1, 1});
  const NodeId alias = sample.node(PlanOp::alias, Shape::number, household_level, {sample.numbers({known(12), between(5, 6)})});
  sample.at(alias).denominator = 10;
  EXPECT_EQ(all(sample.run(), alias), "1.2 [0.5..0.6]");
}

TEST(Numbers, NothingKnownIsTheWholeRange) {
  Sample sample({1});
  const NodeId unknown = sample.node(PlanOp::unknown, Shape::number, household_level, {});
  sample.at(unknown).low = 2;
  sample.at(unknown).high = 5;
  const NodeId nothing = sample.node(PlanOp::undefined, Shape::number, household_level, {});
  const Values values = sample.run();
  EXPECT_EQ(all(values, unknown), "[2..5]");
  EXPECT_EQ(all(values, nothing), "undefined");
}

}  // namespace
}  // namespace duly::test
