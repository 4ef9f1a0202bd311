#pragma once

// Exact numbers as texts of results have them.
//
// Threads: pure functions.

#include "base/number.h"

namespace duly {

/// `12.5` or `1/3`; nothing where the text is no number.
inline std::optional<Number> number_from_exact(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return number_from_text(text);
  const auto above = number_from_text(text.substr(0, slash));
  const auto below = number_from_text(text.substr(slash + 1));
  if (!above || !below || *below == 0) return std::nullopt;
  return *above / *below;
}

}  // namespace duly
