#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

std::string of_two(PlanOp op, std::vector<Cell> x, std::vector<Cell> y) {
  Sample sample(std::vector<int>(x.size(), 4));
  const NodeId a = sample.people(std::move(x), household_level);
  const NodeId b = sample.people(std::move(y), household_level);
  const NodeId id = sample.node(op, Shape::set, household_level, {a, b});
  return all(sample.run(), id);
}

TEST(People, EverybodyCountsFromTheFirstOfTheHousehold) {
  Sample sample({2, 0, 3});
  const NodeId self = sample.node(PlanOp::self_set, Shape::set, person_level, {});
  const NodeId everyone = sample.node(PlanOp::everyone, Shape::set, household_level, {});
  const Values values = sample.run();
  EXPECT_EQ(all(values, self), "{0 } {1 } {0 } {1 } {2 }");
  EXPECT_EQ(all(values, everyone), "{0 1 } {} {0 1 2 }");
}

TEST(People, UniteIntersectAndExcept) {
  const std::vector<Cell> x{set(3, 3), set(1, 7)};
  const std::vector<Cell> y{set(6, 6), set(2, 11)};
  EXPECT_EQ(of_two(PlanOp::set_union, x, y), "{0 1 2 } {0 1 | 0 1 2 3 }");
  EXPECT_EQ(of_two(PlanOp::set_intersect, x, y), "{1 } {| 0 1 }");
  EXPECT_EQ(of_two(PlanOp::set_except, x, y), "{0 } {| 0 2 }");
}

TEST(People, InASetThatIsUndefinedAreUndefined) {
  EXPECT_EQ(of_two(PlanOp::set_union, {set(1, 1), absent(), or_absent(set(1, 1))}, {set(2, 2), set(2, 2), set(2, 2)}),
            "{0 1 } undefined {0 1 } or undefined");
}

TEST(People, ComposeToTheirPeoplesPeople) {
  Sample sample({3, 1});
  const NodeId parents = sample.people({set(2, 2), set(4, 4), set(0, 0), set(0, 0)});
  const NodeId grandparents = sample.node(PlanOp::compose, Shape::set, person_level, {parents, parents});
  const NodeId adults = sample.people({set(1, 3), set(0, 0)}, household_level);
  const NodeId theirs = sample.node(PlanOp::compose, Shape::set, household_level, {adults, parents});
  const Values values = sample.run();
  EXPECT_EQ(all(values, grandparents), "{2 } {} {} {}");
  EXPECT_EQ(all(values, theirs), "{1 | 1 2 } {}");
}

TEST(People, ComposeIsUndefinedByThoseReachedOnly) {
  Sample sample({2, 2, 2});
  const NodeId inner = sample.people({set(1, 1), absent(), set(1, 1), absent(), set(1, 1), absent()});
  const NodeId outer = sample.people({set(1, 1), set(1, 3), set(3, 3)}, household_level);
  const NodeId id = sample.node(PlanOp::compose, Shape::set, household_level, {outer, inner});
  EXPECT_EQ(all(sample.run(), id), "{0 } {0 } or undefined undefined");
}

TEST(People, AreGatheredFromTheRowsIncluded) {
  Sample sample({3, 2});
  const NodeId included = sample.truths({truth(yes), truth(open), truth(no), truth(no), or_absent(truth(yes))}, person_level);
  const NodeId of_household = sample.node(PlanOp::set_from_rows, Shape::set, household_level, {included});
  EXPECT_EQ(all(sample.run(), of_household), "{0 | 0 1 } {1 } or undefined");
}

TEST(People, AreInTheSetOfTheSubjectOrOfTheirHousehold) {
  Sample sample({2, 1});
  const NodeId known_people = sample.people({set(2, 2), set(0, 1), set(1, 1)});
  const NodeId pair = sample.node(PlanOp::in_set, Shape::truth, pair_level, {known_people});
  const NodeId back = sample.node(PlanOp::set_from_rows, Shape::set, person_level, {pair});
  const NodeId chosen = sample.people({set(2, 3), set(0, 0)}, household_level);
  const NodeId own = sample.node(PlanOp::in_set, Shape::truth, person_level, {chosen});
  const NodeId self = sample.node(PlanOp::in_set, Shape::truth, person_level, {known_people});
  const Values values = sample.run();
  EXPECT_EQ(all(values, pair), "F T TF F T");
  EXPECT_EQ(all(values, back), "{1 } {| 0 } {0 }");
  EXPECT_EQ(all(values, own), "TF T F");
  EXPECT_EQ(all(values, self), "F F T");
}

TEST(People, AreInAnUndefinedSetNeitherWay) {
  Sample sample({1, 1});
  const NodeId a = sample.people({absent(), or_absent(set(1, 1))});
  const NodeId id = sample.node(PlanOp::in_set, Shape::truth, person_level, {a});
  EXPECT_EQ(all(sample.run(), id), "U TU");
}

TEST(People, AreCountedFromSurelyToPossibly) {
  Sample sample({4, 4, 4});
  const NodeId a = sample.people({set(3, 3), set(1, 15), absent()}, household_level);
  const NodeId id = sample.node(PlanOp::set_size, Shape::number, household_level, {a});
  EXPECT_EQ(all(sample.run(), id), "2 [1..4] undefined");
}

TEST(People, OfAConstantSetAreNobody) {
  Sample sample({2});
  const NodeId nobody = sample.node(PlanOp::constant, Shape::set, world_level, {});
  const NodeId a = sample.people({set(1, 3)}, household_level);
  const NodeId both = sample.node(PlanOp::set_union, Shape::set, household_level, {nobody, a});
  const NodeId in = sample.node(PlanOp::in_set, Shape::truth, person_level, {nobody});
  const Values values = sample.run();
  EXPECT_EQ(all(values, both), "{0 | 0 1 }");
  EXPECT_EQ(all(values, in), "F F");
}

TEST(People, OfLargeHouseholdsTakeSeveralWords) {
  Sample sample({most_people, 2});
  ASSERT_EQ(sample.table.set_words, 4);
  const NodeId self = sample.node(PlanOp::self_set, Shape::set, person_level, {});
  const NodeId everyone = sample.node(PlanOp::everyone, Shape::set, household_level, {});
  const NodeId all_selves = sample.node(PlanOp::compose, Shape::set, household_level, {everyone, self});
  const NodeId size = sample.node(PlanOp::set_size, Shape::number, household_level, {all_selves});
  const NodeId in = sample.node(PlanOp::in_set, Shape::truth, person_level, {all_selves});
  const NodeId count = sample.node(PlanOp::count, Shape::number, household_level, {in});
  const Values values = sample.run();
  EXPECT_EQ(all(values, size), "250 2");
  EXPECT_EQ(all(values, count), "250 2");
  EXPECT_TRUE(values.surely_in(self, 249, 249));
  EXPECT_FALSE(values.possibly_in(self, 249, 248));
}

}  // namespace
}  // namespace duly::test
