// What a pending determination asks for, in which order, and what it does not ask for.

#include <gmock/gmock.h>

#include "determine/winter_aid.h"

namespace duly {
namespace {

using test::determined;
using test::eligible_home;
using test::with_line;
using test::without;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> asked(const Determination& d) {
  std::vector<std::string> out;
  for (const MissingFact& m : d.missing) out.push_back((m.of.empty() ? "" : m.of + ".") + m.fact);
  return out;
}

TEST(Missing, WhatCannotChangeTheOutcomeIsNotAskedFor) {
  const std::string rich = with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: 5000}]}}");
  const Determination d = determined(without(without(without(rich, "rent"), "heating"), "bills"));
  EXPECT_EQ(d.outcome, Outcome::ineligible);
  EXPECT_THAT(d.missing, IsEmpty());
}

TEST(Missing, AFactThatTurnsTheOutcomeIsAskedForWithItsQuestion) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {age: 40, income: []}}"));
  EXPECT_EQ(d.outcome, Outcome::pending);
  ASSERT_THAT(asked(d), ElementsAre("ana.frail"));
  EXPECT_EQ(d.missing[0].ask, "Is ana frail?");
  EXPECT_TRUE(d.missing[0].may_be_asked);
  EXPECT_TRUE(d.missing_is_exact);
}

TEST(Missing, AFactOfOneWhoIsPastTheAgeAnywayIsNotAskedFor) {
  EXPECT_EQ(determined(with_line(eligible_home(), "people: {ana: {age: 70, income: []}}")).outcome, Outcome::eligible);
}

TEST(Missing, AWordIsAskedForWithTheWordsThatArePossible) {
  const Determination d = determined(without(with_line(eligible_home(), "place: {region: south}"), "heating"));
  ASSERT_THAT(asked(d), ElementsAre("heating"));
  EXPECT_THAT(d.missing[0].choices, ElementsAre("wood", "oil", "none"));
}

TEST(Missing, AnOpenListIsAskedForOfItsOwner) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {age: 80}}"));
  ASSERT_THAT(asked(d), ElementsAre("ana.income"));
  EXPECT_EQ(d.missing[0].ask, "What income does ana have?");
}

TEST(Missing, AnAmountOfARecordIsAskedForByItsPlace) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: 5}, {amount: unknown}]}}"));
  EXPECT_THAT(asked(d), ElementsAre("ana.income[1].amount"));
  EXPECT_TRUE(d.missing_is_exact);
}

TEST(Missing, AnAmountThatIsLeftOutAnywayIsNotAskedFor) {
  const auto home = with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: 5}, {amount: unknown, regular: no}]}}");
  EXPECT_EQ(determined(home).outcome, Outcome::eligible);
}

TEST(Missing, TheRentMattersOnlyFromTheAmountAtWhichTheGrantEnds) {
  const Determination d = determined(without(eligible_home(), "rent"));
  EXPECT_EQ(d.outcome, Outcome::pending);
  EXPECT_THAT(asked(d), ElementsAre("rent"));
  EXPECT_TRUE(d.missing_is_exact);
}

TEST(Missing, AnAgeMattersOnlyWhereItCrossesTheLimit) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {income: [], frail: no}}"));
  EXPECT_THAT(asked(d), ElementsAre("ana.birth_date"));
  EXPECT_TRUE(d.missing_is_exact);
}

TEST(Missing, AFigureThatIsNotKnownIsAGapAndNotForTheFamily) {
  const Determination d = determined(with_line(eligible_home(), "place: {region: islands}"));
  EXPECT_EQ(d.outcome, Outcome::pending);
  ASSERT_THAT(asked(d), ElementsAre("gap: income_limit"));
  EXPECT_FALSE(d.missing[0].may_be_asked);
}

TEST(Missing, AGapDoesNotMatterToThoseWhomNoFigureCouldHelp) {
  const auto home =
      with_line(with_line(eligible_home(), "place: {region: islands}"), "people: {ana: {age: 80, income: [{amount: 9500}], frail: no}}");
  EXPECT_EQ(determined(home).outcome, Outcome::ineligible);
}

/// The eligible home, where which regions are cold is stated by `cold_rows`, a grid.
Determination determined_where_cold(const std::string& cold_rows) {
  auto texts = test::winter_aid_texts();
  std::string& chapter = texts["winter/chapter.yaml"];
  const std::string before = "heating != none or region = north";
  chapter.replace(chapter.find(before), before.size(), "is_cold(region)");
  chapter += "is_cold:\n  title: Cold region\n  cite: Act 6\n  type: boolean by region\n  values:\n    - from: 2020-01-01\n      source: Act 6\n" +
             cold_rows;
  const auto program = LoadedProgram::load(*rules_in_memory(std::move(texts)), "winter");
  if (!program) throw std::runtime_error(to_text(program.errors()));
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("", "request: {decided: 2026-01-15}\n" + eligible_home()), errors);
  const auto result = decide(*program, document, {}, {});
  if (!result) throw std::runtime_error(to_text(result.errors()));
  return result->determinations.at(0);
}

TEST(Missing, AYesOrNoThatIsNotKnownIsAGapWhateverTheOthersAre) {
  const std::string none_known = "      rows: |\n        region | is\n        any | not known\n";
  const std::string others_no = "      confidence: official\n      rows: |\n        region | is\n        north | not known\n        south | no\n";
  const std::string others_yes = "      confidence: official\n      rows: |\n        region | is\n        north | not known\n        south | yes\n";
  for (const auto& rows : {none_known, others_no, others_yes}) {
    const Determination d = determined_where_cold(rows);
    EXPECT_EQ(d.outcome, Outcome::pending) << rows;
    EXPECT_THAT(asked(d), ElementsAre("gap: is_cold")) << rows;
  }
}

TEST(Missing, AFactOfTheWorldStandsLastAndIsNotForTheFamily) {
  const auto south = with_line(without(eligible_home(), "world"), "place: {region: south}");
  const Determination d = determined(without(south, "heating"));
  ASSERT_THAT(asked(d), ElementsAre("heating", "very_cold"));
  EXPECT_FALSE(d.missing[1].may_be_asked);
}

TEST(Missing, TheBoundOnTrialsIsKeptAndSaid) {
  std::string people = "people: {";
  for (const char* name : {"ana", "ben", "cleo"}) people += std::string(name) + ": {age: 40, income: []}, ";
  const std::string home = with_line(eligible_home(), people + "}");
  const Determination tried = determined(home, 8);
  EXPECT_THAT(asked(tried), ElementsAre("ana.frail", "ben.frail", "cleo.frail"));
  EXPECT_TRUE(tried.missing_is_exact);
  const Determination untried = determined(home, 7);
  EXPECT_EQ(asked(untried), asked(tried));
  EXPECT_FALSE(untried.missing_is_exact);
}

TEST(Missing, AnswersThatAreTriedSettleWhatTheirRangesCannot) {
  // Wood or oil, in the south: heating is not `none`, whichever it is.
  const auto home = with_line(without(eligible_home(), "heating"), "place: {region: north}");
  EXPECT_EQ(determined(home).outcome, Outcome::eligible);
}

}  // namespace
}  // namespace duly
