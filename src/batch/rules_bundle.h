#pragma once

// All rule files that a program and the packs on it reach, in one text: what explains the results of a run later, whatever became of the rules.
//
// Threads: pure functions.

#include "duly/ruleset.h"
#include "engine/programs.h"

namespace duly {

/// JSON: the program and each file by its path. Errors: E1xx of a pack.
Result<std::string> rules_bundle(const Programs& programs, const std::string& program);
/// Errors: E500 where `text` is none.
Result<std::map<std::string, std::string>> texts_of_bundle(const std::string& text);

}  // namespace duly
