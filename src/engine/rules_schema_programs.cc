// The shapes of programs and packs, of what a pack may replace, and of notices, cases and maps.

#include "engine/rules_schema.h"

namespace duly {

std::string_view program_shapes() {
  return R"json({
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
})json";
}

}  // namespace duly
