// Rule files are parsed once while they stay as they are, and anew where they were mended.

#include "resolve/rule_files.h"

#include <gtest/gtest.h>

#include "duly/ruleset.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace duly {
namespace {

namespace fs = std::filesystem;

class RuleFilesInAFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "duly_rules.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    write("title: One\n");
    files_ = *rules_in_folder(folder_.string());
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& text) const { std::ofstream(folder_ / "chapter.yaml", std::ios::binary) << text; }

  fs::path folder_;
  std::shared_ptr<const RuleFiles> files_;
};

TEST_F(RuleFilesInAFolder, AreParsedOnceWhileTheyStayAsTheyAre) {
  const auto first = files_->parsed("chapter.yaml");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(files_->parsed("chapter.yaml"), first);
  EXPECT_EQ(first->sha256, sha256("title: One\n"));
}

TEST_F(RuleFilesInAFolder, AreParsedAnewOnceTheyAreMended) {
  write("title: [One\n");
  const auto wrong = files_->parsed("chapter.yaml");
  ASSERT_NE(wrong, nullptr);
  EXPECT_FALSE(wrong->errors.empty());
  write("title: Two\n");
  const auto mended = files_->parsed("chapter.yaml");
  EXPECT_TRUE(mended->errors.empty());
  EXPECT_EQ(mended->tree->find("title")->text, "Two");
  EXPECT_FALSE(wrong->errors.empty());  // who holds the tree of before keeps it
}

TEST_F(RuleFilesInAFolder, ThatAreGoneHaveNoTree) {
  ASSERT_NE(files_->parsed("chapter.yaml"), nullptr);
  fs::remove(folder_ / "chapter.yaml");
  EXPECT_EQ(files_->parsed("chapter.yaml"), nullptr);
  EXPECT_EQ(files_->parsed("other.yaml"), nullptr);
}

TEST(ATableThatEndsBeforeItStarts, IsAMistakeThoughItGrows) {
  const auto rules = Ruleset::from_texts(
      {{"facts/facts.yaml", "kind: facts\ntitle: Facts\npoor: {of: person, type: boolean, ask: \"Is {name} poor?\", cite: F 1}\n"},
       {"aid/program.yaml",
        "kind: program\ntitle: Aid\nauthority: A\nfacts: [facts]\ndecides: each person\ncoverage: {from: 2025-01}\nlast_checked: 2026-11-26\n"
        "requires: [poor_test]\n"},
       {"aid/rules.yaml",
        "kind: chapter\ntitle: Aid\npoor_test: {title: Poor, of: person, cite: A 1, passes: poor, reason: not_poor}\n"
        "limit:\n  title: Limit\n  cite: A 2\n  type: money by size\n  values:\n    - from: 2027-10-01\n      until: 2026-09-30\n"
        "      source: A 2\n      confidence: official\n      rows: |\n        1   | 2   | each_more\n        100 | 200 | 50\n"},
       {"aid/notices/en.yaml", "kind: notices\nlanguage: en\nnot_poor: You are not poor.\n"}});
  ASSERT_TRUE(rules);
  const auto found = rules->check("aid");
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const Diagnostic& d) { return d.code == Code::dates_overlap; }));
}

}  // namespace
}  // namespace duly
