// Rule files are parsed once while they stay as they are, and anew where they were mended.

#include "resolve/rule_files.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace duly
