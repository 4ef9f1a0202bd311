// A document that is read into the memory of one before it says what it says alone.

#include <gtest/gtest.h>

#include <tuple>

#include "small_dictionary.h"

namespace duly::testing_facts {
namespace {

auto parts(const FactColumn& c) {
  return std::tie(c.low, c.high, c.may_be_true, c.may_be_false, c.possible, c.sure, c.maybe, c.may_be_absent, c.may_be_present);
}

Household read(const std::string& text, FactTable* spare) {
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("", text), errors);
  auto household = read_household(small_index(), document, {}, {.spare = spare});
  EXPECT_TRUE(errors.empty() && household.ok());
  return std::move(*household);
}

TEST(SpareMemory, LeavesNothingOfTheDocumentBefore) {
  const std::string large =
      "has_lease: yes\nno_other: [income]\npeople:\n  ana: {student: yes, wages: 5, parent_of: [leo, mia]}\n"
      "  leo: {student: no, income: [{kind: tips, amount: 2, every: week, from: 2026-01-01}]}\n  mia: {student: unknown}\n";
  const std::string small = "people: {eva: {student: unknown}}\n";
  FactTable spare = read(large, nullptr).table;
  const Household again = read(small, &spare);
  const Household alone = read(small, nullptr);
  ASSERT_EQ(again.table.facts.size(), alone.table.facts.size());
  for (std::size_t f = 0; f < alone.table.facts.size(); ++f)
    EXPECT_EQ(parts(again.table.facts[f]), parts(alone.table.facts[f])) << small_dictionary().facts[f].name;
  EXPECT_EQ(again.table.list_closed_may_be_true, alone.table.list_closed_may_be_true);
  EXPECT_EQ(again.table.set_words, alone.table.set_words);
  EXPECT_TRUE(spare.facts.empty());
}

TEST(SpareMemory, MayComeFromAnotherDictionary) {
  FactTable spare;
  spare.facts.resize(3);
  for (FactColumn& column : spare.facts) column.low = column.high = {7, 8, 9};
  const std::string text = "has_lease: no\npeople: {ana: {wages: 5}}\n";
  const Household again = read(text, &spare);
  const Household alone = read(text, nullptr);
  ASSERT_EQ(again.table.facts.size(), alone.table.facts.size());
  for (std::size_t f = 0; f < alone.table.facts.size(); ++f) EXPECT_EQ(parts(again.table.facts[f]), parts(alone.table.facts[f]));
}

}  // namespace
}  // namespace duly::testing_facts
