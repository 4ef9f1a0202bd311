#pragma once

// Why a value that was needed does not exist: the first step that could not be carried out, the rule it stands in, and what it was given.

#include "determine/evaluated.h"

namespace duly {

/// Precondition: `node` is surely undefined in `row`.
Diagnostic undefined_value(const Evaluated& e, const Labels& labels, NodeId node, std::int32_t row);

}  // namespace duly
