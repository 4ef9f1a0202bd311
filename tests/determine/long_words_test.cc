// A word of a list that is too long to try every word: those that no table and no comparison tells apart are one answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duly/ruleset.h"

namespace duly {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int towns = 700;

/// Wood for a household, by its town: three towns are cold, and `passes` says who gets it.
std::map<std::string, std::string> wood(const std::string& passes) {
  std::string words;
  for (int i = 0; i < towns; ++i) words += (i == 0 ? "" : ", ") + ("town" + std::to_string(i));
  return {
      {"facts/facts.yaml", "kind: facts\ntitle: Places\ncodes:\n  town: [" + words +
                               "]\n  region: [north, south]\n"
                               "region: {of: place, type: code region, ask: \"In which region?\", cite: W 1}\n"
                               "town: {of: place, type: code town, ask: \"In which town?\", cite: W 1}\n"},
      {"wood/program.yaml",
       "kind: program\ntitle: Wood\nauthority: W\nfacts: [facts]\ndecides: each person\ncoverage: {from: 2025-01, until: 2026-12}\n"
       "last_checked: 2026-12-31\nrequires:\n  - {test: cold_test}\noutputs: []\noutcomes:\n  - {when: meets all}\n"},
      {"wood/rules.yaml",
       "kind: chapter\ntitle: Wood\n"
       "is_cold:\n  title: A cold town\n  cite: W 2\n  type: boolean by region, town\n  values:\n    - from: 2020-01-01\n      source: W 2\n"
       "      confidence: official\n      rows: |\n        region | town    | is\n        any    | any     | false\n        north  | town5   | true\n"
       "        north  | town6   | true\n        north  | town300 | true\n"
       "cold_test: {title: Cold, of: household, cite: W 3, passes: \"" +
           passes + "\", reason: not_cold}\n"},
      {"wood/notices/en.yaml", "kind: notices\nlanguage: en\nnot_cold: Your town is not cold.\n"}};
}

Determination at(const std::string& place, const std::string& passes) {
  const auto rules = Ruleset::from_texts(wood(passes));
  EXPECT_TRUE(rules) << (rules ? "" : to_text(rules.errors()));
  const auto out =
      rules->determine("wood", "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\nplace: {" + place + "}\npeople: {ana: {}}\n");
  EXPECT_TRUE(out) << (out ? "" : to_text(out.errors()));
  return out->determinations.at(0);
}

TEST(LongWords, AWordThatChangesNothingIsNotAskedFor) {
  const Determination d = at("region: north", "is_cold(region, town) or not is_cold(region, town)");
  EXPECT_EQ(d.outcome, Outcome::eligible) << "cold or not, it is the same";
  EXPECT_THAT(d.missing, IsEmpty());
}

TEST(LongWords, AWordOnWhichATableHangsIsAskedForAndNothingElseIs) {
  const Determination d = at("region: north", "is_cold(region, town)");
  EXPECT_EQ(d.outcome, Outcome::pending);
  ASSERT_THAT(d.missing, SizeIs(1));
  EXPECT_EQ(d.missing[0].fact, "town");
  EXPECT_THAT(d.missing[0].choices, SizeIs(towns));
  EXPECT_TRUE(d.missing_is_exact);
}

TEST(LongWords, AWordThatIsComparedIsCutWhereItIsCompared) {
  EXPECT_EQ(at("region: north", "town = town300 or town != town300").outcome, Outcome::eligible);
  EXPECT_EQ(at("region: north", "town = town300").outcome, Outcome::pending);
}

TEST(LongWords, WhileTheOtherKeyIsOpenEachOfItsPlacesCuts) {
  const std::string either = "is_cold(region, town) or not is_cold(region, town)";
  EXPECT_EQ(at("", either).outcome, Outcome::eligible);
  const Determination d = at("", "is_cold(region, town)");
  EXPECT_EQ(d.outcome, Outcome::pending);
  EXPECT_THAT(d.missing, SizeIs(2));
}

TEST(LongWords, AKnownWordDecidesOnBothSidesOfACut) {
  EXPECT_EQ(at("region: north, town: town300", "is_cold(region, town)").outcome, Outcome::eligible);
  EXPECT_EQ(at("region: north, town: town301", "is_cold(region, town)").outcome, Outcome::ineligible);
  EXPECT_EQ(at("region: south, town: town300", "is_cold(region, town)").outcome, Outcome::ineligible);
}

}  // namespace
}  // namespace duly
