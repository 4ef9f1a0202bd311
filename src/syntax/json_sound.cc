// simdjson finds the tokens, checks how they follow each other and reads escapes; this walks over them once. At the first doubt it gives up: the
// reader that can say what is wrong decides.

#include "syntax/json_readers.h"

#include <simdjson.h>
#include <algorithm>
#include <utility>

#include "syntax/mistakes.h"
#include "syntax/yaml_checks.h"

namespace duly {
namespace {

namespace ondemand = simdjson::ondemand;

/// Whether a longer number, or one with an exponent, is too large to be one, the other reader knows.
constexpr std::size_t longest_plain_number = 40;

/// Of longer documents nothing is kept.
constexpr std::size_t most_bytes_kept = 1U << 16U;

bool is_json_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plain_number(std::string_view text) {
  if (text.size() > longest_plain_number) return false;
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!are_digits(whole) || (whole.size() > 1 && whole.starts_with('0'))) return false;
  return point == std::string_view::npos || are_digits(text.substr(point + 1));
}

class SoundReader {
 public:
  SoundReader(const SourcePtr& source, std::string_view text) : source_(source), text_(text) {}

  bool read(ondemand::document& document, Node& root) {
    ondemand::value value;
    if (document.get_value().get(value) != simdjson::SUCCESS || !read_value(value, root)) return false;
    skip_spaces();
    return cursor_ == text_.size();
  }

 private:
  bool read_value(ondemand::value value, Node& node) {
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    const std::string_view token = value.raw_json_token();
    node.span.source = source_;
    node.span.begin = static_cast<std::size_t>(token.data() - text_.data());
    switch (type) {  // each value is asked for, since simdjson does not look into what is only passed by; of numbers only their text is used
      case ondemand::json_type::object: return read_map(value, node);
      case ondemand::json_type::array: return read_list(value, node);
      case ondemand::json_type::string:
        return read_text(node, [&] { return value.get_raw_json_string().error(); }, [&] { return value.get_string(); });
      case ondemand::json_type::number: read_bare(token, node); return is_plain_number(node.text) && is_sound(value.get_double());
      case ondemand::json_type::boolean: read_bare(token, node); return is_sound(value.get_bool());
      case ondemand::json_type::null: read_bare(token, node); return node.is_null && is_sound(value.is_null());
    }
    return false;
  }

  template <class Read>
  static bool is_sound(const Read& read) {
    return read.error() == simdjson::SUCCESS;
  }

  void read_bare(std::string_view token, Node& node) {
    while (!token.empty() && is_json_space(token.back())) token.remove_suffix(1);
    node.is_null = token == "null";
    node.style = Style::json_bare;
    node.text = token;
    cursor_ = node.span.end = node.span.begin + token.size();
  }

  /// `pass` asks for the text as it stands, `unescape` for what it says.
  template <class Pass, class Unescape>
  bool read_text(Node& node, Pass pass, Unescape unescape) {
    node.style = Style::json_text;
    const std::size_t first = node.span.begin + 1;
    const std::size_t quote = text_.find('"', first);
    if (quote == std::string_view::npos) return false;
    const std::string_view plain = text_.substr(first, quote - first);
    if (plain.find('\\') == std::string_view::npos) {
      node.text = plain;
      cursor_ = node.span.end = quote + 1;
      return pass() == simdjson::SUCCESS;
    }
    cursor_ = node.span.end = past_json_text(text_, node.span.begin);
    std::string_view text;
    if (unescape().get(text) != simdjson::SUCCESS) return false;
    node.text = text;
    return find_control_character(text) == std::string_view::npos;
  }

  bool read_key(ondemand::field& field, Node& node) {
    node.span.source = source_;
    node.span.begin = static_cast<std::size_t>(field.key().raw() - text_.data()) - 1;
    return read_text(node, [] { return simdjson::SUCCESS; }, [&] { return field.unescaped_key(); });
  }

  bool read_map(ondemand::value& value, Node& node) {
    ondemand::object object;
    std::size_t fields = 0;
    if (!begin(Node::Kind::map, node) || value.get_object().get(object) != simdjson::SUCCESS ||
        object.count_fields().get(fields) != simdjson::SUCCESS)
      return false;
    node.keys.reserve(fields);
    node.items.reserve(fields);
    for (auto each : object) {
      ondemand::field field;
      if (std::move(each).get(field) != simdjson::SUCCESS || !read_key(field, node.keys.emplace_back())) return false;
      if (!read_value(field.value(), node.items.emplace_back())) return false;
    }
    return !has_key_twice(node) && end('}', node);
  }

  bool read_list(ondemand::value& value, Node& node) {
    ondemand::array array;
    std::size_t elements = 0;
    if (!begin(Node::Kind::sequence, node) || value.get_array().get(array) != simdjson::SUCCESS ||
        array.count_elements().get(elements) != simdjson::SUCCESS)
      return false;
    node.items.reserve(elements);
    for (auto each : array) {
      ondemand::value item;
      if (std::move(each).get(item) != simdjson::SUCCESS || !read_value(item, node.items.emplace_back())) return false;
    }
    return end(']', node);
  }

  bool begin(Node::Kind kind, Node& node) {
    node.kind = kind;
    node.flow = true;
    cursor_ = node.span.begin + 1;
    return ++depth_ <= max_json_depth;
  }

  bool end(char bracket, Node& node) {
    --depth_;
    skip_spaces();
    if (cursor_ == text_.size() || text_[cursor_] != bracket) return false;
    node.span.end = ++cursor_;
    return true;
  }

  void skip_spaces() {
    while (cursor_ < text_.size() && is_json_space(text_[cursor_])) ++cursor_;
  }

  const SourcePtr& source_;
  std::string_view text_;
  std::size_t cursor_ = 0;  // past the last token
  std::size_t depth_ = 0;
};

/// What a reading needs beside the text.
struct Memory {
  ondemand::parser parser;
  std::string padded;
};

std::optional<Node> read_with(Memory& memory, const SourcePtr& source) {
  const std::string& text = source->text;
  memory.padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  memory.padded = text;
  ondemand::document document;
  const simdjson::padded_string_view padded(memory.padded.data(), text.size(), memory.padded.capacity());
  Node root;
  SoundReader reader(source, memory.padded);
  if (memory.parser.iterate(padded).get(document) != simdjson::SUCCESS || !reader.read(document, root)) return std::nullopt;
  return root;
}

}  // namespace

std::size_t past_json_text(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

std::optional<Node> read_sound_json(const SourcePtr& source) {
  if (source->text.size() > most_bytes_kept) {
    Memory memory;
    return read_with(memory, source);
  }
  thread_local Memory memory;
  return read_with(memory, source);
}

}  // namespace duly
