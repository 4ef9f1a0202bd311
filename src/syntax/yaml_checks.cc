#include "syntax/yaml_checks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

/// `text` with each run of blanks and breaks as one blank.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c) && !is_break(c)) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

template <class F>
void for_each_leaf(const Node& node, const F& f) {
  if (node.is_scalar()) f(node);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (node.is_map()) f(node.keys[i]);
    for_each_leaf(node.items[i], f);
  }
}

// ---- keys

bool has_no_colon(const Node& key, const Node& value) { return value.is_null && value.text.empty() && value.span.begin == key.span.end; }

Mistake duplicate(const Node& first, const Node& second) {
  const Place place = place_of(*first.span.source, first.span.begin);
  return mistake_at(Code::duplicate_key, second.span.source, second.span.begin, second.span.end,
                    in_backquotes(second.text) + " stands twice in this record",
                    "the first one is in line " + std::to_string(place.line) + "; keep one of them");
}

Mistake missing_colon(const Node& map, const Node& key) {
  const std::string word = on_one_line(text_of(key.span));
  const std::string help =
      map.flow ? "a record needs `key: value`; a list is written `[" + word + ", ...]`" : "write " + in_backquotes(word + ": ...");
  return mistake_at(Code::yaml_syntax, key.span.source, key.span.begin, key.span.end, in_backquotes(word) + " has no `: ` and no value", help);
}

void check_key(const Node& map, std::size_t i, Mistakes& mistakes) {
  const Node& key = map.keys[i];
  const Span& at = key.span;
  if (key.style == Style::plain && key.text == "<<") {
    mistakes.add(mistake_at(Code::yaml_feature_refused, at.source, at.begin, at.end, "merge keys (`<<`) are not part of the language",
                            "write the keys out, or share rules with `uses:`"));
  } else if (key.is_null && key.text.empty()) {
    mistakes.add(mistake_at(Code::yaml_syntax, at.source, at.begin, at.begin + 1, "a key is missing before `:`", "write `key: value`"));
  } else if (text_of(at).find('\n') != std::string_view::npos) {
    mistakes.add(mistake_at(Code::yaml_syntax, at.source, at.begin, at.end, "a key runs over several lines", "write the key on one line"));
  } else if (!map.flow && has_no_colon(key, map.items[i])) {
    mistakes.add(missing_colon(map, key));
  }
}

// ---- formulas cut at the commas of { } and [ ]

bool is_plain_text(const Node& node) { return node.is_scalar() && node.style == Style::plain && !node.is_null; }

int open_parentheses(const Node& node) {
  if (!is_plain_text(node)) return 0;
  return static_cast<int>(std::count(node.text.begin(), node.text.end(), '(') - std::count(node.text.begin(), node.text.end(), ')'));
}

Mistake cut_formula(const Node& flow, const std::string& key, std::size_t begin, std::size_t end) {
  const auto& source = flow.span.source;
  const std::string whole = on_one_line(std::string_view(source->text).substr(begin, end - begin));
  const std::string fix = (key.empty() ? "" : key + ": ") + in_quotes(whole);
  return mistake_at(Code::formula_in_flow, source, begin, end,
                    in_backquotes(whole) + " is cut into pieces by the " + (flow.is_map() ? "{ }" : "[ ]") + " around it",
                    "put it in quotes: " + in_backquotes(fix));
}

/// `{when: spouses(a, b)}` reads as two keys, the second without a value.
void check_flow_map(const Node& map, Mistakes& mistakes) {
  for (std::size_t i = 0; i < map.keys.size() && !mistakes.full(); ++i) {
    std::size_t behind = i + 1;
    while (behind < map.keys.size() && has_no_colon(map.keys[behind], map.items[behind])) ++behind;
    const Node& value = map.items[i];
    const std::string key(text_of(map.keys[i].span));
    if (has_no_colon(map.keys[i], value)) {
      mistakes.add(missing_colon(map, map.keys[i]));
    } else if (behind > i + 1 && is_plain_text(value)) {
      mistakes.add(cut_formula(map, key, value.span.begin, map.keys[behind - 1].span.end));
    } else if (behind > i + 1) {
      mistakes.add(missing_colon(map, map.keys[i + 1]));
    } else if (open_parentheses(value) != 0) {
      const std::size_t end = std::max(end_of_flow_value(value.span.source->text, value.span.begin), value.span.end);
      mistakes.add(cut_formula(map, key, value.span.begin, end));
      while (behind < map.keys.size() && map.keys[behind].span.begin < end) ++behind;
    }
    i = behind - 1;
  }
}

/// `[f(a, b), c]` reads as three items.
void check_flow_sequence(const Node& sequence, Mistakes& mistakes) {
  const auto& items = sequence.items;
  for (std::size_t i = 0; i < items.size() && !mistakes.full(); ++i) {
    int open = open_parentheses(items[i]);
    if (open == 0) continue;
    std::size_t last = i;
    while (open > 0 && last + 1 < items.size()) open += open_parentheses(items[++last]);
    mistakes.add(cut_formula(sequence, "", items[i].span.begin, items[last].span.end));
    i = last;
  }
}

/// `passes: >5` reads as the start of folded text.
void check_folded(const Node& scalar, const std::string& key, Mistakes& mistakes) {
  if (scalar.style != Style::folded || !scalar.text.empty()) return;
  const std::string_view text = scalar.span.source->text;
  const char behind = byte_at(text, scalar.span.begin + 1);
  if (behind < '0' || behind > '9') return;
  const std::size_t end = end_of_line_value(text, scalar.span.begin);
  const std::string value(text.substr(scalar.span.begin, end - scalar.span.begin));
  mistakes.add(mistake_at(Code::folded_formula, scalar.span.source, scalar.span.begin, end,
                          in_backquotes(value) + " is read as the start of folded text",
                          "put it in quotes: " + in_backquotes((key.empty() ? "" : key + ": ") + in_quotes(value))));
}

}  // namespace

bool has_key_twice(const Node& map) {
  constexpr std::size_t few = 32;  // each with each is faster than a table of them
  const auto same = [](const std::string& a, const std::string& b) {
    return a.size() == b.size() && (a.empty() || (a.back() == b.back() && a == b));
  };
  const std::vector<Node>& keys = map.keys;
  if (keys.size() > few) {
    std::unordered_set<std::string_view> seen;
    return !std::all_of(keys.begin(), keys.end(), [&](const Node& key) { return seen.insert(key.text).second; });
  }
  for (std::size_t i = 1; i < keys.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (same(keys[i].text, keys[j].text)) return true;
  return false;
}

void check_duplicates(const Node& map, Mistakes& mistakes) {
  if (!has_key_twice(map)) return;
  std::unordered_map<std::string_view, const Node*> seen;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.flow && has_no_colon(map.keys[i], map.items[i])) continue;  // a piece of a cut formula
    if (mistakes.full()) return;
    const auto [first, is_new] = seen.emplace(map.keys[i].text, &map.keys[i]);
    if (!is_new) mistakes.add(duplicate(*first->second, map.keys[i]));
  }
}

void check_tree(const Node& node, Mistakes& mistakes) {
  if (node.is_scalar() || mistakes.full()) return;
  if (node.is_map()) {
    if (node.keys.size() > 1) check_duplicates(node, mistakes);
    for (std::size_t i = 0; i < node.keys.size(); ++i) check_key(node, i, mistakes);
  }
  if (node.flow) node.is_map() ? check_flow_map(node, mistakes) : check_flow_sequence(node, mistakes);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    check_folded(node.items[i], node.is_map() ? node.keys[i].text : "", mistakes);
    check_tree(node.items[i], mistakes);
  }
}

// ---- comments

std::vector<ByteRange> comments_in(const SourcePtr& source, const Node& root, std::size_t begin, std::size_t end) {
  const std::string_view text = source->text;
  std::vector<ByteRange> comments;
  const auto collect = [&](std::size_t from, std::size_t to) {
    while ((from = text.substr(0, to).find('#', from)) < to) {
      std::size_t stop = line_end(text, from);
      const std::size_t next = stop;
      while (is_blank(text[stop - 1])) --stop;
      comments.push_back({from, stop});
      from = next;
    }
  };
  std::size_t cursor = begin;
  for_each_leaf(root, [&](const Node& leaf) {
    collect(cursor, leaf.span.begin);
    if (leaf.style == Style::block || leaf.style == Style::folded) collect(leaf.span.begin, line_end(text, leaf.span.begin));
    cursor = leaf.span.end;
  });
  collect(cursor, end);
  return comments;
}

Mistake cut_by_comment(const SourcePtr& source, std::size_t at) {
  const std::string_view text = source->text;
  const LineParts parts = parts_of_line(text, line_begin(text, at));
  const std::size_t begin = parts.key_begin;
  const std::string_view comment = trim(text.substr(at + 1, line_end(text, at) - at - 1));
  const std::string as_comment = std::string(trim(text.substr(begin, std::max(begin, at) - begin))) + "  # " + std::string(comment);
  std::string help = "for a comment write " + in_backquotes(as_comment);
  const char first = byte_at(text, parts.value_begin);
  const bool can_be_quoted = parts.value_begin <= at && std::string_view("\"'[{|>").find(first) == std::string_view::npos;
  if (can_be_quoted) {
    const std::string key(text.substr(parts.key_begin, parts.key_end - parts.key_begin));
    const std::string_view value = trim(text.substr(parts.value_begin, line_end(text, at) - parts.value_begin));
    help += "; if it belongs to the value, " + in_backquotes((key.empty() ? "" : key + ": ") + in_quotes(value));
  }
  return mistake_at(Code::comment_cuts_value, source, at, at + 1, "a comment needs two blanks before its `#` and one after", help);
}

void check_comments(const SourcePtr& source, const std::vector<ByteRange>& comments, Mistakes& mistakes) {
  for (const ByteRange& comment : comments)
    if (!mistakes.full() && !is_sound_comment(source->text, comment.begin)) mistakes.add(cut_by_comment(source, comment.begin));
}

// ---- spaces that are no blanks

OddSpace find_odd_space(std::string_view text, std::size_t begin, std::size_t end) {
  struct Row {
    std::string_view bytes, name;
  };
  static constexpr std::array<Row, 6> rows = {{{"\xC2\xA0", "no-break space"},
                                               {"\xE2\x80\x87", "figure space"},
                                               {"\xE2\x80\xAF", "narrow no-break space"},
                                               {"\xE2\x80\x8B", "zero-width space"},
                                               {"\xE3\x80\x80", "wide space"},
                                               {"\xEF\xBB\xBF", "byte order mark"}}};
  text = text.substr(0, end);
  for (std::size_t at = text.find_first_of("\xC2\xE2\xE3\xEF", begin); at < end; at = text.find_first_of("\xC2\xE2\xE3\xEF", at + 1))
    for (const Row& row : rows)
      if (text.substr(at, row.bytes.size()) == row.bytes) return {at, row.bytes.size(), row.name};
  return {};
}

Mistake odd_space_mistake(const SourcePtr& source, const OddSpace& space) {
  return mistake_at(Code::unreadable_text, source, space.at, space.at + space.length, "a " + std::string(space.name) + " stands here",
                    "replace it by an ordinary blank, or put the text in quotes if it is meant");
}

void check_spaces(const SourcePtr& source, const Node& root, const std::vector<ByteRange>& comments, std::size_t begin, std::size_t end,
                  Mistakes& mistakes) {
  OddSpace space = find_odd_space(source->text, begin, end);
  if (space.name.empty()) return;
  std::vector<ByteRange> allowed = comments;
  for_each_leaf(root, [&](const Node& leaf) {
    if (leaf.style == Style::quoted || leaf.style == Style::folded) allowed.push_back({leaf.span.begin, leaf.span.end});
  });
  std::sort(allowed.begin(), allowed.end(), [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
  auto next = allowed.begin();
  while (!space.name.empty() && !mistakes.full()) {
    while (next != allowed.end() && next->end <= space.at) ++next;
    const bool is_meant = next != allowed.end() && next->begin <= space.at;
    if (!is_meant) mistakes.add(odd_space_mistake(source, space));
    space = find_odd_space(source->text, is_meant ? next->end : line_end(source->text, space.at), end);
  }
}

}  // namespace duly
