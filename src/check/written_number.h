#pragma once

#include "check/scope.h"

namespace duly {

/// The number that was written out, also as a sum, difference or product of numbers: `2`, `-(6111 + 1)`, `5 + 3`. Nothing for what is computed
/// from names.
std::optional<Number> written_number(const Terms& terms, TermId id);

}  // namespace duly
