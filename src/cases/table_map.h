#pragma once

// A map: how a row of a table becomes a household document, and what must come out of it, stage by stage.
//
// A value that begins with `column ` names a column, `whether ` begins a condition on columns, `text ` a text into which cells are put; any other is
// written out. `{i}` in a person's key
// repeats the person for each number that the columns go on to; a row has the people of whom it has a cell, or for whom their `when` holds.
//
// Threads: immutable once read.

#include <array>
#include <map>

#include "base/csv.h"
#include "cases/expectation.h"
#include "cases/row_condition.h"

namespace duly {

inline constexpr std::array<std::string_view, 22> keys_of_a_map{"kind",   "title",  "program", "key",   "request",  "place",   "people", "facts",
                                                                "assume", "expect", "blank",   "apart", "ignore",   "rest",    "world",  "no_other",
                                                                "nobody", "stated", "words",   "empty", "left_out", "everyone"};

/// How the text of a cell is written in a document.
enum class CellForm : std::uint8_t { as_it_is, truth, words };

/// A text with cells between its parts: `text {month}-15`.
struct CellText {
  std::vector<std::pair<std::string, int>> parts;  ///< a text, and the column that stands behind it
  std::string end;
};

/// A part of a household document in which some values come from cells.
struct Pattern {
  Node node;                     ///< without its items
  int column = -1;
  CellForm form = CellForm::as_it_is;
  std::optional<RowCondition> whether;  ///< stands for yes or no
  std::optional<CellText> text;
  std::vector<Pattern> items;
};

struct PersonPattern {
  std::string key;
  std::vector<int> columns;      ///< where all of them are empty the row has no such person; none: always there
  bool repeated = false;         ///< made of `{i}`
  std::optional<RowCondition> when;
  Pattern facts;
};

/// One value that a row must come to.
struct Stage {
  Expectation expected;          ///< its words are those of the map where there is neither `column` nor `whether`
  int column = -1;
  std::optional<RowCondition> whether;
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
  std::vector<ApartRows> left_out;                  ///< not decided; a row counts for the first that holds
  std::vector<std::string> empty;                   ///< texts of cells that are as good as empty
  std::vector<std::optional<std::string>> blank;    ///< by column: what an empty cell means
  std::vector<std::map<std::string, std::string>> words;  ///< by column: what each of its texts means; where there are any, no other may stand
  std::vector<int> unread;                          ///< columns that nothing reads
};

/// The program a map is for. Errors: E503.
Result<std::string> program_of_map(const Node& map);

/// Reads a map for one table. Errors, all at once: E503, E150 for an expected value that is none of its rule's type.
Result<TableMap> table_map(const DictionaryIndex& index, const Node& map, const Csv& table);

/// Whether nothing stands in the cell.
bool is_empty_cell(const TableMap& map, const CsvRow& row, int column);

/// The words of a cell that holds several: `p1 p2`, `p1, p2` and `p1;p2`.
std::vector<std::string> words_of_cell(std::string text);

/// The text of a cell: `blank` stands in for an empty one. Nothing, and told in `errors` (E502), where the map does not say what empty, or
/// what this text, means.
std::optional<std::string> cell_text(const TableMap& map, const Csv& table, const CsvRow& row, int column, CellForm form, const Span& where,
                                     std::vector<Diagnostic>& errors);

/// The household document of a row. What cannot be read of it is told in `errors`.
Node household_of_row(const TableMap& map, const Csv& table, const CsvRow& row, const Span& where, std::vector<Diagnostic>& errors);

}  // namespace duly
