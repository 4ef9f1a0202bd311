// Sets of people. What is surely in a set is in it however everything open is settled, what is possibly in it in some way.

#include "oracle/oracle.h"

namespace duly::oracle {

Answers Oracle::people_set(const Term& t) {
  return each_row(t, [&](int row) {
    Set out;
    if (t.op == TermOp::unit_people) {
      const Unit& unit = units(t.index).units[index(row)];
      return Set{unit.sure, unit.possible, unit.undefined};
    }
    if (t.op == TermOp::self_set) out.sure.set(index(row));
    else
      for (int p = 0; p < people(); ++p) out.sure.set(index(p));
    out.possible = out.sure;
    return out;
  });
}

Answers Oracle::combine_sets(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& a = set(t.args[0], t.level, row);
    const Set& b = set(t.args[1], t.level, row);
    Set out{{}, {}, a.undefined || b.undefined, a.defined && b.defined};
    switch (t.op) {
      case TermOp::set_union: out.sure = a.sure | b.sure, out.possible = a.possible | b.possible; break;
      case TermOp::set_intersect: out.sure = a.sure & b.sure, out.possible = a.possible & b.possible; break;
      default: out.sure = a.sure & ~b.possible, out.possible = a.possible & ~b.sure; break;
    }
    return out;
  });
}

/// The people of the people of a set.
Answers Oracle::compose(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& of = set(t.args[0], t.level, row);
    Set out{{}, {}, of.undefined, of.defined};
    for (int p = 0; p < people(); ++p) {
      if (!of.possible[index(p)]) continue;
      const Set& theirs = set(t.args[1], person_level, p);
      if (theirs.undefined) out.undefined = true;
      if (theirs.defined) out.possible |= theirs.possible;
      if (!of.sure[index(p)]) continue;
      if (theirs.defined) out.sure |= theirs.sure;
      else out.defined = false;
    }
    return out;
  });
}

Answers Oracle::set_from_rows(const Term& t) {
  const LevelId below = term(t.args[0]).level;
  return each_row(t, [&](int row) {
    Set out;
    for (const int r : rows_below(below, t.level, row)) {
      const std::size_t person = index(below == person_level ? r : second(below, r));
      const Truth& included = truth(t.args[0], below, r);
      if (included.undefined) out.undefined = true;
      if (!included.yes && !included.no) out.defined = false;
      if (included.yes) out.possible.set(person);
      if (!included.no) out.sure.set(person);
    }
    return out;
  });
}

/// On a cross level: the item is in the subject's set. On person: the person is in the set of the household or of their unit; in no unit, in none.
Answers Oracle::in_set(const Term& t) {
  const LevelId subject = term(t.args[0]).level;
  return each_row(t, [&](int row) {
    const int above = row_above(t.level, row, subject);
    if (above < 0) return surely_no;
    const std::size_t person = index(t.level == person_level ? row : second(t.level, row));
    const Set& of = set(t.args[0], subject, above);
    if (!of.defined) return surely_undefined;
    return Truth{of.possible[person], !of.sure[person], of.undefined};
  });
}

Answers Oracle::set_size(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& of = set(t.args[0], t.level, row);
    return Range{of.sure.count(), of.possible.count(), of.undefined, of.defined};
  });
}

}  // namespace duly::oracle
