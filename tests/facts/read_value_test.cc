// One value: from the text of a document to what stands in the column.

#include "facts/read_value.h"

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::string value_of(const std::string& fact, const std::string& text) { return show(sound(fact + ": " + text + "\n"), fact); }
std::string of_ana(const std::string& fact, const std::string& text) { return show(sound("people: {ana: {" + fact + ": " + text + "}}\n"), fact); }

TEST(Decimals, KeepEveryPlaceTheirFactHas) {
  EXPECT_EQ(decimal_from_text("1697", 2).scaled, 169'700);
  EXPECT_EQ(decimal_from_text("391.62", 2).scaled, 39'162);
  EXPECT_EQ(decimal_from_text("-0.25", 2).scaled, -25);
  EXPECT_EQ(decimal_from_text(".5", 1).scaled, 5);
  EXPECT_EQ(decimal_from_text("0.872", 6).scaled, 872'000);
}

TEST(Decimals, MayEndInZerosTheyDoNotNeed) {
  EXPECT_EQ(decimal_from_text("12.000", 0).scaled, 12);
  EXPECT_EQ(decimal_from_text("1.2500", 2).scaled, 125);
  EXPECT_EQ(decimal_from_text("1.2e3", 0).scaled, 1'200);
}

TEST(Decimals, AreNeverRounded) {
  EXPECT_EQ(decimal_from_text("0.001", 2).fault, DecimalFault::too_precise);
  EXPECT_EQ(decimal_from_text("12.5", 0).fault, DecimalFault::too_precise);
  EXPECT_EQ(decimal_from_text("1e-3", 2).fault, DecimalFault::too_precise);
  EXPECT_EQ(decimal_from_text("1e-3", 3).scaled, 1);
}

TEST(Decimals, ReachToTheEndsOf64BitsAndNoFurther) {
  EXPECT_EQ(decimal_from_text("9223372036854775807", 0).scaled, INT64_MAX);
  EXPECT_EQ(decimal_from_text("-9223372036854775808", 0).scaled, INT64_MIN);
  EXPECT_EQ(decimal_from_text("9223372036854775808", 0).fault, DecimalFault::too_large);
  EXPECT_EQ(decimal_from_text("92233720368547758.07", 2).scaled, INT64_MAX);
  EXPECT_EQ(decimal_from_text("92233720368547758.08", 2).fault, DecimalFault::too_large);
  EXPECT_EQ(decimal_from_text("99999999999999999", 9).fault, DecimalFault::too_large);
  EXPECT_EQ(decimal_from_text("1e100", 0).fault, DecimalFault::too_large);
}

TEST(Decimals, AreNothingElseThanDecimals) {
  for (const char* text : {"", "-", ".", "1.", "1,200", "$5", "5%", "1 000", "0x10", "1e", "--1", "+1", "1/3", "NaN", "1.2.3", "12a"})
    EXPECT_EQ(decimal_from_text(text, 2).fault, DecimalFault::no_number) << text;
}

TEST(Numbers, AreReadAtThePlacesOfTheirFact) {
  EXPECT_EQ(value_of("care_costs", "391.62"), "39162");
  EXPECT_EQ(value_of("savings_rate", "-0.5"), "-500000");
  EXPECT_EQ(value_of("rooms", "3"), "3");
}

TEST(Numbers, MayBeQuotedOrJson) {
  EXPECT_EQ(value_of("care_costs", "\"391.62\""), "39162");
  EXPECT_EQ(show(sound(R"({"care_costs": 391.10})"), "care_costs"), "39110");
  EXPECT_EQ(show(sound(R"({"care_costs": "391.10"})"), "care_costs"), "39110");
}

TEST(Numbers, WithMoreDecimalsThanTheirFactAreRefused) {
  EXPECT_ONE_ERROR(errors_of("care_costs: 12.345\n"), Code::too_precise, "at most 2 decimals");
  EXPECT_ONE_ERROR(errors_of("rooms: 2.5\n"), Code::too_precise, "write a whole number");
}

TEST(Numbers, MustLieInTheirRange) {
  EXPECT_EQ(value_of("care_costs", "0"), "0");
  EXPECT_EQ(value_of("care_costs", "20000"), "2000000");
  EXPECT_ONE_ERROR(errors_of("care_costs: -0.01\n"), Code::fact_out_of_range, "`care_costs` is `-0.01`, outside its range [0..20000]");
  EXPECT_ONE_ERROR(errors_of("care_costs: 20000.01\n"), Code::fact_out_of_range, "outside its range [0..20000]");
  EXPECT_ONE_ERROR(errors_of("care_costs: 1e99\n"), Code::fact_out_of_range, "outside its range [0..20000]");
}

TEST(Numbers, OutsideWhatIsPlausibleAreUsedWithAWarning) {
  for (const char* text : {"1", "5000"}) EXPECT_TRUE(sound("care_costs: " + std::string(text) + "\n").warnings.empty()) << text;
  for (const char* text : {"0.99", "5000.01"}) {
    const Household household = sound("care_costs: " + std::string(text) + "\n");
    EXPECT_ONE_ERROR(household.warnings, Code::not_plausible, "outside what is plausible, [1..5000]");
    EXPECT_EQ(household.warnings[0].severity, Severity::warning);
  }
}

TEST(Numbers, ThatAreNoneAreExplained) {
  EXPECT_ONE_ERROR(errors_of("care_costs: 1,200\n"), Code::not_a_value, "without thousands separators");
  EXPECT_ONE_ERROR(errors_of("care_costs: much\n"), Code::not_a_value, "`care_costs` is `much`, which is no number");
  EXPECT_ONE_ERROR(errors_of("care_costs: [1]\n"), Code::document_shape, "must be one value");
  EXPECT_ONE_ERROR(errors_of("care_costs: {a: 1}\n"), Code::document_shape, "must be one value");
}

TEST(Numbers, MayNameTheirOwnPeriodAndNoOther) {
  EXPECT_EQ(value_of("care_costs", "520 per month"), "52000");
  EXPECT_ONE_ERROR(errors_of("care_costs: 520 per week\n"), Code::not_a_value, "give the amount per month");
  EXPECT_EQ(of_ana("work_hours", "20.5 per week"), "2050");
  EXPECT_ONE_ERROR(errors_of("deposit: 520 per month\n"), Code::not_a_value, "write the amount alone");
}

TEST(Truths, AreYesAndNoInTwoSpellings) {
  EXPECT_EQ(value_of("homeless", "yes"), "yes");
  EXPECT_EQ(value_of("homeless", "true"), "yes");
  EXPECT_EQ(value_of("homeless", "no"), "no");
  EXPECT_EQ(value_of("homeless", "false"), "no");
  EXPECT_EQ(show(sound(R"({"homeless": true})"), "homeless"), "yes");
  for (const char* text : {"1", "Yes", "maybe", "none"})
    EXPECT_ONE_ERROR(errors_of("homeless: " + std::string(text) + "\n"), Code::not_a_value, "write `yes`, `no` or `unknown`");
}

TEST(Unknown, IsSaidByAWordAndLeavesEverythingOpen) {
  EXPECT_EQ(value_of("homeless", "unknown"), "yes or no");
  EXPECT_EQ(value_of("care_costs", "unknown"), "0..2000000");
  EXPECT_EQ(value_of("deposit", "unknown"), "none or 0..900000");
  EXPECT_EQ(value_of("utilities", "unknown"), "{} maybe {0, 1 and 2}");
}

TEST(AnEmptyValue, IsNotUnknownButAMistake) {
  for (const char* text : {"", "~", "null", "\"\""})
    EXPECT_ONE_ERROR(errors_of("homeless: " + std::string(text) + "\n"), Code::not_a_value, "write `unknown` where it is not known");
  EXPECT_ONE_ERROR(errors_of(R"({"homeless": null})"), Code::not_a_value, "has no value");
}

TEST(None, IsAValueOfFactsThatMayHaveNone) {
  EXPECT_EQ(value_of("deposit", "none"), "none");
  EXPECT_EQ(value_of("deposit", "12.50"), "1250");
  EXPECT_EQ(value_of("moved_in", "none"), "none");
  EXPECT_ONE_ERROR(errors_of("care_costs: none\n"), Code::not_a_value, "no number");
}

TEST(None, KeepsAColumnKnownAndInItsRange) {
  const Household household = sound("deposit: none\n");
  const FactColumn& column = household.table.facts[static_cast<std::size_t>(fact_id("deposit"))];
  EXPECT_TRUE(column.high.empty());
  EXPECT_EQ(column.low[0], 0);
  EXPECT_FALSE(column.may_be_absent.empty());
}

TEST(AKnownColumn, DropsItsUpperEndAndItsAbsence) {
  const Household household = sound("deposit: 12\nrooms: unknown\n");
  EXPECT_TRUE(household.table.facts[static_cast<std::size_t>(fact_id("deposit"))].high.empty());
  EXPECT_TRUE(household.table.facts[static_cast<std::size_t>(fact_id("deposit"))].may_be_absent.empty());
  EXPECT_FALSE(household.table.facts[static_cast<std::size_t>(fact_id("rooms"))].high.empty());
}

TEST(Dates, AreDaysOrWholeMonths) {
  EXPECT_EQ(value_of("moved_in", "2025-11-15"), "2025-11-15");
  EXPECT_EQ(value_of("moved_in", "2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(value_of("moved_in", "9999-12"), "9999-12-01..9999-12-31");
}

TEST(Dates, ThatAreNoneAreExplained) {
  for (const char* text : {"2025-02-30", "11/15/2025", "2025", "2025-13", "yesterday", "2025-1-5"})
    EXPECT_ONE_ERROR(errors_of("moved_in: " + std::string(text) + "\n"), Code::not_a_value, "YYYY-MM-DD");
}

TEST(Dates, MustLieInTheirRangeAndMonthsAreCutToIt) {
  EXPECT_EQ(of_ana("birth_date", "1880-01-01"), "1880-01-01");
  EXPECT_EQ(of_ana("birth_date", "2030-12-31"), "2030-12-31");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {birth_date: 1879-12-31}}\n"), Code::fact_out_of_range, "[1880-01-01..2030-12-31]");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {birth_date: 2031-01-01}}\n"), Code::fact_out_of_range, "[1880-01-01..2030-12-31]");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {birth_date: 2031-01}}\n"), Code::fact_out_of_range, "[1880-01-01..2030-12-31]");
}

TEST(Months, AreYearAndMonth) {
  EXPECT_EQ(value_of("counted_month", "2026-06"), "2026-06");
  EXPECT_ONE_ERROR(errors_of("counted_month: 2026-06-01\n"), Code::not_a_value, "write the month as YYYY-MM");
}

TEST(Words, AreTakenInEverySpellingTheirListAccepts) {
  EXPECT_EQ(show(sound("place: {state: north}\n"), "state"), "north");
  EXPECT_EQ(show(sound("place: {state: North Land}\n"), "state"), "north");
  EXPECT_EQ(show(sound("place: {county: county_69}\n"), "county"), "county_69") << "a list of more than 64 words";
}

TEST(Words, OutsideTheirListGetASuggestion) {
  EXPECT_ONE_ERROR(errors_of("place: {state: nort}\n"), Code::not_in_list, "did you mean `north`?");
  EXPECT_ONE_ERROR(errors_of("place: {state: elsewhere}\n"), Code::not_in_list, "its words are north and south");
  EXPECT_ONE_ERROR(errors_of("place: {county: county_70}\n"), Code::not_in_list, "did you mean");
}

TEST(Words, MayBeCalledNone) { EXPECT_EQ(of_ana("study", "none"), "none"); }

TEST(SetsOfWords, AreCompleteWhenGiven) {
  EXPECT_EQ(value_of("utilities", "[heating, telephone]"), "{0 and 2}");
  EXPECT_EQ(value_of("utilities", "[]"), "{}");
  EXPECT_EQ(value_of("utilities", "none"), "{}");
  EXPECT_EQ(value_of("utilities", "cooling"), "{1}");
  EXPECT_EQ(of_ana("languages", "none"), "{2}") << "a word of the list goes before the empty set";
}

TEST(SetsOfWords, StayOpenWhereMoreIsUnknown) { EXPECT_EQ(value_of("utilities", "[heating, {more: unknown}]"), "{0} maybe {0, 1 and 2}"); }

TEST(SetsOfWords, NameEachWrongWord) {
  EXPECT_THAT(errors_of("utilities: [heatin, {a: b}, watr]\n"),
              ::testing::ElementsAre(Complaint(Code::not_in_list, "did you mean `heating`?"), Complaint(Code::document_shape, "a list of words"),
                                     Complaint(Code::not_in_list, "its words are")));
  EXPECT_ONE_ERROR(errors_of("utilities: gas\n"), Code::not_in_list, "`utilities` is `gas`");
}

TEST(Texts, AreTakenAsTheyAre) { EXPECT_TRUE(errors_of("remark: \"called on Monday, 5 per cent\"\n").empty()); }

TEST(LongValues, AreCutInMessages) {
  const auto errors = errors_of("care_costs: " + std::string(5'000, 'x') + "\n");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_LT(errors[0].message.size(), 200U);
}

}  // namespace
}  // namespace duly::testing_facts
