// The shapes of chapters and definitions: parameters, and rules with each kind of body.

#include "engine/rules_schema.h"

namespace duly {

std::string_view chapter_shapes() {
  return R"json({
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
  }
})json";
}

}  // namespace duly
