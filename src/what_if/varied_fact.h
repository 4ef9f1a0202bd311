#pragma once

// The values that one fact of a document is given: read from a range or a list, and written into copies of the document.
//
// Threads: plain value types and pure functions.

#include "duly/what_if.h"
#include "engine/loaded_program.h"
#include "facts/document_change.h"

namespace duly {

/// Most values that are decided for one value of the other fact.
inline constexpr std::int64_t most_values = 5'000'000;

struct VariedFact {
  std::string path;                ///< without the section it stands in: `ana.wages`
  FactOfPath of;
  bool is_range = false;
  int places = 0;                  ///< decimals of a number
  std::int64_t low = 0, high = 0, step = 1;  ///< of a range, over 10^places
  std::string period;              ///< ` per week` where the values say it
  std::vector<std::string> values;  ///< as a document gives them: the points of a range, or the list

  /// The value of a range as a document gives it.
  [[nodiscard]] std::string text(std::int64_t value) const;
  /// The points of a range, as numbers.
  [[nodiscard]] std::vector<std::int64_t> points() const;
};

/// Errors: E104, E303, E140 for the path, E316 for the values, E317 for what is no single fact.
Result<VariedFact> varied_fact(const DictionaryIndex& index, const Node& document, const Variation& asked);

/// The document with another value of the fact. Precondition: `fact` was read for this document.
Node with_value(const DictionaryIndex& index, const Node& document, const VariedFact& fact, const std::string& value);
/// The same with any path and value. Errors: those of `change_document`.
Result<Node> with_change(const DictionaryIndex& index, const Node& document, const std::string& path, const Node& value);

/// `ana.wages` from `people.ana.wages`: paths of documents may begin with the section a fact stands in.
std::string without_section(std::string_view path);

}  // namespace duly
