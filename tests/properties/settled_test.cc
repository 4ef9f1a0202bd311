// A settled outcome stays as it is whatever is learned: refining never flips.

#include <gtest/gtest.h>

#include <algorithm>

#include "support/changed_tables.h"
#include "support/decide_tables.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr std::int64_t all_rounds = 6;
constexpr std::int64_t households = 25;

class Settled : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, Settled, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

std::vector<std::string> reasons_of(const Determination& d) {
  std::vector<std::string> out;
  for (const Reason& reason : d.reasons) out.push_back(reason.rule + ": " + reason.code + (reason.subject.empty() ? "" : " of " + reason.subject));
  std::ranges::sort(out);
  return out;
}

void expect_known_outputs_kept(const Determination& before, const Determination& after) {
  for (std::size_t i = 0; i < before.outputs.size(); ++i) {
    const Value& was = before.outputs[i].value;
    const Value& is = after.outputs[i].value;
    EXPECT_TRUE(was.kind == Value::Kind::unknown || is.text == was.text)
        << before.outputs[i].name << " was " << was.text << " and is " << is.text << " of " << testing::PrintToString(after.subject.people);
  }
}

/// A reason stays one; an ineligible subject may get further ones.
void expect_same_or_more(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  EXPECT_TRUE(std::ranges::includes(after, before)) << testing::PrintToString(before) << " became " << testing::PrintToString(after);
}

TEST_P(Settled, OutcomesAreNeverChangedByLearningMore) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const auto months = months_covered(*program->checked, 3);
  const auto rounds = static_cast<std::uint64_t>(random_share(all_rounds));
  int settled = 0;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    const Date law_date = law_date_in(*program->checked, months[seed % months.size()]);
    TableDecider decider(*program, law_date, {});
    ASSERT_TRUE(decider.ok());
    RandomHouseholds wanted;
    wanted.seed = seed;
    wanted.households = households;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 4;
    wanted.most_records = 3;
    wanted.unknown = {3, 10, 30};
    const FactTable table = random_households(declarations, wanted);
    FactTable learned = table;
    Chance chance(seed);
    refine(declarations, learned, chance, seed % 2 == 0 ? 100 : 50);
    const auto& people = table.levels[person_level].begin;
    for (std::int64_t h = 0; h < households; ++h) {
      const auto before = decider.decide(table, h, 64);
      const auto after = decider.decide(learned, h, 64);
      for (std::size_t p = 0; p < static_cast<std::size_t>(people[static_cast<std::size_t>(h) + 1] - people[static_cast<std::size_t>(h)]); ++p) {
        const Determination* was = determination_of(*program->checked, before, p);
        const Determination* is = determination_of(*program->checked, after, p);
        if (was == nullptr || was->outcome == Outcome::pending) continue;
        ++settled;
        SCOPED_TRACE("seed " + std::to_string(seed) + ", household " + std::to_string(h) + ", person " + std::to_string(p + 1) + ", who was with " +
                     testing::PrintToString(was->subject.people) + " and " + decided_text(*was));
        ASSERT_NE(is, nullptr);
        ASSERT_EQ(decided_text(*is), decided_text(*was));
        expect_known_outputs_kept(*was, *is);
        expect_same_or_more(reasons_of(*was), reasons_of(*is));
      }
    }
  }
  EXPECT_GT(settled, 0);
}

}  // namespace
}  // namespace duly
