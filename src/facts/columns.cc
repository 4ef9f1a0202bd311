#include "facts/columns.h"

#include <algorithm>
#include <limits>

namespace duly {
namespace {

constexpr std::size_t most_words_as_bits = 64;

std::int64_t clamped(const BigInt& value) {
  if (const auto fits = to_int64(value)) return *fits;
  return value < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

const CodeList& list_of(const Declarations& declarations, const Type& type) { return declarations.lists[static_cast<std::size_t>(type.list)]; }

void copy_words(std::vector<std::uint64_t>& rows, std::size_t row, std::size_t words, std::span<const std::uint64_t> bits) {
  for (std::size_t w = 0; w < words; ++w) rows[row * words + w] = w < bits.size() ? bits[w] : 0;
}

}  // namespace

ColumnShape column_shape(const Declarations& declarations, const Type& type) {
  switch (type.base) {
    case Base::boolean: return ColumnShape::truth;
    case Base::number:
    case Base::date:
    case Base::month:
    case Base::duration:
    case Base::days: return ColumnShape::number;
    case Base::code: return list_of(declarations, type).words.size() > most_words_as_bits ? ColumnShape::number : ColumnShape::code;
    case Base::codes: return ColumnShape::codes;
    case Base::people: return ColumnShape::people;
    case Base::months:
    case Base::text: return ColumnShape::nothing;
  }
  return ColumnShape::nothing;
}

ColumnLayout column_layout(const Declarations& declarations, const Fact& fact) {
  ColumnLayout layout;
  layout.shape = column_shape(declarations, fact.type);
  layout.level = fact.level;
  layout.may_be_absent = !fact.type.absent.empty();
  if (fact.type.base == Base::code || fact.type.base == Base::codes) {
    layout.list_size = list_of(declarations, fact.type).words.size();
    layout.high = static_cast<std::int64_t>(layout.list_size) - 1;
    layout.words = low_bits(layout.list_size);
  } else if (layout.shape == ColumnShape::number) {
    const BigInt scale = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(fact.places));
    layout.low = clamped(-floor_of(-(fact.low * scale)));
    layout.high = clamped(floor_of(fact.high * scale));
  }
  return layout;
}

std::size_t words_a_row(const ColumnLayout& layout, int set_words) {
  return layout.shape == ColumnShape::people ? static_cast<std::size_t>(set_words) : words_of_bits(layout.list_size);
}

void put_set(FactColumn& column, const ColumnLayout& layout, int set_words, std::size_t row, std::span<const std::uint64_t> sure,
             std::span<const std::uint64_t> maybe) {
  if (layout.may_be_absent) {
    give_bit(column.may_be_absent, row, false);
    give_bit(column.may_be_present, row, true);
  }
  const std::size_t words = words_a_row(layout, set_words);
  copy_words(column.sure, row, words, sure);
  copy_words(column.maybe, row, words, maybe);
}

void put(FactColumn& column, const ColumnLayout& layout, int set_words, std::size_t row, const FactValue& value) {
  if (value.kind == FactValue::Kind::unknown) return;
  const bool absent = value.kind == FactValue::Kind::absent;
  if (layout.may_be_absent) {
    give_bit(column.may_be_absent, row, absent);
    give_bit(column.may_be_present, row, !absent);
  }
  switch (layout.shape) {
    case ColumnShape::truth:
      give_bit(column.may_be_true, row, !absent && value.low == 1);
      give_bit(column.may_be_false, row, absent || value.low == 0);
      break;
    case ColumnShape::number:
      column.low[row] = absent ? layout.low : value.low;
      column.high[row] = absent ? layout.low : value.high;
      break;
    case ColumnShape::code: column.possible[row] = std::uint64_t{1} << (absent ? 0 : value.low); break;
    case ColumnShape::codes:
    case ColumnShape::people: {
      const std::size_t words = words_a_row(layout, set_words);
      copy_words(column.sure, row, words, value.sure);
      copy_words(column.maybe, row, words, value.maybe);
      break;
    }
    case ColumnShape::nothing: break;
  }
}

void drop_what_is_known(FactColumn& column) {
  if (column.high == column.low) column.high.clear();
  if (!has_any_bit(column.may_be_absent)) {
    column.may_be_absent.clear();
    column.may_be_present.clear();
  }
}

std::size_t rows_of_level(const FactTable& table, LevelId level) {
  if (level == world_level || level == household_level) return static_cast<std::size_t>(table.households);
  return static_cast<std::size_t>(table.levels[static_cast<std::size_t>(level)].count);
}

}  // namespace duly
