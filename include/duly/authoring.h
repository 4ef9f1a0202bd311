#pragma once

// For whoever writes rules: the canonical layout of a file, one expression evaluated by the engine itself, and JSON Schemas for editors.
//
// Threads: no shared state.

#include <string>
#include <string_view>

#include "duly/ruleset.h"

namespace duly {

/// The value of one expression.
struct ExpressionValue {
  std::string text;  ///< for people: `1/3`, `P1Y2M`, `unknown`, `unknown, from 3 to 10`
  std::string
      json;  ///< a JSON value: numbers exact, or with 34 significant digits where no decimal is; dates and durations as ISO 8601 texts; null if unknown
};

/// Evaluates `expression` with the names of `context`, a JSON or YAML object: numbers, booleans, texts (`YYYY-MM-DD`, `YYYY-MM`, `P1Y2M` and `P10D` are
/// dates, months and durations), lists of these, and null for what is not known.
/// Errors: E1xx for the expression, E3xx for the context, E4xx where the expression has no value, such as a division by zero.
DULY_API Result<ExpressionValue> evaluate_expression(std::string_view expression, std::string_view context = "{}");

/// One line of JSON `{"id", "expression", "context"}` answered by one line `{"id", "value"}` or `{"id", "error"}`, without the line break.
DULY_API std::string evaluate_expression_line(std::string_view line);

/// A rule file in its canonical layout, comments kept. Errors: E1xx with `path` as the file, if it cannot be read.
DULY_API Result<std::string> format_rules(const std::string& path, std::string text);

/// JSON Schemas, for editors and for checking before sending: of rule files of every kind, and of the household documents that
/// `program` reads, made from its dictionary. Errors: E202, and every E1xx of the program's rules.
DULY_API std::string rules_schema();
DULY_API Result<std::string> household_schema(const Ruleset& rules, const std::string& program);

}  // namespace duly
