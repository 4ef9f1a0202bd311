#include "batch/csv_tables.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "base/mistake.h"
#include "base/source.h"
#include "base/text.h"
#include "batch/csv_reader.h"
#include "batch/known_keys.h"
#include "batch/line_file.h"
#include "batch/table_lines.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

/// The first cell of a row.
std::string_view key_of_row(std::string_view row, std::string& unquoted) {
  if (!row.starts_with('"')) return row.substr(0, std::min(row.find(','), row.size()));
  std::size_t at = 0;
  std::vector<std::string_view> cells;
  std::deque<std::string> texts;
  read_table_row(row, at, cells, texts);
  unquoted = cells.empty() ? std::string_view() : cells.front();
  return unquoted;
}

bool is_blank_row(std::string_view row) { return trim(row).empty(); }

struct OpenTable {
  TableShape shape;
  std::unique_ptr<LineFile> file;
  std::int64_t lines = 0;        ///< read so far
  std::string waits_for = {};     ///< the household of the row that was last left to a later piece
  std::int64_t waits_in_line = 0;
};

/// Where each household stands, for tables whose keys do not rise.
class KeyPlaces {
 public:
  void add(std::string_view key) { places_.emplace(hash_of_key(key), households_++); }
  [[nodiscard]] std::int64_t find(std::string_view key) const {
    const auto found = places_.find(hash_of_key(key));
    return found == places_.end() ? -1 : found->second;
  }

 private:
  struct FirstWord {
    std::size_t operator()(const KeyHash& hash) const { return hash[0]; }
  };
  std::unordered_map<KeyHash, std::int64_t, FirstWord> places_;
  std::int64_t households_ = 0;
};

class CsvTables final : public CaseloadSource {
 public:
  CsvTables(std::vector<OpenTable> tables, ReadingOptions options) : tables_(std::move(tables)), options_(std::move(options)) {
    auto shapes = std::make_shared<std::vector<TableShape>>();
    for (const OpenTable& table : tables_) {
      shapes->push_back(table.shape);
      bytes_in_all_ += table.file->size();
    }
    shapes_ = std::move(shapes);
  }

  Result<std::optional<Piece>> next() override {
    Piece piece;
    piece.before = positions();
    std::vector<std::string> keys;
    piece.chunks.push_back(take_households(keys));
    if (failure_) return *failure_;
    const bool last = keys.empty();
    for (std::size_t t = 1; t < tables_.size(); ++t) {
      piece.chunks.push_back(take_rows(tables_[t], keys, last));
      if (failure_) return *failure_;
    }
    piece.ends_open = tables_.front().file->is_open_line();
    const bool nothing = std::all_of(piece.chunks.begin(), piece.chunks.end(), [](const Chunk& chunk) { return chunk.text.empty(); });
    if (nothing) return std::optional<Piece>();
    piece.after = positions();
    return std::optional(std::move(piece));
  }

  std::vector<Diagnostic> resume(const Positions& before) override {
    std::string_view row;
    std::string unquoted;
    for (std::size_t t = 0; t < tables_.size() && t < before.size(); ++t) {
      OpenTable& table = tables_[t];
      while (table.file->bytes() < before[t].bytes && next_row(table, row)) {
        table.lines += lines_in(row);
        if (t > 0 || is_blank_row(row)) continue;
        note_order(key_of_row(row, unquoted));
      }
      if (failure_) return {*failure_};
    }
    if (positions() == before) return {};
    Diagnostic d;
    d.code = Code::cannot_resume;
    d.message = "the tables of the caseload are not what they were when the run was cut off";
    d.help = "start anew, in another folder for the results";
    return {d};
  }

  [[nodiscard]] std::unique_ptr<PieceReader> reader(const RequestOverrides& request) const override {
    ReadingOptions options = options_;
    options.request = request;
    return csv_reader(options, shapes_);
  }
  [[nodiscard]] const RequestOverrides& request() const override { return options_.request; }

  std::vector<Diagnostic> each_key(const Positions& end, const std::function<void(std::string_view)>& f) const override {
    return each_key_before(end.front().bytes, f);
  }

  [[nodiscard]] Positions positions() const override {
    Positions out;
    for (const OpenTable& table : tables_) out.push_back({table.shape.file(), table.file->bytes(), table.lines, table.file->sha256()});
    return out;
  }
  [[nodiscard]] std::uint64_t bytes_in_all() const override { return bytes_in_all_; }

 private:
  /// The next row of a table; false at its end, and with a failure where the rows cannot be told apart any more.
  bool next_row(OpenTable& table, std::string_view& row) {
    const bool found = table.file->next_record(row);
    if (!table.file->sound()) {
      failure_ = table.file->failure();
    } else if (found && table.file->is_unclosed()) {
      failure_ = mistake(Code::bad_table,
                         "in line " + std::to_string(table.lines + 1) + " of `" + table.file->path() + "` a quote opens that is never closed",
                         "close it; a quote inside a quoted cell is written twice");
    } else if (found && table.file->is_too_long()) {
      failure_ = mistake(Code::bad_table, "line " + std::to_string(table.lines + 1) + " of `" + table.file->path() + "` is longer than 16 megabytes",
                         "is it a table, with one row in a line?");
    }
    return found && !failure_;
  }

  static std::int64_t lines_in(std::string_view row) { return 1 + std::count(row.begin(), row.end(), '\n'); }

  std::vector<Diagnostic> each_key_before(std::uint64_t end, const std::function<void(std::string_view)>& f) const {
    const auto again = LineFile::open(tables_.front().file->path());
    if (!again) return again.errors();
    LineFile& file = **again;
    std::string_view row;
    std::string unquoted;
    bool is_header = true;
    while (file.bytes() < end && file.next_record(row)) {
      if (!is_header && !is_blank_row(row)) f(key_of_row(row, unquoted));
      is_header = false;
    }
    return file.sound() ? std::vector<Diagnostic>{} : std::vector<Diagnostic>{file.failure()};
  }

  /// As long as keys rise, what belongs to a household further up or down can be told by its key. Else all keys are read once, before.
  void note_order(std::string_view key) {
    ++households_taken_;
    if (rise_ && !rises(last_key_, key)) learn_places();
    last_key_ = key;
  }

  void learn_places() {
    if (!rise_) return;
    rise_ = false;
    each_key_before(~std::uint64_t{0}, [&](std::string_view each) { places_.add(each); });
  }

  Chunk take_households(std::vector<std::string>& keys) {
    OpenTable& table = tables_.front();
    Chunk chunk{"", table.lines + 1};
    std::string_view row;
    std::string unquoted;
    while (keys.size() < static_cast<std::size_t>(options_.households_in_piece) && next_row(table, row)) {
      table.lines += lines_in(row);
      chunk.text.append(row).append("\n");
      if (is_blank_row(row)) continue;
      keys.emplace_back(key_of_row(row, unquoted));
      note_order(keys.back());
    }
    return chunk;
  }

  /// The rows of `keys`, and those that belong to nobody in between; of the last piece all that is left.
  Chunk take_rows(OpenTable& table, const std::vector<std::string>& keys, bool last) {
    Chunk chunk{"", table.lines + 1};
    std::string_view row;
    std::size_t h = 0;
    while (next_row(table, row) && goes_in(table, row, keys, h, last)) {
      table.lines += lines_in(row);
      chunk.text.append(row).append("\n");
      if (last && chunk.text.size() > most_bytes_in_line) break;
    }
    return chunk;
  }

  /// Whether the row that was read belongs to this piece. One of a later household is put back; one that came too early or too late is a failure.
  bool goes_in(OpenTable& table, std::string_view& row, const std::vector<std::string>& keys, std::size_t& h, bool last) {
    std::string unquoted;
    const std::string_view key = is_blank_row(row) ? std::string_view() : key_of_row(row, unquoted);
    if (key.empty() || belongs(key, keys, h)) return true;
    if (last || !is_of_later(key)) {
      if (is_of_earlier_piece(key, keys.size())) failure_ = came_too_late(table, key);
      return !failure_;
    }
    const std::string later(key);
    looked_behind_ = row;
    row = looked_behind_;
    if (!stands_before_rows_of(table, later, keys, h)) {
      table.file->back();
      table.waits_for = later;
      table.waits_in_line = table.lines + 1;
      return false;
    }
    if (is_known(later)) failure_ = came_too_early(table, later);
    return !failure_;
  }

  /// Whether `key` is one of `keys` from the h-th on; `h` moves there.
  static bool belongs(std::string_view key, const std::vector<std::string>& keys, std::size_t& h) {
    if (h < keys.size() && keys[h] == key) return true;
    for (std::size_t i = h; i < keys.size(); ++i) {
      if (keys[i] != key) continue;
      h = i;
      return true;
    }
    return false;
  }

  /// A key that came late belongs to nobody, or the order of households is another than that of their keys: then only all of them can tell.
  bool is_of_later(std::string_view key) {
    if (rise_ && rises(last_key_, key)) return true;
    learn_places();
    return places_.find(key) > places_.find(last_key_);
  }

  bool is_known(std::string_view key) {
    learn_places();
    return places_.find(key) >= 0;
  }

  /// Whether a row of one of the `keys` from the h-th on stands behind the rows of `later`.
  static bool stands_before_rows_of(OpenTable& table, std::string_view later, const std::vector<std::string>& keys, std::size_t h) {
    bool found = false;
    std::string unquoted;
    table.file->look_ahead([&](std::string_view line) {
      const std::string_view key = key_of_row(line, unquoted);
      found = key != later && belongs(key, keys, h);
      return key != later;
    });
    return found;
  }

  static Diagnostic came_too_early(const OpenTable& table, std::string_view key) {
    return mistake(Code::orphan_row,
                   "line " + std::to_string(table.lines + 1) + " of `" + table.file->path() + "` is of household `" + std::string(key) +
                       "` and stands before rows of earlier households",
                   "put every table into the order of `household.csv`, and start anew");
  }

  /// Errors: E511. Households before this row were decided without it.
  Diagnostic came_too_late(const OpenTable& table, std::string_view key) {
    const std::string& path = table.file->path();
    if (!table.waits_for.empty() && places_.find(table.waits_for) < 0)
      return mistake(Code::orphan_row,
                     "line " + std::to_string(table.waits_in_line) + " of `" + path + "` is of household `" + table.waits_for +
                         "`, which is none of `household.csv`, and rows of others stand behind it",
                     "mend or remove it, and start anew");
    return mistake(Code::orphan_row,
                   "line " + std::to_string(table.lines + 1) + " of `" + path + "` is of household `" + std::string(key) +
                       "`, which was decided without it: it stands behind rows of later households",
                   "put every table into the order of `household.csv`, and start anew");
  }

  /// Whether a key that is none of a later household is one of those before the `here` of this piece.
  bool is_of_earlier_piece(std::string_view key, std::size_t here) {
    learn_places();
    const std::int64_t place = places_.find(key);
    return place >= 0 && place < households_taken_ - static_cast<std::int64_t>(here);
  }

  std::vector<OpenTable> tables_;
  ReadingOptions options_;
  std::shared_ptr<const std::vector<TableShape>> shapes_;
  std::uint64_t bytes_in_all_ = 0;
  bool rise_ = true;
  std::string last_key_;
  std::int64_t households_taken_ = 0;
  KeyPlaces places_;
  std::string looked_behind_;  ///< the row behind which others were looked at
  std::optional<Diagnostic> failure_;
};

std::vector<Diagnostic> open_table(const std::string& folder, TableShape shape, const DictionaryIndex& index, std::vector<OpenTable>& out) {
  auto file = LineFile::open((fs::path(folder) / shape.file()).string());
  if (!file) return file.errors();
  std::string_view header;
  if (!(*file)->next_record(header)) {
    if (!(*file)->sound()) return {(*file)->failure()};
    header = {};
  }
  std::size_t at = 0;
  if (std::string why = unreadable(header, at); !why.empty())
    return {mistake(Code::unreadable_text, "the header of `" + (*file)->path() + "` cannot be read: " + why, "write the table as UTF-8")};
  at = 0;
  std::vector<std::string_view> cells;
  std::deque<std::string> unquoted;
  read_table_row(header, at, cells, unquoted);
  if (auto wrong = read_header(index, cells, shape); !wrong.empty()) return wrong;
  out.push_back({std::move(shape), std::move(*file), 1});
  return {};
}

}  // namespace

Result<std::unique_ptr<CaseloadSource>> csv_tables(const std::string& folder, const ReadingOptions& options) {
  const DictionaryIndex& index = options.picker->asked().index();
  std::vector<OpenTable> tables;
  std::vector<Diagnostic> errors;
  for (const std::string& name : table_names(index)) {
    auto shape = table_of_file(index, name);
    std::error_code error;
    if (name != "household" && !fs::exists(fs::path(folder) / shape->file(), error)) continue;
    auto wrong = open_table(folder, std::move(*shape), index, tables);
    errors.insert(errors.end(), wrong.begin(), wrong.end());
  }
  for (fs::directory_iterator entry(folder), end; entry != end; ++entry) {
    const fs::path path = entry->path();
    if (path.extension() != ".csv" || table_of_file(index, path.stem().string())) continue;
    Diagnostic d;
    d.code = Code::wrong_header;
    d.message = "`" + path.filename().string() + "` is no table of a caseload";
    const std::string near = nearest(path.stem().string(), table_names(index));
    d.help = near.empty() ? "its tables are " + join_words(table_names(index)) : "did you mean `" + near + ".csv`?";
    errors.push_back(std::move(d));
  }
  if (!errors.empty()) return errors;
  return std::unique_ptr<CaseloadSource>(std::make_unique<CsvTables>(std::move(tables), options));
}

}  // namespace duly
