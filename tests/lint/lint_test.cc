#include "lint/lint.h"

#include <gmock/gmock.h>

#include "cases/small_program.h"

namespace duly {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Date day(const char* text) { return *date_from_text(text); }

/// The small program of the tests of cases, with `from` in one of its files replaced by `to`.
std::map<std::string, std::string> changed(const std::string& path, const std::string& from, const std::string& to) {
  auto files = test::small_program();
  std::string& text = files[path];
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return files;
}

LintRun run(std::map<std::string, std::string> files, const char* today, bool cases = false) {
  LintOptions options;
  options.today = day(today);
  options.cases = cases;
  return lint(rules_in_memory(std::move(files)), options);
}

std::vector<std::string> messages(const LintRun& run, Code code) {
  std::vector<std::string> out;
  for (const Diagnostic& d : run.found)
    if (d.code == code) out.push_back(d.message);
  return out;
}

TEST(Lint, FindsNothingInRulesThatWereCheckedAndHoldForLong) {
  const LintRun found = run(test::small_program(), "2026-11-26");
  EXPECT_EQ(found.programs, 1U);
  EXPECT_THAT(found.errors, IsEmpty());
  EXPECT_EQ(to_text(found.found), "");
}

TEST(Lint, ACheckFallsDueOnTheDayAfterAYear) {
  EXPECT_THAT(messages(run(test::small_program(), "2027-11-25"), Code::check_overdue), IsEmpty());
  EXPECT_THAT(messages(run(test::small_program(), "2027-11-26"), Code::check_overdue),
              ElementsAre("the rules of `heat` were last checked on 2026-11-25, more than 12 months ago"));
}

TEST(Lint, AProgramThatNeverWasCheckedIsTold) {
  EXPECT_THAT(messages(run(changed("heat/program.yaml", "last_checked: 2026-11-25\n", ""), "2026-11-26"), Code::check_overdue),
              ElementsAre("`heat` does not say when its rules were last checked"));
}

TEST(Lint, MonthsRunOutThreeMonthsAhead) {
  EXPECT_THAT(messages(run(test::small_program(), "2027-09-30"), Code::coverage_ends), IsEmpty());  // three months later is 30 December
  EXPECT_THAT(messages(run(test::small_program(), "2027-10-01"), Code::coverage_ends), ElementsAre("`heat` covers no month after 2027-12"));
  EXPECT_THAT(messages(run(test::small_program(), "2028-01-01"), Code::coverage_ends), ElementsAre("`heat` covered no month after 2027-12"));
}

std::map<std::string, std::string> with_value_until(const std::string& until) {
  return changed("heat/rules.yaml", "- {from: 2025-01-01, is: 50,", "- {from: 2025-01-01, until: " + until + ", is: 50,");
}

TEST(Lint, AValueThatEndsBeforeTheHorizonIsToldUnlessItEndedBeforeTheLastCheck) {
  EXPECT_THAT(messages(run(with_value_until("2026-12-31"), "2026-11-26"), Code::value_overdue),
              ElementsAre("`grant_a_person` has no value from 2027-01-01"));
  EXPECT_THAT(messages(run(with_value_until("2026-11-25"), "2026-11-26"), Code::value_overdue),
              ElementsAre("`grant_a_person` has no value from 2026-11-26"));
  EXPECT_THAT(messages(run(with_value_until("2026-11-24"), "2026-11-26"), Code::value_overdue), IsEmpty());  // whoever checked knew
  EXPECT_THAT(messages(run(with_value_until("2027-02-25"), "2026-11-26"), Code::value_overdue), testing::SizeIs(1));
  EXPECT_THAT(messages(run(with_value_until("2027-02-26"), "2026-11-26"), Code::value_overdue), IsEmpty());
}

TEST(Lint, RowsThatFallDueAreCounted) {
  const auto files = changed("heat/rules.yaml", "- {from: 2025-01-01, source: a table, confidence: official, rows: \"region",
                             "- {from: 2025-01-01, until: 2026-12-31, source: a table, confidence: official, rows: \"region");
  EXPECT_THAT(messages(run(files, "2026-11-26"), Code::value_overdue), ElementsAre("`limit` has no value from 2027-01-01, 2 of its 2 rows"));
}

TEST(Lint, ASourceThatIsNotTheLawNeedsAYear) {
  const auto with = [](const std::string& source) {
    return changed("heat/rules.yaml", "is: 50, source: a table, confidence: official", "is: 50, source: " + source);
  };
  EXPECT_THAT(messages(run(with("a page, confidence: reported"), "2026-11-26"), Code::undated_source),
              ElementsAre("the source of `grant_a_person` has no date: a page"));
  EXPECT_THAT(messages(run(with("\"a page, read 1 March 2026\", confidence: reported"), "2026-11-26"), Code::undated_source), IsEmpty());
  EXPECT_THAT(messages(run(with("page 12026, confidence: reported"), "2026-11-26"), Code::undated_source), testing::SizeIs(1));
  EXPECT_THAT(messages(run(with("a page, confidence: computed"), "2026-11-26"), Code::undated_source), IsEmpty());
}

TEST(Lint, TellsRulesThatNoCaseReachesOnlyWhereAsked) {
  auto files = test::small_program();
  files["heat/cases/all.yaml"] = R"(kind: cases
cases:
  - case: without a home
    rest: nothing unusual
    request: {benefit_month: 2026-01, decided: 2026-01-15}
    place: {region: north}
    people: {ana: {age: 40}}
    homeless: yes
    expect: {outcome: ineligible}
)";
  EXPECT_THAT(messages(run(files, "2026-11-26"), Code::not_reached), IsEmpty());
  const auto found = messages(run(files, "2026-11-26", true), Code::not_reached);
  EXPECT_THAT(found, testing::Contains("no worked case reaches `grant`"));
  EXPECT_THAT(found, testing::Not(testing::Contains("no worked case reaches `home_test`")));
}

/// A second program that restates a figure of the first.
std::map<std::string, std::string> with_neighbour(const std::string& figure) {
  auto files = test::small_program();
  files["heat/north/program.yaml"] = files["heat/program.yaml"];
  files["heat/north/rules.yaml"] = files["heat/rules.yaml"];
  files["heat/north/notices/en.yaml"] = files["heat/notices/en.yaml"];
  std::string& text = files["heat/north/rules.yaml"];
  text.replace(text.find("is: 50, source: a table"), std::string("is: 50, source: a table").size(), figure);
  return files;
}

TEST(Lint, AFigureOfOnePublicationIsTheSameWhereverItIsRestated) {
  EXPECT_THAT(messages(run(with_neighbour("is: 50, source: a table"), "2026-11-26"), Code::restated_otherwise), IsEmpty());
  const LintRun found = run(with_neighbour("is: 51, source: \"a table, used from January\""), "2026-11-26");
  EXPECT_THAT(messages(found, Code::restated_otherwise), ElementsAre("`grant_a_person` of a table is another in heat/rules.yaml:77"));
  EXPECT_THAT(found.found.front().file, "heat/north/rules.yaml");
}

TEST(Lint, AFigureOfAnotherPublicationMayDiffer) {
  EXPECT_THAT(messages(run(with_neighbour("is: 51, source: another table"), "2026-11-26"), Code::restated_otherwise), IsEmpty());
}

TEST(Lint, ALanguageOfOneProgramIsMissedInTheOthers) {
  auto files = with_neighbour("is: 50, source: a table");
  files["heat/notices/es.yaml"] = "kind: notices\nlanguage: es\nno_home: No tiene casa.\nincome_over_limit: Gana demasiado.\n";
  EXPECT_THAT(messages(run(files, "2026-11-26"), Code::language_missing), ElementsAre("`heat/north` gives its reasons in no `es`"));
}

TEST(Lint, RulesThatAreWrongAreToldAndNotLookedAt) {
  const LintRun found = run(changed("heat/rules.yaml", "value: works and own_income > 0", "value: wroks and own_income > 0"), "2026-11-26", true);
  EXPECT_EQ(found.programs, 0U);
  ASSERT_THAT(found.errors, testing::SizeIs(1));
  EXPECT_EQ(found.errors.front().code, Code::unknown_name);
  EXPECT_THAT(found.found, IsEmpty());
}

TEST(Lint, AProgramThatDoesNotExistIsTold) {
  LintOptions options;
  options.today = day("2026-11-26");
  options.programs = {"cold"};
  const LintRun found = lint(rules_in_memory(test::small_program()), options);
  ASSERT_THAT(found.errors, testing::SizeIs(1));
  EXPECT_EQ(found.errors.front().code, Code::unknown_program);
}

}  // namespace
}  // namespace duly
