// Many households in one table. Rows of one are put behind the rows of the others, level by level and column by column.

#include <algorithm>
#include <limits>

#include "base/at.h"
#include "facts/columns.h"
#include "facts/household.h"

namespace duly {
namespace {

template <class T>
void append_all(std::vector<T>& into, const std::vector<T>& one) {
  into.insert(into.end(), one.begin(), one.end());
}

/// Both ends of a number column must be there if either has them, also where one has no rows yet.
void append_numbers(FactColumn& into, const FactColumn& one) {
  if (!into.high.empty() || !one.high.empty()) {
    if (into.high.empty()) into.high = into.low;
    append_all(into.high, one.high.empty() ? one.low : one.high);
  }
  append_all(into.low, one.low);
}

void append_absence(FactColumn& into, std::size_t rows, const FactColumn& one, std::size_t count) {
  if (into.may_be_absent.empty() && one.may_be_absent.empty()) return;
  if (into.may_be_absent.empty()) {
    into.may_be_absent = no_bits(rows);
    into.may_be_present = all_bits(rows);
  }
  const bool all_present = one.may_be_absent.empty();
  append_bits(into.may_be_absent, rows, all_present ? no_bits(count) : one.may_be_absent, count);
  append_bits(into.may_be_present, rows, all_present ? all_bits(count) : one.may_be_present, count);
}

void append_set_rows(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& one, std::size_t count, std::size_t words_into,
                     std::size_t words_one) {
  if (words_into == words_one) return append_all(into, one);
  for (std::size_t row = 0; row < count; ++row) {
    const auto from = one.begin() + static_cast<std::ptrdiff_t>(row * words_one);
    into.insert(into.end(), from, from + static_cast<std::ptrdiff_t>(words_one));
    into.insert(into.end(), words_into - words_one, 0);
  }
}

/// Of a fact of which nothing is read, or of nobody.
bool has_no_rows(const FactColumn& column) {
  return column.low.empty() && column.may_be_true.empty() && column.possible.empty() && column.maybe.empty() && column.may_be_absent.empty();
}

struct ColumnRows {
  std::size_t into, one;              ///< rows of each
  std::size_t words_into, words_one;  ///< of a row of a set
};

void append_column(ColumnShape shape, FactColumn& into, const FactColumn& one, const ColumnRows& rows) {
  switch (shape) {
    case ColumnShape::truth:
      append_bits(into.may_be_true, rows.into, one.may_be_true, rows.one);
      append_bits(into.may_be_false, rows.into, one.may_be_false, rows.one);
      break;
    case ColumnShape::number: append_numbers(into, one); break;
    case ColumnShape::code: append_all(into.possible, one.possible); break;
    case ColumnShape::codes:
    case ColumnShape::people:
      append_set_rows(into.sure, one.sure, rows.one, rows.words_into, rows.words_one);
      append_set_rows(into.maybe, one.maybe, rows.one, rows.words_into, rows.words_one);
      break;
    case ColumnShape::nothing: break;
  }
  append_absence(into, rows.into, one, rows.one);
}

void widen(std::vector<std::uint64_t>& sets, std::size_t rows, std::size_t from, std::size_t to) {
  std::vector<std::uint64_t> wider;
  wider.reserve(rows * to);
  append_set_rows(wider, sets, rows, to, from);
  sets = std::move(wider);
}

void widen_sets(const DictionaryIndex& index, FactTable& table, int set_words) {
  for (std::size_t f = 0; f < table.facts.size(); ++f) {
    const ColumnLayout& layout = index.layouts()[f];
    if (layout.shape != ColumnShape::people) continue;
    const std::size_t rows = rows_of_level(table, layout.level);
    widen(table.facts[f].sure, rows, at(table.set_words), at(set_words));
    widen(table.facts[f].maybe, rows, at(table.set_words), at(set_words));
  }
  table.set_words = set_words;
}

void append_facts(const DictionaryIndex& index, FactTable& into, const FactTable& one) {
  for (std::size_t f = 0; f < into.facts.size(); ++f) {
    const ColumnLayout& layout = index.layouts()[f];
    if (has_no_rows(one.facts[f])) continue;
    append_column(layout.shape, into.facts[f], one.facts[f],
                  {rows_of_level(into, layout.level), rows_of_level(one, layout.level), words_a_row(layout, into.set_words),
                   words_a_row(layout, one.set_words)});
  }
}

void append_lists(const DictionaryIndex& index, FactTable& into, const FactTable& one) {
  for (std::size_t r = 0; r < into.list_closed_may_be_true.size(); ++r) {
    const LevelId owner = index.declarations().records[r].of_household ? household_level : person_level;
    append_bits(into.list_closed_may_be_true[r], rows_of_level(into, owner), one.list_closed_may_be_true[r], rows_of_level(one, owner));
  }
}

/// A stated column has at least one row.
ColumnShape shape_of(const FactColumn& column) {
  if (!column.may_be_true.empty()) return ColumnShape::truth;
  return column.possible.empty() ? ColumnShape::number : ColumnShape::code;
}

const StatedColumn* find_stated(const FactTable& table, RuleId rule) {
  const auto found = std::find_if(table.stated.begin(), table.stated.end(), [&](const StatedColumn& s) { return s.rule == rule; });
  return found == table.stated.end() ? nullptr : &*found;
}

/// Rows of a stated column: a unit's value stands with its household.
std::size_t stated_rows(const Declarations& declarations, const FactTable& table, RuleId rule) {
  const LevelId level = declarations.rules[at(rule)].level;
  const LevelKind kind = declarations.levels[at(level)].kind;
  return rows_of_level(table, kind == LevelKind::person || kind == LevelKind::record ? level : household_level);
}

/// A column like that of `other` in which nothing is stated.
StatedColumn unstated(const StatedColumn& other, std::size_t rows) {
  StatedColumn out;
  out.rule = other.rule;
  out.assumed = other.assumed;
  out.denominator = other.denominator;
  out.present = no_bits(rows);
  const ColumnShape shape = shape_of(other.column);
  if (shape == ColumnShape::truth) out.column.may_be_true = out.column.may_be_false = no_bits(rows);
  if (shape == ColumnShape::code) out.column.possible.assign(rows, 0);
  if (shape == ColumnShape::number) out.column.low.assign(rows, 0);
  return out;
}

void append_all_stated(const Declarations& declarations, FactTable& into, const FactTable& one) {
  for (const StatedColumn& other : one.stated)
    if (find_stated(into, other.rule) == nullptr) into.stated.push_back(unstated(other, stated_rows(declarations, into, other.rule)));
  for (StatedColumn& mine : into.stated) {
    const std::size_t rows = stated_rows(declarations, into, mine.rule);
    const std::size_t count = stated_rows(declarations, one, mine.rule);
    const StatedColumn* other = find_stated(one, mine.rule);
    append_stated(mine, rows, other != nullptr ? *other : unstated(mine, count), count);
  }
  std::sort(into.stated.begin(), into.stated.end(), [](const StatedColumn& a, const StatedColumn& b) { return a.rule < b.rule; });
}

/// Last of all: columns are appended by the numbers of rows before.
void append_levels(const Declarations& declarations, FactTable& into, const FactTable& one) {
  std::vector<std::int32_t> rows_before;
  for (std::size_t l = 0; l < into.levels.size(); ++l) rows_before.push_back(static_cast<std::int32_t>(into.levels[l].count));
  for (std::size_t l = 0; l < into.levels.size(); ++l) {
    FactRows& mine = into.levels[l];
    const FactRows& other = one.levels[l];
    if (other.begin.empty()) continue;
    const bool is_household = static_cast<LevelId>(l) == household_level;
    const std::int32_t parents = is_household ? 0 : rows_before[at(declarations.levels[l].parent)];
    for (const std::int32_t owner : other.owner) mine.owner.push_back(owner + parents);
    for (std::size_t h = 1; h < other.begin.size(); ++h) mine.begin.push_back(other.begin[h] + rows_before[l]);
    mine.count += other.count;
  }
  into.households += one.households;
}

}  // namespace

bool are_stated_alike(const StatedColumn& a, const StatedColumn& b) {
  return a.assumed == b.assumed && a.denominator == b.denominator && shape_of(a.column) == shape_of(b.column);
}

void append_stated(StatedColumn& into, std::size_t rows, const StatedColumn& one, std::size_t count) {
  append_bits(into.present, rows, one.present, count);
  append_column(shape_of(one.column), into.column, one.column, {rows, count, 1, 1});
}

bool can_append(const FactTable& into, const FactTable& one) {
  if (into.households == 0) return true;
  if (into.one_unit != one.one_unit) return false;
  constexpr std::int64_t most_rows = std::numeric_limits<std::int32_t>::max();
  for (std::size_t l = 0; l < into.levels.size(); ++l)
    if (into.levels[l].count + one.levels[l].count > most_rows) return false;
  return std::all_of(one.stated.begin(), one.stated.end(), [&](const StatedColumn& other) {
    const StatedColumn* mine = find_stated(into, other.rule);
    return mine == nullptr || are_stated_alike(*mine, other);
  });
}

void append(const DictionaryIndex& index, FactTable& into, const FactTable& one) {
  if (into.households == 0) {
    into = one;
    return;
  }
  const Declarations& declarations = index.declarations();
  if (into.set_words < one.set_words) widen_sets(index, into, one.set_words);
  append_facts(index, into, one);
  append_lists(index, into, one);
  append_all_stated(declarations, into, one);
  append_levels(declarations, into, one);
}

}  // namespace duly
