#include "batch/household_of_run.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "base/mistake.h"
#include "base/text.h"
#include "batch/json_lines.h"
#include "batch/line_file.h"
#include "batch/table_lines.h"
#include "caseload/table_shape.h"
#include "engine/ruleset_state.h"

namespace duly {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Meaning = TableColumn::Meaning;
using Of = TableShape::Of;

Diagnostic no_such_household(const std::string& key, const std::string& input) {
  Diagnostic d;
  d.code = Code::no_such_household;
  d.message = "no household `" + key + "` stands in `" + input + "`";
  d.help = "the column `household` of the results has the keys";
  return d;
}

/// A file that was read to its end must be the one that the run read.
std::optional<Diagnostic> what_changed(const Positions& inputs, const std::string& name, LineFile& file) {
  const auto known = std::find_if(inputs.begin(), inputs.end(), [&](const FilePosition& input) { return input.name == name; });
  if (known != inputs.end() && known->bytes == file.bytes() && known->sha256 == file.sha256()) return std::nullopt;
  return mistake(Code::cannot_resume, "`" + file.path() + "` is not what the run read", "name the caseload as it was with --in");
}

Result<std::string> document_of_line(const Positions& inputs, const std::string& path, const std::string& key) {
  const auto file = LineFile::open(path);
  if (!file) return file.errors();
  std::optional<std::string> document;
  std::int64_t number = 0;
  std::string_view line;
  while ((*file)->next(line)) {
    ++number;
    if (document || (line.find(key) == std::string_view::npos && std::to_string(number) != key)) continue;
    if (key_of_line(line, number) == key) document = line;
  }
  if (!(*file)->sound()) return (*file)->failure();
  if (auto changed = what_changed(inputs, inputs.front().name, **file)) return *changed;
  if (document) return *document;
  return no_such_household(key, path);
}

/// The rows of one household from all tables, on their way to a document.
class TableDocument {
 public:
  TableDocument(const DictionaryIndex& index, const std::string& key) : index_(index) { out_["key"] = key; }

  void add(const TableShape& shape, const std::vector<std::string_view>& cells) {
    switch (shape.of) {
      case Of::household: return add_household(shape, cells);
      case Of::person: return add_person(shape, cells);
      case Of::relation: return add_relation(shape, cells);
      case Of::record: return add_record(shape, cells);
    }
  }

  std::string finish() {
    for (const std::string& relation : complete_)
      for (auto& [person, facts] : people_.items())
        if (!facts.contains(relation)) facts[relation] = Json::array();
    for (auto& [person, facts] : people_.items()) end_lists(facts, closed_for_[person]);
    end_lists(out_, {});
    if (!people_.empty()) out_["people"] = people_;
    out_["no_other"] = closed_;
    return out_.dump();
  }

 private:
  static Json more_unknown() { return {{"more", "unknown"}}; }

  /// A list that is not complete says that there may be more.
  void end_lists(Json& facts, const std::vector<std::string>& closed) {
    for (auto& [name, list] : facts.items()) {
      if (!list.is_array()) continue;
      const bool is_complete = std::count(complete_.begin(), complete_.end(), name) + std::count(closed.begin(), closed.end(), name) +
                                   std::count(closed_.begin(), closed_.end(), name) >
                               0;
      if (!is_complete && open_.count(name) > 0) list.push_back(more_unknown());
    }
    for (const std::string& name : closed)
      if (!facts.contains(name)) facts[name] = Json::array();
  }

  [[nodiscard]] Json value(const TableColumn& column, std::string_view cell) const {
    const ColumnShape shape = index_.fact(column.fact).layout.shape;
    const std::string_view text = trim(cell);
    if ((shape != ColumnShape::codes && shape != ColumnShape::people) || text == "unknown" || text == "none") return std::string(cell);
    Json out = Json::array();
    for (const std::string_view word : split(cell, ' '))
      if (!trim(word).empty()) out.push_back(std::string(trim(word)));
    return out;
  }

  static std::string cell_of(const TableShape& shape, const std::vector<std::string_view>& cells, Meaning meaning) {
    return std::string(trim(cells[static_cast<std::size_t>(shape.column(meaning))]));
  }

  void add_household(const TableShape& shape, const std::vector<std::string_view>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const TableColumn& column = shape.columns[c];
      if (trim(cells[c]).empty()) continue;
      if (column.meaning == Meaning::no_other) read_no_other(cells[c]);
      if (column.meaning != Meaning::fact && column.meaning != Meaning::age) continue;
      const Fact& fact = *index_.fact(column.fact).fact;
      const char* section = fact.of_request ? "request" : fact.of_place ? "place" : fact.level == world_level ? "world" : nullptr;
      (section == nullptr ? out_ : out_[section])[column.name] = value(column, cells[c]);
    }
  }

  void read_no_other(std::string_view words) {
    for (const std::string_view word : split(words, ' ')) {
      const DocumentKey* key = index_.find(DocumentSection::person, trim(word));
      if (trim(word).empty()) continue;
      if (key != nullptr && key->kind == DocumentKey::Kind::relation) complete_.emplace_back(trim(word));
      else closed_.emplace_back(trim(word));
    }
  }

  void add_person(const TableShape& shape, const std::vector<std::string_view>& cells) {
    const std::string name = cell_of(shape, cells, Meaning::person);
    Json& person = people_[name] = Json::object();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const TableColumn& column = shape.columns[c];
      if (trim(cells[c]).empty()) continue;
      if (column.meaning == Meaning::fact || column.meaning == Meaning::age) person[column.name] = value(column, cells[c]);
      if (column.meaning != Meaning::no_other) continue;
      for (const std::string_view word : split(cells[c], ' '))
        if (!trim(word).empty()) closed_for_[name].emplace_back(trim(word));
    }
  }

  void add_relation(const TableShape& shape, const std::vector<std::string_view>& cells) {
    const std::string relation = cell_of(shape, cells, Meaning::relation);
    people_[cell_of(shape, cells, Meaning::person)][relation].push_back(cell_of(shape, cells, Meaning::other));
    ++open_[relation];
    const DocumentKey* key = index_.find(DocumentSection::person, relation);
    if (key != nullptr && key->kind == DocumentKey::Kind::relation && index_.other_side(key->fact) == key->fact)
      people_[cell_of(shape, cells, Meaning::other)][relation].push_back(cell_of(shape, cells, Meaning::person));
  }

  void add_record(const TableShape& shape, const std::vector<std::string_view>& cells) {
    const RecordKind& kind = index_.declarations().records[static_cast<std::size_t>(shape.record)];
    Json record = Json::object();
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (shape.columns[c].meaning == Meaning::fact && !trim(cells[c]).empty()) record[shape.columns[c].name] = value(shape.columns[c], cells[c]);
    ++open_[kind.name];
    (kind.of_household ? out_ : people_[cell_of(shape, cells, Meaning::person)])[kind.name].push_back(std::move(record));
  }

  const DictionaryIndex& index_;
  Json out_ = Json::object(), people_ = Json::object();
  std::vector<std::string> complete_, closed_;
  std::map<std::string, std::vector<std::string>> closed_for_;
  std::map<std::string, int> open_;  ///< lists that records or relations were written to
};

Result<std::string> document_of_tables(const Positions& inputs, const std::string& folder, const DictionaryIndex& index, const std::string& key) {
  TableDocument out(index, key);
  bool found = false;
  for (const std::string& name : table_names(index)) {
    auto shape = table_of_file(index, name);
    const std::string path = (fs::path(folder) / shape->file()).string();
    std::error_code error;
    if (name != "household" && !fs::exists(path, error)) continue;
    const auto file = LineFile::open(path);
    if (!file) return file.errors();
    std::string_view row;
    std::vector<std::string_view> cells;
    std::deque<std::string> unquoted;
    bool is_header = true;
    while ((*file)->next_record(row)) {
      std::size_t at = 0;
      if (!is_header && row.find(key) == std::string_view::npos) continue;
      read_table_row(row, at, cells, unquoted);
      if (is_header) {
        if (auto wrong = read_header(index, cells, *shape); !wrong.empty()) return wrong;
      } else if (!cells.empty() && cells.front() == key && cells.size() == shape->columns.size()) {
        if (name == "household" && found) continue;  // the first was decided
        out.add(*shape, cells);
        found = true;
      }
      is_header = false;
    }
    if (!(*file)->sound()) return (*file)->failure();
    if (auto changed = what_changed(inputs, shape->file(), **file)) return *changed;
    if (!found) return no_such_household(key, path);
  }
  return out.finish();
}

}  // namespace

Result<std::string> household_of_run(const Manifest& manifest, const Ruleset::State& rules, const std::string& key) {
  std::error_code error;
  const bool is_folder = fs::is_directory(manifest.run.input, error);
  if (!is_folder || !manifest.inputs.front().name.ends_with(".csv"))
    return document_of_line(manifest.inputs, is_folder ? (fs::path(manifest.run.input) / manifest.inputs.front().name).string() : manifest.run.input,
                            key);
  const auto program = rules.program(manifest.run.program);
  if (!program) return program.errors();
  return document_of_tables(manifest.inputs, manifest.run.input, (*program)->index(), key);
}

Request request_of(const Manifest& manifest) {
  const auto unless_empty = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  Request out;
  out.benefit_month = unless_empty(manifest.run.benefit_month);
  out.decided = unless_empty(manifest.run.decided);
  out.applied = unless_empty(manifest.run.applied);
  out.occasion = unless_empty(manifest.run.occasion);
  out.trials = manifest.run.trials;
  return out;
}

}  // namespace duly
