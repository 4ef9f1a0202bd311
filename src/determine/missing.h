#pragma once

// The list of what is missing, over all subjects of a household: what would settle most comes first.
//
// Threads: belongs to the thread that reads.

#include "determine/trial.h"

namespace duly {

/// What is missing for one subject, each fact of a row once.
struct OpenSubject {
  std::size_t determination = 0;  ///< whose it is
  std::vector<OpenCause> causes;
};

/// Fills in `missing` of each open subject's determination. Order: how many open subjects a fact touches, then how many it settles alone, then the
/// order of the dictionary; a fact that decides whether another is needed comes before it; what may not be asked comes last.
/// `with_questions`: how it is asked and what may be answered too, not only which fact it is.
void list_missing(const Evaluated& e, const Labels& labels, const std::vector<OpenSubject>& subjects, bool with_questions,
                  std::vector<Determination>& out);

}  // namespace duly
