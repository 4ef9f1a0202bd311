#pragma once

// Names of programs: folders below the rules folder.
//
// Threads: no shared state.

#include <optional>
#include <string>
#include <vector>

#include "duly/diagnostic.h"

namespace duly {

/// E504 where `id` is not one or more words of small letters, digits and `_` between `/`.
std::optional<Diagnostic> no_program_id(const std::string& id);

/// `a/b/c` as its three words.
std::vector<std::string> parts_of_id(const std::string& id);

/// `Heating help` of `us/heating_help`.
std::string title_from(const std::string& id);

/// E504.
Diagnostic cannot_begin(std::string message, std::string help);

}  // namespace duly
