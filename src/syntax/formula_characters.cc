#include "syntax/formula_characters.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

/// The four hexadecimal digits at the start of `text`.
std::optional<unsigned> hex4(std::string_view text) {
  unsigned value = 0;
  if (text.size() < 4) return std::nullopt;
  for (const char c : text.substr(0, 4)) {
    const char letter = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (letter < 'a' || letter > 'f')) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : letter - 'a' + 10);
  }
  return value;
}

void append_utf8(std::string& out, unsigned point) {
  const auto byte = [&](unsigned value) { out += static_cast<char>(value); };
  const auto tail = [&](unsigned shift) { byte(0x80U | (point >> shift & 0x3FU)); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) return byte(0xC0U | point >> 6U), tail(0);
  if (point < 0x10000) return byte(0xE0U | point >> 12U), tail(6), tail(0);
  byte(0xF0U | point >> 18U), tail(12), tail(6), tail(0);
}

/// The character that a `\u...` at the start of `rest` stands for, and how many bytes spell it. No control characters, no halves of a pair.
struct Escaped {
  unsigned point;
  std::size_t length;
};
std::optional<Escaped> unicode_escape(std::string_view rest) {
  const auto first = hex4(rest.substr(2));
  if (!first || *first < 0x20 || (*first >= 0x7F && *first < 0xA0)) return std::nullopt;
  if (*first < 0xD800 || *first > 0xDFFF) return Escaped{*first, 6};
  const std::string_view low = rest.substr(std::min<std::size_t>(6, rest.size()));
  const auto second = low.substr(0, 2) == "\\u" ? hex4(low.substr(2)) : std::nullopt;
  if (*first > 0xDBFF || !second || *second < 0xDC00 || *second > 0xDFFF) return std::nullopt;
  return Escaped{0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), 12};
}

}  // namespace

std::size_t length_of_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (length == 1 || length > text.size()) return 1;
  std::size_t bad = 0;
  return unreadable(text.substr(0, length), bad).empty() ? length : 1;
}

std::optional<std::string> text_value(std::string_view quoted, std::size_t begin, std::optional<FormulaMistake>& mistake) {
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  std::string out;
  for (std::size_t at = 0; at < inner.size();) {
    if (inner[at] != '\\') {
      out += inner[at++];
      continue;
    }
    const std::string_view rest = inner.substr(at);
    if (const auto escaped = rest[1] == 'u' ? unicode_escape(rest) : std::nullopt) {
      append_utf8(out, escaped->point);
      at += escaped->length;
    } else if (rest[1] == '"' || rest[1] == '\\' || rest[1] == 'n' || rest[1] == 't') {
      out += rest[1] == 'n' ? '\n' : rest[1] == 't' ? '\t' : rest[1];
      at += 2;
    } else {
      const std::size_t length = 1 + length_of_character(rest.substr(1));
      mistake = FormulaMistake{begin + 1 + at, begin + 1 + at + length, "`" + shown(rest.substr(0, length)) + "` stands for no character",
                               "in a text `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u00e9` are known; a backslash is written `\\\\`"};
      return std::nullopt;
    }
  }
  return out;
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() > most) return out + "...";
    const std::size_t length = length_of_character(text.substr(at));
    const auto first = static_cast<unsigned char>(text[at]);
    if (is_gap(text[at])) {
      if (out.empty() || out.back() != ' ') out += ' ';
    } else {
      out += length == 1 && (first < 0x20 || first >= 0x7F) ? "?" : std::string(text.substr(at, length));
    }
    at += length;
  }
  return out;
}

}  // namespace duly
