#pragma once

// Where two explanations of one subject part.
//
// Threads: pure functions.

#include <optional>

#include "duly/determination.h"

namespace duly {

struct FirstDifference {
  std::string name, title, of, cite;
  std::string before, after;  ///< as people read them
};

/// The first value, from the facts upward, that is another while all below it that both have are alike. Nothing where no value of the same name differs.
std::optional<FirstDifference> first_difference(const Explanation& before, const Explanation& after);

}  // namespace duly
