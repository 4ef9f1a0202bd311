#pragma once

// A small program to determine by: a grant for households in a cold region, with every kind of thing a determination speaks of.

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "engine/loaded_program.h"
#include "syntax/yaml.h"

namespace duly::test {

inline std::map<std::string, std::string> winter_aid_texts() {
  return {{"facts/winter.yaml", R"(kind: facts
title: What a household says
codes:
  region: [north, south, islands]
  heating:
    words: {wood: wood, oil: heating oil, none: no heating}
  heating_bill: [gas_bill, oil_bill]
records:
  income:
    of: person
    one: income_item
    cite: Act 3
    ask: What income does {name} have?
    fields:
      amount: {type: money per month, range: "[0..10000]"}
      regular: {type: boolean, if_not_stated: yes}
region: {of: place, type: code region, ask: "Where is it?", cite: Act 1}
rent: {of: household, type: money per month, range: "[0..5000]", ask: "What is the rent?", cite: Act 2}
heating: {of: household, type: code heating, ask: "How is the home heated?", cite: Act 2}
needs_oil:
  of: household
  type: boolean
  ask: Is oil needed?
  cite: Act 2
  needed_when: heating = oil
  otherwise: "false"
bills: {of: household, type: codes heating_bill, ask: "Which bills are paid?", cite: Act 2}
birth_date: {of: person, type: date, given_as_age: age, ask: "What is {name}'s date of birth?", cite: Act 1, evidence: [birth_certificate]}
frail: {of: person, type: boolean, ask: "Is {name} frail?", cite: Act 1}
very_cold: {of: world, type: boolean, cite: Act 1}
people_sharing: {of: household, type: count, range: "[0..20]", ask: "How many share the cost?", cite: Act 2}
)"},
          {"winter/program.yaml", R"(kind: program
title: Winter grant
authority: Winter Act
facts: [facts]
decides: each home
law_in_force_by: decided
coverage: {from: 2020-01, until: 2030-12}
last_checked: 2026-01-01
requires:
  - {test: income_test}
  - {test: cold_test}
  - {test: somebody_frail_test}
outputs: [grant, heating_needed, oldest]
outcomes:
  - {when: meets all}
  - {when: meets all but somebody_frail_test, outcome: conditional, remedy: bring_a_note, cite: Act 9}
doubts: [the Act has not been tested]
)"},
          {"winter/chapter.yaml", R"(kind: chapter
title: The grant
cite: Act 4
home:
  title: Home
  partition: everyone
income_limit:
  title: Income limit
  type: money per month by region
  range: "[0..9000]"
  values:
    - from: 2020-01-01
      source: Limits of the first day
      confidence: official
      rows: |
        region  | is
        north   | 1000
        south   | 900
        islands | not known
grant_by_region:
  title: Grant by region
  type: money per month by region
  values:
    - from: 2020-01-01
      source: A newspaper
      confidence: doubtful
      rows: |
        region | is
        north  | 300
        south  | 200
        islands | 400
frail_age:
  title: Age from which everybody is frail
  type: count
  values:
    - {from: 2020-01-01, is: 70, source: Act 4, confidence: official}
total_income:
  title: Income of everybody
  of: home
  type: money per month
  value: sum(members.own_income)
own_income:
  title: Income of one person
  of: person
  type: money per month
  value: sum(income[regular].amount)
income_test:
  title: Income test
  of: home
  cite: Act 5
  passes: total_income <= income_limit(region)
  reason: too_much_income
cold_test:
  title: Cold test
  of: household
  cite: Act 6
  exempt: very_cold
  passes: heating != none or region = north
  reason: warm_enough
is_frail:
  title: Frail
  of: person
  type: boolean
  any_of:
    - {when: frail, cite: Act 7(a)}
    - {when: "full years(birth_date, decided) >= frail_age", cite: Act 7(b)}
somebody_frail_test:
  title: Somebody is frail
  of: home
  cite: Act 7
  passes: some m in members satisfies m.is_frail
  reason: nobody_frail
heating_needed:
  title: Heating that is needed
  of: household
  type: boolean
  doubt: oil may be replaced
  value: needs_oil or gas_bill in bills
grant:
  title: Grant
  of: home
  type: money per month
  cite: Act 8
  branches:
    - when: rent > 2000
      then: 0
      cite: Act 8(a)
    - otherwise: round(grant_by_region(region) / people_sharing, 1, down)
oldest:
  title: Birth of the oldest
  of: home
  type: date
  value: min(members.birth_date) if none never
)"},
          {"winter/notices/en.yaml", R"(kind: notices
language: en
too_much_income: Your income of {total_income, money} is {margin, money} over the limit of {limit, money}.
warm_enough: Your home is warm enough.
nobody_frail: Nobody of you is frail.
)"}};
}

inline std::shared_ptr<const LoadedProgram> winter_aid() {
  static const auto program = LoadedProgram::load(*rules_in_memory(winter_aid_texts()), "winter");
  if (!program) throw std::runtime_error(to_text(program.errors()));
  return *program;
}

/// `details` are the lines of a document beside its request; a request and `decided` are added.
inline Decided decided(const std::string& details, int trials = 256) {
  std::vector<Diagnostic> errors;
  const Node document = parse_document(make_source("", "request: {decided: 2026-01-15}\n" + details), errors);
  if (!errors.empty()) throw std::runtime_error(to_text(errors));
  DecideOptions options;
  options.allow_assume = true;
  options.trials = trials;
  auto result = decide(winter_aid(), document, {}, options);
  if (!result) throw std::runtime_error(to_text(result.errors()));
  return std::move(*result);
}

inline Determination determined(const std::string& details, int trials = 256) { return decided(details, trials).determinations.at(0); }

/// A household that gets the grant.
inline std::string eligible_home() {
  return R"(place: {region: north}
people: {ana: {age: 80, income: [{amount: 500}], frail: no}, leo: {age: 8, income: [], frail: no}}
rent: 700
heating: wood
bills: [gas_bill]
people_sharing: 2
world: {very_cold: no}
)";
}

/// `text` with `line` in the place of the line that begins with the same key.
inline std::string with_line(std::string text, const std::string& line) {
  const std::string key = line.substr(0, line.find(':') + 1);
  const std::size_t begin = text.find("\n" + key) == std::string::npos ? 0 : text.find("\n" + key) + 1;
  return text.replace(begin, text.find('\n', begin) - begin, line);
}

/// `text` without the line of `key`.
inline std::string without(std::string text, const std::string& key) {
  const std::size_t found = text.find("\n" + key + ":");
  const std::size_t begin = found == std::string::npos ? 0 : found + 1;
  return text.erase(begin, text.find('\n', begin) + 1 - begin);
}

}  // namespace duly::test
