#include "facts/table_filler.h"

#include <algorithm>
#include <numeric>

#include "base/at.h"
#include "facts/household.h"

namespace duly {
namespace {

/// For each household the first of its rows, and the end, where `household` says to which each row belongs.
std::vector<std::int32_t> begins(const std::vector<std::int32_t>& household, std::int32_t households) {
  std::vector<std::int32_t> begin(at(households) + 1, 0);
  for (const std::int32_t h : household) ++begin[at(h) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  return begin;
}

void fill_bits(BitRows& bits, std::size_t rows, bool value) {
  if (!bits.empty()) bits = value ? all_bits(rows) : no_bits(rows);
}

/// Every row the same.
void fill_rows(FactColumn& column, const ColumnLayout& layout, std::size_t rows, const FactValue& value) {
  const bool absent = value.kind == FactValue::Kind::absent;
  if (layout.may_be_absent) {
    fill_bits(column.may_be_absent, rows, absent);
    fill_bits(column.may_be_present, rows, !absent);
  }
  switch (layout.shape) {
    case ColumnShape::truth:
      fill_bits(column.may_be_true, rows, !absent && value.low == 1);
      fill_bits(column.may_be_false, rows, absent || value.low == 0);
      break;
    case ColumnShape::number:
      std::fill(column.low.begin(), column.low.end(), absent ? layout.low : value.low);
      std::fill(column.high.begin(), column.high.end(), absent ? layout.low : value.high);
      break;
    case ColumnShape::code: std::fill(column.possible.begin(), column.possible.end(), std::uint64_t{1} << (absent ? 0 : value.low)); break;
    default:
      for (std::size_t row = 0; row < rows; ++row) put(column, layout, 1, row, value);
  }
}

/// Back to what `fill_unknown` makes of a row.
void put_unknown(FactColumn& column, const ColumnLayout& layout, std::size_t row) {
  if (layout.may_be_absent) {
    give_bit(column.may_be_absent, row, true);
    give_bit(column.may_be_present, row, true);
  }
  switch (layout.shape) {
    case ColumnShape::truth:
      give_bit(column.may_be_true, row, true);
      give_bit(column.may_be_false, row, true);
      break;
    case ColumnShape::number:
      column.low[row] = layout.low;
      column.high[row] = layout.high;
      break;
    case ColumnShape::code: column.possible[row] = layout.words; break;
    case ColumnShape::codes: {
      const BitRows every = all_bits(layout.list_size);
      std::fill_n(column.sure.begin() + static_cast<std::ptrdiff_t>(row * every.size()), every.size(), 0);
      std::copy(every.begin(), every.end(), column.maybe.begin() + static_cast<std::ptrdiff_t>(row * every.size()));
      break;
    }
    default: break;
  }
}

}  // namespace

TableFiller::TableFiller(const DictionaryIndex& index, const std::vector<bool>* wanted)
    : index_(index), wanted_(wanted), d_(index.declarations()), records_(d_.records.size()) {}

std::int32_t TableFiller::add_household() { return households_++; }

std::int32_t TableFiller::add_person(std::int32_t household) {
  while (people_begin_.size() <= at(household)) people_begin_.push_back(static_cast<std::int32_t>(household_of_person_.size()));
  household_of_person_.push_back(household);
  return static_cast<std::int32_t>(household_of_person_.size()) - 1;
}

std::int32_t TableFiller::first_person(std::int32_t household) const {
  return at(household) < people_begin_.size() ? people_begin_[at(household)] : static_cast<std::int32_t>(household_of_person_.size());
}

std::int32_t TableFiller::add_record(int record, std::int32_t owner, std::int32_t household) {
  Records& records = records_[at(record)];
  records.in_order = records.in_order && (records.owner.empty() || records.owner.back() <= owner);
  records.owner.push_back(owner);
  records.household.push_back(household);
  return static_cast<std::int32_t>(records.owner.size()) - 1;
}

void TableFiller::say_set(FactId fact, std::int32_t row, std::span<const std::uint64_t> sure, std::span<const std::uint64_t> maybe) {
  if (!is_wanted(fact)) return;
  sets_.push_back({fact, row, words_.size(), sure.size()});
  words_.insert(words_.end(), sure.begin(), sure.end());
  words_.insert(words_.end(), maybe.begin(), maybe.end());
}

void TableFiller::state(const StatedColumn& column, std::size_t before, std::size_t rows) {
  const auto mine = std::find_if(stated_.begin(), stated_.end(), [&](const StatedColumn& s) { return s.rule == column.rule; });
  if (mine == stated_.end()) stated_.push_back(column);
  else append_stated(*mine, before, column, rows);
}

FactTable TableFiller::finish(FactTable spare) {
  FactTable table;
  table.facts = std::move(spare.facts);
  for (int record = 0; record < static_cast<int>(records_.size()); ++record)
    if (!records_[at(record)].in_order) sort_records(record);
  lay_out_rows(table);
  fill_unknown(index_.layouts(), table, wanted_);
  presume(table);
  put_said(table);
  put_relations(table);
  put_sets(table);
  put_closed(table);
  for (FactColumn& column : table.facts) drop_what_is_known(column);
  table.stated = std::move(stated_);
  table.one_unit = std::move(one_unit_);
  clear();
  return table;
}

void TableFiller::clear() {
  households_ = 0;
  household_of_person_.clear();
  people_begin_.clear();
  records_.assign(d_.records.size(), {});
  said_.clear();
  sets_.clear();
  words_.clear();
  stated_.clear();
  one_unit_.clear();
  pairs_.clear();
  complete_.clear();
  closed_.clear();
  closed_for_.clear();
}

/// Records of one owner stand together, in the order they came.
void TableFiller::sort_records(int record) {
  Records& records = records_[at(record)];
  std::vector<std::int32_t> order(records.owner.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return records.owner[at(a)] < records.owner[at(b)]; });
  std::vector<std::int32_t> now(order.size());
  Records sorted;
  for (std::size_t row = 0; row < order.size(); ++row) {
    now[at(order[row])] = static_cast<std::int32_t>(row);
    sorted.owner.push_back(records.owner[at(order[row])]);
    sorted.household.push_back(records.household[at(order[row])]);
  }
  records = std::move(sorted);
  const auto is_field = [&](FactId fact) { return d_.facts[at(fact)].record == record; };
  for (Said& said : said_)
    if (is_field(said.fact)) said.row = now[at(said.row)];
  for (SaidSet& said : sets_)
    if (is_field(said.fact)) said.row = now[at(said.row)];
}

void TableFiller::lay_out_rows(FactTable& table) {
  table.households = households_;
  table.levels.resize(d_.levels.size());
  FactRows& households = table.levels[at(household_level)];
  households.count = households_;
  households.owner.assign(at(households_), 0);
  households.begin.resize(at(households_) + 1);
  std::iota(households.begin.begin(), households.begin.end(), 0);
  FactRows& people = table.levels[at(person_level)];
  people.count = static_cast<std::int64_t>(household_of_person_.size());
  people.begin = begins(household_of_person_, households_);
  people.owner = std::move(household_of_person_);
  std::int32_t most = 1;
  for (std::size_t h = 0; h < at(households_); ++h) most = std::max(most, people.begin[h + 1] - people.begin[h]);
  table.set_words = static_cast<int>(words_of_bits(at(most)));
  for (std::size_t r = 0; r < records_.size(); ++r) {
    FactRows& rows = table.levels[at(d_.records[r].level)];
    rows.count = static_cast<std::int64_t>(records_[r].owner.size());
    rows.begin = begins(records_[r].household, households_);
    rows.owner = std::move(records_[r].owner);
  }
}

void TableFiller::presume(FactTable& table) const {
  for (const FactId id : index_.presumed()) {
    const FactReading& how = index_.fact(id);
    if (how.layout.shape != ColumnShape::people && is_wanted(id))
      fill_rows(table.facts[at(id)], how.layout, rows_of_level(table, how.layout.level), *how.presumed);
  }
}

void TableFiller::put_said(FactTable& table) const {
  FactValue value;
  for (const Said& said : said_) {
    FactColumn& column = table.facts[at(said.fact)];
    const bool is_word = said.low <= said.high;
    if (!is_word && said.low == unknown_low) {
      put_unknown(column, layout(said.fact), at(said.row));
      continue;
    }
    value.kind = is_word ? FactValue::Kind::given : FactValue::Kind::absent;
    value.low = said.low;
    value.high = said.high;
    put(column, layout(said.fact), table.set_words, at(said.row), value);
  }
}

void TableFiller::put_sets(FactTable& table) const {
  for (const SaidSet& said : sets_) {
    const auto words = std::span(words_).subspan(said.first, 2 * said.words);
    put_set(table.facts[at(said.fact)], layout(said.fact), table.set_words, at(said.row), words.first(said.words), words.last(said.words));
  }
}

void TableFiller::put_relations(FactTable& table) const {
  const FactRows& people = table.levels[at(person_level)];
  const std::size_t words = at(table.set_words);
  const auto settle = [&](FactId side, std::size_t first, std::size_t end) {
    std::vector<std::uint64_t>& maybe = table.facts[at(side)].maybe;
    std::fill(maybe.begin() + static_cast<std::ptrdiff_t>(first * words), maybe.begin() + static_cast<std::ptrdiff_t>(end * words), 0);
  };
  const auto settle_both = [&](FactId side, std::size_t first, std::size_t end) {
    settle(side, first, end);
    if (const FactId other = index_.other_side(side); other >= 0 && other != side) settle(other, first, end);
  };
  for (const FactId id : index_.presumed())
    if (layout(id).shape == ColumnShape::people && layout(id).level == person_level) settle_both(id, 0, at(people.count));
  for (const Of& all : complete_) settle_both(all.what, at(people.begin[at(all.row)]), at(people.begin[at(all.row) + 1]));
  const auto join = [&](FactId side, std::int32_t row, std::int32_t other) {
    const std::size_t item = at(other - people.begin[at(people.owner[at(row)])]);
    const std::size_t word = at(row) * words + item / 64;
    table.facts[at(side)].sure[word] |= std::uint64_t{1} << (item % 64);
    table.facts[at(side)].maybe[word] |= std::uint64_t{1} << (item % 64);
  };
  for (const Pair& pair : pairs_) {
    join(pair.side, pair.person, pair.other);
    if (const FactId other = index_.other_side(pair.side); other >= 0) join(other, pair.other, pair.person);
  }
}

void TableFiller::put_closed(FactTable& table) const {
  const FactRows& people = table.levels[at(person_level)];
  table.list_closed_may_be_true.clear();
  for (const RecordKind& record : d_.records)
    table.list_closed_may_be_true.push_back(no_bits(rows_of_level(table, record.of_household ? household_level : person_level)));
  for (const Of& list : closed_) {
    BitRows& closed = table.list_closed_may_be_true[at(list.what)];
    const bool of_household = d_.records[at(list.what)].of_household;
    const std::int32_t first = of_household ? list.row : people.begin[at(list.row)];
    const std::int32_t end = of_household ? list.row + 1 : people.begin[at(list.row) + 1];
    for (std::int32_t owner = first; owner < end; ++owner) give_bit(closed, at(owner), true);
  }
  for (const Of& list : closed_for_) give_bit(table.list_closed_may_be_true[at(list.what)], at(list.row), true);
}

}  // namespace duly
