#include "determine/evaluated.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "base/at.h"

namespace duly {
namespace {

/// Which indexes of one key a row may mean, in rising order.
std::vector<std::size_t> indexes_of(const Evaluated& e, NodeId key, std::int32_t row, std::int64_t offset, std::int64_t extent) {
  std::vector<std::size_t> out;
  if (e.r.node(key).shape == Shape::code) {
    const std::uint64_t words = e.r.possible_words(key, row);
    for (std::int64_t w = 0; w < std::min<std::int64_t>(extent, 64); ++w)
      if ((words >> w & 1U) != 0) out.push_back(at(w));
    return out;
  }
  if (const auto whole = e.r.whole_range(key, row)) {
    const auto [least, most] = *whole;
    const std::int64_t past = offset + extent - 1;  // and everything beyond
    if (most < offset) return out;
    for (std::int64_t i = std::clamp(least, offset, past); i <= std::min(most, past); ++i) out.push_back(at(i - offset));
    return out;
  }
  const NumberValue n = e.r.number(key, row);
  if (!n.may_be_defined) return out;
  const Number last = extent - 1;
  const Number low = std::max<Number>(floor_of(n.low) - offset, 0);
  const Number high = std::min<Number>(floor_of(n.high) - offset, last);
  if (floor_of(n.high) < offset) return out;
  for (auto i = static_cast<std::int64_t>(numerator(std::min(low, last))); i <= static_cast<std::int64_t>(numerator(high)); ++i) out.push_back(at(i));
  return out;
}

/// The cell where every key is one word or one whole number.
std::optional<std::size_t> only_cell(const Evaluated& e, const PlanNode& lookup, const LookupTable& table, std::int32_t row) {
  std::int64_t cell = 0;
  for (std::size_t k = 0; k < lookup.args.size(); ++k) {
    const PlanNode& key = e.r.node(lookup.args[k]);
    const std::int32_t its_row = std::max(e.paths.above(lookup.level, row, key.level), 0);
    std::int64_t index = 0;
    if (key.shape == Shape::code) {
      const std::uint64_t words = e.r.possible_words(lookup.args[k], its_row);
      if (!std::has_single_bit(words)) return std::nullopt;
      index = std::countr_zero(words);
    } else {
      const auto known = e.r.known_integer(lookup.args[k], its_row);
      if (!known || key.denominator != 1 || *known < table.key_offset[k]) return std::nullopt;
      index = *known - table.key_offset[k];
    }
    cell = cell * table.extents[k] + std::min(index, table.extents[k] - 1);
  }
  return at(cell);
}

/// What rows go by who stand in no document.
PeopleNames numbers_to(std::int32_t count) {
  PeopleNames out;
  for (std::int32_t i = 1; i <= count; ++i) out.push_back(std::to_string(i));
  return out;
}

}  // namespace

std::int64_t Evaluated::table_row(LevelId level, std::int32_t row) const {
  const std::int64_t first = r.values().first_household();
  if (level == household_level || level == world_level) return first + row;
  return r.values().facts().levels[at(level)].begin[at(first)] + row;
}

std::vector<std::size_t> places_of_key(const Evaluated& e, const PlanNode& lookup, std::size_t key, std::int32_t row) {
  const LookupTable& table = e.r.plan().tables[at(lookup.index)];
  const std::int32_t its_row = e.paths.above(lookup.level, row, e.r.node(lookup.args[key]).level);
  return indexes_of(e, lookup.args[key], std::max(its_row, 0), table.key_offset[key], table.extents[key]);
}

std::vector<std::size_t> cells_of(const Evaluated& e, const PlanNode& lookup, std::int32_t row) {
  const LookupTable& table = e.r.plan().tables[at(lookup.index)];
  if (const auto cell = only_cell(e, lookup, table, row)) return {*cell};
  std::vector<std::size_t> cells{0};
  for (std::size_t k = 0; k < lookup.args.size(); ++k) {
    const std::vector<std::size_t> places = places_of_key(e, lookup, k, row);
    std::vector<std::size_t> next;
    for (const std::size_t cell : cells)
      for (const std::size_t index : places) next.push_back(cell * at(table.extents[k]) + index);
    cells = std::move(next);
  }
  return cells;
}

Labels::Labels(const Evaluated& e, const Household* details, std::int32_t household)
    : e_(e),
      details_(details),
      first_person_(e.paths.rows(person_level).begin[household]),
      numbered_(details == nullptr ? numbers_to(e.paths.people_in(household)) : PeopleNames{}),
      people_(details == nullptr ? numbered_ : details->people) {}

std::string Labels::record(LevelId level, std::int32_t row) const {
  const RecordKind& kind = e_.declarations().records[at(e_.paths.level(level).declared)];
  const LevelId owner_level = kind.of_household ? household_level : person_level;
  if (details_ != nullptr) {
    const auto& labels = details_->record_labels[at(e_.paths.level(level).declared)];
    const std::int32_t first = e_.paths.rows(level).begin[e_.paths.household(level, row)];
    if (at(row - first) < labels.size()) return labels[at(row - first)];
  }
  const std::int32_t owner = e_.paths.above(level, row, owner_level);
  std::int32_t place = 0;
  while (place < row && e_.paths.above(level, row - place - 1, owner_level) == owner) ++place;
  return (kind.of_household ? "" : person(owner) + ".") + kind.name + "[" + std::to_string(place) + "]";
}

std::string Labels::of(LevelId level, std::int32_t row) const {
  switch (e_.paths.level(level).kind) {
    case LevelKind::world:
    case LevelKind::household: return "";
    case LevelKind::person: return person(row);
    case LevelKind::record: return record(level, row);
    case LevelKind::unit: {
      const std::int32_t h = e_.paths.household(level, row);
      for (int item = 0; item < e_.paths.people_in(h); ++item)
        if (e_.paths.unit_of(level, e_.paths.person_row(h, item)) == row) return people_[at(item)];
      return "";
    }
    case LevelKind::spells: {
      const std::int32_t owner = e_.paths.above(level, row, person_level);
      std::int32_t place = 1;
      for (std::int32_t r = row; r > 0 && e_.paths.above(level, r - 1, person_level) == owner; --r) ++place;
      return person(owner) + "." + e_.paths.level(level).list + "[" + std::to_string(place - 1) + "]";
    }
    case LevelKind::pair:
    case LevelKind::unit_person: {
      const int item = e_.paths.item_of(level, row);
      const std::int32_t first = e_.paths.rows(level).first[row];
      return of(e_.paths.level(level).first, first) + ", " + people_[at(item)];
    }
    case LevelKind::unit_record: return of(e_.paths.level(level).second, e_.paths.rows(level).second[row]);
  }
  return "";
}

}  // namespace duly
