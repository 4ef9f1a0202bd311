// Tables of values: with a column for each value of the last key, with a row for each value, and from a CSV beside the chapter.

#include <algorithm>

#include "base/csv.h"
#include "resolve/parameter_reader.h"
#include "resolve/rule_files.h"

namespace duly {
namespace {

std::string renamed(const Node& node, const std::string& column) {
  const Node* columns = node.find("columns");
  if (columns == nullptr || !columns->is_map()) return column;
  for (std::size_t i = 0; i < columns->keys.size(); ++i)
    if (trim(columns->items[i].text) == column) return columns->keys[i].text;
  return column;
}

bool wanted(const Node& node, const Csv& csv, const CsvRow& row) {
  const Node* where = node.find("where");
  if (where == nullptr || !where->is_map()) return true;
  for (std::size_t i = 0; i < where->keys.size(); ++i) {
    const int column = csv.column(where->keys[i].text);
    if (column < 0 || row.cells[static_cast<std::size_t>(column)] != trim(where->items[i].text)) return false;
  }
  return true;
}

}  // namespace

void ParameterReader::read_table_file(const Node& node, const std::string& folder, const RuleFiles& files) {
  const Node* file = node.find("file");
  const std::string path = (folder.empty() ? "" : folder + "/") + reader_.text(node, "file");
  const auto text = files.read(path);
  if (!text) {
    reader_.mistake(Code::table_file, file->span, "the table `" + path + "` cannot be read", "the path is relative to the chapter's folder");
    return;
  }
  reader_.d.files.emplace_back(path, sha256(*text));
  const SourcePtr source = make_source(files.shown(path), *text);
  const std::size_t before = reader_.errors.size();
  const Csv csv = read_csv(source, Code::table_file, reader_.errors);
  if (reader_.errors.size() != before) return;
  Grid grid;
  for (const auto& name : csv.header) grid.header.push_back({renamed(node, name), {source, 0, source->text.find('\n')}});
  for (const auto& row : csv.rows) {
    if (!wanted(node, csv, row)) continue;
    auto& cells = grid.rows.emplace_back();
    for (const auto& cell : row.cells) cells.push_back({std::string(trim(cell)), {source, row.begin, row.end}});
  }
  read_long_grid(grid, defaults(node, file->span), node.find("read_as"), true);
}

void ParameterReader::read_grid(const Grid& grid, const Defaults& base) {
  const bool is_long = std::any_of(grid.header.begin(), grid.header.end(), [](const GridCell& c) { return c.text == "is"; });
  if (is_long) read_long_grid(grid, base, nullptr, false);
  else read_wide_grid(grid, base);
}

void ParameterReader::read_wide_grid(const Grid& grid, const Defaults& base) {
  if (grid.header.empty()) return;
  if (p_.keys.empty()) {
    reader_.mistake(Code::grid_shape, grid.header[0].span, "`" + p_.name + "` has no keys, so its value is `is:`", "");
    return;
  }
  const std::size_t lead = p_.keys.size() - 1;
  for (std::size_t i = 0; i < lead; ++i)
    if (i >= grid.header.size() || grid.header[i].text != p_.keys[i].name) {
      reader_.mistake(Code::grid_shape, grid.header[std::min(i, grid.header.size() - 1)].span,
                      "the columns must begin with the keys `" + p_.keys[i].name + "` ...",
                      "one column for each key but the last, then the last key's values; or one column a key and `is`");
      return;
    }
  const ParameterKey& last = p_.keys.back();
  std::vector<std::optional<KeyPattern>> columns;
  std::size_t more_column = grid.header.size();
  for (std::size_t c = lead; c < grid.header.size(); ++c) {
    if (grid.header[c].text == "each_more" && last.list < 0) {
      more_column = c;
      columns.emplace_back();
    } else {
      columns.push_back(pattern_or_mistake(last, grid.header[c]));
    }
  }
  for (const auto& cells : grid.rows) {
    std::vector<KeyPattern> keys;
    bool sound = true;
    for (std::size_t i = 0; i < lead && sound; ++i) {
      const auto pattern = pattern_or_mistake(p_.keys[i], cells[i]);
      sound = pattern.has_value();
      if (sound) keys.push_back(*pattern);
    }
    if (!sound) continue;
    std::optional<std::size_t> largest;
    for (std::size_t c = lead; c < cells.size(); ++c) {
      if (c == more_column || !columns[c - lead]) continue;
      ParameterRow row = row_from(base, cells[c].span);
      row.keys = keys;
      row.keys.push_back(*columns[c - lead]);
      if (!read_cell(cells[c].text, cells[c].span, row)) continue;
      if (!add(std::move(row), cells[c].span)) continue;
      if (!largest || p_.rows.back().keys.back().low > p_.rows[*largest].keys.back().low) largest = p_.rows.size() - 1;
    }
    if (more_column < cells.size() && largest) grow(p_.rows[*largest], cells[more_column]);
  }
}

void ParameterReader::grow(ParameterRow& row, const GridCell& cell) {
  if (cell.text.empty()) return;
  const auto amount = read_written_value(reader_.d, p_.type, cell.text);
  if (!amount || amount->state == WrittenValue::State::absent) {
    reader_.mistake(Code::bad_value, cell.span, "`" + cell.text + "` cannot be added for each one more");
    return;
  }
  row.keys.back().kind = KeyPattern::Kind::band;
  row.keys.back().high = KeyPattern::no_end;
  if (amount->state == WrittenValue::State::gap) return;
  row.grows = true;
  row.each_more = amount->value;
}

void ParameterReader::read_long_grid(const Grid& grid, const Defaults& base, const Node* read_as, bool from_file) {
  const auto column = [&](std::string_view name) {
    for (std::size_t i = 0; i < grid.header.size(); ++i)
      if (grid.header[i].text == name) return static_cast<int>(i);
    return -1;
  };
  if (grid.header.empty()) return;
  const int is = column("is");
  if (is < 0) {
    reader_.mistake(from_file ? Code::table_file : Code::grid_shape, grid.header[0].span, "there is no column `is`",
                    "name the column with the value `is`, or use `columns:`");
    return;
  }
  std::vector<int> key_columns;
  for (const auto& key : p_.keys) {
    key_columns.push_back(column(key.name));
    if (key_columns.back() < 0) {
      reader_.mistake(from_file ? Code::table_file : Code::grid_shape, grid.header[0].span, "there is no column for the key `" + key.name + "`");
      return;
    }
  }
  if (!from_file) {
    std::vector<std::string> known{"is", "from", "until", "source", "confidence", "applied", "note", "each_more"};
    for (const auto& key : p_.keys) known.push_back(key.name);
    for (const auto& cell : grid.header)
      if (std::find(known.begin(), known.end(), cell.text) == known.end())
        reader_.mistake(Code::unknown_key, cell.span, "`" + cell.text + "` is no column here", "columns are " + join_words(known));
  }
  for (const auto& cells : grid.rows) read_long_row(cells, base, read_as, key_columns, is, column);
}

template <class Column>
void ParameterReader::read_long_row(const std::vector<GridCell>& cells, const Defaults& base, const Node* read_as,
                                    const std::vector<int>& key_columns, int is, Column column) {
  const auto cell_of = [&](std::string_view name) -> const GridCell* {
    const int at = column(name);
    return at < 0 || cells[static_cast<std::size_t>(at)].text.empty() ? nullptr : &cells[static_cast<std::size_t>(at)];
  };
  const GridCell& value = cells[static_cast<std::size_t>(is)];
  ParameterRow row = row_from(base, value.span);
  bool has_from = base.has_from;
  for (std::size_t i = 0; i < p_.keys.size(); ++i) {
    const auto pattern = pattern_or_mistake(p_.keys[i], cells[static_cast<std::size_t>(key_columns[i])]);
    if (!pattern) return;
    row.keys.push_back(*pattern);
  }
  const auto day = [&](const GridCell& cell) -> std::optional<Date> {
    if (const auto d = date_from_text(cell.text)) return d;
    if (const auto m = month_from_text(cell.text)) return first_day_of(*m);
    reader_.mistake(Code::bad_value, cell.span, "`" + cell.text + "` is no date", "write it as YYYY-MM-DD");
    return std::nullopt;
  };
  if (const auto* cell = cell_of("from"))
    if (const auto d = day(*cell)) row.from = *d, has_from = true;
  if (const auto* cell = cell_of("until"))
    if (const auto d = day(*cell)) {
      const auto month = month_from_text(cell->text);
      row.until = Date{(month ? last_day_of(*month).days : d->days) + 1};
    }
  if (const auto* cell = cell_of("applied")) row.applied = day(*cell);
  if (const auto* cell = cell_of("source")) row.source = source_index(cell->text);
  if (const auto* cell = cell_of("confidence")) row.confidence = confidence(cell->text, cell->span);
  if (!has_from) reader_.mistake(Code::missing_key, value.span, "the value has no `from`", "say from which day it is law");
  std::string written = value.text;
  if (read_as != nullptr)
    if (const Node* as = read_as->find(written)) written = std::string(trim(as->text));
  if (!read_cell(written, value.span, row)) return;
  if (!add(std::move(row), value.span)) return;
  if (const auto* cell = cell_of("each_more")) grow(p_.rows.back(), *cell);
}

}  // namespace duly
