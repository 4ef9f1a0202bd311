#include "base/date.h"

#include <array>

namespace duly {
namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// Days from 1970-01-01, by counting in eras of 400 years that start on 1 March.
std::int32_t days_from_civil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

/// `width` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> date_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{days_from_civil(year, month, day)};
}

/// Divisions by multiplication, as Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022), derive them:
/// years begin on 1 March, and the day of the year times 2141 holds the month in its upper half. Dates begin with the year 1.
CivilDay civil(Date date) {
  const auto quarters = 4 * static_cast<std::uint32_t>(date.days + 719'468) + 3;
  const std::uint32_t century = quarters / 146'097;
  const std::uint32_t quarters_left = quarters % 146'097 | 3U;
  const std::uint64_t years_of_century = std::uint64_t{2'939'745} * quarters_left;
  const auto year_of_century = static_cast<std::uint32_t>(years_of_century >> 32);
  const std::uint32_t day_of_year = static_cast<std::uint32_t>(years_of_century) / 2'939'745 / 4;
  const std::uint32_t month_and_day = 2141 * day_of_year + 197'913;
  const bool after_december = day_of_year >= 306;
  const std::uint32_t month = (month_and_day >> 16) - (after_december ? 12 : 0);
  const std::uint32_t year = 100 * century + year_of_century + (after_december ? 1 : 0);
  return {static_cast<int>(year), static_cast<int>(month), static_cast<int>((month_and_day & 0xFFFF) / 2141) + 1};
}

Month month_of(Date date) {
  const CivilDay c = civil(date);
  return {c.year * 12 + c.month - 1};
}

Date first_day_of(Month month) { return {days_from_civil(month.index / 12, month.index % 12 + 1, 1)}; }

Date last_day_of(Month month) { return {first_day_of({month.index + 1}).days - 1}; }

Date plus_months(Date date, std::int64_t months) {
  if (date >= never) return never;
  const CivilDay c = civil(date);
  const std::int64_t index = std::int64_t{c.year} * 12 + c.month - 1 + months;
  if (index < 12) return first_date;
  if (index >= 120'000) return last_date;
  const int year = static_cast<int>(index / 12);
  const int month = static_cast<int>(index % 12) + 1;
  const int longest = days_in_month(year, month);
  return {days_from_civil(year, month, c.day < longest ? c.day : longest)};
}

std::int32_t full_months_between(Date from, Date to) {
  if (to < from) return -full_months_between(to, from);
  const CivilDay a = civil(from);
  const CivilDay b = civil(to);
  return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
}

std::int32_t full_years_between(Date first, Date last) {
  const CivilDay from = civil(first);
  const CivilDay to = civil(last);
  const bool before_birthday = to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before_birthday ? 1 : 0);
}

int weekday(Date date) {
  const int from_thursday = date.days % 7;  // 1970-01-01 was a Thursday
  return (from_thursday + 7 + 3) % 7 + 1;
}

std::optional<Date> date_from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return date_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

std::optional<Month> month_from_text(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  if (year < 1 || month < 1 || month > 12) return std::nullopt;
  return Month{year * 12 + month - 1};
}

namespace {

/// Year, month and day with hyphens between them, or without the day.
std::string text_of(const CivilDay& c, bool with_day) {
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  std::string out{digit(c.year / 1000), digit(c.year / 100), digit(c.year / 10), digit(c.year), '-', digit(c.month / 10), digit(c.month)};
  if (with_day) out += {'-', digit(c.day / 10), digit(c.day)};
  return out;
}

}  // namespace

std::string to_text(Date date) { return date >= never ? "never" : text_of(civil(date), true); }

std::string to_text(Month month) {
  if (month >= month_of(never)) return "never";
  return text_of({month.index / 12, month.index % 12 + 1, 1}, false);
}

}  // namespace duly
