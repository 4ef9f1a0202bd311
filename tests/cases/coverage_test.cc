#include "cases/coverage.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "cases/run_cases.h"

namespace duly {
namespace {

using Kind = CoveredPart::Kind;
using testing::HasSubstr;
using testing::Not;

/// A program whose rules have a body of each kind that has lines.
std::map<std::string, std::string> program() {
  return {{"facts/facts.yaml", R"yaml(kind: facts
title: Facts
codes:
  town: [north, south]
town: {of: place, type: code town, ask: "Where?", cite: 1}
age: {of: person, type: count, range: "[0..120]", ask: "How old?", cite: 1}
income: {of: household, type: money per month, range: "[0..100000]", ask: "Income?", cite: 1}
veteran: {of: household, type: boolean, ask: "A veteran?", cite: 1}
farmer: {of: household, type: boolean, ask: "A farmer?", cite: 1}
)yaml"},
          {"help/program.yaml", R"yaml(kind: program
title: Help
authority: 1
facts: [facts]
decides: each household
law_in_force_by: benefit_month
coverage: {from: 2025-01}
last_checked: 2026-01-01
requires: [{test: income_test}, {test: ground_test}]
outputs: [grant]
)yaml"},
          {"help/rules.yaml", R"yaml(kind: chapter
title: Help
limit:
  title: Limit
  cite: 1
  type: money per month by town
  values:
    - {from: 2025-01-01, source: a table, confidence: official, rows: "town | is\nnorth | 1000\nsouth | 800\n"}
is_old_law:
  title: Whether the old law holds
  of: household
  type: boolean
  cite: 1
  value: limit_is_old
limit_is_old:
  title: Old
  cite: 1
  type: boolean
  values:
    - {from: 2025-01-01, is: no, source: a table, confidence: official}
adults:
  title: Adults
  of: household
  type: count
  range: "[0..250]"
  cite: 1
  value: count(people[is_adult])
is_adult:
  title: Adult
  of: person
  type: boolean
  cite: 1
  value: age >= 18
income_test:
  title: Income
  of: household
  cite: 1
  exempt: veteran
  passes: income <= limit(town)
  reason: too_rich
ground_test:
  title: Ground
  of: household
  cite: 1
  reason: no_ground
  any_of:
    - {when: farmer, cite: 1}
    - {when: adults >= 1, cite: 2}
grant:
  title: Grant
  of: household
  type: money per month
  cite: 1
  branches:
    - {when: is_old_law, then: 10}
    - {when: adults > 1, then: extra * adults}
    - {otherwise: extra}
extra:
  title: Extra
  of: household
  type: money per month
  cite: 1
  value: 50
)yaml"},
          {"help/notices/en.yaml", "kind: notices\nlanguage: en\ntoo_rich: Too much.\nno_ground: No ground.\n"}};
}

std::vector<CoveredPart> covered(const std::string& cases) {
  auto files = program();
  files["help/cases/all.yaml"] =
      "kind: cases\nfamilies:\n  one:\n    request: {benefit_month: 2025-02, decided: 2025-02-15}\n    place: {town: north}\n"
      "    people: {ana: {age: 30}}\n    income: 500\n    veteran: no\n    farmer: no\ncases:\n" +
      cases;
  CasesOptions options;
  options.coverage = true;
  const CasesRun run = run_cases(rules_in_memory(std::move(files)), options);
  EXPECT_TRUE(run.errors.empty()) << to_text(run.errors);
  EXPECT_EQ(run.failed(), 0U) << to_text(run);
  return run.coverage;
}

const CoveredPart& part(const std::vector<CoveredPart>& parts, Kind kind, const std::string& rule, const std::string& text = "") {
  for (const CoveredPart& one : parts)
    if (one.kind == kind && one.rule == rule && (text.empty() || one.text == text)) return one;
  ADD_FAILURE() << "no part " << to_word(kind) << " of " << rule << ": " << text;
  static const CoveredPart none;
  return none;
}

const std::string eligible = "  - case: eligible\n    family: one\n    expect: {outcome: eligible, grant: 50}\n";

TEST(Coverage, ARuleThatTheOutcomeRestsOnIsReached) {
  const auto parts = covered(eligible);
  for (const char* rule : {"income_test", "ground_test", "grant", "extra", "adults", "is_adult"})
    EXPECT_TRUE(part(parts, Kind::rule, rule).reached) << rule;
}

TEST(Coverage, ARuleIsReachedThoughItIsTheSameForEveryHousehold) { EXPECT_TRUE(part(covered(eligible), Kind::rule, "is_old_law").reached); }

TEST(Coverage, WhatDidNotMatterIsNotReached) {
  const auto parts = covered("  - case: too rich\n    family: one\n    income: 1001\n    expect: {outcome: ineligible, reasons: [too_rich]}\n");
  EXPECT_TRUE(part(parts, Kind::rule, "income_test").reached);
  EXPECT_FALSE(part(parts, Kind::rule, "ground_test").reached);
  EXPECT_FALSE(part(parts, Kind::rule, "grant").reached);
}

TEST(Coverage, ARuleThatACaseExpectsIsReachedWhateverTheOutcome) {
  const auto parts = covered("  - case: too rich\n    family: one\n    income: 1001\n    expect: {outcome: ineligible, extra: 50}\n");
  EXPECT_TRUE(part(parts, Kind::rule, "extra").reached);
}

TEST(Coverage, ABranchIsReachedWhereItIsTaken) {
  const auto parts = covered(eligible);
  EXPECT_FALSE(part(parts, Kind::branch, "grant", "adults > 1").reached);
  EXPECT_TRUE(part(parts, Kind::branch, "grant", "otherwise").reached);
  EXPECT_FALSE(part(parts, Kind::branch, "grant", "is_old_law").reached);
}

TEST(Coverage, ALineIsReachedWhereItSettles) {
  const auto parts = covered(eligible);
  EXPECT_FALSE(part(parts, Kind::line, "ground_test", "farmer").reached);
  EXPECT_TRUE(part(parts, Kind::line, "ground_test", "adults >= 1").reached);
}

TEST(Coverage, AnExemptionIsReachedWhereSomebodyIsExempt) {
  EXPECT_FALSE(part(covered(eligible), Kind::exemption, "income_test").reached);
  const auto parts = covered("  - case: a veteran\n    family: one\n    veteran: yes\n    income: 5000\n    expect: {outcome: eligible}\n");
  EXPECT_TRUE(part(parts, Kind::exemption, "income_test").reached);
  EXPECT_FALSE(part(parts, Kind::limit, "income_test").reached);
}

TEST(Coverage, AReasonIsReachedWhereItIsGiven) {
  const auto parts = covered("  - case: too rich\n    family: one\n    income: 1001\n    expect: {outcome: ineligible}\n");
  EXPECT_TRUE(part(parts, Kind::reason, "income_test", "too_rich").reached);
  EXPECT_FALSE(part(parts, Kind::reason, "ground_test", "no_ground").reached);
}

TEST(Coverage, ALimitIsTriedOnEachSideByItself) {
  const std::string over = "  - case: over\n    family: one\n    income: 1000.01\n    expect: {outcome: ineligible}\n";
  const CoveredPart kept = part(covered(eligible), Kind::limit, "income_test");
  EXPECT_TRUE(kept.holds && !kept.fails && kept.is_missed());
  const CoveredPart exceeded = part(covered(over), Kind::limit, "income_test");
  EXPECT_TRUE(!exceeded.holds && exceeded.fails && exceeded.is_missed());
  EXPECT_FALSE(part(covered(eligible + over), Kind::limit, "income_test").is_missed());
}

TEST(Coverage, ALimitOfOnePersonIsTriedByTheOthersOfTheHousehold) {
  const auto parts =
      covered("  - case: a child too\n    family: one\n    people: {ana: {age: 30}, leo: {age: 5}}\n    expect: {outcome: eligible}\n");
  EXPECT_FALSE(part(parts, Kind::limit, "is_adult").is_missed());
}

TEST(Coverage, ALimitThatIsNotKnownIsNotTried) {
  const auto parts = covered("  - case: nobody asked\n    family: one\n    change: {income: unknown}\n    expect: {outcome: pending}\n");
  EXPECT_FALSE(part(parts, Kind::limit, "income_test").reached);
}

TEST(Coverage, AValueIsReachedWhereItsRowIsRead) {
  const auto parts = covered(eligible);
  std::vector<bool> reached;
  for (const CoveredPart& one : parts)
    if (one.kind == Kind::value && one.rule == "limit") reached.push_back(one.reached);
  EXPECT_EQ(reached, (std::vector<bool>{true, false}));
  EXPECT_TRUE(part(parts, Kind::value, "limit_is_old").reached);
}

TEST(Coverage, WithoutCasesNothingIsReached) {
  CasesOptions options;
  options.coverage = true;
  const CasesRun run = run_cases(rules_in_memory(program()), options);
  ASSERT_FALSE(run.coverage.empty());
  for (const CoveredPart& one : run.coverage) EXPECT_TRUE(one.is_missed());
}

TEST(Coverage, TheTextNamesPlaceAndWhatIsMissedAndCounts) {
  const std::string text = coverage_text(covered(eligible));
  EXPECT_THAT(text, HasSubstr("help/rules.yaml:47: ground_test: no case is settled by the line `farmer`\n"));
  EXPECT_THAT(text, HasSubstr("income_test: the limit `income <= limit(town)` is never exceeded\n"));
  EXPECT_THAT(text, HasSubstr("limit: no case uses 1 of its 2 values\n"));
  EXPECT_THAT(text, HasSubstr("reached: 7 of 7 rules\n"));
  EXPECT_THAT(text, HasSubstr("reached: 0 of 2 reasons\n"));
}

TEST(Coverage, PartsOfARuleThatIsNotReachedAreNotToldOneByOne) {
  const std::string text = coverage_text(covered("  - case: too rich\n    family: one\n    income: 1001\n    expect: {outcome: ineligible}\n"));
  EXPECT_THAT(text, HasSubstr("grant: no case reaches it\n"));
  EXPECT_THAT(text, Not(HasSubstr("adults > 1")));
}

TEST(Coverage, JsonHoldsCountsAndEachPartThatIsMissed) {
  const auto json = nlohmann::json::parse(coverage_json(covered(eligible)));
  EXPECT_EQ(json["counts"]["rules"]["reached"], 7);
  EXPECT_EQ(json["counts"]["branches"]["all"], 3);
  const auto is_limit = [](const auto& one) { return one["kind"] == "limit" && one["rule"] == "income_test"; };
  const auto limit = std::find_if(json["missed"].begin(), json["missed"].end(), is_limit);
  ASSERT_NE(limit, json["missed"].end());
  EXPECT_EQ((*limit)["tried"], "holds");
  EXPECT_EQ((*limit)["file"], "help/rules.yaml");
}

TEST(Coverage, IsTheSameOnAnyNumberOfThreads) {
  auto files = program();
  std::string cases = "kind: cases\ncases:\n";
  for (int i = 0; i < 40; ++i)
    cases += "  - case: number " + std::to_string(i) + "\n    request: {benefit_month: 2025-02, decided: 2025-02-15}\n    place: {town: north}\n" +
             "    rest: nothing unusual\n    people: {ana: {age: " + std::to_string(i) +
             "}}\n    expect: {outcome: " + (i < 18 ? "ineligible" : "eligible") + "}\n";
  files["help/cases/all.yaml"] = cases;
  const auto rules = rules_in_memory(files);
  CasesOptions one, seven;
  one.coverage = seven.coverage = true;
  one.threads = 1;
  seven.threads = 7;
  EXPECT_EQ(to_json(run_cases(rules, one)), to_json(run_cases(rules, seven)));
}

}  // namespace
}  // namespace duly
