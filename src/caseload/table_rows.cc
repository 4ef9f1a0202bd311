#include "caseload/table_rows.h"

#include <algorithm>

#include "base/at.h"
#include "base/mistake.h"
#include "base/text.h"
#include "engine/open_place.h"

namespace duly {
namespace {

using Meaning = TableColumn::Meaning;
using Of = TableShape::Of;

}  // namespace

TableRows::TableRows(ReadingOptions options, std::shared_ptr<const std::vector<TableShape>> shapes)
    : options_(std::move(options)), shapes_(std::move(shapes)) {
  const Declarations& d = options_.picker->asked().declarations();
  const std::vector<TableColumn>& columns = shapes_->front().columns;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].fact >= 0 && d.facts[at(columns[c].fact)].of_place) place_columns_.push_back(c);
}

/// A pack has all facts of its base, by other numbers.
const TableRows::Columns& TableRows::columns_of(const std::shared_ptr<const LoadedProgram>& program) {
  for (const auto& known : columns_)
    if (known->program == program) return *known;
  auto made = std::make_unique<Columns>();
  made->program = program;
  for (const TableShape& asked : *shapes_) {
    TableShape shape = *table_named(program->index(), asked.name);
    shape.ending = asked.ending;
    std::vector<std::string_view> names;
    for (const TableColumn& column : asked.columns) names.push_back(column.name);
    read_header(program->index(), names, shape);
    made->cells.emplace_back();
    for (const TableColumn& column : shape.columns) {
      const bool is_value = column.meaning == Meaning::fact && program->index().fact(column.fact).layout.shape != ColumnShape::people;
      made->cells.back().push_back(is_value ? std::make_unique<CellReader>(program->index(), column.fact) : nullptr);
    }
    made->shapes.push_back(std::move(shape));
  }
  read_request(*made);
  columns_.push_back(std::move(made));
  return *columns_.back();
}

/// What the row says of the place, as a document would.
Node TableRows::place_of(const Row& row) const {
  Node place;
  place.kind = Node::Kind::map;
  for (const std::size_t c : place_columns_) {
    const std::string_view text = trim((*row.cells)[c]);
    if (text.empty()) continue;
    place.keys.emplace_back().text = row.shape->columns[c].name;
    place.items.emplace_back().text = text;
  }
  Node document;
  document.kind = Node::Kind::map;
  document.keys.emplace_back().text = "place";
  document.items.push_back(std::move(place));
  return document;
}

/// The columns of the program that decides the household; null where there is none, which is told, or it is open which.
const TableRows::Columns* TableRows::pick(const Row& row) {
  said_of_place_.clear();
  for (const std::size_t c : place_columns_) said_of_place_.append((*row.cells)[c]).append("\n");
  auto known = picked_.find(said_of_place_);
  if (known == picked_.end()) known = picked_.emplace(said_of_place_, options_.picker->pick(place_of(row))).first;
  const Result<Picked>& picked = known->second;
  if (!picked) {
    tell(row, "", picked.errors().front());
    return nullptr;
  }
  if (picked->open.empty()) return &columns_of(picked->program);
  const auto waiting = pending_on_place(picked->program, picked->open, place_of(row), options_.request, {});
  if (!waiting) tell(row, "", waiting.errors().front());
  else
    for (const Determination& d : waiting->determinations) {
      places_[at(row.household)].pending = static_cast<int>(out_.pending.size());
      out_.pending.emplace_back(row.household, d);
    }
  return nullptr;
}

void TableRows::begin() {
  first_errors_.clear();
  left_out_.clear();
  again_ = false;
  out_ = {};
  tiles_.clear();
  places_.clear();
}

void TableRows::begin_table(std::size_t table) {
  table_ = table;
  household_ = 0;
  record_household_ = -1;
}

void TableRows::add(const std::vector<std::string_view>& cells, std::int64_t line, std::optional<Diagnostic> wrong) {
  const TableShape& shape = (*shapes_)[table_];
  Row row{nullptr, &shape, &cells, line, -1, cells.front()};
  if (shape.of == Of::household) {
    row.household = static_cast<std::int32_t>(out_.keys.size());
    out_.keys.emplace_back(row.key);
    places_.emplace_back();
  } else {
    row.household = find_household(row.key);
  }
  if (row.household < 0) row.household = passed_household(row.key);
  if (row.household >= 0 && shape.of != Of::household && at(row.household) < household_)
    return tell(row, "",
                mistake(Code::orphan_row, "this row of household `" + std::string(row.key) + "` stands behind rows of later households",
                        "every table must follow the order of " + shape.beside("household")));
  if (row.household < 0)
    return tell(row, "",
                mistake(Code::orphan_row, "no household `" + std::string(row.key) + "` stands here in " + shape.beside("household"),
                        "every table must follow the order of " + shape.beside("household")));
  if (wrong) return tell(row, "", std::move(*wrong));
  if (is_left_out(row.household)) return;
  if (shape.of == Of::household) return read_household_row(row);
  const Place& place = places_[at(row.household)];
  if (place.pending >= 0 && shape.of == Of::person) {  // nobody can say yet who forms a unit: everybody is in it
    Subject& subject = out_.pending[at(place.pending)].second.subject;
    subject.people.emplace_back(cell(row, Meaning::person));
    subject.key = subject.people.front();
  }
  if (place.tile < 0) return;
  row.columns = tiles_[at(place.tile)].columns;
  row.shape = &row.columns->shapes[table_];
  switch (shape.of) {
    case Of::household: return;
    case Of::person: return read_person_row(row);
    case Of::relation: return read_relation_row(row);
    case Of::record: return read_record_row(row);
  }
}

bool TableRows::must_read_again() {
  if (again_) return false;
  for (const CaseloadError& error : out_.errors)
    if (error.household >= 0) left_out_.push_back(error.household);
  if (left_out_.empty()) return false;
  again_ = true;
  first_errors_ = std::move(out_.errors);
  std::stable_sort(first_errors_.begin(), first_errors_.end(),
                   [](const CaseloadError& a, const CaseloadError& b) { return a.household < b.household; });
  out_ = {};
  tiles_.clear();
  places_.clear();
  return true;
}

ReadPiece TableRows::finish() {
  for (OpenTile& tile : tiles_)
    if (tile.filler.households() > 0)
      out_.tiles.push_back({tile.columns->program, tile.law_date, {std::move(tile.household), std::move(tile.people), tile.filler.finish()}});
  if (again_) out_.errors = std::move(first_errors_);
  return std::move(out_);
}

bool TableRows::is_left_out(std::int32_t household) const { return std::find(left_out_.begin(), left_out_.end(), household) != left_out_.end(); }

/// Rows of a table come in the order of households; -1 for one that is not among them from here on.
std::int32_t TableRows::find_household(std::string_view key) {
  for (std::size_t h = household_; h < out_.keys.size(); ++h) {
    if (out_.keys[h] != key) continue;
    household_ = h;
    return static_cast<std::int32_t>(h);
  }
  return -1;
}

/// One that is among them, but whose turn has passed; -1 if there is none.
std::int32_t TableRows::passed_household(std::string_view key) const {
  const auto passed = out_.keys.begin() + static_cast<std::ptrdiff_t>(std::min(household_, out_.keys.size()));
  const auto found = std::find(out_.keys.begin(), passed, key);
  return found == passed ? -1 : static_cast<std::int32_t>(found - out_.keys.begin());
}

void TableRows::tell(const Row& row, std::string column, Diagnostic d) {
  out_.errors.push_back({row.household, std::string(row.key), row.shape->file(), row.line, std::move(column), std::move(d)});
}

std::string_view TableRows::cell(const Row& row, Meaning meaning) {
  const int column = row.shape->column(meaning);
  return column < 0 ? std::string_view() : trim((*row.cells)[at(column)]);
}

/// What the caller says of the request, and where else its facts stand.
void TableRows::read_request(Columns& columns) const {
  const Declarations& d = columns.declarations();
  const RequestOverrides& over = options_.request;
  const auto say = [&](const char* name, std::optional<std::int64_t> value) {
    const auto fact = d.request_facts.find(name);
    if (value && fact != d.request_facts.end()) columns.by_caller.emplace_back(fact->second, *value);
  };
  const auto whole = [](const auto& given) { return given ? std::optional<std::int64_t>(given->days) : std::nullopt; };
  say("benefit_month", over.benefit_month ? std::optional<std::int64_t>(over.benefit_month->index) : std::nullopt);
  say("decided", whole(over.decided));
  say("applied", whole(over.applied));
  if (const auto occasion = d.request_facts.find("occasion"); over.occasion && occasion != d.request_facts.end()) {
    const int word = columns.index().fact(occasion->second).list->index_of(*over.occasion);
    if (word >= 0) say("occasion", word);
  }
  for (std::size_t table = 0; table < columns.shapes.size(); ++table) {
    const TableShape& shape = columns.shapes[table];
    for (std::size_t c = 0; shape.of == Of::household && c < shape.columns.size(); ++c)
      if (const FactId fact = shape.columns[c].fact; fact >= 0 && is_overridden(d.facts[at(fact)])) columns.cells[table][c] = nullptr;
  }
  columns.law = request_cell(columns, columns.program->program().law_date);
  if (const auto decided = d.request_facts.find("decided"); decided != d.request_facts.end())
    columns.decided = request_cell(columns, decided->second);
}

TableRows::RequestCell TableRows::request_cell(const Columns& columns, FactId fact) {
  RequestCell out;
  for (const auto& [said, value] : columns.by_caller)
    if (said == fact) out.by_caller = value;
  const std::vector<TableColumn>& of_households = columns.shapes.front().columns;
  for (std::size_t c = of_households.size(); c-- > 0;)
    if (of_households[c].fact == fact) out.column = static_cast<int>(c);
  return out;
}

/// Nothing where neither the caller nor the row says it.
std::optional<std::int64_t> TableRows::request_value(const Row& row, const RequestCell& cell) {
  if (cell.by_caller || cell.column < 0) return cell.by_caller;
  const std::string_view text = trim((*row.cells)[at(cell.column)]);
  if (const auto day = date_from_text(text)) return day->days;
  if (const auto month = month_from_text(text)) return month->index;
  return std::nullopt;
}

bool TableRows::is_overridden(const Fact& fact) const {
  const std::string& name = fact.name;
  const RequestOverrides& over = options_.request;
  return (name == "benefit_month" && over.benefit_month) || (name == "decided" && over.decided) || (name == "applied" && over.applied) ||
         (name == "occasion" && over.occasion);
}

void TableRows::read_household_row(const Row& asked) {
  const Columns* columns = pick(asked);
  if (columns == nullptr) return;
  Row row = asked;
  row.columns = columns;
  row.shape = &columns->shapes[table_];
  const Declarations& d = columns->declarations();
  const FactId law_fact = columns->program->program().law_date;
  const auto law = request_value(row, columns->law);
  if (!law)
    return tell(row, d.facts[at(law_fact)].name,
                mistake(Code::missing_request, "the household does not say `" + d.facts[at(law_fact)].name + "`, which picks the law",
                        "give it in " + row.shape->beside("household") + ", or with the call"));
  const auto number = static_cast<std::int32_t>(*law);
  const Date law_date = d.facts[at(law_fact)].type.base == Base::month ? first_day_of(Month{number}) : Date{number};
  if (auto outside = columns->program->not_covered(law_date); !outside.empty()) return tell(row, "", std::move(outside.front()));
  auto tile = std::find_if(tiles_.begin(), tiles_.end(), [&](const OpenTile& t) { return t.columns == columns && t.law_date == law_date; });
  if (tile == tiles_.end()) {
    tiles_.push_back({columns, law_date, TableFiller(columns->index(), &columns->program->facts_read()), {}, {}});
    tile = std::prev(tiles_.end());
  }
  Place& place = places_[at(row.household)];
  place.tile = static_cast<int>(tile - tiles_.begin());
  place.household = tile->filler.add_household();
  if (const auto day = request_value(row, columns->decided)) place.decided = Date{static_cast<std::int32_t>(*day)};
  tile->household.push_back(row.household);
  tile->people.emplace_back();
  for (const auto& [fact, value] : columns->by_caller) tile->filler.say(fact, place.household, value, value);
  read_cells(row, {tile->filler, place.household}, {});
}

}  // namespace duly
