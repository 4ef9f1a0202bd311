#include "skeleton/program_id.h"
#include "skeleton/skeleton.h"

namespace duly {
namespace {

/// Replaces each `name` in double braces.
std::string filled(std::string_view text, const std::vector<std::pair<std::string_view, std::string>>& words) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("{{");
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find("}}", open);
    const std::string_view name = text.substr(open + 2, close - open - 2);
    for (const auto& [known, value] : words)
      if (known == name) out += value;
    text.remove_prefix(close + 2);
  }
  return out;
}

constexpr std::string_view manifest = R"(# What the program decides, for whom, and since when.
kind: program
title: {{title}}
authority: Name the law or manual here
facts: [{{id}}/facts]
decides: each household
law_in_force_by: benefit_month
coverage: {from: {{month}}}
last_checked: {{today}}
requires:
  - {test: income_test}
outputs: [benefit]
not_modelled:
  - {what: Everything that these first files do not say, cite: Name the law or manual here}
)";

constexpr std::string_view facts = R"(# What is asked.
kind: facts
title: What is asked for {{title}}
monthly_income:
  of: household
  type: money per month
  range: "[0..1000000]"
  ask: What income does everybody in the household have together in a month, before taxes?
  cite: Name the paragraph that counts income
)";

constexpr std::string_view chapter = R"(# The rules, in the order of the law. Each has a title, the paragraph it carries out, and a formula.
kind: chapter
title: {{title}}

household_size:
  title: Number of people
  of: household
  type: count
  range: "[0..250]"
  cite: Name the paragraph that says who counts
  value: count(people)

income_limit:
  title: Income limit
  cite: Name the paragraph of the limit
  type: money per month by household_size
  values:
    - from: {{first_day}}
      source: Name the table and its day, read {{today}}
      confidence: doubtful
      rows: |
        1    | 2    | each_more
        1000 | 1500 | 500

income_test:
  title: Income is within the limit
  of: household
  cite: Name the paragraph of the test
  passes: monthly_income <= income_limit(household_size)
  reason: income_over_limit

benefit_per_person:
  title: Benefit for each person
  cite: Name the paragraph of the amount
  type: money per month
  values:
    - {from: {{first_day}}, is: 100, source: "Name the table and its day, read {{today}}", confidence: doubtful}

benefit:
  title: Benefit
  of: household
  cite: Name the paragraph of the amount
  type: money per month
  value: benefit_per_person * household_size
)";

constexpr std::string_view notices = R"(# What families are told where a test fails. The value in braces is put in.
kind: notices
language: en
income_over_limit: Your household's income of {monthly_income, money} a month is over the limit.
)";

constexpr std::string_view cases = R"(# Each rule is tried on both sides of its limit.
kind: cases
title: {{title}}
families:
  two_people:
    request: {benefit_month: {{month}}, decided: {{first_day}}}
    people:
      ana: {}
      leo: {}
cases:
  - case: two people may have 1500 a month, and not a cent more
    family: two_people
    rows: |
      monthly_income | outcome    | reason            | benefit
      0              | eligible   |                   | 200
      1500           | eligible   |                   | 200
      1500.01        | ineligible | income_over_limit |
  - case: nobody is refused whose income is not known; it is asked for
    family: two_people
    expect: {outcome: pending, missing: [monthly_income]}
)";

}  // namespace

Result<std::vector<SkeletonFile>> program_skeleton(const std::string& id, Date today) {
  if (auto wrong = no_program_id(id)) return *wrong;
  const Month month = month_of(today);
  const std::vector<std::pair<std::string_view, std::string>> words{
      {"id", id}, {"title", title_from(id)}, {"month", to_text(month)}, {"first_day", to_text(first_day_of(month))}, {"today", to_text(today)}};
  return std::vector<SkeletonFile>{{id + "/program.yaml", filled(manifest, words)},
                                   {id + "/facts/income.yaml", filled(facts, words)},
                                   {id + "/eligibility.yaml", filled(chapter, words)},
                                   {id + "/notices/en.yaml", filled(notices, words)},
                                   {id + "/cases/eligibility.yaml", filled(cases, words)}};
}

}  // namespace duly
