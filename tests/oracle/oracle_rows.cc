// Rows folded into one value of the row above them.
//
// A row that is only possibly included counts as there and as not there. A list that is not surely complete has a rest: up to `most_records` more
// rows, each anywhere in the proven range of the value.

#include <algorithm>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

Number least_of_zero_and(const Number& n) { return n < 0 ? n : Number(0); }
Number greatest_of_zero_and(const Number& n) { return n > 0 ? n : Number(0); }

}  // namespace

Truth Oracle::closed(const Term& t, std::size_t argument, int row) {
  return argument < t.args.size() ? truth(t.args[argument], t.level, row) : surely_yes;
}

Truth Oracle::in_list(TermId included, LevelId id, int row) {
  const Truth condition = truth(included, id, row);
  if (level(id).kind != LevelKind::spells) return condition;
  const Truth& there = spell(id, row).there;
  return {there.yes && condition.yes, there.no || condition.no, there.yes && condition.undefined};
}

Answers Oracle::sum(const Term& t) {
  const LevelId below = term(t.args[1]).level;
  return each_row(t, [&](int row) {
    Range total;
    for (const int r : rows_below(below, t.level, row)) {
      const Truth included = in_list(t.args[1], below, r);
      const bool surely = !included.no;
      if (included.undefined) total.undefined = true;
      if (!included.yes) {
        if (surely) total.defined = false;
        continue;
      }
      const Range& value = range(t.args[0], below, r);
      if (value.undefined) total.undefined = true;
      if (!value.defined) {
        if (surely) total.defined = false;
        continue;
      }
      total.low += surely ? value.low : least_of_zero_and(value.low);
      total.high += surely ? value.high : greatest_of_zero_and(value.high);
    }
    const Truth complete = closed(t, 2, row);
    if (complete.no) {
      const auto [low, high, step, is_counted] = proven_(t.args[0]);
      total.low += most_records * least_of_zero_and(low);
      total.high += most_records * greatest_of_zero_and(high);
    }
    return total;
  });
}

Answers Oracle::count(const Term& t) {
  const LevelId below = term(t.args[0]).level;
  return each_row(t, [&](int row) {
    int low = 0;
    int high = 0;
    Range total;
    for (const int r : rows_below(below, t.level, row)) {
      const Truth included = in_list(t.args[0], below, r);
      if (included.undefined) total.undefined = true;
      if (!included.yes && !included.no) total.defined = false;
      if (!included.no) ++low;
      if (included.yes) ++high;
    }
    if (closed(t, 1, row).no) high += most_records;
    total.low = low;
    total.high = high;
    return total;
  });
}

Answers Oracle::some(const Term& t) {
  const LevelId below = term(t.args[0]).level;
  return each_row(t, [&](int row) {
    // Yes where any row is in; no where none is; undefined where it is not settled by another row.
    bool may_be_yes = closed(t, 1, row).no;
    bool all_may_be_no = true;
    bool surely_one = false;
    bool undefined = false;
    for (const int r : rows_below(below, t.level, row)) {
      const Truth included = in_list(t.args[0], below, r);
      may_be_yes = may_be_yes || included.yes;
      all_may_be_no = all_may_be_no && included.no;
      surely_one = surely_one || (!included.no && !included.undefined);
      undefined = undefined || included.undefined;
    }
    return Truth{may_be_yes, all_may_be_no, undefined && !surely_one};
  });
}

/// Of no row there is none.
Answers Oracle::least_or_greatest(const Term& t) {
  const LevelId below = term(t.args[1]).level;
  const bool least = t.op == TermOp::least;
  return each_row(t, [&](int row) {
    Range out{0, 0, false, true};
    std::vector<Range> sure;
    std::vector<Range> possible;
    bool broken = false;  // a row that surely counts has no value, or cannot tell whether it counts
    for (const int r : rows_below(below, t.level, row)) {
      const Truth included = in_list(t.args[1], below, r);
      const bool surely = !included.no;
      if (included.undefined) out.undefined = true;
      if (!included.yes) {
        broken = broken || surely;
        continue;
      }
      const Range& value = range(t.args[0], below, r);
      if (value.undefined) out.undefined = true;
      if (!value.defined) {
        broken = broken || surely;
        continue;
      }
      possible.push_back(value);
      if (surely) sure.push_back(value);
    }
    if (sure.empty()) out.undefined = true;
    if (possible.empty() || broken) out.defined = false;
    if (out.defined) {
      const auto lows = [](const Range& a, const Range& b) { return a.low < b.low; };
      const auto highs = [](const Range& a, const Range& b) { return a.high < b.high; };
      if (least) {
        out.low = std::ranges::min_element(possible, lows)->low;
        out.high = sure.empty() ? std::ranges::max_element(possible, highs)->high : std::ranges::min_element(sure, highs)->high;
      } else {
        out.high = std::ranges::max_element(possible, highs)->high;
        out.low = sure.empty() ? std::ranges::min_element(possible, lows)->low : std::ranges::max_element(sure, lows)->low;
      }
    }
    const Truth complete = closed(t, 2, row);
    if (complete.no && !broken) {
      const auto [low, high, step, is_counted] = proven_(t.args[0]);
      const bool some_surely = out.defined && !sure.empty();
      if (!out.defined) out = {low, high, true, true};
      // Whatever else is in the list, it cannot make a least value greater than one that is surely there.
      if (least || !some_surely) out.low = std::min(out.low, low);
      if (!least || !some_surely) out.high = std::max(out.high, high);
    }
    return out;
  });
}

}  // namespace duly::oracle
