// Records: long and short form, which lists are complete, periods, who pays.

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

std::string of_ana(const std::string& what) { return "people: {ana: {" + what + "}}\n"; }

TEST(TheShortForm, AddsOneRecord) {
  const Household household = sound(of_ana("wages: 1697"));
  EXPECT_EQ(row_count(household.table, "income_item"), 1U);
  EXPECT_EQ(show(household, "income.kind"), "wages");
  EXPECT_EQ(show(household, "income.amount"), "169700");
  EXPECT_EQ(show(household, "income.every"), "month");
  EXPECT_FALSE(is_closed(household.table, "income"));
}

TEST(TheShortForm, WorksForTheHousehold) {
  const Household household = sound("rent: 900\nheating: 120.50\n");
  EXPECT_EQ(show(household, "expenses.kind", 0), "rent");
  EXPECT_EQ(show(household, "expenses.kind", 1), "heating");
  EXPECT_EQ(show(household, "expenses.amount", 1), "12050");
  EXPECT_FALSE(is_closed(household.table, "expenses"));
}

TEST(TheShortForm, TakesThePeriodOfAPayPeriod) {
  const auto every = [](const std::string& period) { return show(sound(of_ana("wages: 391.62 per " + period)), "income.every"); };
  for (const char* period : {"day", "week", "two_weeks", "twice_a_month", "month", "year", "quarter"}) EXPECT_EQ(every(period), period);
  EXPECT_EQ(every("two weeks"), "two_weeks") << "a spelling the list accepts";
  EXPECT_EQ(show(sound(of_ana("wages: 391.62 per week")), "income.amount"), "39162");
  EXPECT_ONE_ERROR(errors_of(of_ana("wages: 391.62 per fortnight")), Code::not_in_list, "`fortnight`");
}

TEST(TheShortForm, OfAQuantityWithItsOwnPeriodTakesNoOther) {
  EXPECT_TRUE(errors_of("rent: 900 per month\n").empty());
  EXPECT_ONE_ERROR(errors_of("rent: 200 per week\n"), Code::not_a_value, "asked per month");
}

TEST(TheShortForm, MayBeUnknown) {
  const Household household = sound(of_ana("wages: unknown"));
  EXPECT_EQ(show(household, "income.kind"), "wages");
  EXPECT_EQ(show(household, "income.amount"), "0..10000000");
}

TEST(TheShortForm, TakesOneValue) {
  EXPECT_ONE_ERROR(errors_of(of_ana("wages: [100, 200]")), Code::document_shape, "write income: [{kind: wages, amount: ...}]");
  EXPECT_ONE_ERROR(errors_of(of_ana("wages: {amount: 100}")), Code::document_shape, "needs the long form");
  EXPECT_ONE_ERROR(errors_of(of_ana("wages: -1")), Code::fact_out_of_range, "`ana.wages` is `-1`, outside its range [0..100000]");
}

TEST(TheShortForm, OfAWordOfTwoListsIsRefused) {
  EXPECT_ONE_ERROR(errors_of(of_ana("other: 5")), Code::unknown_fact, "write it in the long form of the list that is meant");
}

TEST(TheLongForm, ClosesTheList) {
  const Household household = sound(of_ana("income: [{kind: wages, amount: 391.62, every: week, earned: yes}, {kind: pension, amount: 100}]"));
  EXPECT_EQ(show(household, "income.every", 0), "week");
  EXPECT_EQ(show(household, "income.earned", 0), "yes");
  EXPECT_EQ(show(household, "income.kind", 1), "pension");
  EXPECT_EQ(show(household, "income.every", 1), "month");
  EXPECT_TRUE(is_closed(household.table, "income"));
}

TEST(TheLongForm, MayBeEmpty) {
  EXPECT_TRUE(is_closed(sound(of_ana("income: []")).table, "income"));
  EXPECT_TRUE(is_closed(sound(of_ana("income: none")).table, "income"));
  EXPECT_TRUE(is_closed(sound("expenses: []\n").table, "expenses"));
}

TEST(TheLongForm, OfOneRecordNeedsNoList) {
  const Household household = sound(of_ana("stays: {from: 2026-01-02, nights: 3}"));
  EXPECT_EQ(show(household, "stays.nights"), "3");
  EXPECT_TRUE(is_closed(household.table, "stays"));
}

TEST(TheLongForm, StaysOpenWhereMoreIsUnknown) {
  for (const char* text :
       {"income: [{kind: wages, amount: 5}, {more: unknown}]", "income: [{more: unknown}]", "income: {more: unknown}", "income: unknown"})
    EXPECT_FALSE(is_closed(sound(of_ana(text)).table, "income")) << text;
}

TEST(TheLongForm, TakesAPeriodWithTheAmountButNotTwice) {
  EXPECT_EQ(show(sound(of_ana("income: [{kind: wages, amount: 520 per week}]")), "income.every"), "week");
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [{kind: wages, amount: 520 per week, every: month}]")), Code::given_twice,
                   "`ana.income[0].every` is given twice");
}

TEST(TheLongForm, NamesFieldsThatItDoesNotKnow) {
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [{kind: wages, amout: 5}]")), Code::unknown_fact, "did you mean `amount`?");
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [{wages: 5}]")), Code::unknown_fact, "write kind: wages, amount: ...");
  EXPECT_ONE_ERROR(errors_of(of_ana("stays: [{bed: 5}]")), Code::unknown_fact, "its fields are evidence, learned_on, from and nights");
}

TEST(TheLongForm, HasRecordsAndNothingElse) {
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [5]")), Code::document_shape, "each of `income` must be a record");
  EXPECT_ONE_ERROR(errors_of(of_ana("income: 5")), Code::document_shape, "or [] for none");
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [[{kind: wages}]]")), Code::document_shape, "each of `income` must be a record");
}

TEST(TheLongForm, NamesTheRecordThatIsWrong) {
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [{kind: wages, amount: 5}, {kind: tips, amount: x}]")), Code::not_a_value,
                   "`ana.income[1].amount` is `x`");
  EXPECT_ONE_ERROR(errors_of("expenses: [{kind: rnt}]\n"), Code::not_in_list, "`expenses[0].kind` is `rnt`");
}

TEST(ShortAndLongForm, StandInTheOrderOfTheDocument) {
  const Household household = sound("people:\n  ana: {tips: 3, income: [{kind: pension, amount: 1}], wages: 2}\n  leo: {wages: 4}\n");
  EXPECT_EQ(show(household, "income.kind", 0), "tips");
  EXPECT_EQ(show(household, "income.kind", 1), "pension");
  EXPECT_EQ(show(household, "income.kind", 2), "wages");
  EXPECT_THAT(household.record_labels[0], ::testing::ElementsAre("ana.income[0]", "ana.income[1]", "ana.income[2]", "leo.income[0]"));
  EXPECT_TRUE(is_closed(household.table, "income", 0));
  EXPECT_FALSE(is_closed(household.table, "income", 1));
  const FactRows& rows = household.table.levels[static_cast<std::size_t>(small_dictionary().records[0].level)];
  EXPECT_THAT(rows.owner, ::testing::ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(rows.begin, ::testing::ElementsAre(0, 4));
}

TEST(RecordsOfTheHousehold, MayStandTogether) {
  const Household household = sound("records: {expenses: [{kind: rent, amount: 5}]}\n");
  EXPECT_EQ(show(household, "expenses.kind"), "rent");
  EXPECT_THAT(household.record_labels[2], ::testing::ElementsAre("expenses[0]"));
  EXPECT_ONE_ERROR(errors_of("records: {expenses: []}\nexpenses: []\n"), Code::given_twice, "`expenses` is given twice");
  EXPECT_ONE_ERROR(errors_of("records: {income: []}\n"), Code::unknown_fact, "below the person");
  EXPECT_ONE_ERROR(errors_of("records: {homeless: yes}\n"), Code::unknown_fact, "homeless");
}

TEST(NoOther, ClosesTheListsOfEveryone) {
  const Household household = sound("people: {ana: {wages: 1697}, leo: {}}\nno_other: [income, expenses]\nrent: 900\n");
  EXPECT_TRUE(is_closed(household.table, "income", 0));
  EXPECT_TRUE(is_closed(household.table, "income", 1));
  EXPECT_TRUE(is_closed(household.table, "expenses"));
  EXPECT_FALSE(is_closed(household.table, "assets", 0));
  EXPECT_TRUE(is_closed(sound("no_other: expenses\n").table, "expenses"));
}

TEST(NoOther, ContradictsAListThatSaysThereMayBeMore) {
  EXPECT_ONE_ERROR(errors_of("people: {ana: {income: [{more: unknown}]}}\nno_other: [income]\n"), Code::contradiction,
                   "`ana.income` says that there may be more");
}

TEST(NoOther, NamesLists) {
  EXPECT_ONE_ERROR(errors_of("no_other: [incom]\n"), Code::unknown_fact, "did you mean `income`?");
  EXPECT_ONE_ERROR(errors_of("no_other: [wages]\n"), Code::unknown_fact, "lists are income, assets, expenses and stays");
  EXPECT_ONE_ERROR(errors_of("no_other: {income: yes}\n"), Code::document_shape, "a list of single words");
}

TEST(WhoPays, IsOneOrSomeOfThePeople) {
  const std::string people = "people: {ana: {}, leo: {}, carl: {}}\n";
  const auto payer = [&](const std::string& paid_by) {
    return show(sound(people + "expenses: [{kind: rent, amount: 5" + paid_by + "}]\n"), "expenses.paid_by");
  };
  EXPECT_EQ(payer(", paid_by: leo"), "{1}");
  EXPECT_EQ(payer(", paid_by: [ana, carl]"), "{0 and 2}");
  EXPECT_EQ(payer(", paid_by: []"), "{}");
  EXPECT_EQ(payer(", paid_by: [ana, {more: unknown}]"), "{0} maybe {0, 1 and 2}");
  EXPECT_EQ(payer(", paid_by: unknown"), "{} maybe {0, 1 and 2}");
  EXPECT_EQ(payer(""), "{} maybe {0, 1 and 2}");
  EXPECT_ONE_ERROR(errors_of(people + "expenses: [{kind: rent, paid_by: lea}]\n"), Code::unknown_person, "`expenses[0].paid_by` names `lea`");
}

TEST(LearnedOn, IsStoredAndReadByNoRule) {
  const Household household = sound(of_ana("income: [{kind: wages, amount: 5, learned_on: 2026-05-03}]"));
  ASSERT_EQ(household.learned.size(), 1U);
  EXPECT_EQ(household.learned[0].on, *date_of(2026, 5, 3));
  EXPECT_ONE_ERROR(errors_of(of_ana("income: [{kind: wages, learned_on: May}]")), Code::not_a_value, "`ana.income[0].learned_on`");
}

TEST(Previous, IsAListWhereTheDictionaryHasSuchARecord) {
  Declarations with_previous = small_dictionary();
  for (RecordKind& record : with_previous.records)
    if (record.name == "expenses") record.name = "previous";
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("", "previous: [{kind: rent, amount: 7}]\n"), errors);
  const DictionaryIndex index(with_previous);
  const auto result = read_household(index, document, {}, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(show(*result, "expenses.amount"), "700");
}

TEST(ARecord, EndsOnTheDayItBeginsOrLater) {
  const auto with = [](const std::string& days) { return errors_of(of_ana("income: [{kind: wages, amount: 700, every: month, " + days + "}]")); };
  EXPECT_TRUE(with("from: 2026-06-05, until: 2026-06-05").empty());
  EXPECT_ONE_ERROR(with("from: 2026-06-05, until: 2026-06-04"), Code::contradiction,
                   "`ana.income[0].until` is 2026-06-04, before the record begins: `from` is 2026-06-05");
  EXPECT_ONE_ERROR(with("until: 2026-06-04, from: 2026-06-05"), Code::contradiction, "before the record begins");
  for (const char* open : {"from: 2026-06-05", "until: 2026-06-04", "from: none, until: 2026-06-04", "from: 2026-06-05, until: none",
                           "from: 2026-06-05, until: unknown", "from: unknown, until: 2026-06-04"})
    EXPECT_TRUE(with(open).empty()) << open;
}

}  // namespace
}  // namespace duly::testing_facts
