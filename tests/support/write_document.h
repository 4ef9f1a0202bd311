#pragma once

// A household of a table as the document that says the same.
//
// Threads: pure functions.

#include <string>

#include "facts/fact_table.h"

namespace duly {

/// JSON. People are `p1`, `p2`, …; what is not known is said to be unknown, so that nothing is presumed. Precondition: every fact is known or not at
/// all, every relation is known, and nothing is stated.
std::string document_of(const Declarations& declarations, const FactTable& table, std::int64_t household);

}  // namespace duly
