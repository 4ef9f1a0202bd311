#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string crooked = "kind: chapter\ntitle:   Rent\n\n\n\ngrant:\n    of: household\n    value:   rent/2   # half of it\n";
const std::string broken = "kind: chapter\ngrant: [\n";

class Format : public testing::Test {
 protected:
  std::string straight() const {
    const std::string file = folder_.put("straight.yaml", crooked);
    EXPECT_EQ(run_line({"format", file}).status, clean);
    return folder_.text("straight.yaml");
  }
  Folder folder_;
};

TEST_F(Format, WritesTheCanonicalLayoutAndKeepsComments) {
  const std::string text = straight();
  EXPECT_NE(text, crooked);
  EXPECT_THAT(text, HasSubstr("# half of it"));
}

TEST_F(Format, ChangesNothingTheSecondTime) {
  const std::string once = straight();
  EXPECT_EQ(run_line({"format", folder_.path("straight.yaml")}).status, clean);
  EXPECT_EQ(folder_.text("straight.yaml"), once);
}

TEST_F(Format, OnlyListsWhatWouldChangeWhenAskedToCheck) {
  const std::string file = folder_.put("crooked.yaml", crooked);
  const std::string good = folder_.put("good.yaml", straight());
  const Ran ran = run_line({"format", "--check", good, file});
  EXPECT_EQ(ran.status, differences);
  EXPECT_EQ(ran.out, file + "\n");
  EXPECT_EQ(folder_.text("crooked.yaml"), crooked);
  EXPECT_EQ(run_line({"format", "--check", good}).status, clean);
}

TEST_F(Format, LeavesAFileItCannotReadAsItIsAndDoesTheOthers) {
  const std::string bad = folder_.put("broken.yaml", broken);
  const std::string file = folder_.put("crooked.yaml", crooked);
  const Ran ran = run_line({"format", bad, file, folder_.path("missing.yaml")});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, HasSubstr("broken.yaml:2"));
  EXPECT_THAT(ran.err, HasSubstr("E500"));
  EXPECT_EQ(folder_.text("broken.yaml"), broken);
  EXPECT_EQ(folder_.text("crooked.yaml"), straight());
}

TEST_F(Format, LeavesNoOtherFileBehindAndKeepsPermissions) {
  const std::string file = folder_.put("crooked.yaml", crooked);
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  run_line({"format", file});
  struct stat after{};
  ASSERT_EQ(::stat(file.c_str(), &after), 0);
  EXPECT_EQ(after.st_mode & 0777U, 0640U);
  EXPECT_EQ(folder_.files(), 1U);
}

TEST_F(Format, WritesThroughALinkToTheFileItself) {
  const std::string file = folder_.put("crooked.yaml", crooked);
  std::filesystem::create_symlink(file, folder_.path("link.yaml"));
  EXPECT_EQ(run_line({"format", folder_.path("link.yaml")}).status, clean);
  EXPECT_TRUE(std::filesystem::is_symlink(folder_.path("link.yaml")));
  EXPECT_NE(folder_.text("crooked.yaml"), crooked);
}

TEST_F(Format, ReadsStandardInput) {
  const Ran ran = run_line(Typed{{"format", "-"}, crooked});
  EXPECT_EQ(ran.status, clean);
  EXPECT_EQ(ran.out, straight());
  EXPECT_THAT(ran.err, IsEmpty());
}

}  // namespace
}  // namespace duly::cli
