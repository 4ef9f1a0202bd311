#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/number.h"
#include "duly/authoring.h"
#include "support/json_schema.h"
#include "syntax/yaml.h"

namespace duly {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::IsEmpty;
using testing_support::JsonSchema;

json scalar(const Node& node) {
  const bool bare = node.style == Style::plain || node.style == Style::json_bare;
  if (!bare) return node.text;
  if (node.is_null) return nullptr;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (number_from_text(node.text)) return json::parse(node.text, nullptr, false);
  return node.text;
}

/// A document as an editor reads it.
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
  const Node node = parse_document(make_source("", text), errors);
  EXPECT_TRUE(errors.empty()) << to_text(errors);
  return tree(node);
}

json read_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return read(text.str());
}

std::vector<fs::path> yaml_files_below(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  return out;
}

const fs::path source = DULY_SOURCE_DIR;

class RulesSchema : public testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> mistakes(const std::string& text) const { return schema_.mistakes(read(text)); }
  JsonSchema schema_{json::parse(rules_schema())};
};

TEST_F(RulesSchema, HoldsForEveryRuleFileWeHave) {
  for (const auto& folder : {source / "rules", source / "tests/programs"})
    for (const auto& file : yaml_files_below(folder)) {
      if (fs::path(file).parent_path().filename() == "models") continue;  // of made-up caseloads: no rules
      EXPECT_THAT(schema_.mistakes(read_file(file)), IsEmpty()) << file;
    }
}

TEST_F(RulesSchema, FindsKeysThatAreNone) {
  EXPECT_EQ(mistakes("kind: chapter\ngrant: {of: household, cite: A, value: 5, citation: B}\n").size(), 1U);
  EXPECT_EQ(mistakes("kind: facts\nrent: {of: household, type: money, asks: 'Rent?'}\n").size(), 1U);
  EXPECT_EQ(mistakes("kind: program\ndecides: each person\ncoverage: {from: 2025-01, to: 2025-12}\n").size(), 1U);
}

TEST_F(RulesSchema, FindsWhatIsMissing) {
  EXPECT_EQ(mistakes("title: A\n"), std::vector<std::string>{": has no \"kind\""});
  EXPECT_THAT(mistakes("kind: program\ntitle: A\n"), testing::SizeIs(2));
  EXPECT_THAT(mistakes("kind: chapter\ncap: {type: money, values: [{is: 5}]}\n"), testing::SizeIs(1));
}

TEST_F(RulesSchema, FindsWordsThatAreNone) {
  EXPECT_THAT(mistakes("kind: chapters\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("kind: chapter\ncap: {type: money, values: [{from: 2025-01-01, is: 5, confidence: sure}]}\n"), testing::SizeIs(1));
}

class HouseholdSchema : public testing::Test {
 protected:
  static json schema_of(const fs::path& rules, const std::string& program) {
    const auto loaded = Ruleset::from_folder(rules.string());
    EXPECT_TRUE(loaded.ok());
    const auto text = household_schema(*loaded, program);
    EXPECT_TRUE(text.ok()) << to_text(text.errors());
    return json::parse(*text);
  }
  [[nodiscard]] std::vector<std::string> mistakes(const std::string& text) const { return schema_.mistakes(read(text)); }
  JsonSchema schema_{schema_of(source / "rules", "us/snap")};
};

TEST_F(HouseholdSchema, HoldsForTheExamples) {
  for (const auto& file : yaml_files_below(source / "examples/households")) EXPECT_THAT(schema_.mistakes(read_file(file)), IsEmpty()) << file;
}

TEST_F(HouseholdSchema, TakesWhatTheDocumentsMayShorten) {
  EXPECT_THAT(mistakes("duly: 1\npeople:\n  ana: {age: 34, wages: 391.62 per week, income: none}\n  leo:\nrent: unknown\n"), IsEmpty());
  EXPECT_THAT(mistakes("duly: 1\npeople: {ana: {income: [{kind: wages, amount: 5, every: week, evidence: pay_stubs}, {more: unknown}]}}\n"),
              IsEmpty());
}

TEST_F(HouseholdSchema, FindsFactsThatAreNone) {
  EXPECT_THAT(mistakes("duly: 1\npeople: {ana: {wagse: 5}}\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("duly: 1\npeople: {ana: {rent: 5}}\n"), testing::SizeIs(1));
}

TEST_F(HouseholdSchema, FindsValuesThatAreNone) {
  EXPECT_THAT(mistakes("duly: 1\nrent: -5\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("duly: 1\nrent: \"$900\"\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("duly: 1\npeople: {ana: {age: old}}\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("duly: 2\n"), testing::SizeIs(1));
  EXPECT_THAT(mistakes("duly: 1\nrequest: {benefit_month: June}\n"), testing::SizeIs(1));
}

TEST(HouseholdSchemas, AreMadeOfEveryProgram) {
  const auto rules = Ruleset::from_folder((source / "tests/programs").string());
  ASSERT_TRUE(rules.ok());
  for (const auto& program : rules->programs()) EXPECT_TRUE(household_schema(*rules, program).ok()) << program;
  const auto none = household_schema(*rules, "nothing");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.errors().front().code, Code::unknown_program);
}

}  // namespace
}  // namespace duly
