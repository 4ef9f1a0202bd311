#pragma once

// The text of a file that stands open in an editor, and places in it as the protocol counts them: lines from 0, and in a line units of UTF-16, or bytes
// where both sides agreed on UTF-8. A line ends with a line feed, a carriage return, or both.
//
// Threads: no shared state.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

enum class PositionUnit : std::uint8_t { utf16, utf8 };

struct TextPosition {
  std::size_t line = 0;
  std::size_t character = 0;
  friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

class OpenText {
 public:
  /// `text` is UTF-8.
  explicit OpenText(std::string text = "") { set(std::move(text)); }

  [[nodiscard]] const std::string& text() const { return text_; }
  void set(std::string text);

  /// The byte at a position. Past the end of a line is its end, past the last line the end of the text, inside a character its first byte.
  [[nodiscard]] std::size_t offset_of(TextPosition at, PositionUnit unit) const;
  [[nodiscard]] TextPosition position_of(std::size_t offset, PositionUnit unit) const;
  /// Bytes of a line without its end.
  [[nodiscard]] std::string_view line(std::size_t index) const;

  /// Puts `with` in the place of what stands between two positions. Where an end cuts a pair of UTF-16 in two, U+FFFD stands for the half that stays, so
  /// that both sides go on counting alike.
  void replace(TextPosition from, TextPosition to, std::string_view with, PositionUnit unit);

 private:
  [[nodiscard]] bool cuts_pair(TextPosition at, std::size_t offset, PositionUnit unit) const;

  std::string text_;
  std::vector<std::size_t> starts_;
};

}  // namespace duly
