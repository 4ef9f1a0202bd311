#pragma once

// Civil dates of the Gregorian calendar, as whole days. No clock, no time zone, no time of day.
//
// Threads: plain value types.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duly {

/// A day. `days` counts from 1970-01-01; valid dates run from 0001-01-01 to 9999-12-31.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

/// A calendar month. `index` is 12 * year + (month - 1).
struct Month {
  std::int32_t index = 0;
  auto operator<=>(const Month&) const = default;
};

struct CivilDay {
  int year;
  int month;  ///< 1 to 12
  int day;    ///< 1 to 31
};

/// Later than every date: "it never happens".
inline constexpr Date never{2'932'897};  // one day after 9999-12-31
inline constexpr Date first_date{-719'162};
inline constexpr Date last_date{2'932'896};

int days_in_month(int year, int month);
std::optional<Date> date_of(int year, int month, int day);
CivilDay civil(Date date);
Month month_of(Date date);
Date first_day_of(Month month);
Date last_day_of(Month month);

/// `date` moved by whole months; a day that does not exist becomes the last of its month (31 January + 1 month = 28 or 29 February).
Date plus_months(Date date, std::int64_t months);

/// Whole months from `from` to `to`, toward zero: 2011-12-22 to 2013-08-24 is 20.
std::int32_t full_months_between(Date from, Date to);

/// Completed years from `from` to `to`: an age. Someone born on 29 February completes a year on 1 March of a year without that day.
std::int32_t full_years_between(Date from, Date to);

/// 1 Monday to 7 Sunday.
int weekday(Date date);

/// `2026-11-25`, nothing else.
std::optional<Date> date_from_text(std::string_view text);
/// `2026-11`, nothing else.
std::optional<Month> month_from_text(std::string_view text);
std::string to_text(Date date);   ///< `never` for `never`
std::string to_text(Month month);

}  // namespace duly
