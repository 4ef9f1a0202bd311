#include "compare/record_text.h"

#include <gmock/gmock.h>

#include "cases/small_program.h"
#include "compare/comparison.h"

namespace duly {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view chapter =
    "kind: chapter\n"
    "# about one\n"
    "one:\n"
    "  title: One\n"
    "\n"
    "# within one\n"
    "  is: 1\n"
    "\n"
    "# about two\n"
    "two:\n"
    "  title: Two\n"
    "# at the end\n";

std::string cut(std::string_view text, std::string_view name) {
  const auto found = record_text_of(text, name);
  return found ? std::string(text.substr(found->begin, found->end - found->begin)) : "none";
}

TEST(RecordText, EndsBeforeWhatIsSaidAboutTheNextRecord) {
  EXPECT_EQ(cut(chapter, "kind"), "kind: chapter\n");
  EXPECT_EQ(cut(chapter, "one"), "one:\n  title: One\n\n# within one\n  is: 1\n");
  EXPECT_EQ(cut(chapter, "two"), "two:\n  title: Two\n");
}

TEST(RecordText, MayEndWithoutALineBreak) {
  EXPECT_EQ(cut("one: {is: 1}", "one"), "one: {is: 1}");
  EXPECT_EQ(cut("one:\r\n  is: 1\r\n\r\ntwo: 2", "one"), "one:\r\n  is: 1\r\n");
}

TEST(RecordText, IsFoundByItsWholeNameInTheFirstColumn) {
  EXPECT_EQ(cut("on: 1\none_more: 2\n  one: 3\n", "one"), "none");
  EXPECT_EQ(cut("on: 1\none_more: 2\none: 3\n", "one"), "one: 3\n");
  EXPECT_EQ(cut("", "one"), "none");
}

/// The small program of the tests of cases, with comments around one of its figures.
class Commented : public testing::Test {
 protected:
  Commented() {
    auto files = test::small_program();
    for (auto& [path, text] : files) {
      const auto at = record_text_of(text, figure);
      if (!at || !text.starts_with("kind: chapter")) continue;
      text.insert(at->end, "# what stands below\n");
      text.insert(at->begin, "# what stands above\n");
      path_ = path;
    }
    rules_ = rules_in_memory(std::move(files));
  }

  std::string text_after(const Result<std::shared_ptr<const RuleFiles>>& changed) const {
    return changed ? (*changed)->read(path_).value_or("no file") : to_text(changed.errors());
  }

  static constexpr const char* figure = "grant_a_person";
  std::string path_ = "no chapter has the figure";
  std::shared_ptr<const RuleFiles> rules_;
};

TEST_F(Commented, AnOverlayLeavesCommentsAroundTheRecord) {
  const std::string record =
      "grant_a_person:\n  title: Tried\n  type: money per month\n"
      "  values: [{from: 2025-01-01, is: 1, source: tried, confidence: projected}]\n";
  const std::string text = text_after(with_overlay(rules_, "heat", make_source("overlay.yaml", record + "# what stands below in the overlay\n")));
  EXPECT_THAT(text, HasSubstr("# what stands above\n" + record + "# what stands below\n"));
  EXPECT_THAT(text, Not(HasSubstr("in the overlay")));
}

TEST_F(Commented, AFigureSetLeavesCommentsAroundTheRecord) {
  const std::string text = text_after(with_figure(rules_, "heat", figure, "77"));
  EXPECT_THAT(text, HasSubstr("# what stands above\ngrant_a_person:\n"));
  EXPECT_THAT(text, HasSubstr("is: 77"));
  EXPECT_THAT(text, HasSubstr("# what stands below\n"));
}

}  // namespace
}  // namespace duly
