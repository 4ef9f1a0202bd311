// Records in order: running values and spells.

#include <algorithm>
#include <set>
#include <stdexcept>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

/// A record of a running rule.
struct Step {
  int row;
  Truth included;
  Range start, step;
  std::optional<Range> low, high;  ///< limits
  std::vector<Range> keys;
};

enum class Order : std::uint8_t { before, open, after };

/// Where `a` stands to `b`: by the first key that settles it, ties by position.
Order order_of(const Step& a, const Step& b) {
  bool may_be_before = false;
  bool may_be_after = false;
  for (std::size_t k = 0; k < a.keys.size(); ++k) {
    const Range& x = a.keys[k];
    const Range& y = b.keys[k];
    if (!x.defined || !y.defined) return Order::open;
    may_be_before = may_be_before || x.low < y.high;
    may_be_after = may_be_after || x.high > y.low;
    const bool may_tie = x.low <= y.high && y.low <= x.high;
    if (!may_tie || (may_be_before && may_be_after)) break;
    if (k + 1 == a.keys.size()) (a.row < b.row ? may_be_before : may_be_after) = true;
  }
  if (a.keys.empty()) (a.row < b.row ? may_be_before : may_be_after) = true;
  return may_be_before && may_be_after ? Order::open : may_be_before ? Order::before : Order::after;
}

/// There is no order where a record of the list has no key.
Truth has_order(const std::vector<Step>& steps) {
  Truth out = surely_yes;
  for (const Step& s : steps)
    for (const Range& key : s.keys) {
      if (key.undefined && (s.included.yes || s.included.undefined)) out.undefined = true;
      if (!key.defined && !s.included.no) out.yes = false;
    }
  return out;
}

Range kept_between(Range value, const Step& s) {
  if (s.low) {
    value.low = std::max(value.low, s.low->low);
    value.high = std::max(value.high, s.low->high);
    value.undefined = value.undefined || s.low->undefined;
    value.defined = value.defined && s.low->defined;
  }
  if (s.high) {
    value.low = std::min(value.low, s.high->low);
    value.high = std::min(value.high, s.high->high);
    value.undefined = value.undefined || s.high->undefined;
    value.defined = value.defined && s.high->defined;
  }
  return value;
}

/// The value after a record, which is possibly before the one that is asked about. Only a record of the list that is surely before surely counts.
Range after(const Range& before, const Step& s, bool surely_before) {
  const Range sum{before.low + s.step.low, before.high + s.step.high, before.undefined || s.step.undefined, before.defined && s.step.defined};
  const Range with = kept_between(sum, s);
  Range out = !s.included.yes ? before : !s.included.no && surely_before ? with : either(before, with);
  if (s.included.undefined) out.undefined = true;
  if (surely_before && !s.included.yes && !s.included.no) out.defined = false;
  return out;
}

Range running_value(const std::vector<Step>& steps, const Step& asked) {
  std::vector<const Step*> before;
  bool open = false;
  for (const Step& s : steps)
    if (s.row == asked.row || order_of(s, asked) != Order::after) before.push_back(&s);
  for (const Step* a : before)
    for (const Step* b : before) open = open || (a != b && order_of(*a, *b) == Order::open);
  if (!open) std::ranges::sort(before, [](const Step* a, const Step* b) { return order_of(*a, *b) == Order::before; });
  const bool limited = asked.low || asked.high;
  Range value = asked.start;
  // A limit may have moved the value before any other step was taken.
  for (const Step* s : before) {
    const bool counts = s->included.yes && s->step.defined && (!s->low || s->low->defined) && (!s->high || s->high->defined);
    if (!limited || !open || s->row == asked.row || !counts) continue;
    if (s->low) value.high = std::max(value.high, s->low->high);
    if (s->high) value.low = std::min(value.low, s->high->low);
  }
  for (const Step* s : before) {
    if (s->row == asked.row) continue;
    const bool surely = order_of(*s, asked) == Order::before;
    if (!limited || !open) {
      value = after(value, *s, surely);
      continue;
    }
    Step alone = *s;
    alone.low.reset();
    alone.high.reset();
    value = either(value, after(value, alone, surely));
  }
  return after(value, asked, true);
}

}  // namespace

/// The value after each record of the owner; one that is not in the list leaves it as it was. A record that may come before another or after it is
/// possibly counted, each for itself. Where there are limits and the order is open, one of them may swallow any step before.
Answers Oracle::running(const Term& t) {
  const LevelId owner = level(t.level).parent;
  std::vector<Range> out(index(rows(t.level)), Range{0, 0, true, false});
  for (int o = 0; o < rows(owner); ++o) {
    std::vector<Step> steps;
    for (const int r : rows_below(t.level, owner, o)) {
      Step s{r, truth(t.args[0], t.level, r), range(t.args[1], t.level, r), range(t.args[2], t.level, r), {}, {}, {}};
      if (t.args[3] != no_term) s.low = range(t.args[3], t.level, r);
      if (t.args[4] != no_term) s.high = range(t.args[4], t.level, r);
      for (std::size_t k = 5; k < t.args.size(); ++k) s.keys.push_back(range(t.args[k], t.level, r));
      steps.push_back(std::move(s));
    }
    const Truth ordered = has_order(steps);
    for (const Step& s : steps) {
      Range& value = out[index(s.row)];
      value = running_value(steps, s);
      if (ordered.undefined) value.undefined = true;
      value.defined = value.defined && ordered.yes;
    }
  }
  return out;
}

const std::vector<std::vector<Oracle::Spell>>& Oracle::spells(LevelId id) {
  auto& found = spells_[index(id)];
  if (!found) found = find_spells(id);
  return *found;
}

const Oracle::Spell& Oracle::spell(LevelId id, int row) {
  for (const auto& of_person : spells(id)) {
    if (row < static_cast<int>(of_person.size())) return of_person[index(row)];
    row -= static_cast<int>(of_person.size());
  }
  throw std::logic_error("no such spell");
}

namespace {

std::int64_t day(const Number& n) { return static_cast<std::int64_t>(numerator(n)); }

}  // namespace

bool Oracle::Stay::known() const {
  const auto one = [](const Truth& t) { return t.yes + t.no + t.undefined == 1; };
  return one(kept) && one(institution) && one(open) && from.known() && until.known() && !from.undefined && !until.undefined;
}

/// Where everything is known: stretch by stretch of nights in which nothing changes, whether they are spent where the stay is kept, and what lies
/// between those that are.
std::vector<Oracle::Spell> Oracle::known_spells(const Term& maker, const std::vector<Stay>& stays) {
  std::set<std::int64_t> changes;
  for (const Stay& stay : stays)
    if (stay.from.low < stay.until.low) changes.insert({day(stay.from.low), day(stay.until.low)});
  std::vector<Spell> out;
  std::int64_t gap = 0;
  bool only_institutions = true;
  for (auto first = changes.begin(); first != changes.end() && std::next(first) != changes.end(); ++first) {
    const std::int64_t end = *std::next(first);
    const auto covers = [&](const Stay& stay) { return stay.from.low <= *first && end <= stay.until.low; };
    const bool kept = std::ranges::any_of(stays, [&](const Stay& stay) { return stay.kept.yes && covers(stay); });
    const bool institution = std::ranges::any_of(stays, [&](const Stay& stay) { return stay.institution.yes && covers(stay); });
    if (!kept) {
      gap += end - *first;
      only_institutions = only_institutions && institution;
      continue;
    }
    const bool gap_counts = only_institutions && gap < maker.words[1];
    if (out.empty() || (gap >= maker.words[0] && !gap_counts)) {
      out.push_back({surely_yes, {*first, *first}, {}, {0, 0}, surely_no});
    } else if (gap_counts) {
      out.back().nights.low += gap;
    }
    gap = 0;
    only_institutions = true;
    Spell& spell = out.back();
    spell.last_night = {end - 1, end - 1};
    spell.nights.low += end - *first;
    spell.nights.high = spell.nights.low;
    if (std::ranges::any_of(stays, [&](const Stay& stay) { return stay.kept.yes && stay.open.yes && covers(stay); })) spell.open = surely_yes;
  }
  return out;
}

/// Where anything is open, each record that is possibly kept and possibly has a night may begin a spell, which lasts at least as long as the record
/// and at most until the last day of any.
std::vector<Oracle::Spell> Oracle::open_spells(const std::vector<Stay>& stays) {
  Number last_end = first_date.days;
  Truth open = surely_no;
  for (const Stay& stay : stays) {
    if (!stay.kept.yes) continue;
    last_end = std::max(last_end, stay.until.high);
    if (stay.open.yes) open.yes = true;
  }
  std::vector<Spell> out;
  for (const Stay& stay : stays) {
    if (!stay.kept.yes) continue;
    Spell& spell = out.emplace_back();
    spell.there = yes_or_no;
    spell.first_night = {stay.from.low, std::min(stay.from.high, Number(stay.until.high - 1)), stay.from.undefined, stay.from.defined};
    spell.last_night = {std::max(Number(stay.until.low - 1), stay.from.low), last_end - 1};
    spell.nights = {std::max(Number(1), Number(stay.until.low - stay.from.high)), last_end - stay.from.low};
    spell.open = open;
  }
  return out;
}

std::vector<std::vector<Oracle::Spell>> Oracle::find_spells(LevelId id) {
  const Term& maker = term(program_.level_maker[index(id)]);
  const Range decided = range(maker.args[4], household_level, 0);
  std::vector<std::vector<Spell>> out;
  for (int p = 0; p < people(); ++p) {
    std::vector<Stay> stays;
    for (const int r : rows_below(maker.level, person_level, p)) {
      Stay stay{truth(maker.args[0], maker.level, r), truth(maker.args[3], maker.level, r), range(maker.args[1], maker.level, r), {}, {}};
      const Range& until = range(maker.args[2], maker.level, r);
      stay.open = {until.undefined, until.defined, false};
      stay.until = until.defined ? Range{until.low, until.high} : decided;
      if (until.defined && until.undefined) stay.until = either(stay.until, decided);
      const bool may_have_a_night = stay.from.low < stay.until.high;
      if (may_have_a_night && (stay.kept.yes || stay.institution.yes)) stays.push_back(stay);
    }
    out.push_back(std::ranges::all_of(stays, &Stay::known) ? known_spells(maker, stays) : open_spells(stays));
  }
  return out;
}

Answers Oracle::spell_field(const Term& t) {
  std::vector<Spell> all;
  for (const auto& of_person : spells(t.level)) all.insert(all.end(), of_person.begin(), of_person.end());
  if (t.index == 3) return each_row(t, [&](int row) { return all[index(row)].open; });
  return each_row(t, [&](int row) {
    const Spell& spell = all[index(row)];
    return t.index == 0 ? spell.first_night : t.index == 1 ? spell.last_night : spell.nights;
  });
}

}  // namespace duly::oracle
