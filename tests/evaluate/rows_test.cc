#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

TEST(Rows, OfEveryLevelKnowTheirOwners) {
  Sample sample({2, 0, 1}, {1, 2});
  sample.numbers({known(0), known(0), known(0)});
  const Values values = sample.run(Keep::everything, 0, 3);
  const Rows& people = values.rows(person_level);
  EXPECT_EQ(people.count, 3);
  EXPECT_EQ(people.parent[2], 2);
  EXPECT_EQ(people.begin[1], 2);
  EXPECT_EQ(people.begin[3], 3);
  const Rows& incomes = values.rows(income_level);
  EXPECT_EQ(incomes.count, 4);
  EXPECT_EQ(incomes.parent[2], 1);
  EXPECT_EQ(incomes.household[3], 2);
  const Rows& pairs = values.rows(pair_level);
  EXPECT_EQ(pairs.count, 5);
  EXPECT_EQ(pairs.first[1], 0);
  EXPECT_EQ(pairs.second[1], 1);
  EXPECT_EQ(pairs.household[4], 2);
  EXPECT_EQ(values.rows(unit_level).count, 0);
}

TEST(Rows, CountFromTheFirstOfTheTile) {
  Sample sample({2, 1, 2}, {1, 2});
  const Values values = sample.run(Keep::everything, 1, 2);
  EXPECT_EQ(values.rows(household_level).count, 2);
  EXPECT_EQ(values.rows(person_level).count, 3);
  EXPECT_EQ(values.rows(person_level).parent[0], 0);
  EXPECT_EQ(values.rows(income_level).parent[0], 0);
  EXPECT_EQ(values.rows(income_level).household[1], 1);
  EXPECT_EQ(values.first_household(), 1);
}

struct Below {
  Sample sample;
  NodeId value;
  NodeId included;
  Below(std::vector<int> sizes, std::vector<Cell> values, std::vector<Cell> truths)
      : sample(std::move(sizes)), value(sample.numbers(std::move(values), person_level)), included(sample.truths(std::move(truths), person_level)) {}
  std::string of(PlanOp op) {
    const bool numeric = op == PlanOp::sum || op == PlanOp::least || op == PlanOp::greatest;
    const Shape shape = op == PlanOp::some ? Shape::truth : Shape::number;
    const NodeId id = sample.node(op, shape, household_level, numeric ? std::vector{value, included} : std::vector{included});
    return all(sample.run(), id);
  }
};

TEST(Aggregates, OfKnownRowsAreKnown) {
  Below b({2, 0, 3}, {known(5), known(7), known(-1), known(2), known(9)}, {truth(yes), truth(yes), truth(yes), truth(no), truth(yes)});
  EXPECT_EQ(b.of(PlanOp::sum), "12 0 8");
  EXPECT_EQ(b.of(PlanOp::count), "2 0 2");
  EXPECT_EQ(b.of(PlanOp::least), "5 undefined -1");
  EXPECT_EQ(b.of(PlanOp::greatest), "7 undefined 9");
  EXPECT_EQ(b.of(PlanOp::some), "T F T");
}

TEST(Aggregates, WidenByRowsThatMayBeIncluded) {
  Below b({3, 1, 1}, {known(5), known(7), known(-4), between(-2, 3), known(8)}, {truth(yes), truth(open), truth(open), truth(open), truth(no)});
  EXPECT_EQ(b.of(PlanOp::sum), "[1..12] [-2..3] 0");
  EXPECT_EQ(b.of(PlanOp::count), "[1..3] [0..1] 0");
  EXPECT_EQ(b.of(PlanOp::least), "[-4..5] [-2..3] or undefined undefined");
  EXPECT_EQ(b.of(PlanOp::greatest), "[5..7] [-2..3] or undefined undefined");
  EXPECT_EQ(b.of(PlanOp::some), "T TF F");
}

TEST(Aggregates, OfOnlyPossibleRowsReachFromOneToAll) {
  Below b({2}, {between(1, 3), between(5, 9)}, {truth(open), truth(open)});
  EXPECT_EQ(b.of(PlanOp::least), "[1..9] or undefined");
  EXPECT_EQ(b.of(PlanOp::greatest), "[1..9] or undefined");
}

TEST(Aggregates, AreUndefinedByIncludedRowsOnly) {
  Below b({2, 2, 2}, {absent(), known(1), absent(), known(1), absent(), known(1)},
          {truth(no), truth(yes), truth(open), truth(yes), truth(yes), truth(yes)});
  EXPECT_EQ(b.of(PlanOp::sum), "1 1 or undefined undefined");
  EXPECT_EQ(b.of(PlanOp::least), "1 1 or undefined undefined");
}

TEST(Aggregates, AreUndefinedWhereItIsUndefinedWhetherARowIsIncluded) {
  Below b({2, 2}, {known(3), known(1), known(3), known(1)}, {or_absent(truth(yes)), truth(yes), absent(), truth(yes)});
  EXPECT_EQ(b.of(PlanOp::sum), "4 or undefined undefined");
  EXPECT_EQ(b.of(PlanOp::count), "2 or undefined undefined");
  EXPECT_EQ(b.of(PlanOp::some), "T T");
}

TEST(Aggregates, OneThatSurelyHoldsSettlesSomeWhateverElseIsUndefined) {
  Below b({2, 2, 2}, {}, {absent(), truth(open), absent(), truth(no), or_absent(truth(no)), truth(no)});
  EXPECT_EQ(b.of(PlanOp::some), "TU U FU");
}

TEST(Aggregates, GoFromRecordsToPeopleAndHouseholds) {
  Sample sample({2, 1}, {2, 0, 1});
  const NodeId amount = sample.numbers({known(3), known(4), known(9)}, income_level);
  const NodeId every = sample.truths({truth(yes), truth(yes), truth(yes)}, income_level);
  const NodeId person = sample.node(PlanOp::sum, Shape::number, person_level, {amount, every});
  const NodeId household = sample.node(PlanOp::sum, Shape::number, household_level, {amount, every});
  const NodeId constant = sample.node(PlanOp::sum, Shape::number, person_level, {amount, sample.constant_truth(true)});
  const NodeId records = sample.node(PlanOp::count, Shape::number, person_level, {sample.constant_truth(true)});
  sample.at(records).index = income_level;
  const Values values = sample.run();
  EXPECT_EQ(all(values, person), "7 0 9");
  EXPECT_EQ(all(values, household), "7 9");
  EXPECT_EQ(all(values, constant), "7 0 9");
  EXPECT_EQ(all(values, records), "2 0 1");
}

TEST(Lift, ReadsTheValueOfTheRowAbove) {
  Sample sample({2, 1}, {1});
  const NodeId x = sample.numbers({known(3), absent()});
  const NodeId t = sample.truths({truth(open), truth(yes)});
  const NodeId c = sample.codes({words(1), words(6)});
  const NodeId number = sample.node(PlanOp::lift, Shape::number, income_level, {x});
  const NodeId truth_id = sample.node(PlanOp::lift, Shape::truth, person_level, {t});
  const NodeId code = sample.node(PlanOp::lift, Shape::code, person_level, {c});
  const Values values = sample.run();
  EXPECT_EQ(all(values, number), "3 3 undefined");
  EXPECT_EQ(all(values, truth_id), "TF TF T");
  EXPECT_EQ(all(values, code), "0 0 1/2");
}

TEST(Lift, ReadsTheSubjectOrTheItemOfAPair) {
  Sample sample({2, 1});
  const NodeId x = sample.numbers({known(1), known(2), known(3)}, person_level);
  const NodeId rent = sample.numbers({known(8), known(9)});
  const NodeId first = sample.node(PlanOp::lift, Shape::number, pair_level, {x});
  sample.at(first).via = Via::first;
  const NodeId second = sample.node(PlanOp::lift, Shape::number, pair_level, {x});
  sample.at(second).via = Via::second;
  const NodeId of_household = sample.node(PlanOp::lift, Shape::number, pair_level, {rent});
  sample.at(of_household).via = Via::second;
  const Values values = sample.run();
  EXPECT_EQ(all(values, first), "1 1 2 2 3");
  EXPECT_EQ(all(values, second), "1 2 1 2 3");
  EXPECT_EQ(all(values, of_household), "8 8 8 8 9");
}

TEST(Lift, KeepsFractionsAndSets) {
  Sample sample({2, 1});
  const NodeId ratio = sample.node(PlanOp::divide, Shape::number, household_level, {sample.numbers({known(1), known(5)}), sample.number(3)});
  sample.at(ratio).lane = Lane::exact;
  const NodeId lifted = sample.node(PlanOp::lift, Shape::number, person_level, {ratio});
  sample.at(lifted).lane = Lane::exact;
  const NodeId everyone = sample.node(PlanOp::everyone, Shape::set, household_level, {});
  const NodeId people = sample.node(PlanOp::lift, Shape::set, person_level, {everyone});
  const Values values = sample.run();
  EXPECT_EQ(all(values, lifted), "1/3 1/3 5/3");
  EXPECT_EQ(all(values, people), "{0 1 } {0 1 } {0 }");
}

TEST(Sums, OfLargeTilesAgreeWithSumsRowByRow) {
  std::mt19937 random(2);
  std::vector<int> sizes;
  for (int h = 0; h < 300; ++h) sizes.push_back(static_cast<int>(random() % 5));
  Sample sample(sizes);
  const FactId amount = sample.fact({.level = person_level, .low = -50, .high = 1000});
  const FactId counted = sample.fact({.level = person_level, .shape = Shape::truth});
  sample.fill(random, 0);
  const NodeId id = sample.node(PlanOp::sum, Shape::number, household_level, {sample.read(amount), sample.read(counted)});
  const Values values = sample.run();
  const std::vector<std::int32_t>& begin = sample.table.levels[person_level].begin;
  for (std::size_t h = 0; h < sizes.size(); ++h) {
    std::int64_t expected = 0;
    for (auto p = static_cast<std::size_t>(begin[h]); p < static_cast<std::size_t>(begin[h + 1]); ++p)
      if ((sample.table.facts[1].may_be_true[p / 64] >> (p % 64) & 1U) != 0) expected += sample.table.facts[0].low[p];
    ASSERT_EQ(values.number(id, static_cast<std::int32_t>(h)).low, expected) << "household " << h;
  }
}

}  // namespace
}  // namespace duly::test
