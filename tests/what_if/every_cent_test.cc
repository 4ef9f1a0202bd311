// A family over food assistance, health coverage and child care: what a sweep finds is compared with deciding every cent alone, from the document.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/number.h"
#include "duly/what_if.h"

namespace duly {
namespace {

const std::vector<std::string> programs{"us/snap", "us/medicaid", "us/child_care"};

std::string family() {
  std::ostringstream text;
  text << std::ifstream(std::string(DULY_SOURCE_DIR) + "/examples/households/working_mother.yaml").rdbuf();
  return text.str();
}

std::string with_wages(std::string document, const std::string& wages) {
  const std::string before = "wages: 2500";
  return document.replace(document.find(before), before.size(), "wages: " + wages);
}

Number amount(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return *number_from_text(text);
  return *number_from_text(text.substr(0, slash)) / *number_from_text(text.substr(slash + 1));
}

/// One cent decided by each program alone: who is eligible, and the net; no net where an amount is open.
struct Alone {
  std::vector<std::string> outcomes;
  bool is_known = true;
  Number net;
};

Alone decided_alone(const Ruleset& rules, std::int64_t cents) {
  Alone out;
  out.net = Number(cents, 100);
  for (const std::string& program : programs) {
    const auto decided = rules.determine(program, with_wages(family(), to_text(Number(cents, 100))));
    if (!decided) throw std::runtime_error(to_text(decided.errors()));
    for (const Determination& d : decided->determinations) {
      out.outcomes.push_back(d.program + " " + d.subject.key + " " + std::string(to_word(d.outcome)) +
                             (d.outcome == Outcome::eligible ? " " + d.scope : ""));
      for (const NamedValue& output : d.outputs) {
        const bool is_given = d.program == "us/snap" ? output.name == "benefit" : output.name == "payment";
        if (!is_given || d.outcome == Outcome::ineligible) continue;
        if (output.value.text.empty() || d.outcome == Outcome::pending) out.is_known = false;
        else out.net += amount(output.value.text);
      }
    }
  }
  return out;
}

/// Each place where the net falls or an outcome changes, as `before after lost`.
std::vector<std::string> turns_one_by_one(const Ruleset& rules, std::int64_t low, std::int64_t high) {
  std::vector<std::string> out;
  Alone before = decided_alone(rules, low);
  for (std::int64_t cents = low + 1; cents <= high; ++cents) {
    Alone here = decided_alone(rules, cents);
    const bool falls = before.is_known && here.is_known && here.net < before.net;
    if (falls || here.outcomes != before.outcomes)
      out.push_back(to_text(Number(cents - 1, 100)) + " " + to_text(Number(cents, 100)) + " " +
                    (falls ? to_text(Number(before.net - here.net)) : ""));
    before = std::move(here);
  }
  return out;
}

std::vector<std::string> turns_of_sweep(const Ruleset& rules, std::int64_t low, std::int64_t high) {
  SweepRequest asked;
  asked.vary = {"people.ana.wages", to_text(Number(low, 100)) + ".." + to_text(Number(high, 100)) + ":100"};
  asked.programs = programs;
  asked.least_loss = "0";
  const auto swept = sweep(rules, family(), asked);
  if (!swept) throw std::runtime_error(to_text(swept.errors()));
  std::vector<std::string> out;
  for (const SweptTurn& turn : swept->turns) out.push_back(turn.before + " " + turn.after + " " + turn.lost);
  return out;
}

class EveryCent : public testing::TestWithParam<std::pair<std::int64_t, std::int64_t>> {};

TEST_P(EveryCent, IsFoundAsItIsDecidedAlone) {
  const Ruleset rules = *Ruleset::from_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  const auto [low, high] = GetParam();
  const std::vector<std::string> expected = turns_one_by_one(rules, low, high);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(turns_of_sweep(rules, low, high), expected);
}

/// Around the end of food assistance, of the mother's and the children's health coverage, where the family share begins, and one where only rounding falls.
INSTANTIATE_TEST_SUITE_P(OfAFamily, EveryCent,
                         testing::Values(std::pair{314'000, 314'400}, std::pair{333'100, 333'400}, std::pair{350'500, 350'800},
                                         std::pair{227'500, 227'900}, std::pair{180'000, 180'800}));

TEST(SweepOfAFamily, FindsTheKnownCliffsInTheWholeRange) {
  const Ruleset rules = *Ruleset::from_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  SweepRequest asked;
  asked.vary = {"people.ana.wages", "0..6000:500"};
  asked.programs = programs;
  asked.threads = 2;
  const auto swept = sweep(rules, family(), asked);
  ASSERT_TRUE(swept) << to_text(swept.errors());
  EXPECT_TRUE(swept->not_looked_at.empty());
  std::vector<std::string> cliffs;
  for (const SweptTurn& turn : swept->turns)
    if (turn.is_cliff) cliffs.push_back(turn.before + ": " + turn.causes.at(0).rule);
  EXPECT_THAT(cliffs, testing::IsSupersetOf({"3332.49: gross_income_test"}));
}

}  // namespace
}  // namespace duly
