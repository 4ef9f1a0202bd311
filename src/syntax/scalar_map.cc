#include "syntax/scalar_map.h"

#include <algorithm>

#include "syntax/yaml_text.h"

namespace duly {
namespace {

bool is_space(char c) { return is_blank(c) || is_break(c); }

std::size_t behind_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

std::size_t count_breaks(std::string_view text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

std::size_t utf8_length(std::size_t code_point) { return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4; }

std::size_t hex_value(std::string_view digits) {
  std::size_t value = 0;
  for (const char c : digits) value = value * 16 + static_cast<std::size_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  return value;
}

/// An escape in the file and how many bytes of the value it gives.
struct Escape {
  std::size_t source_length, value_length;
};

Escape yaml_escape(std::string_view at_backslash) {
  const char kind = byte_at(at_backslash, 1);
  const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits > 0) return {2 + digits, utf8_length(hex_value(at_backslash.substr(2, digits)))};
  return {2, kind == 'L' || kind == 'P' ? 3U : 1U};
}

/// A surrogate pair of two escapes is one character.
Escape json_escape(std::string_view at_backslash) {
  if (byte_at(at_backslash, 1) != 'u') return {2, 1};
  const std::size_t unit = hex_value(at_backslash.substr(2, 4));
  return unit >= 0xD800 && unit < 0xDC00 ? Escape{12, 4} : Escape{6, utf8_length(unit)};
}

}  // namespace

/// The two cursors, and the runs they leave behind.
class ScalarWalk {
 public:
  ScalarWalk(std::string_view file, std::size_t begin, std::string_view value) : file_(file), value_(value), source_(begin) {}

  bool plain() {
    map_.empty_ = source_;
    while (read_ < value_.size())
      if (!(is_space(value_[read_]) ? spaces() : same_byte())) return false;
    map_.end_ = source_;
    return true;
  }

  /// Blanks and breaks of a folded block are compared as runs: which of them a fold keeps is the parser's business.
  bool folded() {
    const std::size_t indicator = source_;
    source_ = line_end(file_, source_);
    map_.empty_ = source_;
    while (read_ < value_.size()) {
      if (!is_space(value_[read_]) && is_space(byte_at(file_, source_))) source_ = behind_spaces(file_, source_);
      if (is_space(value_[read_]) && !is_space(byte_at(file_, source_)) && source_ < file_.size()) return false;
      if (!(is_space(value_[read_]) ? spaces() : same_byte())) return false;
    }
    map_.end_ = end_of_folded(indicator);
    return true;
  }

  /// Line k of the value is the rest, after its indentation, of line k below the indicator.
  bool block() {
    source_ = line_end(file_, source_);
    map_.empty_ = map_.end_ = source_;
    while (read_ < value_.size()) {
      if (source_ >= file_.size()) return false;
      const std::size_t start = source_ + (file_[source_] == '\r' ? 2 : 1);
      const std::size_t stop = line_end(file_, start);
      const std::string_view line = value_.substr(read_, value_.find('\n', read_) - read_);
      if (start + line.size() > stop || file_.substr(stop - line.size(), line.size()) != line) return false;
      if (file_.substr(start, stop - line.size() - start).find_first_not_of(' ') != std::string_view::npos) return false;
      source_ = stop - line.size();
      if (!line.empty()) take(line.size(), line.size());
      map_.end_ = stop;
      if (read_ < value_.size()) add_run(1, std::min<std::size_t>(byte_at(file_, stop) == '\r' ? 2 : 1, file_.size() - stop));
      source_ = stop;
    }
    return true;
  }

  bool quoted(Style style) {
    const char quote = byte_at(file_, source_);
    map_.empty_ = ++source_;
    while (source_ < file_.size() && !(file_[source_] == quote && !is_doubled(quote))) {
      const char c = file_[source_];
      const bool ok = c == quote ? take(2, 1) : c == '\\' && quote == '"' ? escape(style) : is_space(c) ? spaces_in_quotes() : same_byte();
      if (!ok) return false;
    }
    map_.end_ = source_ + 1;
    return source_ < file_.size() && read_ == value_.size();
  }

  ScalarMap finish() {
    map_.size_ = value_.size();
    return std::move(map_);
  }

 private:
  [[nodiscard]] bool is_doubled(char quote) const { return quote == '\'' && byte_at(file_, source_ + 1) == quote; }

  /// Lines of blanks below the text belong to it if they are kept (`>+`) or deeper than the text.
  [[nodiscard]] std::size_t end_of_folded(std::size_t indicator) const {
    std::size_t last = source_;
    while (last > indicator && is_space(file_[last - 1])) --last;
    const std::string_view indicators = file_.substr(indicator, file_.find_first_not_of("0123456789+-", indicator + 1) - indicator);
    const std::size_t text = value_.find_last_not_of(" \t\n");
    const std::size_t tail = text == std::string_view::npos ? 0 : value_.find('\n', text);
    const bool has_blanks = tail != std::string_view::npos && value_.find_first_of(" \t", tail) != std::string_view::npos;
    if (!has_blanks && indicators.find('+') == std::string_view::npos) return line_end(file_, last);
    const std::size_t next_line = source_ < file_.size() ? line_begin(file_, source_) : source_;
    return next_line > last ? line_end(file_, std::max(last, next_line - 1)) : line_end(file_, last);
  }

  void add_run(std::size_t value_length, std::size_t source_length) {
    auto& runs = map_.runs_;
    const bool linear = value_length == source_length;
    if (linear && !runs.empty() && runs.back().value_length == runs.back().source_length &&
        runs.back().source + runs.back().source_length == source_) {
      runs.back().value_length += value_length;
      runs.back().source_length += source_length;
    } else {
      runs.push_back({read_, value_length, source_, source_length});
    }
    read_ += value_length;
  }

  /// `source_length` bytes of the file gave `value_length` bytes of the value.
  bool take(std::size_t source_length, std::size_t value_length) {
    if (source_ + source_length > file_.size() || read_ + value_length > value_.size()) return false;
    if (value_length > 0) add_run(value_length, source_length);
    source_ += source_length;
    return true;
  }

  bool same_byte() { return byte_at(file_, source_) == byte_at(value_, read_) && take(1, 1); }

  /// Blanks as written, or a fold: both sides have spaces here, at least one each.
  bool spaces() {
    const std::size_t value_length = behind_spaces(value_, read_) - read_;
    const std::size_t source_length = behind_spaces(file_, source_) - source_;
    if (source_length == 0 && source_ < file_.size()) return false;
    return take(source_length, value_length);
  }

  /// One break folds to a blank, more to one fewer breaks; blanks around them vanish. At the very end the parser may keep fewer.
  bool spaces_in_quotes() {
    const std::size_t stop = behind_spaces(file_, source_);
    const std::string_view spaces = file_.substr(source_, stop - source_);
    const std::size_t breaks = count_breaks(spaces);
    if (breaks == 0) {
      const bool same = value_.substr(read_, spaces.size()) == spaces;
      return same && take(spaces.size(), spaces.size());
    }
    return take(spaces.size(), count_of(breaks == 1 ? ' ' : '\n', breaks == 1 ? 1 : breaks - 1));
  }

  /// How many of the next bytes of the value are `c`, at most `most`.
  [[nodiscard]] std::size_t count_of(char c, std::size_t most) const {
    std::size_t count = 0;
    while (count < most && read_ + count < value_.size() && value_[read_ + count] == c) ++count;
    return count;
  }

  bool escape(Style style) {
    if (is_break(byte_at(file_, source_ + 1))) {
      const std::size_t stop = behind_spaces(file_, source_ + 1);
      const std::size_t breaks = count_breaks(file_.substr(source_, stop - source_));
      return take(stop - source_, count_of('\n', breaks - 1));
    }
    const auto found = style == Style::json_text ? json_escape(file_.substr(source_)) : yaml_escape(file_.substr(source_));
    return take(found.source_length, found.value_length);
  }

  std::string_view file_, value_;
  std::size_t source_, read_ = 0;
  ScalarMap map_;
};

std::optional<std::size_t> verbatim_at(std::string_view file, std::size_t begin, Style style, std::string_view value) {
  if (style == Style::plain || style == Style::json_bare) {
    if (file.substr(begin, value.size()) == value) return begin;
  } else if (style == Style::quoted || style == Style::json_text) {
    const char quote = byte_at(file, begin);
    const std::size_t close = begin + 1 + value.size();
    const bool doubled = quote == '\'' && byte_at(file, close + 1) == quote;
    if (byte_at(file, close) == quote && !doubled && file.substr(begin + 1, value.size()) == value) return begin + 1;
  }
  return std::nullopt;
}

std::optional<std::size_t> end_of_scalar(std::string_view file, std::size_t begin, Style style, std::string_view value) {
  if (const auto at = verbatim_at(file, begin, style, value)) return *at + value.size() + (*at - begin);
  const auto map = ScalarMap::of(file, begin, style, value);
  if (!map) return std::nullopt;
  return map->scalar_end();
}

std::optional<ScalarMap> ScalarMap::of(std::string_view file, std::size_t begin, Style style, std::string_view value) {
  ScalarWalk walk(file, begin, value);
  bool ok = false;
  switch (style) {
    case Style::plain:
    case Style::json_bare: ok = walk.plain(); break;
    case Style::folded: ok = walk.folded(); break;
    case Style::block: ok = walk.block(); break;
    case Style::quoted:
    case Style::json_text: ok = walk.quoted(style); break;
  }
  if (!ok) return std::nullopt;
  return walk.finish();
}

const ScalarMap::Run& ScalarMap::run_at(std::size_t offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset, [](std::size_t at, const Run& run) { return at < run.value; });
  return *(after - 1);
}

std::size_t ScalarMap::begin_of(std::size_t offset) const {
  if (runs_.empty()) return empty_;
  if (offset >= size_) return end_of(size_);
  const Run& run = run_at(offset);
  return run.value_length == run.source_length ? run.source + (offset - run.value) : run.source;
}

std::size_t ScalarMap::end_of(std::size_t offset) const {
  if (runs_.empty()) return empty_;
  if (offset == 0) return begin_of(0);
  const Run& run = run_at(std::min(offset, size_) - 1);
  return run.value_length == run.source_length ? run.source + (std::min(offset, size_) - run.value) : run.source + run.source_length;
}

Span span_in(const Node& scalar, std::size_t begin, std::size_t end) {
  const auto& source = scalar.span.source;
  if (!source || !scalar.is_scalar()) return scalar.span;
  begin = std::min(begin, scalar.text.size());
  end = std::max(begin, std::min(end, scalar.text.size()));
  if (const auto at = verbatim_at(source->text, scalar.span.begin, scalar.style, scalar.text)) return {source, *at + begin, *at + end};
  const auto map = ScalarMap::of(source->text, scalar.span.begin, scalar.style, scalar.text);
  if (!map) return scalar.span;
  const std::size_t first = map->begin_of(begin);
  return {source, first, begin >= end ? first : std::max(first, map->end_of(end))};
}

}  // namespace duly
