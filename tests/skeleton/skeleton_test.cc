#include "skeleton/skeleton.h"

#include <gmock/gmock.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::HasSubstr;

Ran begin(const Folder& folder, std::vector<std::string> words) {
  words.insert(words.begin(), "new");
  words.insert(words.end(), {"--rules", folder.path("rules"), "--today", "2026-11-26"});
  return run_line(std::move(words));
}

/// The rules that ship, in a folder where more can be written.
void copy_rules(const Folder& folder) {
  std::filesystem::copy(DULY_SOURCE_DIR "/rules", folder.path("rules"), std::filesystem::copy_options::recursive);
}

TEST(NewProgram, PassesCheckAndTestAtOnce) {
  const Folder folder;
  const Ran begun = begin(folder, {"program", "county/heating_help"});
  EXPECT_EQ(begun.status, clean) << begun.err;
  EXPECT_THAT(begun.out, HasSubstr("county/heating_help/program.yaml\n"));
  const Ran checked = run_line({"check", folder.path("rules")});
  EXPECT_EQ(checked.err, "");
  EXPECT_EQ(checked.out, "0 errors and 0 warnings in 1 program\n");
  const Ran tested = run_line({"test", "--rules", folder.path("rules")});
  EXPECT_EQ(tested.out, "4 passed, 0 failed\n");
  EXPECT_EQ(tested.status, clean) << tested.err;
}

TEST(NewProgram, HasCasesForAllOfItsRulesOnBothSides) {
  const Folder folder;
  begin(folder, {"program", "heating_help"});
  const Ran tested = run_line({"test", "--coverage", "--rules", folder.path("rules")});
  EXPECT_THAT(tested.out, HasSubstr("reached: 3 of 3 rules\nreached: 1 of 1 reasons\nreached: 1 of 1 limits on both sides\n"));
}

TEST(NewProgram, IsLaidOutAsTheFormatterWould) {
  const Folder folder;
  std::istringstream paths(begin(folder, {"program", "heating_help"}).out);
  std::vector<std::string> line{"format", "--check"};
  for (std::string path; std::getline(paths, path);) line.push_back(path);
  ASSERT_EQ(line.size(), 7U);
  const Ran formatted = run_line(line);
  EXPECT_EQ(formatted.out + formatted.err, "");
}

TEST(NewProgram, NeverWritesOverWhatIsThere) {
  const Folder folder;
  folder.put("rules/heating_help/eligibility.yaml", "kind: chapter\ntitle: Mine\n");
  const Ran begun = begin(folder, {"program", "heating_help"});
  EXPECT_EQ(begun.status, bad_input);
  EXPECT_THAT(begun.err, HasSubstr("error[E501]"));
  EXPECT_EQ(folder.text("rules/heating_help/eligibility.yaml"), "kind: chapter\ntitle: Mine\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path("rules/heating_help/program.yaml")));
}

TEST(NewProgram, IsNotBegunTwice) {
  const Folder folder;
  EXPECT_EQ(begin(folder, {"program", "heating_help"}).status, clean);
  EXPECT_THAT(begin(folder, {"program", "heating_help"}).err, HasSubstr("there is a program `heating_help` already"));
}

TEST(NewProgram, TakesOnlyFoldersBelowTheRules) {
  for (const char* id : {"../elsewhere", "/etc/help", "Heating", "help/", "help me", ""}) {
    const Folder folder;
    EXPECT_EQ(begin(folder, {"program", id}).status, bad_input) << id;
    EXPECT_EQ(folder.files(), 0U) << id;
  }
}

TEST(NewState, PassesCheckAndTestAtOnceAndDecidesThePlace) {
  const Folder folder;
  copy_rules(folder);
  const Ran begun = begin(folder, {"state", "us/wy/snap"});
  EXPECT_EQ(begun.status, clean) << begun.err;
  const std::string manifest = folder.text("rules/us/wy/snap/program.yaml");
  EXPECT_THAT(manifest, HasSubstr("extends: us/snap\ncovers: {state: WY}\nlast_checked: 2026-11-26\n"));
  const Ran checked = run_line({"check", folder.path("rules"), "--program", "us/wy/snap"});
  EXPECT_EQ(checked.status, clean) << checked.err;
  const Ran tested = run_line({"test", "us/wy/snap", "--rules", folder.path("rules")});
  EXPECT_EQ(tested.out, "1 passed, 0 failed\n");
}

TEST(NewState, TakesBaseAndPlaceFromOptions) {
  const Folder folder;
  copy_rules(folder);
  EXPECT_EQ(begin(folder, {"state", "county/help", "--extends", "us/snap", "--covers", "state=WY"}).status, clean);
  EXPECT_THAT(folder.text("rules/county/help/program.yaml"), HasSubstr("extends: us/snap\ncovers: {state: WY}\n"));
}

TEST(NewState, SaysWhatKeepsItFromBeginning) {
  const Folder folder;
  copy_rules(folder);
  EXPECT_THAT(begin(folder, {"state", "us/wy/nothing"}).err, HasSubstr("no program is the base of `us/wy/nothing`"));
  EXPECT_THAT(begin(folder, {"state", "us/atlantis/snap"}).err, HasSubstr("it is not plain where `us/atlantis/snap` holds"));
  EXPECT_THAT(begin(folder, {"state", "us/wy/snap", "--covers", "state=ATLANTIS"}).err, HasSubstr("`state=ATLANTIS` is no place of `us/snap`"));
  EXPECT_THAT(begin(folder, {"state", "us/wy/child_care"}).err, HasSubstr("`us/child_care` is a frame"));
  EXPECT_THAT(begin(folder, {"state", "us/il/snap"}).err, HasSubstr("there is a program `us/il/snap` already"));
}

}  // namespace
}  // namespace duly::cli
