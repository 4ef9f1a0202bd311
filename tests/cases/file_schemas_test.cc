#include "cases/file_schemas.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/number.h"
#include "cases/case_file.h"
#include "cases/small_program.h"
#include "cases/table_map.h"
#include "support/json_schema.h"
#include "syntax/yaml.h"

namespace duly {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::IsEmpty;
using testing_support::JsonSchema;

json scalar(const Node& node) {
  if (node.style != Style::plain) return node.text;
  if (node.is_null) return nullptr;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  return number_from_text(node.text) ? json::parse(node.text, nullptr, false) : json(node.text);
}

/// A file as an editor reads it.
json tree(const Node& node) {
  if (node.is_scalar()) return scalar(node);
  json out = node.is_map() ? json::object() : json::array();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.is_map()) out[node.keys[i].text] = tree(node.items[i]);
    else out.push_back(tree(node.items[i]));
  }
  return out;
}

json read(const std::string& text) {
  std::vector<Diagnostic> errors;
  const Node node = parse_yaml(make_source("", text), errors);
  EXPECT_TRUE(errors.empty()) << to_text(errors);
  return tree(node);
}

json schema_from(const Result<std::string>& text) {
  EXPECT_TRUE(text.ok()) << to_text(text.errors());
  return json::parse(*text);
}

std::vector<std::string> mistakes_in_cases(const std::string& text) {
  return JsonSchema(schema_from(cases_schema(rules_in_memory(test::small_program()), "heat"))).mistakes(read(text));
}
std::vector<std::string> mistakes_in_map(const std::string& text) {
  return JsonSchema(schema_from(map_schema(rules_in_memory(test::small_program()), "heat"))).mistakes(read(text));
}

TEST(CasesSchema, HoldsForTheCasesThatShip) {
  const auto rules = rules_in_folder(DULY_SOURCE_DIR "/rules");
  for (const char* program : {"us/snap", "us/medicaid", "us/homelessness", "us/tx/child_care"}) {
    const JsonSchema schema(schema_from(cases_schema(*rules, program)));
    for (const auto& entry : fs::directory_iterator(fs::path(DULY_SOURCE_DIR "/rules") / program / "cases")) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      EXPECT_THAT(schema.mistakes(read(text.str())), IsEmpty()) << entry.path();
    }
  }
}

TEST(CasesSchema, TakesPathsAndFindsFactsThatAreNone) {
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {case: A, people: {ana: {age: 4}}, expect: {grant: 5, ana.earner: yes}}\n"), IsEmpty());
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {case: A, people: {ana: {aeg: 4}}, expect: {grant: 5}}\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {case: A, homless: yes, expect: {grant: 5}}\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {expect: {grant: 5}}\n"), testing::SizeIs(1));
}

TEST(CasesSchema, KnowsTheOutcomes) {
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {case: A, expect: {outcome: eligible}}\n"), IsEmpty());
  EXPECT_THAT(mistakes_in_cases("kind: cases\ncases:\n  - {case: A, expect: {outcome: granted}}\n"), testing::SizeIs(1));
}

TEST(CasesSchema, SaysWhatEachKeyMeansAndByWhichLaw) {
  const json schema = schema_from(cases_schema(rules_in_memory(test::small_program()), "heat"));
  const json& of_a_case = schema["$defs"]["case"]["properties"];
  for (const std::string_view key : {"case", "family", "change", "rows", "rest", "assume"})
    EXPECT_NE(of_a_case[std::string(key)].value("description", ""), "") << key;
  EXPECT_EQ(of_a_case["homeless"]["description"], "Are you without a home? (1 CFR 1.1)");
  EXPECT_EQ(schema["$defs"]["expected"]["properties"]["grant"]["title"], "The grant");
}

TEST(MapSchema, HoldsForAMapAndFindsKeysThatAreNone) {
  EXPECT_THAT(
      mistakes_in_map("kind: map\nprogram: heat\nrequest: {benefit_month: \"column month\"}\npeople: {ana: {age: \"column age\", when: a > 1}}\n"
                      "facts: {homeless: whether b = 1}\nexpect: {grant: \"column grant\"}\nignore: [x]\n"),
      IsEmpty());
  EXPECT_THAT(mistakes_in_map("kind: map\nprogram: heat\nignored: [x]\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes_in_map("kind: map\n"), testing::SizeIs(1));
}

TEST(MapSchema, HasEveryKeyOfAMap) {
  const json schema = schema_from(map_schema(rules_in_memory(test::small_program()), "heat"));
  for (const std::string_view key : keys_of_a_map) EXPECT_TRUE(schema["properties"].contains(std::string(key))) << key;
}

TEST(FileSchemas, AreMadeOfAProgramThatIsThere) {
  EXPECT_EQ(cases_schema(rules_in_memory(test::small_program()), "cold").errors().front().code, Code::unknown_program);
  EXPECT_EQ(map_schema(rules_in_memory(test::small_program()), "cold").errors().front().code, Code::unknown_program);
}

}  // namespace
}  // namespace duly
