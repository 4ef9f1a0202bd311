// A row of a table as the household document it stands for.

#include <algorithm>

#include "base/text.h"
#include "cases/table_map.h"
#include "cases/tree.h"

namespace duly {
namespace {

/// `1`, `TRUE` and `Yes` as documents write them; any other text as it is, to be refused by its fact.
std::string truth_text(const std::string& text) {
  std::string small = text;
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (small == "1" || small == "yes" || small == "true") return "yes";
  if (small == "0" || small == "no" || small == "false") return "no";
  return text;
}

Node words_node(std::string text, const Span& where) {
  std::vector<Node> words;
  for (std::string& word : words_of_cell(std::move(text))) words.push_back(scalar_node(std::move(word), where));
  return list_node(std::move(words), where);
}

class RowWriter {
 public:
  RowWriter(const TableMap& map, const Csv& table, const CsvRow& row, const Span& where, std::vector<Diagnostic>& errors)
      : map_(map), table_(table), row_(row), where_(where), errors_(errors) {}

  Node household() {
    Node document = node_of(map_.household);
    if (map_.people.empty()) return document;
    Node people = map_node(where_);
    for (const PersonPattern& person : map_.people) {
      const bool is_there =
          !person.repeated || std::any_of(person.columns.begin(), person.columns.end(), [&](int column) { return !cell(column).empty(); });
      if (!is_there) continue;
      people.keys.push_back(scalar_node(person.key, where_));
      people.items.push_back(node_of(person.facts));
    }
    document.keys.push_back(scalar_node("people", where_));
    document.items.push_back(std::move(people));
    return document;
  }

 private:
  [[nodiscard]] const std::string& cell(int column) const { return row_.cells[static_cast<std::size_t>(column)]; }

  Node node_of(const Pattern& pattern) {
    if (pattern.column >= 0) return node_of_cell(pattern);
    Node node = pattern.node;
    node.items.reserve(pattern.items.size());
    for (const Pattern& item : pattern.items) node.items.push_back(node_of(item));
    return node;
  }

  Node node_of_cell(const Pattern& pattern) {
    auto text = cell_text(map_, table_, row_, pattern.column, pattern.form, where_, errors_);
    if (!text) return scalar_node("unknown", where_);
    if (pattern.form == CellForm::words && *text != "unknown" && *text != "none") return words_node(std::move(*text), where_);
    return scalar_node(std::move(*text), where_);
  }

  const TableMap& map_;
  const Csv& table_;
  const CsvRow& row_;
  const Span& where_;
  std::vector<Diagnostic>& errors_;
};

}  // namespace

std::vector<std::string> words_of_cell(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == ';'; }, ' ');
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

std::optional<std::string> cell_text(const TableMap& map, const Csv& table, const CsvRow& row, int column, CellForm form, const Span& where,
                                     std::vector<Diagnostic>& errors) {
  const auto at = static_cast<std::size_t>(column);
  const std::string_view text = trim(row.cells[at]);
  if (text.empty() && !map.blank[at]) {
    errors.push_back(diagnostic_at(Code::bad_table, where,
                                   "the cell of column `" + table.header[at] + "` is empty, and the map does not say what that means",
                                   "add it to the map: blank: {" + table.header[at] + ": unknown}: unknown, none or a value"));
    return std::nullopt;
  }
  std::string out = text.empty() ? *map.blank[at] : std::string(text);
  return form == CellForm::truth ? truth_text(out) : out;
}

Node household_of_row(const TableMap& map, const Csv& table, const CsvRow& row, const Span& where, std::vector<Diagnostic>& errors) {
  return RowWriter(map, table, row, where, errors).household();
}

}  // namespace duly
