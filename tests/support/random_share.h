#pragma once

// How much of the random work a test does. Under sanitizers, which take ten times as long, DULY_RANDOM_SHARE=10 asks for a tenth of it.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace duly {

inline std::int64_t number_from_environment(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoll(text, nullptr, 10);
}

/// The share wanted of `whole` rounds or households, at least `least`.
inline std::int64_t random_share(std::int64_t whole, std::int64_t least = 1) {
  return std::max(least, whole / std::max<std::int64_t>(1, number_from_environment("DULY_RANDOM_SHARE", 1)));
}

}  // namespace duly
