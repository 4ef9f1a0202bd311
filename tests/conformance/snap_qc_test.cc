// Cases that USDA computed, every stage of every one.

#include "cases/table_run.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "support/conformance.h"

namespace duly {
namespace {

SourcePtr file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return make_source(path.filename().string(), text.str());
}

TEST(SnapQualityControl, EveryStageOfEveryCaseAgrees) {
  const auto table = conformance_file("snap_qc_cases.csv");
  if (!table) GTEST_SKIP() << conformance_missing("snap_qc_cases.csv");
  const auto rules = rules_in_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  ASSERT_TRUE(rules) << to_text(rules.errors());
  const auto run = run_table(**rules, file(std::string(DULY_SOURCE_DIR) + "/tests/conformance/snap_qc.map.yaml"), file(*table), {});
  ASSERT_TRUE(run) << to_text(run.errors());
  EXPECT_EQ(run->agree, run->rows) << to_text(*run);
  EXPECT_GE(run->rows, 7'304U);
  EXPECT_TRUE(run->warnings.empty()) << to_text(run->warnings);
  ASSERT_EQ(run->apart.size(), 1U);
  EXPECT_EQ(run->apart[0].label, "basis fitted");
  EXPECT_GT(run->apart[0].rows, 0U);
}

}  // namespace
}  // namespace duly
