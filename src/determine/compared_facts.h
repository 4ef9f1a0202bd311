#pragma once

// Where a number that nobody gave changes an answer: the points at which what is made of it alone crosses what it is compared with, and of a word of a
// long list, which is stored as its place in the list, those at which what tables hold for it changes.
//
// Only chains that rise or fall with the fact are followed (its own scale, sums and products with what is known, ages, months, rounding); a fact
// that is compared through others keeps its whole range, which is never wrong, only less sharp.
//
// Threads: belongs to the thread that reads.

#include "determine/open_causes.h"

namespace duly {

/// First integers of the pieces into which comparisons, and of words tables, cut [low..high] of the fact's column, beginning with `low`. Sorted, each once.
std::vector<std::int64_t> pieces_of(const Evaluated& e, const Cause& number, std::int64_t low, std::int64_t high);

}  // namespace duly
