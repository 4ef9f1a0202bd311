#include "cases/table_run.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cases/parallel.h"
#include "cases/table_map.h"
#include "cases/tile_values.h"
#include "determine/determine.h"
#include "engine/open_place.h"
#include "engine/pack_picker.h"

namespace duly {
namespace {

constexpr std::size_t rows_a_piece = 1'024;

struct DifferingStage {
  std::size_t stage = 0;
  CaseComparison comparison;
};

/// What became of one row.
struct RowResult {
  std::optional<Diagnostic> unreadable;
  std::optional<std::size_t> left_out;     ///< by which condition
  std::vector<DifferingStage> differing;   ///< in the order of stages
};

/// Everything that holds for all rows.
struct Table {
  std::unique_ptr<const Programs> programs;
  std::optional<PackPicker> picker;
  TableMap map;
  Csv csv;
  SourcePtr source;
  bool decides = false;                    ///< a stage asks for a word of the determination
};

Span span_of(const Table& table, const CsvRow& row) { return {table.source, row.begin, std::max(row.end, row.begin + 1)}; }

bool contains(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// A row as a household.
struct ReadRow {
  std::size_t row = 0;
  Household household;
};

/// Rows that are evaluated together: decided by one program, the one that was asked for or a pack on it, by the law of one day.
struct Batch {
  std::shared_ptr<const LoadedProgram> program;
  Date date;
  std::vector<ReadRow> rows;
};

/// Some rows of the table, read, evaluated program by program and month by month, and compared.
class Piece {
 public:
  Piece(const Table& table, std::size_t first, std::size_t count, std::vector<RowResult>& results)
      : table_(table), first_(first), count_(count), results_(results) {}

  void run() {
    Batches batches;
    for (std::size_t r = first_; r < first_ + count_; ++r)
      if (!leave_out(r)) read(r, batches);
    for (auto& [of, batch] : batches) evaluate_rows(batch);
  }

 private:
  using Batches = std::map<std::pair<std::string, Date>, Batch>;

  bool leave_out(std::size_t r) {
    for (std::size_t i = 0; i < table_.map.left_out.size(); ++i) {
      if (!table_.map.left_out[i].condition.holds(csv_row(r))) continue;
      results_[r].left_out = i;
      return true;
    }
    return false;
  }

  void read(std::size_t r, Batches& batches) {
    std::vector<Diagnostic> errors;
    const Span where = span_of(table_, csv_row(r));
    const Node document = household_of_row(table_.map, table_.csv, csv_row(r), where, errors);
    if (!errors.empty()) return refuse(r, errors.front());
    const auto picked = table_.picker->pick(document);
    if (!picked) return refuse(r, picked.errors().front());
    if (!picked->open.empty()) return compare_open(r, document, *picked);
    const LoadedProgram& program = *picked->program;
    auto household = read_household(program.index(), document, {}, {.allow_assume = true});
    if (!household) return refuse(r, household.errors().front());
    const auto date = law_date_of(program, household->table);
    if (!date)
      return refuse(r, diagnostic_at(Code::missing_request, where, "the row has no `" + law_fact(program).name + "`",
                                     "name its column in the map, below `request`"));
    if (auto outside = program.not_covered(*date); !outside.empty() && outside.front().severity == Severity::error) return refuse(r, outside.front());
    Batch& batch = batches[{program.declarations().program.id, *date}];
    batch.program = picked->program;
    batch.date = *date;
    batch.rows.push_back({r, std::move(*household)});
  }

  /// A row of which it is open which pack decides it: no rule has a value, and the determination is pending on the place.
  void compare_open(std::size_t r, const Node& document, const Picked& picked) {
    const auto decided = pending_on_place(picked.program, picked.open, document, {}, {.allow_assume = true});
    if (!decided) return refuse(r, decided.errors().front());
    ReadRow row{r, {}};
    row.household.people = decided->determinations.front().subject.people;
    compare_row(*picked.program, nullptr, 0, row, decided->determinations);
  }

  /// Rows that may stand in one table, as many as there are, then the rest.
  void evaluate_rows(Batch& batch) {
    const LoadedProgram& program = *batch.program;
    std::vector<ReadRow>& rows = batch.rows;
    for (std::size_t begin = 0; begin < rows.size();) {
      FactTable facts;
      std::size_t end = begin;
      for (; end < rows.size() && can_append(facts, rows[end].household.table); ++end) append(program.index(), facts, rows[end].household.table);
      std::vector<RuleId> stated;
      for (const StatedColumn& column : facts.stated) stated.push_back(column.rule);
      const auto ready = program.ready_plan(batch.date, std::move(stated));
      if (!ready) {
        for (std::size_t i = begin; i < end; ++i) refuse(rows[i].row, ready.errors().front());
      } else {
        const PlanIndex& index = (*ready)->index;
        evaluate(*(*ready)->plan, facts, 0, facts.households, Keep::everything, values_);
        const TileValues tile(index, values_);
        for (std::size_t i = begin; i < end; ++i) {
          const auto household = static_cast<std::int32_t>(i - begin);
          std::vector<Determination> determinations;
          if (table_.decides) determinations = determine({index, values_, household, &rows[i].household});
          compare_row(program, &tile, household, rows[i], determinations);
        }
      }
      begin = end;
    }
  }

  /// `tile` is null where nothing was evaluated.
  void compare_row(const LoadedProgram& program, const TileValues* tile, std::int32_t household, const ReadRow& row,
                   const std::vector<Determination>& determinations) {
    RowResult& result = results_[row.row];
    for (std::size_t s = 0; s < table_.map.stages.size(); ++s) {
      const auto expected = expected_of(table_.map.stages[s], row);
      if (result.unreadable) return;
      if (!expected) continue;
      CaseComparison c = expected->of == Expectation::Of::rule ? compare_value(program, tile, household, *expected, row.household.people)
                                                               : compare_word(*expected, determinations);
      if (!c.same) result.differing.push_back({s, std::move(c)});
    }
  }

  /// Nothing where the row expects nothing in this stage: an empty cell that means `unknown`, a person who is not there.
  std::optional<Expectation> expected_of(const Stage& stage, const ReadRow& row) {
    if (!stage.expected.subject.empty() && !contains(row.household.people, stage.expected.subject)) return std::nullopt;
    const CsvRow& cells = csv_row(row.row);
    if (stage.whether) {
      Expectation expected = stage.expected;
      expected.words = {stage.whether->holds(cells) ? "yes" : "no"};
      return expected;
    }
    if (stage.column < 0) return stage.expected;
    std::vector<Diagnostic> errors;
    const auto text = cell_text(table_.map, table_.csv, cells, stage.column, stage.form, span_of(table_, cells), errors);
    if (!text) {
      refuse(row.row, errors.front());
      return std::nullopt;
    }
    if (is_empty_cell(table_.map, cells, stage.column) && *text == "unknown") return std::nullopt;
    Expectation expected = stage.expected;
    expected.where = span_of(table_, cells);
    expected.words = stage.form == CellForm::words ? words_of_cell(*text) : expected_words(expected, *text);
    if (auto wrong = impossible_text(expected)) {
      refuse(row.row, std::move(*wrong));
      return std::nullopt;
    }
    return expected;
  }

  /// A text of digits is compared as it stands; only other words are asked whether they can be a value at all.
  std::optional<Diagnostic> impossible_text(const Expectation& expected) const {
    const auto looks_like_a_number = [](const std::string& text) {
      return !text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos;
    };
    if (expected.words.size() == 1 && looks_like_a_number(expected.words[0])) return std::nullopt;
    return impossible(table_.picker->asked().index(), expected);
  }

  static CaseComparison compare_value(const LoadedProgram& program, const TileValues* tile, std::int32_t household, const Expectation& expected,
                                      const PeopleNames& people) {
    if (tile == nullptr) return {false, join_words(expected.words), "pending on the place", {}};
    const RuleId rule = program.index().rule(expected.name);  // a pack numbers its rules otherwise than its base
    const auto got = tile->value(rule, household, expected.subject, people);
    if (const auto* value = std::get_if<Value>(&got))
      return compare(program.declarations(), *program.index().rule_type(rule), expected.words, *value);
    return {false, join_words(expected.words), std::get<std::string>(got), {}};
  }

  static CaseComparison compare_word(const Expectation& expected, const std::vector<Determination>& determinations) {
    if (expected.subject.empty() && determinations.size() == 1) return compare(expected, determinations[0]);
    for (const Determination& d : determinations)
      if (d.subject.key == expected.subject || contains(d.subject.people, expected.subject)) return compare(expected, d);
    return {false, join_words(expected.words), std::to_string(determinations.size()) + " determinations", {}};
  }

  /// The day that picks the law, where the row gives it.
  static std::optional<Date> law_date_of(const LoadedProgram& program, const FactTable& facts) {
    const FactColumn& column = facts.facts[static_cast<std::size_t>(program.program().law_date)];
    if (!column.high.empty() && column.high[0] != column.low[0]) return std::nullopt;
    const auto value = static_cast<std::int32_t>(column.low[0]);
    return law_fact(program).type.base == Base::month ? first_day_of(Month{value}) : Date{value};
  }

  static const Fact& law_fact(const LoadedProgram& program) {
    return program.declarations().facts[static_cast<std::size_t>(program.program().law_date)];
  }
  [[nodiscard]] const CsvRow& csv_row(std::size_t r) const { return table_.csv.rows[r]; }

  void refuse(std::size_t row, Diagnostic why) { results_[row].unreadable = std::move(why); }

  const Table& table_;
  std::size_t first_, count_;
  std::vector<RowResult>& results_;
  Values values_;
};

/// Reads map and table.
Result<Table> table_from(const RuleFiles& files, const SourcePtr& map_source, const SourcePtr& csv_source, TableRun& run) {
  std::vector<Diagnostic> errors;
  const Node map = parse_yaml(map_source, errors);
  if (!errors.empty()) return errors;
  const auto program = program_of_map(map);
  if (!program) return program.errors();
  run.program = *program;
  Table out;
  out.source = csv_source;
  out.csv = read_csv(csv_source, Code::bad_table, errors);
  if (errors.empty() && out.csv.rows.empty()) errors.push_back(diagnostic_at(Code::bad_table, {csv_source, 0, 1}, "the table has no rows"));
  if (!errors.empty()) return errors;
  const std::shared_ptr<const RuleFiles> not_ours(std::shared_ptr<const RuleFiles>(), &files);
  out.programs = std::make_unique<const Programs>(not_ours);
  auto picker = PackPicker::on(*out.programs, *program);
  if (!picker) return picker.errors();
  out.picker.emplace(std::move(*picker));
  auto read = table_map(out.picker->asked().index(), map, out.csv);
  if (!read) return read.errors();
  out.map = std::move(*read);
  for (const Stage& stage : out.map.stages) out.decides = out.decides || stage.expected.of != Expectation::Of::rule;
  return out;
}

std::string key_of(const Table& table, std::size_t row) {
  return table.map.key < 0 ? "row " + std::to_string(row + 1) : table.csv.rows[row].cells[static_cast<std::size_t>(table.map.key)];
}

void count_stage(StageTotals& totals, const CaseComparison& c, bool first) {
  ++totals.rows;
  if (first) ++totals.first;
  if (!c.size) return;
  if (!totals.smallest || *c.size < *totals.smallest) totals.smallest = c.size;
  if (!totals.largest || *c.size > *totals.largest) totals.largest = c.size;
}

void add_up(const Table& table, std::vector<RowResult> results, TableRun& run) {
  run.title = table.map.title;
  run.table = table.source->path;
  for (const Stage& stage : table.map.stages)
    run.stages.push_back({(stage.expected.subject.empty() ? "" : stage.expected.subject + ".") + stage.expected.name, 0, 0, {}, {}});
  for (const ApartRows& apart : table.map.apart) run.apart.push_back({apart.label, 0, 0});
  for (const ApartRows& left_out : table.map.left_out) run.left_out.push_back({left_out.label, 0});
  for (std::size_t r = 0; r < results.size(); ++r) {
    RowResult& result = results[r];
    if (result.left_out) {
      ++run.left_out[*result.left_out].rows;
      continue;
    }
    ++run.rows;
    const bool agrees = !result.unreadable && result.differing.empty();
    run.agree += agrees ? 1 : 0;
    for (std::size_t a = 0; a < run.apart.size(); ++a) {
      if (!table.map.apart[a].condition.holds(table.csv.rows[r])) continue;
      ++run.apart[a].rows;
      run.apart[a].agree += agrees ? 1 : 0;
    }
    const int line = place_of(*table.source, table.csv.rows[r].begin).line;
    if (result.unreadable) {
      run.unreadable.push_back({key_of(table, r), line, std::move(*result.unreadable)});
      continue;
    }
    for (std::size_t d = 0; d < result.differing.size(); ++d)
      count_stage(run.stages[result.differing[d].stage], result.differing[d].comparison, d == 0);
    if (result.differing.empty()) continue;
    const DifferingStage& first = result.differing.front();
    run.differences.push_back({key_of(table, r), line, run.stages[first.stage].stage, first.comparison.expected, first.comparison.got});
  }
}

}  // namespace

Result<TableRun> run_table(const RuleFiles& files, const SourcePtr& map, const SourcePtr& table, const TableOptions& options) {
  TableRun run;
  const auto read = table_from(files, map, table, run);
  if (!read) return read.errors();
  for (const int column : read->map.unread) {
    Diagnostic d =
        diagnostic_at(Code::column_unread, {table, 0, 1}, "nothing reads the column `" + read->csv.header[static_cast<std::size_t>(column)] + "`",
                      "use it in the map, or name it below `ignore`");
    d.severity = Severity::warning;
    run.warnings.push_back(std::move(d));
  }
  const std::size_t rows = read->csv.rows.size();
  std::vector<RowResult> results(rows);
  for_each_in_parallel((rows + rows_a_piece - 1) / rows_a_piece, options.threads, [&](std::size_t piece) {
    const std::size_t first = piece * rows_a_piece;
    Piece(*read, first, std::min(rows_a_piece, rows - first), results).run();
  });
  add_up(*read, std::move(results), run);
  return run;
}

}  // namespace duly
