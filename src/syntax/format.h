#pragma once

// The canonical layout of a rule file, comments kept. `duly format` writes it.

#include <optional>
#include <string>

#include "syntax/yaml.h"

namespace duly {

/// The file in canonical layout, or the diagnostics that keep it from being read. The result reads as the same tree, every comment has the
/// same owner, and formatting it again changes nothing; where that cannot be kept there is a diagnostic E900, and the file had better stay as it is.
Result<std::string> format_rules(const SourcePtr& source);

}  // namespace duly
