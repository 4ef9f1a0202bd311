#pragma once

// Lines of a form in a fixed width: a label with dots to an amount at the right edge, text wrapped under an indentation, headings.
//
// Threads: belongs to one thread.

#include <string>
#include <string_view>

#include "duly/render.h"

namespace duly {

enum class Tone : std::uint8_t { plain, heading, good, bad, open, quiet };

Tone tone_of(Outcome outcome);

class FormLayout {
 public:
  explicit FormLayout(const TextOptions& options);

  /// `Net income ........ $2,067.00 a month`; an amount that finds no room stands on a line of its own.
  void amount(std::size_t indent, std::string_view label, std::string_view value, Tone tone = Tone::plain);
  /// `left` and `right` at the two edges.
  void edges(std::string_view left, std::string_view right, Tone tone = Tone::plain);
  /// Wrapped between words; a word longer than the line is cut. Lines after the first stand `hanging` further in.
  void paragraph(std::size_t indent, std::string_view text, Tone tone = Tone::plain, std::size_t hanging = 0);
  void heading(std::string_view text);
  /// Lines as they are, such as a table wider than the form.
  void verbatim(std::string_view lines) { out_ += lines; }
  void rule(char of);
  void blank();

  [[nodiscard]] std::size_t width() const { return width_; }
  std::string take() { return std::move(out_); }

 private:
  void add(std::string_view text, Tone tone);

  std::string out_;
  std::size_t width_;
  bool color_;
};

}  // namespace duly
