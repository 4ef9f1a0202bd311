#include "syntax/mistakes.h"

#include <algorithm>
#include <iterator>

namespace duly {

Mistake mistake_at(Code code, const SourcePtr& source, std::size_t begin, std::size_t end, std::string message, std::string help) {
  return {begin, diagnostic_at(code, {source, begin, end}, std::move(message), std::move(help))};
}

void Mistakes::add(Mistake mistake) {
  const auto behind = std::upper_bound(all_.begin(), all_.end(), mistake.at, [](std::size_t at, const Mistake& other) { return at < other.at; });
  all_.insert(behind, std::move(mistake));
}

bool Mistakes::any_in(std::size_t begin, std::size_t end) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Mistake& m) { return m.at >= begin && m.at < end; });
}

void Mistakes::move_to(std::vector<Diagnostic>& errors) {
  std::transform(all_.begin(), all_.end(), std::back_inserter(errors), [](Mistake& m) { return std::move(m.said); });
  all_.clear();
}

bool check_readable(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  std::size_t at = 0;
  const std::string why = unreadable(source->text, at);
  if (why.empty()) return true;
  Mistake mistake = mistake_at(Code::unreadable_text, source, at, at + 1, why);
  const std::size_t line = source->line_starts[static_cast<std::size_t>(std::max(mistake.said.line, 1) - 1)];
  if (!mistake.said.source_line.empty()) mistake.said.source_line = source->text.substr(line, at - line);
  if (!mistake.said.source_line.empty()) mistake.said.source_line += '?';
  mistake.said.caret_length = 1;
  errors.push_back(std::move(mistake.said));
  return false;
}

std::size_t find_control_character(std::string_view value) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    const auto byte = static_cast<unsigned char>(value[at]);
    const bool low = byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r';
    const bool high = byte == 0xC2 && at + 1 < value.size() && static_cast<unsigned char>(value[at + 1]) < 0xA0;
    if (low || high || byte == 0x7F) return at;
  }
  return std::string_view::npos;
}

std::string in_backquotes(std::string_view text) {
  constexpr std::size_t longest = 300;
  if (text.size() <= longest) return '`' + std::string(text) + '`';
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return '`' + std::string(text.substr(0, cut)) + "...`";
}

}  // namespace duly
