#include "cases/table_run.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "cases/small_program.h"

namespace duly {
namespace {

constexpr const char* small_map = R"(kind: map
title: A sample
program: heat
key: id
rest: nothing unusual
request: {benefit_month: "column month", decided: 2026-01-15}
place: {region: "column region"}
people:
  ana: {age: 40, wages: "column wages"}
facts: {homeless: "column homeless"}
blank: {homeless: "no", wages: 0}
expect:
  income_a_month: "column income"
  grant: "column grant"
)";

constexpr const char* small_table =
    "id,month,region,wages,homeless,income,grant\n"
    "a,2026-01,north,1000,,1000,50\n"
    "b,2026-02,south,,1,0,50\n";

Result<TableRun> run(const std::string& map, const std::string& table, int threads = 1) {
  return run_table(*rules_in_memory(test::small_program()), make_source("map.yaml", map), make_source("table.csv", table), {threads});
}

/// What is printed, or the errors.
std::string printed(const std::string& map, const std::string& table) {
  const auto done = run(map, table);
  return done ? to_text(*done) : to_text(done.errors());
}

std::string first_error(const std::string& map, const std::string& table) {
  const auto done = run(map, table);
  if (done) return "none";
  const Diagnostic& d = done.errors().front();
  return code_text(d.code) + " " + d.file + ":" + std::to_string(d.line) + ": " + d.message;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("no " + what);
  return text.replace(at, what.size(), instead);
}

TEST(TableRun, RowsThatComeOutAsExpectedAgree) { EXPECT_EQ(printed(small_map, small_table), "agree 2 of 2\n"); }

TEST(TableRun, TheFirstDifferingStageOfARowIsTold) {
  const std::string out = printed(small_map, with(with(small_table, "1000,50", "900,40"), "0,50", "0,60"));
  EXPECT_EQ(out,
            "table.csv:2: a: income_a_month: expected 900, got 1000\n"
            "table.csv:3: b: grant: expected 60, got 50\n"
            "\n"
            "rule               rows    first    smallest     largest\n"
            "income_a_month        1        1         100         100\n"
            "grant                 2        1          10          10\n"
            "\n"
            "agree 0 of 2\n");
}

TEST(TableRun, TruthsMayBeWrittenInSixWays) {
  for (const char* yes : {"1", "true", "yes", "TRUE", "Yes"})
    EXPECT_EQ(printed(with(small_map, "  grant: \"column grant\"\n", "  home_test: \"no\"\n"),
                      std::string("id,month,region,wages,homeless,income\na,2026-01,north,1,") + yes + ",1\n"),
              "agree 1 of 1\n")
        << yes;
  EXPECT_THAT(printed(small_map, with(small_table, "1000,,", "1000,maybe,")),
              testing::HasSubstr("table.csv:2: a: cannot be read: E306: `homeless` is `maybe`"));
}

TEST(TableRun, AnEmptyCellNeedsAMeaning) {
  const std::string out = printed(with(small_map, "blank: {homeless: \"no\", wages: 0}", "blank: {homeless: \"no\"}"), small_table);
  EXPECT_EQ(out,
            "table.csv:3: b: cannot be read: E502: the cell of column `wages` is empty, and the map does not say what that means\nagree 1 of 2\n");
}

TEST(TableRun, AnExpectedCellThatIsEmptyAndUnknownExpectsNothing) {
  const std::string table = with(small_table, "1000,50", "1000,");
  EXPECT_THAT(printed(small_map, table), testing::HasSubstr("the cell of column `grant` is empty"));
  EXPECT_EQ(printed(with(small_map, "wages: 0", "wages: 0, grant: unknown"), table), "agree 2 of 2\n");
}

TEST(TableRun, ARowThatCannotBeReadDoesNotAgreeAndIsNoDifference) {
  const auto done = run(small_map, with(small_table, "north,1000", "west,1000"));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->rows, 2U);
  EXPECT_EQ(done->agree, 1U);
  EXPECT_TRUE(done->differences.empty());
  ASSERT_EQ(done->unreadable.size(), 1U);
  EXPECT_EQ(done->unreadable[0].key, "a");
  EXPECT_EQ(done->unreadable[0].diagnostic.code, Code::not_in_list);
  EXPECT_EQ(done->unreadable[0].diagnostic.line, 2);
}

TEST(TableRun, AMonthOutsideTheCoverageIsToldForItsRow) {
  EXPECT_THAT(printed(small_map, with(small_table, "a,2026-01", "a,2024-12")), testing::HasSubstr("a: cannot be read: E201: "));
  EXPECT_THAT(printed(small_map, with(small_table, "a,2026-01", "a,January")), testing::HasSubstr("a: cannot be read: E306: "));
}

TEST(TableRun, AnExpectedCellThatIsNoValueIsToldForItsRow) {
  EXPECT_THAT(printed(small_map, with(small_table, "1000,50", "1000,fifty")),
              testing::HasSubstr("a: cannot be read: E150: `fifty` is no value of `grant`"));
}

TEST(TableRun, ColumnsThatNothingReadsAreWarnedOfUnlessIgnored) {
  const std::string table = "id,month,region,wages,homeless,income,grant,remarks\na,2026-01,north,1000,,1000,50,hm\n";
  const auto done = run(small_map, table);
  ASSERT_TRUE(done);
  ASSERT_EQ(done->warnings.size(), 1U);
  EXPECT_EQ(done->warnings[0].code, Code::column_unread);
  EXPECT_EQ(done->warnings[0].severity, Severity::warning);
  EXPECT_EQ(done->warnings[0].message, "nothing reads the column `remarks`");
  EXPECT_TRUE(run(std::string(small_map) + "ignore: [remarks]\n", table)->warnings.empty());
}

TEST(TableRun, RowsApartAreCountedAbove) {
  const std::string map =
      std::string(small_map) + "apart: {the South: 'region = \"south\"', rich: 'wages > 500 and not(region in [\"south\", \"east\"])'}\n";
  EXPECT_THAT(printed(map, with(small_table, "1,0,50", "1,0,60")),
              testing::EndsWith("apart: the South: agree 0 of 1\napart: rich: agree 1 of 1\nagree 1 of 2\n"));
}

TEST(TableRun, WordsSayWhatTheTextsOfAColumnMean) {
  const std::string map = std::string(small_map) + "words: {region: {1: north, 2: south}}\n";
  const std::string table = with(with(small_table, "north", "1"), "south", "2");
  EXPECT_EQ(printed(map, table), "agree 2 of 2\n");
  EXPECT_EQ(printed(map, with(table, ",2,,1", ",3,,1")),
            "table.csv:3: b: cannot be read: E502: the map does not say what `3` means in column `region`\nagree 1 of 2\n");
}

TEST(TableRun, TextsMayBeAsGoodAsEmpty) {
  const std::string map = std::string(small_map) + "empty: [\".\", NA]\n";
  EXPECT_EQ(printed(map, with(with(small_table, "south,,1", "south,.,1"), "1000,,1000", "1000,NA,1000")), "agree 2 of 2\n");
  EXPECT_THAT(printed(small_map, with(small_table, "south,,1", "south,.,1")), testing::HasSubstr("cannot be read"));
}

TEST(TableRun, RowsLeftOutAreCountedByTheirFirstReasonAndNotDecided) {
  const std::string map = std::string(small_map) + "left_out: {the South: 'region = \"south\"', all: 'wages >= 0 or homeless = 1'}\n";
  EXPECT_EQ(printed(map, with(small_table, "0,50", "0,99")), "left out: the South: 1\nleft out: all: 1\nagree 0 of 0\n");
  const auto done = run(std::string(small_map) + "left_out: {the South: 'region = \"south\"'}\n", small_table);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->rows, 1U);
  EXPECT_THAT(nlohmann::json::parse(to_json(*done)).at("left_out").dump(), R"([{"label":"the South","rows":1}])");
  EXPECT_THAT(to_html(*done), testing::HasSubstr("Left out, the South: 1 rows"));
}

TEST(TableRun, AConditionStandsForYesOrNo) {
  const std::string map = with(small_map, "\"column homeless\"", "\"whether homeless = 1 and wages < 1\"");
  EXPECT_EQ(printed(map, small_table), "agree 2 of 2\n");
  EXPECT_EQ(first_error(with(small_map, "\"column homeless\"", "\"whether homless = 1\""), small_table),
            "E503 map.yaml:10: `homless` is no column of the table");
}

TEST(TableRun, CellsMayBePutIntoAText) {
  const std::string map = with(small_map, "decided: 2026-01-15", "decided: \"text {month}-15\"");
  EXPECT_EQ(printed(map, small_table), "agree 2 of 2\n");
  EXPECT_THAT(printed(with(map, "{month}-15", "{month}-45"), small_table), testing::HasSubstr("2026-01-45"));
  EXPECT_EQ(first_error(with(map, "{month}-15", "{mouth}-15"), small_table), "E503 map.yaml:6: the table has no column `mouth`");
  EXPECT_EQ(first_error(with(map, "{month}-15", "{month-15"), small_table), "E503 map.yaml:6: `{` is not closed");
}

TEST(TableRun, APersonIsThereWhenTheConditionHolds) {
  const std::string map = R"(kind: map
program: heat
rest: nothing unusual
request: {benefit_month: 2026-01, decided: 2026-01-15}
place: {region: north}
people:
  "p{i}": {when: "in_{i} = 1", age: 30, wages: "column wages_{i}"}
expect:
  p1.unit_size: 1
  "p{i}.own_income": "column wages_{i}"
)";
  EXPECT_EQ(printed(map, "in_1,wages_1,in_2,wages_2\n1,100,0,200\n1,100,1,200\n"), "agree 2 of 2\n");
  EXPECT_EQ(first_error(with(map, "in_{i} = 1", "on_{i} = 1"), "in_1,wages_1\n1,100\n"), "E503 map.yaml:7: `on_1` is no column of the table");
}

TEST(TableRun, AWideFileIsReadInPart) {
  const std::string table = with(with(with(small_table, "grant\n", "grant,x,y\n"), "50\nb", "50,1,2\nb"), "0,50\n", "0,50,1,2\n");
  const auto done = run(std::string(small_map) + "ignore: all others\n", table);
  ASSERT_TRUE(done);
  EXPECT_THAT(done->warnings, testing::IsEmpty());
  EXPECT_THAT(run(small_map, table)->warnings, testing::SizeIs(2));
}

TEST(TableMap, WordsAreOfColumnsThatAreThere) {
  EXPECT_EQ(first_error(std::string(small_map) + "words: {regoin: {1: north}}\n", small_table), "E503 map.yaml:15: the table has no column `regoin`");
  EXPECT_EQ(first_error(std::string(small_map) + "words: {region: north}\n", small_table),
            "E503 map.yaml:15: `region` must say what each text means");
  EXPECT_EQ(first_error(std::string(small_map) + "words: north\n", small_table), "E503 map.yaml:15: `words` must be a record of columns");
  EXPECT_EQ(first_error(std::string(small_map) + "left_out: north\n", small_table),
            "E503 map.yaml:15: `left_out` must be a record of labels and conditions");
}

TEST(TableRun, PeopleComeFromNumberedColumns) {
  const std::string map = R"(kind: map
program: heat
rest: nothing unusual
request: {benefit_month: 2026-01, decided: 2026-01-15}
place: {region: north}
people:
  "p{i}": {age: "column age_{i}", wages: "column wages_{i}", shares_with: "column with_{i}"}
blank:
  "age_{i}": unknown
  "wages_{i}": 0
  "with_{i}": none
expect:
  "p{i}.own_income": "column wages_{i}"
  p1.unit_size: "column size"
)";
  EXPECT_EQ(printed(map,
                    "age_1,wages_1,with_1,age_2,wages_2,with_2,age_3,wages_3,with_3,size\n"
                    "30,100,p2 p3,31,200,\"p1, p3\",5,,p1;p2,3\n"
                    "30,100,,31,200,,,,,1\n"
                    "30,100,p2,31,200,p1,,,,2\n"),
            "agree 3 of 3\n");
}

TEST(TableRun, SeveralUnitsNeedANameAndOneDoesNot) {
  const std::string map = R"(kind: map
program: heat
rest: nothing unusual
request: {benefit_month: 2026-01, decided: 2026-01-15}
place: {region: north}
people:
  ana: {age: 30}
  leo: {age: 3}
expect: {unit_size: "column size"}
)";
  EXPECT_THAT(printed(map, "size\n1\n"), testing::HasSubstr("row 1: unit_size: expected 1, got 2 of `heat_unit`: the map must say whose"));
}

TEST(TableRun, WordsOfADeterminationAreExpectedToo) {
  const std::string map = with(small_map, "  income_a_month:", "  outcome: \"column outcome\"\n  reasons: \"column why\"\n  income_a_month:");
  const std::string head = "id,month,region,wages,homeless,income,grant,outcome,why\n";
  EXPECT_EQ(
      printed(map,
              head + "a,2026-01,north,1000,,1000,50,eligible,none\nb,2026-01,north,2500,yes,2500,50,ineligible,\"no_home, income_over_limit\"\n"),
      "agree 2 of 2\n");
  EXPECT_THAT(printed(map, head + "a,2026-01,north,1000,,1000,50,pending,none\n"), testing::HasSubstr("a: outcome: expected pending, got eligible"));
}

TEST(TableRun, AssumptionsNeedNoPeople) {
  const std::string map = R"(kind: map
program: heat
request: {benefit_month: "column month"}
place: {region: "column region"}
assume: {heat_unit: one_unit, tests: passed, unit_size: "column size", income_a_month: "column income"}
expect: {grant: "column grant"}
)";
  EXPECT_EQ(printed(map, "month,region,size,income,grant\n2026-01,north,3,10,150\n2026-01,north,4,20.50,200\n"), "agree 2 of 2\n");
}

TEST(TableRun, TheResultIsTheSameOnAnyNumberOfThreads) {
  std::string table = "id,month,region,wages,homeless,income,grant\n";
  for (int i = 0; i < 3'000; ++i)
    table += std::to_string(i) + ",2026-0" + std::to_string(1 + i % 9) + ",north," + std::to_string(i) + ",no," + std::to_string(i % 7 == 0 ? 1 : i) +
             ",50\n";
  EXPECT_EQ(to_json(*run(small_map, table, 1)), to_json(*run(small_map, table, 5)));
}

TEST(TableRun, ThePageIsWholeAndEscapesWhatItShows) {
  const auto done = run(with(small_map, "A sample", "\"<b> & more\""), with(small_table, "1000,50", "900,50"));
  ASSERT_TRUE(done);
  const std::string page = to_html(*done);
  EXPECT_THAT(page, testing::StartsWith("<!doctype html>"));
  EXPECT_THAT(page, testing::HasSubstr("&lt;b&gt; &amp; more"));
  EXPECT_THAT(page, testing::HasSubstr("1 of 2 rows agree"));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("http")));
  EXPECT_THAT(page, testing::EndsWith("</html>\n"));
}

TEST(TableRun, JsonHoldsTotalsAndDifferences) {
  const auto done = run(small_map, with(small_table, "1000,50", "900,50"));
  ASSERT_TRUE(done);
  const auto json = nlohmann::json::parse(to_json(*done));
  EXPECT_EQ(json["agree"], 1);
  EXPECT_EQ(json["rows"], 2);
  EXPECT_EQ(json["differences"][0]["rule"], "income_a_month");
  EXPECT_EQ(json["rules"][0]["largest"], "100");
}

// Wrong maps and tables.

TEST(TableMap, MistakesAreToldWithTheirPlace) {
  const auto error = [](const std::string& what, const std::string& instead) { return first_error(with(small_map, what, instead), small_table); };
  EXPECT_EQ(error("kind: map", "kind: cases"), "E503 map.yaml:1: a map begins with `kind: map`");
  EXPECT_EQ(error("program: heat", "title2: x"), "E503 map.yaml:1: the map names no program");
  EXPECT_EQ(error("program: heat", "program: hat"), "E202 :0: " + error("program: heat", "program: hat").substr(9));
  EXPECT_EQ(error("key: id", "key: idd"), "E503 map.yaml:4: the table has no column `idd`");
  EXPECT_EQ(error("rest:", "rset:"), "E503 map.yaml:5: `rset` is no key of a map");
  EXPECT_EQ(error("\"column wages\"", "\"column wage\""), "E503 map.yaml:9: the table has no column `wage`");
  EXPECT_EQ(error("age: 40", "agee: 40"), "E503 map.yaml:9: `agee` is no fact of this program here");
  EXPECT_EQ(error("facts: {homeless", "facts: {homless"), "E503 map.yaml:10: `homless` is no fact of this program here");
  EXPECT_EQ(error("  grant:", "  grnat:"), "E503 map.yaml:14: `grnat` is neither a rule of this program nor a word of a determination");
  EXPECT_EQ(error("\"column grant\"", "much"), "E150 map.yaml:14: `much` is no value of `grant`, whose type is money per month");
  EXPECT_EQ(error("wages: 0}", "wags: 0}"), "E503 map.yaml:11: the table has no column `wags`");
  EXPECT_EQ(error("facts: {", "assume: {unit_sice: 3}\nfacts: {"), "E503 map.yaml:10: `unit_sice` is no rule of this program");
  EXPECT_EQ(error("ana: {age: 40, wages: \"column wages\"}", "\"p{i}\": {age: \"column age_{i}\"}"),
            "E503 map.yaml:9: the table has no columns for the person `p{i}`");
  EXPECT_EQ(error("expect:\n  income_a_month: \"column income\"\n  grant: \"column grant\"\n", "expect: {}\n"),
            "E503 map.yaml:12: the map expects nothing");
}

TEST(TableMap, AConditionIsAComparisonOfColumns) {
  const auto error = [](const std::string& condition) {
    return first_error(std::string(small_map) + "apart: {some: '" + condition + "'}\n", small_table);
  };
  EXPECT_EQ(error("region = \"north\" or wages between 1 and 2"), "E503 map.yaml:15: this is no condition on columns");
  EXPECT_EQ(error("regoin = \"north\""), "E503 map.yaml:15: `regoin` is no column of the table");
  EXPECT_EQ(error("region"), "E503 map.yaml:15: this is no condition on columns");
  EXPECT_EQ(error("region in [north]"), "E503 map.yaml:15: a list holds texts and numbers, and `north` is neither");
  EXPECT_THAT(error("region ="), testing::StartsWith("E120 map.yaml:15: "));
}

TEST(Table, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(first_error(small_map, ""), "E502 table.csv:1: the table is empty");
  EXPECT_EQ(first_error(small_map, "id,month\n"), "E502 table.csv:1: the table has no rows");
  EXPECT_EQ(first_error(small_map, with(small_table, "a,2026-01", "a")), "E502 table.csv:2: the row has 6 cells, the header 7");
  EXPECT_EQ(first_error(small_map, with(small_table, "month", "id")), "E502 table.csv:1: the column `id` stands twice");
  EXPECT_EQ(first_error(small_map, std::string("a\xff\n")).substr(0, 4), "E100");
}

}  // namespace
}  // namespace duly
