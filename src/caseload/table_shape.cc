#include "caseload/table_shape.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

using Meaning = TableColumn::Meaning;
using Of = TableShape::Of;

Diagnostic wrong(const TableShape& shape, std::string message, std::string help = "") {
  Diagnostic d;
  d.code = Code::wrong_header;
  d.message = "`" + shape.file() + "` " + std::move(message);
  d.help = std::move(help);
  d.file = shape.file();
  return d;
}

/// The fixed columns of a table: what must be there first.
std::vector<std::pair<std::string, Meaning>> fixed_columns(const DictionaryIndex& index, const TableShape& shape) {
  std::vector<std::pair<std::string, Meaning>> out{{"household", Meaning::household}};
  const bool of_person = shape.of == Of::person || shape.of == Of::relation ||
                         (shape.of == Of::record && !index.declarations().records[static_cast<std::size_t>(shape.record)].of_household);
  if (of_person) out.emplace_back("person", Meaning::person);
  if (shape.of == Of::relation) {
    out.emplace_back("relation", Meaning::relation);
    out.emplace_back("other", Meaning::other);
  }
  return out;
}

std::optional<TableColumn> column_of_dictionary(const DictionaryIndex& index, const TableShape& shape, const std::string& name) {
  if (shape.of == Of::relation) return std::nullopt;
  if (shape.of == Of::record) {
    const auto& fields = index.record(shape.record).fields;
    const auto field = fields.find(name);
    if (field == fields.end()) return std::nullopt;
    return TableColumn{Meaning::fact, field->second, name};
  }
  if (name == "no_other") return TableColumn{Meaning::no_other, -1, name};
  const std::vector<DocumentSection> sections =
      shape.of == Of::person ? std::vector{DocumentSection::person}
                             : std::vector{DocumentSection::household, DocumentSection::place, DocumentSection::request, DocumentSection::world};
  for (const DocumentSection section : sections) {
    const DocumentKey* key = index.find(section, name);
    if (key == nullptr) continue;
    if (key->kind == DocumentKey::Kind::fact) return TableColumn{Meaning::fact, key->fact, name};
    if (key->kind == DocumentKey::Kind::age) return TableColumn{Meaning::age, key->fact, name};
  }
  return std::nullopt;
}

std::vector<std::string> known_columns(const DictionaryIndex& index, const TableShape& shape) {
  std::vector<std::string> out;
  for (const auto& [name, meaning] : fixed_columns(index, shape)) out.push_back(name);
  std::vector<std::string> names;
  if (shape.of == Of::record)
    for (const auto& [name, field] : index.record(shape.record).fields) names.emplace_back(name);
  else
    for (const DocumentSection section :
         {DocumentSection::household, DocumentSection::place, DocumentSection::request, DocumentSection::world, DocumentSection::person})
      for (const std::string& key : index.keys(section)) names.push_back(key);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names)
    if (column_of_dictionary(index, shape, name)) out.push_back(name);
  return out;
}

}  // namespace

int TableShape::column(TableColumn::Meaning meaning) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const TableColumn& c) { return c.meaning == meaning; });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::vector<std::string> table_names(const DictionaryIndex& index) {
  std::vector<std::string> out{"household", "person", "relation"};
  for (const RecordKind& record : index.declarations().records) out.push_back(record.name);
  return out;
}

std::optional<TableShape> table_named(const DictionaryIndex& index, const std::string& name) {
  const std::vector<std::string> names = table_names(index);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  const auto place = static_cast<int>(found - names.begin());
  constexpr std::array<Of, 3> kinds{Of::household, Of::person, Of::relation};
  TableShape out;
  out.name = name;
  out.of = place < 3 ? kinds[static_cast<std::size_t>(place)] : Of::record;
  out.record = place < 3 ? -1 : place - 3;
  return out;
}

std::optional<TableShape> table_of_file(const DictionaryIndex& index, const std::string& name) {
  std::optional<TableShape> out = table_named(index, name);
  if (out) out->ending = ".csv";
  return out;
}

std::vector<Diagnostic> read_header(const DictionaryIndex& index, const std::vector<std::string_view>& cells, TableShape& shape) {
  std::vector<Diagnostic> errors;
  const auto fixed = fixed_columns(index, shape);
  for (const std::string_view cell : cells) {
    const std::string name(trim(cell));
    const auto same = [&](const TableColumn& c) { return c.name == name; };
    if (std::any_of(shape.columns.begin(), shape.columns.end(), same)) errors.push_back(wrong(shape, "has the column `" + name + "` twice"));
    const auto known = std::find_if(fixed.begin(), fixed.end(), [&](const auto& f) { return f.first == name; });
    if (known != fixed.end()) {
      shape.columns.push_back({known->second, -1, name});
    } else if (auto column = column_of_dictionary(index, shape, name)) {
      shape.columns.push_back(std::move(*column));
    } else {
      const std::vector<std::string> names = known_columns(index, shape);
      const std::string near = nearest(name, names);
      errors.push_back(wrong(shape, "has the column `" + name + "`, of which the dictionary knows nothing",
                             near.empty() ? "its columns are " + join_words(names) : "did you mean `" + near + "`?"));
      shape.columns.push_back({Meaning::fact, -1, name});
    }
  }
  for (const auto& [name, meaning] : fixed)
    if (shape.column(meaning) < 0)
      errors.push_back(wrong(shape, "has no column `" + name + "`", "its first line names the columns; `" + name + "` must be one of them"));
  if (errors.empty() && shape.columns.front().meaning != Meaning::household)
    errors.push_back(wrong(shape, "has `household` further back", "put the column `household` first"));
  return errors;
}

}  // namespace duly
