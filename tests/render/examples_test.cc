// What people and programs see of the example households.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "duly/render.h"

namespace duly {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string example(const std::string& name) {
  std::ifstream in(std::string(DULY_SOURCE_DIR) + "/examples/households/" + name + ".yaml");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const Ruleset& rules() {
  static const auto loaded = Ruleset::from_folder(std::string(DULY_SOURCE_DIR) + "/rules");
  return *loaded;
}

Determination decided(const std::string& name) {
  const auto result = rules().determine("us/snap", example(name));
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : to_text(result.errors()));
  return result.ok() && !result->determinations.empty() ? result->determinations.front() : Determination{};
}

std::vector<Explanation> explained(const std::string& name) {
  const auto result = rules().explain("us/snap", example(name));
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : to_text(result.errors()));
  return result.ok() ? *result : std::vector<Explanation>{};
}

TEST(ExampleHouseholds, AreDecidedAsTheirCommentsSay) {
  EXPECT_EQ(decided("family_of_three").outcome, Outcome::eligible);
  EXPECT_EQ(decided("family_of_five").outcome, Outcome::eligible);
  EXPECT_EQ(decided("elderly_couple").outcome, Outcome::eligible);
  EXPECT_EQ(decided("over_limit").outcome, Outcome::ineligible);
  EXPECT_EQ(decided("missing_rent").outcome, Outcome::pending);
}

TEST(ALittleKnownHousehold, IsExplainedWithDatesWrittenOut) {
  const std::string document =
      "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-25, applied: 2026-06-20, occasion: application}\nplace: {state: TX}\n"
      "people:\n  leo: {birth_date: 2019-08-11}\n  ana: {parent_of: [leo], stays: [{sleeping_place: car}]}\nhomeless: no\n";
  for (const char* program : {"us/snap", "us/tx/child_care", "us/homelessness"}) {
    const auto result = rules().explain(program, document);
    ASSERT_TRUE(result.ok()) << program << to_text(result.errors());
    std::string text;
    for (const Explanation& explanation : *result) text += to_text(explanation);
    EXPECT_THAT(text, HasSubstr("not known")) << program;
    EXPECT_FALSE(std::regex_search(text, std::regex(R"(\d,\d{3}-|between \d+ January 1 )")))
        << program;  // a date taken for a number, the calendar's ends
  }
}

TEST(ExampleHouseholds, ThreeUnitsInOneHomeAreDecidedEachForItself) {
  const auto result = rules().determine("us/snap", example("shared_home"));
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->determinations.size(), 3U);
  for (const Determination& d : result->determinations) EXPECT_EQ(d.outcome, Outcome::eligible);
}

TEST(ExampleHouseholds, TheBenefitIsTheFirstOutputAndExact) {
  const Determination d = decided("family_of_three");
  ASSERT_FALSE(d.outputs.empty());
  EXPECT_EQ(d.outputs[0].name, "benefit");
  EXPECT_EQ(d.outputs[0].value.text, "666");
  EXPECT_EQ(d.outputs[0].value.unit, "USD per month");
}

TEST(ExampleHouseholds, AReasonCarriesItsNumbersItsMarginAndItsCitation) {
  const Determination d = decided("over_limit");
  ASSERT_FALSE(d.reasons.empty());
  EXPECT_THAT(d.reasons[0].cite, HasSubstr("CFR"));
  EXPECT_EQ(d.reasons[0].margin.text, "1");
  ASSERT_TRUE(d.reasons[0].text.contains("en"));
  EXPECT_THAT(d.reasons[0].text.at("en"), HasSubstr("$1.00"));
}

TEST(ExampleHouseholds, APendingDeterminationNamesTheFactToAskForAndGivesNoReason) {
  const Determination d = decided("missing_rent");
  EXPECT_THAT(d.missing, Not(IsEmpty()));
  EXPECT_THAT(d.reasons, IsEmpty());
}

TEST(ExplanationText, IsTheSameBytesEveryTimeAndFitsTheWidth) {
  for (const char* name : {"family_of_three", "missing_rent", "over_limit", "single_worker"}) {
    const auto first = explained(name);
    const auto second = explained(name);
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(to_text(first[0]), to_text(second[0]));
    EXPECT_EQ(to_json(first), to_json(second));
    EXPECT_EQ(to_html(first), to_html(second));
  }
}

TEST(ExplanationText, HasColourOnlyWhereAsked) {
  const auto explanation = explained("family_of_three");
  ASSERT_FALSE(explanation.empty());
  EXPECT_THAT(to_text(explanation[0], {.width = 80, .color = false, .language = "en"}), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(to_text(explanation[0], {.width = 80, .color = true, .language = "en"}), HasSubstr("\x1b["));
}

TEST(ExplanationText, LeadsFromTheBenefitToTheWages) {
  const auto explanation = explained("family_of_three");
  ASSERT_FALSE(explanation.empty());
  const std::string text = to_text(explanation[0]);
  EXPECT_THAT(text, HasSubstr("$666"));
  EXPECT_THAT(text, HasSubstr("7 CFR 273.10"));
}

TEST(Json, IsReadByOthersAndKeepsNumbersAsTexts) {
  const auto result = rules().determine("us/snap", example("family_of_three"));
  ASSERT_TRUE(result.ok());
  const auto json = nlohmann::json::parse(to_json(*result));
  EXPECT_EQ(json.at("duly"), 1);
  EXPECT_EQ(json.at("determinations").at(0).at("outcome"), "eligible");
  EXPECT_EQ(json.at("determinations").at(0).at("outputs").at(0).at("value").at("text"), "666");
  EXPECT_TRUE(nlohmann::json::accept(to_json(explained("missing_rent"))));
}

/// Holds `value` against the part of JSON Schema that ours use.
void expect_fits(const nlohmann::json& value, const nlohmann::json& schema, const nlohmann::json& root, const std::string& path) {
  if (schema.contains("$ref")) {
    const std::string name = schema.at("$ref").get<std::string>().substr(std::string("#/$defs/").size());
    return expect_fits(value, root.at("$defs").at(name), root, path);
  }
  if (schema.contains("const")) { EXPECT_EQ(value, schema.at("const")) << path; }
  if (schema.contains("enum")) { EXPECT_THAT(schema.at("enum"), testing::Contains(value)) << path; }
  if (!schema.contains("type")) return;
  const std::string type = schema.at("type");
  if (type == "string") { EXPECT_TRUE(value.is_string()) << path; }
  if (type == "integer") { EXPECT_TRUE(value.is_number_integer()) << path; }
  if (type == "boolean") { EXPECT_TRUE(value.is_boolean()) << path; }
  if (type == "array") {
    ASSERT_TRUE(value.is_array()) << path;
    for (std::size_t i = 0; i < value.size(); ++i) expect_fits(value[i], schema.at("items"), root, path + "[" + std::to_string(i) + "]");
  }
  if (type != "object") return;
  ASSERT_TRUE(value.is_object()) << path;
  if (schema.contains("required")) {
    for (const auto& name : schema.at("required")) EXPECT_TRUE(value.contains(name)) << path << " lacks " << name;
  }
  for (const auto& [name, part] : value.items()) {
    if (schema.contains("properties") && schema.at("properties").contains(name)) {
      expect_fits(part, schema.at("properties").at(name), root, path + "." + name);
    } else {
      EXPECT_TRUE(schema.contains("additionalProperties") && schema.at("additionalProperties").is_object()) << path << " has " << name;
    }
  }
}

TEST(JsonSchema, HoldsForWhatIsWritten) {
  const auto determination = nlohmann::json::parse(json_schema("determination"));
  const auto explanation = nlohmann::json::parse(json_schema("explanation"));
  for (const char* name : {"family_of_three", "family_of_five", "elderly_couple", "shared_home", "missing_rent", "over_limit"}) {
    const auto result = rules().determine("us/snap", example(name));
    ASSERT_TRUE(result.ok());
    expect_fits(nlohmann::json::parse(to_json(*result)), determination, determination, name);
    expect_fits(nlohmann::json::parse(to_json(explained(name))), explanation, explanation, name);
  }
}

TEST(JsonSchema, HoldsForScreenings) {
  const auto schema = nlohmann::json::parse(json_schema("screening"));
  for (const char* name : {"family_of_five", "chip_family", "missing_rent"}) {
    const auto screening = rules().screen(example(name));
    ASSERT_TRUE(screening.ok()) << to_text(screening.errors());
    expect_fits(nlohmann::json::parse(to_json(*screening)), schema, schema, name);
  }
}

TEST(AScreeningOfTheExamples, HandsWhatMedicaidDecidedOnToChip) {
  const auto screening = rules().screen(example("chip_family"));
  ASSERT_TRUE(screening.ok());
  std::map<std::string, Outcome> by_medicaid;
  std::size_t handed_on = 0;
  for (const Screened& one : screening->decided) {
    const Determination& d = one.determination;
    if (d.program == "us/medicaid") by_medicaid[d.subject.key] = d.outcome;
    if (d.program != "us/chip") continue;
    const auto before = by_medicaid.find(d.subject.key);
    ASSERT_NE(before, by_medicaid.end()) << "Medicaid is decided first";
    if (before->second == Outcome::pending) continue;
    ++handed_on;
    for (const MissingFact& fact : d.missing) EXPECT_NE(fact.fact, "medicaid_decision") << d.subject.key;
  }
  EXPECT_GT(handed_on, 0U);
}

TEST(JsonSchema, OfAnUnknownNameIsEmpty) { EXPECT_THAT(json_schema("anything"), IsEmpty()); }

TEST(Html, StandsAlone) {
  const std::string page = to_html(explained("family_of_three"));
  EXPECT_THAT(page, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(page, HasSubstr("@media print"));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
}

}  // namespace
}  // namespace duly
