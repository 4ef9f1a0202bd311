#include "language/open_text.h"

#include <algorithm>

namespace duly {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::size_t bytes_of_character(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

std::size_t units_of_character(std::size_t bytes, PositionUnit unit) { return unit == PositionUnit::utf8 ? bytes : bytes == 4 ? 2 : 1; }

}  // namespace

void OpenText::set(std::string text) {
  text_ = std::move(text);
  starts_.assign(1, 0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'))) starts_.push_back(i + 1);
}

std::string_view OpenText::line(std::size_t index) const {
  if (index >= starts_.size()) return {};
  const std::size_t end = index + 1 < starts_.size() ? starts_[index + 1] : text_.size();
  std::string_view line = std::string_view(text_).substr(starts_[index], end - starts_[index]);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::size_t OpenText::offset_of(TextPosition at, PositionUnit unit) const {
  if (at.line >= starts_.size()) return text_.size();
  const std::string_view text = line(at.line);
  std::size_t byte = 0;
  std::size_t units = 0;
  while (byte < text.size()) {
    const std::size_t bytes = bytes_of_character(text[byte]);
    units += units_of_character(bytes, unit);
    if (units > at.character) break;
    byte += bytes;
  }
  return starts_[at.line] + std::min(byte, text.size());
}

TextPosition OpenText::position_of(std::size_t offset, PositionUnit unit) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto index = static_cast<std::size_t>(after - starts_.begin()) - 1;
  const std::string_view text = line(index);
  const std::size_t end = std::min(offset - starts_[index], text.size());
  TextPosition at{index, 0};
  for (std::size_t byte = 0; byte < end;) {
    const std::size_t bytes = bytes_of_character(text[byte]);
    if (byte + bytes > end) break;
    at.character += units_of_character(bytes, unit);
    byte += bytes;
  }
  return at;
}

/// Whether `at` lies between the two halves of the character at `offset`.
bool OpenText::cuts_pair(TextPosition at, std::size_t offset, PositionUnit unit) const {
  if (unit != PositionUnit::utf16 || offset >= text_.size() || bytes_of_character(text_[offset]) != 4) return false;
  const TextPosition start = position_of(offset, unit);
  return start.line == at.line && at.character == start.character + 1;
}

void OpenText::replace(TextPosition from, TextPosition to, std::string_view with, PositionUnit unit) {
  const std::size_t begin = offset_of(from, unit);
  std::size_t end = std::max(begin, offset_of(to, unit));
  std::string between;
  if (cuts_pair(from, begin, unit)) between += replacement;
  between += with;
  const bool is_turned = to.line < from.line || (to.line == from.line && to.character < from.character);
  if (const TextPosition last = is_turned ? from : to; cuts_pair(last, end, unit)) {
    between += replacement;
    end += 4;
  }
  set(text_.substr(0, begin) + between + text_.substr(end));
}

}  // namespace duly
