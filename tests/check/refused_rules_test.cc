// Rules that can be read but cannot be meant: figures out of their range, dates that overlap, tests that nobody can fail, presumptions of another type.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::HasSubstr;

using Files = std::map<std::string, std::string>;

/// Soup for whoever eats together and is not away, up to an income by size.
Files soup() {
  return {
      {"facts/facts.yaml",
       "kind: facts\ntitle: Facts\ncodes:\n  part: {words: {member: takes part, left_out: is left out}}\n"
       "away: {of: person, type: boolean, if_not_stated: no, ask: \"Is {name} away?\", cite: F 1}\n"
       "income: {of: household, type: money per month, range: \"[0..9999]\", ask: \"What comes in?\", evidence: [pay_stubs, letter], cite: F 2}\n"},
      {"soup/program.yaml",
       "kind: program\ntitle: Soup\nauthority: S\nfacts: [facts]\ndecides: each table\ncoverage: {from: 2025-01, until: 2026-12}\n"
       "last_checked: 2026-12-31\nrequires:\n  - {test: here_test, fails: person}\n  - {test: income_test}\noutputs: [share]\n"},
      {"soup/rules.yaml",
       "kind: chapter\ntitle: Soup\n"
       "table:\n  title: Table\n  cite: S 1\n  role: part\n  partition: people\n  steps:\n    - together:\n        - {when: \"1 = 1\", cite: S 1}\n"
       "part:\n  title: Part\n  of: person\n  type: code part\n  cite: S 2\n  branches:\n"
       "    - {when: not here_test, then: left_out, cite: S 2}\n    - {otherwise: member}\n"
       "here_test: {title: Here, of: person, cite: S 3, passes: not away, reason: is_away}\n"
       "income_test: {title: Income, of: table, cite: S 4, passes: \"income <= limit\", reason: too_much}\n"
       "share: {title: Share, of: table, type: money per month, cite: S 5, value: \"income * rate\"}\n"
       "limit:\n  title: Limit\n  cite: S 6\n  type: money per month\n  range: \"[0..5000]\"\n  values:\n"
       "    - {from: 2025-01-01, until: 2025-12-31, is: 1000, source: S 6, confidence: official}\n"
       "    - {from: 2026-01-01, is: 1100, source: S 6, confidence: official}\n"
       "rate: {title: Rate, cite: S 7, type: rate, range: \"[0..1]\", values: [{from: 2025-01-01, is: 0.2, source: S 7, confidence: official}]}\n"},
      {"soup/notices/en.yaml", "kind: notices\nlanguage: en\nis_away: You are away.\ntoo_much: Too much comes in.\n"}};
}

/// What `check` says of the rules with `what` replaced in `file`.
std::string said(const std::string& file, const std::string& what, const std::string& instead) {
  Files files = soup();
  std::string& text = files.at(file);
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), instead);
  const auto rules = Ruleset::from_texts(std::move(files));
  return rules ? to_text(rules->check("soup")) : to_text(rules.errors());
}

TEST(TheSoup, IsSoundAsItStands) { EXPECT_EQ(said("soup/rules.yaml", "is: 1000", "is: 5000"), "") << "the range holds its ends"; }

TEST(Coverage, OfNoMonthIsRefused) {
  const auto covered = [](const std::string& months) { return said("soup/program.yaml", "from: 2025-01, until: 2026-12", months); };
  EXPECT_THAT(covered("from: 2025-01, until: 2024-12"), HasSubstr("`coverage` ends before it begins, so that no month is covered"));
  EXPECT_EQ(covered("from: 2025-01, until: 2025-01"), "");
}

TEST(AFigure, OutsideTheRangeOfItsParameterIsRefused) {
  EXPECT_THAT(said("soup/rules.yaml", "is: 1000", "is: 5000.01"), HasSubstr("error[E150]: `5000.01` lies outside the range [0..5000] of `limit`"));
  EXPECT_THAT(said("soup/rules.yaml", "is: 0.2", "is: 20"), HasSubstr("error[E150]: `20` lies outside the range [0..1] of `rate`"));
}

TEST(AFigure, ThatHoldsLongerThanTheNextBeginsIsRefused) {
  const std::string told = said("soup/rules.yaml", "until: 2025-12-31", "until: 2026-01-01");
  EXPECT_THAT(told, HasSubstr("error[E155]: this value begins on 2026-01-01, but the one before it for the same keys holds until 2026-01-01"));
  EXPECT_EQ(said("soup/rules.yaml", "until: 2025-12-31", "until: 2025-12-30"), "") << "a day without a value is a gap";
}

TEST(AFigure, WithACommaIsTakenForWhatItMayHaveMeant) {
  const auto help = [](const std::string& cell) { return said("soup/rules.yaml", "is: 1000", "is: \"" + cell + "\""); };
  EXPECT_THAT(help("1,100"), HasSubstr("nothing between thousands: 1100\n"));
  EXPECT_THAT(help("1,100.50"), HasSubstr("nothing between thousands: 1100.50\n"));
  EXPECT_THAT(help("1100,50"), HasSubstr("nothing between thousands: 1100.50\n"));
  EXPECT_THAT(help("1.100,50"), HasSubstr("nothing between thousands: 1100.50\n"));
  EXPECT_THAT(help("0,2"), HasSubstr("nothing between thousands: 0.2\n"));
}

TEST(AFigure, WithAPointForThousandsIsRefusedWhereItIsMoney) {
  EXPECT_THAT(said("soup/rules.yaml", "is: 1000", "is: 1.000"), HasSubstr("error[E150]: `1.000` has three decimals"));
  EXPECT_EQ(said("soup/rules.yaml", "is: 1000", "is: 1000.50"), "");
  EXPECT_EQ(said("soup/rules.yaml", "is: 0.2", "is: 0.225"), "") << "a rate may have more";
}

TEST(AQuestion, HasThePersonsNameInBracesAndNothingElse) {
  EXPECT_THAT(said("facts/facts.yaml", "Is {name} away?", "Is {nam} away?"),
              HasSubstr("error[E150]: the question has something else in braces than `{name}`"));
  EXPECT_THAT(said("facts/facts.yaml", "Is {name} away?", "Is {name away?"), HasSubstr("error[E150]"));
  EXPECT_EQ(said("facts/facts.yaml", "Is {name} away?", "Is {name} away, or {name} in bed?"), "");
}

TEST(WhoFails, IsAWordThatIsKnown) {
  EXPECT_THAT(said("soup/program.yaml", "fails: person", "fails: family"), HasSubstr("error[E150]: `fails` can only be `unit` or `person`"));
}

TEST(WhoFails, IsEachPersonOnlyOfATestOfPersons) {
  EXPECT_THAT(said("soup/program.yaml", "{test: income_test}", "{test: income_test, fails: person}"),
              HasSubstr("error[E125]: `income_test` is not decided for each person, so nobody can fail it alone"));
}

TEST(WhoFails, IsLeftOutByTheRoleThatReadsTheTest) {
  EXPECT_THAT(said("soup/rules.yaml", "when: not here_test", "when: away"),
              HasSubstr("error[E153]: who fails `here_test` is left out of nothing: `part` does not read it"));
  EXPECT_THAT(said("soup/rules.yaml", "  role: part\n", ""), HasSubstr("who fails `here_test` is left out of nothing: the unit has no `role`"));
}

TEST(APresumption, OfAnotherTypeIsToldByCheck) {
  EXPECT_THAT(said("facts/facts.yaml", "if_not_stated: no", "if_not_stated: perhaps"),
              HasSubstr("error[E150]: the presumption of `away` is no value of its type"));
}

/// What comes of a document that gives `paper` as evidence for the income.
std::string with_paper(const std::string& paper) {
  const auto rules = Ruleset::from_texts(soup());
  EXPECT_TRUE(rules);
  const auto decided = rules->determine("soup",
                                        "request: {benefit_month: 2026-06, decided: 2026-06-10}\npeople: {ana: {}}\nincome: 900\n"
                                        "evidence: {income: " +
                                            paper + "}\n");
  return decided ? std::to_string(decided->determinations.at(0).to_verify.size()) : to_text(decided.errors());
}

TEST(APaper, IsOneOfThoseThatProveTheFact) {
  EXPECT_EQ(with_paper("letter"), "0");
  EXPECT_EQ(with_paper("[]"), "1");
  EXPECT_THAT(with_paper("napkin"), HasSubstr("error[E308]: `napkin` is no paper that proves `income`"));
  EXPECT_THAT(with_paper("[letter, none]"), HasSubstr("its papers are pay_stubs and letter"));
}

TEST(ADocument, OfNobodyIsToldToDecideNobody) {
  const auto rules = Ruleset::from_texts(soup());
  ASSERT_TRUE(rules);
  for (const char* people : {"people: {}\n", ""}) {
    const auto decided = rules->determine("soup", std::string("request: {benefit_month: 2026-06, decided: 2026-06-10}\nincome: 900\n") + people);
    ASSERT_TRUE(decided) << to_text(decided.errors());
    EXPECT_TRUE(decided->determinations.empty());
    ASSERT_EQ(decided->warnings.size(), 1U);
    EXPECT_THAT(decided->warnings[0].message, HasSubstr("nobody is listed under `people`"));
  }
}

}  // namespace
}  // namespace duly
