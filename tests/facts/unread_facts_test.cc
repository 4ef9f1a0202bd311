// Facts of which nothing is read get no rows, and what a document says of them is checked all the same.

#include <gtest/gtest.h>

#include <tuple>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

auto parts(const FactColumn& c) {
  return std::tie(c.low, c.high, c.may_be_true, c.may_be_false, c.possible, c.sure, c.maybe, c.may_be_absent, c.may_be_present);
}

std::vector<bool> only(const std::vector<std::string>& names) {
  std::vector<bool> out(small_dictionary().facts.size(), false);
  for (const std::string& name : names) out[static_cast<std::size_t>(fact_id(name))] = true;
  return out;
}

constexpr const char* told = "has_lease: yes\npeople:\n  ana: {student: yes, wages: 5, parent_of: [leo]}\n  leo: {student: no}\n";

TEST(AnUnreadFact, GetsNoRowsAndTheOthersAreAsTheyWouldBe) {
  const std::vector<bool> wanted = only({"student"});
  const Household all = sound(told);
  const Household some = sound(told, {.wanted = &wanted});
  for (std::size_t f = 0; f < wanted.size(); ++f) {
    const bool is_relation = small_dictionary().facts[f].type.base == Base::people;
    EXPECT_EQ(parts(some.table.facts[f]), parts(wanted[f] || is_relation ? all.table.facts[f] : FactColumn{})) << small_dictionary().facts[f].name;
  }
  EXPECT_EQ(some.people, all.people);
}

TEST(AnUnreadFact, LeavesNothingOfTheDocumentBefore) {
  const std::vector<bool> wanted = only({"student"});
  FactTable spare = sound(told).table;
  const Household again = sound(told, {.spare = &spare, .wanted = &wanted});
  EXPECT_EQ(parts(again.table.facts[static_cast<std::size_t>(fact_id("has_lease"))]), parts(FactColumn{}));
}

TEST(AnUnreadFact, IsCheckedAllTheSame) {
  const std::vector<bool> wanted = only({"student"});
  EXPECT_EQ(errors_of("has_lease: perhaps\npeople: {ana: {}}\n", {.wanted = &wanted}).size(), 1U);
  EXPECT_EQ(errors_of("nobody: [disabled]\npeople: {ana: {disabled: yes}}\n", {.wanted = &wanted}).size(), 1U);
}

TEST(HouseholdsWithUnreadFacts, StandInOneTable) {
  const std::vector<bool> wanted = only({"student"});
  FactTable table;
  for (const char* text : {told, "people: {eva: {student: unknown}}\n", told}) {
    const Household household = sound(text, {.wanted = &wanted});
    ASSERT_TRUE(table.households == 0 || can_append(table, household.table));
    append(small_index(), table, household.table);
  }
  EXPECT_EQ(table.households, 3);
  EXPECT_EQ(show(table, "student", 0), "yes");
  EXPECT_EQ(show(table, "student", 2), "yes or no");
  EXPECT_EQ(show(table, "student", 4), "no");
  EXPECT_EQ(parts(table.facts[static_cast<std::size_t>(fact_id("has_lease"))]), parts(FactColumn{}));
}

}  // namespace
}  // namespace duly::testing_facts
