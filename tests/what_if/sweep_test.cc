#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "what_if/tests_of_sweeps.h"

namespace duly {
namespace {

using test::first_error;
using test::heating_help;
using test::heating_rules;
using test::household_of_ana;
using test::swept;

std::vector<std::string> turns_of(const Sweep& sweep) {
  std::vector<std::string> out;
  for (const SweptTurn& t : sweep.turns) out.push_back(t.before + " " + t.after + " " + (t.is_cliff ? "cliff" : "turn") + " " + t.lost);
  return out;
}

TEST(Sweep, FindsBothCliffsToTheCentThoughNoPointIsNear) {
  const Sweep sweep = swept("people.ana.income[0].amount", "0..3000:700");
  EXPECT_THAT(turns_of(sweep), testing::ElementsAre("999.99 1000 cliff 99.99", "2000 2000.01 cliff 199.99"));
  EXPECT_EQ(sweep.smallest_step, "0.01");
  EXPECT_EQ(sweep.decided, 300'001 + 6);
}

TEST(Sweep, DecidesBothSidesOfACliffAsTheyAreDecidedAlone) {
  const Sweep sweep = swept("people.ana.income[0].amount", "1900..2100");
  ASSERT_EQ(sweep.turns.size(), 1U);
  const SweptChange& change = sweep.turns[0].changes.at(0);
  EXPECT_EQ(change.before.outcome, Outcome::eligible);
  EXPECT_EQ(change.before.benefit, "200");
  EXPECT_EQ(change.after.outcome, Outcome::ineligible);
  const auto alone = [](const std::string& amount) {
    return heating_rules().determine("heat",
                                     household_of_ana("birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: " + amount + "}]"));
  };
  EXPECT_EQ(alone(sweep.turns[0].before)->determinations[0].outcome, Outcome::eligible);
  EXPECT_EQ(alone(sweep.turns[0].after)->determinations[0].outcome, Outcome::ineligible);
}

TEST(Sweep, NamesTheTestThatFailsWithItsNumbersAsTheCause) {
  const Sweep sweep = swept("people.ana.income[0].amount", "1900..2100");
  const TurnCause& cause = sweep.turns.at(0).causes.at(0);
  EXPECT_EQ(cause.rule, "income_test");
  EXPECT_EQ(cause.cite, "1 CFR 1.7");
  EXPECT_EQ(cause.compared.text, "2000.01");
  EXPECT_EQ(cause.limit.text, "2000");
}

TEST(Sweep, NamesTheYesOrNoThatTurnsWhereTheBenefitOnlyGetsLess) {
  const TurnCause cause = swept("people.ana.income[0].amount", "900..1100").turns.at(0).causes.at(0);
  EXPECT_EQ(cause.rule, "is_poor");
  EXPECT_EQ(cause.cite, "1 CFR 1.8");
  EXPECT_EQ(cause.before.text + " " + cause.after.text, "true false");
}

TEST(Sweep, SaysWhereTheNetIsBackAtWhatItWas) {
  EXPECT_EQ(swept("people.ana.income[0].amount", "1900..2100").turns.at(0).made_up_at, "");
  EXPECT_EQ(swept("people.ana.income[0].amount", "1900..2200").turns.at(0).made_up_at, "2200");
  EXPECT_EQ(swept("people.ana.income[0].amount", "1900..2199.99").turns.at(0).made_up_at, "");
  EXPECT_EQ(swept("people.ana.income[0].amount", "900..1500").turns.at(0).made_up_at, "1099.99");
}

TEST(Sweep, AddsMoneyInAndBenefitsToTheNet) {
  const Sweep sweep = swept("people.ana.income[0].amount", "500..1500:500");
  ASSERT_EQ(sweep.points.size(), 3U);
  EXPECT_EQ(sweep.points[0].money_in + " " + sweep.points[0].benefits + " " + sweep.points[0].net, "500 300 800");
  EXPECT_EQ(sweep.points[1].money_in + " " + sweep.points[1].benefits + " " + sweep.points[1].net, "1000 200 1200");
  EXPECT_THAT(sweep.counted, testing::ElementsAre("ana.income[0].amount"));
}

TEST(Sweep, CountsAWeekAsTwelveFiftySecondsOfAMonthWhateverTheProgramCounts) {
  const Sweep sweep = swept("people.ana.wages", "100..120:20 per week", household_of_ana("birth_date: 1990-01-01, work_hours: 30, wages: 100"));
  EXPECT_EQ(sweep.points.at(0).money_in, "1300/3");
  EXPECT_EQ(sweep.points.at(1).money_in, "520");
}

TEST(Sweep, CountsSmallFallsInsteadOfListingThem) {
  SweepRequest asked;
  asked.least_loss = "150";
  const Sweep sweep = swept("people.ana.income[0].amount", "900..1100", household_of_ana(), asked);
  EXPECT_TRUE(sweep.turns.empty());
  EXPECT_EQ(sweep.small_falls, 1);
  EXPECT_EQ(sweep.largest_small_fall, "99.99");
}

TEST(Sweep, FindsAnAgeAtWhichAnOutcomeTurns) {
  const Sweep sweep = swept("people.ana.age", "10..30:10");
  EXPECT_THAT(turns_of(sweep), testing::ElementsAre("17 18 turn "));
  EXPECT_EQ(sweep.turns[0].causes.at(0).rule, "age_test");
}

TEST(Sweep, TakesWordsOneByOne) {
  const Sweep sweep = swept("home", "house,tent");
  ASSERT_EQ(sweep.points.size(), 2U);
  EXPECT_EQ(sweep.points[0].decisions.at(0).outcome, Outcome::eligible);
  EXPECT_EQ(sweep.points[1].decisions.at(0).outcome, Outcome::ineligible);
  EXPECT_EQ(sweep.smallest_step, "");
}

TEST(Sweep, DoesEverythingOnceMoreForEachValueOfTheOtherFact) {
  SweepRequest asked;
  asked.by = {"place.region", "north,south"};
  const Sweep sweep = swept("people.ana.income[0].amount", "1400..2100:700", household_of_ana(), asked);
  ASSERT_EQ(sweep.points.size(), 4U);
  ASSERT_EQ(sweep.turns.size(), 2U);
  EXPECT_EQ(sweep.turns[0].by + " " + sweep.turns[0].before, "north 2000");
  EXPECT_EQ(sweep.turns[1].by + " " + sweep.turns[1].before, "south 1500");
}

TEST(Sweep, IsTheSameWithAnyNumberOfThreads) {
  SweepRequest asked;
  asked.threads = 5;
  EXPECT_EQ(to_json(swept("people.ana.income[0].amount", "0..3000:700", household_of_ana(), asked)),
            to_json(swept("people.ana.income[0].amount", "0..3000:700")));
}

TEST(Sweep, SaysWhatIsNotLookedAtWhereSomethingIsOpen) {
  const Sweep sweep =
      swept("people.ana.income[0].amount", "0..3000:1000", household_of_ana("birth_date: 1990-01-01, income: [{kind: wages, amount: 1500}]"));
  ASSERT_EQ(sweep.not_looked_at.size(), 1U);
  EXPECT_GT(sweep.not_looked_at[0].values, 0);
  ASSERT_EQ(sweep.not_looked_at[0].missing.size(), 1U);
  EXPECT_EQ(sweep.not_looked_at[0].missing[0].fact, "work_hours");
  EXPECT_EQ(sweep.points[0].decisions.at(0).outcome, Outcome::pending);
  EXPECT_EQ(sweep.points[0].net, "");
}

TEST(SweepMistakes, TellWrongPaths) {
  EXPECT_THAT(first_error("people.anna.wages", "0..10"), testing::StartsWith("E303 `anna.wages` names `anna`, who is not in the household"));
  EXPECT_THAT(first_error("people.ana.wags", "0..10"), testing::StartsWith("E104 `ana.wags`"));
  EXPECT_THAT(first_error("people.ana.income[3].amount", "0..10"), testing::StartsWith("E104 the household has 1 record"));
  EXPECT_THAT(first_error("people.ana.income", "0..10"), testing::StartsWith("E317 `people.ana.income` is no single fact"));
  EXPECT_THAT(first_error("people.ana.parent_of", "ana"), testing::StartsWith("E317"));
  EXPECT_THAT(first_error("people", "0..10"), testing::StartsWith("E317"));
}

TEST(SweepMistakes, TellWrongRanges) {
  const auto range = [](const std::string& values) { return first_error("people.ana.income[0].amount", values); };
  EXPECT_THAT(range(""), testing::StartsWith("E316 no values are given"));
  EXPECT_THAT(range("10..0"), testing::StartsWith("E316 the range goes backward, from 10 to 0"));
  EXPECT_THAT(range("0..10:0"), testing::StartsWith("E316 a step of 0"));
  EXPECT_THAT(range("0..10:-1"), testing::StartsWith("E316 a step of -1"));
  EXPECT_THAT(range("0..x"), testing::StartsWith("E316 `x` is no number for the last value"));
  EXPECT_THAT(range("0..10.005"), testing::StartsWith("E316 `10.005` has more decimals"));
  EXPECT_THAT(range("..10"), testing::StartsWith("E316 the range has no first value"));
  EXPECT_THAT(range("0..50000.01"), testing::StartsWith("E316 between 0 and 50000.01 lie more than"));
  EXPECT_THAT(range("99999..100001"), testing::StartsWith("E316 the range leaves that of"));
  EXPECT_EQ(range("99990..100000"), "");
  EXPECT_THAT(first_error("home", "0..10"), testing::StartsWith("E316 `home` is no number"));
  EXPECT_THAT(first_error("home", "house,,tent"), testing::StartsWith("E316 a value is empty"));
  EXPECT_THAT(first_error("home", "house,house"), testing::StartsWith("E316 `house` stands twice"));
  EXPECT_THAT(first_error("home", "house,castle"), testing::StartsWith("E308"));
}

TEST(SweepMistakes, TellAFactVariedTwiceAndAWrongLeastLoss) {
  SweepRequest twice;
  twice.by = {"home", "house,tent"};
  EXPECT_THAT(first_error("home", "house,tent", twice), testing::StartsWith("E317 `home` is varied twice"));
  SweepRequest loss;
  loss.least_loss = "-1";
  EXPECT_THAT(first_error("home", "house,tent", loss), testing::StartsWith("E306"));
  SweepRequest unknown;
  unknown.programs = {"no_such"};
  EXPECT_THAT(first_error("home", "house,tent", unknown), testing::StartsWith("E202"));
}

TEST(SweepTexts, ShowTheCliffAndHowTheNetIsMade) {
  const Sweep sweep = swept("people.ana.income[0].amount", "1900..2100:100");
  const std::string text = to_text(sweep, {120, false, "en"});
  EXPECT_THAT(text, testing::HasSubstr("1. $2,000.00 -> $2,000.01: $199.99 a month less"));
  EXPECT_THAT(text, testing::HasSubstr("Income is within the limit (ana), 1 CFR 1.7: $2,000.01 against $2,000.00"));
  EXPECT_THAT(text, testing::HasSubstr("money in plus benefits"));
}

/// Beside the help with heating one with the rent, whose amount hangs on a car.
Result<Sweep> swept_beside_help_with_rent(const std::string& household, const std::vector<std::string>& programs = {}) {
  auto texts = heating_help();
  texts["facts/facts.yaml"] += "owns_car:\n  of: household\n  type: boolean\n  ask: Have you a car?\n  cite: 1 CFR 1.1\n";
  texts["rent/program.yaml"] =
      "kind: program\ntitle: Help with the rent\nauthority: 1 CFR 2\nfacts: [facts]\ndecides: each household\nlaw_in_force_by: benefit_month\n"
      "coverage: {from: 2025-01, until: 2027-12}\nlast_checked: 2027-11-25\nrequires:\n  - {test: house_test}\noutputs: [rent_grant]\n"
      "gives: [rent_grant]\n";
  texts["rent/rules.yaml"] =
      "kind: chapter\ntitle: Help\ncite: 1 CFR 2.1\nhouse_test:\n  title: Lives in a house\n  of: household\n  cite: 1 CFR 2.2\n"
      "  passes: home = house\n  reason: not_in_a_house\nrent_grant:\n  title: The grant\n  of: household\n  type: money per month\n"
      "  range: \"[0..1000]\"\n  cite: 1 CFR 2.3\n  value: if owns_car then 10 else 100\n";
  texts["rent/notices/en.yaml"] = "kind: notices\nlanguage: en\nnot_in_a_house: You do not live in a house.\n";
  const auto rules = Ruleset::from_texts(texts);
  if (!rules) return rules.errors();
  SweepRequest asked;
  asked.vary = {"people.ana.income[0].amount", "1000..2500:500"};
  asked.programs = programs;
  return sweep(*rules, household, asked);
}

TEST(Sweep, LeavesAProgramWhoseAmountIsKnownNowhereOutOfTheNetAndSaysSo) {
  const auto swept = swept_beside_help_with_rent(household_of_ana());
  ASSERT_TRUE(swept) << to_text(swept.errors());
  EXPECT_THAT(swept->not_known, testing::ElementsAre("rent"));
  EXPECT_EQ(swept->points[1].net, "1700");
  EXPECT_EQ(swept->points[1].decisions[1].benefit, "");
  EXPECT_FALSE(swept->turns.empty());
  EXPECT_THAT(to_text(*swept, {}), testing::HasSubstr("The net is without what rent gives"));
  EXPECT_THAT(to_text(*swept, {}), testing::HasSubstr("Benefits are what heat gives."));
  EXPECT_THAT(to_json(*swept), testing::HasSubstr("\"not_known\": [\n    \"rent\"\n  ]"));
}

TEST(Sweep, CountsEveryProgramWhoseAmountIsKnownSomewhere) {
  const auto swept = swept_beside_help_with_rent(household_of_ana() + "owns_car: yes\n");
  ASSERT_TRUE(swept) << to_text(swept.errors());
  EXPECT_TRUE(swept->not_known.empty());
  EXPECT_EQ(swept->points[1].net, "1710");
  EXPECT_THAT(to_text(*swept, {}), testing::Not(testing::HasSubstr("The net is without")));
}

TEST(Sweep, DoesNotKnowTheNetWhereNoProgramSaysHowMuch) {
  const auto swept = swept_beside_help_with_rent(household_of_ana(), {"rent"});
  ASSERT_TRUE(swept) << to_text(swept.errors());
  EXPECT_TRUE(swept->not_known.empty());
  EXPECT_EQ(swept->points[1].net, "");
}

TEST(SweepTexts, WriteATableOneLineAPoint) {
  EXPECT_EQ(to_csv(swept("people.ana.income[0].amount", "1900..2100:100")),
            "ana.income[0].amount,money_in,benefits,net,heat ana outcome,heat ana scope,heat ana benefit\n"
            "1900,1900,200,2100,eligible,full,200\n"
            "2000,2000,200,2200,eligible,full,200\n"
            "2100,2100,0,2100,ineligible,,0\n");
}

TEST(SweepTexts, DrawAChartAndAPageThatNeedNoNetwork) {
  const Sweep sweep = swept("people.ana.income[0].amount", "1900..2100:100");
  const std::string svg = to_svg(sweep);
  EXPECT_THAT(svg, testing::StartsWith("<svg xmlns="));
  EXPECT_THAT(svg, testing::HasSubstr("-$199.99"));
  const std::string page = to_html(sweep);
  EXPECT_THAT(page, testing::HasSubstr(svg));
  EXPECT_THAT(page, testing::HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, testing::HasSubstr("The charts of this page are plain drawings"));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("<script>")));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("src=")));
}

TEST(SweepTexts, DrawABarForEachWordAndSayWhereTheNetIsNotKnown) {
  Sweep sweep = swept("home", "house,tent,car");
  ASSERT_EQ(sweep.points.size(), 3U);
  const auto bars = [](const std::string& svg) {
    int count = 0;
    for (std::size_t at = svg.find("class=\"bar\""); at != std::string::npos; at = svg.find("class=\"bar\"", at + 1)) ++count;
    return count;
  };
  for (const SweptPoint& point : sweep.points) ASSERT_NE(point.net, "") << point.value;
  EXPECT_EQ(bars(to_svg(sweep)), 3);
  EXPECT_THAT(to_svg(sweep), testing::HasSubstr(">tent</text>"));
  EXPECT_THAT(to_svg(sweep), testing::Not(testing::HasSubstr("not known")));
  EXPECT_THAT(to_html(sweep), testing::HasSubstr("\"name\":\"nets\""));
  sweep.points[1].net.clear();
  EXPECT_EQ(bars(to_svg(sweep)), 2);
  EXPECT_THAT(to_svg(sweep), testing::HasSubstr("not known"));
}

TEST(SweepTexts, CarryTheScriptThatDrawsTheChartsWhereItIsHandedIn) {
  const std::string page = to_html(swept("people.ana.income[0].amount", "1900..2100:100"), "draw('</script><!--');");
  EXPECT_THAT(page, testing::HasSubstr("<script>\ndraw('<\\/script><\\!--');\n</script>"));
  EXPECT_THAT(page, testing::HasSubstr("\"label\":\"-$199.99\""));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("plain drawings")));
}

}  // namespace
}  // namespace duly
