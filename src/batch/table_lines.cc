#include "batch/table_lines.h"

namespace duly {
namespace {

/// The quoted cell that begins at `at`, which moves behind its closing quote.
std::string_view read_quoted(std::string_view text, std::size_t& at, std::string_view& cell, std::deque<std::string>& unquoted) {
  const std::size_t begin = ++at;
  bool doubled = false;
  for (;;) {
    at = text.find('"', at);
    if (at == std::string_view::npos) {
      at = text.size();
      return "a quote is not closed";
    }
    if (at + 1 >= text.size() || text[at + 1] != '"') break;
    doubled = true;
    at += 2;
  }
  cell = text.substr(begin, at - begin);
  ++at;
  if (!doubled) return {};
  std::string plain;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    plain += cell[i];
    if (cell[i] == '"') ++i;
  }
  unquoted.push_back(std::move(plain));
  cell = unquoted.back();
  return {};
}

}  // namespace

std::string_view read_table_row(std::string_view text, std::size_t& at, std::vector<std::string_view>& cells, std::deque<std::string>& unquoted) {
  cells.clear();
  unquoted.clear();
  std::string_view wrong;
  for (;;) {
    if (at < text.size() && text[at] == '"') {
      std::string_view cell;
      if (const auto why = read_quoted(text, at, cell, unquoted); !why.empty()) return why;
      cells.push_back(cell);
      if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') wrong = "text stands behind a closing quote";
      while (at < text.size() && text[at] != ',' && text[at] != '\n') ++at;
    } else {
      const std::size_t begin = at;
      while (at < text.size() && text[at] != ',' && text[at] != '\n') ++at;
      cells.push_back(text.substr(begin, at - begin));
      const bool ends = at >= text.size() || text[at] == '\n';
      if (ends && !cells.back().empty() && cells.back().back() == '\r') cells.back().remove_suffix(1);
    }
    if (at >= text.size()) return wrong;
    if (text[at++] == '\n') return wrong;
  }
}

}  // namespace duly
