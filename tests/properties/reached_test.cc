// What a result rests on is the same by one sweep through the plan as by a walk from part to part.

#include <gtest/gtest.h>

#include <set>

#include "determine/reached.h"
#include "support/every_program.h"
#include "support/random_households.h"
#include "support/random_share.h"

namespace duly {
namespace {

const std::int64_t households = random_share(60, 10);
constexpr std::uint8_t everything = PlanIndex::doubtful_value | PlanIndex::doubted_rule | PlanIndex::presumable_fact | PlanIndex::provable_fact;

using Reach = std::set<std::pair<NodeId, std::int32_t>>;

Reach by_walking(const Evaluated& e, std::vector<Part> waiting, std::uint8_t wanted) {
  Reach out;
  Seen seen;
  std::vector<Part> parts;
  while (!waiting.empty()) {
    const Part part = waiting.back();
    waiting.pop_back();
    if (part.node == no_node || ((e.index.worth_visiting(part.node) | any_node) & wanted) == 0 || !seen.add(part)) continue;
    if (is_wanted_itself(e, part.node, wanted)) out.insert({part.node, part.row});
    parts.clear();
    e.parts.add_parts(part, parts);
    waiting.insert(waiting.end(), parts.begin(), parts.end());
  }
  return out;
}

Reach by_sweeping(const Evaluated& e, std::int32_t household, const std::vector<Part>& roots, std::uint8_t wanted) {
  Reach out;
  Reached reached(e, household, wanted);
  if (!reached.fits()) return by_walking(e, roots, wanted);
  for (const Part& root : roots) reached.add(root);
  reached.for_each([&](NodeId node, std::int32_t row) { out.insert({node, row}); });
  return out;
}

class ReachedValues : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, ReachedValues, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(ReachedValues, AreThoseThatAWalkReaches) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Date law_date = law_date_in(*program->checked, months_covered(*program->checked, 3).back());
  const auto plan = plan_of_every_term(*program, law_date, rules_that_may_be_stated(*program->checked->declarations));
  ASSERT_TRUE(plan);
  RandomHouseholds wanted;
  wanted.seed = 11;
  wanted.households = households;
  wanted.law_date = law_date;
  wanted.law_in_force_by = program->checked->declarations->program.law_in_force_by;
  wanted.stated = plan->stated;
  const FactTable table = random_households(*program->checked->declarations, wanted);
  Values values;
  evaluate(*plan, table, 0, households, Keep::everything, values);
  const PlanIndex index(*plan);
  const Evaluated e(index, values);
  std::size_t reached = 0, worth = 0;
  for (std::int32_t h = 0; h < households; ++h) {
    const Rows& rows = e.paths.rows(plan->program->decided);
    for (std::int32_t row = rows.begin[h]; row < rows.begin[h + 1]; ++row) {
      std::vector<Part> roots;
      for (const PlanOutput& output : plan->outputs) roots.push_back({output.value, row, whole_set});
      for (const PlanOutcome& outcome : plan->outcomes)
        if (outcome.when != no_node) roots.push_back({outcome.when, row, whole_set});
      for (const Part& root : roots) worth += (index.worth_visiting(root.node) & everything) != 0 ? 1 : 0;
      const Reach swept = by_sweeping(e, h, roots, everything);
      ASSERT_EQ(swept, by_walking(e, roots, everything)) << "household " << h << ", row " << row;
      ASSERT_EQ(by_sweeping(e, h, roots, any_node), by_walking(e, roots, any_node)) << "household " << h << ", row " << row;
      reached += swept.size();
    }
  }
  EXPECT_EQ(reached > 0, worth > 0) << "some programs hold nothing of the kind";
}

}  // namespace
}  // namespace duly
