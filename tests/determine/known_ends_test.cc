// Of a value that is open, the ends are told that come from what was said or from law, not those that a dictionary alone gives.

#include <gtest/gtest.h>

#include "duly/render.h"
#include "duly/ruleset.h"
#include "render/value_text.h"

namespace duly {
namespace {

/// Help with rent: what is left of it after a third of the income, at most 600 dollars.
std::map<std::string, std::string> rent_help() {
  return {{"facts/facts.yaml",
           "kind: facts\ntitle: What people say\n"
           "records:\n  wages: {of: household, one: wage, fields: {amount: {type: money per month, range: \"[0..100000]\", ask: \"How much?\"}}, "
           "ask: \"What comes in?\", cite: R 1}\n"
           "rent: {of: household, type: money per month, range: \"[0..50000]\", ask: \"What is the rent?\", cite: R 2}\n"
           "moved_in: {of: household, type: date, ask: \"Since when?\", cite: R 3}\n"
           "change: {of: household, type: money per month, range: \"[-500..500]\", ask: \"What changes?\", cite: R 4}\n"},
          {"rent_help/program.yaml",
           "kind: program\ntitle: Rent help\nauthority: R\nfacts: [facts]\ndecides: each household\ncoverage: {from: 2025-01, until: 2026-12}\n"
           "last_checked: 2026-12-31\nrequires: [rent_test]\noutputs: [help, income, income_left, help_from, changed_rent, spare, help_and_bonus]\n"
           "outcomes:\n  - {when: meets all}\n"},
          {"rent_help/rules.yaml",
           "kind: chapter\ntitle: Rent help\n"
           "rent_test: {title: There is rent, of: household, cite: R 5, passes: \"rent >= 0\", reason: no_rent}\n"
           "income: {title: Income, of: household, type: money per month, cite: R 6, value: \"sum(wages.amount)\"}\n"
           "help: {title: Help, of: household, type: money per month, cite: R 7, value: \"min(600, max(0, rent - income))\"}\n"
           "income_left: {title: Income left, of: household, type: money per month, cite: R 8, value: \"income - rent\"}\n"
           "help_from: {title: First day, of: household, type: date, cite: R 9, value: \"moved_in\"}\n"
           "changed_rent: {title: Rent from next month, of: household, type: money per month, cite: R 10, value: \"rent + change\"}\n"
           "spare: {title: Spare, of: household, type: money per month, cite: R 11, value: \"max(income, 200)\"}\n"
           "bonus: {title: Bonus, cite: R 12, type: money per month, range: \"[0..50]\", "
           "values: [{from: 2025-01-01, is: not known, source: R 12, confidence: official}]}\n"
           "help_and_bonus: {title: With the bonus, of: household, type: money per month, cite: R 13, value: \"help + bonus\"}\n"},
          {"rent_help/notices/en.yaml", "kind: notices\nlanguage: en\nno_rent: There is no rent.\n"}};
}

/// The ends of an output that is open: `300..600`.
std::string ends(const std::string& document, const std::string& output) {
  const auto rules = Ruleset::from_texts(rent_help());
  EXPECT_TRUE(rules) << (rules ? "" : to_text(rules.errors()));
  if (!rules) return {};
  const auto decided =
      rules->determine("rent_help", "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\npeople: {ana: {}}\n" + document);
  EXPECT_TRUE(decided) << (decided ? "" : to_text(decided.errors()));
  if (!decided) return {};
  for (const NamedValue& value : decided->determinations.at(0).outputs)
    if (value.name == output) {
      EXPECT_EQ(value.value.kind, Value::Kind::unknown) << value.value.text;
      return value.value.low + ".." + value.value.high;
    }
  ADD_FAILURE() << "no output " << output;
  return {};
}

TEST(KnownEnds, AreNoneOfAnAmountThatNobodyTold) {
  EXPECT_EQ(ends("rent: 900\n", "income"), "..");
  EXPECT_EQ(ends("rent: 900\n", "income_left"), "-900..");
}

TEST(KnownEnds, AreWhatWasSaidWhereAnotherAmountIsOpen) { EXPECT_EQ(ends("rent: 900\nwages: [{amount: 300}, {}]\n", "income"), "300.."); }

TEST(KnownEnds, AreWhatTheRulesLetThrough) {
  EXPECT_EQ(ends("rent: 900\n", "help"), "0..600");
  EXPECT_EQ(ends("rent: 400\n", "help"), "0..400");
  EXPECT_EQ(ends("wages: [{amount: 100}]\n", "help"), "0..600");
  EXPECT_EQ(ends("rent: 900\n", "spare"), "200..");
}

TEST(KnownEnds, AreThoseARuleFileGivesAFigureThatIsNotAtHand) {
  EXPECT_EQ(ends("rent: 400\nwages: [{amount: 100}]\n", "help_and_bonus"), "300..350");
  EXPECT_EQ(ends("rent: 400\n", "help_and_bonus"), "0..450");
}

TEST(KnownEnds, AreNoneOfADayThatNobodyTold) { EXPECT_EQ(ends("rent: 900\n", "help_from"), ".."); }

TEST(KnownEnds, AreNoneWhereBothWaysAreOpen) { EXPECT_EQ(ends("rent: 900\n", "changed_rent"), ".."); }

TEST(KnownEnds, AreReadAsAtLeastAndAtMost) {
  Value value;
  value.unit = "USD per month";
  EXPECT_EQ(to_text(value), "not known");
  value.low = "300";
  EXPECT_EQ(to_text(value), "at least $300.00 a month");
  value.high = "450.5";
  EXPECT_EQ(to_text(value), "between $300.00 and $450.50 a month");
  value.low.clear();
  EXPECT_EQ(to_text(value), "at most $450.50 a month");
  value.unit.clear();
  value.high = "2026-06-30";
  EXPECT_EQ(to_text(value), "30 June 2026 or earlier");
  value.high.clear();
  value.low = "2026-06";
  EXPECT_EQ(to_text(value), "June 2026 or later");
}

}  // namespace
}  // namespace duly
