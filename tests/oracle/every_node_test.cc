// Every node of every program, against the oracle, on random households: zero differences.
//
// DULY_RANDOM_HOUSEHOLDS households in all (100,000 unless said), a DULY_RANDOM_SHARE-th of them under sanitizers. A difference is told with the seed of
// its table; DULY_RANDOM_SEED runs that table alone.

#include <gtest/gtest.h>

#include "oracle/compare_nodes.h"
#include "support/every_program.h"
#include "support/random_households.h"
#include "support/random_share.h"

namespace duly {
namespace {

constexpr int months_of_a_program = 4;
constexpr std::int64_t most_households_of_a_table = 600;

std::int64_t households_wanted() { return random_share(number_from_environment("DULY_RANDOM_HOUSEHOLDS", 100'000)); }

/// One program on one day of law.
class Comparison {
 public:
  Comparison(const TestedProgram& program, Date law_date)
      : program_(program),
        law_date_(law_date),
        plan_(plan_of_every_term(program, law_date, rules_that_may_be_stated(*program.checked->declarations))) {
    if (!plan_) return;
    oracle_.emplace(*program.checked, law_date, [this](TermId term) {
      const PlanNode& node = plan_->nodes[static_cast<std::size_t>(plan_->node_of_term[static_cast<std::size_t>(term)])];
      return oracle::Proven{node.exact_low, node.exact_high, Number(1, node.denominator), node.lane != Lane::exact};
    });
  }

  /// A table of up to `most` random households, evaluated in tiles of random size. Returns how many households it has.
  std::int64_t run(std::uint64_t seed, std::int64_t most) {
    if (!plan_) return households_wanted();
    const Declarations& declarations = *program_.checked->declarations;
    Chance chance(seed);
    RandomHouseholds wanted;
    wanted.seed = seed;
    wanted.households = chance.between(1, std::min(most, most_households_of_a_table));
    wanted.law_date = law_date_;
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.stated = plan_->stated;
    const FactTable table = random_households(declarations, wanted);
    oracle::Differences found;
    for (std::int64_t first = 0; first < table.households;) {
      const std::int64_t count = chance.between(1, table.households - first);
      evaluate(*plan_, table, first, count, Keep::everything, values_);
      if (chance.between(0, 1) == 0) read_from_the_end();
      oracle::compare_tile(*oracle_, values_, found);
      first += count;
    }
    values_compared += found.values_compared;
    if (!found.terms.empty())
      ADD_FAILURE() << "law of " << to_text(law_date_) << ", seed " << seed << "\n" << oracle::report(*program_.checked, found);
    return table.households;
  }

  std::int64_t values_compared = 0;

 private:
  /// What other values need last is computed first, and what they do not need later.
  void read_from_the_end() const {
    for (auto id = static_cast<NodeId>(plan_->nodes.size()); id-- > 0;) static_cast<void>(values_.column(id));
  }

  const TestedProgram& program_;
  Date law_date_;
  std::shared_ptr<const Plan> plan_;
  std::optional<oracle::Oracle> oracle_;
  Values values_;
};

class EveryNode : public testing::TestWithParam<ProgramPlace> {};
INSTANTIATE_TEST_SUITE_P(Of, EveryNode, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(EveryNode, IsWhatTheOracleSaysForRandomHouseholds) {
  const auto program = load_program(GetParam());
  ASSERT_TRUE(program);
  const auto months = months_covered(*program->checked, months_of_a_program);
  const auto parts = static_cast<std::int64_t>(every_program().size() * months.size());
  const auto only_seed = static_cast<std::uint64_t>(number_from_environment("DULY_RANDOM_SEED", 0));
  std::int64_t values = 0;
  std::uint64_t seed = 0;
  for (const Month month : months) {
    Comparison comparison(*program, law_date_in(*program->checked, month));
    const std::int64_t wanted = std::max<std::int64_t>(1, households_wanted() / parts);
    for (std::int64_t done = 0; done < wanted && !HasFailure();) {
      ++seed;
      done += only_seed == 0 || seed == only_seed ? comparison.run(seed, wanted) : most_households_of_a_table / 2;
    }
    values += comparison.values_compared;
  }
  std::cout << values << " values compared\n";
}

}  // namespace
}  // namespace duly
