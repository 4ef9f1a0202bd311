// Numbers, dates and comparisons: interval arithmetic on exact rationals.

#include <algorithm>
#include <stdexcept>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

Range undefined_range() { return {0, 0, true, false}; }

/// `low` and `high` of an operation that has a value only where all its operands have one.
Range strict(const Range& a, const Range& b, Number low, Number high) {
  return {std::move(low), std::move(high), a.undefined || b.undefined, a.defined && b.defined};
}

Range around(const std::vector<Number>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {*low, *high};
}

Range product(const Range& a, const Range& b) {
  if (a.known() && b.known()) {
    const Number value = a.low * b.low;
    return strict(a, b, value, value);
  }
  const Range hull = around({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
  return strict(a, b, hull.low, hull.high);
}

/// The remainder has the sign of the divisor, as in DMN.
Number remainder(const Number& a, const Number& b) { return a - b * Number(floor_of(a / b)); }

/// Whole steps of `step`: DMN's modes, of which `up` and `down` speak of the distance from zero.
Number rounded(const Number& value, const Number& step, RoundMode mode) {
  const Number steps = value / step;
  const BigInt below = floor_of(steps);
  const Number rest = steps - below;
  if (mode == RoundMode::none || rest == 0) return value;
  const bool negative = value < 0;
  const BigInt toward_zero = negative ? BigInt(below + 1) : below;
  const BigInt from_zero = negative ? below : BigInt(below + 1);
  const Number distance_to_zero_side = negative ? Number(1 - rest) : rest;
  const Number half(1, 2);
  const auto nearest_or = [&](const BigInt& at_tie) {
    if (distance_to_zero_side == half) return at_tie;
    return distance_to_zero_side < half ? toward_zero : from_zero;
  };
  BigInt whole;
  switch (mode) {
    case RoundMode::none: return value;
    case RoundMode::up: whole = from_zero; break;
    case RoundMode::down: whole = toward_zero; break;
    case RoundMode::floor: whole = below; break;
    case RoundMode::ceiling: whole = below + 1; break;
    case RoundMode::half_up: whole = nearest_or(from_zero); break;
    case RoundMode::half_down: whole = nearest_or(toward_zero); break;
    case RoundMode::half_even: whole = nearest_or(toward_zero % 2 == 0 ? toward_zero : from_zero); break;
  }
  return Number(whole) * step;
}

std::int64_t whole(const Number& value) {
  if (denominator(value) != 1) throw std::logic_error("a whole number is wanted, not " + to_text(value));
  return static_cast<std::int64_t>(numerator(value));
}
/// Days before and after the calendar are held at its ends.
Date day(const Number& value) { return std::clamp(Date{static_cast<std::int32_t>(whole(value))}, first_date, never); }
Month month(const Number& value) { return {static_cast<std::int32_t>(whole(value))}; }

/// A part of a date that starts again: from day to day within one turn, else anything.
template <class Turn, class Part>
Range turning(const Range& days, int least, int greatest, Turn turn, Part part) {
  Range out{least, greatest, days.undefined, days.defined};
  if (!days.defined || turn(day(days.low)) != turn(day(days.high))) return out;
  out.low = part(day(days.low));
  out.high = part(day(days.high));
  return out;
}

}  // namespace

Answers Oracle::arithmetic(const Term& t) {
  return each_row(t, [&](int row) {
    const Range& a = range(t.args[0], t.level, row);
    const Range& b = range(t.args[1], t.level, row);
    if (!a.defined || !b.defined) return undefined_range();
    switch (t.op) {
      case TermOp::add: return strict(a, b, a.low + b.low, a.high + b.high);
      case TermOp::subtract: return strict(a, b, a.low - b.high, a.high - b.low);
      case TermOp::multiply: return product(a, b);
      case TermOp::minimum: return strict(a, b, std::min(a.low, b.low), std::min(a.high, b.high));
      case TermOp::maximum: return strict(a, b, std::max(a.low, b.low), std::max(a.high, b.high));
      case TermOp::divide: return quotient(t, a, b);
      default: return modulo(t, a, b);
    }
  });
}

/// A divisor that may be 0 leaves 0 out: its least amount is one step, the unit in which it is counted. Where it is not counted in steps, the quotient
/// may be as far from 0 as it is proven to get.
Range Oracle::quotient(const Term& t, const Range& a, const Range& b) {
  if (b.known() && b.low == 0) return undefined_range();
  std::vector<Number> divisors;
  for (const Number& end : {b.low, b.high})
    if (end != 0) divisors.push_back(end);
  const Proven divisor_proven = proven_(t.args[1]);
  const bool reaches_down = b.low <= 0 && b.high > 0;
  const bool reaches_up = b.low < 0 && b.high >= 0;
  if (divisor_proven.is_counted) {
    if (reaches_down) divisors.push_back(divisor_proven.step);
    if (reaches_up) divisors.push_back(-divisor_proven.step);
  }
  std::vector<Number> quotients;
  for (const Number& divisor : divisors)
    for (const Number& end : {a.low, a.high}) quotients.push_back(end / divisor);
  if (!divisor_proven.is_counted && (reaches_down || reaches_up)) {
    const Proven most = proven_(id_of(t));
    if (a.low <= 0 && a.high >= 0) quotients.emplace_back(0);
    if (reaches_down && a.high > 0) quotients.push_back(most.high);
    if (reaches_down && a.low < 0) quotients.push_back(most.low);
    if (reaches_up && a.high > 0) quotients.push_back(-most.high);
    if (reaches_up && a.low < 0) quotients.push_back(-most.low);
  }
  const Range hull = around(quotients);
  Range out = strict(a, b, hull.low, hull.high);
  if (b.low <= 0 && b.high >= 0) out.undefined = true;
  return out;
}

/// Within one turn of a known divisor the remainder rises with the dividend; else it is any remainder, a step below the divisor at most.
Range Oracle::modulo(const Term& t, const Range& a, const Range& b) {
  if (b.known() && b.low == 0) return undefined_range();
  if (b.known() && floor_of(a.low / b.low) == floor_of(a.high / b.low)) {
    const std::vector<Number> ends{remainder(a.low, b.low), remainder(a.high, b.low)};
    return strict(a, b, std::min(ends[0], ends[1]), std::max(ends[0], ends[1]));
  }
  const Number step = std::min(proven_(t.args[0]).step, proven_(t.args[1]).step);
  Range out = strict(a, b, b.low < 0 ? Number(b.low + step) : Number(0), b.high > 0 ? Number(b.high - step) : Number(0));
  if (b.low > 0 && a.low >= 0 && a.high < b.low) out.low = a.low, out.high = a.high;
  if (b.low <= 0 && b.high >= 0) out.undefined = true;
  return out;
}

Answers Oracle::of_one_number(const Term& t) {
  return each_row(t, [&](int row) {
    const Range& a = range(t.args[0], t.level, row);
    Range out{-a.high, -a.low, a.undefined, a.defined};
    if (t.op == TermOp::negate || a.high <= 0) return out;
    out.low = a.low >= 0 ? a.low : Number(0);
    out.high = std::max(Number(-a.low), a.high);
    return out;
  });
}

Answers Oracle::round(const Term& t) {
  return each_row(t, [&](int row) {
    const Range& a = range(t.args[0], t.level, row);
    const Number low = rounded(a.low, t.number, t.mode);
    return Range{low, a.known() ? low : rounded(a.high, t.number, t.mode), a.undefined, a.defined};
  });
}

Answers Oracle::date_part(const Term& t) {
  const auto rising = [](const Range& a, auto f) { return Range{f(a.low), f(a.high), a.undefined, a.defined}; };
  return each_row(t, [&](int row) {
    const Range& a = range(t.args[0], t.level, row);
    switch (t.op) {
      case TermOp::first_day: return rising(a, [](const Number& m) { return Number(day(first_day_of(month(m)).days).days); });
      case TermOp::last_day: return rising(a, [](const Number& m) { return Number(day(last_day_of(month(m)).days).days); });
      case TermOp::month_of: return rising(a, [](const Number& d) { return Number(month_of(day(d)).index); });
      case TermOp::year_of: return rising(a, [](const Number& d) { return Number(civil(day(d)).year); });
      case TermOp::month_number: return turning(a, 1, 12, [](Date d) { return civil(d).year; }, [](Date d) { return civil(d).month; });
      case TermOp::day_of: return turning(a, 1, 31, [](Date d) { return month_of(d); }, [](Date d) { return civil(d).day; });
      case TermOp::weekday_of: return turning(a, 1, 7, [](Date d) { return d.days - weekday(d); }, [](Date d) { return weekday(d); });
      default: break;
    }
    const Range& b = range(t.args[1], t.level, row);
    if (t.op == TermOp::add_months) {
      const auto moved = [](const Number& d, const Number& months) { return Number(plus_months(day(d), whole(months)).days); };
      return strict(a, b, moved(a.low, b.low), moved(a.high, b.high));
    }
    const auto between = [&](const Number& from, const Number& to) {
      return Number(t.op == TermOp::years_between ? full_years_between(day(from), day(to)) : full_months_between(day(from), day(to)));
    };
    return strict(a, b, between(a.high, b.low), between(a.low, b.high));
  });
}

Answers Oracle::compare(const Term& t) {
  const auto less = [](const Range& a, const Range& b) { return Truth{a.low < b.high, a.high >= b.low, false}; };
  const auto equal = [](const Range& a, const Range& b) {
    return Truth{a.low <= b.high && b.low <= a.high, !(a.known() && b.known() && a.low == b.low), false};
  };
  const auto turned = [](Truth x) { return Truth{x.no, x.yes, x.undefined}; };
  return each_row(t, [&](int row) {
    const Range& a = range(t.args[0], t.level, row);
    const Range& b = range(t.args[1], t.level, row);
    if (!a.defined || !b.defined) return surely_undefined;
    Truth out;
    switch (t.comparison) {
      case Compare::equal: out = equal(a, b); break;
      case Compare::not_equal: out = turned(equal(a, b)); break;
      case Compare::less: out = less(a, b); break;
      case Compare::greater_equal: out = turned(less(a, b)); break;
      case Compare::greater: out = less(b, a); break;
      case Compare::less_equal: out = turned(less(b, a)); break;
    }
    out.undefined = a.undefined || b.undefined;
    return out;
  });
}

}  // namespace duly::oracle
