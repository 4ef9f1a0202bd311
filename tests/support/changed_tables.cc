#include "support/changed_tables.h"

#include <algorithm>
#include <bit>

#include "base/at.h"
#include "facts/bit_rows.h"
#include "facts/columns.h"

namespace duly {
namespace {

class Rearrangement {
 public:
  Rearrangement(const Declarations& declarations, const FactTable& from, const std::vector<std::int64_t>& households, Chance* shuffle)
      : d_(declarations), from_(from), households_(households), shuffle_(shuffle) {}

  Rearranged make() {
    FactTable& to = out_.table;
    to.households = static_cast<std::int64_t>(households_.size());
    to.levels.resize(from_.levels.size());
    to.one_unit = from_.one_unit;
    out_.old_row.resize(from_.levels.size());
    out_.old_row[at(household_level)] = out_.old_row[at(world_level)] = households_;
    lay_out_households();
    lay_out_people();
    for (const RecordKind& record : d_.records) lay_out_records(record);
    for (std::size_t f = 0; f < d_.facts.size(); ++f) to.facts.push_back(column(from_.facts[f], d_.facts[f].type, d_.facts[f].level));
    for (std::size_t r = 0; r < d_.records.size(); ++r)
      to.list_closed_may_be_true.push_back(bits(from_.list_closed_may_be_true[r], d_.records[r].of_household ? household_level : person_level));
    for (const StatedColumn& stated : from_.stated) {
      const Rule& rule = d_.rules[at(stated.rule)];
      const LevelId level = from_.levels[at(rule.level)].begin.empty() ? household_level : rule.level;
      to.stated.push_back({stated.rule, bits(stated.present, level), column(stated.column, *rule.type, level), stated.denominator, stated.assumed});
    }
    return std::move(out_);
  }

 private:
  template <class T>
  void mix(std::vector<T>& rows) {
    if (shuffle_ == nullptr) return;
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[shuffle_->below(i)]);
  }

  void lay_out_households() {
    FactRows& rows = out_.table.levels[at(household_level)];
    rows.count = out_.table.households;
    rows.owner.assign(households_.size(), 0);
    for (std::size_t h = 0; h <= households_.size(); ++h) rows.begin.push_back(static_cast<std::int32_t>(h));
  }

  void lay_out_people() {
    const FactRows& old = from_.levels[at(person_level)];
    FactRows& rows = out_.table.levels[at(person_level)];
    rows.begin = {0};
    std::int32_t largest = 1;
    for (std::size_t h = 0; h < households_.size(); ++h) {
      std::vector<std::int64_t> people;
      for (std::int32_t p = old.begin[at(households_[h])]; p < old.begin[at(households_[h]) + 1]; ++p) people.push_back(p);
      mix(people);
      largest = std::max(largest, static_cast<std::int32_t>(people.size()));
      out_.old_row[at(person_level)].insert(out_.old_row[at(person_level)].end(), people.begin(), people.end());
      rows.owner.insert(rows.owner.end(), people.size(), static_cast<std::int32_t>(h));
      rows.begin.push_back(static_cast<std::int32_t>(rows.owner.size()));
    }
    rows.count = static_cast<std::int64_t>(rows.owner.size());
    out_.table.set_words = (largest + 63) / 64;
  }

  void lay_out_records(const RecordKind& record) {
    const LevelId owners = record.of_household ? household_level : person_level;
    const FactRows& old = from_.levels[at(record.level)];
    FactRows& rows = out_.table.levels[at(record.level)];
    std::vector<std::vector<std::int64_t>> of_owner(at(from_.levels[at(owners)].count));
    for (std::int64_t r = 0; r < old.count; ++r) of_owner[at(old.owner[at(r)])].push_back(r);
    rows.begin = {0};
    for (std::size_t h = 0; h < households_.size(); ++h) {
      const FactRows& new_owners = out_.table.levels[at(owners)];
      for (std::int32_t o = new_owners.begin[h]; o < new_owners.begin[h + 1]; ++o) {
        std::vector<std::int64_t> own = of_owner[at(out_.old_row[at(owners)][at(o)])];
        mix(own);
        out_.old_row[at(record.level)].insert(out_.old_row[at(record.level)].end(), own.begin(), own.end());
        rows.owner.insert(rows.owner.end(), own.size(), o);
      }
      rows.begin.push_back(static_cast<std::int32_t>(rows.owner.size()));
    }
    rows.count = static_cast<std::int64_t>(rows.owner.size());
  }

  template <class T>
  std::vector<T> values(const std::vector<T>& old, LevelId level) const {
    std::vector<T> out;
    if (!old.empty())
      for (const std::int64_t row : out_.old_row[at(level)]) out.push_back(old[at(row)]);
    return out;
  }

  [[nodiscard]] BitRows bits(const BitRows& old, LevelId level) const {
    if (old.empty()) return {};
    const auto& rows = out_.old_row[at(level)];
    BitRows out = no_bits(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) give_bit(out, row, has_bit(old, at(rows[row])));
    return out;
  }

  /// Sets of words keep their bits, sets of people follow the people.
  [[nodiscard]] BitRows sets(const BitRows& old, const Type& type, LevelId level) const {
    if (old.empty()) return {};
    const auto& rows = out_.old_row[at(level)];
    const bool of_people = type.base == Base::people;
    const std::size_t list_words = of_people ? 0 : words_of_bits(d_.lists[at(type.list)].words.size());
    const std::size_t old_words = of_people ? at(from_.set_words) : list_words;
    const std::size_t new_words = of_people ? at(out_.table.set_words) : list_words;
    BitRows out(rows.size() * new_words, 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!of_people) {
        std::copy_n(old.begin() + rows[row] * static_cast<std::int64_t>(old_words), old_words,
                    out.begin() + static_cast<std::ptrdiff_t>(row * new_words));
        continue;
      }
      const std::size_t household = household_of(level, row);
      const auto& people = out_.table.levels[at(person_level)].begin;
      for (std::int32_t p = people[household]; p < people[household + 1]; ++p) {
        const std::int64_t before = out_.old_row[at(person_level)][at(p)] - from_.levels[at(person_level)].begin[at(households_[household])];
        if (has_bit(old, at(rows[row]) * old_words * 64 + at(before))) give_bit(out, row * new_words * 64 + at(p - people[household]), true);
      }
    }
    return out;
  }

  [[nodiscard]] std::size_t household_of(LevelId level, std::size_t row) const {
    if (level == world_level || level == household_level) return row;
    const auto& begin = out_.table.levels[at(level)].begin;
    return at(std::upper_bound(begin.begin(), begin.end(), static_cast<std::int32_t>(row)) - begin.begin() - 1);
  }

  [[nodiscard]] FactColumn column(const FactColumn& old, const Type& type, LevelId level) const {
    FactColumn out;
    out.low = values(old.low, level);
    out.high = values(old.high, level);
    out.may_be_true = bits(old.may_be_true, level);
    out.may_be_false = bits(old.may_be_false, level);
    out.possible = values(old.possible, level);
    out.sure = sets(old.sure, type, level);
    out.maybe = sets(old.maybe, type, level);
    out.may_be_absent = bits(old.may_be_absent, level);
    out.may_be_present = bits(old.may_be_present, level);
    return out;
  }

  const Declarations& d_;
  const FactTable& from_;
  const std::vector<std::int64_t>& households_;
  Chance* shuffle_;
  Rearranged out_;
};

class Refinement {
 public:
  Refinement(const Declarations& declarations, FactTable& table, Chance& chance, int percent)
      : d_(declarations), table_(table), chance_(chance), percent_(percent) {}

  void run() {
    for (std::size_t f = 0; f < d_.facts.size(); ++f) {
      const Fact& fact = d_.facts[f];
      if (fact.type.base == Base::people && fact.record < 0) {
        if (fact.inverse_of < 0) settle_relation(static_cast<FactId>(f));
        continue;
      }
      FactColumn& column = table_.facts[f];
      const std::size_t rows = rows_of_level(table_, fact.level);
      for (std::size_t row = 0; row < rows; ++row)
        if (chance_.percent(percent_)) narrow(column, fact.type, row);
    }
    for (std::size_t r = 0; r < d_.records.size(); ++r)
      for (std::size_t owner = 0; owner < rows_of_level(table_, d_.records[r].of_household ? household_level : person_level); ++owner)
        if (chance_.percent(percent_)) give_bit(table_.list_closed_may_be_true[r], owner, true);
  }

 private:
  /// Settles a truth that may be either, said by two bitmaps.
  void settle(BitRows& yes, BitRows& no, std::size_t row) {
    if (has_bit(yes, row) && has_bit(no, row)) give_bit(chance_.percent(50) ? yes : no, row, false);
  }

  void narrow(FactColumn& column, const Type& type, std::size_t row) {
    if (!column.may_be_absent.empty()) settle(column.may_be_absent, column.may_be_present, row);
    if (!column.may_be_true.empty()) settle(column.may_be_true, column.may_be_false, row);
    if (!column.high.empty()) narrow_number(column.low[row], column.high[row]);
    if (!column.possible.empty()) narrow_word(column.possible[row]);
    const std::size_t words = type.base == Base::people  ? at(table_.set_words)
                              : type.base == Base::codes ? words_of_bits(d_.lists[at(type.list)].words.size())
                                                         : 0;
    for (std::size_t w = row * words; w < (row + 1) * words; ++w)
      for (std::uint64_t open = column.maybe[w] & ~column.sure[w]; open != 0; open &= open - 1) {
        const std::uint64_t item = open & (~open + 1);
        if (percent_ < 100 && chance_.percent(30)) continue;
        if (chance_.percent(50)) column.sure[w] |= item;
        else column.maybe[w] &= ~item;
      }
  }

  /// To one value, or to a part of the range; often to its ends.
  void narrow_number(std::int64_t& low, std::int64_t& high) {
    const auto inside = [&] { return chance_.percent(20) ? low : chance_.percent(20) ? high : chance_.between(low, high); };
    const std::int64_t a = inside();
    const std::int64_t b = percent_ == 100 || chance_.percent(70) ? a : inside();
    low = std::min(a, b);
    high = std::max(a, b);
  }

  void narrow_word(std::uint64_t& possible) {
    std::uint64_t which = chance_.below(static_cast<std::uint64_t>(std::popcount(possible)));
    std::uint64_t rest = possible;
    while (which-- > 0) rest &= rest - 1;
    const std::uint64_t word = rest & (~rest + 1);
    possible = percent_ == 100 || chance_.percent(70) ? word : word | (possible & chance_.below(possible));
  }

  /// A pair is settled from both sides.
  void settle_relation(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    FactId other = fact.symmetric ? id : -1;
    for (std::size_t f = 0; f < d_.facts.size(); ++f)
      if (d_.facts[f].inverse_of == id) other = static_cast<FactId>(f);
    const auto& begin = table_.levels[at(person_level)].begin;
    for (std::size_t h = 0; h + 1 < begin.size(); ++h)
      for (std::int64_t a = begin[h]; a < begin[h + 1]; ++a)
        for (std::int64_t b = begin[h]; b < begin[h + 1]; ++b) {
          FactColumn& column = table_.facts[at(id)];
          const bool open = has_bit(column.maybe, place(a, b - begin[h])) && !has_bit(column.sure, place(a, b - begin[h]));
          if (a == b || !open || !chance_.percent(percent_)) continue;
          const bool related = chance_.percent(40);
          give_bit(related ? column.sure : column.maybe, place(a, b - begin[h]), related);
          if (other < 0) continue;
          FactColumn& turned = table_.facts[at(other)];
          give_bit(related ? turned.sure : turned.maybe, place(b, a - begin[h]), related);
        }
  }

  [[nodiscard]] std::size_t place(std::int64_t row, std::int64_t item) const { return at(row) * at(table_.set_words) * 64 + at(item); }

  const Declarations& d_;
  FactTable& table_;
  Chance& chance_;
  int percent_;
};

}  // namespace

Rearranged rearranged(const Declarations& declarations, const FactTable& table, const std::vector<std::int64_t>& households, Chance* shuffle) {
  return Rearrangement(declarations, table, households, shuffle).make();
}

void refine(const Declarations& declarations, FactTable& table, Chance& chance, int percent) {
  Refinement(declarations, table, chance, percent).run();
}

}  // namespace duly
