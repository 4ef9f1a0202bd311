// The order in which people and their records are written changes nothing for anybody.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "support/changed_tables.h"
#include "support/decide_tables.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr std::int64_t all_rounds = 6;
constexpr std::int64_t households = 25;

class Order : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, Order, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

/// What is decided for a person, with everybody called by their number in the table as it was first.
class Told {
 public:
  Told(const Declarations& declarations, const FactTable& table, const Rearranged& mixed, std::int64_t household)
      : d_(declarations), table_(table), mixed_(mixed), household_(household) {}

  std::string of(const Determination& d) {
    std::string out = decided_text(d) + "; people " + people(d.subject.people);
    std::vector<std::string> reasons;
    for (const Reason& reason : d.reasons) reasons.push_back(reason.rule + ": " + reason.code + " of " + name(reason.subject));
    std::vector<std::string> missing;
    for (const MissingFact& fact : d.missing) missing.push_back(fact.fact + (is_symmetric(fact.fact) ? "" : " of " + name(fact.of)));
    return out + "; " + joined(reasons) + "; " + joined(missing);
  }

 private:
  /// Such a relation is asked of whoever of the two comes first.
  [[nodiscard]] bool is_symmetric(const std::string& fact) const {
    return std::ranges::any_of(d_.facts, [&](const Fact& f) { return f.symmetric && f.record < 0 && f.name == fact; });
  }

  static std::string joined(const std::vector<std::string>& parts) {
    const std::set<std::string> sorted(parts.begin(), parts.end());
    std::string out;
    for (const std::string& part : sorted) out += part + ", ";
    return out;
  }

  std::string people(std::vector<std::string> names) const {
    for (std::string& one : names) one = name(one);
    return joined(names);
  }

  /// `3`, `3.income[1]` or `expenses[0]`, as it was before the mixing.
  [[nodiscard]] std::string name(const std::string& now) const {
    const auto dot = now.find('.');
    const auto bracket = now.find('[');
    if (now.empty()) return now;
    if (bracket == std::string::npos) return std::to_string(old_person(std::stoll(now)) + 1);
    const std::string list = now.substr(dot == std::string::npos ? 0 : dot + 1, bracket - (dot == std::string::npos ? 0 : dot + 1));
    const auto record = std::ranges::find_if(d_.records, [&](const RecordKind& kind) { return kind.name == list; });
    const FactRows& rows = mixed_.table.levels[static_cast<std::size_t>(record->level)];
    const std::int64_t owner = dot == std::string::npos ? household_ : first_person() + std::stoll(now) - 1;
    std::int64_t row = rows.begin[static_cast<std::size_t>(household_)];
    while (rows.owner[static_cast<std::size_t>(row)] != owner) ++row;
    row += std::stoll(now.substr(bracket + 1));
    return list + " " + std::to_string(mixed_.old_row[static_cast<std::size_t>(record->level)][static_cast<std::size_t>(row)]);
  }

  [[nodiscard]] std::int64_t first_person() const { return mixed_.table.levels[person_level].begin[static_cast<std::size_t>(household_)]; }
  [[nodiscard]] std::int64_t old_person(std::int64_t number) const {
    return mixed_.old_row[person_level][static_cast<std::size_t>(first_person() + number - 1)] -
           table_.levels[person_level].begin[static_cast<std::size_t>(household_)];
  }

  const Declarations& d_;
  const FactTable& table_;
  const Rearranged& mixed_;
  std::int64_t household_;
};

TEST_P(Order, OfPeopleAndRecordsChangesNothing) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const Declarations& declarations = *program->checked->declarations;
  const auto months = months_covered(*program->checked, 3);
  const auto rounds = static_cast<std::uint64_t>(random_share(all_rounds));
  std::vector<std::int64_t> every_household(households);
  for (std::size_t h = 0; h < every_household.size(); ++h) every_household[h] = static_cast<std::int64_t>(h);
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    const Date law_date = law_date_in(*program->checked, months[seed % months.size()]);
    TableDecider decider(*program, law_date, {});
    ASSERT_TRUE(decider.ok());
    RandomHouseholds wanted;
    wanted.seed = 100 + seed;
    wanted.households = households;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 5;
    wanted.most_records = 3;
    wanted.unknown = {0, 0, 4};
    const FactTable table = random_households(declarations, wanted);
    Chance chance(seed);
    const Rearranged same = rearranged(declarations, table, every_household);
    const Rearranged mixed = rearranged(declarations, table, every_household, &chance);
    for (std::int64_t h = 0; h < households; ++h) {
      const auto before = decider.decide(table, h, 64);
      const auto after = decider.decide(mixed.table, h, 64);
      const std::int32_t first = table.levels[person_level].begin[static_cast<std::size_t>(h)];
      for (std::int64_t row = first; row < table.levels[person_level].begin[static_cast<std::size_t>(h) + 1]; ++row) {
        const auto moved = std::ranges::find(mixed.old_row[person_level], row) - mixed.old_row[person_level].begin() - first;
        const Determination* was = determination_of(*program->checked, before, static_cast<std::size_t>(row - first));
        const Determination* is = determination_of(*program->checked, after, static_cast<std::size_t>(moved));
        ASSERT_EQ(was == nullptr, is == nullptr) << "seed " << seed << ", household " << h << ", person " << row - first + 1;
        if (was == nullptr) continue;
        ASSERT_EQ(Told(declarations, table, mixed, h).of(*is), Told(declarations, table, same, h).of(*was))
            << "seed " << seed << ", household " << h << ", person " << row - first + 1;
      }
    }
  }
}

}  // namespace
}  // namespace duly
