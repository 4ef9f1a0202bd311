#pragma once

// The walk back from what is not settled to the facts that could settle it.
//
// Threads: belongs to the thread that reads.

#include <compare>

#include "determine/evaluated.h"

namespace duly {

/// Something that nobody said: a fact of a row, one person or word of a set, whether a list of records is complete, or a figure of law.
struct Cause {
  enum class Kind : std::uint8_t { fact, list, gap } kind = Kind::fact;
  int index = -1;         ///< FactId; record index; parameter
  std::int32_t row = 0;   ///< row of the fact, of the list's owner; 0 for a gap
  int item = whole_set;   ///< of a set: which person or word
  auto operator<=>(const Cause&) const = default;
};

/// Everything unknown that `roots` still hang on, sorted, each once. A relation is spoken of from the side it was declared on, a symmetric one from
/// the side of whoever comes first.
std::vector<Cause> open_causes(const Evaluated& e, const std::vector<Part>& roots);

/// Whether one of `roots` still hangs on `cause`.
bool hangs_on(const Evaluated& e, const std::vector<Part>& roots, const Cause& cause);

}  // namespace duly
