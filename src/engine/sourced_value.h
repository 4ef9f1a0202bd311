#pragma once

// A row of a parameter as people read it.
//
// Threads: pure functions.

#include "duly/authoring.h"
#include "resolve/declarations.h"

namespace duly {

/// Precondition: `row` is one of `parameter`'s.
SourcedValue sourced_value(const Declarations& declarations, const Parameter& parameter, const ParameterRow& row);

}  // namespace duly
