#pragma once

// The characters of a formula: how long each is, what the escapes of a text stand for, and how a piece of a formula is shown to people.
//
// Threads: pure functions.

#include <optional>
#include <string>
#include <string_view>

#include "syntax/formula_text.h"

namespace duly {

inline bool is_gap(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Length of the UTF-8 character at the start of `text`; 1 for a byte that starts none.
std::size_t length_of_character(std::string_view text);

/// What a text says, its escapes resolved. `quoted` is a text with its quotes that starts at byte `begin` of the formula.
std::optional<std::string> text_value(std::string_view quoted, std::size_t begin, std::optional<FormulaMistake>& mistake);

/// Source text as it is shown inside a message: on one line, and not much of it.
std::string shown(std::string_view text);

}  // namespace duly
