// Values of rules from outside: `stated` in documents, `assume` in cases and maps.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

const StatedColumn* column_of(const FactTable& table, const std::string& rule) {
  for (const StatedColumn& stated : table.stated)
    if (stated.rule == rule_id(rule)) return &stated;
  return nullptr;
}

/// `3`, `391.62`, `yes`, `word 1`, `none`, `-` where nothing is stated.
std::string stated(const FactTable& table, const std::string& rule, std::size_t row = 0) {
  const StatedColumn* found = column_of(table, rule);
  if (found == nullptr || !has_bit(found->present, row)) return "-";
  const FactColumn& column = found->column;
  if (!column.may_be_absent.empty() && has_bit(column.may_be_absent, row)) return "none";
  if (!column.may_be_true.empty()) return has_bit(column.may_be_true, row) ? "yes" : "no";
  if (!column.possible.empty()) return "words " + std::to_string(column.possible[row]);
  const Number low = Number(column.low[row]) / found->denominator;
  const Number high = column.high.empty() ? low : Number(column.high[row]) / found->denominator;
  return to_text(low) + (low == high ? "" : ".." + to_text(high));
}

TEST(Stated, GivesTheValueOfARuleOfTheUnit) {
  const Household household = sound("stated: {unit_size: 3}\n");
  EXPECT_EQ(stated(household.table, "unit_size"), "3");
  const StatedColumn* column = column_of(household.table, "unit_size");
  EXPECT_EQ(column->present.size(), 1U);
  EXPECT_FALSE(column->assumed);
  ASSERT_EQ(household.stated.size(), 1U);
  EXPECT_EQ(household.stated[0].rule, rule_id("unit_size"));
  EXPECT_EQ(household.stated[0].row, 0);
  EXPECT_EQ(household.stated[0].value, "3");
  EXPECT_FALSE(household.stated[0].assumed);
}

TEST(Stated, GivesTheValueOfARuleOfAPerson) {
  const Household household = sound("people: {ana: {}, leo: {}}\nstated: {leo: {months_used: 2}}\n");
  EXPECT_EQ(stated(household.table, "months_used", 0), "-");
  EXPECT_EQ(stated(household.table, "months_used", 1), "2");
  EXPECT_EQ(household.stated[0].row, 1);
}

TEST(Stated, ReadsNumbersAtThePlacesPlansProvideFor) {
  EXPECT_EQ(stated(sound("stated: {shelter_costs: 391.62}\n").table, "shelter_costs"), "391.62");
  EXPECT_EQ(column_of(sound("stated: {shelter_costs: 391}\n").table, "shelter_costs")->denominator, 100);
  EXPECT_EQ(column_of(sound("stated: {unit_size: 3}\n").table, "unit_size")->denominator, 1);
  EXPECT_ONE_ERROR(errors_of("stated: {shelter_costs: 391.625}\n"), Code::too_precise, "give at most 2 decimals");
  EXPECT_EQ(stated(sound("stated: {untyped: 0.000001}\n").table, "untyped"), "0.000001");
  EXPECT_ONE_ERROR(errors_of("stated: {untyped: 0.0000001}\n"), Code::too_precise, "give at most 6 decimals");
}

TEST(Stated, ReadsCodesDatesMonthsAndNone) {
  const FactTable table = sound("stated: {region: south, cap: none, met_on: 2026-03, counted_from: 2026-04}\n").table;
  EXPECT_EQ(stated(table, "region"), "words 2");
  EXPECT_EQ(stated(table, "cap"), "none");
  EXPECT_EQ(stated(table, "met_on"), std::to_string(date_of(2026, 3, 1)->days) + ".." + std::to_string(date_of(2026, 3, 31)->days));
  EXPECT_EQ(stated(table, "counted_from"), std::to_string(2026 * 12 + 3));
  EXPECT_EQ(stated(sound("stated: {cap: 12.50}\n").table, "cap"), "12.5");
  EXPECT_EQ(stated(sound("stated: {region: North Land}\n").table, "region"), "words 1");
}

TEST(Stated, RefusesWhatIsNoValueOfTheRule) {
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: three}\n"), Code::not_a_value, "`unit_size` is `three`, which is no value of type count");
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: 2.5}\n"), Code::too_precise, "write a whole number");
  EXPECT_ONE_ERROR(errors_of("stated: {region: west}\n"), Code::not_a_value, "write a word of its list");
  EXPECT_ONE_ERROR(errors_of("stated: {met_on: soon}\n"), Code::not_a_value, "YYYY-MM-DD");
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: [3]}\n"), Code::document_shape, "must be one value");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nstated: {ana: {relatives: ana}}\n"), Code::not_a_value, "a value of this type cannot be given");
  EXPECT_ONE_ERROR(errors_of("stated: [unit_size]\n"), Code::document_shape, "`stated` must be a record");
}

TEST(Stated, MustLieInTheRangeOfTheRule) {
  EXPECT_TRUE(errors_of("stated: {unit_size: 1}\n").empty());
  EXPECT_TRUE(errors_of("stated: {unit_size: 30}\n").empty());
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: 0}\n"), Code::fact_out_of_range, "outside its range [1..30]");
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: 31}\n"), Code::fact_out_of_range, "outside its range [1..30]");
}

TEST(Stated, GoesUpToABillionWhereTheRuleHasNoRange) {
  EXPECT_EQ(stated(sound("stated: {shelter_costs: 1000000000}\n").table, "shelter_costs"), "1000000000");
  EXPECT_EQ(stated(sound("stated: {shelter_costs: -1000000000}\n").table, "shelter_costs"), "-1000000000");
  EXPECT_ONE_ERROR(errors_of("stated: {shelter_costs: 1000000000.01}\n"), Code::fact_out_of_range, "[-1000000000..1000000000]");
  EXPECT_ONE_ERROR(errors_of("stated: {shelter_costs: -1e40}\n"), Code::fact_out_of_range, "[-1000000000..1000000000]");
}

TEST(Stated, GoesNoFurtherThanItsColumnWhateverTheRuleSays) {
  Declarations wide = small_dictionary();
  wide.rules[static_cast<std::size_t>(rule_id("unit_size"))].range = std::pair{Number(0), *number_from_text("1e50")};
  const DictionaryIndex index(wide);
  const auto read_size = [&](const std::string& size) {
    std::vector<Diagnostic> errors;
    return read_household(index, parse_document(make_source("", "stated: {unit_size: " + size + "}\n"), errors), {}, {});
  };
  EXPECT_TRUE(read_size("9223372036854775807").ok());
  EXPECT_FALSE(read_size("9223372036854775808").ok());
}

TEST(Stated, IsForRulesThatAllowIt) {
  EXPECT_ONE_ERROR(errors_of("stated: {net_income: 5}\n"), Code::may_not_be_stated, "may_be_stated: true");
  EXPECT_ONE_ERROR(errors_of("stated: {income_test: passed}\n"), Code::may_not_be_stated, "`income_test`");
  EXPECT_ONE_ERROR(errors_of("stated: {food_unit: one_unit}\n"), Code::may_not_be_stated, "who is in a unit");
  EXPECT_ONE_ERROR(errors_of("stated: {counted: 5}\n"), Code::may_not_be_stated, "of `income_item`, cannot be given in a document");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nstated: {spell_length: 5}\n"), Code::may_not_be_stated, "of `stay_spell`");
  EXPECT_EQ(errors_of("stated: {net_income: 5}\n")[0].cite, "cite of net_income");
}

TEST(Stated, NamesRulesAndPeople) {
  EXPECT_ONE_ERROR(errors_of("stated: {unit_sise: 5}\n"), Code::unknown_fact, "did you mean `unit_size`?");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nstated: {anna: {months_used: 1}}\n"), Code::unknown_fact, "did you mean `ana`?");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nstated: {months_used: 1}\n"), Code::document_shape, "stated: {PERSON: {months_used: ...}}");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nstated: {ana: {unit_size: 1}}\n"), Code::document_shape, "`unit_size` is not about a person");
}

TEST(Stated, MayBeUnknownWhichSaysNothing) {
  const Household household = sound("stated: {unit_size: unknown}\n");
  EXPECT_TRUE(household.table.stated.empty());
  EXPECT_TRUE(household.stated.empty());
}

TEST(ARuleWithoutAType, TakesWhatTheTextLooksLike) {
  EXPECT_EQ(stated(sound("stated: {untyped: yes}\n").table, "untyped"), "yes");
  EXPECT_EQ(stated(sound("stated: {untyped: 2.5}\n").table, "untyped"), "2.5");
  EXPECT_EQ(stated(sound("stated: {untyped: 1970-01-03}\n").table, "untyped"), "2");
  EXPECT_EQ(stated(sound("stated: {untyped: south}\n").table, "untyped"), "words 2");
  EXPECT_ONE_ERROR(errors_of("stated: {untyped: heating}\n"), Code::not_a_value, "where a word stands in several lists");
  EXPECT_ONE_ERROR(errors_of("stated: {untyped: nowhere}\n"), Code::not_a_value, "no value of a rule");
}

TEST(ARuleWithoutAType, TakesValuesOfOneTypeOnly) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}, leo: {}}\nstated: {ana: {untyped_of_person: 5}, leo: {untyped_of_person: yes}}\n"), Code::not_a_value,
                   "values of different types");
}

TEST(ARuleWithoutAType, IsReadByTheTypeTheCheckFound) {
  std::vector<Type> types(small_dictionary().rules.size());
  types[static_cast<std::size_t>(rule_id("untyped"))].base = Base::code;
  types[static_cast<std::size_t>(rule_id("untyped"))].list = 0;  // occasion
  const DictionaryIndex index(small_dictionary(), types);
  std::vector<Diagnostic> errors;
  const auto result = read_household(index, parse_document(make_source("", "stated: {untyped: renewal}\n"), errors), {}, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(stated(result->table, "untyped"), "words 2");
}

TEST(SeveralPeople, MayHaveDifferentValues) {
  const Household household = sound("people: {ana: {}, leo: {}, mia: {}}\nstated: {ana: {untyped_of_person: 5}, mia: {untyped_of_person: 0.25}}\n");
  EXPECT_EQ(stated(household.table, "untyped_of_person", 0), "5");
  EXPECT_EQ(stated(household.table, "untyped_of_person", 1), "-");
  EXPECT_EQ(stated(household.table, "untyped_of_person", 2), "0.25");
}

TEST(Assume, IsForCasesOnly) { EXPECT_ONE_ERROR(errors_of("assume: {unit_size: 3}\n"), Code::assume_not_allowed, "worked cases and maps only"); }

TEST(Assume, GivesAnyRuleAValueAndSaysSo) {
  const Household household = sound("assume: {net_income: 12.50, income_test: failed}\n", as_case);
  EXPECT_EQ(stated(household.table, "net_income"), "12.5");
  EXPECT_EQ(stated(household.table, "income_test"), "no");
  EXPECT_TRUE(column_of(household.table, "net_income")->assumed);
  EXPECT_TRUE(household.stated[0].assumed);
}

TEST(Assume, SpeaksOfEveryoneWhereItNamesNobody) {
  const Household household = sound("people: {ana: {wages: 5}, leo: {}}\nassume: {months_used: 1, counted: 7}\n", as_case);
  EXPECT_EQ(stated(household.table, "months_used", 0), "1");
  EXPECT_EQ(stated(household.table, "months_used", 1), "1");
  EXPECT_EQ(stated(household.table, "counted", 0), "7");
  EXPECT_EQ(household.stated[0].row, -1);
  const Household one = sound("people: {ana: {}, leo: {}}\nassume: {leo: {months_used: 1}}\n", as_case);
  EXPECT_EQ(stated(one.table, "months_used", 0), "-");
}

TEST(Assume, MayTakeEverybodyForOneUnit) {
  const Household household = sound("assume: {food_unit: one_unit}\n", as_case);
  EXPECT_THAT(household.table.one_unit, ::testing::ElementsAre(rule_id("food_unit")));
  EXPECT_EQ(household.stated[0].value, "one_unit");
  EXPECT_ONE_ERROR(errors_of("assume: {food_unit: 3}\n", as_case), Code::not_a_value, "can only be assumed to be `one_unit`");
}

TEST(Assume, MayTakeAllTestsForPassed) {
  const Household household = sound("people: {ana: {}, leo: {}}\nassume: {tests: passed}\n", as_case);
  EXPECT_EQ(stated(household.table, "income_test"), "yes");
  EXPECT_EQ(stated(household.table, "citizen_test", 1), "yes");
  EXPECT_EQ(stated(household.table, "net_income"), "-");
  EXPECT_TRUE(column_of(household.table, "citizen_test")->assumed);
  EXPECT_EQ(household.stated.size(), 2U);
  EXPECT_ONE_ERROR(errors_of("assume: {tests: failed}\n", as_case), Code::not_a_value, "can only be assumed to be `passed`");
}

TEST(Assume, MayTakeAllTestsButOneForPassed) {
  const Household household = sound("assume: {income_test: failed, tests: passed}\n", as_case);
  EXPECT_EQ(stated(household.table, "income_test"), "no");
}

TEST(AValue, MayNotBeGivenTwice) {
  EXPECT_ONE_ERROR(errors_of("stated: {unit_size: 3}\nassume: {unit_size: 3}\n", as_case), Code::given_twice, "both stated and assumed");
  EXPECT_ONE_ERROR(errors_of("people: {ana: {}}\nassume: {months_used: 3, ana: {months_used: 2}}\n", as_case), Code::given_twice,
                   "`months_used` is given twice");
}

}  // namespace
}  // namespace duly::testing_facts
