// A table whose rows are decided by several packs: each by that of its place, told in the order of the table.

#include <gmock/gmock.h>

#include "cases/run_cases.h"
#include "cases/table_run.h"

namespace duly {
namespace {

constexpr const char* map = R"(kind: map
title: Homes in all regions
program: heating
key: id
request: {benefit_month: "column month", decided: 2026-03-15}
place: {region: "column region"}
people:
  ana: {wages: "column wages"}
facts: {fuel: oil, heating_cost: 100}
blank: {region: unknown, grant: unknown}
expect:
  counted_income: "column counted"
  grant: "column grant"
  outcome: "column outcome"
)";

std::shared_ptr<const RuleFiles> little_programs() { return *rules_in_folder(DULY_SOURCE_DIR "/tests/programs"); }

std::string printed(const std::string& rows, int threads = 1) {
  const auto done = run_table(*little_programs(), make_source("map.yaml", map),
                              make_source("table.csv", "id,month,region,wages,counted,grant,outcome\n" + rows), {threads});
  return done ? to_text(*done) : to_text(done.errors());
}

TEST(ATableOfPlaces, IsDecidedRowByRowByThePackOfThePlace) {
  EXPECT_EQ(printed("a,2026-03,north,1000,1000,75,eligible\n"
                    "b,2026-03,south,1000,800,50,eligible\n"
                    "c,2026-04,hills,1000,1000,75,eligible\n"
                    "d,2026-03,south,2000,1600,50,ineligible\n"),
            "agree 4 of 4\n");
}

TEST(ATableOfPlaces, TellsDifferencesInTheOrderOfItsRows) {
  const std::string rows =
      "a,2026-03,south,1000,801,50,eligible\n"
      "b,2026-03,north,1000,1000,76,eligible\n"
      "c,2026-03,south,1000,802,50,eligible\n";
  const std::string out = printed(rows);
  EXPECT_THAT(out, testing::StartsWith("table.csv:2: a: counted_income: expected 801, got 800\n"
                                       "table.csv:3: b: grant: expected 76, got 75\n"
                                       "table.csv:4: c: counted_income: expected 802, got 800\n"));
  EXPECT_EQ(printed(rows, 4), out);
}

TEST(ATableOfPlaces, HasRowsOfNoPlaceAndOfPlacesNobodyDecides) {
  const std::string out = printed(
      "a,2026-03,,1000,1000,75,pending\n"
      "b,2026-03,islands,1000,1000,75,eligible\n"
      "c,2025-03,north,1000,1000,75,eligible\n"
      "d,2026-03,north,1000,1000,75,eligible\n");
  EXPECT_THAT(out, testing::HasSubstr("a: counted_income: expected 1000, got pending on the place\n"));
  EXPECT_THAT(out, testing::HasSubstr("b: cannot be read: E201: `heating` does not cover the place: region = islands\n"));
  EXPECT_THAT(out, testing::HasSubstr("c: cannot be read: E201: `north/heating` has no rules for 2025-03\n"));
  EXPECT_THAT(out, testing::HasSubstr("agree 1 of 4\n"));
}

TEST(CasesOfAFrame, AreDecidedByThePackOfTheirPlace) {
  CasesOptions options;
  options.programs = {"heating", "north/heating", "south/heating"};
  const CasesRun run = run_cases(little_programs(), options);
  EXPECT_TRUE(run.errors.empty()) << to_text(run.errors);
  EXPECT_EQ(run.failed(), 0U) << to_text(run);
  ASSERT_EQ(run.programs.size(), 3U);
  EXPECT_EQ(run.programs[0].passed, 5U);
}

}  // namespace
}  // namespace duly
