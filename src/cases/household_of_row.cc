// A row of a table as the household document it stands for.

#include <algorithm>

#include "base/text.h"
#include "cases/table_map.h"
#include "syntax/tree.h"

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
      if (!is_there(person)) continue;
      people.keys.push_back(scalar_node(person.key, where_));
      people.items.push_back(node_of(person.facts));
    }
    document.keys.push_back(scalar_node("people", where_));
    document.items.push_back(std::move(people));
    return document;
  }

 private:
  [[nodiscard]] bool is_there(const PersonPattern& person) const {
    if (person.when) return person.when->holds(row_);
    return !person.repeated ||
           std::any_of(person.columns.begin(), person.columns.end(), [&](int column) { return !is_empty_cell(map_, row_, column); });
  }

  Node node_of(const Pattern& pattern) {
    if (pattern.whether) return scalar_node(pattern.whether->holds(row_) ? "yes" : "no", where_);
    if (pattern.column >= 0) return node_of_cell(pattern);
    if (pattern.text) return node_of_text(*pattern.text);
    Node node = pattern.node;
    node.items.reserve(pattern.items.size());
    for (const Pattern& item : pattern.items) node.items.push_back(node_of(item));
    return node;
  }

  Node node_of_text(const CellText& with_cells) {
    std::string out;
    for (const auto& [before, column] : with_cells.parts) {
      const auto text = cell_text(map_, table_, row_, column, CellForm::as_it_is, where_, errors_);
      out.append(before).append(text.value_or(""));
    }
    return scalar_node(out + with_cells.end, where_);
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

bool is_empty_cell(const TableMap& map, const CsvRow& row, int column) {
  const std::string_view text = trim(row.cells[static_cast<std::size_t>(column)]);
  return text.empty() || std::find(map.empty.begin(), map.empty.end(), text) != map.empty.end();
}

std::optional<std::string> cell_text(const TableMap& map, const Csv& table, const CsvRow& row, int column, CellForm form, const Span& where,
                                     std::vector<Diagnostic>& errors) {
  const auto at = static_cast<std::size_t>(column);
  const bool is_empty = is_empty_cell(map, row, column);
  if (is_empty && !map.blank[at]) {
    errors.push_back(diagnostic_at(Code::bad_table, where,
                                   "the cell of column `" + table.header[at] + "` is empty, and the map does not say what that means",
                                   "add it to the map: blank: {" + table.header[at] + ": unknown}: unknown, none or a value"));
    return std::nullopt;
  }
  std::string out = is_empty ? *map.blank[at] : std::string(trim(row.cells[at]));
  if (const auto& words = map.words[at]; !is_empty && !words.empty()) {
    const auto meaning = words.find(out);
    if (meaning == words.end()) {
      errors.push_back(diagnostic_at(Code::bad_table, where, "the map does not say what `" + out + "` means in column `" + table.header[at] + "`",
                                     "add it to the map: words: {" + table.header[at] + ": {" + out + ": ...}}"));
      return std::nullopt;
    }
    out = meaning->second;
  }
  return form == CellForm::truth ? truth_text(out) : out;
}

Node household_of_row(const TableMap& map, const Csv& table, const CsvRow& row, const Span& where, std::vector<Diagnostic>& errors) {
  return RowWriter(map, table, row, where, errors).household();
}

}  // namespace duly
