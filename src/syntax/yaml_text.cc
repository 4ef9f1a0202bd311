#include "syntax/yaml_text.h"

#include <algorithm>

namespace duly {
namespace {

std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && (is_blank(text[end - 1]) || is_break(text[end - 1]))) --end;
  return end;
}

}  // namespace

bool opens_quote(std::string_view text, std::size_t begin, std::size_t at) {
  if (text[at] != '"' && text[at] != '\'') return false;
  if (at == begin) return true;
  const char before = text[at - 1];
  return is_blank(before) || std::string_view("[{(,:=<>").find(before) != std::string_view::npos;
}

std::size_t past_quoted(std::string_view text, std::size_t at) {
  const std::size_t end = line_end(text, at);
  const char quote = text[at];
  for (++at; at < end; ++at) {
    if (quote == '"' && text[at] == '\\') ++at;
    else if (text[at] == quote) return at + 1;
  }
  return end;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t feed = text.rfind('\n', at - 1);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  const std::size_t feed = text.find('\n', at);
  if (feed == std::string_view::npos) return text.size();
  return feed > at && text[feed - 1] == '\r' ? feed - 1 : feed;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::size_t skip_to_token(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '#') at = line_end(text, at);
    else if (is_blank(text[at]) || is_break(text[at])) ++at;
    else break;
  }
  return at;
}

bool is_sound_comment(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const bool alone = text.substr(begin, at - begin).find_first_not_of(" \t") == std::string_view::npos;
  if (alone) return true;
  const char after = byte_at(text, at + 1);
  return at >= begin + 2 && is_blank(text[at - 1]) && is_blank(text[at - 2]) && (is_blank(after) || is_break(after));
}

bool is_first_on_line(std::string_view text, std::size_t at) {
  for (std::size_t i = line_begin(text, at); i < at; ++i)
    if (!is_blank(text[i]) && !(text[i] == '-' && is_blank(byte_at(text, i + 1)))) return false;
  return true;
}

std::size_t end_of_line_value(std::string_view text, std::size_t begin) {
  const std::size_t end = line_end(text, begin);
  for (std::size_t at = begin; at < end;) {
    if (opens_quote(text, begin, at)) {
      at = past_quoted(text, at);
    } else if (text[at] == '#' && is_sound_comment(text, at)) {
      return trimmed_end(text, begin, at);
    } else {
      ++at;
    }
  }
  return trimmed_end(text, begin, end);
}

std::size_t end_of_flow_value(std::string_view text, std::size_t begin) {
  const std::size_t end = end_of_line_value(text, begin);
  std::size_t depth = 0;
  for (std::size_t at = begin; at < end;) {
    const char c = text[at];
    if (opens_quote(text, begin, at)) {
      at = past_quoted(text, at);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (depth == 0) return trimmed_end(text, begin, at);
      --depth;
    } else if (c == ',' && depth == 0) {
      return trimmed_end(text, begin, at);
    }
    ++at;
  }
  return end;
}

bool is_quoted_on_line(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  for (std::size_t i = begin; i < at;) {
    if (text[i] == '#' && is_sound_comment(text, i)) return true;
    i = opens_quote(text, begin, i) ? past_quoted(text, i) : i + 1;
    if (i > at) return true;
  }
  return false;
}

std::size_t begin_of_flow_value(std::string_view text, std::size_t at) {
  const std::size_t line = line_begin(text, at);
  std::size_t begin = line;
  for (std::size_t i = line; i < at;) {
    const bool separates = std::string_view("{[,").find(text[i]) != std::string_view::npos || (text[i] == ':' && is_blank(byte_at(text, i + 1)));
    i = opens_quote(text, line, i) ? past_quoted(text, i) : i + 1;
    if (separates) begin = i;
  }
  return std::min(skip_blanks(text, begin), at);
}

std::string_view flow_key_before(std::string_view text, std::size_t value_begin) {
  std::size_t end = value_begin;
  while (end > 0 && is_blank(text[end - 1])) --end;
  if (end == 0 || text[end - 1] != ':') return {};
  const std::size_t begin = begin_of_flow_value(text, end - 1);
  return text.substr(begin, trimmed_end(text, begin, end - 1) - begin);
}

LineParts parts_of_line(std::string_view text, std::size_t begin) {
  const std::size_t end = line_end(text, begin);
  std::size_t at = skip_blanks(text, begin);
  while (at < end && text[at] == '-' && is_blank(byte_at(text, at + 1))) at = skip_blanks(text, at + 1);
  const std::size_t first = at;
  if (at < end && (text[at] == '{' || text[at] == '[')) return {first, first, first, end_of_line_value(text, first)};
  if (at < end && (text[at] == '"' || text[at] == '\'')) at = past_quoted(text, at);
  for (; at < end; ++at) {
    const char after = byte_at(text, at + 1);
    if (text[at] != ':' || !(is_blank(after) || is_break(after))) continue;
    const std::size_t value = std::min(skip_blanks(text, at + 1), end);
    return {first, trimmed_end(text, first, at), value, std::max(value, end_of_line_value(text, value))};
  }
  return {first, first, first, std::max(first, end_of_line_value(text, first))};
}

std::string in_quotes(std::string_view value) {
  if (value.find_first_of("\"\\\n") == std::string_view::npos) return '"' + std::string(value) + '"';
  if (value.find_first_of("'\n") == std::string_view::npos) return '\'' + std::string(value) + '\'';
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out + '"';
}

}  // namespace duly
