#pragma once

// Worked cases as their file writes them, each row of a grid a try of its own: a household document, and what is expected of it.
//
// A case merges over its family; what it gives replaces what the family gives. Then comes `change`, then the row.
//
// Threads: no shared state.

#include <array>

#include "cases/expectation.h"
#include "engine/loaded_program.h"

namespace duly {

/// A case has these beside its household.
inline constexpr std::array<std::string_view, 5> keys_of_a_case{"case", "family", "change", "expect", "rows"};
inline constexpr std::array<std::string_view, 4> keys_of_a_case_file{"kind", "title", "families", "cases"};

/// One household that is decided, and all that must come out.
struct CaseTry {
  std::string sentence;                 ///< the case
  int row = 0;                          ///< of its grid, from 1; 0 where it has none
  Node document;
  std::vector<Expectation> expected;    ///< in the order they are written
  Span where;                           ///< the case's sentence, or the row
};

/// Reads a file of `kind: cases`. What cannot be read is told in `errors` (E101 to E109, E104, E140 to E143, E150, E303) and leaves its case out.
std::vector<CaseTry> tries_from_file(const DictionaryIndex& index, const SourcePtr& source, std::vector<Diagnostic>& errors);

}  // namespace duly
