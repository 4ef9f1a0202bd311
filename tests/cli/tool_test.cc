#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::vector<std::string> commands{"determine", "batch",  "explain", "generate", "programs", "sources", "check",
                                        "test",      "format", "eval",    "plan",     "schema",   "version"};

TEST(TheTool, AloneShowsItsCommands) {
  const Ran ran = run_line(std::vector<std::string>{});
  EXPECT_EQ(ran.status, clean);
  for (const auto& command : commands) EXPECT_THAT(ran.out, HasSubstr("  " + command));
}

TEST(TheTool, ExplainsEachCommandWithAnExample) {
  for (const auto& command : commands) {
    const Ran ran = run_line({command, "--help"});
    EXPECT_EQ(ran.status, clean) << command;
    EXPECT_THAT(ran.out, HasSubstr("Usage: duly " + command));
    EXPECT_THAT(ran.err, IsEmpty());
    if (command != "version" && command != "schema") { EXPECT_THAT(ran.out, HasSubstr("  duly " + command)) << "no example"; }
  }
}

TEST(TheTool, SaysWhatIsWrongWithALineAndWhereHelpIs) {
  const Ran unknown = run_line({"decide"});
  EXPECT_EQ(unknown.status, bad_input);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("error[E504]"), HasSubstr("duly --help")));
  const Ran option = run_line({"plan", "--moth", "2026-06", "us/snap"});
  EXPECT_EQ(option.status, bad_input);
  EXPECT_THAT(option.err, AllOf(HasSubstr("error[E504]"), HasSubstr("duly plan --help")));
  EXPECT_THAT(option.out, IsEmpty());
}

TEST(TheTool, TellsItsVersions) {
  const Ran ran = run_line({"version"});
  EXPECT_EQ(ran.status, clean);
  EXPECT_EQ(ran.out, "duly " DULY_VERSION ", language 1, C interface 3\ncharts of pages: plain drawings, built without Vega-Lite\n");
}

TEST(TheTool, SaysWhenItsOutputCannotBeWritten) {
  std::istringstream in;
  std::ostream nowhere(nullptr);
  std::ostringstream err;
  CommandContext context{in, nowhere, err, DULY_SOURCE_DIR "/rules"};
  EXPECT_EQ(run_tool({"version"}, context), bad_input);
  EXPECT_THAT(err.str(), HasSubstr("E501"));
}

TEST(Plan, ShowsTheOperationsOfAProgram) {
  const Ran ran = run_line({"plan", "us/snap", "--month", "2026-06"});
  EXPECT_EQ(ran.status, clean) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("operations"));
}

TEST(Plan, TakesTheMonthOfTheLastCheckWhereNoneIsAsked) {
  EXPECT_EQ(run_line({"plan", "us/snap"}).out, run_line({"plan", "us/snap", "--month", "2026-11"}).out);
}

TEST(Plan, RefusesWhatIsNoMonthAndNoProgram) {
  EXPECT_EQ(run_line({"plan", "us/snap", "--month", "June"}).status, bad_input);
  const Ran ran = run_line({"plan", "us/snip"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, HasSubstr("did you mean `us/snap`?"));
}

TEST(Programs, AreListedWithTheirMonths) {
  const Ran ran = run_line({"programs"});
  EXPECT_EQ(ran.status, clean);
  EXPECT_THAT(ran.out, ContainsRegex("us/snap +2019-10 to 2027-09  Supplemental Nutrition Assistance Program\n"));
  EXPECT_THAT(ran.out, ContainsRegex("us/il/snap +2019-10 to 2027-09  [^\n]* \\(state = IL\\)\n"));
}

TEST(Programs, AreShownWhole) {
  const Ran ran = run_line({"programs", "us/snap"});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("gross_income_test"), HasSubstr("not modelled\n"), HasSubstr("7 CFR 273.8")));
}

TEST(Programs, ComeAsJson) {
  EXPECT_THAT(run_line({"programs", "--json"}).out, AllOf(StartsWith("{\n"), HasSubstr("\"covered_from\": \"2019-10\"")));
}

TEST(Programs, OfAFolderThatIsNotThereAreAnError) {
  const Ran ran = run_line({"programs", "--rules", "/nowhere"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, HasSubstr("E500"));
}

TEST(Schemas, AreJsonOfTheirOwnVersion) {
  for (const auto& line : {std::vector<std::string>{"schema", "household", "--program", "us/snap"},
                           {"schema", "determination"},
                           {"schema", "explanation"},
                           {"schema", "rules"}}) {
    const Ran ran = run_line(line);
    EXPECT_EQ(ran.status, clean) << ran.err;
    EXPECT_THAT(ran.out, AllOf(StartsWith("{"), HasSubstr("https://json-schema.org/draft/2020-12/schema")));
  }
}

TEST(Schemas, OfSomethingElseAreRefused) { EXPECT_EQ(run_line({"schema", "weather"}).status, bad_input); }

}  // namespace
}  // namespace duly::cli
