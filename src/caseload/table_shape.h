#pragma once

// What the columns of the tables of a caseload mean, by the dictionary of the program.
//
//   household.csv   `household` and facts of the household, its place, the request and the world
//   person.csv      `household`, `person` and facts of the person
//   relation.csv    `household`, `relation`, `person`, `other`
//   LIST.csv        one for each kind of record: `household`, of people's records `person`, and its fields
//
// `no_other` in the first two holds words: lists and relations that are complete.
//
// Threads: immutable once made.

#include <array>

#include "facts/dictionary_index.h"

namespace duly {

struct TableColumn {
  enum class Meaning : std::uint8_t { household, person, fact, age, no_other, relation, other } meaning = Meaning::fact;
  FactId fact = -1;
  std::string name;
};

struct TableShape {
  enum class Of : std::uint8_t { household, person, relation, record } of = Of::household;
  int record = -1;
  std::string name;                 ///< of the table
  std::string ending;               ///< of its file; nothing where tables are no files
  std::vector<TableColumn> columns;
  [[nodiscard]] int column(TableColumn::Meaning meaning) const;  ///< -1 if there is none
  /// What this or another table of the caseload is called where it came from.
  [[nodiscard]] std::string file() const { return name + ending; }
  [[nodiscard]] std::string beside(std::string_view other) const { return std::string(other) + ending; }
};

/// The table of that name; nothing where the dictionary knows none.
std::optional<TableShape> table_named(const DictionaryIndex& index, const std::string& name);
/// The table of a file by its name without `.csv`.
std::optional<TableShape> table_of_file(const DictionaryIndex& index, const std::string& name);
/// The names a table may have.
std::vector<std::string> table_names(const DictionaryIndex& index);

/// Reads the header into `shape`. Errors: E512, all of them.
std::vector<Diagnostic> read_header(const DictionaryIndex& index, const std::vector<std::string_view>& cells, TableShape& shape);

}  // namespace duly
