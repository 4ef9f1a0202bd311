#pragma once

// What can stand at a place in a rule file: keys with their meaning, types, words, and in a formula the names that it can use.
//
// Where a cursor stands is told by the parser: a stand-in word is put there, and the tree is asked which value, or which key, it became. Which values are
// formulas is told by the JSON Schema of rule files, the same that `duly schema rules` prints.
//
// Threads: pure functions.

#include "language/name_index.h"

namespace duly {

enum class CompletionKind : std::uint8_t { key, word, function, fact, rule, parameter, record };

struct Completion {
  std::string label;
  CompletionKind kind = CompletionKind::word;
  std::string detail;
  std::string documentation;  ///< Markdown
  std::string inserted;  ///< empty: the label
  int rank = 0;  ///< what fits best is 0
};

struct Completions {
  std::size_t begin = 0;  ///< of the word that is replaced, which ends at the cursor
  std::vector<Completion> all;
};

/// `names` may be null: then keys and words of the schema alone.
Completions completions_at(const std::string& text, std::size_t offset, const ProgramNames* names, Date today);

}  // namespace duly
