// Layout, and the proof that nothing but the layout has changed.

#include "syntax/format.h"

#include <algorithm>

#include "syntax/layout.h"
#include "syntax/mistakes.h"
#include "syntax/yaml_checks.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

struct ReadText {
  SourcePtr source;
  Node tree;
  std::vector<ByteRange> comments;
  std::vector<Diagnostic> errors;
};

ReadText read(SourcePtr source) {
  ReadText text{std::move(source), {}, {}, {}};
  text.tree = parse_yaml(text.source, text.errors);
  if (text.errors.empty()) text.comments = comments_in(text.source, text.tree, 0, text.source->text.size());
  return text;
}

bool same_tree(const Node* key, const Node& a, const Node& b) {
  if (a.kind != b.kind || a.flow != b.flow || a.is_null != b.is_null || a.keys.size() != b.keys.size() || a.items.size() != b.items.size())
    return false;
  if (a.text != b.text) return key != nullptr && is_grid(*key, a) && is_grid(*key, b) && grid_essence(a.text) == grid_essence(b.text);
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (a.is_map() && a.keys[i].text != b.keys[i].text) return false;
    if (!same_tree(a.is_map() ? &a.keys[i] : nullptr, a.items[i], b.items[i])) return false;
  }
  return true;
}

/// The bytes of each entry of blocks in the order of the file: `key: value`, or only the key where a block follows.
void collect_entries(const Node& node, std::vector<ByteRange>& entries) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& value = node.items[i];
    const bool is_block = !value.is_scalar() && !value.flow;
    const Span& first = node.is_map() ? node.keys[i].span : value.span;
    if (node.is_map() || !is_block) entries.push_back({first.begin, is_block ? first.end : value.span.end});
    if (is_block) collect_entries(value, entries);
  }
}

/// Which entry a comment speaks of: alone on its line, of the next one; else of the one before it.
std::vector<std::pair<std::size_t, std::string_view>> owners_of_comments(const ReadText& text) {
  std::vector<ByteRange> entries;
  if (text.tree.flow) entries.push_back({text.tree.span.begin, text.tree.span.end});
  else collect_entries(text.tree, entries);
  std::vector<std::pair<std::size_t, std::string_view>> owners;
  for (const ByteRange& comment : text.comments) {
    const bool before = is_first_on_line(text.source->text, comment.begin);
    const auto next = std::partition_point(entries.begin(), entries.end(),
                                           [&](const ByteRange& entry) { return before ? entry.end <= comment.begin : entry.begin < comment.begin; });
    const auto index = static_cast<std::size_t>(next - entries.begin());
    owners.emplace_back(before ? index : index - 1, std::string_view(text.source->text).substr(comment.begin, comment.end - comment.begin));
  }
  return owners;
}

}  // namespace

Result<std::string> format_rules(const SourcePtr& source) {
  ReadText before = read(source);
  if (!before.errors.empty()) return std::move(before.errors);
  std::string result = lay_out(before.source, before.tree, before.comments);
  const ReadText after = read(make_source(source->path, result));
  const bool kept = after.errors.empty() && same_tree(nullptr, before.tree, after.tree) && owners_of_comments(before) == owners_of_comments(after) &&
                    lay_out(after.source, after.tree, after.comments) == result;
  if (!kept)
    return diagnostic_at(Code::internal, {source, 0, 0}, "the layout of this file cannot be changed without changing what it says",
                         "leave it as it is, and report it");
  return result;
}

}  // namespace duly
