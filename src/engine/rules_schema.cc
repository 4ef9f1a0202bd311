// The JSON Schema of rule files, for editors that complete and check while one writes. It knows the shape of every record; names, types, dates
// and citations are checked by the engine alone.

#include <array>
#include <nlohmann/json.hpp>

#include "duly/authoring.h"
#include "engine/rules_schema.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

/// What a key means wherever it stands; editors show it. docs/language.md tells more of each.
constexpr std::array<std::pair<std::string_view, std::string_view>, 72> meanings{{
    {"title", "what it is, for people; shown in explanations"},
    {"cite", "the paragraph of the law or manual that it carries out; every rule has one"},
    {"note", "for whoever reads the file; shown nowhere"},
    {"doubt", "what the law leaves open here and how it was read; shown with every determination that rests on it"},
    {"doubts", "what is not sure about the whole program; shown with every determination"},
    {"of", "for whom it is computed or asked: household, person, a unit, the `one` of a record, place, request"},
    {"type", "what kind of value it is, such as `money per month`, `boolean`, `count`, `date`, `code LIST`"},
    {"range", "the least and the most it can be, such as [0..1000000]; a value outside is refused"},
    {"plausible", "the least and the most that is likely; a value outside is warned of"},
    {"ask", "the question to the family; {name} becomes the person's name"},
    {"if_not_stated", "what is presumed where nobody says; each determination that rests on it tells so"},
    {"needed_when", "a condition: the fact is asked only where it holds"},
    {"otherwise", "of branches the last, which always holds; of a fact its value where it is not needed"},
    {"evidence", "papers that prove it"},
    {"changeable", "no, where nobody can change it, such as an age"},
    {"private", "where it may not be shown, such as in a notice"},
    {"symmetric", "a relation that holds both ways"},
    {"inverse", "the name of the relation from the other side"},
    {"given_as_age", "a key of documents that gives completed years in place of a birth date"},
    {"value", "the formula; numbers keep their units, and a value of another level needs sum, count, some or every"},
    {"let", "steps of the formula by name, each used below"},
    {"passes", "the condition of a test; where it fails, its `reason` is given"},
    {"exempt", "a condition: who meets it need not pass the test"},
    {"reason", "the word of the reason; its sentence stands in notices/"},
    {"branches", "the first `when` that holds gives its `then`; the last is an `otherwise`"},
    {"when", "a condition"},
    {"then", "the value where `when` holds"},
    {"any_of", "holds where one line holds"},
    {"all_of", "holds where every line holds"},
    {"hit", "`first` where the order of the rows decides, else each case fits one row only"},
    {"partition", "forms units of people"},
    {"steps", "who belongs together, who is outside, who is apart, in this order"},
    {"together", "pairs of people who are in one unit"},
    {"outside", "people who are in no unit"},
    {"apart", "people who are a unit of their own"},
    {"role", "the rule that says how a person of the unit takes part"},
    {"pick", "`first`: the first group that is open, fits and passes"},
    {"each", "columns of every group"},
    {"groups", "the groups, in the order they are tried"},
    {"running", "a value carried from record to record"},
    {"spells", "stretches of time made of records"},
    {"versions", "bodies by the date from which each is law"},
    {"may_be_stated", "yes, where a document may give the value in place of the rule"},
    {"values", "the figures by the date from which each is law, each with its source"},
    {"from", "the first day it is law"},
    {"until", "the last day of a value that nothing follows; past it the figure is not known"},
    {"before", "the first day it is no longer law"},
    {"applied", "the day from which it is applied, where that is later"},
    {"is", "the value; `not known` where it is not at hand: last year's figure is never a stand-in"},
    {"rows", "a table: cells between |, the first line names the columns"},
    {"each_more", "what is added for each unit past the last column"},
    {"source", "where the figure was read, with its date"},
    {"confidence", "how sure it is: official, reported, computed, projected, doubtful"},
    {"renews", "the day of the year, such as 10-01, before which every value without an end ends"},
    {"replaces", "of a pack: the base whose record this one replaces; `cite` says by which law"},
    {"may_be_replaced", "whether and how far a pack may replace it"},
    {"extends", "the base: the folder of its program.yaml"},
    {"covers", "facts of the place, each with the words that are covered"},
    {"authority", "the law of the whole program"},
    {"facts", "folders of facts that are asked; of a map the household's facts"},
    {"uses", "chapters and programs whose rules are used"},
    {"decides", "for whom there is a determination, such as `each person`"},
    {"law_in_force_by", "the day or month of the request that picks the law"},
    {"coverage", "the first and last month the rules are good for; others are refused"},
    {"last_checked", "the day somebody last checked the rules against their sources"},
    {"outputs", "rules whose values a determination shows; the first is the benefit"},
    {"gives", "outputs that are what the family gets, in money or paid for it"},
    {"verify_by", "outputs that are dates; the first that there is is the last day to show what is to be verified"},
    {"reads", "facts of a person that a screening fills from what other programs decided"},
    {"fills", "the fact that is filled by what the other program decided"},
    {"received", "yes, where it is an amount that somebody gets again and again"},
    {"not_modelled", "what the rules leave out, each with its citation"},
}};

/// Puts the meaning of its name on each property that has none of its own.
void add_meanings(Json& schema) {
  if (schema.is_object()) {
    for (const auto& [name, known] : meanings) {
      const auto properties = schema.find("properties");
      if (properties == schema.end() || !properties->is_object()) break;
      const auto property = properties->find(std::string(name));
      if (property == properties->end() || property->contains("description")) continue;
      if (property->is_boolean()) *property = Json::object();
      (*property)["description"] = known;
    }
  }
  if (schema.is_structured())
    for (Json& part : schema) add_meanings(part);
}

constexpr std::string_view schema = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "rule file",
  "type": "object",
  "required": ["kind"],
  "properties": {"kind": {"enum": ["facts", "program", "frame", "chapter", "definitions", "notices", "cases", "map"]}},
  "allOf": [
    {"if": {"required": ["kind"], "properties": {"kind": {"const": "facts"}}}, "then": {"$ref": "#/$defs/facts_file"}},
    {
      "if": {"required": ["kind"], "properties": {"kind": {"enum": ["program", "frame"]}}},
      "then": {"if": {"required": ["extends"]}, "then": {"$ref": "#/$defs/pack_file"}, "else": {"$ref": "#/$defs/program_file"}}
    },
    {"if": {"required": ["kind"], "properties": {"kind": {"enum": ["chapter", "definitions"]}}}, "then": {"$ref": "#/$defs/chapter_file"}},
    {"if": {"required": ["kind"], "properties": {"kind": {"const": "notices"}}}, "then": {"$ref": "#/$defs/notices_file"}},
    {"if": {"required": ["kind"], "properties": {"kind": {"const": "cases"}}}, "then": {"$ref": "#/$defs/cases_file"}},
    {"if": {"required": ["kind"], "properties": {"kind": {"const": "map"}}}, "then": {"$ref": "#/$defs/map_file"}}
  ],
  "$defs": {
    "text": {"type": ["string", "number"]},
    "formula": {"type": ["string", "number", "boolean"]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "start": {"description": "a date, or the call of a date parameter", "type": "string"},
    "grid": {"description": "a table: cells between |, the first line names the columns", "type": "string"},
    "words": {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]},
    "confidence": {"enum": ["official", "reported", "computed", "projected", "doubtful"]}
  }
})json";

}  // namespace

std::string rules_schema() {
  Json out = Json::parse(schema);
  for (const std::string_view shapes : {facts_shapes(), chapter_shapes(), program_shapes()}) out["$defs"].update(Json::parse(shapes));
  add_meanings(out);
  return out.dump(2);
}

}  // namespace duly
