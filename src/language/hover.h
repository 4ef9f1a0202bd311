#pragma once

// What an editor shows of a declaration: what it is, its law, and of a figure the values in force on a day with their sources.
//
// Threads: pure functions.

#include "base/date.h"
#include "language/name_index.h"

namespace duly {

/// As Markdown.
std::string hover_text(const ProgramNames& names, const NamedThing& thing, Date today);

/// On one line what it is: `money per month by unit_size`, `rule of person: boolean`.
std::string thing_in_short(const ProgramNames& names, const NamedThing& thing);

}  // namespace duly
