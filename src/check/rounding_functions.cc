// Functions that round, by decimals or to a step.

#include "check/function_check.h"
#include "check/written_number.h"

namespace duly {

Operand FunctionCheck::rounded() {
  const std::string& f = call_.function;
  const bool optional_scale = f == "floor" || f == "ceiling";
  const auto args = arguments({"n", "scale"}, optional_scale ? 1 : 2);
  if (args.empty()) return {};
  const Valued n = number(*args[0]);
  if (!n.ok()) return {};
  Number scale = 0;
  if (args[1] != nullptr) {
    const Valued s = number(*args[1]);
    if (!s.ok()) return {};
    const auto written = written_number(t_, s.term);
    if (!written || denominator(*written) != 1)
      return mistake_at(args[1]->span, Code::not_constant, "the number of decimals must be a written whole number");
    scale = *written;
  }
  if (scale < -6111 || scale > 6176) return mistake_at(args[1]->span, Code::bad_value, "the number of decimals must lie between -6111 and 6176");
  Valued out = t_.make(TermOp::round, c_.type_of(n), {n}, e_.span);
  Term& term = t_.at(out.term);
  const auto places = static_cast<int>(static_cast<std::int64_t>(numerator(scale)));
  const BigInt power = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(std::abs(places)));
  term.number = places >= 0 ? Number(BigInt(1), power) : Number(power);
  term.type.whole = term.type.whole || places <= 0;
  term.mode = f == "floor"                               ? RoundMode::floor
              : f == "ceiling"                           ? RoundMode::ceiling
              : f == "decimal" || f == "round half even" ? RoundMode::half_even
              : f == "round up"                          ? RoundMode::up
              : f == "round down"                        ? RoundMode::down
              : f == "round half up"                     ? RoundMode::half_up
                                                         : RoundMode::half_down;
  return made(out);
}

/// round(x, to, mode): `to` is the step in the unit of x, the mode a word or a value of the list `rounding`.
Operand FunctionCheck::round_by_mode() {
  if (call_.arguments.size() < 3)
    return mistake(Code::rounding_without_mode, "`round` does not say how",
                   "write round(amount, 1, half_up); modes are none, up, down, half_up, half_down, half_even, floor and ceiling");
  const auto args = arguments({"x", "to", "mode"}, 3);
  if (args.empty()) return {};
  const Valued x = number(*args[0]);
  const Valued step = number(*args[1]);
  if (!x.ok() || !step.ok()) return {};
  const auto written = written_number(t_, step.term);
  if (!written || *written <= 0)
    return mistake_at(args[1]->span, Code::not_constant, "the step must be a written number above 0", "1 for whole dollars, 0.01 for cents");
  Type modes;
  modes.base = Base::code;
  modes.list = 0;  // the list `rounding` is always the first
  const Valued mode = c_.value(*args[2], context_, &modes);
  if (!mode.ok()) return {};
  if (!same_quantity(c_.type_of(mode), modes))
    return mistake_at(args[2]->span, Code::wrong_type, "the mode must be a word or a value of the list `rounding`");
  const auto one = [&](RoundMode how) {
    if (how == RoundMode::none) return x;
    Valued out = t_.make(TermOp::round, c_.type_of(x), {x}, e_.span);
    Term& term = t_.at(out.term);
    term.number = *written;
    term.mode = how;
    term.type.whole = denominator(*written) == 1;
    return out;
  };
  const Term& mode_term = t_.at(mode.term);
  if (mode_term.op == TermOp::constant) return made(one(static_cast<RoundMode>(mode_term.words[0])));
  Valued out = one(RoundMode::none);
  for (const auto how :
       {RoundMode::up, RoundMode::down, RoundMode::half_up, RoundMode::half_down, RoundMode::half_even, RoundMode::floor, RoundMode::ceiling}) {
    const Valued is = c_.compare(Compare::equal, mode, {t_.word(0, static_cast<int>(how), e_.span), household_var}, e_.span);
    out = c_.choose(is, one(how), out, e_.span);
  }
  return made(out);
}

}  // namespace duly
