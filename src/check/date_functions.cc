// Functions of dates, durations and months.

#include <array>

#include "check/function_check.h"
#include "check/written_number.h"

namespace duly {

Operand FunctionCheck::dates() {
  const std::string& f = call_.function;
  const auto date_of_argument = [&](const Expr& e) -> Valued {
    Valued v = c_.value(e, context_);
    if (!v.ok()) return v;
    if (c_.type_of(v).base == Base::month) v = t_.make(TermOp::first_day, plain_type(Base::date), {v}, e.span);
    if (c_.type_of(v).base == Base::date) return v;
    mistake_at(e.span, Code::wrong_type, "a date is wanted here, this is " + to_text(c_.type_of(v)));
    return {};
  };
  if (f == "date") {
    if (call_.arguments.size() == 3) {
      const auto args = arguments({"year", "month", "day"}, 3);
      if (args.empty()) return {};
      std::array<int, 3> parts{};
      for (std::size_t i = 0; i < 3; ++i) {
        const Valued part = number(*args[i]);
        if (!part.ok()) return {};
        const auto written = written_number(t_, part.term);
        if (!written || denominator(*written) != 1 || abs(*written) > 9999)
          return mistake_at(args[i]->span, Code::bad_value, "a year, month and day are written whole numbers");
        parts[i] = static_cast<int>(static_cast<std::int64_t>(numerator(*written)));
      }
      const auto day = duly::date_of(parts[0], parts[1], parts[2]);
      if (!day) return mistake(Code::bad_value, "there is no such day", "years run from 1 to 9999");
      return made(constant(day->days, plain_type(Base::date)));
    }
    const auto args = arguments({"from"}, 1);
    if (args.empty()) return {};
    if (const auto* text = std::get_if<TextLiteral>(&args[0]->node)) {
      const auto day = date_from_text(text->value);
      if (!day) return mistake_at(args[0]->span, Code::bad_value, "`" + text->value + "` is no date", "write it as YYYY-MM-DD");
      return made(constant(day->days, plain_type(Base::date)));
    }
    const Valued v = c_.value(*args[0], context_);
    if (!v.ok()) return {};
    if (c_.type_of(v).base != Base::date)
      return mistake_at(args[0]->span, Code::wrong_type, "a date is wanted here, this is " + to_text(c_.type_of(v)));
    return made(v);
  }
  if (f == "duration") {
    const auto args = arguments({"from"}, 1);
    if (args.empty()) return {};
    const auto* text = std::get_if<TextLiteral>(&args[0]->node);
    if (text == nullptr) return mistake_at(args[0]->span, Code::wrong_type, "a duration is written as a text: duration(\"P1Y2M\")");
    if (date_from_text(text->value) || month_from_text(text->value))
      return mistake_at(args[0]->span, Code::bad_value, "`" + text->value + "` is no duration", "write P1Y2M or P10D");
    return c_.check_at_literal(text->value, args[0]->span);
  }
  if (f == "first day of" || f == "last day of") {
    const auto args = arguments({"month"}, 1);
    if (args.empty()) return {};
    Valued v = c_.value(*args[0], context_);
    if (!v.ok()) return {};
    if (c_.type_of(v).base == Base::date) v = t_.make(TermOp::month_of, plain_type(Base::month), {v}, e_.span);
    if (c_.type_of(v).base != Base::month)
      return mistake_at(args[0]->span, Code::wrong_type, "a month is wanted here, this is " + to_text(c_.type_of(v)));
    return made(t_.make(f == "first day of" ? TermOp::first_day : TermOp::last_day, plain_type(Base::date), {v}, e_.span));
  }
  if (f == "month of") {
    const auto args = arguments({"date"}, 1);
    if (args.empty()) return {};
    const Valued v = date_of_argument(*args[0]);
    return v.ok() ? made(t_.make(TermOp::month_of, plain_type(Base::month), {v}, e_.span)) : Operand{};
  }
  const auto args = arguments({"from", "to"}, 2);
  if (args.empty()) return {};
  if (f == "months between") {
    const Valued a = c_.value(*args[0], context_);
    const Valued b = c_.value(*args[1], context_);
    if (!a.ok() || !b.ok()) return {};
    if (c_.type_of(a).base == Base::month && c_.type_of(b).base == Base::month) return made(t_.make(TermOp::subtract, count_type(), {b, a}, e_.span));
  }
  const Valued a = date_of_argument(*args[0]);
  const Valued b = date_of_argument(*args[1]);
  if (!a.ok() || !b.ok()) return {};
  if (f == "days between") return made(t_.make(TermOp::subtract, count_type(), {b, a}, e_.span));
  if (f == "full years") return made(t_.make(TermOp::years_between, count_type(), {a, b}, e_.span));
  const bool duration = f == "years and months duration";
  return made(t_.make(TermOp::months_between, duration ? plain_type(Base::duration) : count_type(), {a, b}, e_.span));
}

Operand FunctionCheck::months() {
  const auto args = arguments({"list"}, 1);
  if (args.empty()) return {};
  const Operand list = c_.check(*args[0], context_);
  if (!list.ok()) return {};
  if (call_.function == "months in a row") {
    const Valued v = c_.as_value(list);
    if (!v.ok()) return {};
    if (c_.type_of(v).base != Base::months) return mistake(Code::wrong_type, "months are wanted here, this is " + to_text(c_.type_of(v)));
    return made(t_.make(TermOp::months_run, count_type(), {v}, e_.span));
  }
  if (list.kind != Operand::Kind::rows || !list.rows.value || c_.type_of(*list.rows.value).base != Base::month || list.rows.outer)
    return mistake(Code::wrong_type, "`months` needs a month of each record", "such as months(history[counts].month)");
  const Iteration it = t_.iteration(list.rows.iteration);
  Term term;
  term.op = TermOp::months_from_rows;
  term.type = plain_type(Base::months, false);
  term.level = t_.level_of(it.self);
  term.args = {t_.lifted(*list.rows.value, it.row).term, t_.lifted(list.rows.included, it.row).term};
  if (list.rows.closed.ok()) term.args.push_back(t_.lifted(list.rows.closed, it.self).term);
  term.span = e_.span;
  return made({t_.add(std::move(term)), it.self});
}

}  // namespace duly
