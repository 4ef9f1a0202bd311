#pragma once

// JSON Schemas of the files that test rules, for editors: worked cases, and maps of tables. What a household may say comes from the dictionary of a
// program, what may be expected from its rules.
//
// Threads: no shared state.

#include "resolve/rule_files.h"

namespace duly {

/// Errors: E202, and every E1xx of the program's rules.
Result<std::string> cases_schema(const std::shared_ptr<const RuleFiles>& files, const std::string& program);
Result<std::string> map_schema(const std::shared_ptr<const RuleFiles>& files, const std::string& program);

}  // namespace duly
