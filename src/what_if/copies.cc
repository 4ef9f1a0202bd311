#include "what_if/copies.h"

#include <algorithm>

#include "base/at.h"
#include "determine/determine.h"
#include "determine/reasons.h"
#include "what_if/exact_text.h"

namespace duly {
namespace {

constexpr std::size_t most_requirements = 64;

bool pays(Outcome outcome) { return outcome == Outcome::eligible || outcome == Outcome::conditional; }

/// `amount` + `numerator` / `denominator`; false where that leaves 64 bits.
bool add(Amount& amount, Int128 numerator, Int128 denominator) {
  Int128 top = numerator * amount.denominator + denominator * amount.numerator;
  Int128 bottom = denominator * amount.denominator;
  Int128 a = top < 0 ? -top : top;
  for (Int128 b = bottom; b != 0;) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  if (a > 1) top /= a, bottom /= a;
  const Int128 most = INT64_MAX;
  if (top > most || top < -most || bottom > most) return false;
  amount = {static_cast<std::int64_t>(top), static_cast<std::int64_t>(bottom)};
  return true;
}

std::optional<Amount> amount_of(const Number& number) {
  const auto top = to_int64(numerator(number));
  const auto bottom = to_int64(denominator(number));
  return top && bottom ? std::optional(Amount{*top, *bottom}) : std::nullopt;
}

std::optional<Amount> known_ratio(const Evaluated& e, NodeId node, std::int32_t row) {
  if (const auto ratio = e.r.values().known_ratio(node, row)) return Amount{ratio->first, ratio->second};
  const NumberValue value = e.r.number(node, row);
  if (value.may_be_undefined || !value.may_be_defined || value.low != value.high) return std::nullopt;
  return amount_of(value.low);
}

}  // namespace

Number to_number(const Amount& amount) { return Number(amount.numerator, amount.denominator); }

std::optional<Number> months_of(Per per) {
  switch (per) {
    case Per::day: return Number(365, 12);
    case Per::week: return Number(52, 12);
    case Per::month: return Number(1);
    case Per::year: return Number(1, 12);
    default: return std::nullopt;
  }
}

Result<CopyDecider> CopyDecider::of(std::shared_ptr<const LoadedProgram> program, std::shared_ptr<const Household> household, Date law_date,
                                    int trials) {
  CopyDecider out(std::move(program), std::move(household), trials);
  std::vector<RuleId> stated;
  for (const StatedColumn& column : out.household_->table.stated) stated.push_back(column.rule);
  const auto bulk = out.program_->ready_plan(law_date, stated, PlanUse::bulk);
  if (!bulk) return bulk.errors();
  const auto explained = out.program_->ready_plan(law_date, std::move(stated));
  if (!explained) return explained.errors();
  out.bulk_ = *bulk;
  out.explained_ = *explained;
  for (const PlanOutput& output : out.bulk_->plan->outputs) {
    const auto& gives = out.program_->program().gives;
    if (std::find(gives.begin(), gives.end(), output.rule) == gives.end()) continue;
    const auto months = months_of(out.program_->program().rules[at(output.rule)].type.per);
    if (!months) continue;
    const Amount factor{static_cast<std::int64_t>(numerator(*months)), static_cast<std::int64_t>(denominator(*months))};
    out.gifts_.push_back({&output, factor, out.program_->declarations().rules[at(output.rule)].name});
  }
  return out;
}

std::vector<CopyDecisions> CopyDecider::decide(const FactTable& copies, std::int32_t most_alone) {
  const auto count = static_cast<std::int32_t>(copies.households);
  std::vector<CopyDecisions> out(at(count));
  evaluate(*bulk_->plan, copies, 0, count, Keep::asked, values_);
  const Evaluated evaluated(bulk_->index, values_);
  std::int32_t alone = 0;
  for (std::int32_t copy = 0; copy < count; ++copy) {
    if (read(evaluated, copy, out[at(copy)])) continue;
    out[at(copy)].subjects.clear();
    if (alone++ >= most_alone) {
      out[at(copy)].looked_at = false;
      continue;
    }
    evaluate(*explained_->plan, copies, copy, 1, Keep::everything, values_of_one_);
    out[at(copy)] = from(determine({explained_->index, values_of_one_, copy, household_.get(), trials_}));
  }
  return out;
}

CopyDecisions CopyDecider::from(const std::vector<Determination>& determinations) const {
  CopyDecisions out;
  const Plan& plan = *explained_->plan;
  for (const Determination& d : determinations) {
    CopyDecision one;
    const auto person = std::find(household_->people.begin(), household_->people.end(), d.subject.key);
    one.person = person == household_->people.end() ? -1 : static_cast<std::int32_t>(person - household_->people.begin());
    one.outcome = d.outcome;
    if (pays(d.outcome)) one.scope = d.scope;
    for (const Gift& gift : gifts_) {
      if (d.outcome == Outcome::pending || d.outcome == Outcome::error) one.is_known = false;
      if (!pays(d.outcome)) continue;
      const auto value = std::find_if(d.outputs.begin(), d.outputs.end(), [&](const NamedValue& v) { return v.name == gift.name; });
      if (value == d.outputs.end() || value->value.kind == Value::Kind::absent) continue;
      const auto number = number_from_exact(value->value.text);
      const auto amount = number ? amount_of(*number) : std::nullopt;
      one.is_known = one.is_known && amount &&
                     add(one.given, Int128{amount->numerator} * gift.months.numerator, Int128{amount->denominator} * gift.months.denominator);
    }
    for (const Reason& reason : d.reasons)
      for (std::size_t q = 0; q < std::min(plan.requirements.size(), most_requirements); ++q)
        if (program_->declarations().rules[at(plan.requirements[q].rule)].name == reason.rule) one.failed |= std::uint64_t{1} << q;
    out.subjects.push_back(one);
  }
  return out;
}

/// False where `determine` must look at it.
bool CopyDecider::read(const Evaluated& e, std::int32_t copy, CopyDecisions& out) const {
  const Plan& plan = *bulk_->plan;
  const Rows& rows = e.paths.rows(plan.program->decided);
  for (std::int32_t row = rows.begin[copy]; row < rows.begin[copy + 1]; ++row) {
    const Decision decision = decision_of(e, row);
    if (!decision.settled() || decision.kind == Decision::Kind::undefined) return false;
    if (decision.kind == Decision::Kind::not_decided || decision.kind == Decision::Kind::outside) continue;
    CopyDecision one;
    one.person = person_of(e, row);
    one.outcome = outcome_of(plan, decision);
    if (pays(one.outcome) && decision.line >= 0) one.scope = plan.outcomes[at(decision.line)].scope;
    if (pays(one.outcome)) give(e, row, one);
    else
      for (std::size_t q = 0; q < std::min(plan.requirements.size(), most_requirements); ++q)
        if (!plan.requirements[q].fails_person && state_of(e, plan.requirements[q], row) == TestState::failed) one.failed |= std::uint64_t{1} << q;
    out.subjects.push_back(one);
  }
  return true;
}

void CopyDecider::give(const Evaluated& e, std::int32_t row, CopyDecision& out) const {
  for (const Gift& gift : gifts_) {
    if (gift.output->absent != no_node && !e.r.surely_not(gift.output->absent, row)) {
      out.is_known = out.is_known && e.r.surely(gift.output->absent, row);
      continue;
    }
    const auto ratio = known_ratio(e, gift.output->value, row);
    out.is_known = out.is_known && ratio &&
                   add(out.given, Int128{ratio->numerator} * gift.months.numerator, Int128{ratio->denominator} * gift.months.denominator);
  }
}

std::int32_t CopyDecider::person_of(const Evaluated& e, std::int32_t row) const {
  const LevelId decided = e.r.plan().program->decided;
  const LevelKind kind = e.paths.level(decided).kind;
  if (kind == LevelKind::person) return row - e.paths.person_row(e.paths.household(decided, row), 0);
  if (kind != LevelKind::unit) return -1;
  const std::int32_t household = e.paths.household(decided, row);
  for (int item = 0; item < e.paths.people_in(household); ++item)
    if (e.paths.unit_of(decided, e.paths.person_row(household, item)) == row) return item;
  return -1;
}

}  // namespace duly
