#pragma once

// What falls due: the next check of a program, the next value of a figure, the end of the months it covers; and sources that do not say when.
//
// Threads: no shared state.

#include "lint/lint.h"
#include "resolve/declarations.h"

namespace duly {

/// E180, E183.
void find_due_program(const Declarations& declarations, const LintOptions& options, std::vector<Diagnostic>& found);
/// E181.
void find_due_values(const Declarations& declarations, const LintOptions& options, std::vector<Diagnostic>& found);
/// E182.
void find_undated_sources(const Declarations& declarations, std::vector<Diagnostic>& found);

}  // namespace duly
