#pragma once

// The canonical layout of a rule file, comments kept. `duly format` writes it.

#include <optional>
#include <string>

#include "syntax/yaml.h"

namespace duly {

/// The file in canonical layout, or the diagnostics that keep it from being read. The result reads as the same tree, every comment has the
/// same owner, and formatting it again changes nothing; where that cannot be kept the text comes back as it was, with a diagnostic E900.
Result<std::string> format_rules(const SourcePtr& source);

}  // namespace duly
