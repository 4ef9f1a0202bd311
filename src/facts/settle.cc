// What a document says, held against itself: what it says twice, of everybody, of lists; and what may be presumed of the rest.

#include <algorithm>

#include "facts/reading.h"

#include "base/at.h"

namespace duly {
namespace {

std::string row_name(Reading& reading, FactId id, std::int32_t row) {
  const Fact& fact = reading.fact(id);
  std::string_view owner;
  if (fact.record >= 0) owner = reading.labels(fact.record)[at(row)];
  else if (fact.level == person_level) owner = reading.person(row);
  return to_text({owner, "", -1, fact.name});
}

void check_statements(Reading& reading) {
  for (std::size_t s = 0; s < reading.statements.size(); ++s) {
    const Statement& statement = reading.statements[s];
    std::int32_t& given = reading.given.at(statement.fact, at(statement.row));
    if (given != 0) {
      reading.complaints.error(Code::given_twice, statement.where->span, "`" + row_name(reading, statement.fact, statement.row) + "` is given twice",
                               "", reading.index.fact(statement.fact).about);
      continue;
    }
    given = static_cast<std::int32_t>(s) + 1;
  }
}

/// One answer for everybody, beside which a person may only say the same.
void spread(Reading& reading, const StatementForAll& all) {
  for (std::size_t p = 0; p < reading.people(); ++p) {
    std::int32_t& given = reading.given.at(all.fact, p);
    if (given == 0) {
      reading.state(all.fact, static_cast<std::int32_t>(p), all.value, *all.where);
      given = static_cast<std::int32_t>(reading.statements.size());
    } else if (const Statement& own = reading.statements[at(given) - 1]; own.value != all.value) {
      reading.complaints.error(Code::contradiction, own.where->span,
                               "`" + row_name(reading, all.fact, own.row) + "` contradicts what `" + std::string(all.section) + "` says of everybody",
                               "leave `" + all.where->text + "` out of `" + std::string(all.section) + "`, and give it for each person",
                               reading.index.fact(all.fact).about);
    }
  }
}

void spread_all(Reading& reading) {
  for (std::size_t i = 0; i < reading.for_all.size(); ++i) {
    const StatementForAll& all = reading.for_all[i];
    const auto before = reading.for_all.begin() + static_cast<std::ptrdiff_t>(i);
    const bool twice = std::any_of(reading.for_all.begin(), before, [&](const StatementForAll& other) { return other.fact == all.fact; });
    if (!twice) spread(reading, all);
    else
      reading.complaints.error(Code::given_twice, all.where->span, "`" + all.where->text + "` is given for everybody twice", "",
                               reading.index.fact(all.fact).about);
  }
}

void close_lists(Reading& reading) {
  for (const auto& [record, where] : reading.no_other) {
    for (std::size_t owner = 0; owner < reading.lists[at(record)].owners; ++owner) {
      OwnedRecords& owned = reading.owned_by(record, owner);
      if (owned.state != OwnedRecords::State::open) {
        owned.state = OwnedRecords::State::closed;
        continue;
      }
      const RecordKind& kind = reading.record(record);
      const std::string_view person = kind.of_household ? std::string_view{} : std::string_view(reading.out.people[owner]);
      reading.complaints.error(
          Code::contradiction, where->span,
          "`no_other` closes `" + kind.name + "`, but `" + to_text({person, kind.name, -1, ""}) + "` says that there may be more");
    }
  }
  if (!reading.rest) return;
  for (OwnedRecords& owned : reading.owned)
    if (owned.state == OwnedRecords::State::not_given) owned.state = OwnedRecords::State::closed;
}

bool is_relation(const Fact& fact) { return fact.record < 0 && fact.type.base == Base::people; }

/// Calls `f(row)` for each row of `fact` that nothing was said about, and counts it as given.
template <class F>
void for_each_open_row(Reading& reading, FactId fact, F f) {
  const std::size_t rows = reading.rows(reading.fact(fact).level);
  for (std::size_t row = 0; row < rows; ++row) {
    if (reading.given.has(fact, row)) continue;
    f(row);
    reading.given.at(fact, row) = -1;
  }
}

/// Presumptions that stand in: the filler makes them, and this notes where. The rest does not touch them.
void note_presumptions(Reading& reading) {
  for (const FactId id : reading.index.presumed()) {
    const FactReading& how = reading.index.fact(id);
    if (is_relation(*how.fact)) continue;
    for_each_open_row(reading, id, [&](std::size_t row) {
      reading.out.presumed.push_back({id, static_cast<std::int32_t>(row), how.presumed_text, how.about.cite});
    });
  }
}

void fill_the_rest(Reading& reading) {
  for (FactId id = 0; id < static_cast<FactId>(reading.declarations.facts.size()); ++id)
    if (const auto usual = usual_value(reading.index.fact(id)))
      for_each_open_row(reading, id, [&](std::size_t row) { reading.statements.push_back({id, static_cast<std::int32_t>(row), *usual, nullptr}); });
}

}  // namespace

void GivenRows::lay_out(const Reading& reading) {
  index_ = &reading.index;
  std::size_t places = 0;
  levels_.reserve(reading.declarations.levels.size());
  for (LevelId level = 0; level < static_cast<LevelId>(reading.declarations.levels.size()); ++level) {
    const std::size_t rows = reading.rows(level);
    levels_.push_back({places, rows});
    places += reading.index.facts_on(level) * rows;
  }
  given_.assign(places, 0);
}

std::size_t Reading::rows(LevelId level) const {
  if (level == world_level || level == household_level) return 1;
  if (level == person_level) return people();
  const Level& of = declarations.levels[at(level)];
  return of.kind == LevelKind::record ? lists[at(of.declared)].owner.size() : 0;
}

const std::vector<std::string>& Reading::labels(int record_id) {
  out.record_labels.resize(lists.size());
  const std::vector<std::int32_t>& owners = lists[at(record_id)].owner;
  std::vector<std::string>& labels = out.record_labels[at(record_id)];
  if (labels.size() == owners.size()) return labels;
  const RecordKind& kind = record(record_id);
  labels.reserve(owners.size());
  std::int32_t owner_before = -1;
  int item = 0;
  for (const std::int32_t owner : owners) {
    item = owner == owner_before ? item + 1 : 0;
    owner_before = owner;
    labels.push_back(to_text({kind.of_household ? std::string_view{} : person(owner), kind.name, item, ""}));
  }
  return labels;
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

void settle(Reading& reading) {
  reading.given.lay_out(reading);
  check_statements(reading);
  spread_all(reading);
  close_lists(reading);
  if (reading.rest || !reading.options.columns_only) note_presumptions(reading);
  if (reading.rest) fill_the_rest(reading);
}

}  // namespace duly
