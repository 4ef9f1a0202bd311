// Any JSON through the SAX interface of nlohmann/json, which keeps the text of a number only where it has a fraction and knows no places. Tokens come
// in the order of the file, so a cursor that follows them finds both: the text of every number and the exact span of every value.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "syntax/json_readers.h"
#include "syntax/mistakes.h"
#include "syntax/scalar_map.h"
#include "syntax/yaml.h"
#include "syntax/yaml_checks.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

using Json = nlohmann::json;

std::size_t skip_spaces(std::string_view text, std::size_t at) { return std::min(text.find_first_not_of(" \t\r\n", at), text.size()); }

/// Past a number, a word, or whatever stands there without a blank.
std::size_t past_word(std::string_view text, std::size_t at) { return std::min(text.find_first_of(" \t\r\n,:]}[{\"", at + 1), text.size()); }

class JsonReader final : public nlohmann::json_sax<Json> {
 public:
  explicit JsonReader(const SourcePtr& source) : source_(source), text_(source->text) {
    root_.kind = Node::Kind::map;
    root_.span = {source, 0, 0};
  }

  bool null() override { return bare(true); }
  bool boolean(bool) override { return bare(false); }
  bool number_integer(number_integer_t) override { return bare(false); }
  bool number_unsigned(number_unsigned_t) override { return bare(false); }
  bool number_float(number_float_t, const string_t&) override { return bare(false); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& value) override {
    add(text_node(value));
    last_ = Last::value;
    return true;
  }
  bool key(string_t& value) override {
    open_.back().keys.push_back(text_node(value));
    last_ = Last::key;
    return true;
  }

  bool start_object(std::size_t) override { return open(Node::Kind::map); }
  bool start_array(std::size_t) override { return open(Node::Kind::sequence); }
  bool end_object() override {
    if (!mistakes_.full()) check_duplicates(open_.back(), mistakes_);
    return close();
  }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    explain();
    return false;
  }

  Node finish(std::vector<Diagnostic>& errors) {
    if (!open_.empty()) root_ = std::move(open_.front());
    while (root_.keys.size() > root_.items.size()) root_.keys.pop_back();
    mistakes_.move_to(errors);
    return std::move(root_);
  }

 private:
  enum class Last : std::uint8_t { nothing, opened, key, value };

  [[nodiscard]] std::size_t next_token() const { return std::min(text_.find_first_not_of(" \t\r\n,:", cursor_), text_.size()); }

  Node node_at(std::size_t begin, std::size_t end) {
    Node node;
    node.span = {source_, begin, end};
    cursor_ = end;
    return node;
  }

  void add(Node node) {
    if (open_.empty()) root_ = std::move(node);
    else open_.back().items.push_back(std::move(node));
  }

  bool bare(bool is_null) {
    const std::size_t begin = next_token();
    Node node = node_at(begin, past_word(text_, begin));
    node.style = Style::json_bare;
    node.is_null = is_null;
    node.text = text_of(node.span);
    add(std::move(node));
    last_ = Last::value;
    return true;
  }

  Node text_node(std::string& value) {
    const std::size_t begin = next_token();
    Node node = node_at(begin, past_json_text(text_, begin));
    node.style = Style::json_text;
    node.text = std::move(value);
    const std::size_t control = find_control_character(node.text);
    if (control != std::string_view::npos && !mistakes_.full()) {
      const Span at = span_in(node, control, control + 1);
      mistakes_.add(mistake_at(Code::document_syntax, source_, at.begin, at.end, "a control character in a text"));
    }
    return node;
  }

  bool open(Node::Kind kind) {
    const std::size_t begin = next_token();
    if (open_.size() >= max_json_depth) {
      mistakes_.add(mistake_at(Code::too_deep, source_, begin, begin + 1,
                               "more than " + std::to_string(max_json_depth) + " records and lists inside each other"));
      return false;
    }
    Node node = node_at(begin, begin + 1);
    node.kind = kind;
    node.flow = true;
    open_.push_back(std::move(node));
    last_ = Last::opened;
    return true;
  }

  bool close() {
    Node node = std::move(open_.back());
    open_.pop_back();
    cursor_ = next_token() + 1;
    node.span.end = cursor_;
    add(std::move(node));
    last_ = Last::value;
    return true;
  }

  // ---- mistakes

  void say(std::size_t begin, std::size_t end, std::string message, std::string help) {
    mistakes_.add(mistake_at(Code::document_syntax, source_, begin, end, std::move(message), std::move(help)));
  }

  /// What is wrong behind the last token that was right.
  void explain() {
    std::size_t at = skip_spaces(text_, cursor_);
    const char sign = last_ == Last::key ? ':' : ',';
    if (last_ == Last::key || (last_ == Last::value && !open_.empty())) {
      if (at < text_.size() && text_[at] != sign) {
        if (!is_whole(at)) return explain_token(at);
        return say(at, past_token(at), "a " + std::string(last_ == Last::key ? "colon" : "comma") + " is missing before " + shown(at),
                   last_ == Last::key ? "write `\"key\": value`" : "separate entries by commas");
      }
      const std::size_t behind = skip_spaces(text_, std::min(at + 1, text_.size()));
      const char next = byte_at(text_, behind);
      if (at < text_.size() && behind < text_.size() && (next == '}' || next == ']' || next == ','))
        return say(at, at + 1, "no value stands between " + in_backquotes(text_.substr(at, 1)) + " and " + in_backquotes(text_.substr(behind, 1)),
                   sign == ',' ? "remove the comma" : "write the value, or `null`");
      at = behind;
    }
    if (at < text_.size()) return explain_token(at);
    if (open_.empty()) return say(at, at, "the document is empty", "");
    say(at, at, "the document ends before it is complete", open_.back().is_map() ? "close the record by `}`" : "close the list by `]`");
  }

  void explain_token(std::size_t at) {
    const char c = text_[at];
    const std::size_t end = past_token(at);
    if (open_.empty() && last_ == Last::value) return say(at, end, shown(at) + " stands behind the end of the document", "remove it");
    if (c == '\'') return say(at, at + 1, "a text stands in double quotes", "write `\"...\"`");
    if (c == '/' || c == '#') return say(at, at + 1, "JSON has no comments", "remove it, or write the document as YAML");
    const bool needs_key = !open_.empty() && open_.back().is_map() && last_ != Last::key;
    if (c == '"' && !is_whole(at))
      return say(at, at + 1, "this text is not closed on its line, or holds a `\\` that means nothing",
                 "close it by `\"`; write `\\n` for a line break, `\\\\` for a backslash");
    if (needs_key && c != '"') return say(at, end, shown(at) + " stands where a key is wanted", "a key stands in double quotes: `\"key\": value`");
    const bool number = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
    if (number) return say(at, end, shown(at) + " is no number that can be read", "write digits with at most one decimal point, such as `0.50`");
    say(at, end, shown(at) + " is no value", "values are `true`, `false`, `null`, numbers, texts in double quotes, records and lists");
  }

  [[nodiscard]] std::size_t past_token(std::size_t at) const {
    const std::size_t end = text_[at] == '"' ? past_json_text(text_, at) : past_word(text_, at);
    return std::min(end, std::max(line_end(text_, at), at + 1));
  }
  [[nodiscard]] std::string shown(std::size_t at) const { return in_backquotes(text_.substr(at, past_token(at) - at)); }

  /// A token without a mistake in itself.
  [[nodiscard]] bool is_whole(std::size_t at) const {
    const std::string_view token = text_.substr(at, past_token(at) - at);
    if (token == "{" || token == "[" || token == "}" || token == "]" || token == ":" || token == ",") return true;
    return Json::accept(token.begin(), token.end());
  }

  const SourcePtr& source_;
  std::string_view text_;
  std::size_t cursor_ = 0;  // past the last token
  Last last_ = Last::nothing;
  std::vector<Node> open_;
  Node root_;
  Mistakes mistakes_;
};

}  // namespace

Node read_any_json(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  JsonReader reader(source);
  Json::sax_parse(source->text.begin(), source->text.end(), &reader);
  return reader.finish(errors);
}

Node parse_json(const SourcePtr& source, std::vector<Diagnostic>& errors) {
  if (!check_readable(source, errors)) return JsonReader(source).finish(errors);
  if (auto sound = read_sound_json(source)) return std::move(*sound);
  return read_any_json(source, errors);
}

}  // namespace duly
