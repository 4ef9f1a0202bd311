#pragma once

// FEEL text to a tree: a lexer and a Pratt parser. What the language adds to FEEL and leaves out stands in `docs/feel.md`.
//
// Threads: no shared state.

#include "syntax/expr.h"
#include "syntax/yaml.h"

namespace duly {

/// Reads the formula in `scalar`. On a mistake adds one diagnostic (E105, E107, E109, E120, E121) and returns null.
/// A scalar that YAML cut or changed (a flow node, a folded block) is refused with the corrected text.
ExprPtr parse_formula(const Node& scalar, std::vector<Diagnostic>& errors);

/// Reads a formula that stands alone, as in `duly eval`.
ExprPtr parse_formula_text(const SourcePtr& source, std::vector<Diagnostic>& errors);

/// Reads a cell of a decision table: `-` means any (returns null without a diagnostic), `< 0.30`, `[18..60)`, `a, b`, or a value.
/// The result is a list of tests as right of `in`.
struct CellTests {
  bool any = false;
  std::vector<ExprPtr> tests;
};
CellTests parse_cell_tests(const GridCell& cell, std::vector<Diagnostic>& errors);

/// Reads a cell or short value as an expression.
ExprPtr parse_cell_value(const GridCell& cell, std::vector<Diagnostic>& errors);

/// The words that are functions: one word and multi-word built-ins (`round half up`, `full years`, ...).
bool is_built_in(std::string_view name);
const std::vector<std::string>& built_in_names();

}  // namespace duly
