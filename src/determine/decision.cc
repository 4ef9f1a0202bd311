#include "determine/decision.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

Decision undefined_at(NodeId node) {
  Decision out;
  out.kind = Decision::Kind::undefined;
  out.undefined_at = node;
  return out;
}

bool surely_absent(const Evaluated& e, const PlanOutput& output, std::int32_t row) {
  return output.absent != no_node && e.r.surely(output.absent, row);
}

/// Only the benefit is part of the outcome: another output may be open or have no value, and what is settled stays when it is.
Decision with_benefit(const Evaluated& e, Decision out, std::int32_t row, Benefit how) {
  if (e.index.benefit() < 0) return out;
  const PlanOutput& benefit = e.r.plan().outputs[at(e.index.benefit())];
  const bool absent = surely_absent(e, benefit, row);
  if (!absent && e.r.surely_undefined(benefit.value, row)) return undefined_at(benefit.value);
  const bool may_be_absent = !absent && benefit.absent != no_node && !e.r.surely_not(benefit.absent, row);
  if (may_be_absent || (!absent && e.r.is_open(benefit.value, row))) out.kind = Decision::Kind::open;
  else if (how == Benefit::written) out.benefit = output_of(e, benefit, row, {}).text;
  return out;
}

}  // namespace

bool is_eligible(const PlanOutcome& line) { return line.outcome.empty() || line.outcome == "eligible"; }

Outcome outcome_of(const PlanOutcome& line) {
  if (line.outcome == "conditional") return Outcome::conditional;
  if (line.outcome == "pending") return Outcome::pending;
  return line.outcome == "ineligible" ? Outcome::ineligible : Outcome::eligible;
}

Outcome outcome_of(const Plan& plan, const Decision& decision) {
  switch (decision.kind) {
    case Decision::Kind::line: return outcome_of(plan.outcomes[at(decision.line)]);
    case Decision::Kind::ineligible: return Outcome::ineligible;
    case Decision::Kind::open: return Outcome::pending;
    default: return Outcome::error;
  }
}

std::string benefit_month_of(const Evaluated& e, std::int32_t household) {
  const auto fact = e.declarations().request_facts.find("benefit_month");
  if (fact == e.declarations().request_facts.end()) return "";
  const FactColumn& column = e.r.values().facts().facts[at(fact->second)];
  const std::size_t row = at(e.r.values().first_household() + household);
  const bool known = row < column.low.size() && (column.high.empty() || column.low[row] == column.high[row]);
  return known ? to_text(Month{static_cast<std::int32_t>(column.low[row])}) : "";
}

Value output_of(const Evaluated& e, const PlanOutput& output, std::int32_t row, const PeopleNames& people) {
  const Type& type = e.r.plan().program->rules[at(output.rule)].type;
  if (surely_absent(e, output, row)) {
    Value none;
    none.kind = Value::Kind::absent;
    none.text = type.absent;
    return none;
  }
  if (output.absent != no_node && !e.r.surely_not(output.absent, row)) return {};
  return e.r.value(output.value, row, type, people);
}

Value output_in_column(const Evaluated& e, const PlanOutput& output, std::int32_t row, const PeopleNames& people) {
  const int benefit = e.index.benefit();
  const bool is_benefit = benefit >= 0 && e.r.plan().outputs[at(benefit)].rule == output.rule;
  if (!is_benefit && !surely_absent(e, output, row) && e.r.is_open(output.value, row)) return {};
  return output_of(e, output, row, people);
}

namespace {

/// Calls `f(group node, person)` for each person of a unit's row.
template <class F>
void for_each_member(const Evaluated& e, std::int32_t row, F f) {
  const LevelId decided = e.r.plan().program->decided;
  const NodeId groups = e.paths.maker_of(decided);
  const std::int32_t household = e.paths.household(decided, row);
  for (int item = 0; groups != no_node && item < e.paths.people_in(household); ++item)
    if (const std::int32_t person = e.paths.person_row(household, item); e.paths.unit_of(decided, person) == row) f(groups, person);
}

/// Whether everybody in the row's unit is surely in one: else what cannot be told of the unit may not matter to them.
bool nobody_may_leave(const Evaluated& e, std::int32_t row) {
  bool stay = true;
  for_each_member(e, row,
                  [&](NodeId groups, std::int32_t person) { stay = stay && e.r.surely_in(groups, person, e.paths.item_of(person_level, person)); });
  return stay;
}

}  // namespace

std::vector<Part> forming_causes(const Evaluated& e, std::int32_t row) {
  std::vector<Part> out = forming_parts(e, row);
  const std::size_t units = out.size();
  for (std::size_t i = 0; i < units; ++i)
    for_each_member(e, out[i].row, [&](NodeId groups, std::int32_t person) { out.push_back({groups, person, whole_set}); });
  return out;
}

std::vector<Part> forming_parts(const Evaluated& e, std::int32_t row) {
  const NodeId settled = e.r.plan().settled;
  if (settled == no_node) return {};
  if (!e.index.reads_across_units()) return {{settled, row, whole_set}};
  std::vector<Part> out;
  const LevelId decided = e.r.plan().program->decided;
  e.paths.for_each_below(decided, household_level, e.paths.household(decided, row), [&](std::int32_t r) { out.push_back({settled, r, whole_set}); });
  return out;
}

bool is_open_unit(const Evaluated& e, std::int32_t row) {
  const std::vector<Part> parts = forming_parts(e, row);
  return std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return !e.r.surely(part.node, part.row); });
}

Decision decision_of(const Evaluated& e, std::int32_t row, Benefit how) {
  const Plan& plan = e.r.plan();
  Decision out;
  if (plan.decided_when != no_node) {
    if (e.r.surely_undefined(plan.decided_when, row)) return undefined_at(plan.decided_when);
    if (e.r.surely_not(plan.decided_when, row)) {
      out.kind = Decision::Kind::not_decided;
      return out;
    }
    if (!e.r.surely(plan.decided_when, row)) return out;
  }
  for (const Part& part : forming_parts(e, row))
    if (e.r.surely_undefined(part.node, part.row) && nobody_may_leave(e, part.row)) return undefined_at(part.node);
  if (is_open_unit(e, row)) return out;
  for (std::size_t i = 0; i < plan.outcomes.size(); ++i) {
    const PlanOutcome& line = plan.outcomes[i];
    if (line.when != no_node) {
      if (e.r.surely_not(line.when, row)) continue;
      if (e.r.surely_undefined(line.when, row)) return undefined_at(line.when);
      if (!e.r.surely(line.when, row)) return out;
    }
    out.kind = Decision::Kind::line;
    out.line = static_cast<int>(i);
    return is_eligible(line) ? with_benefit(e, out, row, how) : out;
  }
  out.kind = Decision::Kind::ineligible;
  return out;
}

std::vector<Part> deciding_parts(const Evaluated& e, std::int32_t row) {
  const Plan& plan = e.r.plan();
  std::vector<Part> parts = is_open_unit(e, row) ? forming_causes(e, row) : std::vector<Part>{};
  const auto add = [&](NodeId node) {
    if (node != no_node) parts.push_back({node, row, whole_set});
  };
  add(plan.decided_when);
  bool may_be_eligible = false;
  for (const PlanOutcome& line : plan.outcomes) {
    add(line.when);
    const bool possible = line.when == no_node || e.r.may_be_true(line.when, row);
    may_be_eligible = may_be_eligible || (possible && is_eligible(line));
    if (line.when == no_node || e.r.surely(line.when, row)) break;
  }
  if (may_be_eligible && e.index.benefit() >= 0) {
    const PlanOutput& benefit = plan.outputs[at(e.index.benefit())];
    add(benefit.value);
    add(benefit.absent);
  }
  return parts;
}

}  // namespace duly
