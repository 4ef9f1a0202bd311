#include "support/random_households.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "base/at.h"
#include "facts/bit_rows.h"
#include "facts/columns.h"
#include "facts/periods.h"

namespace duly {

std::int64_t Chance::between(std::int64_t low, std::int64_t high) {
  const std::uint64_t span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint64_t step = span == std::numeric_limits<std::uint64_t>::max() ? numbers_() : below(span + 1);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
}

namespace {

constexpr int percent_open_lists = 12;
constexpr int percent_absent = 35;
constexpr int days_a_year = 365;

class Maker {
 public:
  Maker(const Declarations& declarations, const RandomHouseholds& wanted) : d_(declarations), wanted_(wanted), chance_(wanted.seed) {}

  FactTable make() {
    all_known_ = chance_.percent(20);
    lay_out_people();
    for (const RecordKind& record : d_.records) lay_out_records(record);
    fill_unknown(d_, table_);
    share_of_household();
    for (std::size_t f = 0; f < d_.facts.size(); ++f) give(static_cast<FactId>(f));
    if (!wanted_.known_in_part)
      for (const RecordKind& record : d_.records) put_in_order(record);
    close_lists();
    state();
    if (all_known_)
      for (FactColumn& column : table_.facts) drop_what_is_known(column);
    return std::move(table_);
  }

 private:
  /// Documents have no record that ends before it begins: such a one ends on the day it begins.
  void put_in_order(const RecordKind& record) {
    for (const Period& period : periods_of(record)) {
      if (period.from < 0 || period.until < 0) continue;
      const FactColumn& from = table_.facts[at(period.from)];
      FactColumn& until = table_.facts[at(period.until)];
      for (std::size_t row = 0; row < until.high.size(); ++row)
        if (until.high[row] < from.low[row]) until.low[row] = until.high[row] = from.low[row];
    }
  }

  int people_of_household() {
    const std::uint64_t kind = chance_.below(1000);
    if (kind < 30) return 0;
    if (kind < 800) return static_cast<int>(chance_.between(1, std::min(5, wanted_.most_people)));
    if (kind == 999 && wanted_.most_people >= 12 && chance_.percent(50)) return 70;
    return static_cast<int>(chance_.between(1, wanted_.most_people));
  }

  static FactRows rows_of(const std::vector<std::int32_t>& owner, std::vector<std::int32_t> begin) {
    return {static_cast<std::int64_t>(owner.size()), owner, std::move(begin)};
  }

  void lay_out_people() {
    table_.households = wanted_.households;
    table_.levels.resize(d_.levels.size());
    std::vector<std::int32_t> all(at(wanted_.households), 0);
    std::vector<std::int32_t> each(at(wanted_.households) + 1);
    for (std::size_t h = 0; h <= at(wanted_.households); ++h) each[h] = static_cast<std::int32_t>(h);
    table_.levels[at(household_level)] = rows_of(all, each);
    std::vector<std::int32_t> owner;
    std::vector<std::int32_t> begin{0};
    int largest = 1;
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      const int people = people_of_household();
      largest = std::max(largest, people);
      owner.insert(owner.end(), at(people), static_cast<std::int32_t>(h));
      begin.push_back(static_cast<std::int32_t>(owner.size()));
    }
    table_.set_words = (largest + 63) / 64;
    table_.levels[at(person_level)] = rows_of(owner, begin);
  }

  void lay_out_records(const RecordKind& record) {
    const FactRows& owners = table_.levels[at(record.of_household ? household_level : person_level)];
    std::vector<std::int32_t> owner;
    std::vector<std::int32_t> begin{0};
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      for (std::int32_t o = owners.begin[at(h)]; o < owners.begin[at(h) + 1]; ++o)
        owner.insert(owner.end(), chance_.percent(40) ? 0 : chance_.below(static_cast<std::uint64_t>(wanted_.most_records) + 1), o);
      begin.push_back(static_cast<std::int32_t>(owner.size()));
    }
    table_.levels[at(record.level)] = rows_of(owner, begin);
  }

  void share_of_household() {
    for (std::int64_t h = 0; h < wanted_.households; ++h) share_.push_back(all_known_ ? 0 : wanted_.unknown[chance_.below(wanted_.unknown.size())]);
  }

  [[nodiscard]] std::pair<std::int64_t, std::int64_t> rows_in(LevelId level, std::int64_t household) const {
    if (level == world_level || level == household_level || table_.levels[at(level)].begin.empty()) return {household, household + 1};
    return {table_.levels[at(level)].begin[at(household)], table_.levels[at(level)].begin[at(household) + 1]};
  }

  void give(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    if (fact.type.base == Base::people && fact.record < 0) {
      if (fact.inverse_of < 0) relate(id);
      return;
    }
    if (fact.of_request) return give_request(id);
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      const auto [first, last] = rows_in(fact.level, h);
      for (std::int64_t row = first; row < last; ++row) {
        const bool unknown = chance_.percent(share_[at(h)]);
        if (!unknown || (wanted_.known_in_part && chance_.percent(25))) give_value(fact, table_.facts[at(id)], at(row), unknown);
      }
    }
  }

  /// The day that picks the law is known, and so is the benefit month, from which months are counted.
  void give_request(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    FactColumn& column = table_.facts[at(id)];
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      const bool is_law_date = fact.name == wanted_.law_in_force_by;
      if (!is_law_date && fact.type.base != Base::month && chance_.percent(share_[at(h)])) continue;
      const int days = is_law_date ? 0 : static_cast<int>(chance_.between(-20, 40));
      const Date day{wanted_.law_date.days + days};
      if (fact.type.base == Base::code) column.possible[at(h)] = one_bit_of(column.possible[at(h)]);
      else column.low[at(h)] = column.high[at(h)] = fact.type.base == Base::month ? month_of(day).index : day.days;
    }
  }

  /// Narrows a row that is unknown to one value, or where it stays unknown to some of them.
  void give_value(const Fact& fact, FactColumn& column, std::size_t row, bool in_part) {
    if (!column.may_be_absent.empty() && !(in_part && chance_.percent(50))) {
      const bool absent = chance_.percent(percent_absent);
      give_bit(column.may_be_absent, row, absent);
      give_bit(column.may_be_present, row, !absent);
    }
    switch (fact.type.base) {
      case Base::boolean:
        if (!in_part) give_bit(chance_.percent(40) ? column.may_be_false : column.may_be_true, row, false);
        break;
      case Base::codes: give_set(column, row, words_of_bits(d_.lists[at(fact.type.list)].words.size()), in_part); break;
      case Base::people: give_set(column, row, at(table_.set_words), in_part); break;
      case Base::months:
      case Base::text: break;
      case Base::code:
        if (!column.possible.empty()) {
          const std::uint64_t word = one_bit_of(column.possible[row]);
          column.possible[row] = in_part ? word | (chance_.below(std::numeric_limits<std::uint64_t>::max()) & column.possible[row]) : word;
          break;
        }
        [[fallthrough]];
      default: {
        std::array<std::int64_t, 2> ends{number(fact, column.low[row], column.high[row]), 0};
        ends[1] = in_part ? number(fact, column.low[row], column.high[row]) : ends[0];
        std::ranges::sort(ends);
        column.low[row] = ends[0];
        column.high[row] = ends[1];
      }
    }
  }

  std::uint64_t one_bit_of(std::uint64_t bits) {
    std::uint64_t which = chance_.below(static_cast<std::uint64_t>(std::popcount(bits)));
    while (which-- > 0) bits &= bits - 1;
    return bits & (~bits + 1);
  }

  /// Few members more often than many.
  void give_set(FactColumn& column, std::size_t row, std::size_t words, bool in_part) {
    const int share = chance_.percent(50) ? 15 : 50;
    for (std::size_t w = row * words; w < (row + 1) * words; ++w)
      for (std::uint64_t rest = column.maybe[w]; rest != 0; rest &= rest - 1) {
        const std::uint64_t item = rest & (~rest + 1);
        if (in_part && chance_.percent(40)) continue;
        if (chance_.percent(share)) column.sure[w] |= item;
        else column.maybe[w] &= ~item;
      }
  }

  std::int64_t number(const Fact& fact, std::int64_t low, std::int64_t high) {
    if (chance_.percent(6)) return low;
    if (chance_.percent(6)) return high;
    std::int64_t value = 0;
    if (fact.type.base == Base::date) value = date(!fact.given_as_age.empty());
    else if (fact.type.base == Base::month) value = month_of(wanted_.law_date).index + chance_.between(-45, 3);
    else if (chance_.percent(50)) value = chance_.between(low, high);
    else value = low + chance_.between(0, small_span(fact, high - low));
    return std::clamp(value, low, high);
  }

  /// Amounts as people have them: up to some thousands, often whole.
  std::int64_t small_span(const Fact& fact, std::int64_t span) {
    std::int64_t unit = 1;
    for (int i = 0; i < fact.places; ++i) unit *= 10;
    return std::min(span, chance_.percent(50) ? 40 * unit : 4000 * unit);
  }

  std::int64_t date(bool of_birth) {
    const std::int64_t law = wanted_.law_date.days;
    if (chance_.percent(5)) return chance_.between(first_date.days, last_date.days);
    if (of_birth ? chance_.percent(85) : chance_.percent(10)) {
      const Date birthday = plus_months(wanted_.law_date, -12 * chance_.between(0, 95));
      return birthday.days + (chance_.percent(50) ? chance_.between(-2, 2) : chance_.between(-days_a_year, days_a_year));
    }
    if (chance_.percent(30))
      return first_day_of(Month{month_of(wanted_.law_date).index + static_cast<std::int32_t>(chance_.between(-38, 3))}).days + chance_.between(-1, 1);
    return law + (chance_.percent(50) ? chance_.between(-90, 30) : chance_.between(-4 * days_a_year, 100));
  }

  /// A relation of people, said from both sides alike.
  void relate(FactId id) {
    const Fact& fact = d_.facts[at(id)];
    FactId other = fact.symmetric ? id : -1;
    for (std::size_t f = 0; f < d_.facts.size(); ++f)
      if (d_.facts[f].inverse_of == id) other = static_cast<FactId>(f);
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      const auto [first, last] = rows_in(person_level, h);
      const int density = chance_.percent(30) ? 0 : chance_.percent(50) ? 10 : 35;
      for (std::int64_t a = first; a < last; ++a)
        for (std::int64_t b = first; b < last; ++b) {
          if (a == b || (fact.symmetric && a > b) || (wanted_.known_in_part && chance_.percent(share_[at(h)]))) continue;
          const bool related = chance_.percent(last - first > 12 ? std::min(density, 3) : density);
          settle_pair(table_.facts[at(id)], a, b - first, related);
          if (other >= 0) settle_pair(table_.facts[at(other)], b, a - first, related);
        }
    }
  }

  void settle_pair(FactColumn& column, std::int64_t row, std::int64_t item, bool related) {
    const std::size_t word = at(row) * at(table_.set_words) + at(item) / 64;
    const std::uint64_t bit = std::uint64_t{1} << (at(item) % 64);
    if (related) column.sure[word] |= bit;
    else column.maybe[word] &= ~bit;
  }

  void close_lists() {
    for (std::size_t r = 0; r < d_.records.size(); ++r) {
      const std::size_t owners = rows_of_level(table_, d_.records[r].of_household ? household_level : person_level);
      for (std::size_t owner = 0; owner < owners; ++owner) give_bit(table_.list_closed_may_be_true[r], owner, !chance_.percent(percent_open_lists));
    }
  }

  void state() {
    for (const RuleId id : wanted_.stated)
      if (chance_.percent(60)) state_rule(id);
    if (!chance_.percent(10)) return;
    for (std::size_t r = 0; r < d_.rules.size(); ++r)
      if (d_.rules[r].versions[0].body.kind == Body::Kind::partition) table_.one_unit.push_back(static_cast<RuleId>(r));
  }

  void state_rule(RuleId id) {
    const Rule& rule = d_.rules[at(id)];
    if (!rule.type) return;
    Fact like;
    like.type = *rule.type;
    like.level = table_.levels[at(rule.level)].begin.empty() ? household_level : rule.level;
    like.places = like.type.whole || like.type.base != Base::number ? 0 : 2;
    like.low = rule.range ? rule.range->first : Number(0);
    like.high = rule.range ? rule.range->second : Number(5000);
    if (like.type.base == Base::date) like.low = first_date.days, like.high = last_date.days;
    if (like.type.base == Base::month) like.low = month_of(first_date).index, like.high = month_of(last_date).index;
    Declarations one;
    one.lists = d_.lists;
    one.facts = {like};
    FactTable rows;
    rows.households = table_.households;
    rows.set_words = table_.set_words;
    rows.levels = table_.levels;
    fill_unknown(one, rows);
    StatedColumn stated;
    stated.rule = id;
    stated.column = std::move(rows.facts[0]);
    stated.denominator = like.places == 0 ? 1 : 100;
    stated.present = no_bits(rows_of_level(table_, like.level));
    for (std::int64_t h = 0; h < wanted_.households; ++h) {
      const auto [first, last] = rows_in(like.level, h);
      for (std::int64_t row = first; row < last; ++row) {
        if (!chance_.percent(30)) continue;
        give_bit(stated.present, at(row), true);
        give_value(like, stated.column, at(row), false);
      }
    }
    table_.stated.push_back(std::move(stated));
  }

  const Declarations& d_;
  const RandomHouseholds& wanted_;
  Chance chance_;
  FactTable table_;
  bool all_known_ = false;
  std::vector<int> share_;
};

}  // namespace

FactTable random_households(const Declarations& declarations, const RandomHouseholds& wanted) { return Maker(declarations, wanted).make(); }

}  // namespace duly
