#pragma once

// Every program for one household at once: what each decides, what is still to be asked by any of them, what must be proved.
//
// Threads: plain values; nothing is shared.

#include <string>
#include <vector>

#include "duly/determination.h"

namespace duly {

/// What one program decided about one unit or person.
struct Screened {
  Determination determination;
  std::string program_title;
  /// Of its dates and months the first that is not before the day of the decision, or the first of all where that day is not known; else empty. The
  /// last day for proof is none of them where it is eligible: that stands with what is to be verified.
  NamedValue next;
};

/// A program that does not decide here.
struct PassedOver {
  std::string program, title;
  std::string why;  ///< the month or the place that it does not cover
};

/// A fact that several programs may ask for or want proved, told once.
struct SharedFact {
  MissingFact fact;
  std::vector<std::string> programs;  ///< those that need it, in the order of the screening
  int determinations = 0;  ///< how many hang on it
  NamedValue by = {};  ///< of what is to be verified: the earliest of the programs' last days for it; no name where none is known
};

struct Screening {
  std::vector<Screened> decided;  ///< program by program, those that others read first, else by name
  std::vector<SharedFact> missing;  ///< the most useful first: what most determinations hang on, then what decides soonest
  std::vector<SharedFact> to_verify;  ///< in the order in which programs need them
  std::vector<PassedOver> passed_over;
  std::vector<Diagnostic> warnings;  ///< each once
};

}  // namespace duly
