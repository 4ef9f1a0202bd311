// The built-in functions of formulas.

#include <algorithm>
#include <array>

#include "check/formula_check.h"
#include "check/range_functions.h"
#include "check/written_number.h"

namespace duly {

/// One call, with its arguments by position.
class FunctionCheck {
 public:
  FunctionCheck(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e, const Context& context)
      : c_(check), t_(terms), errors_(errors), call_(call), e_(e), context_(context) {
    context_.expected_list = -1;
  }

  Operand run(const Expr* if_none);

 private:
  Operand mistake(Code code, std::string message, std::string help = "") { return mistake_at(e_.span, code, std::move(message), std::move(help)); }
  Operand mistake_at(const Span& span, Code code, std::string message, std::string help = "") {
    errors_.push_back(diagnostic_at(code, span, std::move(message), std::move(help)));
    return {};
  }
  Operand made(Valued v) { return c_.value_operand(v, e_.span); }

  /// Arguments in the order of `names`; those behind `required` may be missing (null). Empty after a mistake.
  std::vector<const Expr*> arguments(std::initializer_list<const char*> names, std::size_t required);
  Valued number(const Expr& e);
  Valued constant(Number n, const Type& type) { return {t_.constant(type, std::move(n), e_.span), household_var}; }

  Operand fold(const Expr* if_none);
  Operand fold_list(const std::vector<Operand>& items, const Expr* if_none);
  Operand fold_rows(const RowList& rows, const Expr* if_none);
  Operand all_or_any();
  Operand sets();
  Operand rounded();
  Operand round_by_mode();
  Operand dates();
  Operand months();

  FormulaCheck& c_;
  Terms& t_;
  std::vector<Diagnostic>& errors_;
  const Call& call_;
  const Expr& e_;
  Context context_;
};

std::vector<const Expr*> FunctionCheck::arguments(std::initializer_list<const char*> names, std::size_t required) {
  std::vector<const Expr*> out(names.size(), nullptr);
  const auto wrong = [&](std::string message) {
    std::vector<std::string> all(names.begin(), names.end());
    mistake(Code::wrong_arguments, std::move(message), "call it as " + call_.function + "(" + join_words(all, ",") + ")");
    return std::vector<const Expr*>{};
  };
  std::size_t position = 0;
  for (const auto& argument : call_.arguments) {
    std::size_t at = position++;
    if (!argument.name.empty()) {
      at = 0;
      for (const char* name : names) {
        if (argument.name == name) break;
        ++at;
      }
      if (at == names.size()) return wrong("`" + call_.function + "` has no argument `" + argument.name + "`");
    }
    if (at >= out.size()) return wrong("`" + call_.function + "` is called with too many arguments");
    if (out[at] != nullptr) return wrong("`" + call_.function + "` is given one argument twice");
    out[at] = argument.value.get();
  }
  for (std::size_t i = 0; i < required; ++i)
    if (out[i] == nullptr) return wrong("`" + call_.function + "` is called with too few arguments");
  return out;
}

Valued FunctionCheck::number(const Expr& e) {
  const Valued v = c_.value(e, context_);
  if (!v.ok()) return v;
  if (c_.type_of(v).base == Base::number) return v;
  mistake_at(e.span, Code::wrong_type, "a number is wanted here, this is " + to_text(c_.type_of(v)));
  return {};
}

// ---- lists to one value ----

Operand FunctionCheck::fold(const Expr* if_none) {
  const std::string& f = call_.function;
  if (call_.arguments.empty()) return mistake(Code::wrong_arguments, "`" + f + "` needs a list", "such as " + f + "(members.wages)");
  if (call_.arguments.size() == 1) {
    if (!call_.arguments[0].name.empty() && call_.arguments[0].name != "list")
      return mistake(Code::wrong_arguments, "`" + f + "` has no argument `" + call_.arguments[0].name + "`");
    const Operand list = c_.check(*call_.arguments[0].value, context_);
    if (!list.ok()) return {};
    if (list.kind == Operand::Kind::list) return fold_list(list.items, if_none);
    if (list.kind == Operand::Kind::rows) return fold_rows(list.rows, if_none);
    if (list.kind == Operand::Kind::value) {
      const Type type = c_.type_of(list.value);
      if (f == "count" && (type.base == Base::people || type.base == Base::months || type.base == Base::codes))
        return made(t_.make(TermOp::set_size, count_type(), {list.value}, e_.span));
    }
    if (list.kind == Operand::Kind::word) {
      c_.as_value(list);
      return {};
    }
    if (f == "count" || list.kind != Operand::Kind::value)
      return mistake_at(call_.arguments[0].value->span, Code::wrong_type, "`" + f + "` needs a list, this is one value");
    return fold_list({list}, if_none);
  }
  std::vector<Operand> items;
  for (const auto& argument : call_.arguments) {
    if (!argument.name.empty()) return mistake(Code::wrong_arguments, "`" + f + "` takes its values without names");
    items.push_back(c_.check(*argument.value, context_));
    if (!items.back().ok()) return {};
  }
  return fold_list(items, if_none);
}

Operand FunctionCheck::fold_list(const std::vector<Operand>& items, const Expr* if_none) {
  const std::string& f = call_.function;
  const bool conditional = std::any_of(items.begin(), items.end(), [](const Operand& o) { return o.included.ok(); });
  if (f == "count" && !conditional) return made(constant(static_cast<int>(items.size()), count_type()));
  if (items.empty()) {
    if (if_none != nullptr) return made(c_.value(*if_none, context_));
    if (f == "sum") return made(constant(0, plain_type(Base::number)));
    return mistake(Code::may_be_empty, "`" + f + "` of an empty list has no value", "add `if none` and the value it shall have");
  }
  std::vector<Valued> values;
  for (const auto& item : items) {
    Type number_like;
    values.push_back(f == "count" ? constant(1, count_type()) : c_.as_value(item));
    if (!values.back().ok()) return {};
    number_like = c_.type_of(values.back());
    if (!is_numeric(number_like) || (f != "min" && f != "max" && (number_like.base == Base::date || number_like.base == Base::month)))
      return mistake_at(item.span, Code::wrong_type, "`" + f + "` cannot take " + to_text(number_like));
    if (!same_quantity(c_.type_of(values.front()), number_like))
      return mistake_at(item.span, Code::mixed_units, to_text(c_.type_of(values.front())) + " and " + to_text(number_like) + " do not mix");
  }
  const Span& span = e_.span;
  if (f == "min" || f == "max") {
    const TermOp op = f == "min" ? TermOp::minimum : TermOp::maximum;
    Valued best = values[0];
    Valued has = items[0].included;
    for (std::size_t i = 1; i < values.size(); ++i) {
      Valued next = t_.make(op, joined(c_.type_of(best), c_.type_of(values[i])), {best, values[i]}, span);
      const Valued& included = items[i].included;
      if (has.ok()) next = c_.choose(has, next, values[i], span);
      if (included.ok()) next = c_.choose(included, next, best, span);
      best = next;
      if (has.ok()) has = included.ok() ? t_.logical(TermOp::logical_or, has, included, span) : Valued{};
    }
    if (has.ok()) {
      if (if_none == nullptr) return mistake(Code::may_be_empty, "the list may be empty", "add `if none` and the value it shall have");
      best = c_.choose(has, best, c_.value(*if_none, context_), span);
    }
    return made(best);
  }
  Valued total = constant(f == "product" ? 1 : 0, plain_type(Base::number));
  t_.at(total.term).type.literal = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Valued one = values[i];
    if (items[i].included.ok()) {
      Valued nothing = constant(f == "product" ? 1 : 0, plain_type(Base::number));
      t_.at(nothing.term).type.literal = true;
      one = c_.choose(items[i].included, one, nothing, span);
    }
    const auto type = f == "product" ? product_type(c_.type_of(total), c_.type_of(one)) : std::optional(joined(c_.type_of(total), c_.type_of(one)));
    if (!type) return mistake(Code::mixed_units, "a product of quantities has no meaning");
    total = t_.make(f == "product" ? TermOp::multiply : TermOp::add, *type, {total, one}, span);
  }
  if (f == "mean")
    total = t_.make(TermOp::divide, *quotient_type(c_.type_of(total), count_type()), {total, constant(static_cast<int>(values.size()), count_type())},
                    span);
  return made(total);
}

Operand FunctionCheck::fold_rows(const RowList& rows, const Expr* if_none) {
  const std::string& f = call_.function;
  if (f == "count") return made(reduce_rows(c_, t_, TermOp::count, rows, std::nullopt, e_.span));
  if (!rows.value) return mistake(Code::wrong_type, "`" + f + "` needs a value of each row", "such as " + f + "(members.wages)");
  const Type type = c_.type_of(*rows.value);
  if (!is_numeric(type) || (f != "min" && f != "max" && (type.base == Base::date || type.base == Base::month)))
    return mistake(Code::wrong_type, "`" + f + "` cannot take " + to_text(type));
  if (f == "product") return mistake(Code::wrong_type, "`product` needs a written list");
  if (f == "sum") return made(reduce_rows(c_, t_, TermOp::sum, rows, rows.value, e_.span));
  if (if_none == nullptr)
    return mistake(Code::may_be_empty, "the list may be empty, then `" + f + "` has no value",
                   "add `if none` and the value it shall have: " + f + "(...) if none 0");
  RowList bare = rows;
  bare.value.reset();
  const Valued has = reduce_rows(c_, t_, TermOp::some, bare, std::nullopt, e_.span);
  Valued best;
  if (f == "mean") {
    const Valued total = reduce_rows(c_, t_, TermOp::sum, rows, rows.value, e_.span);
    const Valued number_of = reduce_rows(c_, t_, TermOp::count, bare, std::nullopt, e_.span);
    best = t_.make(TermOp::divide, *quotient_type(type, count_type()), {total, number_of}, e_.span);
  } else {
    best = reduce_rows(c_, t_, f == "min" ? TermOp::least : TermOp::greatest, rows, rows.value, e_.span);
  }
  return made(c_.choose(has, best, c_.value(*if_none, context_, &type), e_.span));
}

Operand FunctionCheck::all_or_any() {
  const bool all = call_.function == "all";
  std::vector<const Expr*> parts;
  if (call_.arguments.empty()) return mistake(Code::wrong_arguments, "`" + call_.function + "` needs conditions");
  for (const auto& argument : call_.arguments) {
    if (!argument.name.empty() && argument.name != "list")
      return mistake(Code::wrong_arguments, "`" + call_.function + "` has no argument `" + argument.name + "`");
    if (const auto* list = std::get_if<List>(&argument.value->node); list != nullptr && call_.arguments.size() == 1)
      for (const auto& item : list->items) parts.push_back(item.get());
    else parts.push_back(argument.value.get());
  }
  Valued out{t_.truth(all, e_.span), household_var};
  for (const Expr* part : parts) {
    const Valued holds = c_.truth(*part, context_);
    if (!holds.ok()) return {};
    out = t_.logical(all ? TermOp::logical_and : TermOp::logical_or, out, holds, e_.span);
  }
  return made(out);
}

// ---- sets of people ----

Operand FunctionCheck::sets() {
  const std::string& f = call_.function;
  const TermOp op = f == "union" ? TermOp::set_union : f == "intersect" ? TermOp::set_intersect : TermOp::set_except;
  if (call_.arguments.empty()) return mistake(Code::wrong_arguments, "`" + f + "` needs sets of people");
  Valued out;
  for (const auto& argument : call_.arguments) {
    const Valued next = c_.people(*argument.value, context_);
    if (!next.ok()) return {};
    out = out.ok() ? t_.make(op, plain_type(Base::people, false), {out, next}, e_.span) : next;
    if (!out.ok()) return mistake(Code::wrong_level, "these sets belong to different rows");
  }
  return made(out);
}

// ---- rounding ----

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

// ---- dates ----

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

// ---- months ----

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

Operand FunctionCheck::run(const Expr* if_none) {
  const std::string& f = call_.function;
  const auto is = [&](std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), f) != names.end(); };
  if (is({"sum", "count", "min", "max", "mean", "product"})) return fold(if_none);
  if (if_none != nullptr) return mistake(Code::formula_syntax, "`if none` follows min, max or mean of a list");
  if (is({"all", "any"})) return all_or_any();
  if (is({"union", "intersect", "except"})) return sets();
  if (is_range_relation(f)) return made(check_range_relation(c_, t_, errors_, call_, e_, context_));
  if (is({"floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down", "round half even"})) return rounded();
  if (f == "round") return round_by_mode();
  if (is({"date", "duration", "first day of", "last day of", "month of", "months between", "days between", "full years", "full months",
          "years and months duration"}))
    return dates();
  if (is({"months", "months in a row"})) return months();
  if (f == "abs") {
    const auto args = arguments({"n"}, 1);
    if (args.empty()) return {};
    const Valued v = c_.value(*args[0], context_);
    if (!v.ok()) return {};
    const Type type = c_.type_of(v);
    if (type.base != Base::number && type.base != Base::duration && type.base != Base::days)
      return mistake_at(args[0]->span, Code::wrong_type, "`abs` cannot take " + to_text(type));
    return made(t_.make(TermOp::absolute, type, {v}, e_.span));
  }
  if (f == "modulo") {
    const auto args = arguments({"dividend", "divisor"}, 2);
    if (args.empty()) return {};
    const Valued a = number(*args[0]);
    const Valued b = number(*args[1]);
    if (!a.ok() || !b.ok()) return {};
    const auto written = written_number(t_, b.term);
    if (written && *written == 0) return mistake_at(args[1]->span, Code::always_undefined, "this divides by zero");
    if (!same_quantity(c_.type_of(a), c_.type_of(b)))
      return mistake(Code::mixed_units, to_text(c_.type_of(a)) + " and " + to_text(c_.type_of(b)) + " do not mix");
    return made(t_.make(TermOp::modulo, joined(c_.type_of(a), c_.type_of(b)), {a, b}, e_.span));
  }
  if (f == "not") {
    const auto args = arguments({"negand"}, 1);
    return args.empty() ? Operand{} : made(t_.negated(c_.truth(*args[0], context_), e_.span));
  }
  if (f == "is empty") {
    const auto args = arguments({"list"}, 1);
    if (args.empty()) return {};
    const Operand list = c_.check(*args[0], context_);
    if (!list.ok()) return {};
    if (list.kind == Operand::Kind::rows) return made(t_.negated(reduce_rows(c_, t_, TermOp::some, list.rows, std::nullopt, e_.span), e_.span));
    if (list.kind == Operand::Kind::list && list.items.empty()) return made({t_.truth(true, e_.span), household_var});
    if (list.kind == Operand::Kind::list && !list.items.front().included.ok()) return made({t_.truth(false, e_.span), household_var});
    Valued set = list.kind == Operand::Kind::value ? list.value : c_.as_people(list, context_.current, e_.span);
    if (!set.ok()) return {};
    const Base base = c_.type_of(set).base;
    if (base != Base::people && base != Base::months && base != Base::codes) return mistake(Code::wrong_type, "`is empty` needs a list");
    return made(c_.compare(Compare::equal, t_.make(TermOp::set_size, count_type(), {set}, e_.span), constant(0, count_type()), e_.span));
  }
  if (is_built_in(f))
    return mistake(Code::unknown_function, "the function `" + f + "` is not part of this version", "docs/feel.md lists the functions");
  const std::string near = nearest(f, built_in_names());
  return mistake(Code::unknown_function, "there is no function or parameter `" + f + "`", near.empty() ? "" : "did you mean `" + near + "`?");
}

Operand check_built_in(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e, const Context& context,
                       const Expr* if_none) {
  return FunctionCheck(check, terms, errors, call, e, context).run(if_none);
}

}  // namespace duly
