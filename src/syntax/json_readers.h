#pragma once

// The two ways through JSON: a fast one where there is nothing to complain of, and one that finds every mistake. Where the first comes through, both
// make the same tree.
//
// Threads: each thread keeps the memory of one fast reading of a short document.

#include <optional>
#include <string_view>

#include "syntax/yaml.h"

namespace duly {

/// Records and lists inside each other, at most.
inline constexpr std::size_t max_json_depth = 200;

/// Past the text that opens at `at`; past the end of its line if it does not close there.
std::size_t past_json_text(std::string_view text, std::size_t at);

/// The tree of clean UTF-8; nothing where something in it is wrong, or takes more than a look to tell, such as a number with an exponent.
std::optional<Node> read_sound_json(const SourcePtr& source);

/// The tree of any clean UTF-8, as far as it can be read; mistakes are added to `errors`.
Node read_any_json(const SourcePtr& source, std::vector<Diagnostic>& errors);

}  // namespace duly
