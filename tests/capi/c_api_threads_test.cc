#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "capi/rules_in_memory.h"

namespace {

constexpr int threads = 4;
constexpr int rounds = 25;

std::string explanation_of(const duly_set* set) {
  duly_string* text = nullptr;
  duly_explain(set, 0, DULY_TEXT, &text, nullptr);
  std::string out(duly_string_data(text), duly_string_length(text));
  duly_string_free(text);
  return out;
}

std::string decided(const duly_rules* rules, const std::string& document) {
  duly_set* set = nullptr;
  duly_determine(rules, "help", document.c_str(), document.size(), nullptr, &set, nullptr);
  std::string out = explanation_of(set);
  duly_set_free(set);
  return out;
}

/// What `work` gives on each of several threads at once.
template <class Work>
std::vector<std::string> on_threads(Work work) {
  std::vector<std::string> out(threads);
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t) running.emplace_back([&, t] { out[static_cast<std::size_t>(t)] = work(); });
  for (auto& thread : running) thread.join();
  return out;
}

class CApiOnThreads : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(duly_rules_from_texts(FILES, FILE_COUNT, &rules_, nullptr), DULY_OK); }
  void TearDown() override { duly_rules_free(rules_); }
  duly_rules* rules_ = nullptr;
};

TEST_F(CApiOnThreads, RulesReadForTheFirstTimeByManyGiveOneAnswer) {
  const auto all = on_threads([&] {
    std::string out;
    for (int i = 0; i < rounds; ++i) out = decided(rules_, ELIGIBLE) + decided(rules_, PENDING);
    return out;
  });
  const std::string alone = decided(rules_, ELIGIBLE) + decided(rules_, PENDING);
  EXPECT_FALSE(alone.empty());
  for (const auto& one : all) EXPECT_EQ(one, alone);
}

TEST_F(CApiOnThreads, OneSetIsExplainedOnceForAll) {
  duly_set* set = nullptr;
  ASSERT_EQ(duly_determine(rules_, "help", INELIGIBLE, sizeof INELIGIBLE - 1, nullptr, &set, nullptr), DULY_OK);
  for (const auto& one : on_threads([&] { return explanation_of(set); })) EXPECT_EQ(one, explanation_of(set));
  duly_set_free(set);
}

TEST_F(CApiOnThreads, RulesMayBeFreedWhileSetsOfThemAreExplained) {
  duly_set* set = nullptr;
  ASSERT_EQ(duly_determine(rules_, "help", ELIGIBLE, sizeof ELIGIBLE - 1, nullptr, &set, nullptr), DULY_OK);
  std::thread freeing([&] { duly_rules_free(std::exchange(rules_, nullptr)); });
  EXPECT_FALSE(explanation_of(set).empty());
  freeing.join();
  duly_set_free(set);
}

}  // namespace
