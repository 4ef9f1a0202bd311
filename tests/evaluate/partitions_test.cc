#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

/// Households whose people are related as given: a relation by person, read as a pair condition.
struct Relations {
  Sample sample;
  NodeId pair;
  explicit Relations(std::vector<int> sizes, std::vector<Cell> related) : sample(std::move(sizes)) {
    pair = sample.node(PlanOp::in_set, Shape::truth, pair_level, {sample.people(std::move(related))});
  }
  NodeId op(PlanOp op, std::vector<NodeId> args, LevelId level = person_level, Shape shape = Shape::set) {
    return sample.node(op, shape, level, std::move(args));
  }
  NodeId together(NodeId before = no_node) { return op(PlanOp::closure, {before, pair}); }
  NodeId units(NodeId groups) {
    const NodeId id = op(PlanOp::make_units, {groups});
    sample.at(id).index = unit_level;
    return id;
  }
  NodeId in_unit() {
    const NodeId id = op(PlanOp::in_unit, {}, person_level, Shape::truth);
    sample.at(id).index = unit_level;
    return id;
  }
};

TEST(Closure, JoinsChainsEitherWayRound) {
  Relations r({4, 1}, {set(2, 2), set(0, 0), set(2, 2), set(0, 0), set(0, 0)});
  const NodeId id = r.together();
  EXPECT_EQ(all(r.sample.run(), id), "{0 1 2 } {0 1 2 } {0 1 2 } {3 } {0 }");
}

TEST(Closure, PossibleLinksJoinPossibly) {
  Relations r({3}, {set(2, 2), set(0, 4), set(0, 0)});
  const NodeId id = r.together();
  EXPECT_EQ(all(r.sample.run(), id), "{0 1 | 0 1 2 } {0 1 | 0 1 2 } {2 | 0 1 2 }");
}

TEST(Closure, KeepsTheGroupsOfTheStepBefore) {
  Relations r({3}, {set(2, 2), set(0, 0), set(0, 0)});
  const NodeId first = r.together();
  const NodeId others = r.sample.node(PlanOp::in_set, Shape::truth, pair_level, {r.sample.people({set(0, 0), set(4, 4), set(0, 0)})});
  const NodeId second = r.op(PlanOp::closure, {first, others});
  EXPECT_EQ(all(r.sample.run(), second), "{0 1 2 } {0 1 2 } {0 1 2 }");
}

TEST(Closure, OfAConstantConditionJoinsEverybody) {
  Relations r({2, 3}, {});
  const NodeId id = r.op(PlanOp::closure, {no_node, r.sample.constant_truth(true)});
  EXPECT_EQ(all(r.sample.run(), id), "{0 1 } {0 1 } {0 1 2 } {0 1 2 } {0 1 2 }");
}

TEST(Closure, IsUndefinedForThoseAnUndefinedPairCouldJoin) {
  Relations r({3}, {absent(), set(0, 0), set(0, 0)});
  const NodeId all_open = r.together();
  EXPECT_EQ(all(r.sample.run(), all_open), "undefined undefined undefined");
  Relations one({4}, {set(2, 2), set(0, 0), or_absent(set(0, 0)), set(0, 0)});
  const NodeId id = one.together();
  EXPECT_EQ(all(one.sample.run(), id), "{0 1 } or undefined {0 1 } or undefined {2 } or undefined {3 } or undefined");
}

/// What becomes of three people whom the first one's relations join, and whose first two another condition joins with an undefined one.
std::string with_two_of_undefined_relation(const Cell& relations_of_the_first) {
  Relations r({3}, {relations_of_the_first, set(0, 0), set(0, 0)});
  const auto related = [&](std::vector<Cell> cells) {
    return r.sample.node(PlanOp::in_set, Shape::truth, pair_level, {r.sample.people(std::move(cells))});
  };
  const NodeId undefined_between_two =
      r.op(PlanOp::logical_and, {related({set(0, 0), set(1, 1), set(0, 0)}), related({set(0, 0), absent(), set(0, 0)})}, pair_level, Shape::truth);
  const NodeId id = r.op(PlanOp::closure, {no_node, r.pair, undefined_between_two});
  return all(r.sample.run(), id);
}

TEST(Closure, IsDefinedForWhoMayJoinTwoWhoAreTogetherAnyway) {
  EXPECT_EQ(with_two_of_undefined_relation(set(2, 6)), "{0 1 | 0 1 2 } {0 1 | 0 1 2 } {2 | 0 1 2 }");
  EXPECT_EQ(with_two_of_undefined_relation(set(0, 6)), "{0 | 0 1 2 } or undefined {1 | 0 1 2 } or undefined {2 | 0 1 2 } or undefined");
}

TEST(Outside, TakesPeopleOutOfTheirGroups) {
  Relations r({3}, {set(6, 6), set(0, 0), set(0, 0)});
  const NodeId out = r.sample.truths({truth(no), truth(yes), truth(no)}, person_level);
  const NodeId id = r.op(PlanOp::outside, {r.together(), out});
  EXPECT_EQ(all(r.sample.run(), id), "{0 2 } {} {0 2 }");
}

TEST(Outside, PossiblyLeavesOthersLessSure) {
  Relations r({3}, {set(6, 6), set(0, 0), set(0, 0)});
  const NodeId out = r.sample.truths({truth(no), truth(open), truth(no)}, person_level);
  const NodeId id = r.op(PlanOp::outside, {r.together(), out});
  EXPECT_EQ(all(r.sample.run(), id), "{0 2 | 0 1 2 } {| 0 1 2 } {0 2 | 0 1 2 }");
}

TEST(Outside, ThoseOutAreNotJoinedAgain) {
  Relations r({3}, {set(6, 6), set(4, 4), set(0, 0)});
  const NodeId out = r.sample.truths({truth(no), truth(yes), truth(no)}, person_level);
  const NodeId left = r.op(PlanOp::outside, {r.together(), out});
  const NodeId id = r.together(left);
  EXPECT_EQ(all(r.sample.run(), id), "{0 2 } {} {0 2 }");
}

TEST(Outside, IsUndefinedForTheGroupOfWhomItIsUndefined) {
  Relations r({3}, {set(2, 2), set(0, 0), set(0, 0)});
  const NodeId out = r.sample.truths({absent(), truth(no), truth(no)}, person_level);
  const NodeId id = r.op(PlanOp::outside, {r.together(), out});
  EXPECT_EQ(all(r.sample.run(), id), "undefined undefined {2 }");
}

struct Bundles : Relations {
  NodeId split;
  explicit Bundles(std::vector<Cell> brings, Cell related = set(14, 14))
      : Relations({4}, {related, set(0, 0), set(0, 0), set(0, 0)}), split(op(PlanOp::split, {together(), sample.people(std::move(brings))})) {}
};

TEST(Split, ABundleLeavesItsGroup) {
  Bundles b({set(0, 0), set(6, 6), set(0, 0), set(0, 0)});
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 3 } {1 2 } {1 2 } {0 3 }");
}

TEST(Split, BringsOneselfAlong) {
  Bundles b({set(0, 0), set(4, 4), set(0, 0), set(0, 0)});
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 3 } {1 2 } {1 2 } {0 3 }");
}

TEST(Split, OverlappingBundlesJoin) {
  Bundles b({set(0, 0), set(6, 6), set(12, 12), set(0, 0)});
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 } {1 2 3 } {1 2 3 } {1 2 3 }");
}

TEST(Split, SeparateBundlesMakeSeparateGroups) {
  Bundles b({set(1, 1), set(6, 6), set(0, 0), set(0, 0)});
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 } {1 2 } {1 2 } {3 }");
}

TEST(Split, ABundleStaysWithinItsGroup) {
  Bundles b({set(0, 0), set(14, 14), set(0, 0), set(0, 0)}, set(2, 2));
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 } {1 } {2 } {3 }");
}

TEST(Split, APossibleBundleLeavesEachGroupOpen) {
  Bundles b({set(0, 0), set(0, 2), set(0, 0), set(0, 0)});
  EXPECT_EQ(all(b.sample.run(), b.split), "{0 2 3 | 0 1 2 3 } {1 | 0 1 2 3 } {0 2 3 | 0 1 2 3 } {0 2 3 | 0 1 2 3 }");
}

TEST(Split, IsUndefinedForTheGroupOfAnUndefinedBundle) {
  Bundles b({absent(), set(0, 0), set(0, 0), set(0, 0)}, set(2, 2));
  EXPECT_EQ(all(b.sample.run(), b.split), "undefined undefined {2 } {3 }");
}

TEST(Units, AreMadeInTheOrderOfTheirFirstPerson) {
  Relations r({3, 0, 2}, {set(4, 4), set(0, 0), set(0, 0), set(0, 0), set(0, 0)});
  const NodeId groups = r.units(r.together());
  const NodeId people = r.op(PlanOp::unit_people, {}, unit_level);
  const NodeId settled = r.op(PlanOp::unit_settled, {}, unit_level, Shape::truth);
  const NodeId in = r.in_unit();
  const Values values = r.sample.run();
  EXPECT_EQ(all(values, groups), "{0 2 } {1 } {0 2 } {0 } {1 }");
  EXPECT_EQ(all(values, people), "{0 2 } {1 } {0 } {1 }");
  EXPECT_EQ(all(values, settled), "T T T T");
  EXPECT_EQ(all(values, in), "T T T T T");
  const Rows& units = values.rows(unit_level);
  EXPECT_EQ(units.count, 4);
  EXPECT_EQ(units.household[1], 0);
  EXPECT_EQ(units.household[2], 2);
  EXPECT_EQ(units.begin[1], 2);
  EXPECT_EQ(units.begin[2], 2);
  EXPECT_EQ(units.begin[3], 4);
}

TEST(Units, SumTheirPeopleAndReadBack) {
  Relations r({3}, {set(4, 4), set(0, 0), set(0, 0)});
  const NodeId x = r.sample.numbers({known(1), known(10), known(100)}, person_level);
  const NodeId out = r.sample.truths({truth(no), truth(yes), truth(no)}, person_level);
  r.units(r.op(PlanOp::outside, {r.together(), out}));
  const NodeId in = r.in_unit();
  const NodeId sum = r.op(PlanOp::sum, {x, in}, unit_level, Shape::number);
  const NodeId own = r.op(PlanOp::lift, {sum}, person_level, Shape::number);
  const NodeId rent = r.sample.numbers({known(700)});
  const NodeId of_unit = r.op(PlanOp::lift, {rent}, unit_level, Shape::number);
  const Values values = r.sample.run();
  EXPECT_EQ(all(values, sum), "101");
  EXPECT_EQ(all(values, in), "T F T");
  EXPECT_EQ(all(values, own), "101 undefined 101");
  EXPECT_EQ(all(values, of_unit), "700");
}

TEST(Units, AreOpenWhereALinkIsOnlyPossible) {
  Relations r({3}, {set(2, 2), set(0, 4), set(0, 0)});
  r.units(r.together());
  const NodeId people = r.op(PlanOp::unit_people, {}, unit_level);
  const NodeId settled = r.op(PlanOp::unit_settled, {}, unit_level, Shape::truth);
  const NodeId in = r.in_unit();
  const NodeId size = r.op(PlanOp::count, {in}, unit_level, Shape::number);
  const Values values = r.sample.run();
  // The third may be a unit alone: from there nobody else is surely in.
  EXPECT_EQ(all(values, people), "{| 0 1 2 }");
  EXPECT_EQ(all(values, settled), "TF");
  EXPECT_EQ(all(values, in), "TF TF TF");
  EXPECT_EQ(all(values, size), "[0..3]");
}

TEST(Units, APersonPossiblyInNoUnitMayReadNoValue) {
  Relations r({2}, {set(2, 2), set(0, 0)});
  const NodeId out = r.sample.truths({truth(no), truth(open)}, person_level);
  r.units(r.op(PlanOp::outside, {r.together(), out}));
  const NodeId one = r.op(PlanOp::count, {r.in_unit()}, unit_level, Shape::number);
  const NodeId own = r.op(PlanOp::lift, {one}, person_level, Shape::number);
  const NodeId people = r.op(PlanOp::unit_people, {}, unit_level);
  const NodeId in = r.op(PlanOp::in_set, {people}, person_level, Shape::truth);
  const Values values = r.sample.run();
  EXPECT_EQ(all(values, own), "[0..2] [0..2] or undefined");
  EXPECT_EQ(all(values, in), "TF TF");
}

TEST(Units, PairWithThePeopleAndRecordsOfTheirHousehold) {
  Sample sample({2, 1}, {0}, {1});
  const NodeId pair = sample.node(PlanOp::in_set, Shape::truth, pair_level, {sample.people({set(0, 0), set(0, 0), set(0, 0)})});
  const NodeId groups = sample.node(PlanOp::closure, Shape::set, person_level, {no_node, pair});
  sample.at(sample.node(PlanOp::make_units, Shape::set, person_level, {groups})).index = unit_level;
  const NodeId people = sample.node(PlanOp::unit_people, Shape::set, unit_level, {});
  const NodeId member = sample.node(PlanOp::in_set, Shape::truth, unit_person_level, {people});
  const NodeId back = sample.node(PlanOp::set_from_rows, Shape::set, unit_level, {member});
  const NodeId amount = sample.numbers({known(30), known(50)}, bill_level);
  const NodeId own = sample.node(PlanOp::lift, Shape::number, unit_bill_level, {amount});
  sample.at(own).via = Via::second;
  const NodeId sum = sample.node(PlanOp::sum, Shape::number, unit_level, {own, sample.constant_truth(true)});
  const Values values = sample.run();
  EXPECT_EQ(all(values, member), "T F F T T");
  EXPECT_EQ(all(values, back), "{0 } {1 } {0 }");
  EXPECT_EQ(all(values, sum), "30 30 50");
}

TEST(Units, ThatAreGivenHoldTheWholeHousehold) {
  Relations r({2, 0}, {set(0, 0), set(0, 0)});
  r.sample.table.one_unit = {partition_rule};
  const NodeId groups = r.units(r.together());
  const NodeId people = r.op(PlanOp::unit_people, {}, unit_level);
  const NodeId settled = r.op(PlanOp::unit_settled, {}, unit_level, Shape::truth);
  const NodeId in = r.in_unit();
  const Values values = r.sample.run();
  EXPECT_EQ(all(values, groups), "{0 1 } {0 1 }");
  EXPECT_EQ(all(values, people), "{0 1 } {}");
  EXPECT_EQ(all(values, settled), "T T");
  EXPECT_EQ(all(values, in), "T T");
  EXPECT_EQ(values.rows(unit_level).count, 2);
}

TEST(Units, OfALargeHouseholdAreOne) {
  Relations r({most_people}, std::vector<Cell>(most_people, set(0, 0)));
  const NodeId groups = r.op(PlanOp::closure, {no_node, r.sample.constant_truth(true)});
  r.units(groups);
  const NodeId size = r.op(PlanOp::set_size, {r.op(PlanOp::unit_people, {}, unit_level)}, unit_level, Shape::number);
  EXPECT_EQ(all(r.sample.run(), size), "250");
}

}  // namespace
}  // namespace duly::test
