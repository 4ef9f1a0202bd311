#pragma once

// What is left open is tried: every combination of the answers to what is missing is one household of a batch. An outcome that never changes is
// settled; a fact that changes nothing, whatever the others are, need not be asked.
//
// Threads: belongs to the thread that determines.

#include <optional>
#include <span>

#include "determine/decision.h"
#include "determine/household_copies.h"
#include "determine/open_causes.h"

namespace duly {

struct OpenCause {
  Cause cause;
  bool settles_alone = false;  ///< whatever the answer is, nothing else is left to ask
};

struct TrialResult {
  bool decided = false;          ///< every combination gives the same
  Decision decision;             ///< then: what it gives
  std::vector<bool> fails;       ///< then, by requirement: it fails in every combination
  std::vector<bool> may_fail;    ///< then: it fails in some
  std::optional<Diagnostic> error;  ///< then, where a value that is needed never exists: why
  std::vector<OpenCause> causes; ///< else: what can still change the outcome
  bool exact = true;             ///< each of `causes` was seen to change it
};

/// A row of the decided level whose decision is open, and what its household is told by; null in bulk.
struct OpenSubjectRow {
  std::int32_t row = 0;
  const Household* details = nullptr;
};

/// A result for each of `open`. Copies of all their households are evaluated together, some at a time: most of the time of few copies is the walk over
/// the plan. What comes back is the same as of each alone.
/// Precondition: an evaluation of one plan of which every value can be read.
std::vector<TrialResult> try_answers(const Evaluated& e, std::span<const OpenSubjectRow> open, int trials, CopiesMemory& memory);

}  // namespace duly
