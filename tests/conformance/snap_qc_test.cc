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

/// The file itself is not at hand: eight units in its layout, written by hand, among them a household with a person who does not take part, the
/// homeless deduction, and two units of special projects.
TEST(SnapQualityControl, TheMapOfThePublicUseFileReadsItsLayout) {
  const auto rules = rules_in_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  ASSERT_TRUE(rules) << to_text(rules.errors());
  const auto map = file(std::string(DULY_SOURCE_DIR) + "/rules/us/snap/maps/qc_public_use.yaml");
  const auto table = file(std::string(DULY_SOURCE_DIR) + "/tests/conformance/qc_public_use.csv");
  const auto run = run_table(**rules, map, table, {});
  ASSERT_TRUE(run) << to_text(run.errors());
  EXPECT_EQ(to_text(*run), "left out: Minnesota Family Investment Program: 1\nleft out: SSI Combined Application Project: 1\nagree 6 of 6\n");
  EXPECT_TRUE(run->warnings.empty()) << to_text(run->warnings);
}

TEST(SnapQualityControl, AWrongFigureOfThePublicUseFileIsFound) {
  const auto rules = rules_in_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  ASSERT_TRUE(rules) << to_text(rules.errors());
  const auto map = file(std::string(DULY_SOURCE_DIR) + "/rules/us/snap/maps/qc_public_use.yaml");
  std::string table = file(std::string(DULY_SOURCE_DIR) + "/tests/conformance/qc_public_use.csv")->text;
  const std::size_t at = table.find(",1048,983,");
  ASSERT_NE(at, std::string::npos);
  table.replace(at, 10, ",1048,984,");
  const auto run = run_table(**rules, map, make_source("table.csv", table), {});
  ASSERT_TRUE(run) << to_text(run.errors());
  ASSERT_EQ(run->differences.size(), 1U);
  EXPECT_EQ(run->differences[0].key, "100002");
  EXPECT_EQ(run->differences[0].stage, "net_income");
}

}  // namespace
}  // namespace duly
