// A map for one table: its keys, the rows and cells it speaks of, and the columns that nothing reads.

#include "cases/table_map.h"

#include <algorithm>

#include "base/text.h"
#include "cases/map_reader.h"

namespace duly {
namespace {

constexpr std::string_view all_others = "all others";

/// Whether `name` is `pattern` with a number for `{i}`.
bool fits_pattern(std::string_view name, std::string_view pattern) {
  const std::size_t at = pattern.find(repeated);
  if (at == std::string_view::npos) return name == pattern;
  const std::string_view before = pattern.substr(0, at);
  const std::string_view after = pattern.substr(at + repeated.size());
  if (name.size() <= before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after)) return false;
  const std::string_view number = name.substr(before.size(), name.size() - before.size() - after.size());
  return std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<TableMap> MapReader::read() {
  for (const Node& key : map_.keys)
    if (std::find(keys_of_a_map.begin(), keys_of_a_map.end(), key.text) == keys_of_a_map.end())
      say(key.span, "`" + key.text + "` is no key of a map", did_you_mean(key.text, {keys_of_a_map.begin(), keys_of_a_map.end()}));
  if (const Node* title = map_.find("title")) out_.title = title->text;
  if (const Node* key = map_.find("key")) out_.key = column_named(trim(key->text), key->span);
  read_household();
  read_people();
  read_expect();
  read_empty();
  read_blank();
  read_words();
  out_.apart = conditions("apart");
  out_.left_out = conditions("left_out");
  read_ignored();
  for (std::size_t c = 0; c < read_.size(); ++c)
    if (!read_[c]) out_.unread.push_back(static_cast<int>(c));
  if (!errors_.empty()) return std::move(errors_);
  return std::move(out_);
}

template <class F>
void MapReader::for_each_column(const Node& key, F f) {
  bool found = false;
  for (std::size_t c = 0; c < table_.header.size(); ++c) {
    if (!fits_pattern(table_.header[c], key.text)) continue;
    f(c);
    found = true;
  }
  if (!found) column_named(key.text, key.span);
}

void MapReader::read_blank() {
  out_.blank.resize(table_.header.size());
  const Node* blank = map_.find("blank");
  if (blank == nullptr) return;
  if (!blank->is_map()) return say(blank->span, "`blank` must be a record of columns", "write blank: {COLUMN: unknown}: unknown, none or a value");
  for (std::size_t i = 0; i < blank->keys.size(); ++i)
    for_each_column(blank->keys[i], [&](std::size_t column) { out_.blank[column] = trim(blank->items[i].text); });
}

void MapReader::read_empty() {
  if (const Node* empty = map_.find("empty")) out_.empty = expected_words(*empty);
}

void MapReader::read_words() {
  out_.words.resize(table_.header.size());
  const Node* words = map_.find("words");
  if (words == nullptr) return;
  if (!words->is_map()) return say(words->span, "`words` must be a record of columns", "write words: {COLUMN: {1: yes, 2: no}}");
  for (std::size_t i = 0; i < words->keys.size(); ++i) {
    const Node& meanings = words->items[i];
    if (!meanings.is_map()) {
      say(meanings.span, "`" + words->keys[i].text + "` must say what each text means", "write words: {COLUMN: {1: yes, 2: no}}");
      continue;
    }
    for_each_column(words->keys[i], [&](std::size_t column) {
      for (std::size_t w = 0; w < meanings.keys.size(); ++w) out_.words[column][meanings.keys[w].text] = trim(meanings.items[w].text);
    });
  }
}

std::vector<ApartRows> MapReader::conditions(const char* section) {
  std::vector<ApartRows> out;
  const Node* labels = map_.find(section);
  if (labels == nullptr) return out;
  if (!labels->is_map()) {
    const std::string name = section;
    say(labels->span, "`" + name + "` must be a record of labels and conditions", "write " + name + ": {fitted: 'basis = \"fitted\"'}");
    return out;
  }
  for (std::size_t i = 0; i < labels->keys.size(); ++i) {
    if (auto condition = condition_of(labels->items[i])) out.push_back({labels->keys[i].text, std::move(*condition)});
  }
  return out;
}

void MapReader::read_ignored() {
  const Node* ignore = map_.find("ignore");
  if (ignore == nullptr) return;
  if (ignore->is_scalar() && trim(ignore->text) == all_others) return read_.assign(read_.size(), true);
  for (const std::string& name : expected_words(*ignore))
    for (std::size_t c = 0; c < table_.header.size(); ++c)
      if (fits_pattern(table_.header[c], name)) read_[c] = true;
}

int MapReader::column_named(std::string_view name, const Span& where) {
  const int column = table_.column(name);
  if (column >= 0) {
    read_[static_cast<std::size_t>(column)] = true;
  } else {
    const std::string near = nearest(name, table_.header);
    say(where, "the table has no column `" + std::string(name) + "`", near.empty() ? "" : "did you mean `" + near + "`?");
  }
  return column;
}

std::optional<RowCondition> MapReader::condition_of(const Node& scalar) {
  auto condition = RowCondition::read(scalar, table_, errors_);
  if (condition)
    for (const auto& [name, column] : condition->columns()) read_[static_cast<std::size_t>(column)] = true;
  return condition;
}

Result<std::string> program_of_map(const Node& map) {
  const auto say = [](const Span& where, std::string message, std::string help) {
    return diagnostic_at(Code::bad_map, where, std::move(message), std::move(help));
  };
  const Node* kind = map.find("kind");
  if (kind == nullptr || trim(kind->text) != "map") return say(kind == nullptr ? map.span : kind->span, "a map begins with `kind: map`", "");
  const Node* program = map.find("program");
  if (program == nullptr || trim(program->text).empty())
    return say(program == nullptr ? map.span : program->span, "the map names no program",
               "write program: and the folder of the program below the rules");
  return std::string(trim(program->text));
}

Result<TableMap> table_map(const DictionaryIndex& index, const Node& map, const Csv& table) { return MapReader(index, map, table).read(); }

}  // namespace duly
