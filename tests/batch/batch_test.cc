// A caseload decided by the tool: results in the order of the caseload, whatever the threads and tiles; what is wrong is told and the rest decided.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/run_line.h"
#include "duly/ruleset.h"

namespace duly::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr const char* households = "120";

std::string generated(const Folder& folder, const std::string& format, const std::string& name) {
  const Ran ran = run_line({"generate", "--households", households, "--seed", "5", "--format", format, "--out", folder.path(name)});
  EXPECT_EQ(ran.status, 0) << ran.err;
  return folder.path(name);
}

Ran batch(const std::string& in, const std::string& out, std::vector<std::string> more = {}) {
  std::vector<std::string> line{"batch", "--program", "us/snap", "--in", in, "--out", out, "--quiet"};
  line.insert(line.end(), more.begin(), more.end());
  return run_line(std::move(line));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

Json summary_of(const Folder& folder, const std::string& name) { return Json::parse(folder.text(name + "/manifest.json")).at("summary"); }

/// A household of one, who is decided from what is said here.
std::string single(const std::string& key, const std::string& rent = "500") {
  return R"({"key": ")" + key +
         R"(", "request": {"benefit_month": "2026-06", "decided": "2026-06-25", "applied": "2026-06-20", "occasion": "application"}, "place": {"state": "TX"},)" +
         R"("people": {"ana": {"birth_date": "1950-03-02", "disabled": false, "income": [{"kind": "social_security", "amount": 700, "every": "month"}]}},)" +
         R"("no_other": ["income", "expenses", "utilities", "medical_expenses", "assets"], "homeless": false, "pays_heating_or_cooling": true, "rent": )" +
         rent + "}\n";
}

TEST(ABatch, HasTheSameBytesOnAnyNumberOfThreadsAndAtAnyTile) {
  const Folder folder;
  for (const std::string format : {"csv", "jsonl"}) {
    const std::string in = generated(folder, format, format);
    ASSERT_EQ(batch(in, folder.path(format + "_once"), {"--threads", "1", "--tile", "1024"}).status, 0);
    const std::string once = folder.text(format + "_once/determinations.csv");
    EXPECT_GE(lines_of(once).size(), 121U);
    int run = 0;
    for (const char* threads : {"1", "2", "5"})
      for (const char* tile : {"1", "7", "64"}) {
        const std::string out = format + std::to_string(run++);
        ASSERT_EQ(batch(in, folder.path(out), {"--threads", threads, "--tile", tile}).status, 0);
        for (const char* file : {"determinations.csv", "errors.csv", "manifest.json", "rules.json"})
          ASSERT_EQ(folder.text(out + "/" + file), folder.text(format + "_once/" + file)) << file << ", " << threads << " threads, tile " << tile;
      }
  }
}

TEST(ABatch, SaysTheSameOfTablesAndOfDocuments) {
  const Folder folder;
  ASSERT_EQ(batch(generated(folder, "csv", "tables"), folder.path("a")).status, 0);
  ASSERT_EQ(batch(generated(folder, "jsonl", "documents"), folder.path("b")).status, 0);
  const std::string of_tables = folder.text("a/determinations.csv");
  EXPECT_EQ(of_tables, folder.text("b/determinations.csv"));
  for (const char* outcome : {",eligible,", ",ineligible,", ",pending,"}) EXPECT_THAT(of_tables, HasSubstr(outcome));
}

TEST(ABatch, SaysOfEachHouseholdWhatASingleDeterminationSays) {
  const Folder folder;
  const std::string in = generated(folder, "jsonl", "documents") + "/households.jsonl";
  ASSERT_EQ(batch(in, folder.path("out"), {"--format", "jsonl"}).status, 0);
  const auto rules = Ruleset::from_folder(DULY_SOURCE_DIR "/rules");
  ASSERT_TRUE(rules);
  const auto rows = lines_of(folder.text("out/determinations.jsonl"));
  std::size_t row = 0;
  for (const std::string& document : lines_of(folder.text("documents/households.jsonl"))) {
    const auto decided = rules->determine("us/snap", document);
    ASSERT_TRUE(decided) << to_text(decided.errors());
    for (const Determination& d : decided->determinations) {
      ASSERT_LT(row, rows.size());
      const Json told = Json::parse(rows[row++]);
      ASSERT_EQ(told["household"], Json::parse(document)["key"]);
      EXPECT_EQ(told["outcome"], to_word(d.outcome));
      EXPECT_EQ(told["subject"], d.subject.key);
      EXPECT_EQ(told["people"], Json(d.subject.people));
      EXPECT_EQ(told["members"], Json(d.subject.members));
      Json reasons = Json::array();
      for (const Reason& reason : d.reasons) reasons.push_back(reason.code);
      EXPECT_EQ(told["reasons"], reasons) << document;
      Json missing = Json::array();
      for (const MissingFact& fact : d.missing) missing.push_back(fact.of.empty() ? fact.fact : fact.of + "." + fact.fact);
      if (!d.missing.empty() && !d.missing.front().fact.starts_with("gap")) { EXPECT_EQ(told["missing"][0], missing[0]) << document; }
      EXPECT_EQ(told["missing"].size(), missing.size()) << document;
      for (const NamedValue& output : d.outputs)
        if (!output.value.text.empty()) { EXPECT_EQ(told["outputs"][output.name], output.value.text) << output.name << " of " << document; }
    }
  }
  EXPECT_EQ(row, rows.size());
}

TEST(ABatch, CountsEveryHouseholdOnce) {
  const Folder folder;
  ASSERT_EQ(batch(generated(folder, "csv", "tables"), folder.path("out")).status, 0);
  const Json counts = summary_of(folder, "out")["counts"];
  std::int64_t sum = 0;
  for (const char* outcome : {"eligible", "ineligible", "conditional", "pending", "error"}) sum += counts[outcome].get<std::int64_t>();
  EXPECT_EQ(counts["in"], sum);
  EXPECT_EQ(static_cast<std::size_t>(sum) + 1, lines_of(folder.text("out/determinations.csv")).size());
}

TEST(ABatch, DecidesAllOthersWhereSomeDocumentsAreWrong) {
  const Folder folder;
  std::string crowd = R"({"key": "h5", "place": {"state": "TX"}, "people": {)";
  for (int i = 0; i < 10'000; ++i) crowd += (i == 0 ? "\"p" : ",\"p") + std::to_string(i) + "\":{}";
  crowd += "}}\n";
  const std::string in =
      folder.put("in.jsonl", single("h1") + "{\"key\": \"h2\", \"place\": {\"state\": \"TX\"}, \"rents\": 5}\n" + "not json\n" +
                                 single("h4", "\"\xFF\"") + crowd + single("h6") + "\n" + single("h1") + single("h8").substr(0, 200));
  const Ran ran = batch(in, folder.path("out"));
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("errors.csv"));
  const auto decided = lines_of(folder.text("out/determinations.csv"));
  ASSERT_EQ(decided.size(), 3U) << folder.text("out/errors.csv");
  EXPECT_THAT(decided[1], HasSubstr("h1,ana,eligible"));
  EXPECT_THAT(decided[2], HasSubstr("h6,ana,eligible"));
  const auto errors = lines_of(folder.text("out/errors.csv"));
  const std::vector<std::string> wanted{"h2,in.jsonl,2,41,E301,", "3,in.jsonl,3,1,E3", "4,in.jsonl,4,", "h5,in.jsonl,5,", "h1,", "h8,in.jsonl,9,"};
  for (const std::string& begin : wanted) {
    const auto starts = [&](const std::string& line) { return line.starts_with(begin); };
    EXPECT_TRUE(std::any_of(errors.begin(), errors.end(), starts)) << begin << " in\n" << folder.text("out/errors.csv");
  }
  const std::string all = folder.text("out/errors.csv");
  EXPECT_THAT(all, HasSubstr("E309"));
  EXPECT_THAT(all, HasSubstr("E100"));
  EXPECT_THAT(all, HasSubstr("E509"));
  EXPECT_THAT(all, HasSubstr("E510"));
  const Json summary = summary_of(folder, "out");
  EXPECT_EQ(summary["households"]["in"], 8);
  EXPECT_EQ(summary["households"]["in_error"], 6);
  EXPECT_EQ(summary["counts"]["in"], 8);
  EXPECT_EQ(summary["counts"]["error"], 6);
}

/// Two households as tables.
void put_tables(const Folder& folder) {
  folder.put("t/household.csv",
             "household,benefit_month,decided,applied,occasion,state,homeless,pays_heating_or_cooling,no_other\n"
             "1,2026-06,2026-06-25,2026-06-20,application,TX,no,yes,income expenses utilities medical_expenses assets\n"
             "2,2026-06,2026-06-25,2026-06-20,application,TX,no,yes,income expenses utilities medical_expenses assets\n");
  folder.put("t/person.csv", "household,person,birth_date,disabled\n1,ana,1950-03-02,no\n2,leo,1951-03-02,no\n");
  folder.put("t/income.csv", "household,person,kind,amount,every\n1,ana,social_security,700,month\n2,leo,wages,9000,month\n");
  folder.put("t/expenses.csv", "household,kind,amount,every\n1,rent,500,month\n2,rent,500,month\n");
}

TEST(Tables, AreReadSideBySide) {
  const Folder folder;
  put_tables(folder);
  const Ran ran = batch(folder.path("t"), folder.path("out"));
  EXPECT_EQ(ran.status, 0) << ran.err << folder.text("out/errors.csv");
  const auto rows = lines_of(folder.text("out/determinations.csv"));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_THAT(rows[1], HasSubstr("1,ana,eligible"));
  EXPECT_THAT(rows[2], HasSubstr("2,leo,ineligible"));
  EXPECT_THAT(rows[2], HasSubstr("net_income_over_limit"));
  EXPECT_EQ(summary_of(folder, "out")["reasons"]["net_income_over_limit"], 1);
}

TEST(Tables, TellOfRowsThatBelongToNobodyAndOfPeopleWhoAreNotThere) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/person.csv", "household,person,birth_date,disabled\n1,ana,1950-03-02,no\n17,eve,1950-03-02,no\n2,leo,1951-03-02,no\n");
  folder.put("t/income.csv", "household,person,kind,amount,every\n1,ana,social_security,700,month\n2,eve,wages,9000,month\n");
  const Ran ran = batch(folder.path("t"), folder.path("out"));
  EXPECT_EQ(ran.status, 1);
  const std::string errors = folder.text("out/errors.csv");
  EXPECT_THAT(errors, HasSubstr("2,income.csv,3,person,E511"));
  EXPECT_THAT(errors, HasSubstr("17,person.csv,3,,E511"));
  EXPECT_THAT(folder.text("out/determinations.csv"), HasSubstr("1,ana,eligible"));
  EXPECT_THAT(folder.text("out/determinations.csv"), Not(HasSubstr("leo")));
  EXPECT_EQ(summary_of(folder, "out")["households"]["in_error"], 1);
}

TEST(Tables, MayStandInAnOrderThatDoesNotRise) {
  const Folder folder;
  put_tables(folder);
  const auto turned = [&](const std::string& name) {
    const auto lines = lines_of(folder.text("t/" + name));
    folder.put("u/" + name, lines[0] + "\n" + lines[2] + "\n" + lines[1] + "\n");
  };
  for (const char* name : {"household.csv", "person.csv", "income.csv", "expenses.csv"}) turned(name);
  for (const char* tile : {"1", "2"}) {
    const std::string out = std::string("out") + tile;
    ASSERT_EQ(batch(folder.path("u"), folder.path(out), {"--tile", tile}).status, 0) << folder.text(out + "/errors.csv");
    const auto rows = lines_of(folder.text(out + "/determinations.csv"));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1], HasSubstr("2,leo,ineligible"));
    EXPECT_THAT(rows[2], HasSubstr("1,ana,eligible"));
  }
}

TEST(Tables, LeaveOutAHouseholdOfWhichARowStandsBehindThoseOfLaterOnes) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/income.csv", "household,person,kind,amount,every\n2,leo,wages,9000,month\n1,ana,social_security,700,month\n");
  EXPECT_EQ(batch(folder.path("t"), folder.path("out")).status, 1);
  EXPECT_THAT(folder.text("out/errors.csv"), HasSubstr("1,income.csv,3,,E511,this row of household `1` stands behind rows of later households"));
  const auto rows = lines_of(folder.text("out/determinations.csv"));
  ASSERT_EQ(rows.size(), 2U) << "it is not decided as one without income";
  EXPECT_THAT(rows[1], HasSubstr("2,leo,ineligible"));
}

TEST(Tables, AreRefusedWhereAHouseholdWasDecidedBeforeAllItsRowsWereRead) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/household.csv", folder.text("t/household.csv") + "3,2026-06,2026-06-25,2026-06-20,application,TX,no,yes,income expenses\n");
  folder.put("t/income.csv", "household,person,kind,amount,every\n2,leo,wages,9000,month\n3,eve,wages,900,month\n1,ana,social_security,700,month\n");
  const Ran ran = batch(folder.path("t"), folder.path("out"), {"--tile", "1"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E511]: line 4 of"));
  EXPECT_THAT(ran.err, HasSubstr("is of household `1`, which was decided without it"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out/manifest.json")));
}

TEST(Tables, AreRefusedWhereARowStandsBeforeThoseOfEarlierHouseholds) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/household.csv", folder.text("t/household.csv") + "3,2026-06,2026-06-25,2026-06-20,application,TX,no,yes,income expenses\n");
  folder.put("t/income.csv", "household,person,kind,amount,every\n3,eve,wages,900,month\n1,ana,social_security,700,month\n");
  const Ran ran = batch(folder.path("t"), folder.path("out"), {"--tile", "2"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E511]: line 2 of"));
  EXPECT_THAT(ran.err, HasSubstr("is of household `3` and stands before rows of earlier households"));
}

TEST(Tables, NameTheRowOfNoHouseholdBehindWhichOthersStand) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/person.csv", "household,person,birth_date,disabled\n9,ana,1950-03-02,no\n10,eve,1950-03-02,no\n2,leo,1951-03-02,no\n");
  const Ran ran = batch(folder.path("t"), folder.path("out"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E511]: line 2 of"));
  EXPECT_THAT(ran.err, HasSubstr("is of household `9`, which is none of `household.csv`"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out/manifest.json")));
}

TEST(Tables, AreRefusedWhereAQuoteIsNeverClosed) {
  const Folder folder;
  for (const char* table : {"household.csv", "income.csv"}) {
    put_tables(folder);
    std::string text = folder.text(std::string("t/") + table);
    folder.put(std::string("t/") + table, text.insert(text.find('\n') + 1, "\""));
    const std::string out = std::string("out_") + table;
    const Ran ran = batch(folder.path("t"), folder.path(out));
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("error[E502]: in line 2 of"));
    EXPECT_THAT(ran.err, HasSubstr("a quote opens that is never closed"));
    EXPECT_FALSE(std::filesystem::exists(folder.path(out + "/manifest.json")));
  }
}

TEST(Tables, MayBeginWithTheMarkOfASpreadsheet) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/household.csv", "\xEF\xBB\xBF" + folder.text("t/household.csv"));
  EXPECT_EQ(batch(folder.path("t"), folder.path("out")).status, 0);
  folder.put("t/household.csv", std::string("\xFF\xFEh\0o\0", 6) + "\n");
  const Ran ran = batch(folder.path("t"), folder.path("out2"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E100]: the header of"));
}

TEST(Tables, RefuseAWrongHeaderAtOnceWithAllItsMistakes) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/person.csv", "household,birthdate,disabled,disabled\n");
  folder.put("t/incomes.csv", "household\n");
  const Ran ran = batch(folder.path("t"), folder.path("out"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E512]: `person.csv` has the column `birthdate`"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean `birth_date`?"));
  EXPECT_THAT(ran.err, HasSubstr("`person.csv` has the column `disabled` twice"));
  EXPECT_THAT(ran.err, HasSubstr("`person.csv` has no column `person`"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean `income.csv`?"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("out/manifest.json")));
}

TEST(Tables, SayWhatIsWrongInWhichCell) {
  const Folder folder;
  put_tables(folder);
  folder.put("t/income.csv", "household,person,kind,amount,every\n1,ana,salarry,7.005,month\n2,leo,wages,900000000,month\n");
  EXPECT_EQ(batch(folder.path("t"), folder.path("out")).status, 1);
  const std::string errors = folder.text("out/errors.csv");
  EXPECT_THAT(errors, HasSubstr("1,income.csv,2,kind,E308"));
  EXPECT_THAT(errors, HasSubstr("1,income.csv,2,amount,E307"));
  EXPECT_THAT(errors, HasSubstr("2,income.csv,3,amount,E310"));
  EXPECT_EQ(lines_of(folder.text("out/determinations.csv")).size(), 1U);
}

TEST(Tables, RefuseARecordThatEndsBeforeItBegins) {
  const Folder folder;
  put_tables(folder);
  folder.put(
      "t/income.csv",
      "household,person,kind,amount,every,from,until\n1,ana,wages,700,month,2026-06-05,2026-06-04\n2,leo,wages,700,month,2026-06-05,2026-06-05\n");
  EXPECT_EQ(batch(folder.path("t"), folder.path("out")).status, 1);
  const std::string errors = folder.text("out/errors.csv");
  EXPECT_THAT(errors, HasSubstr("1,income.csv,2,until,E305"));
  EXPECT_THAT(errors, HasSubstr("is 2026-06-04, before the record begins: `from` is 2026-06-05"));
  EXPECT_THAT(errors, Not(HasSubstr("2,income.csv")));
}

TEST(AHousehold, IsExplainedLaterAsItWouldHaveBeenAtOnce) {
  const Folder folder;
  const std::string documents = generated(folder, "jsonl", "documents") + "/households.jsonl";
  const std::string tables = generated(folder, "csv", "tables");
  ASSERT_EQ(batch(documents, folder.path("of_documents")).status, 0);
  ASSERT_EQ(batch(tables, folder.path("of_tables")).status, 0);
  const auto lines = lines_of(folder.text("documents/households.jsonl"));
  for (const std::size_t h : {0U, 17U, 63U, 119U}) {
    const std::string key = Json::parse(lines[h])["key"];
    const std::string one = folder.put("one.json", lines[h]);
    for (const std::vector<std::string>& how : {std::vector<std::string>{}, {"--json"}}) {
      std::vector<std::string> at_once{"determine", one, "--program", "us/snap", "--explain"};
      at_once.insert(at_once.end(), how.begin(), how.end());
      const Ran wanted = run_line(at_once);
      ASSERT_EQ(wanted.status, 0) << wanted.err;
      for (const char* run : {"of_documents", "of_tables"}) {
        std::vector<std::string> later{"explain", "--run", folder.path(run), "--key", key};
        later.insert(later.end(), how.begin(), how.end());
        const Ran ran = run_line({later, "", "/nowhere"});
        ASSERT_EQ(ran.status, 0) << ran.err;
        ASSERT_EQ(ran.out, wanted.out) << run << ", " << key;
      }
    }
  }
}

TEST(AHousehold, IsNotExplainedFromAnotherCaseloadThanWasDecided) {
  const Folder folder;
  put_tables(folder);
  const std::string documents = folder.put("in.jsonl", single("1") + single("2"));
  ASSERT_EQ(batch(folder.path("t"), folder.path("of_tables")).status, 0);
  ASSERT_EQ(batch(documents, folder.path("of_documents")).status, 0);
  folder.put("t/income.csv", "household,person,kind,amount,every\n1,ana,social_security,700,month\n2,leo,wages,9001,month\n");
  folder.put("in.jsonl", single("1") + single("2", "501"));
  for (const char* run : {"of_tables", "of_documents"}) {
    const Ran ran = run_line({"explain", "--run", folder.path(run), "--key", "1"});
    EXPECT_EQ(ran.status, 2) << run;
    EXPECT_THAT(ran.err, HasSubstr("is not what the run read"));
  }
}

TEST(APreviousRun, IsOneOfTheSameProgram) {
  const Folder folder;
  const std::string in = folder.put("in.jsonl", single("a"));
  ASSERT_EQ(batch(in, folder.path("one")).status, 0);
  const Ran ran =
      run_line({"batch", "--program", "us/medicaid", "--in", in, "--out", folder.path("two"), "--quiet", "--previous", folder.path("one")});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("decided `us/snap`, not `us/medicaid`"));
}

TEST(APreviousRun, IsComparedSubjectBySubject) {
  const Folder folder;
  const std::string before = folder.put("before.jsonl", single("a") + single("b") + single("c", "900000") + single("d") + single("e"));
  const auto with = [](std::string text, const std::string& what, const std::string& instead) {
    return text.replace(text.find(what), what.size(), instead);
  };
  const std::string now =
      folder.put("now.jsonl", single("a") + with(single("b"), "700", "900") + single("d", "100") + with(single("e"), "700", "9000") + single("f"));
  ASSERT_EQ(batch(before, folder.path("one")).status, 1) << "the rent of c is out of range";
  const Ran ran = batch(now, folder.path("two"), {"--previous", folder.path("one")});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json changes = summary_of(folder, "two")["changes"];
  EXPECT_EQ(changes["same"]["subjects"], 1);
  EXPECT_EQ(changes["lost"]["subjects"], 1);
  EXPECT_EQ(changes["new"]["subjects"], 1);
  EXPECT_EQ(changes["down"]["subjects"], 2);
  EXPECT_LT(changes["down"]["amount"].get<std::int64_t>(), 0);
  EXPECT_THAT(ran.out, HasSubstr("since the previous run"));
  EXPECT_THAT(folder.text("two/determinations.csv"), HasSubstr(",down,eligible,"));
  EXPECT_EQ(batch(now, folder.path("three"), {"--previous", folder.path("nowhere")}).status, 2);
}

TEST(APreviousRun, GivesNoAmountOfWhomItIsNotKnownOnOneSide) {
  const Folder folder;
  std::string open = single("a");
  const std::string amount = R"("amount": 700, )";
  open.erase(open.find(amount), amount.size());
  const std::string before = folder.put("before.jsonl", open + single("b") + single("c", "100"));
  std::string open_now = open;
  const std::string now = folder.put("now.jsonl", single("a") + open_now.replace(open_now.find("\"a\""), 3, "\"b\"") + single("c"));
  const Ran first = batch(before, folder.path("one"));
  ASSERT_EQ(first.status, 0) << first.err;
  ASSERT_EQ(summary_of(folder, "one")["counts"]["pending"], 1);
  EXPECT_THAT(first.out, HasSubstr("USD per month, of those eligible; what those pending get is not known"));
  ASSERT_EQ(batch(now, folder.path("two"), {"--previous", folder.path("one")}).status, 0);
  const Json changes = summary_of(folder, "two")["changes"];
  EXPECT_EQ(changes["newly_eligible"], (Json{{"subjects", 1}, {"amount", 0}})) << "a was pending";
  EXPECT_EQ(changes["other"], (Json{{"subjects", 1}, {"amount", 0}})) << "b is pending now";
  EXPECT_EQ(changes["up"]["subjects"], 1);
  EXPECT_GT(changes["up"]["amount"].get<std::int64_t>(), 0);
  const std::string all_known = folder.put("known.jsonl", single("a"));
  EXPECT_THAT(batch(all_known, folder.path("three")).out, testing::AllOf(HasSubstr("USD per month, of those eligible\n"), Not(HasSubstr("pending"))));
}

TEST(AFolderOfResults, IsNotThatOfTheCaseload) {
  const Folder folder;
  put_tables(folder);
  const Ran ran = batch(folder.path("t"), folder.path("t"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("error[E507]"));
  EXPECT_FALSE(std::filesystem::exists(folder.path("t/determinations.csv")));
}

TEST(AFolderOfResults, IsNeverWrittenOver) {
  const Folder folder;
  const std::string in = folder.put("in.jsonl", single("a"));
  ASSERT_EQ(batch(in, folder.path("out")).status, 0);
  const Ran again = batch(in, folder.path("out"));
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("E507"));
  EXPECT_EQ(batch(in, folder.path("out"), {"--resume"}).status, 0) << "it is finished, and stays as it is";
  const Ran other = batch(in, folder.path("out"), {"--resume", "--month", "2026-07"});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("E508"));
  EXPECT_EQ(batch(folder.path("nothing.jsonl"), folder.path("other")).status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path("other/manifest.json")));
}

}  // namespace
}  // namespace duly::cli
