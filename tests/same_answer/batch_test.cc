// Determinations have the same bytes alone, among others, and in another order of households.

#include <gtest/gtest.h>

#include <numeric>

#include "duly/render.h"
#include "support/changed_tables.h"
#include "support/decide_tables.h"
#include "support/random_share.h"

namespace duly {
namespace {

const std::int64_t households = random_share(80, 20);

class Batch : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, Batch, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(Batch, HasTheSameBytesAsOneHouseholdAlone) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const Date law_date = law_date_in(*program->checked, months_covered(*program->checked, 2).back());
  RandomHouseholds wanted;
  wanted.seed = 5;
  wanted.households = households;
  wanted.law_date = law_date;
  wanted.law_in_force_by = declarations.program.law_in_force_by;
  wanted.most_people = 6;
  wanted.unknown = {0, 2, 10};
  wanted.stated = rules_that_may_be_stated(declarations);
  TableDecider decider(*program, law_date, wanted.stated);
  ASSERT_TRUE(decider.ok());
  const FactTable table = random_households(declarations, wanted);
  std::vector<std::int64_t> order(static_cast<std::size_t>(households));
  std::iota(order.rbegin(), order.rend(), 0);
  const FactTable turned = rearranged(declarations, table, order).table;
  Values together;
  Values together_turned;
  evaluate(decider.plan(), table, 0, households, Keep::everything, together);
  evaluate(decider.plan(), turned, 0, households, Keep::everything, together_turned);
  for (std::int64_t h = 0; h < households; ++h) {
    const std::string alone = to_json(Determinations{decider.decide(table, h, 64), {}});
    ASSERT_EQ(to_json(Determinations{decider.decide(together, h, 64), {}}), alone) << "household " << h;
    ASSERT_EQ(to_json(Determinations{decider.decide(together_turned, households - 1 - h, 64), {}}), alone) << "household " << h << ", turned round";
  }
}

}  // namespace
}  // namespace duly
