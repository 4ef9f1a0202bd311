#include "language/protocol.h"

#include <algorithm>

namespace duly {
namespace {

using Json = nlohmann::json;

/// The byte behind `count` characters of `line`.
std::size_t bytes_of(std::string_view line, int count) {
  std::size_t byte = 0;
  for (int i = 0; i < count && byte < line.size(); ++i) {
    ++byte;
    while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0U) == 0x80U) ++byte;
  }
  return byte;
}

std::string words_of(const Diagnostic& d) {
  std::string words = d.message;
  if (!d.rule.empty()) words += "\nin `" + d.rule + "`" + (d.cite.empty() ? "" : ", " + d.cite);
  if (!d.help.empty()) words += "\nhelp: " + d.help;
  return words;
}

}  // namespace

TextPosition position_from_json(const Json& position) {
  return {position.at("line").get<std::size_t>(), position.at("character").get<std::size_t>()};
}

Json to_json(TextPosition position) { return {{"line", position.line}, {"character", position.character}}; }

Json range_to_json(const OpenText& text, std::size_t begin, std::size_t end, PositionUnit unit) {
  return {{"start", to_json(text.position_of(begin, unit))}, {"end", to_json(text.position_of(end, unit))}};
}

Json diagnostic_to_json(const Diagnostic& d, const OpenText& text, PositionUnit unit) {
  const auto index = static_cast<std::size_t>(std::max(d.line - 1, 0));
  const std::string_view line = text.line(index);
  const std::size_t start = text.offset_of({index, 0}, unit);
  const std::size_t begin = bytes_of(line, d.column - 1);
  const std::size_t end = bytes_of(line, d.column - 1 + std::max(d.caret_length, d.line > 0 ? 1 : 0));
  Json out{{"range", range_to_json(text, start + begin, start + end, unit)},
           {"severity", d.severity == Severity::error ? 1 : 2},
           {"code", code_text(d.code)},
           {"source", "duly"},
           {"message", words_of(d)}};
  if (d.code == Code::unused) out["tags"] = {1};  // shown faded
  return out;
}

}  // namespace duly
