#pragma once

// A small program for the tests of cases and maps: help with heating, for people who share a home, up to an income.

#include <map>
#include <string>

#include "resolve/rule_files.h"

namespace duly::test {

inline std::map<std::string, std::string> small_program() {
  return {{"facts/facts.yaml", R"yaml(kind: facts
title: Facts
codes:
  region: {words: {north: the North, south: the South}}
  income_kind: [wages, pension]
  expense_kind: [rent, repairs]
  pay_period: [week, month]
records:
  income:
    of: person
    one: income_item
    cite: 1 CFR 1.1
    ask: What income does {name} have?
    fields:
      kind: {type: code income_kind}
      amount: {type: money per pay_period, range: "[0..100000]"}
      every: {type: code pay_period, if_not_stated: month}
    short_form: {word: kind, value: amount}
  expenses:
    of: household
    one: expense
    cite: 1 CFR 1.1
    ask: What do you pay for your home?
    fields:
      kind: {type: code expense_kind}
      amount: {type: money per month, range: "[0..100000]"}
    short_form: {word: kind, value: amount}
region:
  of: place
  type: code region
  ask: Where do you live?
  cite: 1 CFR 1.1
birth_date:
  of: person
  type: date
  given_as_age: age
  ask: What is {name}'s date of birth?
  cite: 1 CFR 1.1
works:
  of: person
  type: boolean
  ask: Does {name} work?
  cite: 1 CFR 1.1
shares_with:
  of: person
  type: people
  symmetric: true
  ask: With whom does {name} share the heating?
  cite: 1 CFR 1.1
homeless:
  of: household
  type: boolean
  ask: Are you without a home?
  cite: 1 CFR 1.1
)yaml"},
          {"heat/program.yaml", R"yaml(kind: program
title: Help with heating
authority: 1 CFR 1
facts: [facts]
decides: each heat_unit
law_in_force_by: benefit_month
coverage: {from: 2025-01, until: 2027-12}
last_checked: 2026-11-25
requires:
  - {test: home_test}
  - {test: income_test}
outputs: [grant, income_a_month]
)yaml"},
          {"heat/rules.yaml", R"yaml(kind: chapter
title: Help
cite: 1 CFR 1.2
heat_unit:
  title: People who heat together
  partition: people
  steps:
    - together:
        - {when: "shares_with(a, b)", cite: 1 CFR 1.2}
people_in_it:
  title: People
  of: heat_unit
  type: people
  value: unit_people
unit_size:
  title: Number of people
  of: heat_unit
  type: count
  range: "[0..250]"
  may_be_stated: true
  value: count(members)
monthly:
  title: What turns pay into a month's
  type: conversion to month by pay_period
  values:
    - from: 2025-01-01
      source: a table
      confidence: official
      rows: |
        pay_period | is
        week       | 4.3
        month      | 1
item_income:
  title: One income in a month
  of: income_item
  type: money per month
  value: amount * monthly(every)
own_income:
  title: A person's income
  of: person
  type: money per month
  value: sum(income.item_income)
earner:
  title: Whether a person earns
  of: person
  type: boolean
  value: works and own_income > 0
income_a_month:
  title: Income of all
  of: heat_unit
  type: money per month
  value: sum(members.own_income)
limit:
  title: Income limit
  type: money per month by region
  values:
    - {from: 2025-01-01, source: a table, confidence: official, rows: "region | is\nnorth  | 2000\nsouth  | 1500\n"}
home_test:
  title: The unit has a home
  of: heat_unit
  passes: not homeless
  reason: no_home
income_test:
  title: Income is within the limit
  of: heat_unit
  passes: income_a_month <= limit(region)
  reason: income_over_limit
housing:
  title: Cost of the home
  of: household
  type: money per month
  value: sum(expenses.amount)
grant_a_person:
  title: Grant for each person
  type: money per month
  values:
    - {from: 2025-01-01, is: 50, source: a table, confidence: official}
grant:
  title: The grant
  of: heat_unit
  type: money per month
  value: grant_a_person * unit_size
)yaml"},
          {"heat/notices/en.yaml", R"yaml(kind: notices
language: en
no_home: You have no home to heat.
income_over_limit: Your income is over the limit.
)yaml"}};
}

/// The program with `text` as its cases.
inline std::shared_ptr<const RuleFiles> with_cases(const std::string& text) {
  auto files = small_program();
  files["heat/cases/all.yaml"] = text;
  return rules_in_memory(std::move(files));
}

}  // namespace duly::test
