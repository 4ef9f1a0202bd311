#include <gmock/gmock.h>

#include "cases/small_program.h"
#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr const char* cases = R"(kind: cases
families:
  one:
    rest: nothing unusual
    request: {benefit_month: 2026-01, decided: 2026-01-15}
    place: {region: north}
    people:
      ana: {age: 40}
cases:
  - case: one person gets fifty
    family: one
    expect: {outcome: eligible, grant: )";

constexpr const char* map = R"(kind: map
program: heat
rest: nothing unusual
request: {benefit_month: 2026-01, decided: 2026-01-15}
place: {region: north}
people: {ana: {age: 40, wages: "column wages"}}
expect: {grant: "column grant"}
)";

/// The small program in a folder, with one case that expects `grant`.
void put_rules(const Folder& folder, const std::string& grant) {
  for (const auto& [path, text] : test::small_program()) folder.put("rules/" + path, text);
  folder.put("rules/heat/cases/all.yaml", cases + grant + "}\n");
}

Ran run_table(const Folder& folder, const std::string& table, const std::vector<std::string>& more = {}) {
  put_rules(folder, "50");
  std::vector<std::string> line{"test", "--rules", folder.path("rules"), "--table", folder.put("t.csv", table), "--map", folder.put("m.yaml", map)};
  line.insert(line.end(), more.begin(), more.end());
  return run_line(line);
}

TEST(TestCommand, EndsCleanWhereAllCasesPass) {
  const Folder folder;
  put_rules(folder, "50");
  const Ran ran = run_line({"test", "--rules", folder.path("rules")});
  EXPECT_EQ(ran.out, "1 passed, 0 failed\n");
  EXPECT_EQ(ran.status, clean);
  EXPECT_EQ(ran.err, "");
}

TEST(TestCommand, EndsWithOneWhereACaseDiffers) {
  const Folder folder;
  put_rules(folder, "51");
  const Ran ran = run_line({"test", "heat", "--rules", folder.path("rules")});
  EXPECT_THAT(
      ran.out,
      EndsWith("one person gets fifty: ana: grant: expected 51, got 50; grant = grant_a_person * unit_size = $50.00 * 1\n0 passed, 1 failed\n"));
  EXPECT_EQ(ran.status, differences);
}

TEST(TestCommand, EndsWithTwoWhereACaseCannotBeRead) {
  const Folder folder;
  put_rules(folder, "much");
  const Ran ran = run_line({"test", "--rules", folder.path("rules")});
  EXPECT_THAT(ran.err, HasSubstr("error[E150]"));
  EXPECT_EQ(ran.status, bad_input);
}

TEST(TestCommand, EndsWithTwoWhereThereIsNoCase) {
  const Folder folder;
  for (const auto& [path, text] : test::small_program()) folder.put("rules/" + path, text);
  folder.put("rules/heat/case/all.yaml", std::string(cases) + "50}\n");
  const Ran ran = run_line({"test", "--rules", folder.path("rules")});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, HasSubstr("error[E500]: there is no worked case"));
}

TEST(TestCommand, ATableEndsLikewise) {
  EXPECT_EQ(run_table(Folder(), "wages,grant\n1,50\n").status, clean);
  const Ran differs = run_table(Folder(), "wages,grant\n1,50\n2,60\n");
  EXPECT_THAT(differs.out, EndsWith("agree 1 of 2\n"));
  EXPECT_EQ(differs.status, differences);
  const Ran unreadable = run_table(Folder(), "wages,grant\nx,50\n");
  EXPECT_THAT(unreadable.out, EndsWith("agree 0 of 1\n"));
  EXPECT_EQ(unreadable.status, bad_input);
  const Ran no_column = run_table(Folder(), "wages\n1\n");
  EXPECT_THAT(no_column.err, HasSubstr("error[E503]: the table has no column `grant`"));
  EXPECT_EQ(no_column.status, bad_input);
}

TEST(TestCommand, ColumnsThatNothingReadsAreWarnedOfOnStandardError) {
  const Ran ran = run_table(Folder(), "wages,grant,more\n1,50,x\n");
  EXPECT_THAT(ran.err, HasSubstr("warning[E505]: nothing reads the column `more`"));
  EXPECT_EQ(ran.status, clean);
}

TEST(TestCommand, WritesAPageAndJson) {
  const Folder folder;
  const Ran ran = run_table(folder, "wages,grant\n1,50\n", {"--json", "--html", folder.path("page.html")});
  EXPECT_THAT(ran.out, HasSubstr("\"agree\": 1"));
  EXPECT_THAT(folder.text("page.html"), HasSubstr("1 of 1 rows agree"));
  const Ran nowhere = run_table(folder, "wages,grant\n1,50\n", {"--html", folder.path("no/page.html")});
  EXPECT_THAT(nowhere.err, HasSubstr("E501"));
  EXPECT_EQ(nowhere.status, bad_input);
}

TEST(TestCommand, RefusesOptionsThatDoNotBelongTogether) {
  const auto refused = [](std::vector<std::string> line) {
    const Ran ran = run_line(std::move(line));
    EXPECT_EQ(ran.status, bad_input);
    return ran.err;
  };
  EXPECT_THAT(refused({"test", "--table", "t.csv"}), HasSubstr("`--table` and `--map` belong together"));
  EXPECT_THAT(refused({"test", "heat", "--table", "t.csv", "--map", "m.yaml"}), HasSubstr("the map names the program of a table"));
  EXPECT_THAT(refused({"test", "--html", "page.html"}), HasSubstr("`--html` needs a table"));
  EXPECT_THAT(refused({"test", "--table", "no.csv", "--map", "no.yaml"}), HasSubstr("E500"));
  EXPECT_THAT(refused({"test", "--rules", "no/such/folder"}), HasSubstr("E500"));
  EXPECT_THAT(refused({"test", "hat"}), HasSubstr("E202"));
}

}  // namespace
}  // namespace duly::cli
