#include "oracle/household_facts.h"

#include <algorithm>
#include <stdexcept>

#include "base/at.h"

namespace duly::oracle {
namespace {

bool bit(const std::vector<std::uint64_t>& bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1U) != 0; }

Items items_at(const std::vector<std::uint64_t>& bits, std::size_t row, std::size_t width) {
  Items items;
  for (std::size_t i = 0; i < std::min(width * 64, items.size()); ++i)
    if (bit(bits, row * width * 64 + i)) items.set(i);
  return items;
}

}  // namespace

HouseholdFacts::HouseholdFacts(const Declarations& declarations, const FactTable& table, std::int64_t household)
    : declarations_(declarations), table_(table), household_(household) {}

int HouseholdFacts::rows(LevelId level) const {
  if (level == world_level || level == household_level) return 1;
  const auto& begin = table_.levels[at(level)].begin;
  return begin[at(household_) + 1] - begin[at(household_)];
}

int HouseholdFacts::owner(LevelId level, int row) const {
  const LevelId parent = declarations_.levels[at(level)].parent;
  if (parent == household_level || parent == world_level) return 0;
  return table_.levels[at(level)].owner[in_table(level, row)] - table_.levels[at(parent)].begin[at(household_)];
}

std::size_t HouseholdFacts::in_table(LevelId level, int row) const {
  if (level == world_level || level == household_level || table_.levels[at(level)].begin.empty()) return at(household_);
  return at(table_.levels[at(level)].begin[at(household_)] + row);
}

Answers HouseholdFacts::read(const FactColumn& column, const Type& type, const Number& unit, LevelId level, int rows) const {
  const auto count = at(rows);
  const auto each = [&](auto value) {
    std::vector<decltype(value(std::size_t{}))> out;
    out.reserve(count);
    for (std::size_t row = 0; row < count; ++row) {
      const std::size_t here = in_table(level, static_cast<int>(row));
      auto one = value(here);
      if (!column.may_be_absent.empty() && bit(column.may_be_absent, here)) {
        one.undefined = true;
        if (!bit(column.may_be_present, here)) {
          if constexpr (std::is_same_v<decltype(one), Truth>) one = surely_undefined;
          else one.defined = false;
        }
      }
      out.push_back(std::move(one));
    }
    return Answers(std::move(out));
  };
  switch (form_of(declarations_, type)) {
    case Form::truth: return each([&](std::size_t row) { return Truth{bit(column.may_be_true, row), bit(column.may_be_false, row), false}; });
    case Form::words: return each([&](std::size_t row) { return Words{column.possible[row]}; });
    case Form::range:
      return each([&](std::size_t row) {
        const std::int64_t high = column.high.empty() ? column.low[row] : column.high[row];
        return Range{column.low[row] * unit, high * unit};
      });
    case Form::set: break;
  }
  const std::size_t width = type.base == Base::people ? at(table_.set_words) : (declarations_.lists[at(type.list)].words.size() + 63) / 64;
  return each([&](std::size_t row) { return Set{items_at(column.sure, row, width), items_at(column.maybe, row, width)}; });
}

std::vector<Truth> HouseholdFacts::read_absent(const FactColumn& column, LevelId level, int rows) const {
  std::vector<Truth> out;
  for (int row = 0; row < rows; ++row) {
    if (column.may_be_absent.empty()) out.push_back(surely_no);
    else out.push_back({bit(column.may_be_absent, in_table(level, row)), bit(column.may_be_present, in_table(level, row)), false});
  }
  return out;
}

Answers HouseholdFacts::values(FactId id) const {
  const Fact& fact = declarations_.facts[at(id)];
  if (fact.type.base == Base::text) throw std::logic_error("a text has no value");
  Number unit = 1;
  for (int i = 0; i < fact.places && fact.type.base != Base::code; ++i) unit /= 10;
  return read(table_.facts[at(id)], fact.type, unit, fact.level, rows(fact.level));
}

std::vector<Truth> HouseholdFacts::absent(FactId id) const {
  const LevelId level = declarations_.facts[at(id)].level;
  return read_absent(table_.facts[at(id)], level, rows(level));
}

std::vector<Truth> HouseholdFacts::list_closed(int record) const {
  const LevelId owners = declarations_.records[at(record)].of_household ? household_level : person_level;
  std::vector<Truth> out;
  for (int row = 0; row < rows(owners); ++row)
    out.push_back(bit(table_.list_closed_may_be_true[at(record)], in_table(owners, row)) ? surely_yes : yes_or_no);
  return out;
}

const StatedColumn* HouseholdFacts::stated(RuleId rule) const {
  const auto found = std::find_if(table_.stated.begin(), table_.stated.end(), [&](const StatedColumn& s) { return s.rule == rule; });
  return found == table_.stated.end() ? nullptr : &*found;
}

bool HouseholdFacts::is_stated(const StatedColumn& stated, LevelId level, int row) const { return bit(stated.present, in_table(level, row)); }

Answers HouseholdFacts::stated_values(const StatedColumn& stated, const Type& type, LevelId level, int rows) const {
  return read(stated.column, type, Number(1, stated.denominator), level, rows);
}

std::vector<Truth> HouseholdFacts::stated_absent(const StatedColumn& stated, LevelId level, int rows) const {
  return read_absent(stated.column, level, rows);
}

bool HouseholdFacts::is_one_unit(RuleId partition) const {
  return std::find(table_.one_unit.begin(), table_.one_unit.end(), partition) != table_.one_unit.end();
}

}  // namespace duly::oracle
