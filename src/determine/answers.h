#pragma once

// The answers an open question may have, as a finite list that leaves none out: both truths, every word still possible, a number's range cut into
// pieces at the points where comparisons turn, a list complete or not.
//
// Threads: belongs to the thread that reads.

#include "determine/household_copies.h"

namespace duly {

/// How finely numbers are cut. A coarser list still leaves no answer out.
enum class Sharpness : std::uint8_t { uncut, pieces, pieces_and_ends };

/// Whether an answer is one value, not a range of them.
bool is_one_value(const Answer& answer);

/// `pieces` keeps where comparisons cut the question, which is the same however finely it is told: empty before it is first asked for.
std::vector<Answer> answers_to(const Evaluated& e, const Cause& cause, Sharpness sharpness, std::vector<std::int64_t>& pieces);

}  // namespace duly
