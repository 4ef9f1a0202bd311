// An explanation leads from the outcome to the facts: what was taken, why the rest was not, and where each figure stands.

#include "explain/explain.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "determine/winter_aid.h"
#include "duly/ruleset.h"

namespace duly {
namespace {

using test::eligible_home;
using test::with_line;
using test::without;
using testing::IsEmpty;
using testing::Not;

Explanation explained(const std::string& details) {
  const Decided decided = test::decided(details);
  return explain({decided.ready->index, decided.values, 0, decided.household.get(), 256}, decided.determinations.at(0));
}

void visit(const ExplanationNode& node, const std::function<void(const ExplanationNode&)>& f) {
  f(node);
  for (const ExplanationNode& child : node.children) visit(child, f);
}

std::vector<ExplanationNode> all_named(const Explanation& explanation, const std::string& name) {
  std::vector<ExplanationNode> out;
  visit(explanation.root, [&](const ExplanationNode& node) {
    if (node.name == name) out.push_back(node);
  });
  return out;
}

ExplanationNode named(const Explanation& explanation, const std::string& name) {
  const auto all = all_named(explanation, name);
  if (all.empty()) throw std::runtime_error("nothing explains " + name);
  return all.front();
}

TEST(Explain, TheRootIsTheOutcomeWithTheAuthorityOfTheProgram) {
  const Explanation explanation = explained(eligible_home());
  EXPECT_EQ(explanation.root.kind, "outcome");
  EXPECT_EQ(explanation.root.value_text, "eligible");
  EXPECT_EQ(explanation.root.cite, "Winter Act");
  EXPECT_EQ(explanation.program_title, "Winter grant");
}

TEST(Explain, AFormulaStandsAsWrittenAndWithItsNumbers) {
  const ExplanationNode test = named(explained(eligible_home()), "income_test");
  EXPECT_EQ(test.kind, "test");
  EXPECT_EQ(test.formula, "total_income <= income_limit(region)");
  EXPECT_EQ(test.with_numbers, "$500.00 <= $1,000.00");
  EXPECT_EQ(test.value_text, "yes");
}

/// A rule with named steps: one is a sum, one is inside a call, one is written with another.
Explanation with_named_steps() {
  const auto rules = Ruleset::from_texts(
      {{"facts/facts.yaml",
        "kind: facts\ntitle: Facts\nrent: {of: household, type: money per month, range: \"[0..9000]\", ask: \"What is the rent?\", cite: F 1}\n"
        "pay: {of: person, type: money per month, range: \"[0..9000]\", ask: \"What does {name} earn?\", cite: F 2}\n"},
       {"aid/program.yaml",
        "kind: program\ntitle: Aid\nauthority: A\nfacts: [facts]\ndecides: each household\ncoverage: {from: 2025-01}\nlast_checked: 2026-11-26\n"
        "requires: [{test: rent_test}]\noutputs: [grant]\n"},
       {"aid/rules.yaml",
        "kind: chapter\ntitle: Aid\nrent_test: {title: Rent, of: household, cite: A 1, passes: rent > 0, reason: no_rent}\n"
        "grant:\n  title: Grant\n  of: household\n  type: money per month\n  cite: A 2\n"
        "  let:\n    earned: sum(for p in people return p.pay)\n    half: earned / 2\n"
        "  value: max(0, round(rent - half, 1, floor))\n"},
       {"aid/notices/en.yaml", "kind: notices\nlanguage: en\nno_rent: You pay no rent.\n"}});
  if (!rules) throw std::runtime_error(to_text(rules.errors()));
  const auto told =
      rules->explain("aid", "request: {benefit_month: 2026-06, decided: 2026-06-25}\nrent: 900\npeople: {ana: {pay: 601}, leo: {pay: 100}}\n");
  if (!told) throw std::runtime_error(to_text(told.errors()));
  return told->front();
}

TEST(Explain, ANamedStepInsideAFormulaStandsWithItsValueAndItsOwnFormula) {
  const Explanation explanation = with_named_steps();
  const ExplanationNode grant = named(explanation, "grant");
  EXPECT_EQ(grant.formula, "max(0, round(rent - half, 1, floor))");
  EXPECT_EQ(grant.with_numbers, "max(0, round($900.00 - $350.50, 1, floor))");
  const ExplanationNode half = named(explanation, "half");
  EXPECT_EQ(half.kind, "step");
  EXPECT_EQ(half.value_text, "$350.50 a month");
  EXPECT_EQ(half.formula, "earned / 2");
  EXPECT_EQ(half.with_numbers, "$701.00 / 2");
  const ExplanationNode earned = named(explanation, "earned");
  EXPECT_EQ(earned.value_text, "$701.00 a month");
  EXPECT_EQ(earned.formula, "sum(for p in people return p.pay)");
  EXPECT_EQ(earned.children.size(), 2U) << "a sum under the name of its step: a child for each row";
  EXPECT_EQ(all_named(explanation, "earned").size(), 1U);
}

TEST(Explain, AParameterNamesItsSourceItsFirstDayAndHowFarToTrustIt) {
  const Explanation explanation = explained(eligible_home());
  const ExplanationNode limit = named(explanation, "income_limit");
  EXPECT_EQ(limit.kind, "parameter");
  EXPECT_EQ(limit.source, "Limits of the first day");
  EXPECT_EQ(limit.in_force_from, "2020-01-01");
  EXPECT_EQ(limit.confidence, "official");
  EXPECT_EQ(named(explanation, "grant_by_region").confidence, "doubtful");
}

TEST(Explain, ABranchThatWasNotTakenSaysSoAndTheOneTakenIsDecisive) {
  const ExplanationNode grant = named(explained(eligible_home()), "grant");
  ASSERT_GE(grant.children.size(), 2U);
  EXPECT_EQ(grant.children[0].kind, "line");
  EXPECT_EQ(grant.children[0].not_taken, "does not hold");
  EXPECT_EQ(grant.children[0].cite, "Act 8(a)");
  EXPECT_EQ(grant.children[0].with_numbers, "$700.00 > 2000");
  EXPECT_EQ(grant.children[1].formula, "otherwise");
  EXPECT_TRUE(grant.children[1].decisive);
}

TEST(Explain, TheValueBeforeRoundingIsKept) {
  const ExplanationNode grant = named(explained(with_line(eligible_home(), "people_sharing: 7")), "grant");
  EXPECT_EQ(grant.value_text, "$42.00 a month");
  EXPECT_EQ(grant.before_rounding, "about $42.86");
  EXPECT_EQ(grant.with_numbers, "round($300.00 / 7, 1, down)");
}

TEST(Explain, OfAnyOfTheLineThatHeldIsNamedAndThoseBeforeItWithTheirNumbers) {
  const ExplanationNode frail = named(explained(with_line(eligible_home(), "people: {ana: {age: 80, income: [], frail: no}}")), "is_frail");
  ASSERT_EQ(frail.children.size(), 2U);
  EXPECT_EQ(frail.children[0].not_taken, "does not hold");
  EXPECT_EQ(frail.children[1].cite, "Act 7(b)");
  EXPECT_TRUE(frail.children[1].decisive);
}

TEST(Explain, LinesAfterTheOneThatHeldAreLeftOut) {
  const ExplanationNode frail = named(explained(with_line(eligible_home(), "people: {ana: {age: 80, income: [], frail: yes}}")), "is_frail");
  ASSERT_EQ(frail.children.size(), 1U);
  EXPECT_EQ(frail.children[0].formula, "frail");
}

TEST(Explain, ASumHasOneChildForEachRowThatCounted) {
  const auto home =
      with_line(eligible_home(),
                "people: {ana: {age: 80, income: [{amount: 500}, {amount: 90, regular: no}], frail: no}, leo: {age: 8, income: [], frail: no}}");
  const Explanation explanation = explained(home);
  const ExplanationNode total = named(explanation, "total_income");
  ASSERT_EQ(total.children.size(), 2U);
  EXPECT_EQ(total.children[0].of, "ana");
  EXPECT_EQ(total.children[1].of, "leo");
  const ExplanationNode own = total.children[0];
  ASSERT_EQ(own.children.size(), 1U);
  EXPECT_EQ(own.children[0].of, "ana.income[0]");
  EXPECT_EQ(own.children[0].value_text, "$500.00 a month");
}

TEST(Explain, AFactSaysWhereItComesFrom) {
  const Explanation explanation = explained(eligible_home() + "evidence: {ana.birth_date: birth_certificate}\n");
  EXPECT_EQ(named(explanation, "amount").source, "reported");
  EXPECT_EQ(named(explanation, "birth_date").source, "birth_certificate");
  EXPECT_EQ(named(explanation, "decided").source, "request");
}

TEST(Explain, AStatedValueIsNotTakenApart) {
  const Explanation explanation = explained(eligible_home() + "assume: {total_income: 700}\n");
  const ExplanationNode total = named(explanation, "total_income");
  EXPECT_EQ(total.source, "assumed");
  EXPECT_EQ(total.value_text, "$700.00 a month");
  EXPECT_THAT(total.children, IsEmpty());
}

TEST(Explain, ARefusalShowsWhatFailedAndNothingElse) {
  const Explanation explanation = explained(with_line(eligible_home(), "people: {ana: {age: 80, income: [{amount: 2000}], frail: no}}"));
  EXPECT_THAT(all_named(explanation, "income_test"), Not(IsEmpty()));
  EXPECT_THAT(all_named(explanation, "cold_test"), IsEmpty());
  EXPECT_THAT(all_named(explanation, "grant"), IsEmpty());
}

TEST(Explain, WhatCouldNotMatterIsLeftOut) {
  // Oil is not needed where wood heats; who may be cold anyway is not asked after frost.
  const Explanation explanation = explained(with_line(eligible_home(), "world: {very_cold: yes}"));
  const ExplanationNode cold = named(explanation, "cold_test");
  EXPECT_THAT(cold.formula, IsEmpty());
  ASSERT_EQ(cold.children.size(), 1U);
  EXPECT_EQ(cold.children[0].title, "exempt");
}

TEST(Explain, AGateThatIsClosedIsShownWithWhatClosedIt) {
  const ExplanationNode needs = named(explained(with_line(eligible_home(), "bills: []")), "needs_oil");
  EXPECT_EQ(needs.source, "not needed");
  EXPECT_EQ(needs.value_text, "no");
}

TEST(Explain, WhatIsMissingStandsAsNotKnown) {
  const Explanation explanation = explained(without(eligible_home(), "rent"));
  EXPECT_EQ(explanation.root.value_text, "pending");
  const ExplanationNode rent = named(explanation, "rent");
  EXPECT_EQ(rent.source, "not given");
  EXPECT_EQ(rent.value_text, "not known");
}

TEST(Explain, EachRuleIsTakenApartOnceForEachOfItsRows) {
  const Explanation explanation = explained(eligible_home());
  std::map<std::string, int> taken_apart;
  visit(explanation.root, [&](const ExplanationNode& node) {
    if (node.kind == "rule" && !node.formula.empty()) ++taken_apart[node.name + " of " + node.of];
  });
  for (const auto& [rule, times] : taken_apart) EXPECT_EQ(times, 1) << rule;
}

TEST(Explain, SaysTheSameEveryTime) {
  const auto formulas = [] {
    std::string out;
    visit(explained(eligible_home()).root,
          [&](const ExplanationNode& node) { out += node.kind + node.name + node.of + node.with_numbers + node.value_text + node.source + "\n"; });
    return out;
  };
  EXPECT_EQ(formulas(), formulas());
}

}  // namespace
}  // namespace duly
