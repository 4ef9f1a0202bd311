#include "base/source.h"

#include <algorithm>

#include "base/text.h"

namespace duly {

SourcePtr make_source(std::string path, std::string text) {
  auto source = std::make_shared<Source>();
  source->path = std::move(path);
  source->text = std::move(text);
  source->line_starts.push_back(0);
  const std::string& kept = source->text;
  for (std::size_t i = kept.find('\n'); i != std::string::npos; i = kept.find('\n', i + 1)) source->line_starts.push_back(i + 1);
  return source;
}

Place place_of(const Source& source, std::size_t offset) {
  offset = std::min(offset, source.text.size());
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - source.line_starts.begin());
  const std::size_t start = source.line_starts[line - 1];
  const auto column = code_points(std::string_view(source.text).substr(start, offset - start)) + 1;
  return {static_cast<int>(line), static_cast<int>(column)};
}

std::string_view line_text(const Source& source, int line) {
  const auto index = static_cast<std::size_t>(line - 1);
  if (line < 1 || index >= source.line_starts.size()) return {};
  const std::size_t start = source.line_starts[index];
  const std::size_t stop = index + 1 < source.line_starts.size() ? source.line_starts[index + 1] - 1 : source.text.size();
  std::string_view line_of_text = std::string_view(source.text).substr(start, stop - start);
  if (!line_of_text.empty() && line_of_text.back() == '\r') line_of_text.remove_suffix(1);
  return line_of_text;
}

std::string_view text_of(const Span& span) {
  if (!span.source || span.begin >= span.source->text.size()) return {};
  return std::string_view(span.source->text).substr(span.begin, span.end - span.begin);
}

/// A longer line is not repeated: a document may be one line of many megabytes, with a mistake in each of its facts.
constexpr std::size_t longest_line_shown = 1000;

Diagnostic diagnostic_at(Code code, const Span& where, std::string message, std::string help) {
  Diagnostic d;
  d.code = code;
  d.message = std::move(message);
  d.help = std::move(help);
  if (!where.source) return d;
  d.file = where.source->path;
  const Place place = place_of(*where.source, where.begin);
  d.line = place.line;
  d.column = place.column;
  const std::string_view line = line_text(*where.source, place.line);
  if (line.size() <= longest_line_shown) d.source_line = std::string(line);
  const std::size_t line_end = where.source->line_starts[static_cast<std::size_t>(place.line - 1)] + line.size();
  const std::size_t end = std::min(std::max(where.end, where.begin), line_end);
  d.caret_length = end > where.begin ? static_cast<int>(code_points(std::string_view(where.source->text).substr(where.begin, end - where.begin))) : 1;
  return d;
}

/// How many bytes from `at` on are printable ASCII or line feeds, counted in steps.
static std::size_t plain_bytes(std::string_view text, std::size_t at) {
  constexpr std::size_t step = 16;
  const std::size_t begin = at;
  for (; text.size() - at >= step; at += step) {
    unsigned char odd = 0;
    for (const char c : text.substr(at, step)) {
      const auto byte = static_cast<unsigned char>(c);
      odd |= static_cast<unsigned char>(static_cast<unsigned char>(byte - 0x20U) > 0x5EU) & static_cast<unsigned char>(c != '\n');
    }
    if (odd != 0) break;
  }
  return at - begin;
}

std::string unreadable(std::string_view text, std::size_t& at) {
  at = 0;
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") return "the file is UTF-16; save it as UTF-8";
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return "the file starts with a byte order mark; save it as UTF-8 without one";
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  while (at < text.size()) {
    at += plain_bytes(text, at);
    if (at == text.size()) break;
    const unsigned first = byte(at);
    if (first < 0x80) {
      if (first == '\r' && byte(at + 1) != '\n') return "a carriage return stands alone; use line feeds";
      if ((first < 0x20 && first != '\n' && first != '\r' && first != '\t') || first == 0x7F) return "a control character";
      ++at;
      continue;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return "invalid UTF-8";
    unsigned point = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at + i) & 0xC0U) != 0x80U) return "invalid UTF-8";
      point = point << 6U | (byte(at + i) & 0x3FU);
    }
    const bool too_long = (length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF));
    if (too_long || (point >= 0xD800 && point <= 0xDFFF)) return "invalid UTF-8";
    if (point >= 0x80 && point < 0xA0) return "a control character";
    at += length;
  }
  return "";
}

}  // namespace duly
