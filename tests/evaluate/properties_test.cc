// What holds of every operator: knowing more never leaves what was possible, everything known settles everything, and neither the tile, its
// place, the kernels nor the memory plan change a value.

#include <gtest/gtest.h>

#include "evaluate/every_operator.h"

namespace duly::test {
namespace {

std::string name(const Sample& sample, NodeId id) {
  return "node " + std::to_string(id) + ", operator " + std::to_string(static_cast<int>(sample.plan.nodes[static_cast<std::size_t>(id)].op));
}

void expect_within(const Sample& sample, const Values& wide, const Values& narrow, const std::vector<NodeId>& nodes) {
  for (const NodeId id : nodes) {
    const std::int32_t rows = wide.rows(sample.plan.nodes[static_cast<std::size_t>(id)].level).count;
    for (std::int32_t row = 0; row < rows; ++row) ASSERT_EQ(outside(wide, narrow, id, row), "") << name(sample, id) << ", row " << row;
  }
}

TEST(Evaluation, KnowingMoreNeverLeavesWhatWasPossible) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 5, seed % 3 == 0 ? 2 : 5);
    every.sample.fill(random, 20 + static_cast<int>(seed % 5) * 20);
    Values wide = every.sample.run();
    const FactTable before = every.sample.table;
    for (int step = 0; step < 4; ++step) {
      every.sample.table = before;
      Sample narrowed = every.sample;
      narrowed.narrow(random, step == 3);
      ASSERT_NO_FATAL_FAILURE(expect_within(narrowed, wide, narrowed.run(), every.row_by_row)) << "seed " << seed;
    }
  }
}

TEST(Evaluation, IsSettledWhereEveryFactIsKnown) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 6, 5);
    every.sample.fill(random, 0);
    const Values values = every.sample.run();
    for (const NodeId id : every.settling) {
      const std::int32_t rows = values.rows(every.sample.at(id).level).count;
      for (std::int32_t row = 0; row < rows; ++row) {
        const bool one_way = values.may_be_undefined(id, row) != values.may_be_defined(id, row);
        ASSERT_TRUE(values.is_settled(id, row) || (one_way && values.may_be_undefined(id, row)))
            << name(every.sample, id) << ", row " << row << " of seed " << seed << ": " << text(values, id, row);
      }
    }
  }
}

TEST(Evaluation, TileSizeAndPositionChangeNothing) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 90, 4);
    every.sample.fill(random, seed % 3 == 0 ? 0 : 30);
    const std::vector<std::string> whole = texts(every.sample.run(), every.asked);
    for (const std::int64_t size : {1, 7, 64}) {
      std::vector<std::string> pieces(every.asked.size());
      Values values;
      for (std::int64_t first = 0; first < 90; first += size) {
        evaluate(every.sample.plan, every.sample.table, first, std::min<std::int64_t>(size, 90 - first), Keep::everything, values);
        EXPECT_EQ(values.first_household(), first);
        for (std::size_t i = 0; i < every.asked.size(); ++i) {
          const std::string piece = all(values, every.asked[i]);
          if (!piece.empty()) pieces[i] += (pieces[i].empty() ? "" : " ") + piece;
        }
      }
      for (std::size_t i = 0; i < pieces.size(); ++i) ASSERT_EQ(pieces[i], whole[i]) << name(every.sample, every.asked[i]) << ", tiles of " << size;
    }
  }
}

TEST(Evaluation, KernelLevelChangesNothing) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 70, 5);
    every.sample.fill(random, seed % 2 == 0 ? 0 : 30);
    std::vector<std::string> first;
    for (const KernelLevel level : kernel_levels()) {
      ASSERT_TRUE(set_kernel_level(level));
      const std::vector<std::string> now = texts(every.sample.run(), every.asked);
      if (first.empty()) first = now;
      for (std::size_t i = 0; i < now.size(); ++i) ASSERT_EQ(now[i], first[i]) << name(every.sample, every.asked[i]);
    }
    set_kernel_level(best_kernel_level());
  }
}

TEST(Evaluation, KeepingOnlyWhatIsAskedChangesNothing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    EveryOperator every = every_operator(random, 40, 4);
    every.sample.fill(random, seed % 4 == 0 ? 0 : 30);
    const Values everything = every.sample.run();
    std::vector<NodeId> asked;
    for (const NodeId id : every.asked)
      if (random() % 10 == 0) asked.push_back(id);
    every.sample.keep_only(asked);
    const Values values = every.sample.run(Keep::asked);
    for (const NodeId id : asked) ASSERT_EQ(all(values, id), all(everything, id)) << name(every.sample, id) << ", seed " << seed;
  }
}

TEST(Evaluation, ValuesCanBeUsedAgainForOtherPlans) {
  std::mt19937 random(3);
  EveryOperator large = every_operator(random, 50, 5);
  large.sample.fill(random, 30);
  EveryOperator little = every_operator(random, 1, 2);
  little.sample.fill(random, 30);
  const std::vector<std::string> expected = texts(little.sample.run(), little.asked);
  Values values;
  evaluate(large.sample.plan, large.sample.table, 0, 50, Keep::everything, values);
  evaluate(little.sample.plan, little.sample.table, 0, 1, Keep::everything, values);
  EXPECT_EQ(texts(values, little.asked), expected);
}

TEST(Evaluation, OfNoHouseholdsIsEmpty) {
  std::mt19937 random(3);
  EveryOperator every = every_operator(random, 3, 3);
  every.sample.fill(random, 30);
  const Values values = every.sample.run(Keep::everything, 1, 0);
  for (const NodeId id : every.asked) EXPECT_EQ(all(values, id), "");
}

}  // namespace
}  // namespace duly::test
