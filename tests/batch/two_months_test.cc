// Two months of one caseload decided while it is read once: the results are those of two runs, whatever is wrong with some households.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

constexpr const char* rules = DULY_SOURCE_DIR "/rules";

std::string household(const std::string& key, const std::string& place = R"({"state": "TX"})", const std::string& rent = "500") {
  return R"({"key": ")" + key + R"(", "request": {"decided": "2026-06-25", "applied": "2026-06-20", "occasion": "application"}, "place": )" + place +
         R"(, "people": {"ana": {"birth_date": "1950-03-02", "disabled": false,)" +
         R"( "income": [{"kind": "social_security", "amount": 700, "every": "month"}]}},)" +
         R"( "no_other": ["income", "expenses", "utilities", "medical_expenses", "assets"], "homeless": false, "pays_heating_or_cooling": true,)" +
         R"( "rent": )" + rent + "}\n";
}

int run_of_month(const Folder& folder, const std::string& in, const std::string& month, const std::string& out, const std::string& previous = "") {
  std::vector<std::string> line{"batch", "--program", "us/snap", "--month", month, "--in", in, "--out", folder.path(out), "--quiet"};
  if (!previous.empty()) line.insert(line.end(), {"--previous", folder.path(previous)});
  return run_line(std::move(line)).status;
}

Ran diff(const Folder& folder, const std::string& in, const std::string& before, const std::string& after) {
  return run_line({"diff", rules, "--program", "us/snap", "--month", before, "--against", after, "--in", in, "--keep", folder.path("kept")});
}

void expect_two_runs(const Folder& folder, const std::string& in, const std::string& before, const std::string& after) {
  const Ran ran = diff(folder, in, before, after);
  ASSERT_LE(ran.status, 1) << ran.err;
  ASSERT_LE(run_of_month(folder, in, before, "first"), 1);
  ASSERT_LE(run_of_month(folder, in, after, "second", "first"), 1);
  for (const char* file : {"determinations.csv", "errors.csv", "manifest.json", "rules.json"}) {
    EXPECT_EQ(folder.text(std::string("kept/before/") + file), folder.text(std::string("first/") + file)) << file;
    EXPECT_EQ(folder.text(std::string("kept/after/") + file), folder.text(std::string("second/") + file)) << file;
  }
}

TEST(TwoMonths, AreDecidedAsInTwoRunsOfTablesAndOfDocuments) {
  for (const std::string format : {"csv", "jsonl"}) {
    const Folder folder;
    ASSERT_EQ(run_line({"generate", "--households", "300", "--seed", "9", "--format", format, "--out", folder.path("in")}).status, 0);
    expect_two_runs(folder, folder.path("in"), "2026-09", "2026-10");
    EXPECT_THAT(folder.text("kept/after/determinations.csv"), testing::HasSubstr(",up,eligible,"));
  }
}

TEST(TwoMonths, AreDecidedAsInTwoRunsWhereSomeHouseholdsAreWrong) {
  const Folder folder;
  const std::string in = folder.put("in.jsonl", household("a") + household("b", R"({"state": "TX"})", "900000") + household("a") +
                                                    "{\"key\": \"c\"\n" + household("d", R"({"state": "IL"})") + household("e"));
  expect_two_runs(folder, in, "2026-09", "2026-10");
  EXPECT_THAT(folder.text("kept/after/errors.csv"), testing::HasSubstr("\na,"));
  EXPECT_THAT(folder.text("kept/after/errors.csv"), testing::HasSubstr("\nb,"));
}

TEST(TwoMonths, AreDecidedAsInTwoRunsWhereItIsOpenWhoseRulesDecide) {
  const Folder folder;
  expect_two_runs(folder, folder.put("in.jsonl", household("a", "{}") + household("b")), "2026-09", "2026-10");
  EXPECT_THAT(folder.text("kept/after/determinations.csv"), testing::HasSubstr("\na,ana,pending,"));
}

TEST(TwoMonths, AreDecidedAsInTwoRunsWhereOneIsNotCovered) {
  for (const auto& [before, after] : {std::pair{"2026-09", "2027-10"}, {"2019-09", "2026-10"}}) {
    const Folder folder;
    expect_two_runs(folder, folder.put("in.jsonl", household("a") + household("b")), before, after);
    EXPECT_THAT(folder.text(std::string("kept/") + (before[3] == '6' ? "after" : "before") + "/errors.csv"), testing::HasSubstr("E201"));
  }
}

TEST(TwoMonths, NeedAMonthThatIsOne) {
  const Folder folder;
  const Ran ran = diff(folder, folder.put("in.jsonl", household("a")), "2026-09", "2026-13");
  EXPECT_EQ(ran.status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path("kept/after/manifest.json")));
}

}  // namespace
}  // namespace duly::cli
