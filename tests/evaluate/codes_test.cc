#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compile/lookup_table.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

TEST(Codes, AreEqualWhereTheyMayBeTheSameWord) {
  Sample sample(std::vector<int>(5, 1));
  const NodeId x = sample.codes({words(1), words(1), words(3), words(3), or_absent(words(2))});
  const NodeId y = sample.codes({words(1), words(2), words(2), words(3), words(2)});
  const NodeId columns = sample.node(PlanOp::code_equal, Shape::truth, household_level, {x, y});
  const NodeId constant = sample.node(PlanOp::code_equal, Shape::truth, household_level, {x, sample.constant_code(2)});
  const NodeId swapped = sample.node(PlanOp::code_equal, Shape::truth, household_level, {sample.constant_code(2), x});
  const Values values = sample.run();
  EXPECT_EQ(all(values, columns), "T F TF TF TU");
  EXPECT_EQ(all(values, constant), "F F TF TF TU");
  EXPECT_EQ(all(values, swapped), "F F TF TF TU");
}

TEST(Codes, AreInAListOfWordsWhereEveryPossibleWordIs) {
  Sample sample(std::vector<int>(4, 1));
  const NodeId x = sample.codes({words(1), words(8), words(9), absent()});
  const NodeId id = sample.node(PlanOp::code_in, Shape::truth, household_level, {x});
  sample.at(id).bits = 3;
  EXPECT_EQ(all(sample.run(), id), "T F TF U");
}

TEST(Codes, SurelyAbsentHaveNoWord) {
  Sample sample({1, 1});
  const NodeId x = sample.codes({absent(), or_absent(words(2))});
  const Values values = sample.run();
  EXPECT_EQ(values.possible_words(x, 0), 0U);
  EXPECT_EQ(values.possible_words(x, 1), 2U);
}

TEST(Codes, AllWordsAreOpenWhereNothingIsKnown) {
  Sample sample({1});
  const NodeId id = sample.node(PlanOp::unknown, Shape::code, household_level, {});
  sample.at(id).bits = 7;
  EXPECT_EQ(all(sample.run(), id), "0/1/2");
}

struct Lists {
  Sample sample{std::vector<int>(4, 1)};
  NodeId list = sample.given({.level = household_level, .shape = Shape::set, .base = Base::codes}, {set(1, 1), set(1, 3), set(0, 2), set(3, 3)});
};

TEST(SetsOfCodes, HoldAWordTheySurelyOrPossiblyHold) {
  Lists l;
  const NodeId code = l.sample.codes({words(1), words(2), words(6), words(3)});
  const NodeId has = l.sample.node(PlanOp::has_word, Shape::truth, household_level, {l.list, code});
  const NodeId second = l.sample.node(PlanOp::word_in_set, Shape::truth, household_level, {l.list});
  l.sample.at(second).index = 1;
  const Values values = l.sample.run();
  EXPECT_EQ(all(values, has), "T TF TF T");
  EXPECT_EQ(all(values, second), "F TF TF T");
}

TEST(SetsOfCodes, OfLongListsAreAskedByIndex) {
  Lists l;
  const NodeId index = l.sample.numbers({known(0), between(0, 1), between(5, 60), known(1)});
  const NodeId has = l.sample.node(PlanOp::has_word, Shape::truth, household_level, {l.list, index});
  EXPECT_EQ(all(l.sample.run(), has), "T TF F T");
}

/// Two keys, 2 words by numbers from 1: 10 20 30 / 40 absent 60; past 3 in the first row 5 more for each.
struct Limits {
  Sample sample{std::vector<int>(1, 1)};
  LookupTable table;
  Limits() {
    table.extents = {2, 3};
    table.key_offset = {0, 1};
    table.state = {LookupTable::value, LookupTable::value, LookupTable::value, LookupTable::value, LookupTable::absent, LookupTable::no_row};
    table.low = table.high = {10, 20, 30, 40, 0, 0};
    table.each_more = {0, 0, 5, 0, 0, 0};
    table.grows_from = {0, 0, 3, 0, 0, 0};
  }
  /// The value, and whether it is absent.
  std::string of(const Cell& word, const Cell& number) {
    sample = Sample({1});
    sample.plan.tables = {table};
    const NodeId x = sample.codes({word});
    const NodeId y = sample.numbers({number});
    const NodeId value = sample.node(PlanOp::lookup, Shape::number, household_level, {x, y});
    const NodeId none = sample.node(PlanOp::lookup_absent, Shape::truth, household_level, {x, y});
    sample.at(value).index = sample.at(none).index = 0;
    const Values values = sample.run();
    return all(values, value) + ", " + all(values, none);
  }
};

TEST(Lookup, FindsTheCellOfKnownKeys) {
  Limits limits;
  EXPECT_EQ(limits.of(words(1), known(1)), "10, F");
  EXPECT_EQ(limits.of(words(1), known(2)), "20, F");
  EXPECT_EQ(limits.of(words(2), known(1)), "40, F");
}

TEST(Lookup, GrowsPastTheLastNumber) {
  Limits limits;
  EXPECT_EQ(limits.of(words(1), known(3)), "30, F");
  EXPECT_EQ(limits.of(words(1), known(4)), "35, F");
  EXPECT_EQ(limits.of(words(1), known(10)), "65, F");
  EXPECT_EQ(limits.of(words(1), between(4, 6)), "[35..45], F");
  EXPECT_EQ(limits.of(words(1), between(1, 5)), "[10..40], F");
}

TEST(Lookup, BelowTheFirstNumberThereIsNoRow) {
  Limits limits;
  EXPECT_EQ(limits.of(words(1), known(0)), "undefined, U");
  EXPECT_EQ(limits.of(words(1), between(0, 1)), "10 or undefined, FU");
  EXPECT_EQ(limits.of(words(1), between(-5, -2)), "undefined, U");
}

TEST(Lookup, TellsAbsentFromNoRow) {
  Limits limits;
  EXPECT_EQ(limits.of(words(2), known(2)), "undefined, T");
  EXPECT_EQ(limits.of(words(2), known(3)), "undefined, U");
  EXPECT_EQ(limits.of(words(2), between(1, 2)), "40 or undefined, TF");
  EXPECT_EQ(limits.of(words(3), between(1, 3)), "[10..40] or undefined, TFU");
}

TEST(Lookup, AGapIsTheWholeRangeAndNotAbsent) {
  Limits limits;
  limits.table.state[1] = LookupTable::gap;
  limits.table.low[1] = 5;
  limits.table.high[1] = 95;
  EXPECT_EQ(limits.of(words(1), known(2)), "[5..95], F");
  EXPECT_EQ(limits.of(words(1), known(1)), "10, F");
}

TEST(Lookup, IsUndefinedWhereAKeyIs) {
  Limits limits;
  EXPECT_EQ(limits.of(absent(), known(1)), "undefined, U");
  EXPECT_EQ(limits.of(words(1), or_absent(known(2))), "20 or undefined, FU");
}

TEST(Lookup, WithoutKeysIsOneCell) {
  Sample sample({1, 1});
  LookupTable table;
  table.state = {LookupTable::value};
  table.low = table.high = {744};
  sample.plan.tables = {table};
  const NodeId id = sample.node(PlanOp::lookup, Shape::number, household_level, {});
  sample.at(id).index = 0;
  sample.at(id).denominator = 100;
  EXPECT_EQ(all(sample.run(), id), "744 744");
}

TEST(Lookup, OfOneKnownNumberIsTheSameWhereThePlanProvesThatEveryCellInReachHoldsAValue) {
  LookupTable table;
  table.extents = {4};
  table.key_offset = {0};
  table.state = {LookupTable::no_row, LookupTable::value, LookupTable::value, LookupTable::value};
  table.low = table.high = {0, 298, 546, 785};
  table.each_more = {0, 0, 0, 209};
  table.grows_from = {0, 0, 0, 3};
  std::vector<Cell> sizes;
  for (std::int64_t size = 1; size <= 20; ++size) sizes.push_back(known(size));
  Sample sample(std::vector<int>(sizes.size(), 1));
  sample.plan.tables = {table};
  const NodeId key = sample.numbers(sizes);
  const NodeId proven = sample.node(PlanOp::lookup, Shape::number, household_level, {key});
  const NodeId searched = sample.node(PlanOp::lookup, Shape::number, household_level, {key});
  sample.at(proven).index = sample.at(searched).index = 0;
  sample.at(proven).is_small = true;
  const Values values = sample.run();
  EXPECT_EQ(all(values, proven), all(values, searched));
  EXPECT_EQ(values.number(proven, 19).low, 785 + 17 * 209);
}

TEST(Lookup, FindsTheSameWherePlacesOfAnOpenKeyAreJoined) {
  LookupTable walked;
  walked.extents = {20, 3, 17};
  walked.key_offset = {0, 1, 0};
  for (std::int64_t cell = 0; cell < 20 * 3 * 17; ++cell) {
    walked.state.push_back(cell % 101 == 7   ? LookupTable::absent
                           : cell % 211 == 9 ? LookupTable::no_row
                           : cell % 13 == 3  ? LookupTable::gap
                                             : LookupTable::value);
    walked.low.push_back(cell * 37 % 1009);
    walked.high.push_back(walked.low.back() + (walked.state.back() == LookupTable::gap ? 50 : 0));
  }
  LookupTable joined = walked;
  join_places(joined);
  EXPECT_THAT(joined.over_key, testing::ElementsAre(testing::SizeIs(3 * 17), testing::IsEmpty(), testing::SizeIs(20 * 3)));
  const std::vector<Cell> places = {known(0),       known(4),       known(19),      known(300),   between(0, 400),
                                    between(0, 19), between(0, 18), between(1, 19), between(3, 9)};
  const std::vector<Cell> few = {known(1), known(2), between(1, 2), between(1, 9), known(0)};
  std::vector<Cell> first, second, third;
  for (const Cell& a : places)
    for (const Cell& b : few)
      for (const Cell& c : places) first.push_back(a), second.push_back(b), third.push_back(c);
  Sample sample(std::vector<int>(first.size(), 1));
  sample.plan.tables = {walked, joined};
  const std::vector<NodeId> keys{sample.numbers(first), sample.numbers(second), sample.numbers(third)};
  std::vector<NodeId> found;
  for (const PlanOp op : {PlanOp::lookup, PlanOp::lookup_absent})
    for (const int table : {0, 1}) {
      found.push_back(sample.node(op, op == PlanOp::lookup ? Shape::number : Shape::truth, household_level, keys));
      sample.at(found.back()).index = table;
    }
  const Values values = sample.run();
  EXPECT_EQ(all(values, found[0]), all(values, found[1]));
  EXPECT_EQ(all(values, found[2]), all(values, found[3]));
}

TEST(Lookup, GivesCodesAndTruths) {
  Sample sample({1, 1, 1});
  LookupTable table;
  table.extents = {3};
  table.key_offset = {0};
  table.state = {LookupTable::value, LookupTable::value, LookupTable::gap};
  table.shape = Shape::code;
  table.low = table.high = {1, 2, 7};
  LookupTable truths = table;
  truths.shape = Shape::number;
  truths.low = {1, 0, 0};
  truths.high = {1, 0, 1};
  sample.plan.tables = {table, truths};
  const NodeId key = sample.codes({words(1), words(3), words(4)});
  const NodeId code = sample.node(PlanOp::lookup, Shape::code, household_level, {key});
  const NodeId truth = sample.node(PlanOp::lookup, Shape::truth, household_level, {key});
  sample.at(code).index = 0;
  sample.at(truth).index = 1;
  const Values values = sample.run();
  EXPECT_EQ(all(values, code), "0 0/1 0/1/2");
  EXPECT_EQ(all(values, truth), "T TF TF");
}

TEST(Lookup, OfAConstantKeyServesEveryRow) {
  Limits limits;
  Sample sample({2, 1});
  sample.plan.tables = {limits.table};
  const NodeId size = sample.given({.level = person_level}, {known(1), known(2), known(4)});
  const NodeId id = sample.node(PlanOp::lookup, Shape::number, person_level, {sample.constant_code(1), size});
  sample.at(id).index = 0;
  EXPECT_EQ(all(sample.run(), id), "10 20 35");
}

}  // namespace
}  // namespace duly::test
