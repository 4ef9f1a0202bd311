// Functions that make one value of a list, or one set of several.

#include <algorithm>

#include "check/function_check.h"

namespace duly {

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

}  // namespace duly
