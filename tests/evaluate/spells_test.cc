#include <gtest/gtest.h>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

/// Stays of one person, decided on day 1000. A gap under 7 nights is no break; under 90 nights in institutions it counts.
struct Stays {
  std::vector<Cell> kept, from, until, institution;
  Cell decided = known(1000);

  Stays& stay(std::int64_t first, std::int64_t end) { return add(truth(yes), known(first), known(end), truth(no)); }
  Stays& open_stay(std::int64_t first) { return add(truth(yes), known(first), absent(), truth(no)); }
  Stays& elsewhere(std::int64_t first, std::int64_t end) { return add(truth(no), known(first), known(end), truth(no)); }
  Stays& institution_stay(std::int64_t first, std::int64_t end) { return add(truth(no), known(first), known(end), truth(yes)); }
  Stays& add(Cell is_kept, Cell first, Cell end, Cell is_institution) {
    kept.push_back(is_kept);
    from.push_back(first);
    until.push_back(end);
    institution.push_back(is_institution);
    return *this;
  }

  struct Result {
    std::string first, until, nights, open, count;
  };
  Result run() {
    Sample sample({1}, {static_cast<int>(kept.size())});
    const NodeId k = sample.truths(kept, income_level);
    const NodeId f = sample.numbers(from, income_level);
    const NodeId u = sample.numbers(until, income_level);
    const NodeId i = sample.truths(institution, income_level);
    const NodeId d = sample.numbers({decided});
    const NodeId made = sample.node(PlanOp::make_spells, Shape::truth, income_level, {k, f, u, i, d});
    sample.at(made).index = spell_level;
    sample.at(made).k = 7;
    sample.at(made).k2 = 90;
    NodeId fields[4];
    for (int n = 0; n < 4; ++n) {
      fields[n] = sample.node(PlanOp::spell_field, n == 3 ? Shape::truth : Shape::number, spell_level, {made});
      sample.at(fields[n]).index = n;
    }
    const NodeId count = sample.node(PlanOp::count, Shape::number, person_level, {sample.constant_truth(true)});
    sample.at(count).index = spell_level;
    const Values values = sample.run();
    return {all(values, fields[0]), all(values, fields[1]), all(values, fields[2]), all(values, fields[3]), all(values, count)};
  }
};

TEST(Spells, AreTheKeptRecords) {
  const auto r = Stays().stay(100, 110).elsewhere(110, 200).stay(200, 205).run();
  EXPECT_EQ(r.first, "100 200");
  EXPECT_EQ(r.until, "110 205");
  EXPECT_EQ(r.nights, "10 5");
  EXPECT_EQ(r.open, "F F");
  EXPECT_EQ(r.count, "2");
}

TEST(Spells, OfRecordsThatTouchOrOverlapAreOne) {
  const auto r = Stays().stay(110, 120).stay(100, 110).stay(115, 118).stay(118, 125).run();
  EXPECT_EQ(r.first + " " + r.until + " " + r.nights, "100 125 25");
}

TEST(Spells, ShortGapsAreNoBreakAndDoNotCount) {
  EXPECT_EQ(Stays().stay(100, 110).stay(116, 120).run().nights, "14");
  EXPECT_EQ(Stays().stay(100, 110).stay(117, 120).run().nights, "10 3");
}

TEST(Spells, GapsInInstitutionsCount) {
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(110, 199).stay(199, 200).run().nights, "100");
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(110, 200).stay(200, 201).run().nights, "10 1");
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(110, 113).stay(113, 115).run().nights, "15");
}

TEST(Spells, GapsOnlyPartlyInInstitutionsAreBreaks) {
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(110, 140).stay(141, 150).run().nights, "10 9");
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(111, 141).stay(141, 150).run().nights, "10 9");
  EXPECT_EQ(Stays().stay(100, 110).institution_stay(120, 141).institution_stay(108, 120).stay(141, 150).run().nights, "50");
}

TEST(Spells, WithoutAnEndLastUntilTheDayDecided) {
  const auto r = Stays().stay(900, 950).open_stay(960).run();
  EXPECT_EQ(r.first + ", " + r.until + ", " + r.nights + ", " + r.open, "900 960, 950 1000, 50 40, F T");
}

TEST(Spells, OfNobodyAreNone) {
  const auto r = Stays().elsewhere(1, 2).run();
  EXPECT_EQ(r.count + r.first, "0");
}

TEST(Spells, WithARecordThatMayBeKeptAreOneRowForEach) {
  const auto r = Stays().stay(100, 110).add(truth(open), known(105), known(120), truth(no)).run();
  EXPECT_EQ(r.first, "100 105");
  EXPECT_EQ(r.until, "[110..120] 120");
  EXPECT_EQ(r.nights, "[10..20] 15");
  EXPECT_EQ(r.count, "[0..2]");
}

TEST(Spells, WithAnOpenEndMayBeOver) {
  const auto r = Stays().add(truth(yes), known(100), or_absent(between(120, 130)), truth(no)).run();
  EXPECT_EQ(r.until, "[120..1000]");
  EXPECT_EQ(r.open, "TF");
}

TEST(Spells, WithoutAFirstDayMayBeUndefined) {
  const auto r = Stays().add(truth(yes), absent(), known(120), truth(no)).run();
  EXPECT_NE(r.first.find("or undefined"), std::string::npos);
  EXPECT_EQ(r.count, "[0..1]");
}

TEST(Spells, AnOpenInstitutionLeavesTheGapOpen) {
  const auto r = Stays().stay(100, 110).add(truth(no), known(110), known(150), truth(open)).stay(150, 151).run();
  EXPECT_EQ(r.nights, "[10..51] 1");
  EXPECT_EQ(r.count, "[0..2]");
}

}  // namespace
}  // namespace duly::test
