#pragma once

// What the copies of a `Ruleset` share.
//
// Threads: all const functions may be called at once from any number of threads.

#include "duly/ruleset.h"
#include "engine/programs.h"

namespace duly {

/// What a request sets, read. Errors: E306.
Result<RequestOverrides> overrides_from(const Request& request);

/// How a request wants to be decided.
DecideOptions options_from(const Request& request);

class Ruleset::State : public Programs {
 public:
  using Programs::Programs;
};

}  // namespace duly
