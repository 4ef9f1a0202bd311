#include "render/layout.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

constexpr int least_width = 40;
constexpr int most_width = 400;
constexpr std::size_t least_dots = 3;

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::heading: return "\033[1m";
    case Tone::good: return "\033[1;32m";
    case Tone::bad: return "\033[1;31m";
    case Tone::open: return "\033[1;33m";
    case Tone::quiet: return "\033[2m";
  }
  return "";
}

/// Byte length of the first `count` code points.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --count;
  }
  return at;
}

}  // namespace

Tone tone_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::eligible: return Tone::good;
    case Outcome::ineligible:
    case Outcome::error: return Tone::bad;
    default: return Tone::open;
  }
}

FormLayout::FormLayout(const TextOptions& options)
    : width_(static_cast<std::size_t>(std::clamp(options.width, least_width, most_width))), color_(options.color) {
  out_.reserve(4096);
}

void FormLayout::add(std::string_view text, Tone tone) {
  const std::string_view escape = color_ ? escape_of(tone) : "";
  out_.append(escape).append(text);
  if (!escape.empty()) out_ += "\033[0m";
}

void FormLayout::blank() { out_ += '\n'; }

void FormLayout::rule(char of) {
  out_.append(width_, of);
  out_ += '\n';
}

void FormLayout::heading(std::string_view text) {
  blank();
  add(text, Tone::heading);
  out_ += '\n';
}

void FormLayout::edges(std::string_view left, std::string_view right, Tone tone) {
  const std::size_t used = code_points(left) + code_points(right);
  add(left, Tone::heading);
  if (right.empty()) {
    out_ += '\n';
    return;
  }
  if (used + 2 > width_) {
    out_ += '\n';
    out_.append(width_ - std::min(width_, code_points(right)), ' ');
  } else {
    out_.append(width_ - used, ' ');
  }
  add(right, tone);
  out_ += '\n';
}

void FormLayout::amount(std::size_t indent, std::string_view label, std::string_view value, Tone tone) {
  const std::size_t label_width = code_points(label);
  const std::size_t value_width = code_points(value);
  if (value.empty()) return paragraph(indent, label, tone, 2);
  if (indent + label_width + value_width + least_dots + 2 <= width_) {
    out_.append(indent, ' ');
    out_.append(label).append(" ");
    out_.append(width_ - indent - label_width - value_width - 2, '.');
    out_ += ' ';
    add(value, tone);
    out_ += '\n';
    return;
  }
  paragraph(indent, label, Tone::plain, 2);
  if (value_width + indent + 2 <= width_) {
    out_.append(width_ - value_width, ' ');
    add(value, tone);
    out_ += '\n';
  } else {
    paragraph(indent + 2, value, tone);
  }
}

void FormLayout::paragraph(std::size_t indent, std::string_view text, Tone tone, std::size_t hanging) {
  indent = std::min(indent, width_ / 2);
  std::string_view rest = trim(text);
  bool first = true;
  while (!rest.empty()) {
    const std::size_t margin = first ? indent : std::min(indent + hanging, width_ / 2);
    std::size_t length = bytes_of(rest, width_ - margin);
    if (length < rest.size() && rest[length] != ' ')
      if (const std::size_t blank = rest.rfind(' ', length); blank != std::string_view::npos && blank > 0) length = blank;
    out_.append(margin, ' ');
    add(trim(rest.substr(0, length)), tone);
    out_ += '\n';
    rest = trim(rest.substr(length));
    first = false;
  }
}

}  // namespace duly
