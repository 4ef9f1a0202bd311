#include "syntax/yaml_traps.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

/// What an explanation looks at.
struct Scene {
  const SourcePtr& source;
  std::string_view text;
  std::size_t begin;  ///< of the stretch
  const Stop& stop;
  std::size_t line;   ///< begin of the line where the parser gave up
  LineParts parts;    ///< of that line

  [[nodiscard]] char here() const { return byte_at(text, stop.at); }
  [[nodiscard]] std::string slice(std::size_t from, std::size_t to) const { return from < to ? std::string(text.substr(from, to - from)) : ""; }
};

using Explanation = std::optional<Mistake>;

/// `key: "value"` with the key of the value that begins at `at`, if it has one.
std::string with_quotes(const Scene& scene, std::size_t at, std::string_view value) {
  const std::string_view key = flow_key_before(scene.text, at);
  return (key.empty() ? "" : std::string(key) + ": ") + in_quotes(value);
}

Mistake put_in_quotes(const Scene& scene, Code code, std::size_t begin, std::size_t end, std::string message) {
  return mistake_at(code, scene.source, begin, end, std::move(message),
                    "put it in quotes: " + in_backquotes(with_quotes(scene, begin, scene.slice(begin, end))));
}

/// Each `{` or `[` in bytes [from, to) that is not closed there, the outermost first.
std::vector<std::size_t> open_brackets(std::string_view text, std::size_t from, std::size_t to) {
  std::vector<std::size_t> open;
  for (std::size_t at = from; at < to; ++at) {
    const char c = text[at];
    if (opens_quote(text, from, at)) at = std::max(at, past_quoted(text, at) - 1);
    else if (c == '[' || c == '{') open.push_back(at);
    else if ((c == ']' || c == '}') && !open.empty()) open.pop_back();
  }
  return open;
}

/// The innermost one that is open where the parser gave up. It reads a line ahead, so what it knows may be short of that place.
std::size_t innermost_open(const Scene& scene) {
  const auto behind = open_brackets(scene.text, std::max(scene.begin, scene.stop.last.end), scene.stop.at);
  return behind.empty() ? scene.stop.open_flow : behind.back();
}

std::size_t value_end(const Scene& scene, std::size_t begin) {
  return innermost_open(scene) == nowhere ? end_of_line_value(scene.text, begin) : end_of_flow_value(scene.text, begin);
}

// ---- what this language refuses

Explanation odd_space(const Scene& scene) {
  const std::size_t from = std::max(scene.begin, std::min(scene.line, line_begin(scene.text, scene.stop.last.begin)));
  const OddSpace space = find_odd_space(scene.text, from, line_end(scene.text, scene.stop.at));
  if (space.name.empty() || is_quoted_on_line(scene.text, space.at)) return {};
  return odd_space_mistake(scene.source, space);
}

Explanation refused_feature(const Scene& scene) {
  if (scene.stop.fault == Fault::directive) return document_line(scene.source, scene.line);
  const bool is_tag = scene.stop.fault == Fault::tag;
  const bool is_anchor = scene.stop.fault == Fault::anchor;
  if (!is_tag && !is_anchor && scene.stop.fault != Fault::alias) return {};
  const char sign = is_tag ? '!' : is_anchor ? '&' : '*';
  std::size_t at = std::min(scene.stop.at, scene.text.size() - 1);
  while (at > scene.line && scene.text[at] != sign) --at;
  const std::size_t end = value_end(scene, at);
  const std::string meaning = is_tag ? "a tag" : is_anchor ? "an anchor" : "an alias";
  std::string help = is_tag ? "write `not x` for \"not\"; text that starts with `!` is put in quotes: " : "put it in quotes: ";
  help += in_backquotes(with_quotes(scene, at, scene.slice(at, end)));
  return mistake_at(Code::yaml_feature_refused, scene.source, at, end,
                    "`" + std::string(1, sign) + "` at the start of a value means " + meaning + ", which is not part of the language", help);
}

Explanation too_deep(const Scene& scene) {
  if (scene.stop.fault != Fault::too_deep) return {};
  return nested_too_deeply(scene.source, scene.stop.at);
}

// ---- quotes

Explanation bad_escape(const Scene& scene) {
  if (scene.stop.fault != Fault::bad_escape) return {};
  std::size_t at = std::min(scene.stop.at, scene.text.size() - 1);
  while (at > scene.line && scene.text[at] != '\\') --at;
  const char kind = byte_at(scene.text, at + 1);
  const std::size_t end = std::min(at + (kind == 'x' ? 4U : kind == 'u' ? 6U : kind == 'U' ? 10U : 2U), line_end(scene.text, at));
  return mistake_at(Code::yaml_syntax, scene.source, at, end, in_backquotes(scene.slice(at, end)) + " in double quotes is no character of a text",
                    "write `\\\\` for a backslash, or use single quotes");
}

/// The parser says only that the text ran out: the quote is the first one behind what was read.
Explanation open_quote(const Scene& scene) {
  if (scene.stop.fault != Fault::open_quote) return {};
  std::size_t at = std::max(scene.begin, scene.stop.last.end);
  const std::size_t last = std::min(scene.stop.at + 1, scene.text.size());
  while (at < last && !opens_quote(scene.text, scene.begin, at)) {
    const bool in_comment = scene.text[at] == '#' && is_sound_comment(scene.text, at);
    at = in_comment ? line_end(scene.text, at) : at + 1;
  }
  if (at >= last) return {};
  const std::string quote(1, scene.text[at]);
  return mistake_at(Code::yaml_syntax, scene.source, at, end_of_line_value(scene.text, at),
                    "a text is opened by " + in_backquotes(quote) + " and never closed", "close it by " + in_backquotes(quote) + " on the same line");
}

/// The quoted text or closed { } or [ ] right before the stop, on its line. Newer parsers stop before they say that they have read a quoted text.
std::optional<ByteRange> closed_before(const Scene& scene) {
  const Stop& stop = scene.stop;
  const std::size_t value = scene.parts.value_begin;
  const bool is_quoted = value < stop.at && opens_quote(scene.text, value, value);
  const bool is_unsaid = is_quoted && stop.last.end <= value && past_quoted(scene.text, value) <= stop.at;
  const ByteRange closed = is_unsaid ? ByteRange{value, past_quoted(scene.text, value)} : ByteRange{stop.last.begin, stop.last.end};
  if ((stop.last_is_plain && !is_unsaid) || closed.end <= closed.begin || closed.end > stop.at) return {};
  if (scene.text[closed.begin] == '|' || scene.text[closed.begin] == '>') return {};
  if (skip_blanks(scene.text, closed.end) != stop.at || stop.at >= line_end(scene.text, closed.end)) return {};
  return closed;
}

/// `"x" = y`, `[a] + b`: the value ended at its closing quote or bracket.
Explanation text_behind(const Scene& scene) {
  const Stop& stop = scene.stop;
  const bool fits =
      stop.fault == Fault::in_block || stop.fault == Fault::in_flow || stop.fault == Fault::second_document || stop.fault == Fault::stray_colon;
  const auto closed = fits ? closed_before(scene) : std::nullopt;
  if (!closed) return {};
  if (line_begin(scene.text, closed->begin) != scene.line) {
    const Place end = place_of(*scene.source, closed->end);
    return mistake_at(Code::yaml_syntax, scene.source, closed->begin, closed->begin + 1,
                      in_backquotes(scene.text.substr(closed->begin, 1)) + " is opened here and closed only in line " + std::to_string(end.line) +
                          ", with text behind it",
                      "close it where it should end, and put text that holds quotes or brackets in quotes as a whole");
  }
  return put_in_quotes(scene, Code::yaml_syntax, closed->begin, std::max(value_end(scene, closed->begin), stop.at + 1),
                       "the value ends at its closing " + in_backquotes(scene.text.substr(closed->end - 1, 1)) + "; " +
                           in_backquotes(scene.slice(stop.at, std::max(value_end(scene, stop.at), stop.at + 1))) + " stands behind it");
}

// ---- values that start in a wrong way

Explanation block_header(const Scene& scene) {
  if (scene.stop.fault != Fault::block_header) return {};
  std::size_t at = std::min(scene.stop.at, scene.text.size() - 1);
  while (at > scene.line && scene.text[at] != '|' && scene.text[at] != '>') --at;
  const char sign = scene.text[at];
  const std::size_t end = std::max(value_end(scene, at), at + 1);
  if (sign == '>') return put_in_quotes(scene, Code::yaml_syntax, at, end, "`>` at the start of a value means folded text");
  if (scene.slice(at + 1, end).find_first_of("|0123456789+-") == std::string::npos)
    return mistake_at(Code::yaml_syntax, scene.source, at, end, "text stands behind `|`", "begin it on the next line, indented by two blanks");
  const std::string key = scene.slice(scene.parts.key_begin, scene.parts.key_end);
  return mistake_at(Code::grid_shape, scene.source, at, end, "a text grid begins on the line below its `|`",
                    "write " + in_backquotes(key + ": |") + ", and below it, indented: " + in_backquotes(trim(scene.slice(at + 1, end))));
}

Explanation bad_start(const Scene& scene) {
  const char c = scene.here();
  const bool at_value = scene.stop.at == scene.parts.value_begin || is_first_on_line(scene.text, scene.stop.at);
  const bool comma = scene.stop.fault == Fault::in_block && c == ',';
  const bool close = scene.stop.fault == Fault::stray_close && at_value && innermost_open(scene) == nowhere;
  if (scene.stop.fault != Fault::bad_start && !comma && !close) return {};
  if (scene.stop.at >= scene.text.size()) return {};
  const std::string sign = c == '`' ? "a backquote" : in_backquotes(scene.text.substr(scene.stop.at, 1));
  if (scene.stop.at == scene.parts.key_begin && scene.parts.key_end > scene.stop.at)
    return put_in_quotes(scene, Code::yaml_syntax, scene.stop.at, scene.parts.key_end, "a key may not start with " + sign);
  const std::size_t end = std::max(value_end(scene, scene.stop.at), scene.stop.at + 1);
  if (scene.stop.at == scene.line && (close || comma))
    return mistake_at(Code::yaml_syntax, scene.source, scene.stop.at, end, sign + " closes or continues nothing", "remove it");
  return put_in_quotes(scene, Code::yaml_syntax, scene.stop.at, end, "a value may not start with " + sign);
}

Explanation stray_sign(const Scene& scene) {
  const std::size_t at = scene.stop.at;
  const std::size_t end = std::max(value_end(scene, at), at + 1);
  if (scene.stop.fault == Fault::stray_question) return put_in_quotes(scene, Code::yaml_syntax, at, end, "a value may not start with `? `");
  if (scene.stop.fault != Fault::stray_dash) return {};
  Mistake mistake = put_in_quotes(scene, Code::yaml_syntax, at, end, "`- ` begins a list, which may not stand here");
  mistake.said.help += "; or begin the list on the next line";
  return mistake;
}

// ---- comments

/// A ` #` that cut the line and so left a bracket open or the next line hanging.
Explanation cut_comment(const Scene& scene) {
  const std::size_t from = std::max(scene.begin, line_begin(scene.text, scene.stop.last.begin));
  const std::size_t to = std::max(from, line_end(scene.text, scene.stop.at));
  for (std::size_t at = std::max(from, scene.stop.last.end); at < to; ++at) {
    if (scene.text[at] != '#') continue;
    const bool is_comment = at == from || is_blank(scene.text[at - 1]) || is_break(scene.text[at - 1]);
    if (is_comment && !is_sound_comment(scene.text, at)) return cut_by_comment(scene.source, at);
    if (is_comment) at = line_end(scene.text, at);
  }
  return {};
}

// ---- brackets

/// `{fits: age in [6..19)}`, `{a: b c: d}`: a plain value in { } or [ ] that meets a bracket or a colon.
Explanation cut_in_flow(const Scene& scene) {
  const Stop& stop = scene.stop;
  if (stop.fault != Fault::in_flow || !stop.last_is_plain || stop.last.end > stop.at) return {};
  const bool same_line = line_end(scene.text, stop.last.begin) >= stop.at;
  if (!same_line || std::string_view("[{:?").find(scene.here()) == std::string_view::npos) return {};
  const std::size_t end = std::max(end_of_flow_value(scene.text, stop.last.begin), stop.at + 1);
  if (scene.here() == ':')
    return put_in_quotes(scene, Code::formula_in_flow, stop.last.begin, end, "a second `: ` stands in one value, or a comma is missing before it");
  return put_in_quotes(scene, Code::formula_in_flow, stop.last.begin, end,
                       in_backquotes(scene.slice(stop.last.begin, end)) + " is cut at its " + in_backquotes(std::string(1, scene.here())));
}

Mistake not_closed(const Scene& scene, std::size_t at) {
  const std::size_t line = line_begin(scene.text, at);
  const bool is_nested = at != scene.text.find_first_of("[{", line);
  const std::size_t begin = is_nested ? begin_of_flow_value(scene.text, at) : at;
  const std::size_t end = std::max(is_nested ? end_of_flow_value(scene.text, begin) : end_of_line_value(scene.text, at), at + 1);
  const std::string bracket = in_backquotes(scene.text.substr(at, 1));
  if (begin < at)
    return put_in_quotes(scene, Code::formula_in_flow, begin, end, in_backquotes(scene.slice(begin, end)) + " is cut at its " + bracket);
  return mistake_at(Code::yaml_syntax, scene.source, at, end, bracket + " is opened here and not closed",
                    std::string("close it by ") + (scene.text[at] == '[' ? "`]`" : "`}`") +
                        "; if this is a formula or a range, put it in quotes: " + in_backquotes(with_quotes(scene, at, scene.slice(at, end))));
}

/// `[18..60)` and all that is open: the parser notices lines later.
Explanation open_bracket(const Scene& scene) {
  const bool can_be = scene.stop.open_flow != nowhere || scene.stop.fault == Fault::stray_close || scene.stop.fault == Fault::in_flow;
  const std::size_t at = can_be ? innermost_open(scene) : nowhere;
  if (at == nowhere) return {};
  return not_closed(scene, at);
}

/// What is still open at the end of the text is taken for a key.
Explanation bracket_as_key(const Scene& scene) {
  if (scene.stop.fault != Fault::collection_key) return {};
  const auto open = open_brackets(scene.text, scene.stop.at, scene.text.size());
  if (!open.empty() && open.front() == scene.stop.at) return not_closed(scene, open.back());
  const std::size_t end = std::max(end_of_line_value(scene.text, scene.stop.at), scene.stop.at + 1);
  return put_in_quotes(scene, Code::yaml_syntax, scene.stop.at, end, "a key is a word, not a list or a record");
}

// ---- lines that do not fit together

Explanation tab(const Scene& scene) {
  std::size_t at = scene.line;
  while (byte_at(scene.text, at) == ' ') ++at;
  if (byte_at(scene.text, at) != '\t') return {};
  return mistake_at(Code::yaml_syntax, scene.source, at, skip_blanks(scene.text, at), "a line is indented by a tab",
                    "indent by two blanks for each level");
}

/// `a: b: c`: the value holds the second colon.
Explanation second_colon(const Scene& scene) {
  if (scene.stop.fault != Fault::stray_colon || scene.parts.value_begin > scene.stop.at) return {};
  if (scene.parts.key_begin == scene.parts.key_end) return {};
  return put_in_quotes(scene, Code::yaml_syntax, scene.parts.value_begin, scene.parts.value_end, "a second `: ` stands in one value");
}

/// A colon where none may be: the line before is a key without one, or a value that this line seems to continue.
Explanation stray_colon(const Scene& scene) {
  if (scene.stop.fault != Fault::stray_colon) return {};
  std::size_t above = scene.line;
  while (above > scene.begin && skip_to_token(scene.text.substr(0, scene.line), above) >= scene.line) above = line_begin(scene.text, above - 1);
  if (above == scene.line) return {};
  const LineParts parts = parts_of_line(scene.text, above);
  if (parts.key_begin == parts.key_end && scene.parts.key_begin - scene.line <= parts.key_begin - above) {
    const std::string word = scene.slice(parts.value_begin, parts.value_end);
    return mistake_at(Code::yaml_syntax, scene.source, parts.value_begin, parts.value_end, in_backquotes(word) + " has no `: ` and no value",
                      "write " + in_backquotes(word + ": ..."));
  }
  return mistake_at(Code::yaml_syntax, scene.source, scene.parts.key_begin, std::max(scene.parts.key_end, scene.parts.key_begin + 1),
                    "this line is indented below " + in_backquotes(scene.slice(parts.key_begin, parts.value_end)) + ", which has its value already",
                    "indent it like the line above, or put a value of several words and colons in quotes");
}

/// The nearest line above that is not deeper than this one begins a list item.
bool stands_among_items(const Scene& scene) {
  const std::size_t column = skip_blanks(scene.text, scene.line) - scene.line;
  for (std::size_t above = scene.line; above > scene.begin;) {
    above = line_begin(scene.text, above - 1);
    const std::size_t first = skip_blanks(scene.text, above);
    const char c = byte_at(scene.text, first);
    if (is_break(c) || c == '#' || first - above > column) continue;
    return first - above == column && c == '-' && is_blank(byte_at(scene.text, first + 1));
  }
  return false;
}

Explanation not_an_entry(const Scene& scene) {
  if (scene.stop.fault != Fault::in_block && scene.stop.fault != Fault::second_document) return {};
  const bool has_key = scene.parts.key_end > scene.parts.key_begin;
  const std::size_t begin = std::min(skip_blanks(scene.text, scene.line), line_end(scene.text, scene.line));
  const std::size_t end = std::max(scene.parts.value_end, begin + 1);
  const auto here = [&](std::string message, std::string help) {
    return mistake_at(Code::yaml_syntax, scene.source, begin, end, in_backquotes(scene.slice(begin, end)) + std::move(message), std::move(help));
  };
  if (has_key && stands_among_items(scene))
    return here(" stands among the items of a list", "write `- ` before it, or indent it like the key of the list");
  if (has_key && begin == scene.parts.key_begin) return here(" is indented like no line above it", "indent it exactly like the lines it belongs to");
  return here(" is no entry of the record or list it stands in", "write `key: value`, or `- value` in a list, indented like the lines around it");
}

Explanation anything_else(const Scene& scene) {
  if (scene.stop.fault == Fault::lost_place)
    return mistake_at(Code::internal, scene.source, scene.stop.at, scene.stop.at + 1, "the place of this value in the file cannot be found",
                      "please report the file; writing the value in double quotes on one line avoids it");
  return mistake_at(Code::yaml_syntax, scene.source, scene.stop.at, scene.stop.at + 1, "this is not valid YAML",
                    "look for a missing quote, bracket, colon or blank in this line and the one above");
}

}  // namespace

Mistake explain(const SourcePtr& source, std::size_t begin, const Stop& stop) {
  const std::string_view text = source->text;
  const std::size_t line = std::max(begin, line_begin(text, stop.at));
  const Scene scene{source, text, begin, stop, line, parts_of_line(text, line)};
  using Explainer = Explanation (*)(const Scene&);
  static constexpr std::array<Explainer, 17> explainers = {
      odd_space, refused_feature, too_deep,   bad_escape,     cut_comment, open_quote,   block_header, text_behind, cut_in_flow,
      bad_start, open_bracket,    stray_sign, bracket_as_key, tab,         second_colon, stray_colon,  not_an_entry};
  for (const Explainer explainer : explainers)
    if (auto mistake = explainer(scene)) return *std::move(mistake);
  return *anything_else(scene);
}

std::size_t find_deep_brackets(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = text.find_first_of("[{"); at < text.size(); ++at) {
    const char c = text[at];
    if (c == '[' || c == '{') {
      if (++depth > max_yaml_depth) return at;
    } else if (!is_blank(c) && !is_break(c)) {
      depth = 0;
      at = std::min(text.find_first_of("[{", at), text.size()) - 1;
    }
  }
  return nowhere;
}

Mistake nested_too_deeply(const SourcePtr& source, std::size_t at) {
  return mistake_at(Code::too_deep, source, at, at + 1, "more than " + std::to_string(max_yaml_depth) + " records and lists inside each other",
                    "give parts a name of their own");
}

bool is_document_line(std::string_view text, std::size_t begin) {
  if (byte_at(text, begin) == '%') return true;
  const std::string_view start = text.substr(std::min(begin, text.size()), 3);
  const char next = byte_at(text, begin + 3);
  return (start == "---" || start == "...") && (is_blank(next) || is_break(next));
}

Mistake document_line(const SourcePtr& source, std::size_t begin) {
  const std::size_t end = line_end(source->text, begin);
  const bool directive = byte_at(source->text, begin) == '%';
  return mistake_at(Code::yaml_feature_refused, source, begin, end,
                    directive ? "YAML directives are not part of the language" : "a file holds one document",
                    directive ? "remove the line, or put text that starts with `%` in quotes" : "remove the line");
}

Mistake no_record(const Node& scalar) {
  const std::string_view text = scalar.span.source->text;
  const std::size_t end = std::min(line_end(text, scalar.span.begin), scalar.span.end);
  const std::string word(text.substr(scalar.span.begin, end - scalar.span.begin));
  const std::size_t colon = word.find(':');
  const bool lacks_blank = scalar.style == Style::plain && colon != std::string::npos && colon > 0;
  if (lacks_blank)
    return mistake_at(Code::yaml_syntax, scalar.span.source, scalar.span.begin, end, in_backquotes(word) + " lacks a blank after its colon",
                      "write " + in_backquotes(word.substr(0, colon) + ": " + word.substr(colon + 1)));
  return mistake_at(Code::yaml_syntax, scalar.span.source, scalar.span.begin, end, in_backquotes(word) + " has no `: ` and no value",
                    "a file is a record: each line is `key: value`");
}

}  // namespace duly
