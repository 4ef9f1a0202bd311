#include "cases/file_schemas.h"

#include <algorithm>
#include <set>

#include "cases/case_file.h"
#include "cases/expectation.h"
#include "cases/table_map.h"
#include "engine/household_schema.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

Json text(const std::string& description) { return Json{{"type", "string"}, {"description", description}}; }
Json anything(const std::string& description) { return Json{{"description", description}}; }
Json record(const std::string& description) { return Json{{"type", "object"}, {"description", description}}; }

/// What a case or a map says of a key of its own; every key has an entry, which a test checks by the keys themselves.
Json meaning_of(std::string_view key) {
  if (key == "case") return text("a sentence that says what is shown");
  if (key == "family") return text("the household of this file's `families` that the case begins with");
  if (key == "change") return record("facts by their path, such as ana.wages or rent, that are others in this case");
  if (key == "rows") return text("a table: a column is a fact that changes or a value that is expected; each line is tried on its own");
  if (key == "families") return record("households by name, for several cases");
  if (key == "cases") return Json{{"type", "array"}, {"description", "each a sentence, a household, and what must come out"}};
  if (key == "title") return text("what the file is about");
  if (key == "key") return text("the column a row goes by in what is printed");
  if (key == "facts") return record("facts and lists of the household");
  if (key == "assume") return record("rules whose value is given, whatever the facts say; marked as assumed in every result");
  if (key == "rest") return Json{{"const", "nothing unusual"}, {"description", "yes/no facts are no, lists are closed, amounts 0"}};
  if (key == "blank") return record("what an empty cell means, by column: unknown, none, or a value");
  if (key == "apart") return record("labels, each with a condition on columns: those rows are also counted by themselves");
  if (key == "left_out") return record("labels, each with a condition on columns: those rows are not decided");
  if (key == "ignore") return anything("columns that nothing reads, and rightly so; `all others` for a wide file");
  if (key == "words") return record("what the texts of a column mean");
  if (key == "empty") return Json{{"type", "array"}, {"description", "texts that are as good as an empty cell"}};
  return anything("");
}

class FileSchemas {
 public:
  explicit FileSchemas(const LoadedProgram& program) : d_(program.declarations()), document_(document_schema(program)) {
    definitions_ = document_.definitions;
    definitions_["expected"] = expected();
  }

  Json cases() {
    Json household = document_.properties;
    household.erase("key");
    for (const char* key : {"rest", "assume"}) household[key] = meaning_of(key);
    definitions_["family"] = Json{{"type", "object"}, {"properties", household}, {"patternProperties", paths()}, {"additionalProperties", false}};
    for (const std::string_view key : keys_of_a_case) household[std::string(key)] = meaning_of(key);
    household["expect"] = Json{{"$ref", "#/$defs/expected"}};
    definitions_["case"] =
        Json{{"type", "object"}, {"required", {"case"}}, {"properties", household}, {"patternProperties", paths()}, {"additionalProperties", false}};
    Json properties = Json::object();
    for (const std::string_view key : keys_of_a_case_file) properties[std::string(key)] = meaning_of(key);
    properties["kind"] = Json{{"const", "cases"}};
    properties["families"]["additionalProperties"] = Json{{"$ref", "#/$defs/family"}};
    properties["cases"]["items"] = Json{{"$ref", "#/$defs/case"}};
    return file("worked cases of " + d_.program.id, std::move(properties), {"kind", "cases"});
  }

  Json map() {
    Json properties = Json::object();
    for (const std::string_view key : keys_of_a_map) {
      const std::string name(key);
      properties[name] = document_.properties.contains(name) && name != "key" ? with_columns(document_.properties[name]) : meaning_of(key);
    }
    properties["kind"] = Json{{"const", "map"}};
    properties["program"] = text("the folder of the program below the rules");
    properties["people"] = Json{{"type", "object"},
                                {"description", "each person with facts; a key with {i} is repeated for each number the table has columns for"},
                                {"additionalProperties", with_columns(definitions_["person"])}};
    properties["people"]["additionalProperties"]["properties"]["when"] = text("a condition on columns: only rows for which it holds have the person");
    properties["facts"]["properties"] = with_columns(household_facts())["properties"];
    properties["expect"] = Json{{"type", "object"}, {"description", "rules and words of the determination, in the order of the stages"}};
    properties["expect"]["properties"] = with_columns(definitions_["expected"])["properties"];
    definitions_ = Json::object();
    return file("map of a table for " + d_.program.id, std::move(properties), {"kind", "program"});
  }

 private:
  Json file(const std::string& title, Json properties, std::vector<std::string> required) {
    Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}, {"type", "object"}, {"required", std::move(required)}};
    out["properties"] = std::move(properties);
    out["additionalProperties"] = false;
    if (!definitions_.empty()) out["$defs"] = definitions_;
    return out;
  }

  /// A path changes one fact: `ana.income[0].amount`.
  static Json paths() { return Json{{"[.]", Json::object()}}; }

  Json expected() {
    Json properties = Json::object();
    for (const std::string_view word : expectation_words()) properties[std::string(word)] = anything("of the determination");
    properties["outcome"] = Json{{"enum", {"eligible", "ineligible", "conditional", "pending", "error"}}, {"description", "of the determination"}};
    for (const Rule& rule : d_.rules) {
      Json of = anything(rule.cite.empty() ? "the value of the rule" : "the value of the rule (" + rule.cite + ")");
      if (!rule.title.empty()) of["title"] = rule.title;
      properties[rule.name] = std::move(of);
    }
    return Json{
        {"type", "object"}, {"description", "what must come out; a person's key may stand before: ana, ana.outcome"}, {"properties", properties}};
  }

  [[nodiscard]] Json household_facts() const {
    Json out = Json::object();
    const std::set<std::string_view> sections{keys_of_a_map.begin(), keys_of_a_map.end()};
    for (const auto& [name, schema] : document_.properties.items())
      if (!sections.contains(name)) out[name] = schema;
    return Json{{"properties", out}};
  }

  /// In a map each value may be a column, a condition or a text; only names and meanings stay.
  static Json with_columns(const Json& section) {
    const auto named = section.find("properties");
    if (named == section.end()) {
      const auto description = section.find("description");
      return description == section.end() ? Json::object() : Json{{"description", *description}};
    }
    Json properties = Json::object();
    for (const auto& [name, schema] : named->items()) {
      properties[name] = Json::object();
      for (const char* key : {"title", "description"})
        if (schema.is_object() && schema.contains(key)) properties[name][key] = schema[key];
    }
    return Json{{"type", {"object", "null"}}, {"properties", properties}};
  }

  const Declarations& d_;
  DocumentSchema document_;
  Json definitions_;
};

std::string written(const Json& schema) { return schema.dump(2, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Result<std::string> cases_schema(const std::shared_ptr<const RuleFiles>& files, const std::string& program) {
  const auto of = LoadedProgram::load(*files, program);
  if (!of) return of.errors();
  return written(FileSchemas(**of).cases());
}

Result<std::string> map_schema(const std::shared_ptr<const RuleFiles>& files, const std::string& program) {
  const auto of = LoadedProgram::load(*files, program);
  if (!of) return of.errors();
  return written(FileSchemas(**of).map());
}

}  // namespace duly
