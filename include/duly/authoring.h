#pragma once

// For whoever writes rules: the canonical layout of a file, one expression evaluated by the engine itself, JSON Schemas for editors, and what
// each figure rests on.
//
// Threads: no shared state.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// A figure of the law as it stands in the rules: one row of a parameter.
struct SourcedValue {
  std::string parameter, title, cite;
  std::vector<std::pair<std::string, std::string>> keys;  ///< what it is for, such as `size` and `3` or `4+`; a key that is not asked is left out
  Value value;  ///< of kind `unknown` where the rules say that the figure is not known; of a row that grows, its first value
  Value each_more;  ///< of a row that grows: what each unit past the first number of its last key adds; else of kind `unknown`
  std::string from;  ///< the first day in law, `YYYY-MM-DD`
  std::string until;  ///< the first day it no longer holds; empty where a later row or nothing ends it
  std::string applied;  ///< the day from which it is applied, where that is another; else empty
  std::string source;
  std::string confidence;  ///< `doubtful`, `projected`, `computed`, `reported`, `official`; empty where the figure is not known
  std::string file;  ///< as it is shown to people, such as in messages
  std::int32_t line = 0;  ///< from 1
};

/// Every figure of `program`: gaps first, then from the least sure to the official; alike, by parameter, source, first day, and in the
/// order of the files.
/// Errors: E202, and every E1xx of the program's rules.
DULY_API Result<std::vector<SourcedValue>> sources(const Ruleset& rules, const std::string& program);
/// The same as JSON: `{"duly": 1, "values": [...]}`. `indent` blanks a level; 0 writes one line.
DULY_API std::string to_json(const std::vector<SourcedValue>& values, int indent = 2);

}  // namespace duly
