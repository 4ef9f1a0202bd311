// What rule files say for sweeps and why-nots: which amounts come in, what a program gives, what nobody can change.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "what_if/heating_help.h"

namespace duly {
namespace {

/// The first mistake of the program with `before` replaced in the file `path`.
std::string mistake_with(const std::string& path, const std::string& before, const std::string& after) {
  auto texts = test::heating_help();
  std::string& text = texts.at(path);
  text.replace(text.find(before), before.size(), after);
  const auto found = Ruleset::from_texts(std::move(texts))->check("heat");
  return found.empty() ? "" : code_text(found[0].code) + " " + found[0].message;
}

TEST(Gives, NamesOutputsThatAreAmounts) {
  EXPECT_EQ(mistake_with("heat/program.yaml", "gives: [grant]", "gives: [grant, own_income]"), "");
  EXPECT_EQ(mistake_with("heat/program.yaml", "gives: [grant]", "gives: [limit]"), "E104 `limit` is no output of the program");
  EXPECT_EQ(mistake_with("heat/program.yaml", "outputs: [grant, own_income]\ngives: [grant]", "outputs: [grant, is_poor]\ngives: [is_poor]"),
            "E123 `is_poor` is no amount of money, so it is nothing that a family gets");
}

TEST(Received, BelongsToAmountsThatComeAgainAndAgain) {
  EXPECT_EQ(mistake_with("facts/facts.yaml", "type: hours per week", "type: hours per week\n  received: yes"),
            "E149 `work_hours` is `received` and no amount of money per period");
  EXPECT_EQ(mistake_with("facts/facts.yaml", "amount: {type: money per pay_period,", "amount: {type: money,").substr(0, 4), "E149");
}

TEST(Gives, IsTheFirstOutputWhereTheProgramDoesNotSay) {
  auto texts = test::heating_help();
  std::string& text = texts.at("heat/program.yaml");
  text.replace(text.find("gives: [grant]\n"), 15, "");
  SweepRequest asked;
  asked.vary = {"people.ana.income[0].amount", "1000,1600"};
  const auto swept = sweep(*Ruleset::from_texts(std::move(texts)), test::household_of_ana(), asked);
  ASSERT_TRUE(swept);
  EXPECT_EQ(swept->points.at(0).benefits, "200");
}

}  // namespace
}  // namespace duly
