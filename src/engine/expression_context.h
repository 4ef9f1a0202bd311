#pragma once

// The names an expression may use when it stands alone: constants made from a document of names and values.

#include "check/formula_check.h"

namespace duly {

/// A value of the context as a formula would write it, or nothing after a mistake. Null is unknown, of type `unknown`.
Operand context_operand(const Node& value, const Type& unknown, FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors);

/// All names of `context`. Mistakes (E302, E306) are added to `errors`.
std::map<std::string, Operand> context_names(const Node& context, const Type& unknown, FormulaCheck& check, Terms& terms,
                                             std::vector<Diagnostic>& errors);

/// Whether a value of `context` is null.
bool has_unknown(const Node& context);

}  // namespace duly
