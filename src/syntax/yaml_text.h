#pragma once

// Small questions about a line of YAML text, asked by the checks, the explanations and the formatter.

#include <cstddef>
#include <string>
#include <string_view>

namespace duly {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_break(char c) { return c == '\n' || c == '\r'; }

/// The byte at `at`, or a line feed past the end.
inline char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\n'; }

std::size_t line_begin(std::string_view text, std::size_t at);
/// Offset of the line feed (or of the CR LF) that ends the line of `at`.
std::size_t line_end(std::string_view text, std::size_t at);
/// First byte at or after `at` that is no blank.
std::size_t skip_blanks(std::string_view text, std::size_t at);
/// First byte at or after `at` that is no blank, no line break and not in a comment.
std::size_t skip_to_token(std::string_view text, std::size_t at);

/// A `#` at `at` is a comment as this language wants it: alone on its line, or with two blanks before; and a blank or the end of the line after.
bool is_sound_comment(std::string_view text, std::size_t at);
/// Nothing but blanks and list dashes stands before `at` on its line.
bool is_first_on_line(std::string_view text, std::size_t at);

/// A quote at `at` opens a text: it stands where a token can begin. The apostrophe of "mother's" does not.
bool opens_quote(std::string_view text, std::size_t begin, std::size_t at);
/// Past the quoted text that opens at `at`, or the end of the line if it does not close there.
std::size_t past_quoted(std::string_view text, std::size_t at);
/// `at` stands in a quoted text or a comment of its line.
bool is_quoted_on_line(std::string_view text, std::size_t at);

/// Where a value that begins at `begin` would end if it were the rest of its line, a sound comment left off.
std::size_t end_of_line_value(std::string_view text, std::size_t begin);
/// The same inside { } or [ ]: at the `,` or closing bracket that is not inside brackets opened by the value. `[6..19)` counts as closed.
std::size_t end_of_flow_value(std::string_view text, std::size_t begin);

/// Begin of the value in { } or [ ] that `at` belongs to, on its line.
std::size_t begin_of_flow_value(std::string_view text, std::size_t at);
/// The key in { } whose value begins at `value_begin`, or nothing.
std::string_view flow_key_before(std::string_view text, std::size_t value_begin);

/// A line `- key: value` taken apart. Without a key `key_begin == key_end`, and the value is all that follows the dashes.
struct LineParts {
  std::size_t key_begin, key_end, value_begin, value_end;
};
LineParts parts_of_line(std::string_view text, std::size_t line_begin);

/// `value` as a quoted scalar on one line: in double quotes if nothing must be escaped, else in single ones, else escaped.
std::string in_quotes(std::string_view value);

}  // namespace duly
