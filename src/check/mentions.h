#pragma once

// What the names in formulas stand for, for editors: where a name is written, and which declaration it means there.
//
// Threads: plain values.

#include <vector>

#include "base/source.h"

namespace duly {

enum class MentionOf : std::uint8_t { fact, rule, parameter, record };

struct Mention {
  Span span;      ///< of the name alone
  MentionOf of = MentionOf::rule;
  int index = 0;  ///< into the facts, rules, parameters or records of the declarations
};

}  // namespace duly
