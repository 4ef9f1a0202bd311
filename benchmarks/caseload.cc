#include "caseload.h"

#include <functional>
#include <map>
#include <string>

namespace duly::bench {
namespace {

FactTable empty_table(const Declarations& declarations, std::int64_t households) {
  const auto count = static_cast<std::size_t>(households);
  FactTable table;
  table.households = households;
  table.levels.resize(declarations.levels.size());
  table.levels[person_level].begin.assign(count + 1, 0);
  FactRows& rows = table.levels[household_level];
  rows.count = households;
  rows.owner.assign(count, 0);
  for (std::int32_t h = 0; h <= static_cast<std::int32_t>(households); ++h) rows.begin.push_back(h);
  fill_unknown(declarations, table);
  return table;
}

}  // namespace

Caseload::Caseload(const Declarations& declarations, std::int64_t households) : table_(empty_table(declarations, households)) {
  for (std::size_t f = 0; f < declarations.facts.size(); ++f) fill(declarations.facts[f], table_.facts[f]);
}

/// Half of all units are one person, few are more than five.
std::int64_t Caseload::size_of_unit() {
  const std::int64_t share = pick(1, 100);
  return share <= 50 ? 1 : share <= 70 ? 2 : share <= 82 ? 3 : share <= 91 ? 4 : share <= 96 ? 5 : pick(6, 12);
}

void Caseload::fill(const Fact& fact, FactColumn& column) {
  if (fact.name == "elderly_or_disabled") {
    for (std::size_t w = 0; w < column.may_be_true.size(); ++w) {
      column.may_be_true[w] = random_() & random_();  // a quarter
      column.may_be_false[w] = ~column.may_be_true[w];
    }
    columns_.elderly_or_disabled = column.may_be_true.data();
    return;
  }
  struct Amount {
    const std::int64_t** column;
    std::function<std::int64_t()> next;
  };
  const std::map<std::string, Amount> amounts = {
      {"unit_size", {&columns_.unit_size, [&] { return size_of_unit(); }}},
      {"earned_income", {&columns_.earned_income, [&] { return one_in(3, 350'000); }}},
      {"unearned_income", {&columns_.unearned_income, [&] { return pick(1, 3) > 1 ? pick(1, 200'000) : 0; }}},
      {"medical_expenses", {&columns_.medical_expenses, [&] { return one_in(10, 60'000); }}},
      {"dependent_care_costs", {&columns_.dependent_care_costs, [&] { return one_in(20, 60'000); }}},
      {"child_support_paid", {&columns_.child_support_paid, [&] { return one_in(30, 60'000); }}},
      {"rent", {&columns_.rent, [&] { return pick(1, 4) > 1 ? pick(1, 200'000) : 0; }}},
      {"utility_allowance", {&columns_.utility_allowance, [&] { return pick(1, 3) > 1 ? pick(100, 700) * 100 : 0; }}},
  };
  const auto amount = amounts.find(fact.name);
  if (amount == amounts.end()) return;
  column.low.resize(static_cast<std::size_t>(households()));
  column.high.clear();
  for (std::int64_t& value : column.low) value = amount->second.next();
  *amount->second.column = column.low.data();
}

}  // namespace duly::bench
