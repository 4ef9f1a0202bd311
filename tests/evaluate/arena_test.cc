#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

#include "evaluate/arena.h"
#include "evaluate/every_operator.h"
#include "evaluate/tile.h"

namespace duly::test {
namespace {

using columnar::Arena;

std::uintptr_t address(const void* block) { return reinterpret_cast<std::uintptr_t>(block); }

TEST(Arena, AlignsLargeBlocksToCacheLines) {
  Arena arena;
  EXPECT_EQ(address(arena.take(8)) % 16, 0U);
  EXPECT_EQ(address(arena.take(64)) % 64, 0U);
  EXPECT_EQ(address(arena.take(24)) % 16, 0U);
  EXPECT_EQ(address(arena.take(1000)) % 64, 0U);
}

TEST(Arena, BlocksDoNotOverlap) {
  Arena arena;
  std::vector<std::pair<char*, std::size_t>> blocks;
  for (std::size_t size : {1U, 16U, 100U, 300'000U, 63U, 64U, 65U, 200'000U, 200'000U}) {
    auto* block = static_cast<char*>(arena.take(size));
    std::memset(block, static_cast<int>(blocks.size()), size);
    blocks.emplace_back(block, size);
  }
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (std::size_t i = 0; i < blocks[b].second; ++i) ASSERT_EQ(blocks[b].first[i], static_cast<char>(b));
}

TEST(Arena, TakesABlockOfTheSameSizeAgain) {
  Arena arena;
  void* first = arena.take(100);
  void* other = arena.take(40);
  arena.give_back(first, 100);
  EXPECT_EQ(arena.take(120), first);
  arena.give_back(other, 40);
  EXPECT_NE(arena.take(100), other);
}

TEST(Arena, StartsAnewInTheSameMemory) {
  Arena arena;
  void* first = arena.take(500'000);
  arena.take(100);
  const std::size_t held = arena.capacity();
  for (int round = 0; round < 3; ++round) {
    arena.reset();
    EXPECT_EQ(arena.take(500'000), first);
    arena.take(100);
    EXPECT_EQ(arena.capacity(), held);
  }
}

TEST(Tile, TakesNoMoreMemoryAfterTheFirstOfItsSize) {
  std::mt19937 random(1);
  EveryOperator every = every_operator(random, 60, 4);
  every.sample.fill(random, 30);
  Values values;
  const auto evaluate_and_read = [&] {
    evaluate(every.sample.plan, every.sample.table, 0, 60, Keep::everything, values);
    texts(values, every.asked);
    return values.state->memory.capacity();
  };
  const std::size_t held = evaluate_and_read();
  for (int round = 0; round < 3; ++round) EXPECT_EQ(evaluate_and_read(), held);
}

TEST(Tile, GivesColumnsBackAfterTheirLastUse) {
  Sample sample(std::vector<int>(4000, 1));
  NodeId x = sample.given({.level = household_level});
  std::mt19937 random(1);
  sample.fill(random, 0);
  for (int i = 0; i < 200; ++i) x = sample.node(PlanOp::negate, Shape::number, household_level, {x});
  sample.keep_only({x});
  const Values asked = sample.run(Keep::asked);
  const Values everything = sample.run(Keep::everything);
  EXPECT_EQ(all(asked, x), all(everything, x));
  EXPECT_LT(asked.state->memory.capacity() * 10, everything.state->memory.capacity());
}

TEST(Tile, GivesBackWhatLastedAsLongAsItsAlias) {
  Sample sample(std::vector<int>(4000, 1));
  NodeId x = sample.given({.level = household_level});
  std::mt19937 random(1);
  sample.fill(random, 0);
  std::vector<NodeId> operands;
  for (int i = 0; i < 100; ++i) {
    operands.push_back(sample.node(PlanOp::negate, Shape::number, household_level, {x}));
    const NodeId alias = sample.node(PlanOp::alias, Shape::number, household_level, {operands.back()});
    x = sample.node(PlanOp::negate, Shape::number, household_level, {alias});
  }
  sample.keep_only({x});
  for (const NodeId operand : operands) sample.plan.last_use[static_cast<std::size_t>(operand)] = operand + 2;
  const Values asked = sample.run(Keep::asked);
  const Values everything = sample.run(Keep::everything);
  EXPECT_EQ(all(asked, x), all(everything, x));
  EXPECT_LT(asked.state->memory.capacity() * 10, everything.state->memory.capacity());
}

TEST(Tile, KeepsMemoryThatAnAliasStillReads) {
  Sample sample(std::vector<int>(100, 1));
  const NodeId x = sample.given({.level = household_level});
  std::mt19937 random(1);
  sample.fill(random, 0);
  const NodeId sum = sample.node(PlanOp::add, Shape::number, household_level, {x, x});
  const NodeId alias = sample.node(PlanOp::alias, Shape::number, household_level, {sum});
  NodeId other = x;
  for (int i = 0; i < 5; ++i) other = sample.node(PlanOp::add, Shape::number, household_level, {other, x});
  sample.keep_only({alias, other});
  const std::string expected = all(sample.run(), alias);
  sample.keep_only({alias, other});
  EXPECT_EQ(all(sample.run(Keep::asked), alias), expected);
}

}  // namespace
}  // namespace duly::test
