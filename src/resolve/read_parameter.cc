// Parameters: dated values with their sources, in the file, as a grid, or in a CSV beside the chapter.

#include <algorithm>

#include "base/csv.h"
#include "resolve/reader.h"
#include "resolve/rule_files.h"

namespace duly {
namespace {

const std::vector<std::string> parameter_keys{"title",      "cite",  "type",   "values", "file", "columns", "where", "read_as",  "source",
                                              "confidence", "range", "renews", "keys",   "note", "doubt",   "from",  "replaces", "may_be_replaced"};
const std::vector<std::string> value_keys{"from", "until", "is", "rows", "source", "confidence", "applied", "note", "each_more"};

/// What a row takes over where its own columns say nothing.
struct Defaults {
  Date from = first_date;
  bool has_from = false;
  Date until = never;  ///< first day past it
  std::optional<Date> applied;
  int source = -1;
  Confidence confidence = Confidence::official;
};

std::optional<Confidence> confidence_from(std::string_view word) {
  for (const auto c : {Confidence::official, Confidence::reported, Confidence::computed, Confidence::projected, Confidence::doubtful})
    if (to_word(c) == word) return c;
  return std::nullopt;
}

class ParameterReader {
 public:
  ParameterReader(Reader& reader, Parameter& parameter) : reader_(reader), p_(parameter) {}

  void read_keys(const std::vector<std::string>& names, const Node& node) {
    for (const auto& written : names) {
      ParameterKey key;
      key.name = written;
      std::string list = written;
      if (const auto colon = written.find(':'); colon != std::string::npos) {
        key.name = std::string(trim(std::string_view(written).substr(0, colon)));
        list = std::string(trim(std::string_view(written).substr(colon + 1)));
        if (reader_.list_named(list) < 0) reader_.mistake(Code::bad_type, node.span, "there is no code list `" + list + "`");
      }
      key.list = reader_.list_named(list);
      key.is_month = list == "month" && key.list < 0;
      p_.keys.push_back(std::move(key));
    }
  }

  Defaults defaults(const Node& record, const Span& where) {
    Defaults out;
    if (const auto from = reader_.date(record, "from")) {
      out.from = *from;
      out.has_from = true;
    }
    if (const auto until = reader_.date(record, "until")) out.until = day_after(*record.find("until"), *until);
    out.applied = reader_.date(record, "applied");
    if (record.find("source") != nullptr) out.source = source_index(reader_.text(record, "source"));
    if (record.find("confidence") != nullptr) out.confidence = confidence(reader_.text(record, "confidence"), record.find("confidence")->span);
    if (out.until <= out.from) reader_.mistake(Code::dates_overlap, where, "the value ends before it starts");
    return out;
  }

  void read_value_record(const Node& record) {
    if (!reader_.want_map(record, "a value")) return;
    reader_.refuse_other_keys(record, value_keys, "a value");
    const Defaults base = defaults(record, record.span);
    if (record.find("from") == nullptr) reader_.mistake(Code::missing_key, record.span, "the value has no `from`", "say from which day it is law");
    if (const Node* is = record.find("is")) {
      ParameterRow row = row_from(base, is->span);
      row.keys.assign(p_.keys.size(), KeyPattern{});
      if (read_cell(is->is_scalar() ? is->text : std::string(text_of(is->span)), is->span, row)) add(std::move(row), is->span);
    }
    if (const Node* rows = record.find("rows")) read_grid(parse_grid(*rows, reader_.errors), base);
    if ((record.find("is") == nullptr) == (record.find("rows") == nullptr))
      reader_.mistake(Code::missing_key, record.span, "a value has either `is` or `rows`");
  }

  void read_table_file(const Node& node, const std::string& folder, const RuleFiles& files) {
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

  /// Ends each row where the next one with the same keys begins, and refuses two that begin on one day.
  void close_histories() {
    const auto same_keys = [](const ParameterRow& a, const ParameterRow& b) {
      for (std::size_t i = 0; i < a.keys.size(); ++i)
        if (a.keys[i].kind != b.keys[i].kind || a.keys[i].word != b.keys[i].word || a.keys[i].low != b.keys[i].low ||
            a.keys[i].high != b.keys[i].high)
          return false;
      return true;
    };
    std::vector<std::size_t> order(p_.rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key_less = [&](std::size_t x, std::size_t y) {
      const auto& a = p_.rows[x];
      const auto& b = p_.rows[y];
      for (std::size_t i = 0; i < a.keys.size(); ++i) {
        const auto left = std::tuple(a.keys[i].kind, a.keys[i].word, a.keys[i].low, a.keys[i].high);
        const auto right = std::tuple(b.keys[i].kind, b.keys[i].word, b.keys[i].low, b.keys[i].high);
        if (left != right) return left < right;
      }
      return a.from < b.from;
    };
    std::stable_sort(order.begin(), order.end(), key_less);
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      ParameterRow& row = p_.rows[order[i]];
      const ParameterRow& next = p_.rows[order[i + 1]];
      if (!same_keys(row, next)) continue;
      if (row.from == next.from)
        reader_.mistake(Code::rows_overlap, next.span, "two values for the same keys begin on " + to_text(next.from), "keep one of them");
      else if (row.until > next.from) row.until = next.from;
    }
  }

  void renew(const Node& node) {
    const Node* renews = node.find("renews");
    if (renews == nullptr) return;
    const auto day = date_from_text("0004-" + reader_.text(node, "renews"));
    if (!day) {
      reader_.mistake(Code::bad_value, renews->span, "`renews` is a day of the year", "write it as 10-01");
      return;
    }
    const CivilDay yearly = civil(*day);
    for (auto& row : p_.rows) {
      if (row.until != never || row.from <= first_date) continue;
      const int year = civil(row.from).year;
      const auto same_year = date_of(year, yearly.month, yearly.day);
      const auto next = same_year && *same_year > row.from ? same_year : date_of(year + 1, yearly.month, yearly.day);
      if (next) row.until = *next;
    }
  }

  void check_complete(const Span& where) {
    for (const auto& row : p_.rows) {
      if (row.source < 0)
        reader_.mistake(Code::missing_source, row.span, "the value has no `source`", "say where the figure was read, with its date");
      if (row.state == ParameterRow::State::gap && !p_.range && p_.type.base == Base::number) {
        bool known = std::any_of(p_.rows.begin(), p_.rows.end(), [](const auto& r) { return r.state == ParameterRow::State::value; });
        if (!known)
          reader_.mistake(Code::no_range, row.span, "`" + p_.name + "` has a value that is not known, and no `range`",
                          "say what it can be, such as range: \"[0..1000]\"");
      }
    }
    if (p_.rows.empty()) reader_.mistake(Code::missing_key, where, "`" + p_.name + "` has no value");
  }

 private:
  static Date day_after(const Node& written, Date day) {
    const auto month = month_from_text(trim(written.text));
    return month ? Date{last_day_of(*month).days + 1} : Date{day.days + 1};
  }

  int source_index(const std::string& text) {
    if (text.empty()) return -1;
    const auto at = std::find(p_.sources.begin(), p_.sources.end(), text);
    if (at != p_.sources.end()) return static_cast<int>(at - p_.sources.begin());
    p_.sources.push_back(text);
    return static_cast<int>(p_.sources.size()) - 1;
  }

  Confidence confidence(std::string_view word, const Span& where) {
    if (const auto c = confidence_from(word)) return *c;
    reader_.mistake(Code::bad_value, where, "`" + std::string(word) + "` is no confidence",
                    "write official, reported, computed, projected or doubtful");
    return Confidence::doubtful;
  }

  static ParameterRow row_from(const Defaults& base, const Span& where) {
    ParameterRow row;
    row.from = base.from;
    row.until = base.until;
    row.applied = base.applied;
    row.source = base.source;
    row.confidence = base.confidence;
    row.span = where;
    return row;
  }

  bool read_cell(std::string_view text, const Span& where, ParameterRow& row) {
    const auto value = read_written_value(reader_.d, p_.type, text);
    if (!value) {
      std::string help = "write " + what_is_written(reader_.d, p_.type) + ", or `not known`";
      if (text.find(',') != std::string_view::npos && p_.type.base == Base::number)
        help = "write numbers without thousands separators: " + without_commas(text);
      if (!p_.type.absent.empty()) help += ", or `" + p_.type.absent + "`";
      reader_.mistake(Code::bad_value, where, "`" + std::string(text) + "` is no value of type " + duly::to_text(p_.type), help);
      return false;
    }
    row.state = static_cast<ParameterRow::State>(value->state);
    row.value = value->value;
    return true;
  }

  static std::string without_commas(std::string_view text) {
    std::string out;
    for (const char c : text)
      if (c != ',') out += c;
    return out;
  }

  std::optional<KeyPattern> read_pattern(const ParameterKey& key, std::string_view text) {
    KeyPattern pattern;
    if (text == "any" || text.empty()) return pattern;
    if (key.list >= 0) {
      const auto& list = reader_.d.lists[static_cast<std::size_t>(key.list)];
      pattern.kind = KeyPattern::Kind::word;
      pattern.word = list.index_of(text);
      if (pattern.word >= 0) return pattern;
      for (std::size_t g = 0; g < list.groups.size(); ++g)
        if (list.groups[g].first == text) {
          pattern.kind = KeyPattern::Kind::group;
          pattern.word = static_cast<int>(g);
          return pattern;
        }
      return std::nullopt;
    }
    const auto whole = [&](std::string_view part) -> std::optional<std::int64_t> {
      if (key.is_month) {
        if (const auto month = month_from_text(part)) return month->index;
        return std::nullopt;
      }
      const auto n = number_from_text(part);
      if (!n || denominator(*n) != 1 || abs(*n) > 1'000'000) return std::nullopt;
      return to_int64(numerator(*n));
    };
    if (text.ends_with('+')) {
      const auto low = whole(trim(text.substr(0, text.size() - 1)));
      if (!low) return std::nullopt;
      return KeyPattern{KeyPattern::Kind::band, -1, *low, KeyPattern::no_end};
    }
    if (const auto n = whole(text)) return KeyPattern{KeyPattern::Kind::number, -1, *n, *n};
    const auto dash = text.find(key.is_month ? " - " : "-", 1);
    if (dash == std::string_view::npos) return std::nullopt;
    const auto low = whole(trim(text.substr(0, dash)));
    const auto high = whole(trim(text.substr(dash + (key.is_month ? 3 : 1))));
    if (!low || !high || *high < *low) return std::nullopt;
    return KeyPattern{KeyPattern::Kind::band, -1, *low, *high};
  }

  std::optional<KeyPattern> pattern_or_mistake(const ParameterKey& key, const GridCell& cell) {
    auto pattern = read_pattern(key, cell.text);
    if (pattern) return pattern;
    if (key.list >= 0) {
      const auto& list = reader_.d.lists[static_cast<std::size_t>(key.list)];
      std::vector<std::string> words = list.words;
      for (const auto& g : list.groups) words.push_back(g.first);
      const std::string near = nearest(cell.text, words);
      reader_.mistake(Code::unknown_code, cell.span, "`" + cell.text + "` is no word and no group of the list `" + list.name + "`",
                      near.empty() ? "" : "did you mean `" + near + "`?");
    } else {
      reader_.mistake(Code::bad_value, cell.span, "`" + cell.text + "` is no key `" + key.name + "`", "write 3, 1-3, 6+ or any");
    }
    return std::nullopt;
  }

  void read_grid(const Grid& grid, const Defaults& base) {
    const bool is_long = std::any_of(grid.header.begin(), grid.header.end(), [](const GridCell& c) { return c.text == "is"; });
    if (is_long) read_long_grid(grid, base, nullptr, false);
    else read_wide_grid(grid, base);
  }

  void read_wide_grid(const Grid& grid, const Defaults& base) {
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

  /// The row serves every number from its own on, each one more adding the amount in `cell`.
  void grow(ParameterRow& row, const GridCell& cell) {
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

  void read_long_grid(const Grid& grid, const Defaults& base, const Node* read_as, bool from_file) {
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
  void read_long_row(const std::vector<GridCell>& cells, const Defaults& base, const Node* read_as, const std::vector<int>& key_columns, int is,
                     Column column) {
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

  /// False where the value is refused.
  bool add(ParameterRow row, const Span& where) {
    row.span = where;
    if (row.until <= row.from) {
      reader_.mistake(Code::dates_overlap, where, "the value ends before it starts");
      return false;
    }
    p_.rows.push_back(std::move(row));
    return true;
  }

  static std::string renamed(const Node& node, const std::string& column) {
    const Node* columns = node.find("columns");
    if (columns == nullptr || !columns->is_map()) return column;
    for (std::size_t i = 0; i < columns->keys.size(); ++i)
      if (trim(columns->items[i].text) == column) return columns->keys[i].text;
    return column;
  }

  static bool wanted(const Node& node, const Csv& csv, const CsvRow& row) {
    const Node* where = node.find("where");
    if (where == nullptr || !where->is_map()) return true;
    for (std::size_t i = 0; i < where->keys.size(); ++i) {
      const int column = csv.column(where->keys[i].text);
      if (column < 0 || row.cells[static_cast<std::size_t>(column)] != trim(where->items[i].text)) return false;
    }
    return true;
  }

  Reader& reader_;
  Parameter& p_;
};

}  // namespace

void read_parameter(Reader& reader, const std::string& name, const Node& node, const RuleFiles& files) {
  reader.refuse_other_keys(node, parameter_keys, "a parameter");
  Parameter parameter;
  parameter.name = name;
  parameter.module = reader.module;
  parameter.span = node.span;
  parameter.title = reader.text(node, "title");
  parameter.cite = reader.text(node, "cite");
  if (parameter.cite.empty()) parameter.cite = reader.default_cite;
  if (parameter.cite.empty())
    reader.mistake(Code::missing_citation, node.span, "the parameter `" + name + "` has no `cite`", "cite the provision that sets the value");
  if (const std::string note = reader.text(node, "note"); !note.empty()) parameter.notes.push_back(note);
  parameter.doubts = reader.words_of(node, "doubt");
  const Node* type = node.find("type");
  if (type == nullptr) {
    reader.mistake(Code::missing_key, node.span, "the parameter `" + name + "` has no `type`", "such as type: money per month by unit_size");
    return;
  }
  std::vector<std::string> by;
  const auto read = read_type(reader, *type, &by);
  if (!read) return;
  parameter.type = *read;
  ParameterReader values(reader, parameter);
  values.read_keys(by, *type);
  parameter.range = reader.range_of(node, "range");
  if (const Node* list = node.find("values")) {
    if (!list->is_sequence()) reader.mistake(Code::wrong_shape, list->span, "`values` is a list of dated values");
    else
      for (const auto& record : list->items) values.read_value_record(record);
  }
  if (node.find("file") != nullptr) {
    const auto slash = reader.module.rfind('/');
    values.read_table_file(node, slash == std::string::npos ? "" : reader.module.substr(0, slash), files);
  }
  values.renew(node);
  values.close_histories();
  values.check_complete(node.span);
  reader.d.parameters.push_back(std::move(parameter));
}

}  // namespace duly
