// What stands in for facts nobody gave: presumptions of the dictionary, and `rest: nothing unusual` in cases.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::vector<std::string> presumed(const Household& household) {
  std::vector<std::string> out;
  for (const PresumedFact& p : household.presumed)
    out.push_back(small_dictionary().facts[static_cast<std::size_t>(p.fact)].name + " " + std::to_string(p.row) + ": " + std::string(p.value));
  return out;
}

TEST(APresumption, StandsInForAFactNobodyGave) {
  const Household household = sound("people: {ana: {}, leo: {student: yes}}\n");
  EXPECT_EQ(show(household, "has_lease"), "yes");
  EXPECT_EQ(show(household, "student", 0), "no");
  EXPECT_EQ(show(household, "student", 1), "yes");
  EXPECT_THAT(presumed(household), ::testing::Contains("has_lease 0: true"));
  EXPECT_THAT(presumed(household), ::testing::Contains("student 0: no"));
  EXPECT_THAT(presumed(household), ::testing::Not(::testing::Contains("student 1: no")));
}

TEST(APresumption, BringsItsCitation) {
  const Household household = sound("{}");
  ASSERT_EQ(household.presumed.size(), 1U);
  EXPECT_EQ(household.presumed[0].fact, fact_id("has_lease"));
  EXPECT_EQ(household.presumed[0].cite, "cite of has_lease");
}

TEST(APresumption, DoesNotReplaceWhatIsSaidToBeUnknown) {
  const Household household = sound("has_lease: unknown\npeople: {ana: {student: unknown}}\n");
  EXPECT_EQ(show(household, "has_lease"), "yes or no");
  EXPECT_EQ(show(household, "student"), "yes or no");
  EXPECT_THAT(presumed(household), ::testing::IsEmpty());
}

TEST(APresumption, DoesNotReplaceWhatIsSaidOfEveryone) {
  const Household household = sound("everyone: {student: yes}\npeople: {ana: {}}\n");
  EXPECT_EQ(show(household, "student"), "yes");
  EXPECT_THAT(presumed(household), ::testing::Not(::testing::Contains("student 0: no")));
}

TEST(APresumption, FillsFieldsOfRecordsWithTheCitationOfTheRecord) {
  const Household household = sound("people: {ana: {wages: 5, income: [{kind: tips, amount: 2, every: week, from: 2026-01-01}]}}\n");
  EXPECT_EQ(show(household, "income.every", 0), "month");
  EXPECT_EQ(show(household, "income.from", 0), "none");
  EXPECT_EQ(show(household, "income.every", 1), "week");
  EXPECT_EQ(show(household, "income.from", 1), "2026-01-01");
  EXPECT_THAT(presumed(household), ::testing::IsSupersetOf({"every 0: month", "from 0: none"}));
  for (const PresumedFact& p : household.presumed) {
    if (p.fact == fact_id("income.every")) { EXPECT_EQ(p.cite, "cite of income"); }
  }
}

TEST(ARelationsPresumption, IsThatThereIsNone) {
  const Household household = sound("people: {ana: {guardian_of: [leo]}, leo: {}, mia: {}}\n");
  EXPECT_EQ(show(household, "guardian_of", 0), "{1}");
  EXPECT_EQ(show(household, "guardian_of", 1), "{}");
  EXPECT_EQ(show(household, "guardians", 1), "{0}");
  EXPECT_THAT(presumed(household), ::testing::IsSupersetOf({"guardian_of 1: []", "guardian_of 2: []"}));
  EXPECT_THAT(presumed(household), ::testing::Not(::testing::Contains("guardian_of 0: []")));
}

TEST(ARelationsPresumption, LeavesWhatEitherSideSaysToBeUnknown) {
  const Household household = sound("people: {ana: {guardian_of: unknown}, leo: {}, mia: {guardians: unknown}}\n");
  EXPECT_EQ(show(household, "guardian_of", 0), "{} maybe {1 and 2}");
  EXPECT_EQ(show(household, "guardian_of", 1), "{} maybe {2}");
  EXPECT_EQ(show(household, "guardians", 0), "{}");
  EXPECT_EQ(show(household, "guardians", 2), "{} maybe {0 and 1}");
}

TEST(ARelationsPresumption, HoldsBothWaysWhereItIsSymmetric) {
  const Household household = sound("people: {ana: {spouse_of: [ben]}, ben: {}, leo: {spouse_of: unknown}, mia: {}}\n");
  EXPECT_EQ(show(household, "spouse_of", 0), "{1}");
  EXPECT_EQ(show(household, "spouse_of", 1), "{0} maybe {0 and 2}");
  EXPECT_EQ(show(household, "spouse_of", 2), "{} maybe {1 and 3}");
  EXPECT_EQ(show(household, "spouse_of", 3), "{} maybe {2}");
}

TEST(ARelationsPresumption, IsNotReportedWhereItChangedNothing) {
  const Household alone = sound("people: {ana: {}}\n");
  EXPECT_THAT(presumed(alone), ::testing::UnorderedElementsAre("has_lease 0: true", "student 0: no"));
  const Household said = sound("people: {ana: {spouse_of: [], guardian_of: []}, leo: {spouse_of: [], guardian_of: []}}\n");
  EXPECT_THAT(presumed(said), ::testing::UnorderedElementsAre("has_lease 0: true", "student 0: no", "student 1: no"));
}

TEST(TheRest, IsForCasesOnly) {
  EXPECT_ONE_ERROR(errors_of("rest: nothing unusual\n"), Code::assume_not_allowed, "worked cases and maps only");
  EXPECT_TRUE(errors_of("rest: nothing unusual\n", as_case).empty());
  EXPECT_ONE_ERROR(errors_of("rest: as usual\n", as_case), Code::not_a_value, "can only be `nothing unusual`");
}

TEST(TheRest, MakesYesAndNoNo) {
  const Household household = sound("rest: nothing unusual\npeople: {ana: {us_citizen: yes}, leo: {}}\n", as_case);
  EXPECT_EQ(show(household, "homeless"), "no");
  EXPECT_EQ(show(household, "us_citizen", 0), "yes");
  EXPECT_EQ(show(household, "us_citizen", 1), "no");
  EXPECT_TRUE(household.rest_assumed);
  EXPECT_FALSE(sound("{}").rest_assumed);
}

TEST(TheRest, MakesNumbersZeroWhereTheyMayBe) {
  const Household household = sound("rest: nothing unusual\npeople: {ana: {}}\n", as_case);
  EXPECT_EQ(show(household, "care_costs"), "0");
  EXPECT_EQ(show(household, "savings_rate"), "0");
  EXPECT_EQ(show(household, "work_hours"), "0");
  EXPECT_EQ(show(household, "rooms"), "2..10");
}

TEST(TheRest, MakesWhatMayBeNoneNone) {
  const Household household = sound("rest: nothing unusual\n", as_case);
  EXPECT_EQ(show(household, "deposit"), "none");
  EXPECT_EQ(show(household, "moved_in"), "none");
}

TEST(TheRest, ClosesListsAndEmptiesRelationsAndSetsOfWords) {
  const Household household =
      sound("rest: nothing unusual\npeople: {ana: {wages: 5, parent_of: [leo]}, leo: {}, mia: {income: [{more: unknown}]}}\n", as_case);
  EXPECT_TRUE(is_closed(household.table, "income", 0));
  EXPECT_TRUE(is_closed(household.table, "assets", 1));
  EXPECT_FALSE(is_closed(household.table, "income", 2)) << "said to be open";
  EXPECT_TRUE(is_closed(household.table, "expenses"));
  EXPECT_EQ(show(household, "parent_of", 0), "{1}");
  EXPECT_EQ(show(household, "parents", 1), "{0}");
  EXPECT_EQ(show(household, "cares_for", 0), "{}");
  EXPECT_EQ(show(household, "buys_food_with", 0), "{}");
  EXPECT_EQ(show(household, "utilities"), "{}");
}

TEST(TheRest, LeavesCodesDatesAndTheRequestAlone) {
  const Household household = sound("rest: nothing unusual\npeople: {ana: {}}\n", as_case);
  EXPECT_EQ(show(household, "state"), "north or south");
  EXPECT_EQ(show(household, "study"), "none, half or full");
  EXPECT_EQ(show(household, "birth_date"), "1880-01-01..2030-12-31");
  EXPECT_EQ(show(household, "counted_month"), "0001-01..9999-12");
  EXPECT_EQ(show(household, "decided"), "0001-01-01..9999-12-31");
  EXPECT_EQ(show(household, "occasion"), "application, renewal or change");
}

TEST(TheRest, LeavesWhatIsSaidToBeUnknown) {
  const Household household =
      sound("rest: nothing unusual\nhomeless: unknown\ncare_costs: unknown\npeople: {ana: {parent_of: unknown}, leo: {}}\n", as_case);
  EXPECT_EQ(show(household, "homeless"), "yes or no");
  EXPECT_EQ(show(household, "care_costs"), "0..2000000");
  EXPECT_EQ(show(household, "parent_of", 0), "{} maybe {1}");
  EXPECT_EQ(show(household, "parent_of", 1), "{}");
}

TEST(TheRest, ComesAfterPresumptions) {
  const Household household = sound("rest: nothing unusual\npeople: {ana: {wages: 5}}\n", as_case);
  EXPECT_EQ(show(household, "has_lease"), "yes");
  EXPECT_EQ(show(household, "income.every"), "month");
  EXPECT_EQ(show(household, "income.earned"), "no") << "fields of records too";
  EXPECT_THAT(presumed(household), ::testing::Contains("has_lease 0: true"));
}

}  // namespace
}  // namespace duly::testing_facts
