// Households that are decided together: what is open in them is tried in one batch, and comes out as if each had been alone.

#include <gtest/gtest.h>

#include "compile/plan_from_program.h"
#include "determine/determine.h"
#include "duly/render.h"
#include "support/every_program.h"
#include "support/random_households.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr int households_a_program = 60;

TEST(Together, HouseholdsAreDecidedAsEachAlone) {
  const std::int64_t households = random_share(households_a_program);
  int pending = 0;
  for (const ProgramPlace& place : every_program()) {
    const auto program = load_program(place);
    ASSERT_NE(program, nullptr);
    const ProgramDecl& declared = program->checked->declarations->program;
    const auto plan = plan_from_program(program->checked, first_day_of(*declared.covered_from), {});
    ASSERT_TRUE(plan.ok()) << to_text(plan.errors());
    const PlanIndex index(**plan);
    RandomHouseholds wanted;
    wanted.seed = 5;
    wanted.households = households;
    wanted.law_date = first_day_of(*declared.covered_from);
    wanted.law_in_force_by = declared.law_in_force_by;
    wanted.most_people = 4;
    wanted.most_records = 2;
    wanted.unknown = {2, 10, 30};
    const FactTable table = random_households(*program->checked->declarations, wanted);
    Values values;
    evaluate(**plan, table, 0, households, Keep::everything, values);
    std::vector<DetermineInput> inputs;
    for (std::int64_t h = 0; h < households; ++h) inputs.push_back({index, values, h, nullptr, 64});
    const std::vector<std::vector<Determination>> together = determine(inputs);
    ASSERT_EQ(together.size(), inputs.size());
    for (std::size_t h = 0; h < inputs.size(); ++h) {
      const std::vector<Determination> alone = determine(inputs[h]);
      EXPECT_EQ(to_json(Determinations{together[h], {}}), to_json(Determinations{alone, {}})) << place.id << ", household " << h;
      for (const Determination& d : alone) pending += d.outcome == Outcome::pending ? 1 : 0;
    }
  }
  EXPECT_GT(pending, 0);
}

TEST(Together, NoHouseholdGivesNoDetermination) { EXPECT_TRUE(determine(std::span<const DetermineInput>()).empty()); }

}  // namespace
}  // namespace duly
