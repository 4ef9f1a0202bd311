#include "base/csv.h"

#include <set>

namespace duly {
namespace {

constexpr std::size_t most_mistakes = 10;

/// Reads one row from `at`; returns what is wrong with it, or nothing.
std::string read_row(std::string_view text, std::size_t& at, CsvRow& row) {
  row.begin = at;
  std::string wrong;
  for (;;) {
    std::string cell;
    if (at < text.size() && text[at] == '"') {
      ++at;
      for (;; ++at) {
        if (at >= text.size()) return "a quote is not closed";
        if (text[at] != '"') {
          cell += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          cell += '"';
          ++at;
        } else {
          break;
        }
      }
      ++at;
      if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') wrong = "text stands behind a closing quote";
    }
    while (at < text.size() && text[at] != ',' && text[at] != '\n') cell += text[at++];
    const bool last = at >= text.size() || text[at] == '\n';
    if (last && !cell.empty() && cell.back() == '\r') cell.pop_back();
    row.cells.push_back(std::move(cell));
    row.end = at;
    if (at < text.size()) ++at;
    if (last) return wrong;
  }
}

}  // namespace

int Csv::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == name) return static_cast<int>(i);
  return -1;
}

Csv read_csv(const SourcePtr& source, Code code, std::vector<Diagnostic>& errors) {
  Csv csv;
  const std::size_t before = errors.size();
  const auto mistake = [&](const CsvRow& row, std::string message, std::string help = "") {
    if (errors.size() - before < most_mistakes)
      errors.push_back(diagnostic_at(code, {source, row.begin, row.end}, std::move(message), std::move(help)));
  };
  std::size_t bad = 0;
  if (const std::string why = unreadable(source->text, bad); !why.empty()) {
    errors.push_back(diagnostic_at(Code::unreadable_text, {source, bad, bad + 1}, why));
    return csv;
  }
  std::size_t at = 0;
  CsvRow header;
  if (source->text.empty()) {
    mistake(header, "the table is empty", "its first line names the columns");
    return csv;
  }
  if (const std::string why = read_row(source->text, at, header); !why.empty()) mistake(header, why);
  csv.header = header.cells;
  std::set<std::string> names;
  for (const auto& name : csv.header)
    if (!names.insert(name).second) mistake(header, "the column `" + name + "` stands twice");
  while (at < source->text.size()) {
    CsvRow row;
    const std::string why = read_row(source->text, at, row);
    if (row.cells.size() == 1 && row.cells[0].empty()) continue;  // a blank line
    if (!why.empty()) {
      mistake(row, why);
    } else if (row.cells.size() != csv.header.size()) {
      mistake(row, "the row has " + std::to_string(row.cells.size()) + " cells, the header " + std::to_string(csv.header.size()),
              "put quotes around a cell that holds a comma");
    } else {
      csv.rows.push_back(std::move(row));
    }
  }
  return csv;
}

}  // namespace duly
