#pragma once

// Determinations and explanations as text, JSON and HTML. The same bytes for the same input, every time.
//
// Threads: no shared state.

#include <string>
#include <vector>

#include "duly/determination.h"
#include "duly/ruleset.h"

namespace duly {

struct TextOptions {
  int width = 80;       ///< columns, 40 to 400
  bool color = false;   ///< ANSI colours
  std::string language = "en";
};

/// A worksheet a caseworker would recognise: who, the outcome, the benefit, reasons with their numbers, what is missing.
DULY_API std::string to_text(const Determination& determination, const TextOptions& options = {});
/// The same with every step below it.
DULY_API std::string to_text(const Explanation& explanation, const TextOptions& options = {});

/// Every program in one table: who gets what and why, what to ask next, what to prove.
DULY_API std::string to_text(const Screening& screening, const TextOptions& options = {});

/// A value as people read it: `$1,697.00 a month`, `34`, `yes`, a date written out. Without `with_period` an amount stands alone.
DULY_API std::string to_text(const Value& value, bool with_period = true);
/// The least or (`high`) the most that an unknown `range` can be, as a value of its kind: an amount, a number, a date or a month. Unknown without text
/// where the range does not tell.
DULY_API Value end_of_range(const Value& range, bool high);

/// `{"duly": 1, "determinations": [...], "errors": [...]}`; its JSON Schema is `json_schema("determination")`. Numbers are strings, exact.
DULY_API std::string to_json(const Determinations& determinations, const std::vector<Diagnostic>& errors = {}, int indent = 2);
DULY_API std::string to_json(const std::vector<Explanation>& explanations, int indent = 2);
DULY_API std::string to_json(const std::vector<Diagnostic>& errors, int indent = 2);
/// `{"duly": 1, "programs": [...]}`
DULY_API std::string to_json(const std::vector<ProgramInfo>& programs, int indent = 2);

/// Its JSON Schema is `json_schema("screening")`.
DULY_API std::string to_json(const Screening& screening, const std::vector<Diagnostic>& errors = {}, int indent = 2);

/// A page that stands alone: no network, prints well.
DULY_API std::string to_html(const std::vector<Explanation>& explanations);
DULY_API std::string to_html(const Screening& screening, const std::string& language = "en");

/// `determination`, `explanation` or `screening`: the JSON Schema (YYYY-MM) of what `to_json` writes. Empty for another name.
DULY_API std::string json_schema(const std::string& name);

}  // namespace duly
