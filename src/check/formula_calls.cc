// Calls: parameters by their keys, relations between people, built-in functions.

#include <algorithm>

#include "check/formula_check.h"

namespace duly {
Operand FormulaCheck::check_call(const Call& call, const Expr& e, const Context& context) {
  for (std::size_t i = 0; i < d_.parameters.size(); ++i)
    if (d_.parameters[i].name == call.function) {
      Operand out = check_lookup(static_cast<int>(i), call, e, context, nullptr);
      if (out.ok()) note_part(e.span, out.value, context);
      return out;
    }
  for (std::size_t f = 0; f < d_.facts.size(); ++f)
    if (d_.facts[f].type.base == Base::people && d_.facts[f].record < 0 && d_.facts[f].name == call.function)
      return check_relation(static_cast<FactId>(f), call, e, context);
  Operand out = check_built_in(*this, t_, errors_, call, e, context, nullptr);
  if (out.kind == Operand::Kind::value && (call.function == "sum" || call.function == "count" || call.function == "round"))
    note_part(e.span, out.value, context);
  return out;
}

Operand FormulaCheck::check_lookup(int parameter, const Call& call, const Expr& e, const Context& context, const Expr* as_of) {
  const Parameter& p = d_.parameters[static_cast<std::size_t>(parameter)];
  mention(call.function_span, MentionOf::parameter, parameter);
  if (call.arguments.size() != p.keys.size()) {
    std::vector<std::string> keys;
    for (const auto& k : p.keys) keys.push_back(k.name);
    return bad(Code::wrong_arguments, e.span,
               "`" + p.name + "` has " + std::to_string(p.keys.size()) + (p.keys.size() == 1 ? " key" : " keys") + ", here are " +
                   std::to_string(call.arguments.size()),
               keys.empty() ? "write its bare name" : "call it as " + p.name + "(" + join_words(keys, ",") + ")");
  }
  std::vector<Valued> args(p.keys.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const Argument& argument = call.arguments[i];
    std::size_t at = i;
    if (!argument.name.empty()) {
      at = p.keys.size();
      for (std::size_t k = 0; k < p.keys.size(); ++k)
        if (p.keys[k].name == argument.name) at = k;
      if (at == p.keys.size()) return bad(Code::wrong_arguments, argument.value->span, "`" + p.name + "` has no key `" + argument.name + "`");
    }
    Type wanted = p.keys[at].is_month ? plain_type(Base::month) : count_type();
    if (p.keys[at].list >= 0) wanted.base = Base::code, wanted.list = p.keys[at].list;
    const Valued key = value(*argument.value, context, &wanted);
    if (!key.ok()) return {};
    const Type type = type_of(key);
    if (!same_quantity(type, wanted) || (wanted.base == Base::number && !type.whole))
      return bad(Code::wrong_type, argument.value->span,
                 "the key `" + p.keys[at].name + "` is " + duly::to_text(wanted) + ", this is " + duly::to_text(type),
                 wanted.base == Base::code ? "its words are those of the list `" + d_.lists[static_cast<std::size_t>(wanted.list)].name + "`" : "");
    args[at] = key;
  }
  if (as_of != nullptr) {
    Valued date = value(*as_of, context);
    if (!date.ok()) return {};
    if (type_of(date).base == Base::month) date = t_.make(TermOp::first_day, plain_type(Base::date), {date}, as_of->span);
    if (type_of(date).base != Base::date) return bad(Code::wrong_type, as_of->span, "`as of` needs a date");
    args.push_back(date);
  }
  Type type = p.type;
  Valued out = t_.make(TermOp::lookup, type, args, e.span);
  if (!out.ok()) return bad(Code::wrong_level, e.span, "the keys belong to different rows", "split the rule");
  t_.at(out.term).index = parameter;
  t_.at(out.term).truth = as_of != nullptr;
  if (!p.type.absent.empty()) {
    Valued absent = t_.make(TermOp::lookup_absent, boolean_type(), args, e.span);
    t_.at(absent.term).index = parameter;
    t_.at(absent.term).truth = as_of != nullptr;
    t_.at(out.term).absent = absent.term;
  }
  return value_operand(out, e.span);
}

Operand FormulaCheck::check_relation(FactId fact, const Call& call, const Expr& e, const Context& context) {
  mention(call.function_span, MentionOf::fact, fact);
  if (call.arguments.size() != 2)
    return bad(Code::wrong_arguments, e.span, "`" + call.function + "` relates two people: " + call.function + "(a, b)");
  const Operand a = check(*call.arguments[0].value, context);
  const Operand b = check(*call.arguments[1].value, context);
  if (!a.ok() || !b.ok()) return {};
  if (a.kind != Operand::Kind::variable || b.kind != Operand::Kind::variable)
    return bad(Code::wrong_type, e.span, "a relation is asked of two people", "such as " + call.function + "(a, b)");
  const auto is_item_of = [&](VarId item, VarId self) {
    const int by = item == household_var ? -1 : t_.variable(item).introduced_by;
    return by >= 0 && t_.iteration(by).item == item && t_.iteration(by).self == self;
  };
  FactId asked = fact;
  VarId self = a.variable;
  VarId item = b.variable;
  if (!is_item_of(item, self)) {  // asked the other way round: by the other side of the relation
    std::swap(self, item);
    const Fact& f = d_.facts[static_cast<std::size_t>(fact)];
    if (!f.symmetric) {
      asked = f.inverse_of;
      for (std::size_t i = 0; i < d_.facts.size() && asked < 0; ++i)
        if (d_.facts[i].inverse_of == fact) asked = static_cast<FactId>(i);
    }
    if (asked < 0 || !is_item_of(item, self))
      return bad(Code::wrong_level, e.span, "these two people do not stand in one pair", "declare the `inverse` of the relation");
  }
  Operand who;
  who.kind = Operand::Kind::variable;
  who.variable = item;
  return value_operand(in_people(who, value_operand({names_.fact_term(asked), self}, e.span), e.span, context), e.span);
}

}  // namespace duly
