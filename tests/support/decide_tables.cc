#include "support/decide_tables.h"

#include <algorithm>

namespace duly {

TableDecider::TableDecider(const TestedProgram& program, Date law_date, const std::vector<RuleId>& stated)
    : plan_(plan_of_every_term(program, law_date, stated)) {
  if (plan_) index_ = std::make_unique<const PlanIndex>(*plan_);
}

std::vector<Determination> TableDecider::decide(const FactTable& table, std::int64_t household, int trials) {
  evaluate(*plan_, table, household, 1, Keep::everything, values_);
  return decide(values_, household, trials);
}

std::vector<Determination> TableDecider::decide(const Values& tile, std::int64_t household, int trials) const {
  return determine({*index_, tile, household, nullptr, trials});
}

std::string decided_text(const Determination& d) {
  std::string out = std::string(to_word(d.outcome)) + " " + d.scope + " " + d.remedy;
  if (d.outcome == Outcome::eligible && !d.outputs.empty() && d.outputs.front().value.kind == Value::Kind::money)
    out += " " + d.outputs.front().value.text;
  return out;
}

const Determination* determination_of(const CheckedProgram& program, const std::vector<Determination>& determinations, std::size_t person) {
  if (program.decided == household_level) return determinations.empty() ? nullptr : &determinations.front();
  const std::string name = std::to_string(person + 1);
  for (const Determination& d : determinations)
    if (std::ranges::count(d.subject.people, name) > 0) return &d;
  return nullptr;
}

}  // namespace duly
