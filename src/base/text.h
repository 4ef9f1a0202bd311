#pragma once

// Small pieces of text work that several stages need.

#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// Visitor of a variant from one lambda for each case.
template <class... F>
struct overload : F... {
  using F::operator()...;
};
template <class... F>
overload(F...) -> overload<F...>;

/// Of ASCII, whatever the language.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }  ///< `_` too

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
bool is_name(std::string_view text);  ///< `[A-Za-z_][A-Za-z0-9_]*`
std::size_t code_points(std::string_view utf8);

/// The candidate nearest to `word` by edits (at most a third of its length, at least one), or empty. Ties go to the first.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// `a`, `a and b`, `a, b and c`.
std::string join_words(const std::vector<std::string>& words, std::string_view last = "and");

}  // namespace duly
