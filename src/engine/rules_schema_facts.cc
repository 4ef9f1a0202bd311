// The shapes of dictionaries: facts, records and code lists.

#include "engine/rules_schema.h"

namespace duly {

std::string_view facts_shapes() {
  return R"json({
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
  }
})json";
}

}  // namespace duly
