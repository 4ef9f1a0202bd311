// The outcome, what is due, why, and what it rests on.

#include "determine/determine.h"

#include <gmock/gmock.h>

#include "determine/winter_aid.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

using test::determined;
using test::eligible_home;
using test::with_line;
using test::without;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Value& output(const Determination& d, const std::string& name) {
  for (const NamedValue& value : d.outputs)
    if (value.name == name) return value.value;
  throw std::runtime_error("no output " + name);
}

std::vector<std::string> codes(const std::vector<Reason>& reasons) {
  std::vector<std::string> out;
  for (const Reason& reason : reasons) out.push_back(reason.code);
  return out;
}

TEST(Determine, ACompleteHouseholdThatMeetsAllGetsTheBenefit) {
  const Determination d = determined(eligible_home());
  EXPECT_EQ(d.outcome, Outcome::eligible);
  EXPECT_EQ(d.scope, "full");
  EXPECT_EQ(d.outputs.front().name, "grant");
  EXPECT_EQ(output(d, "grant").text, "150");
  EXPECT_EQ(output(d, "grant").unit, "USD per month");
  EXPECT_THAT(d.reasons, IsEmpty());
  EXPECT_THAT(d.missing, IsEmpty());
}

TEST(Determine, TheSubjectNamesItsPeople) {
  const Subject subject = determined(eligible_home()).subject;
  EXPECT_EQ(subject.kind, "home");
  EXPECT_EQ(subject.key, "ana");
  EXPECT_THAT(subject.people, ElementsAre("ana", "leo"));
  EXPECT_THAT(subject.members, ElementsAre("ana", "leo"));
}

TEST(Determine, TheBasisOfAGrantIsEveryTestWithWhatWasCompared) {
  const Determination d = determined(eligible_home());
  EXPECT_THAT(codes(d.basis), ElementsAre("passed", "passed", "passed"));
  EXPECT_EQ(d.basis[0].rule, "income_test");
  EXPECT_EQ(d.basis[0].compared.text, "500");
  EXPECT_EQ(d.basis[0].limit.text, "1000");
  EXPECT_EQ(d.basis[0].margin.text, "500");
}

TEST(Determine, AnExemptTestIsSaidToBeExemptAndNotPassed) {
  const Determination d = determined(with_line(eligible_home(), "world: {very_cold: yes}"));
  EXPECT_THAT(codes(d.basis), ElementsAre("passed", "exempt", "passed"));
}

TEST(Determine, ARefusalGivesTheFailedTestsInTheProgramsOrderWithMarginAndCitation) {
  const auto home = with_line(with_line(with_line(eligible_home(), "place: {region: south}"), "heating: none"),
                              "people: {ana: {age: 80, income: [{amount: 900.01}], frail: no}}");
  const Determination d = determined(home);
  EXPECT_EQ(d.outcome, Outcome::ineligible);
  ASSERT_THAT(codes(d.reasons), ElementsAre("too_much_income", "warm_enough"));
  EXPECT_EQ(d.reasons[0].cite, "Act 5");
  EXPECT_EQ(d.reasons[0].compared.text, "900.01");
  EXPECT_EQ(d.reasons[0].limit.text, "900");
  EXPECT_EQ(d.reasons[0].margin.text, "0.01");
  EXPECT_EQ(d.reasons[0].text.at("en"), "Your income of $900.01 is $0.01 over the limit of $900.00.");
  EXPECT_THAT(codes(d.basis), ElementsAre("too_much_income", "warm_enough"));
}

TEST(Determine, OneCentUnderTheLimitAndTheLimitItselfPass) {
  const auto with_income = [](const std::string& amount) {
    return determined(with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: " + amount + "}], frail: no}}")).outcome;
  };
  EXPECT_EQ(with_income("1000"), Outcome::eligible);
  EXPECT_EQ(with_income("1000.01"), Outcome::ineligible);
}

TEST(Determine, OneCurableTestFailedIsConditionalWithItsRemedyAndReason) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {age: 69, income: [], frail: no}}"));
  EXPECT_EQ(d.outcome, Outcome::conditional);
  EXPECT_EQ(d.remedy, "bring_a_note");
  EXPECT_THAT(codes(d.reasons), ElementsAre("nobody_frail"));
  EXPECT_THAT(d.basis, Contains(AllOf(Field(&Reason::code, "outcome"), Field(&Reason::cite, "Act 9"))));
}

TEST(Determine, AKeptListOfDatesStandsBesideTheOutputs) {
  const Determination d = determined(with_line(eligible_home(), "people: {ana: {birth_date: 1950-03-01, income: [], frail: no}}"));
  ASSERT_THAT(d.dates, SizeIs(1));
  EXPECT_EQ(d.dates[0].value.text, "1950-03-01");
}

TEST(Determine, AnOutputThatIsNotTheBenefitMayStayOpenInAGrant) {
  const Determination d = determined(eligible_home());
  EXPECT_EQ(d.outcome, Outcome::eligible);
  EXPECT_EQ(output(d, "oldest").kind, Value::Kind::unknown);
  EXPECT_EQ(output(d, "oldest").low, "1945-01-16");
  EXPECT_EQ(output(d, "oldest").high, "1946-01-15");
}

TEST(Determine, ABenefitThatIsNotKnownKeepsAGrantPending) {
  const Determination d = determined(without(eligible_home(), "people_sharing"));
  EXPECT_EQ(d.outcome, Outcome::pending);
  EXPECT_THAT(d.basis, Contains(AllOf(Field(&Reason::code, "outcome_is_settled"), Field(&Reason::title, "eligible"))));
  EXPECT_THAT(d.missing, ElementsAre(Field(&MissingFact::fact, "people_sharing")));
}

TEST(Determine, AStepThatCannotBeCarriedOutIsAnErrorWithRuleAndCitation) {
  const Determination d = determined(with_line(eligible_home(), "people_sharing: 0"));
  EXPECT_EQ(d.outcome, Outcome::error);
  ASSERT_THAT(d.errors, SizeIs(1));
  EXPECT_EQ(d.errors[0].code, Code::division_by_zero);
  EXPECT_EQ(d.errors[0].rule, "grant");
  EXPECT_EQ(d.errors[0].cite, "Act 8");
  EXPECT_THAT(d.errors[0].file, HasSubstr("winter/chapter.yaml"));
  EXPECT_GT(d.errors[0].line, 0);
  EXPECT_THAT(d.basis, IsEmpty());
}

TEST(Determine, ThatStepDoesNotMatterWhereItIsNotUsed) {
  EXPECT_EQ(determined(with_line(with_line(eligible_home(), "people_sharing: 0"), "rent: 2000.01")).outcome, Outcome::eligible);
  EXPECT_EQ(
      determined(with_line(with_line(eligible_home(), "people_sharing: 0"), "people: {ana: {age: 80, income: [{amount: 2000}], frail: no}}")).outcome,
      Outcome::ineligible);
}

TEST(Determine, AFigureThatIsNotOfficialIsNamedOnlyWhereItWasUsed) {
  EXPECT_THAT(determined(eligible_home()).doubtful,
              ElementsAre(AllOf(Field(&DoubtfulValue::parameter, "grant_by_region"), Field(&DoubtfulValue::confidence, "doubtful"),
                                Field(&DoubtfulValue::source, "A newspaper"), Field(&DoubtfulValue::value, "300"))));
  EXPECT_THAT(determined(with_line(eligible_home(), "rent: 3000")).doubtful, IsEmpty());
}

std::vector<DoubtfulValue> doubtful_in(std::map<std::string, std::string> texts) {
  const auto rules = Ruleset::from_texts(std::move(texts));
  const auto found = rules->determine("winter", "request: {decided: 2026-06-15}\n" + eligible_home());
  if (!found) throw std::runtime_error(to_text(found.errors()));
  return found->determinations.at(0).doubtful;
}

std::map<std::string, std::string> with_text(const std::string& what, const std::string& instead) {
  std::map<std::string, std::string> texts = test::winter_aid_texts();
  std::string& chapter = texts.at("winter/chapter.yaml");
  const std::size_t at = chapter.find(what);
  if (at == std::string::npos) throw std::runtime_error("no " + what);
  chapter.replace(at, what.size(), instead);
  return texts;
}

TEST(Determine, AFigureWithoutKeysIsNamedAsWell) {
  EXPECT_THAT(doubtful_in(with_text("source: Act 4, confidence: official", "source: Hearsay, confidence: doubtful")),
              Contains(AllOf(Field(&DoubtfulValue::parameter, "frail_age"), Field(&DoubtfulValue::value, "70"))));
}

TEST(Determine, AYesOrNoWithoutKeysIsNamedAsWell) {
  const std::string parameter =
      "all_are_frail:\n  title: Everybody counts as frail\n  type: boolean\n"
      "  values:\n    - {from: 2020-01-01, is: no, source: Hearsay, confidence: doubtful}\nfrail_age:";
  auto texts = with_text("frail_age:", parameter);
  std::string& chapter = texts.at("winter/chapter.yaml");
  chapter.replace(chapter.find("{when: frail, cite: Act 7(a)}"), 29, "{when: frail or all_are_frail, cite: Act 7(a)}");
  EXPECT_THAT(doubtful_in(texts), Contains(AllOf(Field(&DoubtfulValue::parameter, "all_are_frail"), Field(&DoubtfulValue::value, "false"))));
}

TEST(Determine, DoubtsAreThoseOfTheProgramAndOfRulesItWentThrough) {
  EXPECT_THAT(determined(eligible_home()).doubts, ElementsAre("the Act has not been tested", "oil may be replaced"));
  const Determination refused = determined(with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: 2000}], frail: no}}"));
  EXPECT_THAT(refused.doubts, ElementsAre("the Act has not been tested"));
}

TEST(Determine, APresumptionThatWasUsedIsShownWithItsCitation) {
  const Determination d = determined(eligible_home());
  ASSERT_THAT(d.presumed, SizeIs(1));
  EXPECT_EQ(d.presumed[0].fact, "regular");
  EXPECT_EQ(d.presumed[0].of, "ana.income[0]");
}

TEST(Determine, AFactWithoutThePaperThatProvesItIsToBeVerified) {
  const Determination d = determined(eligible_home());
  EXPECT_THAT(d.to_verify, Contains(AllOf(Field(&MissingFact::fact, "birth_date"), Field(&MissingFact::of, "ana"))));
}

TEST(Determine, NobodyInAHouseholdIsNoSubject) { EXPECT_THAT(test::decided("people: {}\n").determinations, IsEmpty()); }

TEST(Determine, AnAssumedUnitIsDecidedEvenOfNobodyAndSaysItWasAssumed) {
  const auto home = with_line(eligible_home(), "people: {}") + "assume: {home: one_unit, total_income: 100}\n";
  const Determination d = determined(home);
  EXPECT_EQ(d.outcome, Outcome::conditional);
  EXPECT_THAT(d.assumed, Contains(Field(&NamedValue::name, "home")));
  EXPECT_THAT(d.assumed, Contains(Field(&NamedValue::name, "total_income")));
}

TEST(Determine, VersionsNameRulesAndEngine) {
  const Determination d = determined(eligible_home());
  EXPECT_THAT(d.versions.rules, SizeIs(64));
  EXPECT_THAT(d.versions.engine, Not(IsEmpty()));
}

}  // namespace
}  // namespace duly
