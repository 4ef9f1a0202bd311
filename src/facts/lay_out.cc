// What a document says, put into columns: rows first, then what was given, then what may be presumed of the rest.

#include <algorithm>

#include "facts/reading.h"

#include "base/at.h"

namespace duly {
namespace {

FactRows rows_below(std::vector<std::int32_t> owner) {
  FactRows rows;
  rows.count = static_cast<std::int64_t>(owner.size());
  rows.begin = {0, static_cast<std::int32_t>(owner.size())};
  rows.owner = std::move(owner);
  return rows;
}

void lay_out_records(Reading& reading, int id) {
  const RecordKind& kind = reading.record(id);
  RecordList& list = reading.lists[at(id)];
  std::vector<std::string>& labels = reading.out.record_labels[at(id)];
  labels.reserve(list.owner.size());
  std::int32_t owner_before = -1;
  int item = 0;
  for (const std::int32_t owner : list.owner) {
    item = owner == owner_before ? item + 1 : 0;
    owner_before = owner;
    labels.push_back(to_text({kind.of_household ? std::string_view{} : reading.person(owner), kind.name, item, ""}));
  }
  reading.out.table.levels[at(kind.level)] = rows_below(list.owner);
}

void lay_out_rows(Reading& reading) {
  FactTable& table = reading.out.table;
  if (FactTable* spare = reading.options.spare) {
    table.facts = std::move(spare->facts);
    *spare = {};
  }
  table.households = 1;
  table.set_words = static_cast<int>(std::max<std::size_t>(1, words_of_bits(reading.people())));
  table.levels.resize(reading.declarations.levels.size());
  table.levels[at(household_level)] = rows_below({0});
  table.levels[at(person_level)] = rows_below(std::vector<std::int32_t>(reading.people(), 0));
  reading.out.record_labels.resize(reading.lists.size());
  for (int r = 0; r < static_cast<int>(reading.lists.size()); ++r) lay_out_records(reading, r);
}

std::string row_name(const Reading& reading, FactId id, std::int32_t row) {
  const Fact& fact = reading.fact(id);
  std::string_view owner;
  if (fact.record >= 0) owner = reading.out.record_labels[at(fact.record)][at(row)];
  else if (fact.level == person_level) owner = reading.person(row);
  return to_text({owner, "", -1, fact.name});
}

void put_value(Reading& reading, FactId fact, std::size_t row, const FactValue& value) {
  FactTable& table = reading.out.table;
  if (!is_laid_out(reading.index.fact(fact).layout, reading.options.wanted, at(fact))) return;
  put(table.facts[at(fact)], reading.index.fact(fact).layout, table.set_words, row, value);
}

void put_statements(Reading& reading) {
  for (std::size_t s = 0; s < reading.statements.size(); ++s) {
    const Statement& statement = reading.statements[s];
    std::int32_t& given = reading.given.at(statement.fact, at(statement.row));
    if (given != 0) {
      reading.complaints.error(Code::given_twice, statement.where->span, "`" + row_name(reading, statement.fact, statement.row) + "` is given twice",
                               "", reading.index.fact(statement.fact).about);
      continue;
    }
    given = static_cast<std::int32_t>(s) + 1;
    put_value(reading, statement.fact, at(statement.row), statement.value);
  }
}

/// One answer for everybody, beside which a person may only say the same.
void put_for_all(Reading& reading, const StatementForAll& all) {
  for (std::size_t p = 0; p < reading.people(); ++p) {
    std::int32_t& given = reading.given.at(all.fact, p);
    if (given == 0) {
      reading.state(all.fact, static_cast<std::int32_t>(p), all.value, *all.where);
      given = static_cast<std::int32_t>(reading.statements.size());
      put_value(reading, all.fact, p, all.value);
    } else if (const Statement& own = reading.statements[at(given) - 1]; own.value != all.value) {
      reading.complaints.error(Code::contradiction, own.where->span,
                               "`" + row_name(reading, all.fact, own.row) + "` contradicts what `" + std::string(all.section) + "` says of everybody",
                               "leave `" + all.where->text + "` out of `" + std::string(all.section) + "`, and give it for each person",
                               reading.index.fact(all.fact).about);
    }
  }
}

void put_all_for_all(Reading& reading) {
  for (std::size_t i = 0; i < reading.for_all.size(); ++i) {
    const StatementForAll& all = reading.for_all[i];
    const auto before = reading.for_all.begin() + static_cast<std::ptrdiff_t>(i);
    const bool twice = std::any_of(reading.for_all.begin(), before, [&](const StatementForAll& other) { return other.fact == all.fact; });
    if (!twice) put_for_all(reading, all);
    else
      reading.complaints.error(Code::given_twice, all.where->span, "`" + all.where->text + "` is given for everybody twice", "",
                               reading.index.fact(all.fact).about);
  }
}

void close_lists(Reading& reading) {
  for (const auto& [record, where] : reading.no_other) {
    RecordList& list = reading.lists[at(record)];
    for (std::size_t owner = 0; owner < list.state.size(); ++owner) {
      if (list.state[owner] != RecordList::State::open) {
        list.state[owner] = RecordList::State::closed;
        continue;
      }
      const RecordKind& kind = reading.record(record);
      const std::string_view person = kind.of_household ? std::string_view{} : std::string_view(reading.out.people[owner]);
      reading.complaints.error(
          Code::contradiction, where->span,
          "`no_other` closes `" + kind.name + "`, but `" + to_text({person, kind.name, -1, ""}) + "` says that there may be more");
    }
  }
  for (const RecordList& list : reading.lists) {
    BitRows closed = no_bits(list.state.size());
    for (std::size_t owner = 0; owner < list.state.size(); ++owner)
      give_bit(closed, owner, list.state[owner] == RecordList::State::closed || (reading.rest && list.state[owner] == RecordList::State::not_given));
    reading.out.table.list_closed_may_be_true.push_back(std::move(closed));
  }
}

bool is_relation(const Fact& fact) { return fact.record < 0 && fact.type.base == Base::people; }

/// Calls `f(row)` for each row of `fact` that nothing was said about, and counts it as given.
template <class F>
void for_each_open_row(Reading& reading, FactId fact, F f) {
  const std::size_t rows = rows_of_level(reading.out.table, reading.fact(fact).level);
  for (std::size_t row = 0; row < rows; ++row) {
    if (reading.given.has(fact, row)) continue;
    f(row);
    reading.given.at(fact, row) = -1;
  }
}

void presume(Reading& reading) {
  for (const FactId id : reading.index.presumed()) {
    const FactReading& how = reading.index.fact(id);
    if (is_relation(*how.fact)) continue;
    for_each_open_row(reading, id, [&](std::size_t row) {
      put_value(reading, id, row, *how.presumed);
      reading.out.presumed.push_back({id, static_cast<std::int32_t>(row), how.presumed_text, how.about.cite});
    });
  }
}

void fill_the_rest(Reading& reading) {
  for (FactId id = 0; id < static_cast<FactId>(reading.declarations.facts.size()); ++id)
    if (const auto usual = usual_value(reading.index.fact(id)))
      for_each_open_row(reading, id, [&](std::size_t row) { put_value(reading, id, row, *usual); });
}

}  // namespace

void GivenRows::lay_out(const DictionaryIndex& index, const FactTable& table) {
  std::size_t rows = 0;
  first_.reserve(index.layouts().size());
  for (const ColumnLayout& layout : index.layouts()) {
    first_.push_back(rows);
    rows += rows_of_level(table, layout.level);
  }
  given_.assign(rows, 0);
}

std::optional<FactValue> usual_value(const FactReading& how) {
  const Fact& fact = *how.fact;
  if (fact.of_request) return std::nullopt;
  if (fact.type.absent == "none") return FactValue::none();
  switch (fact.type.base) {
    case Base::boolean: return FactValue::of(0);
    case Base::number:
    case Base::duration:
    case Base::days:
      if (how.layout.low > 0 || how.layout.high < 0) return std::nullopt;
      return FactValue::of(0);
    case Base::codes: return FactValue::of_set(no_bits(how.layout.list_size), no_bits(how.layout.list_size));
    default: return std::nullopt;
  }
}

void lay_out(Reading& reading) {
  lay_out_rows(reading);
  fill_unknown(reading.index.layouts(), reading.out.table, reading.options.wanted);
  reading.given.lay_out(reading.index, reading.out.table);
  put_statements(reading);
  put_all_for_all(reading);
  close_lists(reading);
  presume(reading);
  if (reading.rest) fill_the_rest(reading);
}

}  // namespace duly
