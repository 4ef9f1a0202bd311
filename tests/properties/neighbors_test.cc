// Neighbours in a tile, the size of the tile, the place in it and the SIMD level change nothing.

#include <gtest/gtest.h>

#include <numeric>

#include "evaluate/dispatch.h"
#include "support/changed_tables.h"
#include "support/compare_values.h"
#include "support/every_program.h"
#include "support/random_share.h"

namespace duly {
namespace {

const std::int64_t households = random_share(150, 70);  // more than the largest tile tried

class Neighbors : public testing::TestWithParam<ProgramPlace> {
 protected:
  void SetUp() override {
    program_ = load_program(GetParam());
    ASSERT_TRUE(program_);
    const Date law_date = law_date_in(*program_->checked, months_covered(*program_->checked, 3).back());
    plan_ = plan_of_every_term(*program_, law_date, rules_that_may_be_stated(declarations()));
    ASSERT_TRUE(plan_);
    RandomHouseholds wanted;
    wanted.seed = 7;
    wanted.households = households;
    wanted.law_date = law_date;
    wanted.law_in_force_by = declarations().program.law_in_force_by;
    wanted.stated = plan_->stated;
    table_ = random_households(declarations(), wanted);
    evaluate(*plan_, table_, 0, households, Keep::everything, together_);
  }
  void TearDown() override { set_kernel_level(best_kernel_level()); }

  [[nodiscard]] const Declarations& declarations() const { return *program_->checked->declarations; }

  std::shared_ptr<const TestedProgram> program_;
  std::shared_ptr<const Plan> plan_;
  FactTable table_;
  Values together_;
};
INSTANTIATE_TEST_SUITE_P(Of, Neighbors, testing::ValuesIn(every_program()), [](const auto& each) { return test_name(each.param); });

TEST_P(Neighbors, InTilesOfAnySizeChangeNothing) {
  Values tile;
  for (const std::int64_t size : {1, 3, 64, 65}) {
    for (std::int64_t first = 0; first < households; first += size) {
      const std::int64_t count = std::min(size, households - first);
      evaluate(*plan_, table_, first, count, Keep::everything, tile);
      for (std::int32_t h = 0; h < count; ++h)
        ASSERT_EQ(first_difference({together_, static_cast<std::int32_t>(first) + h}, {tile, h}), "")
            << "household " << first + h << " in a tile of " << size;
    }
  }
}

TEST_P(Neighbors, InAnotherOrderOrTwiceChangeNothing) {
  Chance chance(3);
  std::vector<std::int64_t> order(static_cast<std::size_t>(households));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
  order.insert(order.end(), order.begin(), order.begin() + 20);
  const FactTable mixed = rearranged(declarations(), table_, order).table;
  Values values;
  evaluate(*plan_, mixed, 0, mixed.households, Keep::everything, values);
  for (std::size_t h = 0; h < order.size(); ++h)
    ASSERT_EQ(first_difference({together_, static_cast<std::int32_t>(order[h])}, {values, static_cast<std::int32_t>(h)}), "")
        << "household " << order[h];
}

TEST_P(Neighbors, AndOlderProcessorsChangeNothing) {
  Values values;
  for (const KernelLevel level : {KernelLevel::base, KernelLevel::v2, KernelLevel::v3, KernelLevel::v4}) {
    if (!set_kernel_level(level)) continue;
    evaluate(*plan_, table_, 0, households, Keep::everything, values);
    for (std::int32_t h = 0; h < households; ++h)
      ASSERT_EQ(first_difference({together_, h}, {values, h}), "") << "level " << static_cast<int>(level) << ", household " << h;
  }
}

}  // namespace
}  // namespace duly
