#pragma once

// One program's declarations from the rule files it reaches, and no others.

#include "resolve/declarations.h"
#include "resolve/rule_files.h"

namespace duly {

/// Reads `program.yaml` of `id`, its chapters and notices, the fact folders and definitions it names. All mistakes of all files at once, sorted by
/// file and line.
Result<std::shared_ptr<const Declarations>> declarations_from_modules(const RuleFiles& files, const std::string& id);

/// Ids of all programs: the folders that hold a `program.yaml`.
std::vector<std::string> program_ids(const RuleFiles& files);

}  // namespace duly
