#pragma once

// All rule files that a program reaches, in one text: what explains the results of a run later, whatever became of the rules.
//
// Threads: pure functions.

#include "duly/ruleset.h"
#include "resolve/rule_files.h"

namespace duly {

struct Declarations;

/// JSON: the program, its hash, and each file by its path.
std::string rules_bundle(const RuleFiles& files, const std::string& program, const Declarations& declarations);
/// Errors: E500 where `text` is none.
Result<std::map<std::string, std::string>> texts_of_bundle(const std::string& text);

}  // namespace duly
