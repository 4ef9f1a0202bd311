// Exact values as people read them.

#include "render/value_text.h"

#include <gtest/gtest.h>

namespace duly {
namespace {

Value value(Value::Kind kind, std::string text, std::string unit = "") {
  Value out;
  out.kind = kind;
  out.text = std::move(text);
  out.unit = std::move(unit);
  return out;
}

TEST(ValueText, AmountsHaveCommasAndTwoDecimals) {
  EXPECT_EQ(money_text("0"), "$0.00");
  EXPECT_EQ(money_text("1697"), "$1,697.00");
  EXPECT_EQ(money_text("1697.5"), "$1,697.50");
  EXPECT_EQ(money_text("-1234567.89"), "-$1,234,567.89");
  EXPECT_EQ(money_text("999"), "$999.00");
  EXPECT_EQ(money_text("1000"), "$1,000.00");
}

TEST(ValueText, PartsOfACentAreShownAndNotRoundedAway) { EXPECT_EQ(money_text("12.345"), "$12.345"); }

TEST(ValueText, AnAmountWithoutEndIsSaidToBeNear) {
  EXPECT_EQ(money_text("5000/3"), "about $1,666.67");
  EXPECT_EQ(money_text("-1/3"), "about -$0.33");
}

TEST(ValueText, NumbersBeyondAnyMachineWordStayExact) {
  EXPECT_EQ(grouped_number("123456789012345678901234567890.5"), "123,456,789,012,345,678,901,234,567,890.5");
}

TEST(ValueText, APeriodIsSaidInWordsOrLeftAway) {
  const Value amount = value(Value::Kind::money, "1697", "USD per month");
  EXPECT_EQ(to_text(amount), "$1,697.00 a month");
  EXPECT_EQ(to_text(amount, false), "$1,697.00");
  EXPECT_EQ(to_text(value(Value::Kind::money, "1", "USD per pay period")), "$1.00 a pay period");
}

TEST(ValueText, OneOfAUnitIsSingular) {
  EXPECT_EQ(to_text(value(Value::Kind::number, "1", "hours per week")), "1 hour a week");
  EXPECT_EQ(to_text(value(Value::Kind::number, "80", "hours per week")), "80 hours a week");
  EXPECT_EQ(to_text(value(Value::Kind::number, "36", "months")), "36 months");
  EXPECT_EQ(to_text(value(Value::Kind::number, "3")), "3");
}

TEST(ValueText, AShareThatHasNoDecimalStaysAFraction) {
  EXPECT_EQ(to_text(value(Value::Kind::number, "1/12")), "1/12");
  EXPECT_EQ(to_text(value(Value::Kind::number, "1000/3")), "333.333333");
}

TEST(ValueText, TheEndsOfARangeAreOfItsKind) {
  Value range;
  range.low = "2026-03-01";
  range.high = "never";
  EXPECT_EQ(to_text(range), "between 1 March 2026 and never");
  EXPECT_EQ(end_of_range(range, false).kind, Value::Kind::date);
  range.low = "2026-03";
  range.high = "2027-01";
  EXPECT_EQ(to_text(range), "between March 2026 and January 2027");
  range = value(Value::Kind::unknown, "", "USD per month");
  range.low = "0";
  range.high = "12.5";
  EXPECT_EQ(to_text(range), "between $0.00 and $12.50 a month");
  EXPECT_EQ(to_text(Value{}), "not known");
}

TEST(ValueText, DaysAndMonthsAreWrittenOut) {
  EXPECT_EQ(to_text(value(Value::Kind::date, "2026-06-01")), "1 June 2026");
  EXPECT_EQ(to_text(value(Value::Kind::date, "never")), "never");
  EXPECT_EQ(to_text(value(Value::Kind::month, "2026-12")), "December 2026");
  EXPECT_EQ(to_text(value(Value::Kind::months, "2026-06 2026-05")), "June 2026 and May 2026");
}

TEST(ValueText, TruthsWordsAndPeople) {
  EXPECT_EQ(to_text(value(Value::Kind::boolean, "true")), "yes");
  EXPECT_EQ(to_text(value(Value::Kind::boolean, "false")), "no");
  Value code = value(Value::Kind::code, "half");
  EXPECT_EQ(to_text(code), "half");
  code.label = "at least half-time";
  EXPECT_EQ(to_text(code), "at least half-time");
  EXPECT_EQ(to_text(value(Value::Kind::people, "ana leo mia")), "ana, leo and mia");
  EXPECT_EQ(to_text(value(Value::Kind::people, "")), "nobody");
  EXPECT_EQ(to_text(value(Value::Kind::codes, "")), "none");
}

TEST(ValueText, WhatIsAbsentIsNotWhatIsUnknown) {
  EXPECT_EQ(to_text(value(Value::Kind::absent, "none")), "none");
  EXPECT_EQ(to_text(value(Value::Kind::absent, "not_offered")), "not offered");
  EXPECT_EQ(to_text(Value{}), "not known");
}

TEST(ValueText, AnUnknownNumberSaysBetweenWhichEndsItLies) {
  Value range;
  range.low = "0";
  range.high = "5000";
  range.unit = "USD per month";
  EXPECT_EQ(to_text(range), "between $0.00 and $5,000.00 a month");
  range.unit = "";
  EXPECT_EQ(to_text(range), "between 0 and 5,000");
  range.low = "2026-06-01";
  range.high = "never";
  EXPECT_EQ(to_text(range), "between 1 June 2026 and never");
}

}  // namespace
}  // namespace duly
