#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "what_if/heating_help.h"

namespace duly {
namespace {

using test::heating_rules;
using test::household_of_ana;

WhyNots asked(const std::string& household) {
  auto out = why_not(heating_rules(), "heat", household);
  return out ? std::move(*out) : WhyNots{};
}

/// `path: from -> to (difference)`, both of a pair with ` & ` between.
std::vector<std::string> ways(const WhyNots& answer) {
  std::vector<std::string> out;
  for (const WhyNot& one : answer.ineligible)
    for (const WayToEligible& way : one.ways) {
      std::string words;
      for (const FactChange& change : way.changes)
        words += (words.empty() ? "" : " & ") + change.path + ": " + change.from.text + " -> " + change.to.text +
                 (change.difference.empty() ? "" : " (" + change.difference + (change.is_less ? " less)" : " more)"));
      out.push_back(words);
    }
  return out;
}

constexpr const char* too_much = "birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: 2037}]";

TEST(WhyNot, FindsTheAmountToTheCent) {
  EXPECT_THAT(ways(asked(household_of_ana(too_much))), testing::ElementsAre("people.ana.income[0].amount: 2037 -> 2000 (37 less)"));
  EXPECT_THAT(ways(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: 2000.01}]"))),
              testing::ElementsAre("people.ana.income[0].amount: 2000.01 -> 2000 (0.01 less)"));
}

TEST(WhyNot, SaysNothingOfSomebodyOnTheLimit) {
  const WhyNots answer = asked(household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: 2000}]"));
  EXPECT_TRUE(answer.ineligible.empty());
  ASSERT_EQ(answer.others.size(), 1U);
  EXPECT_EQ(answer.others[0].outcome, Outcome::eligible);
}

TEST(WhyNot, CountsAnAmountInItsOwnPeriod) {
  EXPECT_THAT(ways(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: 510, every: week}]"))),
              testing::ElementsAre("people.ana.income[0].amount: 510 -> 500 (10 less)"));
}

TEST(WhyNot, OffersEachOtherWordOfAList) {
  EXPECT_THAT(ways(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: []", "home: tent\nhas_lease: yes\n"))),
              testing::ElementsAre("home: tent -> house"));
}

TEST(WhyNot, SaysItInWords) {
  EXPECT_THAT(to_text(asked(household_of_ana(too_much)), {100, false, "en"}),
              testing::HasSubstr("ana: wages and salary: $37.00 less a month ($2,000.00 instead of $2,037.00)"));
  const std::string lease =
      to_text(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: []", "home: house\nhas_lease: no\n")), {100, false, "en"});
  EXPECT_THAT(lease, testing::HasSubstr("a lease in her name: yes instead of no"));
  const std::string hours = to_text(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 17, income: []")), {100, false, "en"});
  EXPECT_THAT(hours, testing::HasSubstr("ana: work hours: 3 hours more a week (20 hours instead of 17 hours)"));
}

TEST(WhyNot, FindsPairsOnlyWhereNoSingleFactIsEnough) {
  const auto found = ways(asked(household_of_ana("birth_date: 1990-01-01, work_hours: 17, income: [{kind: wages, amount: 2037}]")));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], testing::HasSubstr("people.ana.income[0].amount: 2037 -> 2000 (37 less)"));
  EXPECT_THAT(found[0], testing::HasSubstr("people.ana.work_hours: 17 -> 20 (3 more)"));
}

TEST(WhyNot, OffersNothingWhereThreeFactsWouldBeNeeded) {
  const WhyNots answer =
      asked(household_of_ana("birth_date: 1990-01-01, work_hours: 17, income: [{kind: wages, amount: 2037}]", "home: tent\nhas_lease: yes\n"));
  ASSERT_EQ(answer.ineligible.size(), 1U);
  EXPECT_TRUE(answer.ineligible[0].ways.empty());
}

TEST(WhyNot, NeverOffersWhatNobodyCanChange) {
  const WhyNots answer = asked(household_of_ana("birth_date: 2015-01-01, work_hours: 30, income: []"));
  ASSERT_EQ(answer.ineligible.size(), 1U);
  EXPECT_TRUE(answer.ineligible[0].ways.empty());
  ASSERT_EQ(answer.ineligible[0].fixed.size(), 1U);
  EXPECT_EQ(answer.ineligible[0].fixed[0].fact, "birth_date");
}

/// The document with each change of the way written in by hand.
TEST(WhyNot, OffersOnlyWhatDecidesAsEligible) {
  const std::string household = household_of_ana("birth_date: 1990-01-01, work_hours: 17, income: [{kind: wages, amount: 2037}]");
  for (const WayToEligible& way : asked(household).ineligible.at(0).ways) {
    std::string changed = household;
    for (const FactChange& change : way.changes)
      changed.replace(changed.find(change.from.text, changed.find("ana:")), change.from.text.size(), change.to.text);
    EXPECT_EQ(heating_rules().determine("heat", changed)->determinations.at(0).outcome, Outcome::eligible) << changed;
  }
}

TEST(WhyNot, LeavesOpenWhatIsPending) {
  const WhyNots answer = asked(household_of_ana("birth_date: 1990-01-01, income: []"));
  EXPECT_TRUE(answer.ineligible.empty());
  ASSERT_EQ(answer.others.size(), 1U);
  EXPECT_THAT(to_text(answer, {80, false, "en"}), testing::HasSubstr("pending"));
}

TEST(WhyNot, SaysWhatWouldStillBeAskedWhereNothingLeadsToEligible) {
  const WhyNots answer = asked(household_of_ana("birth_date: 1990-01-01, income: [{kind: wages, amount: 2037}]"));
  ASSERT_EQ(ways(answer).size(), 1U);
  EXPECT_EQ(ways(answer)[0], "people.ana.income[0].amount: 2037 -> 2000 (37 less)");
  ASSERT_EQ(answer.ineligible[0].ways[0].missing.size(), 1U);
  EXPECT_EQ(answer.ineligible[0].ways[0].missing[0].fact, "work_hours");
  EXPECT_THAT(to_text(answer, {100, false, "en"}), testing::HasSubstr("then it hangs on ana.work_hours"));
}

TEST(WhyNot, TellsTheMistakesOfTheDocumentAndTheProgram) {
  EXPECT_EQ(why_not(heating_rules(), "no_such", household_of_ana()).errors().at(0).code, Code::unknown_program);
  EXPECT_EQ(why_not(heating_rules(), "heat", household_of_ana("birth_date: soon")).errors().at(0).code, Code::not_a_value);
}

}  // namespace
}  // namespace duly
