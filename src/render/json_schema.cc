// The JSON Schemas of what `json.cc` writes. A test holds real output against them.

#include "duly/render.h"

namespace duly {
namespace {

constexpr std::string_view definitions = R"json(
    "value": {
      "type": "object",
      "description": "An exact value. Numbers are texts, so that no reader turns them into binary floating point.",
      "properties": {
        "kind": {"enum": ["unknown", "absent", "boolean", "number", "money", "date", "month", "code", "codes", "people", "months", "text"]},
        "text": {"type": "string"},
        "low": {"type": "string", "description": "of an unknown number or date: the least it can be; not there where only the range of a dictionary says that"},
        "high": {"type": "string", "description": "likewise the most; either may be there without the other"},
        "unit": {"type": "string"},
        "label": {"type": "string"}
      },
      "required": ["kind", "text"],
      "additionalProperties": false
    },
    "named_value": {
      "type": "object",
      "properties": {"name": {"type": "string"}, "title": {"type": "string"}, "value": {"$ref": "#/$defs/value"}},
      "required": ["name", "value"],
      "additionalProperties": false
    },
    "reason": {
      "type": "object",
      "properties": {
        "code": {"type": "string"}, "rule": {"type": "string"}, "title": {"type": "string"}, "cite": {"type": "string"}, "line": {"type": "string"},
        "subject": {"type": "string"},
        "compared": {"$ref": "#/$defs/value"}, "limit": {"$ref": "#/$defs/value"}, "margin": {"$ref": "#/$defs/value"},
        "values": {"type": "array", "items": {"$ref": "#/$defs/named_value"}},
        "text": {"type": "object", "description": "by language", "additionalProperties": {"type": "string"}}
      },
      "required": ["code"],
      "additionalProperties": false
    },
    "missing": {
      "type": "object",
      "properties": {
        "fact": {"type": "string"}, "of": {"type": "string"}, "ask": {"type": "string"},
        "choices": {"type": "array", "items": {"type": "string"}}, "may_be_asked": {"type": "boolean"},
        "papers": {"description": "of what is to be verified: what shows it", "type": "array", "items": {"type": "string"}}
      },
      "required": ["fact", "of", "ask", "may_be_asked"],
      "additionalProperties": false
    },
    "diagnostic": {
      "type": "object",
      "properties": {
        "code": {"type": "string", "pattern": "^E[0-9]{3}$"}, "name": {"type": "string"}, "severity": {"enum": ["error", "warning"]}, "message": {"type": "string"},
        "file": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"}, "length": {"type": "integer"}, "source_line": {"type": "string"},
        "rule": {"type": "string"}, "cite": {"type": "string"}, "help": {"type": "string"}
      },
      "required": ["code", "name", "severity", "message"],
      "additionalProperties": false
    },
    "determination": {
      "type": "object",
      "properties": {
        "program": {"type": "string"},
        "subject": {
          "type": "object",
          "properties": {
            "kind": {"type": "string"}, "key": {"type": "string"}, "people": {"type": "array", "items": {"type": "string"}},
            "members": {"type": "array", "items": {"type": "string"}}, "row": {"type": "integer"}
          },
          "required": ["kind", "key", "people", "members", "row"],
          "additionalProperties": false
        },
        "outcome": {"enum": ["eligible", "ineligible", "conditional", "pending", "error"]},
        "scope": {"type": "string"}, "remedy": {"type": "string"}, "benefit_month": {"type": "string"},
        "outputs": {"type": "array", "items": {"$ref": "#/$defs/named_value"}},
        "dates": {"type": "array", "items": {"$ref": "#/$defs/named_value"}},
        "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
        "basis": {"type": "array", "items": {"$ref": "#/$defs/reason"}},
        "left_out": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "person": {"type": "string"}, "role": {"type": "string"}, "cite": {"type": "string"}, "reason": {"type": "string"},
              "reasons": {"type": "array", "items": {"$ref": "#/$defs/reason"}}
            },
            "required": ["person", "role", "cite", "reason"],
            "additionalProperties": false
          }
        },
        "missing": {"type": "array", "items": {"$ref": "#/$defs/missing"}},
        "missing_is_exact": {"type": "boolean"},
        "to_verify": {"type": "array", "items": {"$ref": "#/$defs/missing"}},
        "verify_by": {"description": "the last day to show it", "$ref": "#/$defs/named_value"},
        "presumed": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "fact": {"type": "string"}, "of": {"type": "string"}, "value": {"type": "string"}, "cite": {"type": "string"}, "chosen_by_household": {"type": "boolean"}
            },
            "required": ["fact", "of", "value", "cite", "chosen_by_household"],
            "additionalProperties": false
          }
        },
        "assumed": {"type": "array", "items": {"$ref": "#/$defs/named_value"}},
        "stated": {"type": "array", "items": {"$ref": "#/$defs/named_value"}},
        "doubtful": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {"parameter": {"type": "string"}, "confidence": {"type": "string"}, "source": {"type": "string"}, "value": {"type": "string"}},
            "required": ["parameter", "confidence", "source", "value"],
            "additionalProperties": false
          }
        },
        "doubts": {"type": "array", "items": {"type": "string"}},
        "errors": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
        "versions": {
          "type": "object",
          "properties": {"rules": {"type": "string"}, "engine": {"type": "string"}, "language": {"type": "integer"}},
          "required": ["rules", "engine", "language"],
          "additionalProperties": false
        }
      },
      "required": ["program", "subject", "outcome", "outputs", "dates", "reasons", "basis", "left_out", "missing", "missing_is_exact", "to_verify", "presumed",
                   "assumed", "stated", "doubtful", "doubts", "errors", "versions"],
      "additionalProperties": false
    })json";

constexpr std::string_view step = R"json(,
    "step": {
      "type": "object",
      "properties": {
        "kind": {"type": "string"}, "name": {"type": "string"}, "title": {"type": "string"}, "of": {"type": "string"},
        "value": {"$ref": "#/$defs/value"}, "value_text": {"type": "string"}, "formula": {"type": "string"}, "with_numbers": {"type": "string"},
        "before_rounding": {"type": "string"}, "cite": {"type": "string"}, "replaces": {"type": "string"}, "source": {"type": "string"},
        "in_force_from": {"type": "string"},
        "confidence": {"type": "string"}, "not_taken": {"type": "string"}, "decisive": {"type": "boolean"},
        "children": {"type": "array", "items": {"$ref": "#/$defs/step"}}
      },
      "required": ["kind", "decisive"],
      "additionalProperties": false
    })json";

constexpr std::string_view determinations_body = R"json(
  "type": "object",
  "properties": {
    "duly": {"const": 1},
    "determinations": {"type": "array", "items": {"$ref": "#/$defs/determination"}},
    "warnings": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
    "errors": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}}
  },
  "required": ["duly", "determinations", "warnings", "errors"],
  "additionalProperties": false
}
)json";

constexpr std::string_view explanations_body = R"json(
  "type": "object",
  "properties": {
    "duly": {"const": 1},
    "explanations": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "program": {"type": "string"}, "program_title": {"type": "string"},
          "determination": {"$ref": "#/$defs/determination"}, "root": {"$ref": "#/$defs/step"}
        },
        "required": ["program", "program_title", "determination", "root"],
        "additionalProperties": false
      }
    }
  },
  "required": ["duly", "explanations"],
  "additionalProperties": false
}
)json";

constexpr std::string_view screening_body = R"json(
  "type": "object",
  "properties": {
    "duly": {"const": 1},
    "decided": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "program_title": {"type": "string"}, "determination": {"$ref": "#/$defs/determination"}, "next": {"$ref": "#/$defs/named_value"}
        },
        "required": ["program_title", "determination"],
        "additionalProperties": false
      }
    },
    "missing": {"type": "array", "items": {"$ref": "#/$defs/shared"}},
    "to_verify": {"type": "array", "items": {"$ref": "#/$defs/shared"}},
    "passed_over": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {"program": {"type": "string"}, "title": {"type": "string"}, "why": {"type": "string"}},
        "required": ["program", "title", "why"],
        "additionalProperties": false
      }
    },
    "warnings": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
    "errors": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}}
  },
  "required": ["duly", "decided", "missing", "to_verify", "passed_over", "warnings", "errors"],
  "additionalProperties": false
}
)json";

constexpr std::string_view shared = R"json(,
    "shared": {
      "type": "object",
      "properties": {
        "fact": {"$ref": "#/$defs/missing"}, "programs": {"type": "array", "items": {"type": "string"}}, "determinations": {"type": "integer"},
        "by": {"$ref": "#/$defs/named_value"}
      },
      "required": ["fact", "programs", "determinations"],
      "additionalProperties": false
    })json";

std::string schema(std::string_view title, std::string_view more_definitions, std::string_view body) {
  std::string out = "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"";
  out += title;
  out += "\",\n  \"$defs\": {";
  out += definitions;
  out += more_definitions;
  out += "\n  },";
  out += body;
  return out;
}

}  // namespace

std::string json_schema(const std::string& name) {
  if (name == "determination") return schema("Determinations of one program for one household", "", determinations_body);
  if (name == "explanation") return schema("Explanations of determinations", step, explanations_body);
  if (name == "screening") return schema("One household by every program", shared, screening_body);
  return "";
}

}  // namespace duly
