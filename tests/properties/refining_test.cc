// Filling in what is unknown never changes what was settled, and only narrows what was open.

#include <gtest/gtest.h>

#include "support/changed_tables.h"
#include "support/compare_values.h"
#include "support/every_program.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr std::int64_t all_rounds = 12;
constexpr std::int64_t households = 40;

class Refining : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, Refining, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(Refining, NarrowsEveryValue) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const auto months = months_covered(*program->checked, 2);
  const auto rounds = static_cast<std::uint64_t>(random_share(all_rounds, 2));
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    const Date law_date = law_date_in(*program->checked, months[seed % months.size()]);
    const auto plan = plan_of_every_term(*program, law_date, rules_that_may_be_stated(declarations));
    ASSERT_TRUE(plan);
    RandomHouseholds wanted;
    wanted.seed = seed;
    wanted.households = households;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 6;
    wanted.stated = plan->stated;
    wanted.unknown = {5, 30, 60};
    FactTable table = random_households(declarations, wanted);
    Chance chance(seed);
    Values wide;
    Values narrow;
    evaluate(*plan, table, 0, households, Keep::everything, wide);
    for (const int percent : {20, 60, 100}) {
      const FactTable before = table;
      refine(declarations, table, chance, percent);
      evaluate(*plan, table, 0, households, Keep::everything, narrow);
      for (std::int32_t h = 0; h < households; ++h)
        ASSERT_EQ(first_widening({wide, h}, {narrow, h}), "") << "seed " << seed << ", household " << h << ", " << percent << " percent filled in";
      evaluate(*plan, table, 0, households, Keep::everything, wide);
    }
  }
}

}  // namespace
}  // namespace duly
