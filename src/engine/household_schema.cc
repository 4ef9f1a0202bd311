// The JSON Schema of the documents a program reads: every key of its dictionary where it may stand, with what may stand behind it.

#include "engine/household_schema.h"

#include <algorithm>

#include "duly/authoring.h"
#include "engine/expression_values.h"
#include "engine/ruleset_state.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

/// Longer lists, such as all counties of a country, are not spelled out.
constexpr std::size_t most_words_shown = 500;

Json either(std::vector<Json> schemas) { return Json{{"anyOf", std::move(schemas)}}; }
Json matching(const std::string& pattern) { return Json{{"type", "string"}, {"pattern", pattern}}; }
Json list_of(Json items) { return Json{{"type", "array"}, {"items", std::move(items)}}; }
Json reference(const std::string& definition) { return Json{{"$ref", "#/$defs/" + definition}}; }
Json closed_object(Json properties) { return Json{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}}; }

/// `{more: unknown}` in a list: there may be others.
Json more_unknown() {
  return Json{{"type", "object"}, {"properties", {{"more", {{"const", "unknown"}}}}}, {"required", {"more"}}, {"additionalProperties", false}};
}

class HouseholdSchema {
 public:
  explicit HouseholdSchema(const LoadedProgram& program) : d_(program.declarations()), index_(program.index()) {}

  DocumentSchema parts() {
    Json properties = Json::object();
    properties["key"] = Json{{"type", {"string", "integer"}}, {"description", "what the household goes by in a caseload"}};
    properties["request"] = closed_object(section(DocumentSection::request));
    properties["place"] = closed_object(section(DocumentSection::place));
    properties["world"] = closed_object(section(DocumentSection::world));
    properties["everyone"] = closed_object(said_of_everyone());
    properties["nobody"] = list_of({{"enum", yes_or_no_facts()}});
    properties["people"] = Json{{"type", "object"}, {"additionalProperties", reference("person")}, {"maxProperties", most_people}};
    properties["no_other"] = list_of({{"enum", names_of_lists()}});
    properties["records"] = closed_object(lists_of_household());
    properties["stated"] = Json{{"type", "object"}, {"description", "values of rules that may be stated, by rule, or by person and rule"}};
    properties["evidence"] = papers_by_fact();
    properties.update(section(DocumentSection::household));
    definitions_["person"] = person();
    return {std::move(properties), std::move(definitions_)};
  }

  Json document() {
    DocumentSchema of = parts();
    Json properties{{"duly", {{"const", 1}, {"description", "the version of household documents"}}}};
    properties.update(of.properties);
    Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "household document for " + d_.program.id}};
    out.update(closed_object(std::move(properties)));
    out["required"] = {"duly"};
    out["$defs"] = std::move(of.definitions);
    return out;
  }

 private:
  Json person() {
    Json out = closed_object(section(DocumentSection::person));
    out["type"] = {"object", "null"};
    return out;
  }

  Json section(DocumentSection of) {
    Json properties = Json::object();
    for (const auto& key : index_.keys(of)) properties[key] = entry(*index_.find(of, key));
    return properties;
  }

  Json entry(const DocumentKey& meaning) {
    switch (meaning.kind) {
      case DocumentKey::Kind::fact: return described(value(fact(meaning.fact), Per::none), fact(meaning.fact));
      case DocumentKey::Kind::age: return age(fact(meaning.fact));
      case DocumentKey::Kind::relation: return described(people(), fact(meaning.fact));
      case DocumentKey::Kind::groups: return list_of(list_of({{"type", "string"}}));
      case DocumentKey::Kind::list: return records(meaning.record);
      case DocumentKey::Kind::short_form: return short_form(record(meaning.record));
      case DocumentKey::Kind::several: return Json(false);
    }
    return Json(true);
  }

  [[nodiscard]] const Fact& fact(FactId id) const { return d_.facts[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const RecordKind& record(int id) const { return d_.records[static_cast<std::size_t>(id)]; }

  static Json described(Json schema, const Fact& fact) {
    if (!fact.title.empty()) schema["title"] = fact.title;
    // Editors show the description, and with it what the question serves.
    if (!fact.ask.empty()) schema["description"] = fact.cite.empty() ? fact.ask : fact.ask + " (" + fact.cite + ")";
    else if (!fact.cite.empty()) schema["description"] = fact.cite;
    return schema;
  }

  static Json age(const Fact& birth) {
    Json out = either({{{"type", "integer"}, {"minimum", 0}, {"maximum", most_years_of_age}}, {{"const", "unknown"}}});
    out["description"] = "completed years on the day that is decided, in place of `" + birth.name + "`";
    return out;
  }

  /// One record of a list, said in a word.
  Json short_form(const RecordKind& kind) {
    Json out = value(fact(kind.short_value), Per::pay_period);
    const std::string in_list = "one of `" + kind.name + "`";
    out["description"] = kind.cite.empty() ? in_list : in_list + " (" + kind.cite + ")";
    return out;
  }

  static Json people() { return either({list_of(either({{{"type", "string"}}, more_unknown()})), {{"type", "string"}}}); }

  /// What may stand behind a fact. A word that says it is unknown or absent is always among the texts.
  Json value(const Fact& f, Per with_period) {
    const std::string or_word = f.type.absent.empty() ? "unknown" : "unknown|" + f.type.absent;
    switch (f.type.base) {
      case Base::boolean: return truth(f);
      case Base::number:
      case Base::duration:
      case Base::days: return number(f, or_word, with_period);
      case Base::date: return matching("^(" + or_word + "|[0-9]{4}-[0-9]{2}" + (f.of_request ? "-[0-9]{2}" : "(-[0-9]{2})?") + ")$");
      case Base::month: return matching("^(" + or_word + "|[0-9]{4}-[0-9]{2})$");
      case Base::code: return words(f);
      case Base::codes: return either({list_of(either({words(f), more_unknown()})), words(f), {{"enum", {"none", "unknown"}}}});
      case Base::people: return people();
      default: return Json{{"type", {"string", "number", "boolean"}}};
    }
  }

  static Json truth(const Fact& f) {
    Json out{{"enum", {true, false, "yes", "no", "unknown"}}};
    if (!f.type.absent.empty()) out["enum"].push_back(f.type.absent);
    return out;
  }

  static Json number(const Fact& f, const std::string& or_word, Per with_period) {
    const std::string digits = f.places == 0 ? "-?[0-9]+" : "-?[0-9]+(\\.[0-9]{1," + std::to_string(f.places) + "})?";
    const bool may_have_period = f.type.per != Per::none || with_period != Per::none;
    Json bare{{"type", f.places == 0 ? "integer" : "number"}};
    bare["minimum"] = Json::parse(json_number(f.low));
    bare["maximum"] = Json::parse(json_number(f.high));
    return either({std::move(bare), matching("^(" + or_word + "|" + digits + (may_have_period ? "( per [a-z_]+)?" : "") + ")$")});
  }

  /// The words of the fact's list, and how else they may be written.
  Json words(const Fact& f) {
    const CodeList& list = d_.lists[static_cast<std::size_t>(f.type.list)];
    const std::string name = "words_" + list.name;
    if (!definitions_.contains(name)) definitions_[name] = spellings(list);
    if (f.type.absent.empty()) return reference(name);
    return either({reference(name), {{"const", f.type.absent}}});
  }

  static Json spellings(const CodeList& list) {
    if (list.accepted.size() > most_words_shown) return Json{{"type", {"string", "integer"}}};
    Json words = Json::array({"unknown"});
    for (const auto& [spelling, word] : list.accepted) {
      words.push_back(spelling);
      const bool is_number = spelling.size() < 10 && spelling.front() != '0' && spelling.find_first_not_of("0123456789") == std::string::npos;
      if (is_number) words.push_back(std::stoi(spelling));
    }
    return Json{{"enum", std::move(words)}};
  }

  Json records(int id) {
    const RecordKind& kind = record(id);
    const std::string name = "record_" + kind.name;
    if (!definitions_.contains(name)) definitions_[name] = record_object(kind);
    Json out = either({list_of(either({reference(name), more_unknown()})), reference(name), {{"enum", {"none", "unknown"}}}});
    if (!kind.ask.empty()) out["description"] = kind.cite.empty() ? kind.ask : kind.ask + " (" + kind.cite + ")";
    return out;
  }

  Json record_object(const RecordKind& kind) {
    const bool has_period = std::any_of(kind.fields.begin(), kind.fields.end(), [&](FactId id) { return fact(id).type.per == Per::pay_period; });
    Json properties = Json::object();
    for (const FactId id : kind.fields) properties[fact(id).name] = described(value(fact(id), has_period ? fact(id).type.per : Per::none), fact(id));
    properties["evidence"] = papers();
    properties["learned_on"] = matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    return closed_object(std::move(properties));
  }

  static Json papers() { return either({{{"type", "string"}}, list_of({{"type", "string"}})}); }
  static Json papers_by_fact() { return Json{{"type", "object"}, {"additionalProperties", papers()}}; }

  Json said_of_everyone() {
    Json properties = Json::object();
    for (const auto& key : index_.keys(DocumentSection::person)) {
      const DocumentKey& meaning = *index_.find(DocumentSection::person, key);
      if (meaning.kind == DocumentKey::Kind::fact) properties[key] = entry(meaning);
      if (meaning.kind == DocumentKey::Kind::relation) properties[key] = Json{{"type", "array"}, {"maxItems", 0}};
    }
    return properties;
  }

  Json yes_or_no_facts() {
    Json names = Json::array();
    for (const auto& key : index_.keys(DocumentSection::person)) {
      const DocumentKey& meaning = *index_.find(DocumentSection::person, key);
      if (meaning.kind == DocumentKey::Kind::fact && fact(meaning.fact).type.base == Base::boolean) names.push_back(key);
    }
    return names;
  }

  Json names_of_lists() {
    Json names = Json::array();
    for (const RecordKind& kind : d_.records) names.push_back(kind.name);
    return names;
  }

  Json lists_of_household() {
    Json properties = Json::object();
    for (std::size_t r = 0; r < d_.records.size(); ++r)
      if (d_.records[r].of_household) properties[d_.records[r].name] = records(static_cast<int>(r));
    return properties;
  }

  const Declarations& d_;
  const DictionaryIndex& index_;
  Json definitions_ = Json::object();
};

}  // namespace

DocumentSchema document_schema(const LoadedProgram& program) { return HouseholdSchema(program).parts(); }

Result<std::string> household_schema(const Ruleset& rules, const std::string& program) {
  const auto loaded = rules.state().program(program);
  if (!loaded) return loaded.errors();
  return HouseholdSchema(**loaded).document().dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace duly
