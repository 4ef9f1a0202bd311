// Text grids: small tables that need no quotes. A line is a row, cells stand between `|`, the first line names the columns.

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "syntax/grid_line.h"
#include "syntax/mistakes.h"
#include "syntax/scalar_map.h"
#include "syntax/yaml.h"
#include "syntax/yaml_text.h"

namespace duly {
namespace {

ByteRange trimmed(std::string_view line, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(line[begin])) ++begin;
  while (end > begin && is_blank(line[end - 1])) --end;
  return {begin, end};
}

/// `1,183` and the like: a number as print shows it.
bool has_thousands_comma(std::string_view cell) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t comma = cell.find(',');
  if (comma == 0 || comma > 3 || !std::all_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(comma), is_digit)) return false;
  while (comma < cell.size() && cell[comma] == ',') {
    const std::string_view group = cell.substr(comma + 1, 3);
    if (group.size() < 3 || !std::all_of(group.begin(), group.end(), is_digit)) return false;
    comma += 4;
  }
  return comma == cell.size() || (cell[comma] == '.' && std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(comma) + 1, cell.end(), is_digit));
}

bool is_dashes(std::string_view cell) { return cell.size() > 1 && cell.find_first_not_of("-:") == std::string_view::npos; }

std::string counted(std::size_t count, std::string_view noun) { return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s"); }

class GridReader {
 public:
  GridReader(const Node& scalar, std::vector<Diagnostic>& errors) : scalar_(scalar), errors_(errors) {}

  Grid read() {
    if (!is_block_of_lines()) return {};
    map_ = ScalarMap::of(scalar_.span.source->text, scalar_.span.begin, scalar_.style, scalar_.text);
    std::size_t begin = 0;
    while (begin < scalar_.text.size() && errors_.size() < first_error_ + Mistakes::most) {
      if (grid_.header.empty() && errors_.size() > first_error_) break;
      const std::size_t end = std::min(scalar_.text.find('\n', begin), scalar_.text.size());
      read_line(begin, std::string_view(scalar_.text).substr(begin, end - begin));
      begin = end + 1;
    }
    if (errors_.size() == first_error_ && (grid_.header.empty() || grid_.rows.empty()))
      say(scalar_.span, grid_.header.empty() ? "the grid is empty" : "the grid has one line: a header or a row is missing",
          "the first line names the columns, each further line is a row");
    return std::move(grid_);
  }

 private:
  bool is_block_of_lines() {
    const bool lines = scalar_.text.find('\n') != std::string::npos && scalar_.style != Style::folded && scalar_.style != Style::plain;
    if (scalar_.is_scalar() && (scalar_.style == Style::block || lines)) return true;
    say(scalar_.span, "a text grid is a block of lines", "write `|` behind the key, and the lines of the grid below it, indented");
    return false;
  }

  void read_line(std::size_t begin, std::string_view line) {
    const GridLine parts = split_grid_line(line);
    if (parts.open_quote != std::string_view::npos)
      return say(span(begin + parts.open_quote, begin + line.size()), "a text is opened by `\"` and not closed in its row", "close it by `\"`");
    if (parts.bad_comment != std::string_view::npos) {
      const Span at = span(begin + parts.bad_comment, begin + parts.bad_comment + 1);
      errors_.push_back(mistake_at(Code::comment_cuts_value, at.source, at.begin, at.end, "a comment needs two blanks before its `#` and one after",
                                   "write `  # ...` for a comment; a cell that holds a `#` is put in double quotes")
                            .said);
      return;
    }
    if (parts.cells.empty()) return;
    std::vector<GridCell> cells;
    cells.reserve(parts.cells.size());
    for (const ByteRange& cell : parts.cells)
      cells.push_back({std::string(line.substr(cell.begin, cell.end - cell.begin)), span(begin + cell.begin, begin + cell.end)});
    grid_.header.empty() ? take_header(std::move(cells)) : take_row(std::move(cells));
  }

  void take_header(std::vector<GridCell> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const GridCell& cell = cells[i];
      if (cell.text.empty() && i == 0) return say(cell.span, "a line of a grid does not begin with `|`", "remove the first `|` of each line");
      if (cell.text.empty()) return say(cell.span, "a column has no name", "name it, or remove the `|`");
      if (std::string_view("<>=![(-").find(cell.text.front()) != std::string_view::npos)
        return say(cell.span, in_backquotes(cell.text) + " is no name of a column", "the first line of a grid names its columns");
      const auto same =
          std::find_if(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(i), [&](const GridCell& other) { return other.text == cell.text; });
      if (same != cells.begin() + static_cast<std::ptrdiff_t>(i))
        return say(cell.span, "two columns are named " + in_backquotes(cell.text), "give each column its own name");
    }
    grid_.header = std::move(cells);
  }

  void take_row(std::vector<GridCell> cells) {
    const Span row{scalar_.span.source, cells.front().span.begin, cells.back().span.end};
    if (std::all_of(cells.begin(), cells.end(), [](const GridCell& cell) { return is_dashes(cell.text); }))
      return say(row, "a grid has no line of dashes", "remove the line");
    if (cells.size() != grid_.header.size()) {
      const bool one_empty_more = cells.size() == grid_.header.size() + 1 && cells.back().text.empty();
      return say(row, "this row has " + counted(cells.size(), "cell") + ", the header names " + counted(grid_.header.size(), "column"),
                 one_empty_more ? "remove the `|` at the end: it begins an empty last cell"
                                : "write one cell for each column; an empty one still needs its `|`");
    }
    for (const GridCell& cell : cells)
      if (has_thousands_comma(cell.text)) say_thousands(cell);
    grid_.rows.push_back(std::move(cells));
  }

  void say_thousands(const GridCell& cell) {
    std::string digits = cell.text;
    digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
    say(cell.span, in_backquotes(cell.text) + " has a comma",
        "write the number as " + in_backquotes(digits) + "; write several values with a blank after each comma");
  }

  void say(const Span& where, std::string message, std::string help) {
    errors_.push_back(mistake_at(Code::grid_shape, where.source, where.begin, where.end, std::move(message), std::move(help)).said);
  }

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    if (!map_) return scalar_.span;
    const std::size_t first = map_->begin_of(begin);
    return {scalar_.span.source, first, begin >= end ? first : map_->end_of(end)};
  }

  const Node& scalar_;
  std::vector<Diagnostic>& errors_;
  const std::size_t first_error_ = errors_.size();
  std::optional<ScalarMap> map_;
  Grid grid_;
};

}  // namespace

GridLine split_grid_line(std::string_view line) {
  GridLine parts;
  std::size_t begin = 0;
  std::size_t at = 0;
  bool in_quotes = false;
  const auto end_cell = [&] { parts.cells.push_back(trimmed(line, begin, at)); };
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (in_quotes) {
      if (c == '\\') ++at;
      else if (c == '"') in_quotes = false, parts.open_quote = std::string_view::npos;
    } else if (c == '"') {
      in_quotes = true;
      parts.open_quote = at;
    } else if (c == '|') {
      end_cell();
      begin = at + 1;
    } else if (c == '#' && (at == begin || is_blank(line[at - 1]))) {
      (is_sound_comment(line, at) ? parts.comment : parts.bad_comment) = at;
      break;
    }
  }
  at = std::min(at, line.size());
  const ByteRange last = trimmed(line, begin, at);
  if (!parts.cells.empty() || last.begin < last.end) end_cell();
  return parts;
}

Grid parse_grid(const Node& scalar, std::vector<Diagnostic>& errors) { return GridReader(scalar, errors).read(); }

}  // namespace duly
