#pragma once

// Rows of the tables of a caseload, put into fact tables. Households come first, then the rows of each other table, all in the order of households.
//
// A household with a mistake is left out. Its values are already among those of others by then, so that the piece is read a second time without it:
//   rows.begin(); ... rows.add(...) for every row ...; if (rows.must_read_again()) the same once more; rows.finish()
//
// Threads: belongs to one thread; the shapes are shared.

#include <unordered_map>

#include "caseload/cell_reader.h"
#include "caseload/read_piece.h"
#include "caseload/table_shape.h"

namespace duly {

class TableRows {
 public:
  TableRows(ReadingOptions options, std::shared_ptr<const std::vector<TableShape>> shapes);

  /// A new piece.
  void begin();
  /// From here on rows of this table.
  void begin_table(std::size_t table);
  /// A row of it, with as many cells as the table has columns: else `wrong` says what is the matter, and the first cell is its key.
  void add(const std::vector<std::string_view>& cells, std::int64_t line, std::optional<Diagnostic> wrong);
  /// Starts over without the households that have mistakes, if there are any and it has not yet.
  bool must_read_again();
  ReadPiece finish();

 private:
  /// Where a fact of the request stands: the caller says it, or a column of households.
  struct RequestCell {
    std::optional<std::int64_t> by_caller;
    int column = -1;
  };
  /// The columns as a program's own dictionary numbers them.
  struct Columns {
    std::shared_ptr<const LoadedProgram> program;
    std::vector<TableShape> shapes;
    std::vector<std::vector<std::unique_ptr<CellReader>>>
        cells;  ///< by table and column; null where a cell is no plain value, or the caller's goes before
    std::vector<std::pair<FactId, std::int64_t>> by_caller;       ///< of every household
    RequestCell law, decided;
    [[nodiscard]] const DictionaryIndex& index() const { return program->index(); }
    [[nodiscard]] const Declarations& declarations() const { return program->declarations(); }
  };
  /// Households of one program and one stretch of law, while they are filled.
  struct OpenTile {
    const Columns* columns;
    Date law_date;
    TableFiller filler;
    std::vector<std::int32_t> household;
    std::vector<PeopleNames> people;
  };
  /// Where a household of the piece is.
  struct Place {
    int tile = -1;     ///< -1: it has a mistake, or it is open which pack decides it
    int pending = -1;  ///< then: which of the determinations that wait for the place
    std::int32_t household = 0;
    std::optional<Date> decided;
  };
  /// What the words of a `no_other` mean.
  struct Complete {
    const Columns* columns = nullptr;
    TableShape::Of of = TableShape::Of::household;
    std::string words;
    std::vector<int> records;
    std::vector<FactId> relations;
    std::vector<std::string> unknown;
  };
  /// A row being read.
  struct Row {
    const Columns* columns;
    const TableShape* shape;
    const std::vector<std::string_view>* cells;
    std::int64_t line;
    std::int32_t household = -1;
    std::string_view key;
  };

  [[nodiscard]] bool is_left_out(std::int32_t household) const;
  std::int32_t find_household(std::string_view key);
  [[nodiscard]] std::int32_t passed_household(std::string_view key) const;
  void tell(const Row& row, std::string column, Diagnostic d);
  [[nodiscard]] static std::string_view cell(const Row& row, TableColumn::Meaning meaning);
  const Columns& columns_of(const std::shared_ptr<const LoadedProgram>& program);
  const Columns* pick(const Row& row);
  [[nodiscard]] Node place_of(const Row& row) const;
  [[nodiscard]] bool is_overridden(const Fact& fact) const;
  void read_request(Columns& columns) const;
  [[nodiscard]] static RequestCell request_cell(const Columns& columns, FactId fact);
  [[nodiscard]] static std::optional<std::int64_t> request_value(const Row& row, const RequestCell& cell);
  void read_household_row(const Row& row);

  // table_row_kinds.cc
  void read_cells(const Row& row, const CellTarget& target, ValueName name);
  void read_no_other(const Row& row, std::string_view words, const CellTarget& target);
  void read_complete_list(std::string_view word);
  void read_age(const Row& row, const TableColumn& column, std::string_view text, const CellTarget& target);
  void read_person_row(const Row& row);
  std::int32_t find_person(const Row& row, const Place& place, std::string_view name, const std::string& column);
  void read_relation_row(const Row& row);
  void read_record_row(const Row& row);
  void check_periods(const Row& row, const ValueName& name);
  void read_people_fields(const Row& row, const Place& place, TableFiller& filler, std::int32_t record);

  ReadingOptions options_;
  std::shared_ptr<const std::vector<TableShape>> shapes_;        ///< by the dictionary of the program that was asked for
  std::vector<std::size_t> place_columns_;                       ///< of household rows
  std::vector<std::unique_ptr<Columns>> columns_;
  std::unordered_map<std::string, Result<Picked>> picked_;       ///< by what the cells of the place say
  std::string said_of_place_;
  std::vector<CaseloadError> first_errors_;                      ///< of the first reading
  std::vector<std::int32_t> left_out_;
  bool again_ = false;

  ReadPiece out_;
  std::vector<OpenTile> tiles_;
  std::vector<Place> places_;
  std::size_t table_ = 0, household_ = 0;
  std::int32_t record_household_ = -1;
  std::vector<std::pair<std::int32_t, int>> counts_;             ///< of that household: owner, and how many records of the table
  Complete complete_;
};

}  // namespace duly
