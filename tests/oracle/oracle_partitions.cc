// Partitions: who belongs together. Each step gives every person a group: those surely in it, those possibly in it. Who is taken out has none.
//
// A chain joins surely where each of its links is sure, and possibly where each is possible. A unit is all people that certain or possible links
// join; it is settled where nothing about it is open. In an open unit only those are surely in who are in the surely formed group of everybody in it.

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

/// Everybody that can be reached from `start` by links, `start` itself among them.
Items reached(const std::vector<Items>& links, std::size_t start) {
  Items seen;
  seen.set(start);
  for (bool grew = true; grew;) {
    const Items before = seen;
    for (std::size_t p = 0; p < links.size(); ++p)
      if (before[p]) seen |= links[p];
    grew = seen != before;
  }
  return seen;
}

struct Links {
  explicit Links(std::size_t people) : sure(people), possible(people) {}
  void join_surely(std::size_t a, std::size_t b) { sure[a].set(b), sure[b].set(a), join_possibly(a, b); }
  void join_possibly(std::size_t a, std::size_t b) { possible[a].set(b), possible[b].set(a); }
  std::vector<Items> sure, possible;
};

}  // namespace

Answers Oracle::closure(const Term& t) {
  const auto count = index(people());
  Links links(count);
  Items in;          // surely in some group
  Items maybe_in;    // possibly in some group
  bool undefined = false;
  for (std::size_t p = 0; p < count; ++p) {
    if (t.args[0] == no_term) {
      in.set(p);
      maybe_in.set(p);
      continue;
    }
    const Set& before = set(t.args[0], person_level, static_cast<int>(p));
    undefined = undefined || before.undefined;
    in[p] = before.sure[p];
    maybe_in[p] = before.possible[p];
    for (std::size_t q = 0; q < count; ++q) {
      if (before.sure[q]) links.join_surely(p, q);
      if (before.possible[q]) links.join_possibly(p, q);
    }
  }
  for (std::size_t condition = 1; condition < t.args.size(); ++condition)
    for (int pair = 0; pair < rows(pair_level); ++pair) {
      const std::size_t a = index(first(pair_level, pair));
      const std::size_t b = index(second(pair_level, pair));
      const Truth& joined = truth(t.args[condition], pair_level, pair);
      if (a == b) continue;
      undefined = undefined || joined.undefined;
      if (joined.yes && !joined.no && !joined.undefined && in[a] && in[b]) links.join_surely(a, b);
      if ((joined.yes || joined.undefined) && maybe_in[a] && maybe_in[b]) links.join_possibly(a, b);
    }
  (void)undefined;
  return each_row(t, [&](int row) {
    const auto person = index(row);
    Set out;
    if (in[person]) out.sure = reached(links.sure, person) & in;
    if (maybe_in[person]) out.possible = reached(links.possible, person) & maybe_in;
    return out;
  });
}

Answers Oracle::outside(const Term& t) {
  Items surely_out;
  Items possibly_out;
  for (int p = 0; p < people(); ++p) {
    const Truth& out = truth(t.args[1], person_level, p);
    if (!out.no && !out.undefined) surely_out.set(index(p));
    if (out.yes || out.undefined) possibly_out.set(index(p));
  }
  return each_row(t, [&](int row) {
    const Set& before = set(t.args[0], person_level, row);
    Set out;
    if (!possibly_out[index(row)]) out.sure = before.sure & ~possibly_out;
    if (!surely_out[index(row)]) out.possible = before.possible & ~surely_out;
    return out;
  });
}

/// Each bundle leaves the group it was in and is a group of its own; bundles that share somebody are one.
Answers Oracle::split(const Term& t) {
  const auto count = index(people());
  Links bundles(count);
  Items surely_left;
  Items possibly_left;
  for (std::size_t p = 0; p < count; ++p) {
    const Set& bundle = set(t.args[1], person_level, static_cast<int>(p));
    surely_left |= bundle.sure;
    possibly_left |= bundle.possible;
    for (std::size_t q = 0; q < count; ++q)
      for (std::size_t r = 0; r < count; ++r) {
        if (bundle.sure[q] && bundle.sure[r]) bundles.join_surely(q, r);
        if (bundle.possible[q] && bundle.possible[r]) bundles.join_possibly(q, r);
      }
  }
  return each_row(t, [&](int row) {
    const auto person = index(row);
    const Set& before = set(t.args[0], person_level, row);
    const Items stays_sure = before.sure & ~possibly_left;
    const Items stays_possible = before.possible & ~surely_left;
    const Items leaves_sure = reached(bundles.sure, person) & before.sure;
    const Items leaves_possible = reached(bundles.possible, person) & before.possible;
    Set out;
    if (surely_left[person]) out = {leaves_sure, leaves_possible};
    else if (!possibly_left[person]) out = {stays_sure, stays_possible};
    else out = {leaves_sure & stays_sure, leaves_possible | stays_possible};
    if (surely_left[person] || !possibly_left[person] || !before.sure[person]) return out;
    out.sure.set(person);
    return out;
  });
}

Answers Oracle::make_units(const Term& t) { return of(t.args[0]); }

Oracle::Units Oracle::find_units(LevelId level) {
  const auto count = index(people());
  Units out;
  out.of_person.assign(count, -1);
  const RuleId partition = declarations_.levels[index(level)].declared;
  if (household_->is_one_unit(partition)) {
    Unit all;
    for (std::size_t p = 0; p < count; ++p) all.sure.set(p);
    all.possible = all.sure;
    out.units.push_back(all);
    out.of_person.assign(count, 0);
    return out;
  }
  const TermId maker = program_.level_maker[index(level)];
  Links links(count);
  std::vector<Set> groups;
  for (std::size_t p = 0; p < count; ++p) {
    groups.push_back(set(maker, person_level, static_cast<int>(p)));
    for (std::size_t q = 0; q < count; ++q)
      if (groups[p].possible[q]) links.join_possibly(p, q);
  }
  for (std::size_t p = 0; p < count; ++p) {
    if (out.of_person[p] >= 0 || !groups[p].possible.any()) continue;
    Unit unit;
    unit.possible = reached(links.possible, p);
    unit.sure = unit.possible;
    for (std::size_t q = 0; q < count; ++q) {
      if (!unit.possible[q]) continue;
      out.of_person[q] = static_cast<int>(out.units.size());
      unit.sure &= groups[q].sure;
    }
    unit.settled = unit.sure == unit.possible;
    out.units.push_back(unit);
  }
  return out;
}

const Oracle::Units& Oracle::units(LevelId level) {
  auto& found = units_[index(level)];
  if (!found) found = find_units(level);
  return *found;
}

Answers Oracle::in_unit(const Term& t) {
  return each_row(t, [&](int row) {
    const int unit = units(t.index).of_person[index(row)];
    if (unit < 0) return surely_no;
    return units(t.index).units[index(unit)].sure[index(row)] ? surely_yes : yes_or_no;
  });
}

Answers Oracle::unit_settled(const Term& t) {
  return each_row(t, [&](int row) { return units(t.index).units[index(row)].settled ? surely_yes : surely_no; });
}

}  // namespace duly::oracle
