#include "caseload/table_rows.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

using Meaning = TableColumn::Meaning;
using Of = TableShape::Of;

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

Diagnostic mistake(Code code, std::string message, std::string help = "") {
  Diagnostic d;
  d.code = code;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

}  // namespace

TableRows::TableRows(ReadingOptions options, std::shared_ptr<const std::vector<TableShape>> shapes)
    : options_(std::move(options)), program_(*options_.program), index_(program_.index()), d_(program_.declarations()), shapes_(std::move(shapes)) {
  for (const TableShape& shape : *shapes_) {
    cells_.emplace_back();
    for (const TableColumn& column : shape.columns) {
      const bool is_value = column.meaning == Meaning::fact && index_.fact(column.fact).layout.shape != ColumnShape::people;
      cells_.back().push_back(is_value ? std::make_unique<CellReader>(index_, column.fact) : nullptr);
    }
  }
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
  Row row{&shape, &cells, line, -1, cells.front()};
  if (shape.of == Of::household) {
    row.household = static_cast<std::int32_t>(out_.keys.size());
    out_.keys.emplace_back(row.key);
    places_.emplace_back();
  } else {
    row.household = find_household(row.key);
  }
  if (row.household < 0)
    return tell(row, "", mistake(Code::orphan_row, "no household `" + std::string(row.key) + "` stands here in household.csv",
                                 "every table must follow the order of household.csv"));
  if (wrong) return tell(row, "", std::move(*wrong));
  if (is_left_out(row.household)) return;
  switch (shape.of) {
    case Of::household: return read_household_row(row);
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
      out_.tiles.push_back({tile.law_date, {std::move(tile.household), std::move(tile.people), tile.filler.finish()}});
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

void TableRows::tell(const Row& row, std::string column, Diagnostic d) {
    out_.errors.push_back({row.household, std::string(row.key), row.shape->file, row.line, std::move(column), std::move(d)});
}

std::string_view TableRows::cell(const Row& row, Meaning meaning) {
  const int column = row.shape->column(meaning);
  return column < 0 ? std::string_view() : trim((*row.cells)[at(column)]);
}

/// The value of a request's fact: what the caller says, else what the row says. Nothing where neither does.
std::optional<std::int64_t> TableRows::request_value(const Row& row, FactId fact) const {
  const std::string& name = d_.facts[at(fact)].name;
  const RequestOverrides& over = options_.request;
  if (name == "benefit_month" && over.benefit_month) return over.benefit_month->index;
  if (name == "decided" && over.decided) return over.decided->days;
  if (name == "applied" && over.applied) return over.applied->days;
  for (std::size_t c = 0; c < row.shape->columns.size(); ++c) {
    if (row.shape->columns[c].fact != fact) continue;
    if (const auto day = date_from_text(trim((*row.cells)[c]))) return day->days;
    if (const auto month = month_from_text(trim((*row.cells)[c]))) return month->index;
  }
  return std::nullopt;
}

bool TableRows::is_overridden(FactId fact) const {
  const std::string& name = d_.facts[at(fact)].name;
  const RequestOverrides& over = options_.request;
  return (name == "benefit_month" && over.benefit_month) || (name == "decided" && over.decided) || (name == "applied" && over.applied) ||
         (name == "occasion" && over.occasion);
}

void TableRows::read_household_row(const Row& row) {
  const FactId law_fact = program_.program().law_date;
  const auto law = request_value(row, law_fact);
  if (!law)
    return tell(row, d_.facts[at(law_fact)].name,
                mistake(Code::missing_request, "the household does not say `" + d_.facts[at(law_fact)].name + "`, which picks the law",
                        "give it in household.csv, or with the call"));
  const auto number = static_cast<std::int32_t>(*law);
  const Date law_date = d_.facts[at(law_fact)].type.base == Base::month ? first_day_of(Month{number}) : Date{number};
  if (auto outside = program_.not_covered(law_date); !outside.empty()) return tell(row, "", std::move(outside.front()));
  auto tile = std::find_if(tiles_.begin(), tiles_.end(), [&](const OpenTile& t) { return t.law_date == law_date; });
  if (tile == tiles_.end()) {
    tiles_.push_back({law_date, TableFiller(index_), {}, {}});
    tile = std::prev(tiles_.end());
  }
  Place& place = places_[at(row.household)];
  place.tile = static_cast<int>(tile - tiles_.begin());
  place.household = tile->filler.add_household();
  if (const auto decided = d_.request_facts.find("decided"); decided != d_.request_facts.end())
    if (const auto day = request_value(row, decided->second)) place.decided = Date{static_cast<std::int32_t>(*day)};
  tile->household.push_back(row.household);
  tile->people.emplace_back();
  say_request(tile->filler, place.household);
  read_cells(row, {tile->filler, place.household}, {});
}

void TableRows::say_request(TableFiller& filler, std::int32_t household) const {
  const auto say = [&](const char* name, std::optional<std::int64_t> value) {
    const auto fact = d_.request_facts.find(name);
    if (value && fact != d_.request_facts.end()) filler.say(fact->second, household, *value, *value);
  };
  const RequestOverrides& over = options_.request;
  say("benefit_month", over.benefit_month ? std::optional<std::int64_t>(over.benefit_month->index) : std::nullopt);
  say("decided", over.decided ? std::optional<std::int64_t>(over.decided->days) : std::nullopt);
  say("applied", over.applied ? std::optional<std::int64_t>(over.applied->days) : std::nullopt);
  const auto occasion = d_.request_facts.find("occasion");
  if (!over.occasion || occasion == d_.request_facts.end()) return;
  const int word = index_.fact(occasion->second).list->index_of(*over.occasion);
  if (word >= 0) filler.say(occasion->second, household, word, word);
}

/// Every cell that is a value.
void TableRows::read_cells(const Row& row, const CellTarget& target, ValueName name) {
  for (std::size_t c = 0; c < row.shape->columns.size(); ++c) {
    const TableColumn& column = row.shape->columns[c];
    if ((*row.cells)[c].empty()) continue;
    if (column.meaning == Meaning::no_other) read_no_other(row, (*row.cells)[c], target);
    if (column.meaning == Meaning::age) read_age(row, column, (*row.cells)[c], target);
    if (cells_[table_][c] == nullptr || (row.shape->of == Of::household && is_overridden(column.fact))) continue;
    name.key = column.name;
    Complaints complaints;
    cells_[table_][c]->read((*row.cells)[c], target, name, complaints);
    if (!complaints.any()) continue;
    for (Diagnostic& d : complaints.take_errors()) tell(row, column.name, std::move(d));
  }
}

void TableRows::read_no_other(const Row& row, std::string_view words, const CellTarget& target) {
  for (const std::string_view part : split(words, ' ')) {
    const std::string_view word = trim(part);
    if (word.empty()) continue;
    const auto record = std::find_if(d_.records.begin(), d_.records.end(), [&](const RecordKind& kind) { return kind.name == word; });
    const DocumentKey* relation = index_.find(DocumentSection::person, word);
    if (record != d_.records.end() && row.shape->of == Of::household) {
      target.filler.close(static_cast<int>(record - d_.records.begin()), target.row);
    } else if (record != d_.records.end() && !record->of_household) {
      target.filler.close_for(static_cast<int>(record - d_.records.begin()), target.row);
    } else if (relation != nullptr && relation->kind == DocumentKey::Kind::relation && row.shape->of == Of::household) {
      target.filler.complete(relation->fact, target.row);
    } else {
      std::vector<std::string> names;
      for (const RecordKind& kind : d_.records) names.push_back(kind.name);
      tell(row, "no_other", mistake(Code::unknown_fact, "`no_other` names complete lists, and `" + std::string(word) + "` is none here",
                                    did_you_mean(word, names)));
    }
  }
}

void TableRows::read_age(const Row& row, const TableColumn& column, std::string_view text, const CellTarget& target) {
  const FactReading& how = index_.fact(column.fact);
  const Decimal years = decimal_from_text(trim(text), 0);
  if (years.fault != DecimalFault::none || years.scaled < 0 || years.scaled > most_years_of_age)
    return tell(row, column.name, mistake(Code::not_a_value, "`" + std::string(text) + "` is no number of completed years", "write a whole number such as 34"));
  const auto& decided = places_[at(row.household)].decided;
  if (!decided)
    return tell(row, column.name, mistake(Code::missing_request, "ages are counted back from the day of the decision, which is not given",
                                          "give `decided` in household.csv, or with the call"));
  const auto [first, last] = born_between(years.scaled, *decided);
  const std::int64_t low = std::max<std::int64_t>(first.days, how.layout.low);
  const std::int64_t high = std::min<std::int64_t>(last.days, how.layout.high);
  if (low > high) return tell(row, column.name, mistake(Code::fact_out_of_range, "the age `" + std::string(text) + "` puts `" + how.fact->name + "` outside its range " + how.range));
  target.filler.say(column.fact, target.row, low, high);
}

void TableRows::read_person_row(const Row& row) {
  const Place& place = places_[at(row.household)];
  if (place.tile < 0) return;
  OpenTile& tile = tiles_[at(place.tile)];
  PeopleNames& people = tile.people[at(place.household)];
  const std::string_view name = cell(row, Meaning::person);
  if (name.empty() || name.find(' ') != std::string_view::npos)
    return tell(row, "person", mistake(Code::document_shape, "each person needs a key without blanks", "such as 1, 2, 3 or ana, leo"));
  if (std::find(people.begin(), people.end(), name) != people.end())
    return tell(row, "person", mistake(Code::given_twice, "`" + std::string(name) + "` is given twice"));
  if (people.size() == at(most_people))
    return tell(row, "", mistake(Code::too_many, "the household has more than " + std::to_string(most_people) + " people"));
  if (people.size() > at(most_people)) return;
  people.emplace_back(name);
  read_cells(row, {tile.filler, tile.filler.add_person(place.household)}, {name});
}

/// -1 where `name` is nobody; that is told.
std::int32_t TableRows::find_person(const Row& row, const Place& place, std::string_view name, const std::string& column) {
  const PeopleNames& people = tiles_[at(place.tile)].people[at(place.household)];
  const auto found = std::find(people.begin(), people.end(), name);
  if (found != people.end()) return static_cast<std::int32_t>(found - people.begin());
  tell(row, column, mistake(Code::orphan_row, "`" + std::string(name) + "` is nobody of the household", "person.csv lists its people"));
  return -1;
}

void TableRows::read_relation_row(const Row& row) {
  const Place& place = places_[at(row.household)];
  if (place.tile < 0) return;
  const std::string_view word = cell(row, Meaning::relation);
  const DocumentKey* relation = index_.find(DocumentSection::person, word);
  if (relation == nullptr || relation->kind != DocumentKey::Kind::relation)
    return tell(row, "relation", mistake(Code::unknown_fact, "`" + std::string(word) + "` is no relation between people"));
  const std::int32_t one = find_person(row, place, cell(row, Meaning::person), "person");
  const std::int32_t other = find_person(row, place, cell(row, Meaning::other), "other");
  if (one < 0 || other < 0) return;
  if (one == other) return tell(row, "other", mistake(Code::related_to_self, "nobody is related to themself"));
  TableFiller& filler = tiles_[at(place.tile)].filler;
  const std::int32_t first = filler.first_person(place.household);
  filler.relate(relation->fact, first + one, first + other);
}

void TableRows::read_record_row(const Row& row) {
  const Place& place = places_[at(row.household)];
  if (place.tile < 0) return;
  OpenTile& tile = tiles_[at(place.tile)];
  const RecordKind& kind = d_.records[at(row.shape->record)];
  ValueName name{{}, kind.name, -1, {}};
  std::int32_t owner = place.household;
  if (!kind.of_household) {
    name.owner = cell(row, Meaning::person);
    const std::int32_t person = find_person(row, place, name.owner, "person");
    if (person < 0) return;
    owner = tile.filler.first_person(place.household) + person;
  }
  if (row.household != record_household_) counts_.clear();
  record_household_ = row.household;
  const int count = ++counts_[owner];
  if (count == most_records + 1)
    tell(row, "", mistake(Code::too_many, "there are more than " + std::to_string(most_records) + " records of `" + kind.name + "`"));
  if (count > most_records) return;
  name.item = count - 1;
  const std::int32_t record = tile.filler.add_record(row.shape->record, owner, place.household);
  read_people_fields(row, place, tile.filler, record);
  read_cells(row, {tile.filler, record, index_.record(row.shape->record).period}, name);
}

/// Who pays: people of the household, blanks between.
void TableRows::read_people_fields(const Row& row, const Place& place, TableFiller& filler, std::int32_t record) {
  for (std::size_t c = 0; c < row.shape->columns.size(); ++c) {
    const TableColumn& column = row.shape->columns[c];
    if (column.meaning != Meaning::fact || cells_[table_][c] != nullptr || trim((*row.cells)[c]).empty()) continue;
    BitRows set = no_bits(tiles_[at(place.tile)].people[at(place.household)].size());
    bool sound = true;
    for (const std::string_view part : split((*row.cells)[c], ' ')) {
      if (trim(part).empty() || trim(part) == "none") continue;
      const std::int32_t person = find_person(row, place, trim(part), column.name);
      if (person >= 0) give_bit(set, at(person), true);
      sound = sound && person >= 0;
    }
    if (sound) filler.say_set(column.fact, record, std::move(set));
  }
}

}  // namespace duly
