#pragma once

// What the copies of a `Ruleset` share.
//
// Threads: all const functions may be called at once from any number of threads.

#include "duly/ruleset.h"
#include "engine/programs.h"

namespace duly {

class Ruleset::State : public Programs {
 public:
  using Programs::Programs;
};

}  // namespace duly
