#include "facts/fact_table.h"

#include <algorithm>

#include "base/at.h"
#include "facts/columns.h"

namespace duly {
namespace {

/// Nobody surely and everybody possibly; a person is never in a relation to themself.
void fill_people(FactColumn& column, const ColumnLayout& layout, const FactTable& table) {
  const std::size_t words = at(table.set_words);
  const FactRows& rows = table.levels[at(layout.level)];
  const FactRows& people = table.levels[at(person_level)];
  column.sure.assign(at(rows.count) * words, 0);
  column.maybe.assign(at(rows.count) * words, 0);
  for (std::size_t h = 0; h < at(table.households); ++h) {
    const BitRows everybody = all_bits(at(people.begin[h + 1] - people.begin[h]));
    for (std::size_t row = at(rows.begin[h]); row < at(rows.begin[h + 1]); ++row) {
      std::copy(everybody.begin(), everybody.end(), column.maybe.begin() + static_cast<std::ptrdiff_t>(row * words));
      const std::size_t self = row - at(people.begin[h]);
      if (layout.level == person_level) column.maybe[row * words + self / 64] &= ~(std::uint64_t{1} << (self % 64));
    }
  }
}

void fill_codes(FactColumn& column, const ColumnLayout& layout, std::size_t rows) {
  const BitRows every_word = all_bits(layout.list_size);
  column.sure.assign(rows * every_word.size(), 0);
  for (std::size_t row = 0; row < rows; ++row) column.maybe.insert(column.maybe.end(), every_word.begin(), every_word.end());
}

/// Nothing in it, and its memory kept.
void empty(FactColumn& column) {
  for (auto* numbers : {&column.low, &column.high}) numbers->clear();
  for (auto* words :
       {&column.may_be_true, &column.may_be_false, &column.possible, &column.sure, &column.maybe, &column.may_be_absent, &column.may_be_present})
    words->clear();
}

void fill_column(FactColumn& column, const ColumnLayout& layout, const FactTable& table) {
  const std::size_t rows = rows_of_level(table, layout.level);
  empty(column);
  switch (layout.shape) {
    case ColumnShape::truth:
      set_all(column.may_be_true, rows);
      set_all(column.may_be_false, rows);
      break;
    case ColumnShape::number:
      column.low.assign(rows, layout.low);
      column.high.assign(rows, layout.high);
      break;
    case ColumnShape::code: column.possible.assign(rows, layout.words); break;
    case ColumnShape::codes: fill_codes(column, layout, rows); break;
    case ColumnShape::people: fill_people(column, layout, table); break;
    case ColumnShape::nothing: break;
  }
  if (layout.may_be_absent) {
    set_all(column.may_be_absent, rows);
    set_all(column.may_be_present, rows);
  }
}

}  // namespace

void fill_unknown(const std::vector<ColumnLayout>& layouts, FactTable& table, const std::vector<bool>* wanted) {
  table.facts.resize(layouts.size());
  for (std::size_t f = 0; f < layouts.size(); ++f) {
    if (is_laid_out(layouts[f], wanted, f)) fill_column(table.facts[f], layouts[f], table);
    else empty(table.facts[f]);
  }
}

void fill_unknown(const Declarations& declarations, FactTable& table) {
  std::vector<ColumnLayout> layouts;
  for (const Fact& fact : declarations.facts) layouts.push_back(column_layout(declarations, fact));
  fill_unknown(layouts, table);
  table.list_closed_may_be_true.clear();
  for (const RecordKind& record : declarations.records)
    table.list_closed_may_be_true.push_back(no_bits(rows_of_level(table, record.of_household ? household_level : person_level)));
}

}  // namespace duly
