#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "evaluate/sample.h"

namespace duly::test {
namespace {

struct Bills {
  Sample sample;
  NodeId included = no_node, start = no_node, step = no_node, key = no_node, low = no_node, high = no_node;
  explicit Bills(std::vector<Cell> steps, std::vector<Cell> keys, std::vector<Cell> counted, Cell from = known(0))
      : sample({1}, {static_cast<int>(steps.size())}) {
    included = sample.truths(std::move(counted), income_level);
    start = sample.numbers({std::move(from)}, person_level);
    step = sample.numbers(std::move(steps), income_level);
    key = sample.numbers(std::move(keys), income_level);
  }
  Values run(Lane lane = Lane::i64) {
    id = sample.node(PlanOp::running, Shape::number, income_level, {included, start, step, low, high, key});
    sample.at(id).lane = lane;
    return sample.run();
  }
  std::string text() {
    Values values = run();
    return all(values, id);
  }
  NodeId id = no_node;
};

std::vector<Cell> all_of(std::size_t count, const Cell& cell) { return std::vector<Cell>(count, cell); }

TEST(Running, GoesInTheOrderOfTheKeys) {
  EXPECT_EQ(Bills({known(1), known(10), known(100)}, {known(3), known(1), known(2)}, all_of(3, truth(yes))).text(), "111 10 110");
}

TEST(Running, TiesGoByPosition) {
  EXPECT_EQ(Bills({known(1), known(10), known(100)}, {known(2), known(1), known(2)}, all_of(3, truth(yes))).text(), "11 10 111");
}

TEST(Running, StartsWithTheOwner) {
  Sample sample({2}, {2, 1});
  const NodeId included = sample.truths(all_of(3, truth(yes)), income_level);
  const NodeId start = sample.numbers({known(100), known(200)}, person_level);
  const NodeId step = sample.numbers({known(1), known(2), known(3)}, income_level);
  const NodeId id = sample.node(PlanOp::running, Shape::number, income_level, {included, start, step, no_node, no_node});
  EXPECT_EQ(all(sample.run(), id), "101 103 203");
}

TEST(Running, LeavesOutRecordsThatAreNotIncluded) {
  EXPECT_EQ(Bills({known(1), known(10), known(100)}, all_of(3, known(0)), {truth(yes), truth(no), truth(yes)}).text(), "1 undefined 101");
}

TEST(Running, WidensByRecordsThatMayBeIncluded) {
  EXPECT_EQ(Bills({known(1), known(10), between(100, 105)}, all_of(3, known(0)), {truth(yes), truth(open), truth(yes)}).text(),
            "1 11 or undefined [101..116]");
}

TEST(Running, StaysBetweenItsLimits) {
  Bills b({known(-5), known(20), known(3)}, all_of(3, known(0)), all_of(3, truth(yes)));
  b.low = b.sample.number(0);
  b.high = b.sample.numbers({known(15), known(15), known(15)}, income_level);
  EXPECT_EQ(b.text(), "0 15 15");
}

TEST(Running, WithAnOpenOrderIsTheHullOverTheOrders) {
  EXPECT_EQ(Bills({known(1), known(10), known(-100)}, {between(1, 3), known(2), known(5)}, all_of(3, truth(yes))).text(), "[1..11] [10..11] -89");
}

TEST(Running, IsUndefinedAfterAnUndefinedStep) {
  EXPECT_EQ(Bills({known(1), absent(), known(3)}, all_of(3, known(0)), all_of(3, truth(yes))).text(), "1 undefined undefined");
  EXPECT_EQ(Bills({known(1), absent(), known(3)}, all_of(3, known(0)), {truth(yes), truth(open), truth(yes)}).text(), "1 undefined 4 or undefined");
  EXPECT_EQ(Bills({known(1), absent(), known(3)}, all_of(3, known(0)), {truth(yes), truth(no), truth(yes)}).text(), "1 undefined 4");
}

TEST(Running, IsUndefinedWhereTheOrderIs) {
  EXPECT_EQ(Bills({known(1), known(2)}, {absent(), known(1)}, all_of(2, truth(yes))).text(), "undefined undefined");
  EXPECT_EQ(Bills({known(1), known(2)}, {absent(), known(1)}, {truth(no), truth(yes)}).text(), "undefined 2");
}

TEST(Running, OnTheExactLaneIsTheSame) {
  Bills b({known(1), known(10), known(-100)}, {between(1, 3), known(2), known(5)}, all_of(3, truth(yes)), between(0, 2));
  const Values values = b.run(Lane::exact);
  EXPECT_EQ(all(values, b.id), "[1..13] [10..13] [-89..-87]");
}

/// The hull over every order that the keys allow and every choice of included records, by trying them.
struct Trial {
  std::vector<Cell> steps, keys, counted;
  std::int64_t low, high;
  std::vector<std::pair<std::int64_t, std::int64_t>> found;

  void try_all() {
    found.assign(steps.size(), {INT64_MAX, INT64_MIN});
    std::vector<std::int64_t> place(steps.size());
    try_places(place, 0);
  }
  void try_places(std::vector<std::int64_t>& place, std::size_t i) {
    if (i == steps.size()) return try_inclusion(place);
    for (place[i] = keys[i].low; place[i] <= keys[i].high; ++place[i]) try_places(place, i + 1);
  }
  void try_inclusion(const std::vector<std::int64_t>& place) {
    for (unsigned chosen = 0; chosen < 1U << steps.size(); ++chosen) {
      bool allowed = true;
      for (std::size_t i = 0; i < steps.size(); ++i) allowed = allowed && (counted[i].truth & ((chosen >> i & 1U) != 0 ? yes : no)) != 0;
      if (allowed) run(place, chosen);
    }
  }
  void run(const std::vector<std::int64_t>& place, unsigned chosen) {
    std::vector<std::size_t> order(steps.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return std::pair(place[x], x) < std::pair(place[y], y); });
    std::int64_t least = 0;
    std::int64_t most = 0;
    for (const std::size_t i : order) {
      if ((chosen >> i & 1U) == 0) continue;
      least = std::min(std::max(least + steps[i].low, low), high);
      most = std::min(std::max(most + steps[i].high, low), high);
      found[i] = {std::min(found[i].first, least), std::max(found[i].second, most)};
    }
  }
};

class RandomRunning : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(All, RandomRunning, testing::Bool(), [](const auto& limits) { return limits.param ? "WithLimits" : "WithoutLimits"; });

TEST_P(RandomRunning, HoldsEveryOrder) {
  std::mt19937 random(11);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  for (int round = 0; round < 300; ++round) {
    Trial trial;
    trial.low = GetParam() ? -4 : -1000;
    trial.high = GetParam() ? 9 : 1000;
    for (int i = 0; i < 4; ++i) {
      const int key = pick(0, 4);
      const int step = pick(-6, 8);
      trial.keys.push_back(between(key, key + (pick(0, 2) == 0 ? pick(0, 3) : 0)));
      trial.steps.push_back(between(step, step + (pick(0, 2) == 0 ? pick(0, 5) : 0)));
      trial.counted.push_back(truth(static_cast<unsigned>(pick(1, 3))));
    }
    trial.try_all();
    Bills b(trial.steps, trial.keys, trial.counted);
    if (GetParam()) b.low = b.sample.number(trial.low);
    if (GetParam()) b.high = b.sample.number(trial.high);
    const Values values = b.run();
    for (std::size_t i = 0; i < 4; ++i) {
      const NumberValue v = values.number(b.id, static_cast<std::int32_t>(i));
      ASSERT_EQ(v.may_be_defined, trial.found[i].first <= trial.found[i].second);
      if (!v.may_be_defined) continue;
      ASSERT_LE(v.low, trial.found[i].first) << "round " << round;
      ASSERT_GE(v.high, trial.found[i].second) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace duly::test
