#pragma once

// Exact values as people read them, without a locale: the dollar sign, commas between thousands, two decimals of cents, days and months written out.
//
// Threads: pure functions.

#include <string>
#include <string_view>

#include "duly/render.h"

namespace duly {

/// `1,697.50` from `1697.5`; `decimals` are filled up with zeros. A fraction without end is rounded to six decimals, halves away from zero.
std::string grouped_number(std::string_view exact, int decimals = 0);

/// `$1,697.50`; an amount that has no end in cents is shown as `about` the nearest cent.
std::string money_text(std::string_view exact);

/// The words of a set, which stand in a value with one blank between.
std::vector<std::string> words_of(const Value& value);

}  // namespace duly
