#pragma once

// The algebra of types: what may meet what, and what comes of it. Periods never mix in silence.

#include "check/program.h"

namespace duly {

/// Types compare, add and choose between each other. A literal takes the other's unit.
bool same_quantity(const Type& a, const Type& b);
/// The type of a value that may be `a` or `b` (both sides of an `if`, of `+`, of `min`). Precondition: same_quantity.
Type joined(const Type& a, const Type& b);
std::optional<Type> product_type(const Type& a, const Type& b);
std::optional<Type> quotient_type(const Type& a, const Type& b);
std::optional<Type> sum_type(const Type& a, const Type& b);
std::optional<Type> difference_type(const Type& a, const Type& b);

inline Type boolean_type() { return {}; }
Type plain_type(Base base, bool whole = true);
Type count_type();
bool is_numeric(const Type& type);  ///< held in a number column: numbers, dates, months, durations
bool is_code(const Type& type);  ///< one word of a list, or several
bool is_plain_number(const Type& type);  ///< a number without unit

}  // namespace duly
