#pragma once

// Why a determination is as it is: a tree from the outcome down to the facts and the figures of law, read from the values the evaluation left.
//
// Threads: no shared state.

#include "determine/determine.h"

namespace duly {

/// `determination` is one of those that `determine` gave for `input`. Each rule is taken apart once; where it is met again only its value stands.
Explanation explain(const DetermineInput& input, const Determination& determination);

/// One rule in a row of its level, taken apart in the same way.
ExplanationNode explain_rule(const DetermineInput& input, RuleId rule, std::int32_t row);

}  // namespace duly
