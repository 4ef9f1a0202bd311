#include "syntax/yaml_events.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <streambuf>
#include <utility>

#include "syntax/scalar_map.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

/// Text as a stream, without a copy; nothing is ever written to it. A last line without a line feed gets one, so that it reads like the others.
class ReadOnlyBuffer final : public std::streambuf {
 public:
  explicit ReadOnlyBuffer(std::string_view text) : begin_(const_cast<char*>(text.data())), end_(begin_ + text.size()) {  // NOLINT: only read
    setg(begin_, begin_, end_);
  }

 protected:
  int_type underflow() override {
    const bool is_complete = eback() == &feed_ || begin_ == end_ || end_[-1] == '\n';
    if (is_complete) return traits_type::eof();
    setg(&feed_, &feed_, &feed_ + 1);
    return traits_type::to_int_type(feed_);
  }
  int_type pbackfail(int_type) override {
    if (eback() != &feed_ || begin_ == end_) return traits_type::eof();
    setg(begin_, end_ - 1, end_);
    return traits_type::to_int_type(*gptr());
  }

 private:
  char* begin_;
  char* end_;
  char feed_ = '\n';
};

using FlowOrBlock = decltype(YAML::EmitterStyle::Flow);  // an enum inside of EmitterStyle, or EmitterStyle itself since 0.9

/// Thrown through the parser by the builder; never leaves this file.
struct Halt {
  Fault fault;
  std::size_t at;
};

Style style_at(std::string_view text, std::size_t at) {
  switch (byte_at(text, at)) {
    case '"':
    case '\'': return Style::quoted;
    case '|': return Style::block;
    case '>': return Style::folded;
    default: return Style::plain;
  }
}

/// The word for an empty value that stands at `at`, or nothing: `null` of `null: 5` is a key, of `null and void` a text.
std::string_view null_word_at(std::string_view text, std::size_t at, bool is_key) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (text.substr(at, word.size()) != word) continue;
    const std::size_t behind = skip_blanks(text, at + word.size());
    const char next = byte_at(text, behind);
    if (is_break(next) || next == ',' || next == ']' || next == '}' || (is_key && next == ':')) return word;
    if (next == '#' && behind > at + word.size()) return word;
  }
  return {};
}

/// A backslash that gives a control character, or a byte that is no text (yaml-cpp's `\N` and `\_`).
std::size_t refused_escape(std::string_view quoted) {
  for (std::size_t at = quoted.find('\\'); at != std::string_view::npos; at = quoted.find('\\', at + 2)) {
    const char kind = byte_at(quoted, at + 1);
    if (std::string_view("0abvferN_").find(kind) != std::string_view::npos) return at;
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) continue;
    const std::string_view hex = quoted.substr(at + 2, digits);
    const std::size_t zeros = std::min(hex.find_first_not_of('0'), hex.size());
    const std::string_view value = hex.substr(zeros);
    const bool low = value.size() <= 1 || (value.size() == 2 && (value[0] == '1' || value[0] == '8' || value[0] == '9'));
    if (low || value == "7f" || value == "7F") return at;
  }
  return nowhere;
}

/// Builds the tree while the parser speaks.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const SourcePtr& source, std::size_t begin, std::size_t end)
      : source_(source), text_(std::string_view(source->text).substr(0, end)), begin_(begin), cursor_(begin) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_) throw Halt{Fault::second_document, place(mark)};
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { throw Halt{Fault::anchor, place(mark)}; }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw Halt{Fault::alias, place(mark)}; }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override {
    const std::size_t at = place(mark);
    refuse_tag(at);
    const Style style = style_at(text_, at);
    const auto end = end_of_scalar(text_, at, style, value);
    if (!end) throw Halt{lacks_its_quote(at, style, value) ? Fault::open_quote : Fault::lost_place, at};
    if (style == Style::quoted && text_[at] == '"') {
      const std::size_t escape = refused_escape(text_.substr(at, *end - at));
      if (escape != nowhere) throw Halt{Fault::bad_escape, at + escape};
    }
    Node node = node_from(at, *end);
    node.style = style;
    node.text = value;
    remember(at, *end, style == Style::plain);
    add(std::move(node));
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    const std::size_t at = place(mark);
    const bool is_key = expects_key();
    const auto word = null_word_at(text_, at, is_key);
    Node node = word.empty() ? node_from(is_key ? at : place_of_nothing(at), nowhere) : node_from(at, at + word.size());
    node.is_null = true;
    if (word.empty()) node.span.end = node.span.begin;
    else node.text = word;
    remember(node.span.begin, node.span.end, true);
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, FlowOrBlock style) override {
    open(Node::Kind::sequence, place(mark), style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, FlowOrBlock style) override {
    open(Node::Kind::map, place(mark), style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapEnd() override { close('}'); }

  std::optional<Node> take_root() {
    if (root_ || open_.empty()) return std::move(root_);
    Node root = std::move(open_.front());
    if (root.keys.size() > root.items.size()) root.keys.pop_back();
    root.span.end = root.items.empty() ? root.span.begin : root.items.back().span.end;
    return root;
  }

  [[nodiscard]] Stop stop(Fault fault, std::size_t at) const {
    Stop stop{fault, at, nowhere, nowhere, last_, last_is_plain_};
    for (const Node& node : open_)
      if (node.flow) stop.open_flow = node.span.begin;
    if (open_.empty()) return stop;
    const Node& root = open_.front();
    if (root.is_map() && root.keys.size() > root.items.size()) stop.open_record = root.keys.back().span.begin;
    else if (open_.size() > 1) stop.open_record = open_[1].span.begin;
    return stop;
  }

  /// A mark as an offset into the file; the end of the stretch for a mark that says nothing.
  [[nodiscard]] std::size_t place(const YAML::Mark& mark) const {
    return mark.pos < 0 ? text_.size() : std::min(begin_ + static_cast<std::size_t>(mark.pos), text_.size());
  }

 private:
  Node node_from(std::size_t begin, std::size_t end) {
    Node node;
    node.span = {source_, begin, end};
    return node;
  }

  void remember(std::size_t begin, std::size_t end, bool is_plain) {
    cursor_ = end;
    last_ = {source_, begin, end};
    last_is_plain_ = is_plain;
  }

  [[nodiscard]] bool expects_key() const { return !open_.empty() && open_.back().is_map() && open_.back().keys.size() == open_.back().items.size(); }

  void add(Node node) {
    if (open_.empty()) root_ = std::move(node);
    else if (expects_key()) open_.back().keys.push_back(std::move(node));
    else open_.back().items.push_back(std::move(node));
  }

  /// yaml-cpp takes the end of a text that ends in a line break for a closing quote.
  [[nodiscard]] bool lacks_its_quote(std::size_t at, Style style, const std::string& value) const {
    if (style != Style::quoted) return false;
    const std::string closed = std::string(text_.substr(at)) + (text_.back() == '\n' ? "" : "\n") + text_[at];
    return end_of_scalar(closed, 0, style, value) == closed.size();
  }

  void refuse_tag(std::size_t at) const {
    if (byte_at(text_, at) == '!') throw Halt{Fault::tag, at};
  }

  void open(Node::Kind kind, std::size_t at, bool flow) {
    refuse_tag(at);
    if (expects_key()) throw Halt{Fault::collection_key, at};
    if (open_.size() >= max_yaml_depth) throw Halt{Fault::too_deep, at};
    Node node = node_from(at, at);
    node.kind = kind;
    node.flow = flow;
    open_.push_back(std::move(node));
    const char first = byte_at(text_, at);
    cursor_ = flow && (first == '[' || first == '{') ? at + 1 : at;
  }

  /// The closing bracket has no event: it is the next token but commas. A single pair inside [ ] has no brackets of its own.
  void close(char bracket) {
    Node node = std::move(open_.back());
    open_.pop_back();
    const char first = byte_at(text_, node.span.begin);
    if (node.flow && (first == '[' || first == '{')) {
      std::size_t at = skip_to_token(text_, cursor_);
      while (byte_at(text_, at) == ',') at = skip_to_token(text_, at + 1);
      if (byte_at(text_, at) != bracket) throw Halt{Fault::lost_place, node.span.begin};
      remember(node.span.begin, at + 1, false);
    }
    node.span.end = cursor_;
    add(std::move(node));
  }

  /// An empty value stands behind its colon or dash, as far as there is one.
  [[nodiscard]] std::size_t place_of_nothing(std::size_t at) const {
    if (open_.empty()) return cursor_;
    const char sign = open_.back().is_map() ? ':' : '-';
    const std::size_t token = skip_to_token(text_, cursor_);
    if (open_.back().flow && sign == '-') return std::max(cursor_, at);
    return byte_at(text_, token) == sign ? token + 1 : cursor_;
  }

  const SourcePtr& source_;
  std::string_view text_;     // to the end of the stretch
  std::size_t begin_;
  std::size_t cursor_;        // past what was last read
  std::vector<Node> open_;
  std::optional<Node> root_;
  Span last_;
  bool last_is_plain_ = false;
};

Fault fault_from(std::string_view message) {
  using namespace YAML::ErrorMsg;
  struct Row {
    std::string_view message;
    Fault fault;
  };
  static const std::array<Row, 31> rows = {{
      {UNKNOWN_TOKEN, Fault::bad_start},
      {FLOW_END, Fault::stray_close},
      {BLOCK_ENTRY, Fault::stray_dash},
      {MAP_KEY, Fault::stray_question},
      {MAP_VALUE, Fault::stray_colon},
      {END_OF_MAP_FLOW, Fault::in_flow},
      {END_OF_SEQ_FLOW, Fault::in_flow},
      {END_OF_MAP, Fault::in_block},
      {END_OF_SEQ, Fault::in_block},
      {CHAR_IN_BLOCK, Fault::block_header},
      {ZERO_INDENT_IN_BLOCK, Fault::block_header},
      {EOF_IN_SCALAR, Fault::open_quote},
      {DOC_IN_SCALAR, Fault::open_quote},
      {INVALID_ESCAPE, Fault::bad_escape},
      {INVALID_HEX, Fault::bad_escape},
      {INVALID_UNICODE, Fault::bad_escape},
      {TAB_IN_INDENTATION, Fault::tab},
      {ALIAS_NOT_FOUND, Fault::alias},
      {CHAR_IN_ALIAS, Fault::alias},
      {UNKNOWN_ANCHOR, Fault::alias},
      {ALIAS_CONTENT, Fault::alias},
      {ANCHOR_NOT_FOUND, Fault::anchor},
      {CHAR_IN_ANCHOR, Fault::anchor},
      {MULTIPLE_ANCHORS, Fault::anchor},
      {END_OF_VERBATIM_TAG, Fault::tag},
      {TAG_WITH_NO_SUFFIX, Fault::tag},
      {CHAR_IN_TAG_HANDLE, Fault::tag},
      {MULTIPLE_TAGS, Fault::tag},
      {"unexpected scalar", Fault::in_block},  // these three since 0.9
      {"plain value cannot start", Fault::bad_start},
      {"unexpected token after end", Fault::second_document},
  }};
  for (const Row& row : rows)
    if (message.substr(0, row.message.size()) == row.message) return row.fault;
  return Fault::other;
}

}  // namespace

Stretch read_stretch(const SourcePtr& source, std::size_t begin, std::size_t end) {
  // The parser passes over a byte order mark where it begins, and does not count it.
  if (constexpr std::string_view mark = "\xEF\xBB\xBF"; source->text.compare(begin, mark.size(), mark) == 0)
    begin = std::min(begin + mark.size(), end);
  TreeBuilder builder(source, begin, end);
  Stretch stretch;
  try {
    ReadOnlyBuffer buffer(std::string_view(source->text).substr(begin, end - begin));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {}
  } catch (const Halt& halt) { stretch.stop = builder.stop(halt.fault, halt.at); } catch (const YAML::Exception& error) {
    stretch.stop = builder.stop(fault_from(error.msg), builder.place(error.mark));
  } catch (const std::exception&) { stretch.stop = builder.stop(Fault::other, begin); }
  stretch.root = builder.take_root();
  return stretch;
}

}  // namespace duly
