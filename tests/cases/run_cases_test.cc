#include "cases/run_cases.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "cases/small_program.h"

namespace duly {
namespace {

constexpr const char* family = R"(kind: cases
families:
  two:
    rest: nothing unusual
    request: {benefit_month: 2026-01, decided: 2026-01-15}
    place: {region: north}
    people:
      ana: {age: 40, wages: 1000, works: yes, shares_with: [leo]}
      leo: {age: 10}
  apart:
    rest: nothing unusual
    request: {benefit_month: 2026-01, decided: 2026-01-15}
    place: {region: north}
    people:
      ana: {age: 40, wages: 1000, works: yes, shares_with: []}
      leo: {age: 10}
cases:
)";

CasesRun run(const std::string& cases) { return run_cases(test::with_cases(family + cases), {}); }

/// What is printed, or the errors.
std::string printed(const std::string& cases) {
  const CasesRun done = run(cases);
  return done.errors.empty() ? to_text(done) : to_text(done.errors);
}

TEST(RunCases, ACaseThatComesOutAsExpectedPasses) {
  EXPECT_EQ(printed("  - case: two people\n    family: two\n    expect: {outcome: eligible, grant: 100, unit_size: 2, income_a_month: 1000, "
                    "people_in_it: [leo, ana]}\n"),
            "1 passed, 0 failed\n");
}

TEST(RunCases, ADifferenceNamesPlaceSentenceSubjectAndValue) {
  EXPECT_EQ(printed("  - case: two people get more\n    family: two\n    expect: {outcome: eligible, grant: 101}\n"),
            "heat/cases/all.yaml:20: error[E506]: two people get more: ana: grant: expected 101, got 100; grant = grant_a_person * unit_size = "
            "$50.00 * 2\n0 passed, 1 failed\n");
}

TEST(RunCases, OnlyTheFirstDifferenceIsToldAndCarriesItsCode) {
  const CasesRun done = run("  - case: all wrong\n    family: two\n    expect: {outcome: pending, grant: 1}\n");
  ASSERT_EQ(done.failures.size(), 1U);
  EXPECT_EQ(done.failures[0].name, "outcome");
  EXPECT_EQ(done.failures[0].expected, "pending");
  EXPECT_EQ(done.failures[0].got, "eligible");
  EXPECT_EQ(done.failures[0].diagnostic.code, Code::case_differs);
  EXPECT_EQ(done.failures[0].diagnostic.line, 20);
}

TEST(RunCases, AnOutcomeThatDiffersComesWithWhatDecidedIt) {
  EXPECT_THAT(printed("  - case: too much\n    family: two\n    change: {ana.wages: 2001}\n    expect: {outcome: eligible}\n"),
              testing::HasSubstr("expected eligible, got ineligible; because of income_over_limit ($2,001.00 a month against $2,000.00 a month)"));
  EXPECT_THAT(printed("  - case: not asked\n    family: two\n    change: {homeless: unknown}\n    expect: {outcome: eligible}\n"),
              testing::HasSubstr("expected eligible, got pending; missing homeless"));
  EXPECT_THAT(printed("  - case: well\n    family: two\n    expect: {outcome: ineligible}\n"),
              testing::HasSubstr("expected ineligible, got eligible; no test fails"));
}

TEST(RunCases, AnAssumedValueThatDiffersIsToldToBeAssumed) {
  EXPECT_THAT(printed("  - case: nine\n    family: two\n    assume: {unit_size: 9}\n    expect: {unit_size: 8}\n"),
              testing::HasSubstr("expected 8, got 9; unit_size was assumed"));
}

TEST(RunCases, JUnitListsEachTryWithItsTimeAndItsFailure) {
  std::int64_t now = 0;
  CasesOptions options;
  options.threads = 1;
  options.microseconds = [&] { return now += 500'000; };
  const std::string text = to_junit(run_cases(test::with_cases(std::string(family) + "  - case: a \"quoted\" <case> & more\n    family: two\n"
                                                                                     "    rows: |\n      grant\n      100\n      101\n"),
                                              options));
  EXPECT_THAT(text, testing::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"duly test\" tests=\"2\" failures=\"1\" "
                                        "errors=\"0\" time=\"1.000000\">\n"));
  EXPECT_THAT(text, testing::HasSubstr("<testcase classname=\"heat\" name=\"a &quot;quoted&quot; &lt;case&gt; &amp; more (row 1)\" "
                                       "file=\"heat/cases/all.yaml\" line=\"22\" time=\"0.500000\"/>"));
  EXPECT_THAT(text,
              testing::HasSubstr("<failure type=\"E506\" message=\"a &quot;quoted&quot; &lt;case&gt; &amp; more (row 2): ana: grant: expected 101, "
                                 "got 100; grant = grant_a_person * unit_size = $50.00 * 2\">heat/cases/all.yaml:23</failure>"));
}

TEST(RunCases, JUnitTellsWhatCouldNotBeReadAsErrors) {
  const std::string text = to_junit(run("  - case: nothing expected\n    family: two\n"));
  EXPECT_THAT(text, testing::HasSubstr("<testsuite name=\"rules and cases\" tests=\"1\" failures=\"0\" errors=\"1\""));
  EXPECT_THAT(text, testing::HasSubstr("<error type=\"E142\" message=\"the case expects nothing\">"));
}

TEST(RunCases, EachRowOfAGridIsATryOfItsOwn) {
  EXPECT_EQ(printed(R"(  - case: the limit
    family: two
    rows: |
      ana.wages | region | outcome    | reason            | grant
      2000      |        | eligible   |                   | 100
      2000.01   |        | ineligible | income_over_limit |
      1500      | south  | eligible   |                   | 99
      1500.01   | south  | ineligible | income_over_limit |
)"),
            "heat/cases/all.yaml:24: error[E506]: the limit (row 3): ana: grant: expected 99, got 100; grant = "
            "grant_a_person * unit_size = $50.00 * 2\n3 passed, 1 failed\n");
}

TEST(RunCases, APeriodBehindAColumnGoesIntoEachCell) {
  EXPECT_EQ(
      printed("  - case: weekly pay\n    family: two\n    rows: |\n      ana.wages per week | income_a_month\n      100                | 430\n"),
      "1 passed, 0 failed\n");
}

TEST(RunCases, WhatTheCaseGivesReplacesWhatTheFamilyGives) {
  EXPECT_EQ(printed("  - case: in the South\n    family: two\n    place: {region: south}\n    homeless: yes\n    expect: {outcome: ineligible, "
                    "reasons: [no_home]}\n"),
            "1 passed, 0 failed\n");
}

TEST(RunCases, UnknownIsUnknownWhateverTheRestIs) {
  EXPECT_EQ(printed("  - case: nobody asked about a home\n    family: two\n    change: {homeless: unknown}\n    expect: {outcome: pending, missing: "
                    "[homeless]}\n"),
            "1 passed, 0 failed\n");
}

TEST(RunCases, SubjectsAreNamedByAnyPersonOfAUnit) {
  EXPECT_EQ(printed("  - case: by the first and by another\n    family: two\n    expect: {ana: eligible, leo: {outcome: eligible, unit_size: 2, "
                    "own_income: 0}, ana.own_income: 1000, ana.earner: yes}\n"),
            "1 passed, 0 failed\n");
}

TEST(RunCases, WhereOneSubjectStandsAloneTheRestSpeaksOfIt) {
  EXPECT_EQ(printed("  - case: the son alone\n    family: apart\n    expect: {leo: eligible, income_a_month: 0, reasons: none}\n"),
            "1 passed, 0 failed\n");
}

TEST(RunCases, WhereSeveralAreDecidedTheCaseMustSayWhose) {
  EXPECT_EQ(printed("  - case: whose\n    family: apart\n    expect: {outcome: eligible}\n"),
            "heat/cases/all.yaml:20: error[E506]: whose: outcome: expected eligible, got decided ana and leo: say whose, such as `ana.outcome`\n0 "
            "passed, 1 failed\n");
}

TEST(RunCases, AnOpenValueIsExpectedByTheEndsThatAreKnown) {
  const std::string start =
      "  - case: more may come\n    family: two\n    change: {ana.wages: unknown, leo.wages: 500}\n    expect: {income_a_month: ";
  EXPECT_EQ(printed(start + "\"[500..]\"}\n"), "1 passed, 0 failed\n");
  EXPECT_EQ(printed(start + "unknown}\n"), "1 passed, 0 failed\n");
  EXPECT_THAT(printed(start + "\"[501..]\"}\n"), testing::HasSubstr("income_a_month: expected [501..], got [500..]"));
  EXPECT_THAT(printed(start + "\"[500..100500]\"}\n"), testing::HasSubstr("income_a_month: expected [500..100500], got [500..]"));
  EXPECT_THAT(printed(start + "5}\n"), testing::HasSubstr("income_a_month: expected 5, got [500..]"));
}

TEST(RunCases, AHouseholdThatCannotBeReadIsAFailureWithItsReason) {
  const std::string out = printed("  - case: no such region\n    family: two\n    place: {region: west}\n    expect: {outcome: eligible}\n");
  EXPECT_THAT(out, testing::StartsWith("heat/cases/all.yaml:18: error[E506]: no such region: expected a decision, got E308 (line 20): "));
  EXPECT_THAT(out, testing::EndsWith("0 passed, 1 failed\n"));
}

TEST(RunCases, AnAssumptionGivesARuleItsValue) {
  EXPECT_EQ(printed("  - case: nine people\n    family: two\n    assume: {unit_size: 9}\n    expect: {grant: 450}\n"), "1 passed, 0 failed\n");
}

TEST(RunCases, TheResultIsTheSameOnAnyNumberOfThreads) {
  std::string cases;
  for (int i = 0; i < 40; ++i)
    cases += "  - case: number " + std::to_string(i) + "\n    family: two\n    expect: {grant: " + std::to_string(80 + i) + "}\n";
  const auto files = test::with_cases(family + cases);
  EXPECT_EQ(to_json(run_cases(files, {{}, 1})), to_json(run_cases(files, {{}, 7})));
}

TEST(RunCases, JsonHoldsCountsAndFailures) {
  const auto json = nlohmann::json::parse(to_json(run("  - case: two people get more\n    family: two\n    expect: {grant: 101}\n")));
  EXPECT_EQ(json["passed"], 0);
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(json["failures"][0]["case"], "two people get more");
  EXPECT_EQ(json["failures"][0]["got"], "100");
}

TEST(RunCases, AProgramThatDoesNotExistIsTold) {
  const CasesRun done = run_cases(test::with_cases(family), {{"hat"}, 1});
  ASSERT_EQ(done.errors.size(), 1U);
  EXPECT_EQ(done.errors[0].code, Code::unknown_program);
  EXPECT_EQ(done.errors[0].help, "did you mean `heat`?");
}

// Wrong case files.

std::string first_error(const std::string& text) {
  const CasesRun done = run_cases(test::with_cases(text), {});
  if (done.errors.empty()) return "none";
  const Diagnostic& d = done.errors[0];
  return code_text(d.code) + " " + std::to_string(d.line) + ": " + d.message;
}

TEST(CaseFile, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(first_error("kind: chapter\n"), "E143 1: a file of worked cases begins with `kind: cases`");
  EXPECT_EQ(first_error("kind: cases\n"), "E142 1: the file has no list of `cases`");
  EXPECT_EQ(first_error("kind: cases\ncasse: []\ncases: []\n"), "E141 2: `casse` is no key of a file of cases");
  EXPECT_EQ(first_error("kind: cases\nfamilies: [a]\ncases: []\n"), "E140 2: `families` must be a record of households by name");
  EXPECT_EQ(first_error("kind: cases\ncases:\n  - expect: {outcome: eligible}\n"), "E142 3: a case begins with its sentence");
  EXPECT_EQ(first_error("kind: cases\ncases:\n  - no\n"), "E140 3: a case begins with its sentence");
  EXPECT_EQ(first_error("kind: cases\ncases:\n  - case: nothing\n"), "E142 3: the case expects nothing");
  EXPECT_EQ(first_error("kind: cases\ncases: [\n"), "E101 2: " + first_error("kind: cases\ncases: [\n").substr(8));
}

TEST(CaseFile, MistakesInsideACaseAreTold) {
  const auto error = [](const std::string& lines) { return first_error(family + ("  - case: wrong\n" + lines)); };
  EXPECT_EQ(error("    family: tow\n    expect: {outcome: eligible}\n"), "E104 19: there is no family `tow`");
  EXPECT_EQ(error("    family: two\n    expect: {outcome: maybe}\n"), "E150 20: `maybe` is no outcome");
  EXPECT_EQ(error("    family: two\n    expect: {grant: much}\n"), "E150 20: `much` is no value of `grant`, whose type is money per month");
  EXPECT_EQ(error("    family: two\n    expect: {grnat: 1}\n"),
            "E104 20: `grnat` is neither a rule of this program, nor a person of the case, nor a word of a determination");
  EXPECT_EQ(error("    family: two\n    expect: [a]\n"), "E140 20: `expect` must be a record");
  EXPECT_EQ(error("    family: two\n    change: [a]\n    expect: {grant: 1}\n"), "E140 20: `change` must be a record of facts and values");
  EXPECT_EQ(error("    family: two\n    change: {anna.works: no}\n    expect: {grant: 1}\n"),
            "E303 20: `anna.works` names `anna`, who is not in the household");
  EXPECT_EQ(error("    family: two\n    wroks: no\n    expect: {grant: 1}\n"), "E104 20: `wroks` is neither a fact nor a rule of this program");
  EXPECT_EQ(error("    family: two\n    rows: |\n      ana.wages | sam\n      1 | eligible\n"),
            "E104 21: `sam` is neither a rule of this program, nor a person of the case, nor a word of a determination");
  EXPECT_EQ(error("    family: two\n    rows: |\n      ana.wages\n      1\n"), "E140 20: no column of the grid expects anything");
  EXPECT_EQ(error("    family: two\n    rows: |\n      ana.wages | outcome\n      1 | eligible | 2\n"),
            "E108 22: this row has 3 cells, the header names 2 columns");
  EXPECT_EQ(error("    family: two\n    rows: |\n      ana.wages | outcome\n      1 | eligble\n"), "E150 22: `eligble` is no outcome");
  EXPECT_EQ(error("    family: two\n    rows: |\n      ana.shares_with | outcome\n      [leo | eligible\n"), "E108 22: `[leo` cannot be read");
}

TEST(CaseFile, AMistakeInOneCaseLeavesTheOthersToRun) {
  const CasesRun done =
      run("  - case: wrong\n    family: nobody\n    expect: {grant: 1}\n  - case: right\n    family: two\n    expect: {grant: 100}\n");
  EXPECT_EQ(done.errors.size(), 1U);
  EXPECT_EQ(done.passed(), 1U);
}

}  // namespace
}  // namespace duly
