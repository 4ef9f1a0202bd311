#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/run_line.h"

namespace duly::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string family = DULY_SOURCE_DIR "/examples/households/family_of_three.yaml";
const std::string over_limit = DULY_SOURCE_DIR "/examples/households/over_limit.yaml";
const std::string missing_rent = DULY_SOURCE_DIR "/examples/households/missing_rent.yaml";

nlohmann::json json_of(const std::vector<std::string>& line) {
  const Ran ran = run_line(line);
  EXPECT_THAT(ran.err, IsEmpty());
  return nlohmann::json::parse(ran.out);
}

TEST(Determine, DecidesAndEndsWithZeroWhateverTheOutcome) {
  for (const auto& [file, outcome] : {std::pair{family, "  ELIGIBLE"}, {over_limit, "NOT ELIGIBLE"}, {missing_rent, "PENDING"}}) {
    const Ran ran = run_line({"determine", file, "--program", "us/snap"});
    EXPECT_EQ(ran.status, clean) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(outcome)) << file;
  }
}

TEST(Determine, WithoutAProgramDecidesByAllThatCoverTheMonthAndThePlace) {
  std::set<std::string> decided, covering;
  const auto covers_place = [](const auto& covers) {
    if (!covers.contains("state")) return true;
    return std::find(covers["state"].begin(), covers["state"].end(), "TX") != covers["state"].end();
  };
  const auto determinations = json_of({"determine", family, "--json"});
  for (const auto& d : determinations["determinations"]) decided.insert(d["program"].get<std::string>());
  const auto programs = json_of({"programs", "--json"});
  for (const auto& p : programs["programs"])
    if (p["covered_from"] <= "2026-06" && "2026-06" <= p["covered_until"] && !p["is_frame"] && covers_place(p["covers"]))
      covering.insert(p["id"].get<std::string>());
  EXPECT_EQ(covering.erase("us/violence_protection"), 1U) << "nothing is held against the family, so it has nobody to decide";
  EXPECT_EQ(decided, covering);
  const Ran ran = run_line({"determine", family, "--program", "us/snap", "--month", "1999-01"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, HasSubstr("E201"));
}

TEST(Determine, GivesJson) {
  const auto json = json_of({"determine", family, "--program", "us/snap", "--json"});
  EXPECT_EQ(json["duly"], 1);
  EXPECT_EQ(json["determinations"].size(), 1U);
  EXPECT_EQ(json["determinations"][0]["outcome"], "eligible");
  EXPECT_EQ(json["errors"].size(), 0U);
}

TEST(Determine, GivesJsonAlsoOfWhatIsWrong) {
  const Ran ran = run_line({"determine", family, "--program", "us/snip", "--json"});
  EXPECT_EQ(ran.status, bad_input);
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["determinations"].size(), 0U);
  EXPECT_EQ(json["errors"].size(), 1U);
}

TEST(Determine, ExplainsDownToTheFacts) {
  const Ran ran = run_line({"determine", family, "--program", "us/snap", "--explain"});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("7 CFR 273.9"), Not(HasSubstr("\x1b["))));
  EXPECT_GT(ran.out.size(), run_line({"determine", family, "--program", "us/snap"}).out.size());
}

TEST(Determine, GivesTheSameBytesEveryTime) {
  EXPECT_EQ(run_line({"determine", family, "--program", "us/snap", "--explain"}).out,
            run_line({"determine", family, "--program", "us/snap", "--explain"}).out);
}

TEST(Determine, UsesColourOnlyWhereTheContextHasIt) {
  Typed typed{{"determine", family, "--program", "us/snap"}};
  typed.color = true;
  EXPECT_THAT(run_line(typed).out, HasSubstr("\x1b["));
}

TEST(Determine, KeepsToTheWidthOfTheTerminal) {
  Typed narrow{{"determine", family, "--program", "us/snap", "--explain"}};
  narrow.width = 60;
  std::istringstream lines(run_line(narrow).out);
  std::size_t too_long = 0;
  for (std::string line; std::getline(lines, line);)
    if (line.size() > 60) ++too_long;
  EXPECT_LT(too_long, 3U);  // a word may be longer than a line
}

TEST(Determine, ReadsStandardInput) {
  const Folder folder;
  std::ostringstream document;
  document << std::ifstream(family).rdbuf();
  EXPECT_EQ(run_line(Typed{{"determine", "-", "--program", "us/snap"}, document.str()}).out,
            run_line({"determine", family, "--program", "us/snap"}).out);
}

TEST(Determine, WritesAPageThatStandsAlone) {
  const Folder folder;
  const Ran ran = run_line({"determine", family, "--program", "us/snap", "--html", folder.path("page.html")});
  EXPECT_EQ(ran.status, clean) << ran.err;
  EXPECT_THAT(folder.text("page.html"), AllOf(StartsWith("<!DOCTYPE html>"), Not(HasSubstr("http://")), HasSubstr("</html>")));
}

TEST(Determine, WritesNoPageOfADocumentThatIsWrong) {
  const Folder folder;
  EXPECT_EQ(run_line({"determine", folder.put("bad.yaml", "duly: 2\n"), "--html", folder.path("page.html")}).status, bad_input);
  EXPECT_EQ(folder.files(), 1U);
}

TEST(Determine, LetsTheLineWinOverTheDocument) {
  const auto json = json_of({"determine", family, "--program", "us/snap", "--month", "2025-11", "--decided", "2025-11-20", "--json"});
  EXPECT_EQ(json["determinations"][0]["benefit_month"], "2025-11");
}

TEST(Determine, RefusesValuesOfOptionsThatAreNone) {
  for (const auto& [option, value] :
       {std::pair{"--month", "June"}, {"--decided", "today"}, {"--applied", "2026-13-01"}, {"--trials", "0"}, {"--occasion", "birthday"}}) {
    const Ran ran = run_line({"determine", family, "--program", "us/snap", option, value});
    EXPECT_EQ(ran.status, bad_input) << option;
    EXPECT_THAT(ran.err, HasSubstr("error[E")) << option;
    EXPECT_THAT(ran.out, IsEmpty()) << option;
  }
}

TEST(Determine, SaysWhereADocumentIsWrong) {
  const Folder folder;
  const std::string file =
      folder.put("bad.yaml", "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25}\nplace: {state: KS}\npeople:\n  ana: {wagse: 5}\n");
  const Ran ran = run_line({"determine", file, "--program", "us/snap"});
  EXPECT_EQ(ran.status, bad_input);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("5:9: error[E301]"), HasSubstr("did you mean `wages`?")));
}

TEST(Determine, SurvivesDocumentsOfAnyDepthSizeAndEncoding) {
  const Folder folder;
  const std::vector<std::string> documents{"",       "\xff\xfe\x41", std::string(200'000, '['), std::string(200'000, '{'),
                                           "[1, 2]", "null",         std::string("a\0b", 3),    "people: {" + std::string(100'000, ' ') + "}"};
  for (const auto& document : documents) {
    const Ran ran = run_line({"determine", folder.put("document", document), "--program", "us/snap"});
    EXPECT_EQ(ran.status, bad_input);
    EXPECT_THAT(ran.err, HasSubstr("error[E"));
  }
}

}  // namespace
}  // namespace duly::cli
