#pragma once

// Who is in a unit, who takes part, and who is left out and why.
//
// Threads: belongs to the thread that reads.

#include "determine/reasons.h"

namespace duly {

/// The subject a row of the decided level is. An open unit has everyone who may be in it.
Subject subject_of(const Evaluated& e, const Labels& labels, std::int32_t row);

/// People of the household who are in no unit, and people of the row's unit who do not take part in full.
std::vector<LeftOut> left_out_of(const Evaluated& e, const Labels& labels, std::int32_t row);

}  // namespace duly
