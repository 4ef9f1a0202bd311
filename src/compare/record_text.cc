#include "compare/record_text.h"

#include <algorithm>
#include <string>

namespace duly {

RecordText record_text_at(std::string_view text, std::size_t begin) {
  RecordText found{begin, begin};
  for (std::size_t at = begin; at < text.size();) {
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, next - at);
    const bool says_something = line.find_first_not_of(" \r\n") != std::string_view::npos && line.front() != '#';
    if (at != begin && says_something && line.front() != ' ') break;
    if (says_something) found.end = next;
    at = next;
  }
  return found;
}

std::optional<RecordText> record_text_of(std::string_view text, std::string_view name) {
  const std::string head = std::string(name) + ":";
  if (text.starts_with(head)) return record_text_at(text, 0);
  const std::size_t before = text.find('\n' + head);
  return before == std::string_view::npos ? std::nullopt : std::optional(record_text_at(text, before + 1));
}

}  // namespace duly
