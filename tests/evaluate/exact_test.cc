#include <gtest/gtest.h>

#include <random>

#include "evaluate/exact.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

using columnar::ExactMath;

Number random_number(std::mt19937_64& random) {
  const auto bits = random() % 62;
  const auto top = static_cast<std::int64_t>(random() >> bits);
  const auto bottom = static_cast<std::int64_t>(random() >> (random() % 62 + 1)) + 1;
  return Number(top % 2 == 0 ? top : -top, bottom > 0 ? bottom : 1);
}

TEST(ExactMath, AgreesWithUnboundedRationals) {
  std::mt19937_64 random(5);
  std::vector<Number> big;
  ExactMath math(big);
  for (int i = 0; i < 3000; ++i) {
    const Number a = random_number(random);
    const Number b = i % 7 == 0 ? random_number(random) * random_number(random) * random_number(random) : random_number(random);
    const Exact x = math.from(a);
    const Exact y = math.from(b);
    ASSERT_EQ(math.number(x), a);
    ASSERT_EQ(math.number(y), b);
    ASSERT_EQ(math.number(math.add(x, y)), a + b);
    ASSERT_EQ(math.number(math.subtract(x, y)), a - b);
    ASSERT_EQ(math.number(math.multiply(x, y)), a * b);
    ASSERT_EQ(math.number(math.negate(y)), -b);
    ASSERT_TRUE(b == 0 || math.number(math.divide(x, y)) == a / b);
    ASSERT_EQ(math.number(math.floor(y)), Number(floor_of(b)));
    ASSERT_EQ(math.sign(y), b.sign());
    ASSERT_EQ(math.compare(x, y) < 0, a < b);
    ASSERT_EQ(math.compare(x, x), std::strong_ordering::equal);
  }
}

TEST(ExactMath, LeavesOneHundredTwentyEightBitsOnlyWhenItMust) {
  std::vector<Number> big;
  ExactMath math(big);
  const Exact large = math.from(Number(BigInt(1) << 126));
  EXPECT_EQ(large.denominator, 1);
  const Exact twice = math.add(large, large);
  EXPECT_EQ(twice.denominator, 0);
  EXPECT_EQ(math.number(twice), Number(BigInt(1) << 127));
  EXPECT_EQ(math.number(math.subtract(twice, large)), Number(BigInt(1) << 126));
  EXPECT_NE(math.subtract(twice, large).denominator, 0);
}

TEST(ExactMath, KeepsTheDenominatorPositive) {
  std::vector<Number> big;
  ExactMath math(big);
  const Exact negative = math.divide(math.fraction(1, 3), math.fraction(-2, 3));
  EXPECT_LT(negative.numerator, 0);
  EXPECT_GT(negative.denominator, 0);
  EXPECT_EQ(math.number(negative), Number(-1, 2));
}

TEST(ExactMath, ComparesFractionsThatAreNotInLowestTerms) {
  std::vector<Number> big;
  ExactMath math(big);
  const Exact half = math.divide(math.fraction(6, 4), math.fraction(3, 1));
  EXPECT_EQ(math.number(half), Number(1, 2));
  EXPECT_TRUE(math.equal(half, math.fraction(50, 100)));
  EXPECT_TRUE(math.compare(half, math.fraction(51, 100)) < 0);
  EXPECT_TRUE(math.compare(half, math.fraction(49, 100)) > 0);
}

TEST(ExactMath, TakesOutCommonDivisorsBeforeATermLeavesTheLane) {
  std::vector<Number> big;
  ExactMath math(big);
  Exact third = math.fraction(100, 300);
  for (int i = 0; i < 20; ++i) third = math.multiply(third, math.fraction(100, 100));
  EXPECT_EQ(math.number(third), Number(1, 3));
  EXPECT_TRUE(big.empty());
  for (int i = 0; i < 20; ++i) third = math.add(third, math.fraction(7, 300 + i));
  EXPECT_TRUE(math.compare(third, math.fraction(1, 3)) > 0);
}

TEST(ExactMath, StepsPastTheLaneAreTheNearestEnd) {
  std::vector<Number> big;
  ExactMath math(big);
  EXPECT_EQ(math.steps(math.from(Number(BigInt(1) << 100)), 1, 1, RoundMode::floor), INT64_MAX);
  EXPECT_EQ(math.steps(math.from(-Number(BigInt(1) << 200)), 1, 1, RoundMode::floor), INT64_MIN);
}

std::string quotient(std::vector<Cell> x, std::vector<Cell> y) {
  Sample sample(std::vector<int>(x.size(), 1));
  const NodeId a = sample.numbers(std::move(x));
  const NodeId b = sample.numbers(std::move(y));
  const NodeId id = sample.node(PlanOp::divide, Shape::number, household_level, {a, b});
  sample.at(id).lane = Lane::exact;
  return all(sample.run(), id);
}

TEST(Division, IsExact) { EXPECT_EQ(quotient({known(1), known(-6), known(7)}, {known(3), known(4), known(-7)}), "1/3 -1.5 -1"); }

TEST(Division, ByZeroIsUndefined) { EXPECT_EQ(quotient({known(1), known(0)}, {known(0), known(0)}), "undefined undefined"); }

TEST(Division, OfRangesTakesTheOuterQuotients) {
  EXPECT_EQ(quotient({between(-6, 12), between(6, 12)}, {between(2, 3), between(-3, -2)}), "[-3..6] [-6..-2]");
}

TEST(Division, ByARangeWithZeroMayBeUndefinedAndLeavesOutZero) {
  EXPECT_EQ(quotient({known(12), between(-12, 6), known(12)}, {between(0, 4), between(-2, 3), between(-4, 0)}),
            "[3..12] or undefined [-12..12] or undefined [-12..-3] or undefined");
}

TEST(Division, IsUndefinedWhereAnOperandIs) {
  EXPECT_EQ(quotient({absent(), known(1), or_absent(known(1))}, {known(2), absent(), known(2)}), "undefined undefined 0.5 or undefined");
}

struct Ratios {
  Sample sample{std::vector<int>(3, 1)};
  NodeId x = sample.numbers({known(1), between(1, 2), known(7)});
  NodeId y = sample.numbers({known(3), known(3), absent()});
  NodeId ratio = exact(PlanOp::divide, {x, y});
  NodeId exact(PlanOp op, std::vector<NodeId> args) {
    const NodeId id = sample.node(op, Shape::number, household_level, std::move(args));
    sample.at(id).lane = Lane::exact;
    return id;
  }
};

TEST(ExactLane, MixesWithIntegersOverTheirOwnDenominator) {
  Ratios r;
  r.sample.at(r.x).denominator = 10;
  const NodeId sum = r.exact(PlanOp::add, {r.ratio, r.x});
  EXPECT_EQ(all(r.sample.run(), sum), "2/15 [2/15..4/15] undefined");
}

TEST(ExactLane, ComparesAcrossLanesAndDenominators) {
  Ratios r;
  const NodeId third = r.sample.number(1);
  r.sample.at(third).denominator = 3;
  const NodeId equal = r.sample.node(PlanOp::compare, Shape::truth, household_level, {r.ratio, third});
  const NodeId tenths = r.sample.numbers({known(4), known(6), known(0)});
  r.sample.at(tenths).denominator = 10;
  const NodeId less = r.sample.node(PlanOp::compare, Shape::truth, household_level, {r.ratio, tenths});
  r.sample.at(less).comparison = Compare::less;
  const NodeId integers = r.sample.node(PlanOp::compare, Shape::truth, household_level, {tenths, r.x});
  r.sample.at(integers).comparison = Compare::greater_equal;
  const Values values = r.sample.run();
  EXPECT_EQ(all(values, equal), "T TF U");
  EXPECT_EQ(all(values, less), "T TF U");
  EXPECT_EQ(all(values, integers), "F F F");
}

TEST(ExactLane, KeepsNumbersThatLeaveOneHundredTwentyEightBits) {
  Ratios r;
  NodeId power = r.ratio;
  for (int i = 0; i < 7; ++i) power = r.exact(PlanOp::multiply, {power, power});
  const Values values = r.sample.run();
  EXPECT_EQ(values.number(power, 0).low, Number(1, boost::multiprecision::pow(BigInt(3), 128)));
  EXPECT_TRUE(values.is_settled(power, 0));
  EXPECT_FALSE(values.is_settled(power, 1));
}

TEST(ExactLane, ModuloHasTheSignOfTheDivisor) {
  Ratios r;
  const NodeId id = r.exact(PlanOp::modulo, {r.exact(PlanOp::negate, {r.ratio}), r.sample.number(1)});
  EXPECT_EQ(all(r.sample.run(), id), "2/3 [1/3..2/3] undefined");
}

}  // namespace
}  // namespace duly::test
