#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

constexpr std::int64_t benefit = 24'300;

/// The months of one person's records; the window reaches 36 months back.
struct History {
  Sample sample;
  NodeId benefit_month;
  NodeId months;
  History(std::vector<Cell> month, std::vector<Cell> included, Cell decided = known(benefit)) : sample({1}, {static_cast<int>(month.size())}) {
    const NodeId value = sample.numbers(std::move(month), income_level);
    const NodeId counted = sample.truths(std::move(included), income_level);
    benefit_month = sample.numbers({decided});
    months = sample.node(PlanOp::months_from_rows, Shape::set, person_level, {value, counted, benefit_month});
    sample.at(months).k = 36;
  }
  std::string run(NodeId id) { return all(sample.run(), id); }
};

TEST(Months, CountBackFromTheBenefitMonth) {
  History h({known(benefit), known(benefit - 3), known(benefit - 36), known(benefit - 3), known(benefit - 5)},
            {truth(yes), truth(yes), truth(yes), truth(yes), truth(no)});
  EXPECT_EQ(h.run(h.months), "{0 3 36 }");
}

TEST(Months, OutsideTheWindowAreUndefined) {
  EXPECT_EQ(History({known(benefit - 36)}, {truth(yes)}).run(3), "{36 }");
  EXPECT_EQ(History({known(benefit - 37)}, {truth(yes)}).run(3), "undefined");
  EXPECT_EQ(History({known(benefit + 1)}, {truth(yes)}).run(3), "undefined");
  EXPECT_EQ(History({known(benefit - 37)}, {truth(open)}).run(3), "{} or undefined");
  EXPECT_EQ(History({known(benefit - 37)}, {truth(no)}).run(3), "{}");
}

TEST(Months, OpenRecordsCountPossibly) {
  History h({known(benefit - 1), between(benefit - 4, benefit - 2), between(benefit - 37, benefit - 35)}, {truth(open), truth(yes), truth(yes)});
  EXPECT_EQ(h.run(h.months), "{| 1 2 3 4 35 36 } or undefined");
}

TEST(Months, AreCutToBounds) {
  History h({known(benefit - 1), known(benefit - 5), known(benefit - 9)}, {truth(yes), truth(open), truth(yes)});
  const NodeId low = h.sample.numbers({between(benefit - 9, benefit - 8)}, person_level);
  const NodeId high = h.sample.numbers({known(benefit - 2)}, person_level);
  const NodeId cut = h.sample.node(PlanOp::months_between_bounds, Shape::set, person_level, {h.months, low, high, h.benefit_month});
  const NodeId count = h.sample.node(PlanOp::set_size, Shape::number, person_level, {cut});
  const Values values = h.sample.run();
  EXPECT_EQ(all(values, cut), "{| 5 9 }");
  EXPECT_EQ(all(values, count), "[0..2]");
}

TEST(Months, InARowAreTheLongestRun) {
  History h({known(benefit - 1), known(benefit - 2), known(benefit - 3), known(benefit - 4), known(benefit - 6)},
            {truth(yes), truth(yes), truth(open), truth(yes), truth(yes)});
  const NodeId run = h.sample.node(PlanOp::months_run, Shape::number, person_level, {h.months});
  EXPECT_EQ(h.run(run), "[2..4]");
}

TEST(Months, HoldAMonthTheySurelyOrPossiblyHold) {
  History h({known(benefit - 1), known(benefit - 2)}, {truth(yes), truth(open)});
  std::string found;
  std::vector<NodeId> nodes;
  for (const Cell& month :
       {known(benefit - 1), known(benefit - 2), known(benefit - 3), between(benefit - 2, benefit - 1), known(benefit + 1), known(benefit - 99)})
    nodes.push_back(
        h.sample.node(PlanOp::has_month, Shape::truth, person_level, {h.months, h.sample.numbers({month}, person_level), h.benefit_month}));
  const Values values = h.sample.run();
  for (const NodeId id : nodes) found += all(values, id) + " ";
  EXPECT_EQ(found, "T TF F TF F F ");
}

TEST(Months, OfAnOpenBenefitMonthAreOpen) {
  History h({known(benefit - 1)}, {truth(yes)}, between(benefit - 1, benefit));
  EXPECT_EQ(h.run(h.months), "{| 0 1 }");
}

TEST(Months, OfWhichNothingIsKnownMayBeAllOfTheWindow) {
  Sample sample({1});
  Term term;
  term.type.base = Base::months;
  sample.program->terms = {term};
  const NodeId id = sample.node(PlanOp::unknown, Shape::set, person_level, {});
  sample.at(id).origin = 0;
  sample.at(id).k = 70;
  sample.at(id).words = 2;
  const NodeId count = sample.node(PlanOp::set_size, Shape::number, person_level, {id});
  EXPECT_EQ(all(sample.run(), count), "[0..71]");
}

TEST(Months, OfALongWindowTakeSeveralWords) {
  History h({known(benefit - 100), known(benefit - 101)}, {truth(yes), truth(yes)});
  h.sample.at(h.months).k = 120;
  h.sample.at(h.months).words = 2;
  const NodeId run = h.sample.node(PlanOp::months_run, Shape::number, person_level, {h.months});
  const Values values = h.sample.run();
  EXPECT_EQ(all(values, h.months), "{100 101 }");
  EXPECT_EQ(all(values, run), "2");
}

}  // namespace
}  // namespace duly::test
