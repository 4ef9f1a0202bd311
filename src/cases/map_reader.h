#pragma once

// Reads a map for one table: each key of the map, the columns it names, and which columns nothing reads.
//
// Threads: belongs to the thread that reads.

#include "cases/table_map.h"

namespace duly {

/// Stands for a number in the names of columns and the keys of people.
inline constexpr std::string_view repeated = "{i}";

class MapReader {
 public:
  MapReader(const DictionaryIndex& index, const Node& map, const Csv& table)
      : index_(index), map_(map), table_(table), read_(table.header.size(), false) {}

  Result<TableMap> read();

 private:
  /// What the keys of a part of the map mean.
  enum class Meaning : std::uint8_t { request, place, world, household, person, rules, record };

  // map_patterns.cc: the household
  void read_household();
  static void add_item(Pattern& to, const Node& key, Pattern item);
  void add_section(const char* name, Meaning meaning);
  Pattern pattern_of(const Node& node, Meaning meaning, const std::optional<Type>& type, int record = -1);
  /// `whether CONDITION`: nothing where the value is something else.
  std::optional<RowCondition> whether(const Node& value);
  /// `text {COLUMN}-15`: nothing where the value is something else.
  std::optional<CellText> text_with_cells(const Node& value);
  Pattern pattern_of_entry(const Node& key, const Node& value, Meaning meaning, int record);
  Pattern pattern_of_fact(const Node& key, const Node& value, Meaning meaning);
  /// Below `assume` and `stated` stand rules, or people with their rules.
  Pattern pattern_of_rule(const Node& key, const Node& value);

  // map_patterns.cc: people
  void read_people();
  /// As long as the table has columns for the next number. The first number is 0 or 1.
  void repeat_person(const Node& key, const Node& facts);
  void add_person(std::string key, const Node& facts, bool is_one_of_many);

  // map_patterns.cc: what is expected
  void read_expect();
  void add_stage(const Node& key, const Node& value, const std::vector<std::string>& people);

  // table_map.cc: cells and rows
  void read_blank();
  void read_empty();
  void read_words();
  /// Labels, each with a condition on columns.
  std::vector<ApartRows> conditions(const char* section);
  /// Calls `f(column)` for those that the key names, `{i}` for every number; at least one is.
  template <class F>
  void for_each_column(const Node& key, F f);
  void read_ignored();
  int column_named(std::string_view name, const Span& where);
  std::optional<RowCondition> condition_of(const Node& scalar);

  [[nodiscard]] Type type_of(FactId fact) const { return index_.fact(fact).fact->type; }

  void say(const Span& where, std::string message, std::string help) {
    errors_.push_back(diagnostic_at(Code::bad_map, where, std::move(message), std::move(help)));
  }

  const DictionaryIndex& index_;
  const Node& map_;
  const Csv& table_;
  TableMap out_;
  std::vector<bool> read_;             ///< by column
  std::vector<std::string> numbers_;   ///< that `{i}` stands for
  std::vector<Diagnostic> errors_;
};

}  // namespace duly
