// Tables of many households: unknown rows, and one household put behind others.

#include "facts/fact_table.h"

#include <gtest/gtest.h>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

FactTable many(const std::vector<std::string>& documents, const ReadOptions& options = {}) {
  FactTable table;
  for (const std::string& text : documents) {
    const Household household = sound(text, options);
    EXPECT_TRUE(can_append(table, household.table));
    append(small_index(), table, household.table);
  }
  return table;
}

TEST(Bits, AreAppendedAcrossWords) {
  for (const std::size_t before : {0U, 1U, 63U, 64U, 65U, 130U})
    for (const std::size_t count : {0U, 1U, 2U, 63U, 64U, 65U, 200U}) {
      BitRows into = no_bits(before);
      for (std::size_t i = 0; i < before; i += 3) give_bit(into, i, true);
      BitRows one = no_bits(count);
      for (std::size_t i = 0; i < count; i += 2) give_bit(one, i, true);
      append_bits(into, before, one, count);
      ASSERT_EQ(into.size(), words_of_bits(before + count));
      for (std::size_t i = 0; i < before; ++i) EXPECT_EQ(has_bit(into, i), i % 3 == 0);
      for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(has_bit(into, before + i), i % 2 == 0);
      for (std::size_t i = before + count; i < into.size() * 64; ++i) EXPECT_FALSE(has_bit(into, i));
    }
}

TEST(AppendedHouseholds, StayUnknownBehindOneWithoutRecords) {
  const FactTable table = many({"people: {ana: {income: []}}\n", "people: {leo: {income: [{kind: wages, amount: unknown}]}}\n"});
  const FactColumn& amount = table.facts[static_cast<std::size_t>(fact_id("income.amount"))];
  ASSERT_EQ(amount.high.size(), 1U);
  EXPECT_LT(amount.low[0], amount.high[0]);
}

TEST(AnUnknownTable, KnowsNothingOfAnyRow) {
  FactTable table = many({"people: {ana: {wages: 5}, leo: {}}\n", "people: {mia: {}}\nrent: 4\n"});
  table.facts.clear();
  fill_unknown(small_dictionary(), table);
  EXPECT_EQ(show(table, "homeless", 1), "yes or no");
  EXPECT_EQ(show(table, "care_costs", 1), "0..2000000");
  EXPECT_EQ(show(table, "deposit", 0), "none or 0..900000");
  EXPECT_EQ(show(table, "state", 0), "north or south");
  EXPECT_EQ(show(table, "county", 1), "county_0..county_69");
  EXPECT_EQ(show(table, "utilities", 1), "{} maybe {0, 1 and 2}");
  EXPECT_EQ(show(table, "cold_weather", 1), "yes or no");
  EXPECT_EQ(show(table, "parent_of", 0), "{} maybe {1}") << "everybody but the person";
  EXPECT_EQ(show(table, "parent_of", 2), "{}");
  EXPECT_EQ(show(table, "has_lease", 0), "yes or no") << "presumptions are the readers'";
  EXPECT_EQ(show(table, "income.every", 0), "day, week, two_weeks, twice_a_month, month, year or quarter");
  EXPECT_EQ(show(table, "expenses.paid_by", 0), "{} maybe {0}");
  EXPECT_FALSE(is_closed(table, "expenses", 1));
}

TEST(AnUnknownTable, CutsRangesToThePlacesOfTheFact) {
  Declarations dictionary = small_dictionary();
  Fact& fact = dictionary.facts[static_cast<std::size_t>(fact_id("care_costs"))];
  fact.low = Number(1, 3);
  fact.high = Number(1000, 3);
  const ColumnLayout layout = column_layout(dictionary, fact);
  EXPECT_EQ(layout.low, 34);
  EXPECT_EQ(layout.high, 33'333);
  fact.low = -Number(1, 3);
  EXPECT_EQ(column_layout(dictionary, fact).low, -33);
}

TEST(AnUnknownTable, HoldsRangesWiderThan64Bits) {
  Declarations dictionary = small_dictionary();
  Fact& fact = dictionary.facts[static_cast<std::size_t>(fact_id("care_costs"))];
  fact.low = *number_from_text("-1e50");
  fact.high = *number_from_text("1e50");
  const ColumnLayout layout = column_layout(dictionary, fact);
  EXPECT_EQ(layout.low, INT64_MIN);
  EXPECT_EQ(layout.high, INT64_MAX);
}

TEST(AppendedHouseholds, KeepTheirRowsApart) {
  const FactTable table =
      many({"people: {ana: {wages: 1, tips: 2}, leo: {wages: 3}}\n", "people: {}\n", "people: {mia: {}, zoe: {wages: 4}}\nrent: 9\n"});
  EXPECT_EQ(table.households, 3);
  const FactRows& people = table.levels[person_level];
  EXPECT_EQ(people.count, 4);
  EXPECT_THAT(people.owner, ::testing::ElementsAre(0, 0, 2, 2));
  EXPECT_THAT(people.begin, ::testing::ElementsAre(0, 2, 2, 4));
  const FactRows& income = table.levels[static_cast<std::size_t>(small_dictionary().records[0].level)];
  EXPECT_THAT(income.owner, ::testing::ElementsAre(0, 0, 1, 3));
  EXPECT_THAT(income.begin, ::testing::ElementsAre(0, 3, 3, 4));
  const FactRows& expenses = table.levels[static_cast<std::size_t>(small_dictionary().records[2].level)];
  EXPECT_THAT(expenses.owner, ::testing::ElementsAre(2));
  EXPECT_THAT(expenses.begin, ::testing::ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(table.levels[household_level].begin, ::testing::ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(show(table, "income.amount", 3), "400");
  EXPECT_EQ(show(table, "expenses.amount", 0), "900");
}

TEST(AppendedHouseholds, KeepEveryValue) {
  const std::vector<std::string> documents{
      "people: {ana: {disabled: yes, study: half, parent_of: [leo]}, leo: {}}\nhomeless: no\ncare_costs: 5\ndeposit: none\nutilities: "
      "[heating]\nplace: {state: south, county: county_3}\n",
      "people: {mia: {birth_date: 2000-01-01}}\nhomeless: yes\ncare_costs: 7\ndeposit: 5\nplace: {state: north}\n",
      "world: {caseload: 5}\nno_other: [expenses]\n"};
  const FactTable table = many(documents);
  std::vector<std::size_t> people_before{0, 2, 3};
  for (std::size_t h = 0; h < documents.size(); ++h) {
    const Household alone = sound(documents[h]);
    for (const Fact& fact : small_dictionary().facts) {
      if (fact.record >= 0 || fact.type.base == Base::text) continue;
      const bool of_person = fact.level == person_level;
      for (std::size_t row = 0; row < (of_person ? alone.people.size() : 1); ++row)
        EXPECT_EQ(show(table, fact.name, of_person ? people_before[h] + row : h), show(alone, fact.name, row)) << fact.name;
    }
    EXPECT_EQ(is_closed(table, "expenses", h), h == 2);
  }
}

TEST(AppendedHouseholds, MakeAKnownColumnOpenWhereOneIs) {
  const FactTable table = many({"care_costs: 5\n", "care_costs: unknown\n", "care_costs: 6\n"});
  EXPECT_EQ(show(table, "care_costs", 0), "500");
  EXPECT_EQ(show(table, "care_costs", 1), "0..2000000");
  EXPECT_EQ(show(table, "care_costs", 2), "600");
  const FactTable known = many({"care_costs: 5\n", "care_costs: 6\n"});
  EXPECT_TRUE(known.facts[static_cast<std::size_t>(fact_id("care_costs"))].high.empty());
}

TEST(AppendedHouseholds, WidenSetsForALargerOne) {
  std::string large = "people:\n";
  for (int p = 0; p < 65; ++p) large += "  p" + std::to_string(p) + ": {" + (p == 0 ? "parent_of: [p64]" : "") + "}\n";
  large += "expenses: [{kind: rent, amount: 1, paid_by: p64}]\n";
  const std::string small = "people: {ana: {parent_of: [leo]}, leo: {}}\nexpenses: [{kind: rent, amount: 1, paid_by: leo}]\n";
  const FactTable table = many({small, large, small});
  EXPECT_EQ(table.set_words, 2);
  EXPECT_EQ(show(table, "parent_of", 0), "{1}");
  EXPECT_EQ(show(table, "parents", 1), "{0}");
  EXPECT_EQ(show(table, "parent_of", 2), "{64}");
  EXPECT_EQ(show(table, "parent_of", 67), "{1}");
  EXPECT_EQ(show(table, "expenses.paid_by", 0), "{1}");
  EXPECT_EQ(show(table, "expenses.paid_by", 1), "{64}");
  EXPECT_EQ(show(table, "expenses.paid_by", 2), "{1}");
}

const StatedColumn& only_stated(const FactTable& table) { return table.stated.at(0); }

TEST(AppendedHouseholds, StateValuesForSomeOfThem) {
  const FactTable table = many({"{}", "stated: {shelter_costs: 1.5}\n", "stated: {shelter_costs: 0.25}\n", "{}"});
  const StatedColumn& stated = only_stated(table);
  EXPECT_EQ(stated.denominator, 100);
  EXPECT_THAT(stated.present, ::testing::ElementsAre(0b0110U));
  EXPECT_THAT(stated.column.low, ::testing::ElementsAre(0, 150, 25, 0));
}

TEST(AppendedHouseholds, StateValuesOfPeople) {
  const FactTable table = many({"people: {}\n", "people: {ana: {}, leo: {}}\nstated: {leo: {months_used: 2}}\n", "people: {mia: {}}\n",
                                "people: {zoe: {}}\nstated: {zoe: {months_used: 3}}\n"});
  EXPECT_THAT(only_stated(table).present, ::testing::ElementsAre(0b1010U));
  EXPECT_THAT(only_stated(table).column.low, ::testing::ElementsAre(0, 2, 0, 3));
}

TEST(AppendedHouseholds, MayHaveNoneStatedBesideAValue) {
  const FactTable table = many({"stated: {cap: 5}\n", "stated: {cap: none}\n"});
  EXPECT_THAT(only_stated(table).column.may_be_absent, ::testing::ElementsAre(0b10U));
  EXPECT_THAT(only_stated(table).column.may_be_present, ::testing::ElementsAre(0b01U));
}

TEST(Households, ShareATableOnlyIfTheirUnitsAndSourcesAgree) {
  const auto fits = [](const std::string& a, const std::string& b) { return can_append(sound(a, as_case).table, sound(b, as_case).table); };
  EXPECT_TRUE(fits("assume: {food_unit: one_unit}\n", "assume: {food_unit: one_unit}\n"));
  EXPECT_FALSE(fits("assume: {food_unit: one_unit}\n", "{}"));
  EXPECT_FALSE(fits("stated: {unit_size: 3}\n", "assume: {unit_size: 3}\n"));
  EXPECT_FALSE(fits("stated: {untyped: 3}\n", "stated: {untyped: yes}\n"));
  EXPECT_FALSE(fits("stated: {untyped: 3}\n", "stated: {untyped: 2026-01-01}\n"));
  EXPECT_TRUE(fits("stated: {unit_size: 3}\n", "{}"));
}

}  // namespace
}  // namespace duly::testing_facts
