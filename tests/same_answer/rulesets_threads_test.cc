// One ruleset answers many threads at once, each with the bytes it gives to one, whoever asks first for a program or a month.

#include <gtest/gtest.h>

#include <thread>

#include "duly/render.h"
#include "duly/ruleset.h"
#include "support/every_program.h"
#include "support/random_households.h"
#include "support/write_document.h"

namespace duly {
namespace {

constexpr std::size_t threads = 4;
constexpr std::int64_t documents_of_a_month = 4;

struct Asked {
  std::string program, document;
};

std::vector<Asked> questions_of(const ProgramPlace& place) {
  std::vector<Asked> out;
  const auto program = load_program(place);
  if (!program) return out;
  const Declarations& declarations = *program->checked->declarations;
  for (const Month month : months_covered(*program->checked, 2)) {
    RandomHouseholds wanted;
    wanted.seed = 21;
    wanted.households = documents_of_a_month;
    wanted.law_date = law_date_in(*program->checked, month);
    wanted.law_in_force_by = declarations.program.law_in_force_by;
    wanted.most_people = 3;
    wanted.most_records = 2;
    wanted.unknown = {0, 3};
    wanted.known_in_part = false;
    const FactTable table = random_households(declarations, wanted);
    for (std::int64_t h = 0; h < table.households; ++h) out.push_back({place.id, document_of(declarations, table, h)});
  }
  return out;
}

std::string answer(const Ruleset& rules, const Asked& asked) {
  const auto determined = rules.determine(asked.program, asked.document);
  const auto explained = rules.explain(asked.program, asked.document);
  if (!determined || !explained) return to_text(determined ? explained.errors() : determined.errors());
  return to_json(*determined) + to_json(*explained);
}

class RulesetsOnThreads : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Of, RulesetsOnThreads, testing::Values("rules", "tests/programs", "tests/oracle/programs"), [](const auto& each) {
  return std::string(each.index == 0 ? "Shipped" : each.index == 1 ? "OfTests" : "OfTheOracle");
});

TEST_P(RulesetsOnThreads, GiveEachTheBytesTheyGiveOne) {
  std::vector<Asked> asked;
  for (const ProgramPlace& place : every_program()) {
    if (place.folder != GetParam()) continue;
    const auto own = questions_of(place);
    asked.insert(asked.end(), own.begin(), own.end());
  }
  ASSERT_FALSE(asked.empty());
  const auto rules = Ruleset::from_folder(std::string(DULY_SOURCE_DIR "/") + GetParam());
  ASSERT_TRUE(rules);
  std::vector<std::vector<std::string>> answers(threads, std::vector<std::string>(asked.size()));
  std::vector<std::thread> running;
  for (std::size_t t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::size_t which = (i + t * asked.size() / threads) % asked.size();  // each begins elsewhere
        answers[t][which] = answer(*rules, asked[which]);
      }
    });
  for (std::thread& thread : running) thread.join();
  const auto alone = Ruleset::from_folder(std::string(DULY_SOURCE_DIR "/") + GetParam());
  ASSERT_TRUE(alone);
  std::size_t decided = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::string expected = answer(*alone, asked[i]);
    const bool is_decided = expected.find("\"duly\"") != std::string::npos;
    const bool is_elsewhere = expected.find("does not cover the place") != std::string::npos;  // a pack asked about a place of another
    EXPECT_TRUE(is_decided || is_elsewhere) << expected << asked[i].document;
    decided += is_decided ? 1 : 0;
    for (std::size_t t = 0; t < threads; ++t) EXPECT_EQ(answers[t][i], expected) << "thread " << t << ", " << asked[i].document;
  }
  EXPECT_GT(decided, 0U);
}

}  // namespace
}  // namespace duly
