// Papers that prove facts.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::vector<std::string> papers(const Household& household) {
  std::vector<std::string> out;
  for (const EvidenceNote& note : household.evidence)
    out.push_back(small_index().fact(note.fact).about.name + " " + std::to_string(note.row) + ": " + note.paper);
  return out;
}

TEST(Evidence, NamesFactsOfTheHouseholdAndOfPeople) {
  const Household household = sound(
      "people: {ana: {}, leo: {birth_date: 2019-08-11}}\ncare_costs: 5\nplace: {state: north}\n"
      "evidence: {care_costs: receipt, leo.birth_date: passport, state: lease}\n");
  EXPECT_THAT(papers(household), ::testing::ElementsAre("care_costs 0: receipt", "birth_date 1: passport", "state 0: lease"));
}

TEST(Evidence, MayBeSeveralPapersForOneFact) {
  EXPECT_THAT(papers(sound("care_costs: 5\nevidence: {care_costs: [receipt, statement]}\n")),
              ::testing::ElementsAre("care_costs 0: receipt", "care_costs 0: statement"));
}

TEST(Evidence, OfAnAgeProvesTheBirthDate) {
  EXPECT_THAT(papers(sound("request: {decided: 2026-01-01}\npeople: {ana: {age: 34}}\nevidence: {ana.age: passport}\n")),
              ::testing::ElementsAre("birth_date 0: passport"));
}

TEST(Evidence, OfARelationProvesIt) {
  EXPECT_THAT(papers(sound("people: {ana: {parent_of: []}}\nevidence: {ana.parent_of: birth_certificate}\n")),
              ::testing::ElementsAre("parent_of 0: birth_certificate"));
}

TEST(Evidence, OfGroupsProvesThemForEverybody) {
  EXPECT_THAT(papers(sound("people: {ana: {}, leo: {}}\nbuys_food_with: [[ana], [leo]]\nevidence: {buys_food_with: statement}\n")),
              ::testing::ElementsAre("buys_food_with 0: statement", "buys_food_with 1: statement"));
}

TEST(Evidence, OfAShortFormProvesItsAmount) {
  EXPECT_THAT(papers(sound("people: {ana: {tips: 1, wages: 2}}\nrent: 3\nevidence: {ana.wages: pay_stubs, rent: lease}\n")),
              ::testing::ElementsAre("income.amount 1: pay_stubs", "expenses.amount 0: lease"));
}

TEST(Evidence, InARecordProvesEachFieldItGives) {
  const Household household = sound("people: {ana: {income: [{kind: tips}, {kind: wages, amount: 5 per week, evidence: pay_stubs}]}}\n");
  EXPECT_THAT(papers(household),
              ::testing::UnorderedElementsAre("income.kind 1: pay_stubs", "income.amount 1: pay_stubs", "income.every 1: pay_stubs"));
}

TEST(Evidence, OfARecordIsNamedByItsPlaceInTheList) {
  const Household household = sound("people: {ana: {income: [{kind: tips}, {kind: wages, amount: 5}]}}\nevidence: {\"ana.income[1]\": pay_stubs}\n");
  EXPECT_THAT(papers(household), ::testing::ElementsAre("income.kind 1: pay_stubs", "income.amount 1: pay_stubs"));
}

TEST(Evidence, NamesFactsAndPeopleThatThereAre) {
  EXPECT_ONE_ERROR(errors_of("evidence: {care_cots: receipt}\n"), Code::unknown_fact, "which is no fact");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nevidence: {anna.age: passport}\n"), Code::unknown_person, "did you mean `ana`?");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nevidence: {ana.shoe_size: passport}\n"), Code::unknown_fact, "which is no fact");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nevidence: {ana.wages: pay_stubs}\n"), Code::document_shape, "which the document does not give");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nevidence: {ana.income: pay_stubs}\n"), Code::document_shape, "ana.income[0]");
}

TEST(Evidence, IsARecordOfPapers) {
  EXPECT_ONE_ERROR(errors_of("evidence: [receipt]\n"), Code::document_shape, "`evidence` must be a record");
  EXPECT_ONE_ERROR(errors_of("care_costs: 5\nevidence: {care_costs: {a: b}}\n"), Code::document_shape, "the evidence for `care_costs`");
}

}  // namespace
}  // namespace duly::testing_facts
