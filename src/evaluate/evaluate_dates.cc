// Dates and months. What rises or falls with its operands maps the ends of an interval; the number of a month, a day or a weekday turns round,
// and stays narrow only inside one turn.

#include <algorithm>

#include "base/date.h"
#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

constexpr std::int64_t first_month = 12;       // January of the year 1
constexpr std::int64_t month_of_never = 120'000;
constexpr std::int64_t most_months = 240'000;

/// Rows without a value hold any number.
Date date_at(std::int64_t days) { return {static_cast<std::int32_t>(std::clamp<std::int64_t>(days, first_date.days, never.days))}; }
Month month_at(std::int64_t index) { return {static_cast<std::int32_t>(std::clamp(index, first_month, month_of_never))}; }

struct Days {
  std::int64_t low, high;
};

std::int64_t moved(std::int64_t date, std::int64_t months) { return plus_months(date_at(date), std::clamp(months, -most_months, most_months)).days; }

std::int64_t year_of_date(std::int64_t date) { return civil(date_at(date)).year; }
std::int64_t year_of_month(std::int64_t month) { return month_at(month).index / 12; }
std::int64_t month_of_date(std::int64_t date) { return month_of(date_at(date)).index; }
std::int64_t first_of_month(std::int64_t month) { return first_day_of(month_at(month)).days; }
std::int64_t last_of_month(std::int64_t month) { return std::min(last_day_of(month_at(month)).days, never.days); }

Days month_numbers(Days months) {
  if (months.low / 12 != months.high / 12) return {1, 12};
  return {months.low % 12 + 1, months.high % 12 + 1};
}

Days month_numbers_of_dates(Days dates) { return month_numbers({month_of_date(dates.low), month_of_date(dates.high)}); }
Days month_numbers_of_months(Days months) { return month_numbers({month_at(months.low).index, month_at(months.high).index}); }

Days days_of_month(Days dates) {
  if (month_of_date(dates.low) != month_of_date(dates.high)) return {1, 31};
  return {civil(date_at(dates.low)).day, civil(date_at(dates.high)).day};
}

Days weekdays(Days dates) {
  const int low = weekday(date_at(dates.low));
  const int high = weekday(date_at(dates.high));
  const bool one_week = date_at(dates.high).days - date_at(dates.low).days < 7;
  return one_week && low <= high ? Days{low, high} : Days{1, 7};
}

bool is_month(Tile& tile, NodeId id) {
  const TermId origin = tile.node(id).origin;
  return origin != no_term && tile.plan->program->terms[static_cast<std::size_t>(origin)].type.base == Base::month;
}

void set_ends(Tile& tile, NodeId id, std::int64_t* low, std::int64_t* high) {
  set_numbers(tile.column(id), low, high);
  settle_numbers(tile.column(id), tile.rows_of(id));
}

/// `f` of each row's `x`. Rows next to each other often hold the same date, as the day of a decision.
template <class F>
void fill_by(std::int64_t* out, const std::int64_t* x, std::size_t rows, F f) {
  for (std::size_t r = 0; r < rows; ++r) out[r] = r > 0 && x[r] == x[r - 1] ? out[r - 1] : f(x[r]);
}

template <class F>
void rising(Tile& tile, NodeId id, F f) {
  const std::size_t rows = tile.rows_of(id);
  const Column x = argument(tile, id, 0).column;
  std::int64_t* low = tile.take_numbers(id, rows);
  fill_by(low, low_of(x), rows, f);
  std::int64_t* high = low;
  if (x.a != x.b) {
    high = tile.take_numbers(id, rows);
    fill_by(high, high_of(x), rows, f);
  }
  set_ends(tile, id, low, high);
}

template <class F>
void turning(Tile& tile, NodeId id, F f) {
  const std::size_t rows = tile.rows_of(id);
  const Column x = argument(tile, id, 0).column;
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = x.a == x.b ? low : tile.take_numbers(id, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const Days ends = f(Days{low_of(x)[r], high_of(x)[r]});
    high[r] = ends.high;
    low[r] = ends.low;
  }
  set_ends(tile, id, low, high);
}

/// A function of two operands that rises with the second, and rises or falls with the first.
template <class F>
void of_two(Tile& tile, NodeId id, bool rises_with_first, F f) {
  const std::size_t rows = tile.rows_of(id);
  const Column x = argument(tile, id, 0).column;
  const Column y = argument(tile, id, 1).column;
  const std::int64_t* for_low = rises_with_first ? low_of(x) : high_of(x);
  const std::int64_t* for_high = rises_with_first ? high_of(x) : low_of(x);
  const auto end = [&](const std::int64_t* first, const std::int64_t* second) {
    std::int64_t* out = tile.take_numbers(id, rows);
    for (std::size_t r = 0; r < rows; ++r)
      out[r] = r > 0 && first[r] == first[r - 1] && second[r] == second[r - 1] ? out[r - 1] : f(first[r], second[r]);
    return out;
  };
  std::int64_t* low = end(for_low, low_of(y));
  std::int64_t* high = x.a != x.b || y.a != y.b ? end(for_high, high_of(y)) : low;
  set_ends(tile, id, low, high);
}

std::int64_t months_from(std::int64_t from, std::int64_t to) { return full_months_between(date_at(from), date_at(to)); }

void evaluate_years(Tile& tile, NodeId id) {
  const std::size_t rows = tile.rows_of(id);
  const Column from = argument(tile, id, 0).column;
  const Column to = argument(tile, id, 1).column;
  const auto end = [&](const std::int64_t* first, const std::int64_t* last) {
    std::int64_t* out = tile.take_numbers(id, rows);
    tile.kernels->years_between(out, first, last, rows);
    return out;
  };
  std::int64_t* low = end(high_of(from), low_of(to));
  set_ends(tile, id, low, from.a != from.b || to.a != to.b ? end(low_of(from), high_of(to)) : low);
}

}  // namespace

void evaluate_date(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const bool from_month = is_month(tile, node.args[0]);
  switch (node.op) {
    case PlanOp::add_months: of_two(tile, id, true, moved); break;
    case PlanOp::months_between: of_two(tile, id, false, months_from); break;
    case PlanOp::years_between: evaluate_years(tile, id); break;
    case PlanOp::year_of: from_month ? rising(tile, id, year_of_month) : rising(tile, id, year_of_date); break;
    case PlanOp::month_number: from_month ? turning(tile, id, month_numbers_of_months) : turning(tile, id, month_numbers_of_dates); break;
    case PlanOp::day_of: turning(tile, id, days_of_month); break;
    case PlanOp::weekday_of: turning(tile, id, weekdays); break;
    case PlanOp::first_day: rising(tile, id, first_of_month); break;
    case PlanOp::last_day: rising(tile, id, last_of_month); break;
    case PlanOp::month_of: rising(tile, id, month_of_date); break;
    default: break;
  }
  join_undefined(tile, id);
}

}  // namespace duly::columnar
