// Partitions: who belongs together. Each step gives every person a group: those surely in it, those possibly in it. Who is taken out has none.
//
// A chain joins surely where each of its links is sure, and possibly where each is possible. A group is undefined where it is undefined whether
// one of its people belongs to it, and a unit possibly so. A unit is all people that certain or possible links join, in the order of their first
// people. Surely in it is who surely belongs to everybody in it, so that what is read of an open unit is right for each of them.

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
  std::vector<Set> before(count);
  for (std::size_t p = 0; p < count; ++p) {
    if (t.args[0] == no_term) before[p].sure.set(p), before[p].possible.set(p);
    else before[p] = set(t.args[0], person_level, static_cast<int>(p));
    for (std::size_t q = 0; q < count; ++q) {
      if (before[p].sure[q]) links.join_surely(p, q);
      if (before[p].possible[q]) links.join_possibly(p, q);
    }
  }
  struct Undefined {
    std::size_t a, b;
    bool surely;
  };
  std::vector<Undefined> undefined;
  for (int row = 0; row < rows(pair_level); ++row) {
    const std::size_t a = index(first(pair_level, row));
    const std::size_t b = index(second(pair_level, row));
    if (a >= b || !before[a].possible[a] || !before[b].possible[b]) continue;
    const Truth joined = joined_by(t, row, pair_row(static_cast<int>(b), static_cast<int>(a)));
    const bool both_in = before[a].sure[a] && before[b].sure[b];
    if (joined.yes && !joined.no && both_in) links.join_surely(a, b);
    if (joined.yes) links.join_possibly(a, b);
    if (joined.undefined) undefined.push_back({a, b, both_in && !joined.yes && !joined.no});
  }
  std::vector<Set> groups(count);
  for (std::size_t p = 0; p < count; ++p) {
    if (before[p].sure[p]) groups[p].sure = reached(links.sure, p);
    if (before[p].possible[p]) groups[p].possible = reached(links.possible, p);
  }
  // A pair matters to whoever may be together with one of the two, unless those are together anyway.
  std::vector<Set> out = groups;
  for (std::size_t p = 0; p < count; ++p) {
    out[p].undefined = before[p].undefined;
    out[p].defined = before[p].defined;
    for (const auto& [a, b, surely] : undefined) {
      if ((groups[p].possible[a] || groups[p].possible[b]) && !groups[a].sure[b]) out[p].undefined = true;
      if (surely && (groups[p].sure[a] || groups[p].sure[b]) && !groups[a].possible[b]) out[p].defined = false;
    }
  }
  return out;
}

/// Whether any condition joins a pair, asked either way round.
Truth Oracle::joined_by(const Term& closure, int one_way, int other_way) {
  Truth out = surely_no;
  for (std::size_t condition = 1; condition < closure.args.size(); ++condition)
    for (const int row : {one_way, other_way}) {
      const Truth& one = truth(closure.args[condition], pair_level, row);
      out = {out.yes || one.yes, out.no && one.no, (out.undefined && (one.no || one.undefined)) || (one.undefined && out.no)};
    }
  return out;
}

int Oracle::pair_row(int a, int b) { return a * people() + b; }

Answers Oracle::outside(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& before = set(t.args[0], person_level, row);
    const Truth& own = truth(t.args[1], person_level, row);
    Set out = before;
    for (int p = 0; p < people(); ++p) {
      if (!before.possible[index(p)]) continue;
      const Truth& leaves = truth(t.args[1], person_level, p);
      if (leaves.yes) out.sure.reset(index(p));
      if (leaves.yes && !leaves.no) out.possible.reset(index(p));
      if (leaves.undefined) out.undefined = true;
      if (before.sure[index(p)] && !leaves.yes && !leaves.no) out.defined = false;
    }
    if (own.yes) out.sure.reset();
    if (own.yes && !own.no) out.possible.reset();
    return out;
  });
}

/// Each bundle, with the person who brings it, leaves the group it was in and is a group of its own; bundles that share somebody are one.
Answers Oracle::split(const Term& t) {
  const auto count = index(people());
  const auto before = [&](std::size_t p) -> const Set& { return set(t.args[0], person_level, static_cast<int>(p)); };
  Links bundles(count);
  Items surely_left;
  Items possibly_left;
  for (std::size_t p = 0; p < count; ++p) {
    const Set& brought = set(t.args[1], person_level, static_cast<int>(p));
    Items sure = brought.sure & before(p).sure;
    Items possible = brought.possible & before(p).possible;
    if (brought.sure.any() && before(p).sure[p]) sure.set(p);
    if (brought.possible.any() && before(p).possible[p]) possible.set(p);
    surely_left |= sure;
    possibly_left |= possible;
    for (std::size_t q = 0; q < count; ++q) {
      if (sure[q]) bundles.join_surely(p, q);
      if (possible[q]) bundles.join_possibly(p, q);
    }
  }
  return each_row(t, [&](int row) {
    const auto person = index(row);
    const Set& group = before(person);
    const Set stays{group.sure & ~possibly_left, group.possible & ~surely_left};
    const Set leaves{reached(bundles.sure, person) & group.sure, reached(bundles.possible, person) & group.possible};
    Set out = either(stays, leaves);
    if (surely_left[person]) out = leaves;
    if (!possibly_left[person]) out = stays;
    if (group.sure[person]) out.sure.set(person);
    out.undefined = group.undefined;
    out.defined = group.defined;
    for (std::size_t p = 0; p < count; ++p) {
      const Set& bundle = set(t.args[1], person_level, static_cast<int>(p));
      if (group.possible[p] && bundle.undefined) out.undefined = true;
      if (group.sure[p] && !bundle.defined) out.defined = false;
    }
    return out;
  });
}

/// A person's own unit.
Answers Oracle::make_units(const Term& t) {
  if (!household_->is_one_unit(level(t.index).declared)) return of(t.args[0]);
  Set everyone;
  for (int p = 0; p < people(); ++p) everyone.sure.set(index(p));
  everyone.possible = everyone.sure;
  return std::vector<Set>(index(people()), everyone);
}

Oracle::Units Oracle::find_units(LevelId level) {
  const auto count = index(people());
  Units out;
  out.of_person.assign(count, -1);
  const RuleId partition = declarations_.levels[index(level)].declared;
  if (household_->is_one_unit(partition)) {
    Items everyone;
    for (std::size_t p = 0; p < count; ++p) everyone.set(p);
    out.units.push_back({everyone, everyone});
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
    if (!groups[p].sure[p]) out.possibly_in_none.set(p);
    if (out.of_person[p] >= 0 || !groups[p].possible.any()) continue;
    Unit unit;
    unit.sure = unit.possible = reached(links.possible, p);
    for (std::size_t q = 0; q < count; ++q) {
      if (!unit.possible[q]) continue;
      unit.sure &= groups[q].sure;
      unit.nothing = unit.nothing || !groups[q].defined;
      out.of_person[q] = static_cast<int>(out.units.size());
      unit.undefined = unit.undefined || groups[q].undefined;
    }
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
    const int of_person = units(t.index).of_person[index(row)];
    if (of_person < 0) return surely_no;
    const Unit& unit = units(t.index).units[index(of_person)];
    return Truth{true, !unit.sure[index(row)], unit.undefined};
  });
}

/// Nobody's membership is open.
Answers Oracle::unit_settled(const Term& t) {
  return each_row(t, [&](int row) {
    const Unit& unit = units(t.index).units[index(row)];
    if (unit.nothing) return surely_undefined;
    return Truth{true, unit.sure != unit.possible, unit.undefined};
  });
}

bool Oracle::is_possibly_in_no_unit(const Term& lift, int row) {
  const LevelId from = term(lift.args[0]).level;
  const bool from_unit = level(from).kind == LevelKind::unit && lift.via == Via::parent;
  if (!from_unit || (lift.level != person_level && level(lift.level).parent != person_level)) return false;
  return units(from).possibly_in_none[index(row_above(lift.level, row, person_level))];
}

}  // namespace duly::oracle
