#pragma once

// All combinations of the answers that open questions may have.
//
// Threads: belongs to the thread that reads.

#include <optional>

#include "determine/answers.h"

namespace duly {

/// All combinations of answers, numbered: the last question changes fastest.
struct Combinations {
  std::vector<std::vector<Answer>> answers;
  std::vector<std::size_t> strides;
  std::size_t total = 1;

  [[nodiscard]] std::size_t choice(std::size_t combination, std::size_t cause) const { return combination / strides[cause] % answers[cause].size(); }
};

/// The answers to `causes` cut as finely as `most` combinations allow; nothing if there are more however they are cut.
std::optional<Combinations> sharpest(const Evaluated& e, const std::vector<Cause>& causes, std::size_t most);

}  // namespace duly
