#pragma once

#include "check/formula_check.h"

namespace duly {

/// `before`, `after`, `meets`, `overlaps`, `includes`, `during`, `starts`, `finishes` and `coincides`.
bool is_range_relation(std::string_view name);
/// A call of one of them. Not ok after a mistake.
Valued check_range_relation(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e,
                            const Context& context);

}  // namespace duly
