#include "syntax/yaml.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "syntax/mistakes.h"
#include "syntax/yaml_checks.h"
#include "syntax/yaml_events.h"
#include "syntax/yaml_text.h"
#include "syntax/yaml_traps.h"

namespace duly {
namespace {

bool is_list_item(std::string_view text, std::size_t line) {
  const char next = byte_at(text, line + 1);
  return byte_at(text, line) == '-' && (is_blank(next) || is_break(next));
}

/// Reads a whole file. The parser stops at the first mistake; so the record with the mistake is left out and reading goes on behind it.
/// A record is what begins in column 1.
class FileReader {
 public:
  explicit FileReader(const SourcePtr& source) : source_(source), text_(source->text), is_list_(is_list_item(text_, skip_to_token(text_, 0))) {
    root_.kind = Node::Kind::map;
    root_.span = {source_, 0, 0};
  }

  Node read(std::vector<Diagnostic>& errors) {
    if (const std::size_t deep = find_deep_brackets(text_); deep != nowhere) {
      errors.push_back(nested_too_deeply(source_, deep).said);
      return std::move(root_);
    }
    std::size_t begin = 0;
    for (const std::size_t line : source_->line_starts) {
      if (mistakes_.full() || !is_document_line(text_, line)) continue;
      mistakes_.add(document_line(source_, line));
      read_records(begin, line);
      begin = std::min(line_end(text_, line) + 1, text_.size());
    }
    read_records(begin, text_.size());
    if (root_.is_map()) check_duplicates(root_, mistakes_);
    if (mistakes_.full())
      mistakes_.add(mistake_at(Code::yaml_syntax, source_, text_.size(), text_.size(), "too many mistakes: not all of the file was read"));
    mistakes_.move_to(errors);
    return std::move(root_);
  }

 private:
  void read_records(std::size_t begin, std::size_t end) {
    while (begin < end && !mistakes_.full()) {
      Stretch stretch = read_stretch(source_, begin, end);
      if (!stretch.stop) {
        if (stretch.root) take(*std::move(stretch.root), begin, end);
        return;
      }
      const Mistake mistake = explain(source_, begin, *stretch.stop);
      const std::size_t record = record_at(begin, std::min(mistake.at, end - 1));
      // The parser looks ahead: the record before the mistake may not have been finished.
      const std::size_t unfinished = std::min(stretch.stop->open_record, record);
      if (stretch.root) take(records_before(*std::move(stretch.root), unfinished), begin, unfinished);
      mistakes_.add(mistake);
      if (unfinished < record) read_records(record_at(begin, unfinished), record);
      begin = record_behind(record, end);
    }
  }

  [[nodiscard]] bool is_record(std::size_t line) const {
    const char first = byte_at(text_, line);
    if (is_list_ || is_list_item(text_, line)) return is_list_ && is_list_item(text_, line);
    return !is_blank(first) && !is_break(first) && first != '#' && first != ']' && first != '}';
  }

  /// Begin of the record that byte `at` belongs to, at least `begin`.
  [[nodiscard]] std::size_t record_at(std::size_t begin, std::size_t at) const {
    std::size_t line = line_begin(text_, at);
    while (line > begin && !is_record(line)) line = line_begin(text_, line - 1);
    return std::max(line, begin);
  }

  [[nodiscard]] std::size_t record_behind(std::size_t record, std::size_t end) const {
    std::size_t line = record;
    do line = std::min(text_.substr(0, end).find('\n', line), end - 1) + 1;
    while (line < end && !is_record(line));
    return line;
  }

  /// Checks what was read from [begin, end) and keeps the records without a mistake.
  void take(Node root, std::size_t begin, std::size_t end) {
    if (root.is_scalar()) {
      check_spaces(source_, root, {}, begin, end, mistakes_);
      if (root.span.begin < end && !mistakes_.any_in(begin, end)) mistakes_.add(no_record(root));
      return;
    }
    check_tree(root, mistakes_);
    const auto comments = comments_in(source_, root, begin, end);
    check_comments(source_, comments, mistakes_);
    check_spaces(source_, root, comments, begin, end, mistakes_);
    keep_sound_entries(std::move(root), end);
  }

  static Node records_before(Node root, std::size_t end) {
    while (!root.items.empty() && begin_of_entry(root, root.items.size() - 1) >= end) {
      root.items.pop_back();
      if (root.is_map()) root.keys.pop_back();
    }
    return root;
  }

  static std::size_t begin_of_entry(const Node& root, std::size_t i) { return root.is_map() ? root.keys[i].span.begin : root.items[i].span.begin; }

  void keep_sound_entries(Node root, std::size_t end) {
    if (root_.items.empty()) {
      root_.kind = root.kind;
      root_.flow = root.flow;
      root_.span = root.span;
    } else if (root_.kind != root.kind) {
      return;
    }
    for (std::size_t i = 0; i < root.items.size(); ++i) {
      const std::size_t stop = i + 1 < root.items.size() ? begin_of_entry(root, i + 1) : end;
      if (mistakes_.any_in(begin_of_entry(root, i), stop)) continue;
      if (root.is_map()) root_.keys.push_back(std::move(root.keys[i]));
      root_.items.push_back(std::move(root.items[i]));
    }
    root_.span.end = std::max(root_.span.end, root.span.end);
  }

  const SourcePtr& source_;
  std::string_view text_;
  bool is_list_;
  Node root_;
  Mistakes mistakes_;
};

Node empty_map(const SourcePtr& source) {
  Node node;
  node.kind = Node::Kind::map;
  node.span = {source, 0, 0};
  return node;
}

void append(std::vector<Diagnostic>& errors, std::vector<Diagnostic>& found) {
  errors.insert(errors.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

/// Mistakes that are not particular to rule files have the code of documents.
Node parse_yaml_document(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  const std::size_t before = errors.size();
  Node node = parse_yaml(source, errors);
  for (std::size_t i = before; i < errors.size(); ++i)
    if (errors[i].code == Code::yaml_syntax) errors[i].code = Code::document_syntax;
  return node;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (keys[i].text == key) return &items[i];
  return nullptr;
}

Node parse_yaml(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  if (!check_readable(source, errors)) return empty_map(source);
  return FileReader(source).read(errors);
}

Node parse_document(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  if (!check_readable(source, errors)) return empty_map(source);
  const std::size_t first = source->text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (source->text[first] != '{' && source->text[first] != '[')) return parse_yaml_document(source, errors);
  std::vector<Diagnostic> json_errors;
  Node json = parse_json(source, json_errors);
  const bool is_json = std::none_of(json_errors.begin(), json_errors.end(), [](const Diagnostic& d) { return d.code == Code::document_syntax; });
  if (is_json) return append(errors, json_errors), json;
  std::vector<Diagnostic> yaml_errors;
  Node yaml = parse_yaml_document(source, yaml_errors);
  const char second = byte_at(source->text, source->text.find_first_not_of(" \t\r\n", first + 1));
  const bool means_json = second == '"' || second == '{' || second == '[';
  if (yaml_errors.empty() || !means_json) return append(errors, yaml_errors), yaml;
  return append(errors, json_errors), json;
}

}  // namespace duly
