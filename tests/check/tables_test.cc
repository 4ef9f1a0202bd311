// Tables of figures that cannot be are mistakes, not crashes.

#include <gtest/gtest.h>

#include <algorithm>

#include "duly/ruleset.h"

namespace duly {
namespace {

TEST(ATableThatEndsBeforeItStarts, IsAMistakeThoughItGrows) {
  const auto rules = Ruleset::from_texts(
      {{"facts/facts.yaml", "kind: facts\ntitle: Facts\npoor: {of: person, type: boolean, ask: \"Is {name} poor?\", cite: F 1}\n"},
       {"aid/program.yaml",
        "kind: program\ntitle: Aid\nauthority: A\nfacts: [facts]\ndecides: each person\ncoverage: {from: 2025-01}\nlast_checked: 2026-11-26\n"
        "requires: [poor_test]\n"},
       {"aid/rules.yaml",
        "kind: chapter\ntitle: Aid\npoor_test: {title: Poor, of: person, cite: A 1, passes: poor, reason: not_poor}\n"
        "limit:\n  title: Limit\n  cite: A 2\n  type: money by size\n  values:\n    - from: 2027-10-01\n      until: 2026-09-30\n"
        "      source: A 2\n      confidence: official\n      rows: |\n        1   | 2   | each_more\n        100 | 200 | 50\n"},
       {"aid/notices/en.yaml", "kind: notices\nlanguage: en\nnot_poor: You are not poor.\n"}});
  ASSERT_TRUE(rules);
  const auto found = rules->check("aid");
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const Diagnostic& d) { return d.code == Code::dates_overlap; }));
}

}  // namespace
}  // namespace duly
