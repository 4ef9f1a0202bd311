#pragma once

// Help with heating, for people who share a home, up to an income: what a sweep and a why-not say of it can be worked out by hand.

#include <map>
#include <string>

#include "duly/what_if.h"

namespace duly::test {

inline std::map<std::string, std::string> heating_help() {
  return {{"facts/facts.yaml", R"yaml(kind: facts
title: Facts
codes:
  region: {words: {north: the North, south: the South}}
  income_kind: {words: {wages: wages and salary, pension: pension}}
  pay_period: [week, month]
  home_kind: {words: {house: a house, tent: a tent, car: a car}}
records:
  income:
    of: person
    one: income_item
    cite: 1 CFR 1.1
    ask: What income does {name} have?
    fields:
      kind: {type: code income_kind, changeable: no}
      amount: {type: money per pay_period, range: "[0..100000]", received: yes}
      every: {type: code pay_period, if_not_stated: month, changeable: no}
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
  changeable: no
  ask: What is {name}'s date of birth?
  cite: 1 CFR 1.1
work_hours:
  of: person
  type: hours per week
  range: "[0..168]"
  ask: How many hours a week does {name} work?
  cite: 1 CFR 1.1
parent_of:
  of: person
  type: people
  inverse: parents
  as: children
  ask: Who are {name}'s children?
  cite: 1 CFR 1.1
home:
  of: household
  type: code home_kind
  ask: In what do you live?
  cite: 1 CFR 1.1
has_lease:
  of: household
  type: boolean
  title: a lease in her name
  ask: Have you a lease?
  cite: 1 CFR 1.1
)yaml"},
          {"heat/program.yaml", R"yaml(kind: program
title: Help with heating
authority: 1 CFR 1
facts: [facts]
decides: each person
law_in_force_by: benefit_month
coverage: {from: 2025-01, until: 2027-12}
last_checked: 2027-11-25
requires:
  - {test: age_test}
  - {test: home_test}
  - {test: lease_test}
  - {test: work_test}
  - {test: income_test}
outputs: [grant, own_income]
gives: [grant]
)yaml"},
          {"heat/rules.yaml", R"yaml(kind: chapter
title: Help
cite: 1 CFR 1.2
monthly:
  title: What turns pay into a month's
  type: conversion to month by pay_period
  values:
    - from: 2025-01-01
      source: a table
      confidence: official
      rows: |
        pay_period | is
        week       | 4
        month      | 1
own_income:
  title: Income of a month
  of: person
  type: money per month
  value: sum(for i in income return i.amount * monthly(i.every))
limit:
  title: Income limit
  type: money per month by region
  values:
    - {from: 2025-01-01, source: a table, confidence: official, rows: "region | is\nnorth  | 2000\nsouth  | 1500\n"}
age_test:
  title: Grown up
  of: person
  cite: 1 CFR 1.3
  passes: full years(birth_date, decided) >= 18
  reason: too_young
home_test:
  title: Lives in a house
  of: person
  cite: 1 CFR 1.4
  passes: home = house
  reason: no_house
lease_test:
  title: Has a lease
  of: person
  cite: 1 CFR 1.5
  passes: has_lease
  reason: no_lease
work_test:
  title: Works twenty hours
  of: person
  cite: 1 CFR 1.6
  passes: work_hours >= 20
  reason: too_few_hours
income_test:
  title: Income is within the limit
  of: person
  cite: 1 CFR 1.7
  passes: own_income <= limit(region)
  reason: income_over_limit
is_poor:
  title: Income below half the limit
  of: person
  type: boolean
  cite: 1 CFR 1.8
  value: own_income < limit(region) / 2
grant:
  title: The grant
  of: person
  type: money per month
  range: "[0..1000]"
  cite: 1 CFR 1.9
  value: if is_poor then 300 else 200
)yaml"},
          {"heat/notices/en.yaml", R"yaml(kind: notices
language: en
too_young: You are too young.
no_house: You do not live in a house.
no_lease: You have no lease.
too_few_hours: You work too few hours.
income_over_limit: Your income is over the limit.
)yaml"}};
}

inline Ruleset heating_rules() { return *Ruleset::from_texts(heating_help()); }

/// A household of one, with these facts beside the usual ones.
inline std::string household_of_ana(const std::string& ana = "birth_date: 1990-01-01, work_hours: 30, income: [{kind: wages, amount: 1500}]",
                                    const std::string& home = "home: house\nhas_lease: yes\n") {
  return "duly: 1\nrequest: {benefit_month: 2026-06, decided: 2026-06-10}\nplace: {region: north}\npeople:\n  ana: {" + ana + "}\n" + home;
}

}  // namespace duly::test
