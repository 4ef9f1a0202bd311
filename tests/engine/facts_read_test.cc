// The facts that a program reads at all: columns of others are left without rows, so none may be missed.

#include <gtest/gtest.h>

#include "check/facts_read.h"
#include "duly/ruleset.h"
#include "engine/ruleset_state.h"

namespace duly {
namespace {

TEST(FactsThatAProgramReads, AreAllThatItsPlansReadOnAnyDay) {
  const auto rules = Ruleset::from_folder(DULY_SOURCE_DIR "/rules");
  ASSERT_TRUE(rules);
  std::size_t plans = 0;
  for (const std::string& id : rules->state().ids()) {
    const auto program = rules->state().program(id);
    ASSERT_TRUE(program) << id;
    for (Month month{Month{12 * 2016}}; month.index < 12 * 2028; month.index += 3) {
      const Date day = first_day_of(month);
      if (!(*program)->not_covered(day).empty()) continue;
      for (const PlanUse use : {PlanUse::explained, PlanUse::bulk}) {
        const auto ready = (*program)->ready_plan(day, {}, use);
        ASSERT_TRUE(ready) << id << ", " << to_text(day);
        const std::vector<bool>& read = (*ready)->index.facts_read();
        for (std::size_t fact = 0; fact < read.size(); ++fact)
          EXPECT_LE(read[fact], (*program)->facts_read()[fact])
              << id << " reads " << (*program)->declarations().facts[fact].name << " on " << to_text(day);
        ++plans;
      }
    }
  }
  EXPECT_GT(plans, 100U);
}

TEST(FactsThatAProgramReads, AreFarFromAllOfTheDictionary) {
  const auto rules = Ruleset::from_folder(DULY_SOURCE_DIR "/rules");
  ASSERT_TRUE(rules);
  const auto program = rules->state().program("us/snap");
  ASSERT_TRUE(program);
  const std::vector<bool>& read = (*program)->facts_read();
  EXPECT_LT(2 * std::count(read.begin(), read.end(), true), static_cast<std::ptrdiff_t>(read.size()));
  const auto reads = [&](const char* name) {
    const auto& facts = (*program)->declarations().facts;
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found != facts.end() && read[static_cast<std::size_t>(found - facts.begin())];
  };
  for (const char* name : {"benefit_month", "decided", "birth_date", "homeless"}) EXPECT_TRUE(reads(name)) << name;
  EXPECT_FALSE(reads("has_medicare"));
}

}  // namespace
}  // namespace duly
