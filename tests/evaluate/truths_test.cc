#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

/// Every set of possibilities of a truth, as a fact that may be absent: `undefined` is one of them.
std::vector<unsigned> every_may() { return {1, 2, 3, 4, 5, 6, 7}; }

Cell cell_of(unsigned may) {
  Cell cell = truth(may & open);
  cell.may_be_absent = (may & undefined) != 0;
  cell.may_be_present = (may & open) != 0;
  return cell;
}

using Certain = unsigned (*)(unsigned, unsigned);  ///< of single possibilities

unsigned conjunction(unsigned x, unsigned y) { return x == no || y == no ? no : x == undefined || y == undefined ? undefined : yes; }
unsigned disjunction(unsigned x, unsigned y) { return x == yes || y == yes ? yes : x == undefined || y == undefined ? undefined : no; }

unsigned image(Certain f, unsigned x, unsigned y) {
  unsigned out = none;
  for (const unsigned a : {yes, no, undefined})
    for (const unsigned b : {yes, no, undefined})
      if ((x & a) != 0 && (y & b) != 0) out |= f(a, b);
  return out;
}

void expect_image(PlanOp op, Certain f) {
  std::vector<Cell> x;
  std::vector<Cell> y;
  std::vector<unsigned> expected;
  for (const unsigned a : every_may())
    for (const unsigned b : every_may()) {
      x.push_back(cell_of(a));
      y.push_back(cell_of(b));
      expected.push_back(image(f, a, b));
    }
  Sample sample(std::vector<int>(x.size(), 1));
  const NodeId a = sample.truths(x);
  const NodeId b = sample.truths(y);
  const NodeId id = sample.node(op, Shape::truth, household_level, {a, b});
  const Values values = sample.run();
  for (std::size_t row = 0; row < expected.size(); ++row) ASSERT_EQ(may(values, id, static_cast<std::int32_t>(row)), expected[row]) << "row " << row;
}

TEST(Truths, AndIsWhatEachWayOfSettlingGives) { expect_image(PlanOp::logical_and, conjunction); }
TEST(Truths, OrIsWhatEachWayOfSettlingGives) { expect_image(PlanOp::logical_or, disjunction); }

TEST(Truths, NotSwapsAnswersAndKeepsUndefined) {
  Sample sample(std::vector<int>(4, 1));
  const NodeId x = sample.truths({truth(yes), truth(no), truth(open), or_absent(truth(yes))});
  const NodeId id = sample.node(PlanOp::logical_not, Shape::truth, household_level, {x});
  EXPECT_EQ(all(sample.run(), id), "F T TF FU");
}

TEST(Truths, SeveralOperandsFold) {
  Sample sample({1, 1});
  const NodeId x = sample.truths({truth(yes), truth(open)});
  const NodeId y = sample.truths({truth(yes), truth(yes)});
  const NodeId both = sample.node(PlanOp::logical_and, Shape::truth, household_level, {x, y, sample.constant_truth(true)});
  const NodeId either = sample.node(PlanOp::logical_or, Shape::truth, household_level, {x, y, x});
  const Values values = sample.run();
  EXPECT_EQ(all(values, both), "T TF");
  EXPECT_EQ(all(values, either), "T T");
}

bool holds(Compare comparison, std::int64_t x, std::int64_t y) {
  switch (comparison) {
    case Compare::equal: return x == y;
    case Compare::not_equal: return x != y;
    case Compare::less: return x < y;
    case Compare::less_equal: return x <= y;
    case Compare::greater: return x > y;
    case Compare::greater_equal: return x >= y;
  }
  return false;
}

class Comparisons : public testing::TestWithParam<Compare> {};
INSTANTIATE_TEST_SUITE_P(All, Comparisons,
                         testing::Values(Compare::equal, Compare::not_equal, Compare::less, Compare::less_equal, Compare::greater,
                                         Compare::greater_equal));

TEST_P(Comparisons, SettleOnlyWhereEveryValueAgrees) {
  std::vector<Cell> x;
  std::vector<Cell> y;
  for (int a = 0; a < 4; ++a)
    for (int b = a; b < 4; ++b)
      for (int c = 0; c < 4; ++c)
        for (int d = c; d < 4; ++d) {
          x.push_back(between(a, b));
          y.push_back(between(c, d));
        }
  Sample sample(std::vector<int>(x.size(), 1));
  const NodeId first = sample.numbers(x);
  const NodeId second = sample.numbers(y);
  const NodeId columns = sample.node(PlanOp::compare, Shape::truth, household_level, {first, second});
  const NodeId right = sample.node(PlanOp::compare, Shape::truth, household_level, {first, sample.number(2)});
  const NodeId left = sample.node(PlanOp::compare, Shape::truth, household_level, {sample.number(2), first});
  for (const NodeId id : {columns, right, left}) sample.at(id).comparison = GetParam();
  const Values values = sample.run();
  const auto expected = [](const Cell& p, const Cell& q) {
    unsigned out = none;
    for (auto a = p.low; a <= p.high; ++a)
      for (auto b = q.low; b <= q.high; ++b) out |= holds(GetParam(), a, b) ? yes : no;
    return out;
  };
  for (std::size_t row = 0; row < x.size(); ++row) {
    const auto r = static_cast<std::int32_t>(row);
    ASSERT_EQ(may(values, columns, r), expected(x[row], y[row]));
    ASSERT_EQ(may(values, right, r), expected(x[row], known(2)));
    ASSERT_EQ(may(values, left, r), expected(known(2), x[row]));
  }
}

TEST_P(Comparisons, AreUndefinedWhereASideIs) {
  Sample sample(std::vector<int>(3, 1));
  const NodeId x = sample.numbers({absent(), or_absent(known(1)), known(1)});
  const NodeId id = sample.node(PlanOp::compare, Shape::truth, household_level, {x, sample.number(1)});
  sample.at(id).comparison = GetParam();
  const Values values = sample.run();
  const unsigned answer = holds(GetParam(), 1, 1) ? yes : no;
  EXPECT_EQ(may(values, id, 0), undefined);
  EXPECT_EQ(may(values, id, 1), answer | undefined);
  EXPECT_EQ(may(values, id, 2), answer);
}

unsigned chosen(unsigned condition, unsigned then, unsigned otherwise) {
  return ((condition & yes) != 0 ? then : none) | ((condition & no) != 0 ? otherwise : none) | (condition & undefined);
}

TEST(Choice, OfTruthsIsTheHullOfThePossibleBranches) {
  std::vector<Cell> cells[3];
  std::vector<unsigned> expected;
  for (const unsigned c : every_may())
    for (const unsigned t : every_may())
      for (const unsigned o : every_may()) {
        cells[0].push_back(cell_of(c));
        cells[1].push_back(cell_of(t));
        cells[2].push_back(cell_of(o));
        expected.push_back(chosen(c, t, o));
      }
  Sample sample(std::vector<int>(expected.size(), 1));
  const NodeId c = sample.truths(cells[0]);
  const NodeId t = sample.truths(cells[1]);
  const NodeId o = sample.truths(cells[2]);
  const NodeId id = sample.node(PlanOp::choose, Shape::truth, household_level, {c, t, o});
  const Values values = sample.run();
  for (std::size_t row = 0; row < expected.size(); ++row) ASSERT_EQ(may(values, id, static_cast<std::int32_t>(row)), expected[row]) << "row " << row;
}

struct NumberChoice {
  Sample sample{std::vector<int>(7, 1)};
  NodeId condition = sample.truths({truth(yes), truth(no), truth(open), truth(open), truth(open), truth(yes), or_absent(truth(yes))});
  NodeId x = sample.numbers({known(1), known(1), known(1), known(5), between(1, 3), absent(), known(4)});
  NodeId y = sample.numbers({between(8, 9), between(8, 9), between(8, 9), known(5), absent(), known(2), absent()});
};

TEST(Choice, OfNumbersIsTheHullOfThePossibleBranches) {
  NumberChoice c;
  const NodeId id = c.sample.node(PlanOp::choose, Shape::number, household_level, {c.condition, c.x, c.y});
  EXPECT_EQ(all(c.sample.run(), id), "1 [8..9] [1..9] 5 [1..3] or undefined undefined 4 or undefined");
}

TEST(Choice, ReadsConstantsOnEitherSide) {
  NumberChoice c;
  const NodeId then = c.sample.node(PlanOp::choose, Shape::number, household_level, {c.condition, c.sample.number(7), c.y});
  const NodeId otherwise = c.sample.node(PlanOp::choose, Shape::number, household_level, {c.condition, c.x, c.sample.number(7)});
  const NodeId both = c.sample.node(PlanOp::choose, Shape::number, household_level, {c.condition, c.sample.number(6), c.sample.number(7)});
  const Values values = c.sample.run();
  EXPECT_EQ(all(values, then), "7 [8..9] [7..9] [5..7] 7 or undefined 7 7 or undefined");
  EXPECT_EQ(all(values, otherwise), "1 7 [1..7] [5..7] [1..7] undefined 4 or undefined");
  EXPECT_EQ(all(values, both), "6 7 [6..7] [6..7] [6..7] 6 6 or undefined");
}

TEST(Choice, TakesOverTheOnlyBranch) {
  Sample sample({1, 1});
  const NodeId always = sample.truths({truth(yes), truth(yes)});
  const NodeId x = sample.numbers({known(1), between(2, 3)});
  const NodeId id = sample.node(PlanOp::choose, Shape::number, household_level, {always, x, sample.number(9)});
  const NodeId constant = sample.node(PlanOp::choose, Shape::number, household_level, {always, sample.number(9), x});
  const Values values = sample.run();
  EXPECT_EQ(all(values, id), "1 [2..3]");
  EXPECT_EQ(values.column(id).a, values.column(x).a);
  EXPECT_EQ(all(values, constant), "9 9");
}

TEST(Choice, OfCodesAndSetsIsTheHullOfThePossibleBranches) {
  Sample sample({3, 3, 3});
  const NodeId condition = sample.truths({truth(yes), truth(open), or_absent(truth(no))});
  const NodeId x = sample.codes({words(1), words(2), words(1)});
  const NodeId y = sample.codes({words(4), words(4), words(6)});
  const NodeId code = sample.node(PlanOp::choose, Shape::code, household_level, {condition, x, y});
  const NodeId a = sample.people({set(1, 3), set(1, 3), set(7, 7)}, household_level);
  const NodeId b = sample.people({set(4, 4), set(5, 5), set(2, 2)}, household_level);
  const NodeId people = sample.node(PlanOp::choose, Shape::set, household_level, {condition, a, b});
  const Values values = sample.run();
  EXPECT_EQ(all(values, code), "0 1/2 1/2 or undefined");
  EXPECT_EQ(all(values, people), "{0 | 0 1 } {0 | 0 1 2 } {1 } or undefined");
}

}  // namespace
}  // namespace duly::test
