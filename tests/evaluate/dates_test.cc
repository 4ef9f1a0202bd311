#include <gtest/gtest.h>

#include <functional>

#include "base/date.h"
#include "evaluate/sample.h"

namespace duly::test {
namespace {

std::int64_t day(int year, int month, int of_month) { return date_of(year, month, of_month)->days; }
Cell on(int year, int month, int of_month) { return known(day(year, month, of_month)); }

std::string dates(const Values& values, NodeId id) {
  std::string out;
  const std::int32_t rows = values.rows(household_level).count;
  for (std::int32_t row = 0; row < rows; ++row) {
    const NumberValue v = values.number(id, row);
    const auto text_of = [](const Number& n) { return to_text(Date{static_cast<std::int32_t>(n)}); };
    out += (row == 0 ? "" : " ") + text_of(v.low) + (v.low == v.high ? "" : ".." + text_of(v.high));
  }
  return out;
}

struct OfDates {
  Sample sample;
  NodeId id = no_node;
  OfDates(PlanOp op, std::vector<Cell> x, std::vector<Cell> y = {}) : sample(std::vector<int>(x.size(), 1)) {
    std::vector<NodeId> args{sample.numbers(std::move(x))};
    if (!y.empty()) args.push_back(sample.numbers(std::move(y)));
    id = sample.node(op, Shape::number, household_level, args);
  }
  std::string numbers() { return all(sample.run(), id); }
  std::string as_dates() { return dates(sample.run(), id); }
};

TEST(Dates, MoveByMonthsToTheLastDayThatExists) {
  EXPECT_EQ(OfDates(PlanOp::add_months, {on(2023, 1, 31), on(2024, 1, 31), on(2024, 3, 31)}, {known(1), known(1), known(-1)}).as_dates(),
            "2023-02-28 2024-02-29 2024-02-29");
}

TEST(Dates, MoveBothEnds) {
  EXPECT_EQ(OfDates(PlanOp::add_months, {between(day(2023, 1, 29), day(2023, 1, 31))}, {between(1, 2)}).as_dates(), "2023-02-28..2023-03-31");
}

TEST(Dates, NeverStaysNever) {
  EXPECT_EQ(OfDates(PlanOp::add_months, {known(never.days), on(9999, 12, 1)}, {known(5), known(5)}).as_dates(), "never 9999-12-31");
}

TEST(Dates, OutsideTheCalendarAreHeldAtItsEnds) {
  EXPECT_EQ(OfDates(PlanOp::add_months, {known(INT64_MIN / 2), on(2020, 1, 1)}, {known(INT64_MIN / 2), known(INT64_MAX / 2)}).as_dates(),
            "0001-01-01 9999-12-31");
}

TEST(Dates, AgesAreCompletedYears) {
  EXPECT_EQ(OfDates(PlanOp::years_between, {on(2000, 2, 29), on(2000, 2, 29), between(day(1990, 6, 1), day(1990, 6, 30))},
                    {on(2023, 2, 28), on(2023, 3, 1), on(2020, 6, 15)})
                .numbers(),
            "22 23 [29..30]");
}

TEST(Dates, MonthsBetweenGoTowardZero) {
  EXPECT_EQ(OfDates(PlanOp::months_between, {on(2011, 12, 22), on(2013, 8, 24), on(2020, 1, 15)},
                    {on(2013, 8, 24), on(2011, 12, 22), between(day(2020, 2, 14), day(2020, 2, 15))})
                .numbers(),
            "20 -20 [0..1]");
}

TEST(Dates, HaveAYearAMonthADayAndAWeekday) {
  const std::vector<Cell> x{on(2026, 11, 25), between(day(2026, 11, 25), day(2026, 11, 27)), between(day(2026, 11, 29), day(2026, 12, 2))};
  EXPECT_EQ(OfDates(PlanOp::year_of, x).numbers(), "2026 2026 2026");
  EXPECT_EQ(OfDates(PlanOp::month_number, x).numbers(), "11 11 [11..12]");
  EXPECT_EQ(OfDates(PlanOp::day_of, x).numbers(), "25 [25..27] [1..31]");
  EXPECT_EQ(OfDates(PlanOp::weekday_of, x).numbers(), "3 [3..5] [1..7]");
}

TEST(Dates, TurnRoundAtTheEndOfAYear) {
  const std::vector<Cell> x{between(day(2026, 12, 31), day(2027, 1, 1))};
  EXPECT_EQ(OfDates(PlanOp::year_of, x).numbers(), "[2026..2027]");
  EXPECT_EQ(OfDates(PlanOp::month_number, x).numbers(), "[1..12]");
}

TEST(Dates, OfOneWeekAreNarrowOnlyInOrder) {
  EXPECT_EQ(OfDates(PlanOp::weekday_of, {between(day(2026, 11, 23), day(2026, 11, 29)), between(day(2026, 11, 28), day(2026, 11, 30)),
                                         between(day(2026, 11, 23), day(2026, 11, 30))})
                .numbers(),
            "[1..7] [1..7] [1..7]");
}

TEST(Months, HaveFirstAndLastDays) {
  const std::vector<Cell> x{known(month_of(*date_of(2024, 2, 10)).index),
                            between(month_of(*date_of(2023, 2, 1)).index, month_of(*date_of(2023, 4, 1)).index)};
  EXPECT_EQ(OfDates(PlanOp::first_day, x).as_dates(), "2024-02-01 2023-02-01..2023-04-01");
  EXPECT_EQ(OfDates(PlanOp::last_day, x).as_dates(), "2024-02-29 2023-02-28..2023-04-30");
}

TEST(Months, OfADateRise) {
  EXPECT_EQ(OfDates(PlanOp::month_of, {on(2024, 2, 29), between(day(2024, 2, 29), day(2024, 3, 1))}).numbers(), "24289 [24289..24290]");
}

TEST(Months, HaveAYearAndANumberToo) {
  OfDates year(PlanOp::year_of, {known(24289), between(24299, 24300)});
  OfDates number(PlanOp::month_number, {known(24289), between(24288, 24290)});
  for (OfDates* each : {&year, &number}) {
    Term month;
    month.type.base = Base::month;
    each->sample.program->terms = {month};
    each->sample.at(0).origin = 0;
  }
  EXPECT_EQ(year.numbers(), "2024 [2024..2025]");
  EXPECT_EQ(number.numbers(), "2 [1..3]");
}

TEST(Dates, AreUndefinedWhereTheirOperandsAre) {
  EXPECT_EQ(OfDates(PlanOp::year_of, {absent(), or_absent(on(2024, 1, 1))}).numbers(), "undefined 2024 or undefined");
  EXPECT_EQ(OfDates(PlanOp::add_months, {on(2024, 1, 1)}, {absent()}).numbers(), "undefined");
}

TEST(Dates, AreTheDaysOfTheCalendarOneAfterTheOther) {
  std::int32_t next = first_date.days;
  for (int year = 1; year <= 9999; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= days_in_month(year, month); ++day, ++next) {
        const CivilDay civil_day = civil({next});
        ASSERT_TRUE(civil_day.year == year && civil_day.month == month && civil_day.day == day)
            << year << "-" << month << "-" << day << " is read as " << civil_day.year << "-" << civil_day.month << "-" << civil_day.day;
        if (day == 1 || day == 31) { ASSERT_EQ(date_from_text(to_text(Date{next})), Date{next}) << to_text(Date{next}); }
      }
  EXPECT_EQ(next - 1, last_date.days);
}

}  // namespace
}  // namespace duly::test
