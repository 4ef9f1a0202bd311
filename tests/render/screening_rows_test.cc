#include "render/screening_rows.h"

#include <gmock/gmock.h>

#include "duly/render.h"

namespace duly {
namespace {

Screened decided(const std::string& program, const std::string& person, Outcome outcome, const std::string& amount = "") {
  Screened one;
  one.program_title = program;
  Determination& d = one.determination;
  d.program = program;
  d.subject = {.kind = "person", .key = person, .people = {person}, .members = {person}};
  d.outcome = outcome;
  if (!amount.empty()) {
    Value value;
    value.kind = Value::Kind::money;
    value.text = amount;
    value.unit = "USD per month";
    d.outputs.push_back({"grant", "The grant", value});
  }
  return one;
}

std::vector<std::string> who(const Screening& screening) {
  std::vector<std::string> out;
  for (const ScreeningRow& row : screening_rows(screening, "en")) out.push_back(row.told->determination.program + ": " + row.who);
  return out;
}

TEST(ScreeningRows, PutPeopleTogetherOfWhomTheSameIsSaid) {
  Screening s;
  s.decided = {decided("care", "ana", Outcome::eligible, "10"), decided("care", "leo", Outcome::eligible, "10"),
               decided("care", "mia", Outcome::eligible, "20"), decided("care", "eva", Outcome::eligible, "10")};
  EXPECT_THAT(who(s), testing::ElementsAre("care: ana and leo, each", "care: mia", "care: eva"));
  EXPECT_THAT(to_text(s), testing::HasSubstr("ana and leo, each"));
  EXPECT_THAT(to_html(s), testing::HasSubstr("<td>ana and leo, each</td>"));
}

TEST(ScreeningRows, KeepProgramsOutcomesReasonsAndDatesApart) {
  Screening s;
  s.decided = {decided("care", "ana", Outcome::ineligible), decided("care", "leo", Outcome::ineligible), decided("care", "mia", Outcome::pending),
               decided("help", "ana", Outcome::pending), decided("help", "leo", Outcome::pending)};
  s.decided[1].determination.reasons.push_back({});
  s.decided[1].determination.reasons.back().code = "too_old";
  s.decided[4].next = {"renewal", "Renewal", Value{}};
  EXPECT_THAT(who(s), testing::ElementsAre("care: ana", "care: leo", "care: mia", "help: ana", "help: leo"));
}

TEST(ScreeningRows, NeverJoinUnits) {
  Screening s;
  s.decided = {decided("food", "ana", Outcome::eligible), decided("food", "leo", Outcome::eligible)};
  for (Screened& one : s.decided) one.determination.subject.kind = "food_unit";
  EXPECT_THAT(who(s), testing::ElementsAre("food: ana", "food: leo"));
}

SharedFact asked(const std::string& fact, const std::string& of, const std::string& ask, const std::vector<std::string>& programs = {"care"}) {
  SharedFact shared;
  shared.fact.fact = fact;
  shared.fact.of = of;
  shared.fact.ask = ask;
  shared.programs = programs;
  return shared;
}

std::vector<std::string> words(const std::vector<SharedFact>& facts) {
  std::vector<std::string> out;
  for (const QuestionRow& row : question_rows(facts)) out.push_back(row.words);
  return out;
}

TEST(QuestionRows, AskTheSameOfSeveralPeopleOnce) {
  const std::vector<SharedFact> facts = {asked("blind", "ana", "Is ana blind?"), asked("blind", "leo", "Is leo blind?"),
                                         asked("blind", "mia", "Is mia blind?"), asked("rent", "", "What is the rent?")};
  EXPECT_THAT(words(facts),
              testing::ElementsAre("Is ana blind? The same of leo and mia. (ana.blind, leo.blind and mia.blind)", "What is the rent? (rent)"));
  Screening s;
  s.missing = facts;
  EXPECT_THAT(to_text(s), testing::HasSubstr("  2. What is the rent? (rent)"));
  EXPECT_THAT(to_html(s), testing::HasSubstr("Is ana blind? The same of leo and mia."));
}

TEST(QuestionRows, KeepApartWhatOtherProgramsWantOrOtherPapersShow) {
  std::vector<SharedFact> facts = {asked("blind", "ana", "Is ana blind?"), asked("blind", "leo", "Is leo blind?", {"help"}),
                                   asked("amount", "ana.income[0]", "How much?"), asked("amount", "ana.income[1]", "How much?")};
  EXPECT_EQ(words(facts).size(), 4U);
  facts[1].programs = facts[0].programs;
  EXPECT_EQ(words(facts).size(), 3U);
  facts[1].fact.papers = {"a_letter"};
  EXPECT_EQ(words(facts).size(), 4U);
}

}  // namespace
}  // namespace duly
