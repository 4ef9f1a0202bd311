// What is read from a tile in bulk is what `determine` says of each household by itself.

#include <gtest/gtest.h>

#include <array>

#include "caseload/tile_decider.h"
#include "determine/determine.h"
#include "support/decide_tables.h"
#include "support/random_households.h"
#include "support/random_share.h"

namespace duly {
namespace {

const std::int64_t households = random_share(150, 30);

class Bulk : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, Bulk, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

PeopleNames names_of(std::int32_t people) {
  PeopleNames out;
  for (std::int32_t i = 1; i <= people; ++i) out.push_back("p" + std::to_string(i));
  return out;
}

/// Columns say between what an open benefit lies, of other outputs that are open nothing.
void drop_other_ends(Determination& d, const std::string& benefit) {
  for (NamedValue& output : d.outputs)
    if (output.name != benefit && output.value.kind == Value::Kind::unknown) output.value = {};
}

TEST_P(Bulk, SaysTheSameAsDetermine) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const auto loaded = std::make_shared<const LoadedProgram>(program->checked);
  std::array<int, 5> outcomes{};
  for (const std::vector<int>& unknown : {std::vector<int>{0}, std::vector<int>{0, 3, 15}}) {
    const Date law_date = law_date_in(*program->checked, months_covered(*program->checked, 2).back());
    RandomHouseholds wanted;
    wanted.seed = 11;
    wanted.households = households;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 6;
    wanted.unknown = unknown;
    wanted.stated = rules_that_may_be_stated(declarations);
    Tile tile;
    tile.table = random_households(declarations, wanted);
    const FactRows& people = tile.table.levels[person_level];
    for (std::int32_t h = 0; h < households; ++h) {
      tile.household.push_back(h);
      tile.people.push_back(names_of(people.begin[static_cast<std::size_t>(h) + 1] - people.begin[static_cast<std::size_t>(h)]));
    }
    DecidedColumns bulk;
    ASSERT_TRUE(TileDecider(declarations.program.outputs, 64).decide(*loaded, tile, law_date, bulk).empty());
    std::vector<RuleId> stated;
    for (const StatedColumn& column : tile.table.stated) stated.push_back(column.rule);
    const auto ready = loaded->ready_plan(law_date, stated);
    ASSERT_TRUE(ready);
    DecidedColumns alone;
    Values values;
    for (std::int32_t h = 0; h < households; ++h) {
      evaluate(*(*ready)->plan, tile.table, h, 1, Keep::everything, values);
      Household details;
      details.people = tile.people[static_cast<std::size_t>(h)];
      details.record_labels.resize(declarations.records.size());
      for (Determination& d : determine({(*ready)->index, values, h, &details, 64})) {
        drop_other_ends(d, loaded->benefit());
        append(alone, h, d, declarations.program.outputs);
      }
    }
    bulk = sorted_by_household(std::move(bulk));
    ASSERT_EQ(bulk.size(), alone.size());
    for (std::size_t row = 0; row < bulk.size(); ++row) {
      ++outcomes[static_cast<std::size_t>(bulk.outcome[row])];
      DecidedColumns one;
      DecidedColumns other;
      append_row(one, bulk.household[row], bulk, row);
      append_row(other, alone.household[row], alone, row);
      ASSERT_TRUE(one == other) << "household " << alone.household[row] << ": " << bulk.reasons[row] << " instead of " << alone.reasons[row] << ", "
                                << to_word(bulk.outcome[row]) << " instead of " << to_word(alone.outcome[row]);
    }
  }
  EXPECT_GT(outcomes[0] + outcomes[1], 0) << "some are settled";
}

}  // namespace
}  // namespace duly
