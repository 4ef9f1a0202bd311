// The JSON Schema of rule files, for editors that complete and check while one writes. It knows the shape of every record; names, types, dates
// and citations are checked by the engine alone.

#include <array>
#include <nlohmann/json.hpp>

#include "duly/authoring.h"

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
    "confidence": {"enum": ["official", "reported", "computed", "projected", "doubtful"]},

    "facts_file": {
      "properties": {
        "kind": true, "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"},
        "codes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/code_list"}},
        "records": {"type": "object", "additionalProperties": {"$ref": "#/$defs/record"}}
      },
      "additionalProperties": {"$ref": "#/$defs/fact"}
    },
    "code_list": {
      "anyOf": [
        {"type": "array", "items": {"$ref": "#/$defs/text"}},
        {
          "type": "object",
          "properties": {
            "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"},
            "words": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/text"}}, {"type": "object"}]},
            "groups": {"type": "object", "additionalProperties": {"$ref": "#/$defs/words"}},
            "also": {"description": "other spellings, each with its word", "type": "object"}
          },
          "additionalProperties": false
        }
      ]
    },
    "record": {
      "type": "object",
      "required": ["of", "fields"],
      "properties": {
        "of": {"enum": ["person", "household"]}, "one": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"},
        "cite": {"$ref": "#/$defs/text"}, "ask": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"},
        "fields": {"type": "object", "additionalProperties": {"$ref": "#/$defs/fact"}},
        "in_force": {"type": "array", "minItems": 2, "maxItems": 2}, "in_time": {"type": "array", "minItems": 2, "maxItems": 2},
        "short_form": {"type": "object", "required": ["word", "value"], "properties": {"word": true, "value": true}, "additionalProperties": false},
        "paid_by": {"type": "boolean"}
      },
      "additionalProperties": false
    },
    "fact": {
      "type": "object",
      "anyOf": [{"required": ["type"]}, {"required": ["replaces"]}],
      "properties": {
        "of": {"$ref": "#/$defs/text"}, "type": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"}, "ask": {"$ref": "#/$defs/text"},
        "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"},
        "range": {"$ref": "#/$defs/text"}, "plausible": {"$ref": "#/$defs/text"}, "places": {"type": "integer", "minimum": 0, "maximum": 15},
        "if_not_stated": true, "needed_when": {"$ref": "#/$defs/formula"}, "otherwise": true,
        "given_as_age": {"$ref": "#/$defs/text"}, "chosen_by": {"const": "household"},
        "evidence": {"$ref": "#/$defs/words"}, "who": {"$ref": "#/$defs/words"}, "private": {"$ref": "#/$defs/words"},
        "replaces": {"$ref": "#/$defs/text"},
        "inverse": {"$ref": "#/$defs/text"}, "symmetric": {"type": "boolean"}, "as": {"$ref": "#/$defs/text"}, "changeable": {"enum": ["yes", "no", true, false]},
        "received": {"enum": ["yes", "no", true, false]}
      },
      "additionalProperties": false
    },

    "chapter_file": {
      "properties": {
        "kind": true, "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}
      },
      "additionalProperties": {
        "type": "object",
        "if": {"anyOf": [{"required": ["values"]}, {"required": ["file"]}]},
        "then": {"$ref": "#/$defs/parameter"},
        "else": {"$ref": "#/$defs/rule"}
      }
    },
    "parameter": {
      "type": "object",
      "description": "its type may be left out where a pack replaces it or fills a slot",
      "properties": {
        "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "type": {"$ref": "#/$defs/text"},
        "note": {"$ref": "#/$defs/text"}, "doubt": {"$ref": "#/$defs/words"}, "range": {"$ref": "#/$defs/text"},
        "renews": {"$ref": "#/$defs/text"}, "keys": {"$ref": "#/$defs/words"},
        "values": {"type": "array", "items": {"$ref": "#/$defs/dated_value"}},
        "file": {"$ref": "#/$defs/text"}, "columns": {"type": "object"}, "where": {"type": "object"}, "read_as": {"type": "object"},
        "from": {"$ref": "#/$defs/date"}, "source": {"$ref": "#/$defs/text"}, "confidence": {"$ref": "#/$defs/confidence"},
        "replaces": {"$ref": "#/$defs/text"}, "may_be_replaced": {"$ref": "#/$defs/may_be_replaced"}
      },
      "additionalProperties": false
    },
    "dated_value": {
      "type": "object",
      "required": ["from"],
      "oneOf": [{"required": ["is"]}, {"required": ["rows"]}],
      "properties": {
        "from": {"$ref": "#/$defs/date"}, "until": {"$ref": "#/$defs/date"}, "applied": {"$ref": "#/$defs/date"},
        "is": true, "rows": {"$ref": "#/$defs/grid"}, "each_more": {"type": ["number", "string"]},
        "source": {"$ref": "#/$defs/text"}, "confidence": {"$ref": "#/$defs/confidence"}, "note": {"$ref": "#/$defs/text"}
      },
      "additionalProperties": false
    },
    "rule": {
      "type": "object",
      "properties": {
        "of": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "type": {"$ref": "#/$defs/text"},
        "let": {"type": "object", "additionalProperties": {"$ref": "#/$defs/formula"}}, "reason": {"$ref": "#/$defs/text"},
        "doubt": {"$ref": "#/$defs/words"}, "note": {"$ref": "#/$defs/text"}, "may_be_stated": {"type": "boolean"},
        "range": {"$ref": "#/$defs/text"}, "window": {"type": "string", "pattern": "^[0-9]+ months$"},
        "versions": {"type": "array", "items": {"$ref": "#/$defs/version"}},
        "value": {"$ref": "#/$defs/formula"}, "passes": {"$ref": "#/$defs/passes"}, "exempt": {"$ref": "#/$defs/formula"},
        "branches": {"$ref": "#/$defs/branches"}, "any_of": {"$ref": "#/$defs/lines"}, "all_of": {"$ref": "#/$defs/lines"},
        "rows": {"$ref": "#/$defs/grid"}, "hit": {"enum": ["unique", "first"]},
        "partition": {"enum": ["people", "everyone"]}, "steps": {"$ref": "#/$defs/steps"}, "role": {"$ref": "#/$defs/text"},
        "pick": {"const": "first"}, "each": {"type": "object", "additionalProperties": {"$ref": "#/$defs/formula"}},
        "groups": {"$ref": "#/$defs/groups"},
        "running": {"$ref": "#/$defs/formula"}, "over": {"$ref": "#/$defs/formula"}, "in_order": {"$ref": "#/$defs/words"},
        "start": {"$ref": "#/$defs/formula"},
        "spells": {"$ref": "#/$defs/text"}, "keep": {"$ref": "#/$defs/formula"}, "not_a_break": {"$ref": "#/$defs/breaks"},
        "replaces": {"description": "the base whose rule this one replaces", "$ref": "#/$defs/text"},
        "may_be_replaced": {"$ref": "#/$defs/may_be_replaced"}
      },
      "additionalProperties": false
    },
    "version": {
      "type": "object",
      "required": ["from"],
      "properties": {
        "from": {"$ref": "#/$defs/date"}, "source": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}
      }
    },
    "passes": {
      "anyOf": [
        {"$ref": "#/$defs/formula"},
        {
          "type": "object",
          "properties": {"application": {"$ref": "#/$defs/formula"}, "renewal": {"$ref": "#/$defs/formula"}, "change": {"$ref": "#/$defs/formula"}},
          "additionalProperties": false
        }
      ]
    },
    "branches": {
      "type": "array",
      "items": {
        "type": "object",
        "oneOf": [{"required": ["when", "then"]}, {"required": ["otherwise"]}],
        "properties": {
          "when": {"$ref": "#/$defs/formula"}, "then": {"$ref": "#/$defs/formula"}, "otherwise": {"$ref": "#/$defs/formula"},
          "cite": {"$ref": "#/$defs/text"}, "from": {"$ref": "#/$defs/start"}, "before": {"$ref": "#/$defs/start"}, "note": {"$ref": "#/$defs/text"}
        },
        "additionalProperties": false
      }
    },
    "lines": {
      "type": "array",
      "items": {
        "type": "object",
        "oneOf": [{"required": ["when"]}, {"required": ["any_of"]}, {"required": ["all_of"]}],
        "properties": {
          "when": {"$ref": "#/$defs/formula"}, "any_of": {"$ref": "#/$defs/lines"}, "all_of": {"$ref": "#/$defs/lines"},
          "cite": {"$ref": "#/$defs/text"}, "reason": {"$ref": "#/$defs/text"},
          "from": {"$ref": "#/$defs/start"}, "before": {"$ref": "#/$defs/start"}, "note": {"$ref": "#/$defs/text"}
        },
        "additionalProperties": false
      }
    },
    "steps": {
      "type": "array",
      "items": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {
          "together": {"$ref": "#/$defs/step"}, "outside": {"$ref": "#/$defs/step"}, "apart": {"$ref": "#/$defs/step"}, "keep": {"$ref": "#/$defs/step"}
        },
        "additionalProperties": false
      }
    },
    "step": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "who": {"$ref": "#/$defs/formula"}, "when": {"$ref": "#/$defs/formula"}, "brings": {"$ref": "#/$defs/formula"},
          "cite": {"$ref": "#/$defs/text"}, "reason": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}
        },
        "additionalProperties": false
      }
    },
    "groups": {
      "type": "array",
      "items": {"type": "object", "required": ["group"], "additionalProperties": {"$ref": "#/$defs/formula"}}
    },
    "breaks": {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["when"],
        "properties": {
          "when": {"$ref": "#/$defs/formula"}, "counts": {"type": "boolean"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}
        },
        "additionalProperties": false
      }
    },

    "program_file": {
      "required": ["decides", "coverage"],
      "properties": {
        "kind": true, "title": {"$ref": "#/$defs/text"}, "authority": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"},
        "note": {"$ref": "#/$defs/text"}, "facts": {"$ref": "#/$defs/words"}, "uses": {"$ref": "#/$defs/words"},
        "covers": {"$ref": "#/$defs/covers"}, "slots": {"$ref": "#/$defs/slots"}, "reads": {"$ref": "#/$defs/reads"},
        "decides": {
          "anyOf": [
            {"type": "string", "pattern": "^each "},
            {"type": "object", "required": ["each"], "properties": {"each": true, "when": {"$ref": "#/$defs/formula"}}, "additionalProperties": false}
          ]
        },
        "law_in_force_by": {"$ref": "#/$defs/text"},
        "coverage": {
          "type": "object",
          "required": ["from"],
          "properties": {"from": {"$ref": "#/$defs/month"}, "until": {"$ref": "#/$defs/month"}},
          "additionalProperties": false
        },
        "last_checked": {"$ref": "#/$defs/date"},
        "requires": {"$ref": "#/$defs/requires"},
        "outputs": {"$ref": "#/$defs/words"}, "gives": {"$ref": "#/$defs/words"},
        "verify_by": {"$ref": "#/$defs/words"},
        "outcomes": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "when": {"$ref": "#/$defs/formula"}, "outcome": {"enum": ["eligible", "conditional", "ineligible"]}, "scope": {"$ref": "#/$defs/text"},
              "remedy": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}
            },
            "additionalProperties": false
          }
        },
        "not_modelled": {"type": "array"},
        "doubts": {"$ref": "#/$defs/words"}
      },
      "additionalProperties": false
    },
    "pack_file": {
      "required": ["covers"],
      "properties": {
        "kind": true, "title": {"$ref": "#/$defs/text"}, "authority": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"},
        "note": {"$ref": "#/$defs/text"}, "facts": {"$ref": "#/$defs/words"}, "uses": {"$ref": "#/$defs/words"},
        "extends": {"description": "the base: the folder of its program.yaml", "$ref": "#/$defs/text"}, "covers": {"$ref": "#/$defs/covers"},
        "slots": {"$ref": "#/$defs/slots"},
        "coverage": {
          "type": "object",
          "required": ["from"],
          "properties": {"from": {"$ref": "#/$defs/month"}, "until": {"$ref": "#/$defs/month"}},
          "additionalProperties": false
        },
        "last_checked": {"$ref": "#/$defs/date"},
        "adds_to": {
          "description": "lists of the base that get longer here",
          "type": "object",
          "properties": {
            "requires": {"$ref": "#/$defs/requires"}, "outputs": {"$ref": "#/$defs/words"}, "gives": {"$ref": "#/$defs/words"},
            "verify_by": {"$ref": "#/$defs/words"}, "not_modelled": {"type": "array"}, "doubts": {"$ref": "#/$defs/words"}
          },
          "additionalProperties": false
        }
      },
      "additionalProperties": false
    },
    "requires": {
      "type": "array",
      "items": {
        "anyOf": [
          {"$ref": "#/$defs/text"},
          {"type": "object", "required": ["test"], "properties": {"test": true, "fails": true, "before": true}, "additionalProperties": false}
        ]
      }
    },
    "covers": {
      "description": "facts of the place, each with the words that are covered",
      "type": "object",
      "minProperties": 1,
      "additionalProperties": {"$ref": "#/$defs/words"}
    },
    "reads": {
      "description": "facts of a person that a screening fills from what other programs decided",
      "type": "array",
      "items": {
        "type": "object",
        "required": ["program", "fills", "with", "cite"],
        "properties": {
          "program": {"$ref": "#/$defs/text"}, "fills": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"},
          "with": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["outcome", "is"],
              "properties": {"outcome": {"enum": ["eligible", "conditional", "ineligible"]}, "scope": {"$ref": "#/$defs/text"}, "is": {"type": ["string", "boolean"]}},
              "additionalProperties": false
            }
          }
        },
        "additionalProperties": false
      }
    },
    "slots": {
      "description": "what each pack on a frame must define",
      "type": "object",
      "additionalProperties": {
        "type": "object",
        "required": ["type"],
        "properties": {
          "of": {"$ref": "#/$defs/text"}, "type": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"}, "cite": {"$ref": "#/$defs/text"},
          "range": {"$ref": "#/$defs/text"}, "note": {"$ref": "#/$defs/text"}, "may_be_replaced": {"$ref": "#/$defs/may_be_replaced"}
        },
        "additionalProperties": false
      }
    },
    "may_be_replaced": {
      "description": "whether and how far a pack may replace it",
      "anyOf": [
        {"enum": ["yes", "no", true, false]},
        {
          "type": "object",
          "required": ["cite"],
          "properties": {
            "never_more_than": {"$ref": "#/$defs/formula"}, "never_less_than": {"$ref": "#/$defs/formula"}, "cite": {"$ref": "#/$defs/text"},
            "note": {"$ref": "#/$defs/text"}
          },
          "additionalProperties": false
        }
      ]
    },
    "notices_file": {
      "required": ["language"],
      "properties": {"replaces": {"description": "wordings of the base that are others here, each with its law", "type": "object"}},
      "additionalProperties": {"$ref": "#/$defs/text"}
    },
    "cases_file": {
      "properties": {
        "kind": true, "title": {"$ref": "#/$defs/text"},
        "families": {"description": "households by name, for several cases", "type": "object", "additionalProperties": {"type": "object"}},
        "cases": {
          "type": "array",
          "items": {"type": "object", "required": ["case"], "properties": {"rows": {"$ref": "#/$defs/grid"}, "expect": {"type": "object"}}}
        }
      },
      "additionalProperties": false
    },
    "map_file": {"required": ["program"], "properties": {"assume": {"type": "object"}, "expect": {"type": "object"}, "facts": {"type": "object"}}}
  }
})json";

}  // namespace

std::string rules_schema() {
  Json out = Json::parse(schema);
  add_meanings(out);
  return out.dump(2);
}

}  // namespace duly
