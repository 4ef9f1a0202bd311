// What the rows of each kind of table say: the cells of any row, and people, relations and records.

#include <algorithm>

#include "base/at.h"
#include "base/mistake.h"
#include "base/text.h"
#include "caseload/table_rows.h"
#include "facts/periods.h"

namespace duly {
namespace {

using Meaning = TableColumn::Meaning;
using Of = TableShape::Of;

/// Nothing where it is no plain day or month.
FactValue day_from_cell(const FactReading& how, std::string_view cell) {
  const std::string_view text = trim(cell);
  if (how.fact->type.base == Base::month) {
    const auto month = month_from_text(text);
    return month ? FactValue::of(month->index) : FactValue{};
  }
  const auto day = date_from_text(text);
  return day ? FactValue::of(day->days) : FactValue{};
}

}  // namespace

/// Every cell that is a value.
void TableRows::read_cells(const Row& row, const CellTarget& target, ValueName name) {
  Complaints complaints;
  for (std::size_t c = 0; c < row.shape->columns.size(); ++c) {
    const TableColumn& column = row.shape->columns[c];
    const std::string_view cell = (*row.cells)[c];
    if (cell.empty()) continue;
    if (column.meaning == Meaning::no_other) read_no_other(row, cell, target);
    if (column.meaning == Meaning::age) read_age(row, column, cell, target);
    const CellReader* reader = row.columns->cells[table_][c].get();
    if (reader == nullptr) continue;
    name.key = column.name;
    reader->read(cell, target, name, complaints);
    if (!complaints.any()) continue;
    for (Diagnostic& d : complaints.take_errors()) tell(row, column.name, std::move(d));
    complaints = {};
  }
}

/// Most households say the same words, so that the last ones are kept.
void TableRows::read_no_other(const Row& row, std::string_view words, const CellTarget& target) {
  if (complete_.columns != row.columns || complete_.of != row.shape->of || complete_.words != words) {
    complete_ = {row.columns, row.shape->of, std::string(words), {}, {}, {}};
    for (const std::string_view word : split(words, ' ')) read_complete_list(trim(word));
  }
  for (const int record : complete_.records) {
    if (row.shape->of == Of::household) target.filler.close(record, target.row);
    else target.filler.close_for(record, target.row);
  }
  for (const FactId side : complete_.relations) target.filler.complete(side, target.row);
  for (const std::string& word : complete_.unknown) {
    std::vector<std::string> names;
    for (const RecordKind& kind : row.columns->declarations().records) names.push_back(kind.name);
    tell(row, "no_other", mistake(Code::unknown_fact, "`no_other` names complete lists, and `" + word + "` is none here", did_you_mean(word, names)));
  }
}

void TableRows::read_complete_list(std::string_view word) {
  if (word.empty()) return;
  const bool of_household = complete_.of == Of::household;
  const auto& records = complete_.columns->declarations().records;
  const auto record = std::find_if(records.begin(), records.end(), [&](const RecordKind& kind) { return kind.name == word; });
  const DocumentKey* relation = complete_.columns->index().find(DocumentSection::person, word);
  if (record != records.end() && (of_household || !record->of_household)) complete_.records.push_back(static_cast<int>(record - records.begin()));
  else if (of_household && relation != nullptr && relation->kind == DocumentKey::Kind::relation) complete_.relations.push_back(relation->fact);
  else complete_.unknown.emplace_back(word);
}

void TableRows::read_age(const Row& row, const TableColumn& column, std::string_view text, const CellTarget& target) {
  const FactReading& how = row.columns->index().fact(column.fact);
  const Decimal years = decimal_from_text(trim(text), 0);
  if (years.fault != DecimalFault::none || years.scaled < 0 || years.scaled > most_years_of_age)
    return tell(row, column.name,
                mistake(Code::not_a_value, "`" + std::string(text) + "` is no number of completed years", "write a whole number such as 34"));
  const auto& decided = places_[at(row.household)].decided;
  if (!decided)
    return tell(row, column.name,
                mistake(Code::missing_request, "ages are counted back from the day of the decision, which is not given",
                        "give `decided` in " + row.shape->beside("household") + ", or with the call"));
  const auto [first, last] = born_between(years.scaled, *decided);
  const std::int64_t low = std::max<std::int64_t>(first.days, how.layout.low);
  const std::int64_t high = std::min<std::int64_t>(last.days, how.layout.high);
  if (low > high)
    return tell(row, column.name,
                mistake(Code::fact_out_of_range, "the age `" + std::string(text) + "` puts `" + how.fact->name + "` outside its range " + how.range));
  target.filler.say(column.fact, target.row, low, high);
}

void TableRows::read_person_row(const Row& row) {
  const Place& place = places_[at(row.household)];
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
  tell(row, column,
       mistake(Code::orphan_row, "`" + std::string(name) + "` is nobody of the household", row.shape->beside("person") + " lists its people"));
  return -1;
}

void TableRows::read_relation_row(const Row& row) {
  const Place& place = places_[at(row.household)];
  const std::string_view word = cell(row, Meaning::relation);
  const DocumentKey* relation = row.columns->index().find(DocumentSection::person, word);
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
  OpenTile& tile = tiles_[at(place.tile)];
  const RecordKind& kind = row.columns->declarations().records[at(row.shape->record)];
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
  auto counted = std::find_if(counts_.begin(), counts_.end(), [&](const auto& c) { return c.first == owner; });
  if (counted == counts_.end()) counted = counts_.insert(counts_.end(), {owner, 0});
  const int count = ++counted->second;
  if (count == most_records + 1)
    tell(row, "", mistake(Code::too_many, "there are more than " + std::to_string(most_records) + " records of `" + kind.name + "`"));
  if (count > most_records) return;
  name.item = count - 1;
  const std::int32_t record = tile.filler.add_record(row.shape->record, owner, place.household);
  read_people_fields(row, place, tile.filler, record);
  read_cells(row, {tile.filler, record, row.columns->index().record(row.shape->record).period}, name);
  check_periods(row, name);
}

void TableRows::check_periods(const Row& row, const ValueName& name) {
  const std::vector<TableColumn>& columns = row.shape->columns;
  const auto said = [&](const FactReading& how) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c].meaning == Meaning::fact && &row.columns->index().fact(columns[c].fact) == &how) return day_from_cell(how, (*row.cells)[c]);
    return FactValue{};
  };
  for (const Period& period : periods_of(row.columns->declarations().records[at(row.shape->record)])) {
    if (period.from < 0 || period.until < 0) continue;
    const FactReading& from = row.columns->index().fact(period.from);
    const FactReading& until = row.columns->index().fact(period.until);
    Complaints complaints;
    complain_of_end(from, said(from), until, said(until), name, {}, complaints);
    for (Diagnostic& d : complaints.take_errors()) tell(row, until.fact->name, std::move(d));
  }
}

/// Who pays: people of the household, blanks between.
void TableRows::read_people_fields(const Row& row, const Place& place, TableFiller& filler, std::int32_t record) {
  for (std::size_t c = 0; c < row.shape->columns.size(); ++c) {
    const TableColumn& column = row.shape->columns[c];
    if (column.meaning != Meaning::fact || row.columns->cells[table_][c] != nullptr || trim((*row.cells)[c]).empty()) continue;
    BitRows set = no_bits(tiles_[at(place.tile)].people[at(place.household)].size());
    bool sound = true;
    for (const std::string_view part : split((*row.cells)[c], ' ')) {
      if (trim(part).empty() || trim(part) == "none") continue;
      const std::int32_t person = find_person(row, place, trim(part), column.name);
      if (person >= 0) give_bit(set, at(person), true);
      sound = sound && person >= 0;
    }
    if (sound) filler.say_set(column.fact, record, set, set);
  }
}

}  // namespace duly
