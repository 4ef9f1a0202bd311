#include "syntax/layout.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "syntax/grid_line.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

constexpr std::size_t step = 2;

std::string blanks(std::size_t count) { return std::string(count, ' '); }

bool has_several_lines(const Span& span) { return text_of(span).find('\n') != std::string_view::npos; }

/// Lines without their breaks.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  for (std::string_view& line : lines)
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return lines;
}

// ---- flows on one line

/// In { } a formula stands in quotes, so that a later comma or bracket does not cut it.
bool wants_quotes(std::string_view key, const Node& value) {
  static constexpr std::array<std::string_view, 8> conditions = {"when", "who", "fits", "open", "top", "passes", "exempt", "keep"};
  if (value.style != Style::plain || value.is_null) return false;
  if (std::find(conditions.begin(), conditions.end(), key) != conditions.end()) return true;
  return value.text.find_first_of("<>=*+\"") != std::string::npos || value.text.find(" / ") != std::string::npos;
}

std::string flow_text(std::string_view key, const Node& node) {
  if (node.is_scalar()) return wants_quotes(key, node) ? in_quotes(node.text) : std::string(text_of(node.span));
  std::string out = node.is_map() ? "{" : "[";
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (i > 0) out += ", ";
    const std::string_view name = node.is_map() ? std::string_view(node.keys[i].text) : std::string_view();
    const std::string value = flow_text(name, node.items[i]);
    if (node.is_map()) out += std::string(text_of(node.keys[i].span)) + (value.empty() ? ":" : ": ");
    out += value;
  }
  return out + (node.is_map() ? "}" : "]");
}

// ---- grids

std::vector<std::size_t> column_widths(const std::vector<std::string_view>& lines) {
  std::vector<std::size_t> widths;
  for (const std::string_view line : lines) {
    const auto cells = split_grid_line(line).cells;
    widths.resize(std::max(widths.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths[i] = std::max(widths[i], code_points(line.substr(cells[i].begin, cells[i].end - cells[i].begin)));
  }
  return widths;
}

std::string grid_row(std::string_view line, const std::vector<std::size_t>& widths) {
  const GridLine parts = split_grid_line(line);
  std::string out;
  for (std::size_t i = 0; i < parts.cells.size(); ++i) {
    const std::string_view cell = line.substr(parts.cells[i].begin, parts.cells[i].end - parts.cells[i].begin);
    const bool is_last = i + 1 == parts.cells.size();
    out += cell;
    if (!is_last) out += blanks(widths[i] - code_points(cell)) + " | ";
  }
  while (!out.empty() && is_blank(out.back())) out.pop_back();
  if (parts.comment != std::string_view::npos) out += (out.empty() ? "" : "  ") + std::string(trim(line.substr(parts.comment)));
  return out;
}

/// The lines of a grid with one `|` below the other; of several blank lines one.
std::vector<std::string> grid_lines(const std::string& text) {
  const auto lines = lines_of(text);
  const auto widths = column_widths(lines);
  std::vector<std::string> out;
  for (const std::string_view line : lines) {
    std::string row = grid_row(line, widths);
    const bool is_extra_blank = row.empty() && (out.empty() || out.back().empty());
    if (!is_extra_blank) out.push_back(std::move(row));
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

// ---- the printer

class LinePrinter {
 public:
  LinePrinter(const SourcePtr& source, const std::vector<ByteRange>& comments) : text_(source->text), comments_(comments) {}

  std::string print(const Node& tree) {
    if (tree.is_map() && !tree.flow) map(tree, 0, {});
    else if (tree.is_sequence() && !tree.flow) sequence(tree, 0, {});
    else if (!tree.items.empty() || tree.span.end > tree.span.begin) outermost_flow(tree);
    own_line_comments(text_.size(), 0);
    return join();
  }

 private:
  struct Line {
    std::string text, comment;
  };
  /// A collection on the way from the root to the last printed entry: where it stands in the source and where in the result.
  struct Level {
    std::size_t source_column, indent;
  };

  /// What already stands on the line of an entry, and the level of the collection whose entry the line is: the outermost for `- - key:`.
  struct Lead {
    std::string text;
    std::size_t level = 0;
  };

  static bool is_block(const Node& node) { return !node.is_scalar() && !node.flow; }
  [[nodiscard]] std::size_t column_of(std::size_t at) const { return at - line_begin(text_, at); }

  void enter(const Node& collection, std::size_t indent) {
    levels_.resize(depth_++);
    levels_.push_back({column_of(collection.span.begin), indent});
  }

  void map(const Node& node, std::size_t indent, Lead lead) {
    enter(node, indent);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (lead.text.empty()) lead = {blanks(indent), depth_ - 1};
      lead.text += std::string(text_of(node.keys[i].span)) + ":";
      entry(&node.keys[i], node.items[i], indent, lead);
      lead.text.clear();
    }
    --depth_;
  }

  void sequence(const Node& node, std::size_t indent, Lead lead) {
    enter(node, indent);
    for (const Node& item : node.items) {
      if (lead.text.empty()) lead = {blanks(indent), depth_ - 1};
      lead.text += '-';
      own_line_comments(item.span.begin, lead.level);
      if (is_block(item)) {
        lead.text += ' ';
        item.is_map() ? map(item, indent + step, lead) : sequence(item, indent + step, lead);
      } else {
        entry(nullptr, item, indent, lead);
      }
      lead.text.clear();
    }
    --depth_;
  }

  /// A value behind its `key:` or `-`.
  void entry(const Node* key, const Node& value, std::size_t indent, const Lead& lead) {
    const std::size_t begin = key != nullptr ? key->span.begin : value.span.begin;
    own_line_comments(begin, lead.level);
    levels_.resize(depth_);
    if (is_block(value)) {
      blank_line(begin);
      lines_.push_back({lead.text, ""});
      done_ = key->span.end;
      end_of_line_comment(lines_.back());
      value.is_map() ? map(value, indent + step, {}) : sequence(value, indent + step, {});
      return;
    }
    comments_inside(value.span.begin, lead.level);
    blank_line(begin);
    const std::size_t first = lines_.size();
    const bool has_header = value.is_scalar() && (value.style == Style::block || value.style == Style::folded);
    if (!value.is_scalar()) flow(key != nullptr ? key->text : "", value, lead.text);
    else if (has_header) block(key, value, indent, lead.text);
    else scalar(value, indent, lead.text);
    done_ = has_header ? value.span.begin : value.span.end;
    if (!has_header) skip_comments(value.span.end);
    end_of_line_comment(has_header ? lines_[first] : lines_.back());
    done_ = value.span.end;
  }

  void scalar(const Node& value, std::size_t indent, const std::string& start) {
    const auto lines = lines_of(text_of(value.span));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string_view line = lines[i];
      if (i > 0) line.remove_prefix(skip_blanks(line, 0));
      if (value.style == Style::plain) line = trim(line);
      const std::string before = i == 0 ? start + " " : blanks(indent + step);
      lines_.push_back({line.empty() ? (i == 0 ? start : "") : before + std::string(line), ""});
    }
  }

  void flow(std::string_view key, const Node& value, const std::string& start) {
    if (!has_several_lines(value.span)) {
      lines_.push_back({start + " " + flow_text(key, value), ""});
      return;
    }
    const auto lines = lines_of(text_of(value.span));
    const std::size_t line = line_begin(text_, value.span.begin);
    const std::size_t source_indent = skip_blanks(text_, line) - line;
    lines_.push_back({start + " " + std::string(lines.front()), ""});
    for (std::size_t i = 1; i < lines.size(); ++i) lines_.push_back({moved(lines[i], source_indent, skip_blanks(start, 0)), ""});
  }

  /// A line that keeps its distance from the line its value begins in.
  static std::string moved(std::string_view line, std::size_t from, std::size_t to) {
    std::size_t own = 0;
    while (own < line.size() && line[own] == ' ') ++own;
    if (own == line.size()) return "";
    const std::size_t indent = own + to > from ? own + to - from : 0;
    return blanks(indent) + std::string(line.substr(own));
  }

  void block(const Node* key, const Node& value, std::size_t indent, const std::string& start) {
    const std::string_view header = text_.substr(value.span.begin, line_end(text_, value.span.begin) - value.span.begin);
    const std::string_view indicators = header.substr(0, header.find_first_not_of("|>+-0123456789"));
    std::vector<std::string> lines = key != nullptr && is_grid(*key, value) ? grid_lines(value.text) : content_of(value, indicators);
    const auto first = std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return !line.empty(); });
    std::string sign(1, indicators.front());
    if (first != lines.end() && is_blank(first->front())) sign += std::to_string(step);
    const bool has_last_break = value.text.empty() || value.text.back() == '\n';
    if (indicators.find('+') != std::string_view::npos && has_last_break) sign += '+';
    if (indicators.find('-') != std::string_view::npos || !has_last_break) sign += '-';
    lines_.push_back({start + " " + sign, ""});
    for (const std::string& line : lines) lines_.push_back({line.empty() ? "" : blanks(indent + step) + line, ""});
  }

  /// The lines of a block scalar without their indentation.
  [[nodiscard]] std::vector<std::string> content_of(const Node& value, std::string_view indicators) const {
    std::vector<std::string> lines;
    if (value.style == Style::block) {
      for (const std::string_view line : split(value.text, '\n')) lines.emplace_back(line);
    } else {
      const auto raw = lines_of(text_of(value.span));
      const std::size_t indent = indent_of_content(raw, indicators);
      for (std::size_t i = 1; i < raw.size(); ++i) lines.emplace_back(raw[i].substr(std::min(indent, raw[i].size())));
    }
    const bool keeps = indicators.find('+') != std::string_view::npos;
    if (keeps && value.style == Style::block && !lines.empty()) lines.pop_back();
    while (!keeps && !lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
  }

  [[nodiscard]] std::size_t indent_of_content(const std::vector<std::string_view>& raw, std::string_view indicators) const {
    const std::size_t digit = indicators.find_first_of("123456789");
    if (digit != std::string_view::npos) return levels_[depth_ - 1].source_column + static_cast<std::size_t>(indicators[digit] - '0');
    for (std::size_t i = 1; i < raw.size(); ++i)
      if (const std::size_t own = raw[i].find_first_not_of(' '); own != std::string_view::npos) return own;
    return std::string_view::npos;
  }

  void outermost_flow(const Node& tree) {
    own_line_comments(tree.span.begin, 0);
    const auto lines = lines_of(text_of(tree.span));
    if (lines.size() == 1) lines_.push_back({flow_text("", tree), ""});
    else
      for (const std::string_view line : lines) lines_.push_back({std::string(line), ""});
    skip_comments(tree.span.end);
    done_ = tree.span.end;
    end_of_line_comment(lines_.back());
  }

  // ---- comments and blank lines

  void blank_line(std::size_t before) {
    const std::string_view between = text_.substr(std::min(done_, before), before - std::min(done_, before));
    for (std::size_t feed = between.find('\n'); feed != std::string_view::npos; feed = between.find('\n', feed + 1)) {
      const std::size_t next = between.find_first_not_of(" \t\r", feed + 1);
      if (next == std::string_view::npos || between[next] != '\n') continue;
      if (!lines_.empty()) lines_.push_back({"", ""});
      return;
    }
  }

  /// Comments before `offset` that have not been printed, each indented like the entry it stands before or the list it closes.
  void own_line_comments(std::size_t offset, std::size_t level) {
    for (; next_comment_ < comments_.size() && comments_[next_comment_].begin < offset; ++next_comment_) {
      const ByteRange& comment = comments_[next_comment_];
      blank_line(comment.begin);
      lines_.push_back({blanks(indent_of(comment, level)) + comment_text(comment), ""});
      done_ = comment.end;
    }
  }

  /// Comments between a key and its value, which come to stand on one line.
  void comments_inside(std::size_t offset, std::size_t level) {
    for (; next_comment_ < comments_.size() && comments_[next_comment_].begin < offset; ++next_comment_)
      lines_.push_back({blanks(levels_[level].indent) + comment_text(comments_[next_comment_]), ""});
  }

  void skip_comments(std::size_t offset) {
    while (next_comment_ < comments_.size() && comments_[next_comment_].begin < offset) ++next_comment_;
  }

  [[nodiscard]] std::size_t indent_of(const ByteRange& comment, std::size_t level) const {
    if (level >= levels_.size()) return 0;
    const std::size_t column = column_of(comment.begin);
    std::size_t indent = levels_[level].indent;
    if (column <= levels_[level].source_column) return indent;
    for (std::size_t i = level + 1; i < levels_.size() && levels_[i].source_column <= column; ++i) indent = levels_[i].indent;
    return indent;
  }

  void end_of_line_comment(Line& line) {
    if (next_comment_ >= comments_.size()) return;
    const ByteRange& comment = comments_[next_comment_];
    if (text_.substr(done_, comment.begin - done_).find('\n') != std::string_view::npos) return;
    line.comment = comment_text(comment);
    done_ = comment.end;
    ++next_comment_;
  }

  [[nodiscard]] std::string comment_text(const ByteRange& comment) const {
    return std::string(text_.substr(comment.begin, comment.end - comment.begin));
  }

  /// Comments at the ends of lines that follow each other stand in one column.
  std::string join() const {
    std::string out;
    for (std::size_t i = 0; i < lines_.size();) {
      std::size_t end = i;
      std::size_t column = 0;
      for (; end < lines_.size() && !lines_[end].comment.empty(); ++end) column = std::max(column, code_points(lines_[end].text) + 2);
      for (end = std::max(end, i + 1); i < end; ++i) {
        out += lines_[i].text;
        if (!lines_[i].comment.empty()) out += blanks(column - code_points(lines_[i].text)) + lines_[i].comment;
        out += '\n';
      }
    }
    return out;
  }

  std::string_view text_;
  const std::vector<ByteRange>& comments_;
  std::size_t next_comment_ = 0;
  std::size_t done_ = 0;  // all of the source before is printed
  std::size_t depth_ = 0;
  std::vector<Level> levels_;
  std::vector<Line> lines_;
};

}  // namespace

std::string lay_out(const SourcePtr& source, const Node& tree, const std::vector<ByteRange>& comments) {
  return LinePrinter(source, comments).print(tree);
}

bool is_grid(const Node& key, const Node& value) {
  if (key.text != "rows" || value.style != Style::block || !value.is_scalar()) return false;
  std::vector<Diagnostic> errors;
  parse_grid(value, errors);
  return errors.empty();
}

std::string grid_essence(const std::string& text) {
  std::string out;
  for (const std::string_view line : lines_of(text)) {
    const GridLine parts = split_grid_line(line);
    for (const ByteRange& cell : parts.cells) out += std::string(line.substr(cell.begin, cell.end - cell.begin)) + '\x1F';
    if (parts.comment != std::string_view::npos) out += trim(line.substr(parts.comment));
    if (!parts.cells.empty() || parts.comment != std::string_view::npos) out += '\n';
  }
  return out;
}

}  // namespace duly
