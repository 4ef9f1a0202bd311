// The built-in functions of formulas: which of them a call names, its arguments, and those that are a few lines each.

#include <algorithm>

#include "check/function_check.h"
#include "check/range_functions.h"
#include "check/written_number.h"

namespace duly {

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
