#pragma once

// A map: how a row of a table becomes a household document, and what must come out of it, stage by stage.
//
// A value that begins with `column ` names a column, any other is written out. `{i}` in a person's key repeats the person for each number that the
// columns go on to; a row has the people of whom it has a cell.
//
// Threads: immutable once read.

#include "base/csv.h"
#include "cases/expectation.h"
#include "cases/row_condition.h"

namespace duly {

/// How the text of a cell is written in a document.
enum class CellForm : std::uint8_t { as_it_is, truth, words };

/// A part of a household document in which some values come from cells.
struct Pattern {
  Node node;                     ///< without its items
  int column = -1;
  CellForm form = CellForm::as_it_is;
  std::vector<Pattern> items;
};

struct PersonPattern {
  std::string key;
  std::vector<int> columns;      ///< where all of them are empty the row has no such person; none: always there
  bool repeated = false;         ///< made of `{i}`
  Pattern facts;
};

/// One value that a row must come to.
struct Stage {
  Expectation expected;          ///< its words are those of the map where `column` is -1
  int column = -1;
  CellForm form = CellForm::as_it_is;
};

struct ApartRows {
  std::string label;
  RowCondition condition;
};

struct TableMap {
  std::string title;
  int key = -1;                                     ///< column; -1: rows go by their number
  Pattern household;                                ///< without its people
  std::vector<PersonPattern> people;
  std::vector<Stage> stages;
  std::vector<ApartRows> apart;
  std::vector<std::optional<std::string>> blank;    ///< by column: what an empty cell means
  std::vector<int> unread;                          ///< columns that nothing reads
};

/// The program a map is for. Errors: E503.
Result<std::string> program_of_map(const Node& map);

/// Reads a map for one table. Errors, all at once: E503, E150 for an expected value that is none of its rule's type.
Result<TableMap> table_map(const DictionaryIndex& index, const Node& map, const Csv& table);

/// The words of a cell that holds several: `p1 p2`, `p1, p2` and `p1;p2`.
std::vector<std::string> words_of_cell(std::string text);

/// The text of a cell: `blank` stands in for an empty one. Nothing, and told in `errors` (E502), where the map does not say what empty means.
std::optional<std::string> cell_text(const TableMap& map, const Csv& table, const CsvRow& row, int column, CellForm form, const Span& where,
                                     std::vector<Diagnostic>& errors);

/// The household document of a row. What cannot be read of it is told in `errors`.
Node household_of_row(const TableMap& map, const Csv& table, const CsvRow& row, const Span& where, std::vector<Diagnostic>& errors);

}  // namespace duly
