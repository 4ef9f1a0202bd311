// Calculations with dates, and what they can give at all.

#include "compile/compiler.h"

namespace duly {

NodeId Compiler::date(TermId id, const Term& t) {
  std::vector<NodeId> args;
  for (const TermId a : t.args) args.push_back(node(a));
  const auto day = [](const Number& n) { return Date{static_cast<std::int32_t>(static_cast<std::int64_t>(floor_of(n)))}; };
  const auto part = [&](const std::vector<Number>& v) -> Number {
    switch (t.op) {
      case TermOp::add_months: return duly::plus_months(day(v[0]), static_cast<std::int64_t>(floor_of(v[1]))).days;
      case TermOp::months_between: return duly::full_months_between(day(v[0]), day(v[1]));
      case TermOp::years_between: return duly::full_years_between(day(v[0]), day(v[1]));
      case TermOp::year_of: return civil(day(v[0])).year;
      case TermOp::month_number: return civil(day(v[0])).month;
      case TermOp::day_of: return civil(day(v[0])).day;
      case TermOp::weekday_of: return weekday(day(v[0]));
      case TermOp::first_day: return first_day_of(Month{day(v[0]).days}).days;
      case TermOp::last_day: return last_day_of(Month{day(v[0]).days}).days;
      default: return duly::month_of(day(v[0])).index;
    }
  };
  std::vector<Number> known;
  for (const NodeId a : args)
    if (const auto v = b_.constant_value(a)) known.push_back(*v);
  if (known.size() == args.size()) return b_.number_constant(part(known), id);
  PlanNode n = base(plan_op(t.op), t, id, args);
  n.shape = Shape::number;
  const auto low = [&](std::size_t i) { return b_.at(args[i]).exact_low; };
  const auto high = [&](std::size_t i) { return b_.at(args[i]).exact_high; };
  switch (t.op) {
    case TermOp::month_number: n.exact_low = 1, n.exact_high = 12; break;
    case TermOp::day_of: n.exact_low = 1, n.exact_high = 31; break;
    case TermOp::weekday_of: n.exact_low = 1, n.exact_high = 7; break;
    case TermOp::months_between:
    case TermOp::years_between: n.exact_low = part({high(0), low(1)}), n.exact_high = part({low(0), high(1)}); break;
    case TermOp::add_months: n.exact_low = part({low(0), low(1)}), n.exact_high = part({high(0), high(1)}); break;
    default: n.exact_low = part({low(0)}), n.exact_high = part({high(0)}); break;
  }
  return b_.add(std::move(n));
}

}  // namespace duly
