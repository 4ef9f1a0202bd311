#pragma once

// What a worked case or a row of a table expects, and whether what came back is that.
//
// An expectation is about a subject: a unit named by its first person, a person, or nobody in particular where the case has only one. It is one
// of the words of a determination (`outcome`, `scope`, `remedy`, `reasons`, `missing`, `doubtful`) or the value of a rule.
//
// Threads: no shared state.

#include "duly/determination.h"
#include "facts/dictionary_index.h"

namespace duly {

struct Expectation {
  enum class Of : std::uint8_t { outcome, scope, remedy, reasons, missing, doubtful, rule } of = Of::outcome;
  RuleId rule = -1;
  std::string name;  ///< as written, without its subject: `benefit`, `reasons`
  std::string subject;  ///< a person's key; empty for the only subject
  bool names_subject = false;  ///< the subject stood alone: `ana: eligible`
  std::vector<std::string> words;  ///< one value, or a list
  Span where;
};

/// Reads `name` (`outcome`, `ana`, `ana.household_size`, `benefit`) as what a value expects. Nothing, and nothing told, if it is no expectation.
/// `people` are those whom a name may speak of.
std::optional<Expectation> expectation_named(const DictionaryIndex& index, const std::vector<std::string>& people, std::string_view name);

/// The words of an expectation's value: a cell of a grid (`a, b`), a scalar or a list.
std::vector<std::string> expected_words(const Expectation& expected, std::string_view cell);
std::vector<std::string> expected_words(const Node& value);

/// Why the words can be no value of the rule's type or no word of a determination; nothing if they can.
std::optional<Diagnostic> impossible(const DictionaryIndex& index, const Expectation& expected);

/// The words of a determination that can be expected.
std::vector<std::string_view> expectation_words();

struct CaseComparison {
  bool same = true;
  std::string expected, got;  ///< as people read them; empty where nothing differs
  std::optional<Number> size;  ///< of the difference between two numbers
};

/// Compares with a rule's value.
CaseComparison compare(const Declarations& declarations, const Type& type, const std::vector<std::string>& expected, const Value& got);
/// Compares with a determination. Precondition: `expected.of` is no rule.
CaseComparison compare(const Expectation& expected, const Determination& got);

/// `[10..20]` for a value that is open, `unknown` where nothing is known of it.
std::string shown(const Value& value);

}  // namespace duly
