// Every worked case of every program that comes with the project.

#include "cases/run_cases.h"

#include <gmock/gmock.h>

namespace duly {
namespace {

void expect_all_pass(const std::string& folder) {
  const auto files = rules_in_folder(std::string(DULY_SOURCE_DIR) + "/" + folder);
  ASSERT_TRUE(files) << to_text(files.errors());
  const CasesRun run = run_cases(*files, {});
  EXPECT_EQ(run.errors.size(), 0U) << to_text(run.errors);
  EXPECT_EQ(run.failed(), 0U) << to_text(run);
  EXPECT_GT(run.passed(), 0U);
}

TEST(WorkedCases, OfTheRulesThatShipAllPass) { expect_all_pass("rules"); }

TEST(WorkedCases, OfTheSmallProgramsThatProveTheLanguageAllPass) { expect_all_pass("tests/programs"); }

}  // namespace
}  // namespace duly
