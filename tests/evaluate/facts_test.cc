#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

TEST(Facts, AreReadWhereTheyStand) {
  Sample sample({1, 1, 1});
  const NodeId x = sample.numbers({known(1), known(2), known(3)});
  const Values values = sample.run(Keep::everything, 1, 2);
  EXPECT_EQ(all(values, x), "2 3");
  EXPECT_EQ(values.column(x).a, sample.table.facts[0].low.data() + 1);
  EXPECT_EQ(values.column(x).b, values.column(x).a);
}

TEST(Facts, WithoutAnUpperEndAreKnown) {
  Sample sample({1, 1});
  const NodeId x = sample.numbers({known(1), known(2)});
  sample.table.facts[0].high.clear();
  EXPECT_EQ(all(sample.run(), x), "1 2");
}

TEST(Facts, MoveBitmapsToTheTile) {
  std::vector<Cell> cells;
  for (int i = 0; i < 200; ++i) cells.push_back(truth(i % 3 == 0 ? yes : i % 7 == 0 ? open : no));
  Sample sample(std::vector<int>(200, 1));
  const NodeId x = sample.truths(cells);
  for (const std::int64_t first : {0, 1, 63, 64, 65, 130}) {
    const Values values = sample.run(Keep::everything, first, 70);
    for (std::int32_t row = 0; row < 70; ++row)
      ASSERT_EQ(may(values, x, row), cells[static_cast<std::size_t>(first + row)].truth) << first << " " << row;
  }
}

TEST(Facts, ThatAreAbsentAreUndefined) {
  Sample sample({1, 1, 1});
  const NodeId x = sample.numbers({absent(), or_absent(known(4)), known(5)});
  const NodeId none = sample.node(PlanOp::fact_absent, Shape::truth, household_level, {});
  sample.at(none).index = sample.at(x).index;
  const NodeId t = sample.truths({absent(), or_absent(truth(yes)), truth(no)});
  const Values values = sample.run();
  EXPECT_EQ(all(values, x), "undefined 4 or undefined 5");
  EXPECT_EQ(all(values, none), "T TF F");
  EXPECT_EQ(all(values, t), "U TU F");
}

TEST(Facts, ThatAreNeverAbsentAreKnownToBePresent) {
  Sample sample({1, 1});
  const NodeId x = sample.numbers({known(1), known(2)});
  const NodeId none = sample.node(PlanOp::fact_absent, Shape::truth, household_level, {});
  sample.at(none).index = sample.at(x).index;
  EXPECT_EQ(all(sample.run(), none), "F F");
}

TEST(Facts, OfTheWorldHaveARowForEachHousehold) {
  Sample sample({1, 2});
  const NodeId x = sample.given({.level = world_level}, {known(1), known(2)});
  const NodeId lifted = sample.node(PlanOp::lift, Shape::number, person_level, {x});
  EXPECT_EQ(all(sample.run(), lifted), "1 2 2");
  EXPECT_EQ(all(sample.run(Keep::everything, 1, 1), lifted), "2 2");
}

TEST(Facts, AListIsCompleteOrOpen) {
  Sample sample({1, 1, 1});
  sample.table.list_closed_may_be_true = {{}, {0b101}};
  const NodeId id = sample.node(PlanOp::list_closed, Shape::truth, person_level, {});
  sample.at(id).index = 1;
  EXPECT_EQ(all(sample.run(), id), "T TF T");
}

TEST(Facts, NobodyIsSurelyInASetOfWhichNothingIsKnown) {
  Sample sample({2, 0, 3});
  const NodeId id = sample.node(PlanOp::unknown, Shape::set, household_level, {});
  EXPECT_EQ(all(sample.run(), id), "{| 0 1 } {} {| 0 1 2 }");
}

struct Stating {
  Sample sample{std::vector<int>{1, 1, 1}};
  StatedColumn column;
  Stating() {
    column.rule = 1;
    column.present = {0b110};
  }
  NodeId over(NodeId computed) {
    const PlanNode& from = sample.at(computed);
    const NodeId id = sample.node(PlanOp::stated, from.shape, from.level, {computed});
    sample.at(id).index = 1;
    return id;
  }
  Values run() {
    sample.table.stated = {column};
    return sample.run();
  }
};

TEST(Stated, ValueStandsInPlaceOfTheComputedOne) {
  Stating s;
  s.column.column.low = {0, 250, 3};
  s.column.column.high = {0, 250, 4};
  s.column.denominator = 10;
  const NodeId x = s.sample.numbers({known(1), absent(), between(1, 900)});
  s.sample.at(x).denominator = 100;
  const NodeId id = s.over(x);
  s.sample.at(id).denominator = 100;
  EXPECT_EQ(all(s.run(), id), "0.01 25 [0.3..0.4]");
}

TEST(Stated, ValueFinerThanTheNodeIsTheHullAroundIt) {
  Stating s;
  s.column.column.low = s.column.column.high = {0, 1250, -1255};
  s.column.denominator = 1000;
  const NodeId x = s.sample.numbers({known(1), known(1), known(1)});
  s.sample.at(x).denominator = 100;
  const NodeId id = s.over(x);
  s.sample.at(id).denominator = 100;
  EXPECT_EQ(all(s.run(), id), "0.01 1.25 [-1.26..-1.25]");
}

TEST(Stated, TruthAndCodeStandInPlaceOfTheComputedOnes) {
  Stating s;
  s.column.column.may_be_true = {0b010};
  s.column.column.may_be_false = {0b100};
  s.column.column.possible = {0, 4, 6};
  s.sample.program->rules[1].type.base = Base::boolean;
  const NodeId truth_id = s.over(s.sample.truths({truth(open), truth(no), absent()}));
  const NodeId code_id = s.over(s.sample.codes({words(3), words(1), words(1)}));
  const Values values = s.run();
  EXPECT_EQ(all(values, truth_id), "TF T F");
  EXPECT_EQ(all(values, code_id), "0/1 2 1/2");
}

TEST(Stated, AbsenceIsToldByTheTruthBesideTheValue) {
  Stating s;
  s.column.column.low = {0, 7, 8};
  s.column.column.may_be_absent = {0b100};
  s.column.column.may_be_present = {0b011};
  s.sample.program->rules[1].type.base = Base::number;
  const NodeId x = s.sample.numbers({known(1), absent(), known(3)});
  const NodeId none = s.sample.node(PlanOp::fact_absent, Shape::truth, household_level, {});
  s.sample.at(none).index = s.sample.at(x).index;
  const NodeId value = s.over(x);
  const NodeId absent_id = s.over(none);
  const Values values = s.run();
  EXPECT_EQ(all(values, value), "1 7 undefined");
  EXPECT_EQ(all(values, absent_id), "F F T");
}

TEST(Stated, ByNobodyIsTheComputedColumn) {
  Stating s;
  const NodeId x = s.sample.numbers({known(1), known(2), known(3)});
  const NodeId id = s.over(x);
  const Values values = s.sample.run();
  EXPECT_EQ(values.column(id).a, values.column(x).a);
}

TEST(Stated, ValueOfAUnitIsThatOfItsHousehold) {
  Sample sample({2, 0, 1});
  const NodeId units = sample.node(PlanOp::make_units, Shape::set, person_level, {no_node});
  sample.at(units).index = unit_level;
  sample.table.one_unit = {partition_rule};
  const NodeId size = sample.node(PlanOp::set_size, Shape::number, unit_level, {sample.node(PlanOp::unit_people, Shape::set, unit_level, {})});
  const NodeId id = sample.node(PlanOp::stated, Shape::number, unit_level, {size});
  sample.at(id).index = 1;
  StatedColumn column;
  column.rule = 1;
  column.present = {0b010};
  column.column.low = {0, 4, 0};
  sample.table.stated = {column};
  EXPECT_EQ(all(sample.run(), id), "2 4 1");
  EXPECT_EQ(all(sample.run(Keep::everything, 1, 2), id), "4 1");
}

}  // namespace
}  // namespace duly::test
