// Operators, comparisons, `in` and `if`.

#include <algorithm>

#include "check/formula_check.h"
#include "check/written_number.h"

namespace duly {
namespace {

Compare comparison_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::not_equal: return Compare::not_equal;
    case BinaryOp::less: return Compare::less;
    case BinaryOp::less_equal: return Compare::less_equal;
    case BinaryOp::greater: return Compare::greater;
    case BinaryOp::greater_equal: return Compare::greater_equal;
    default: return Compare::equal;
  }
}

bool is_comparison(BinaryOp op) { return op >= BinaryOp::equal && op <= BinaryOp::greater_equal; }

std::string_view symbol(BinaryOp op) {
  switch (op) {
    case BinaryOp::add: return "+";
    case BinaryOp::subtract: return "-";
    case BinaryOp::multiply: return "*";
    case BinaryOp::divide: return "/";
    default: return "**";
  }
}

}  // namespace

Operand FormulaCheck::check_binary(const Binary& b, const Expr& e, const Context& context) {
  if (b.op == BinaryOp::logical_and || b.op == BinaryOp::logical_or) {
    const Valued left = truth(*b.left, context);
    const Valued right = truth(*b.right, context);
    if (!left.ok() || !right.ok()) return {};
    const Valued out = t_.logical(b.op == BinaryOp::logical_and ? TermOp::logical_and : TermOp::logical_or, left, right, e.span);
    if (!out.ok()) return bad(Code::wrong_level, e.span, "these conditions belong to different rows", "use some or every, or split the rule");
    return value_operand(out, e.span);
  }
  if (is_comparison(b.op)) return check_comparison(b, e, context);
  Context plain = context;
  plain.expected_list = -1;
  const Valued left = value(*b.left, plain);
  if (b.op == BinaryOp::power) return left.ok() ? value_operand(power(left, *b.right, plain, e.span), e.span) : Operand{};
  const Valued right = value(*b.right, plain);
  if (!left.ok() || !right.ok()) return {};
  const Type lt = type_of(left);
  const Type rt = type_of(right);
  std::optional<Type> type;
  TermOp op = TermOp::add;
  switch (b.op) {
    case BinaryOp::add: type = sum_type(lt, rt); break;
    case BinaryOp::subtract: type = difference_type(lt, rt), op = TermOp::subtract; break;
    case BinaryOp::multiply: type = product_type(lt, rt), op = TermOp::multiply; break;
    default: type = quotient_type(lt, rt), op = TermOp::divide; break;
  }
  if (!type) {
    const bool units = lt.base == Base::number && rt.base == Base::number;
    return bad(units ? Code::mixed_units : Code::wrong_type, e.span,
               duly::to_text(lt) + " " + std::string(symbol(b.op)) + " " + duly::to_text(rt) + " has no meaning",
               units ? "quantities of different units or periods need a named conversion" : "");
  }
  if (b.op == BinaryOp::divide) {
    const Term& divisor = t_.at(right.term);
    if (divisor.op == TermOp::constant && divisor.index == known_constant && divisor.number == 0)
      return bad(Code::always_undefined, b.right->span, "this divides by zero");
  }
  // A date moved by months is its own operation: a day that does not exist becomes the last of its month.
  if (type->base == Base::date && (lt.base == Base::duration || rt.base == Base::duration)) {
    const Valued date = lt.base == Base::date ? left : right;
    Valued months = lt.base == Base::date ? right : left;
    if (op == TermOp::subtract) months = t_.make(TermOp::negate, plain_type(Base::duration), {months}, e.span);
    return value_operand(t_.make(TermOp::add_months, *type, {date, months}, e.span), e.span);
  }
  Valued out = t_.make(op, *type, {left, right}, e.span);
  if (!out.ok()) return bad(Code::wrong_level, e.span, "these values belong to different rows", "use sum or count, or split the rule");
  // A duration is whole months or whole days: a part of one is dropped, toward zero.
  const bool is_duration = type->base == Base::duration || type->base == Base::days;
  if (is_duration && (op == TermOp::divide || !lt.whole || !rt.whole)) {
    out = t_.make(TermOp::round, *type, {out}, e.span);
    t_.at(out.term).number = 1;
    t_.at(out.term).mode = RoundMode::down;
  }
  return value_operand(out, e.span);
}

Valued FormulaCheck::power(Valued base, const Expr& exponent, const Context& context, const Span& span) {
  const Valued times = value(exponent, context);
  if (!times.ok()) return {};
  if (type_of(base).base != Base::number || !is_plain_number(type_of(times)) || !is_plain_number(type_of(base))) {
    bad(Code::wrong_type, span, "only plain numbers have powers");
    return {};
  }
  const auto written = written_number(t_, times.term);
  if (!written || denominator(*written) != 1 || abs(*written) > 64) {
    bad(Code::not_constant, exponent.span, "the exponent must be a written whole number up to 64");
    return {};
  }
  const int count = static_cast<int>(static_cast<std::int64_t>(numerator(*written)));
  Type type = type_of(base);
  Valued out{t_.constant(plain_type(Base::number), 1, span), household_var};
  for (int i = 0; i < std::abs(count); ++i) out = t_.make(TermOp::multiply, type, {out, base}, span);
  if (count < 0)
    out = t_.make(TermOp::divide, plain_type(Base::number, false), {{t_.constant(plain_type(Base::number), 1, span), household_var}, out}, span);
  return out;
}

std::pair<Operand, Operand> FormulaCheck::check_sides(const Expr& left, const Expr& right, const Context& context) {
  Context plain = context;
  plain.expected_list = -1;
  const auto list_of = [&](const Operand& o) { return o.kind == Operand::Kind::value && is_code(type_of(o.value)) ? type_of(o.value).list : -1; };
  Operand l = check(left, plain);
  if (!l.ok()) return {l, {}};
  Context for_right = plain;
  for_right.expected_list = list_of(l);
  Operand r = check(right, for_right);
  if (l.kind == Operand::Kind::word && list_of(r) >= 0) {
    Context for_left = plain;
    for_left.expected_list = list_of(r);
    l = check(left, for_left);
  }
  return {l, r};
}

Valued FormulaCheck::list_equality(const Operand& a, const Operand& b, const Span& span) {
  bool same_shape = a.kind == b.kind && a.items.size() == b.items.size() && a.low_closed == b.low_closed && a.high_closed == b.high_closed;
  if (!same_shape) return {t_.truth(false, span), household_var};
  Valued out{t_.truth(true, span), household_var};
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!a.items[i].ok() && !b.items[i].ok()) continue;
    if (!a.items[i].ok() || !b.items[i].ok()) return {t_.truth(false, span), household_var};
    const bool nested = a.items[i].kind != Operand::Kind::value || b.items[i].kind != Operand::Kind::value;
    const Valued same =
        nested ? list_equality(a.items[i], b.items[i], span) : compare(Compare::equal, as_value(a.items[i]), as_value(b.items[i]), span);
    out = t_.logical(TermOp::logical_and, out, same, span);
  }
  return out;
}

/// `(< 5) = (< 5)`: two tests are the same if they ask the same of the same value. Nothing where the sides are no tests.
std::optional<Operand> FormulaCheck::same_tests(const Binary& b, const Expr& e, const Context& context) {
  const auto* left = std::get_if<UnaryTest>(&b.left->node);
  const auto* right = std::get_if<UnaryTest>(&b.right->node);
  const bool equality = b.op == BinaryOp::equal || b.op == BinaryOp::not_equal;
  if (left == nullptr || right == nullptr || !equality) return std::nullopt;
  const Valued ends = compare(Compare::equal, value(*left->operand, context), value(*right->operand, context), e.span);
  const Valued same = t_.logical(TermOp::logical_and, {t_.truth(left->op == right->op, e.span), household_var}, ends, e.span);
  return value_operand(b.op == BinaryOp::equal ? same : t_.negated(same, e.span), e.span);
}

Operand FormulaCheck::check_comparison(const Binary& b, const Expr& e, const Context& context) {
  if (const auto same = same_tests(b, e, context)) return *same;
  const auto [left, right] = check_sides(*b.left, *b.right, context);
  if (!left.ok() || !right.ok()) return {};
  const Compare comparison = comparison_of(b.op);
  const bool equality = comparison == Compare::equal || comparison == Compare::not_equal;
  const auto maybe_not = [&](Valued v) { return value_operand(comparison == Compare::not_equal ? t_.negated(v, e.span) : v, e.span); };
  if (equality && (left.kind == Operand::Kind::absent || right.kind == Operand::Kind::absent)) {
    const Operand& asked = left.kind == Operand::Kind::absent ? right : left;
    const std::string& word = left.kind == Operand::Kind::absent ? left.text : right.text;
    const Valued v = as_value(asked);
    if (!v.ok()) return {};
    if (type_of(v).absent != word)
      return bad(Code::wrong_type, e.span, "the value is never `" + word + "`",
                 type_of(v).absent.empty() ? "its type does not say `or " + word + "`" : "its type says `or " + type_of(v).absent + "`");
    return maybe_not({t_.at(v.term).absent, v.var});
  }
  if (equality && (left.kind == Operand::Kind::variable || right.kind == Operand::Kind::variable)) {
    const bool left_is_item = left.kind == Operand::Kind::variable && left.variable != household_var && t_.variable(left.variable).introduced_by >= 0;
    const Valued in = in_people(left_is_item ? left : right, left_is_item ? right : left, e.span, context);
    return in.ok() ? maybe_not(in) : Operand{};
  }
  if (equality && left.kind == right.kind && (left.kind == Operand::Kind::list || left.kind == Operand::Kind::range))
    return maybe_not(list_equality(left, right, e.span));
  if (left.kind == Operand::Kind::word && right.kind == Operand::Kind::word && left.quoted && right.quoted) {
    if (!equality) return bad(Code::wrong_type, e.span, "texts have no order");
    return maybe_not({t_.truth(left.text == right.text, e.span), household_var});
  }
  const auto type_ptr = [&](const Operand& o) { return o.kind == Operand::Kind::value ? &type_of(o.value) : nullptr; };
  Type left_type;
  Type right_type;
  if (type_ptr(left) != nullptr) left_type = *type_ptr(left);
  if (type_ptr(right) != nullptr) right_type = *type_ptr(right);
  const Valued l = as_value(left, type_ptr(right) != nullptr ? &right_type : nullptr);
  if (!l.ok()) return {};
  const Valued r = as_value(right, type_ptr(left) != nullptr ? &left_type : nullptr);
  return value_operand(compare(comparison, l, r, e.span), e.span);
}

Valued FormulaCheck::test_of(const Valued& v, const Expr& test, const Context& context) {
  const Type type = type_of(v);
  Context inner = context;
  inner.expected_list = is_code(type) ? type.list : -1;
  if (const auto* unary = std::get_if<UnaryTest>(&test.node))
    return compare(comparison_of(unary->op), v, value(*unary->operand, inner, &type), test.span);
  const Operand operand = check(test, inner);
  if (!operand.ok()) return {};
  if (operand.kind == Operand::Kind::range) {
    Valued out{t_.truth(true, test.span), household_var};
    if (operand.items[0].ok())
      out = t_.logical(TermOp::logical_and, out,
                       compare(operand.low_closed ? Compare::greater_equal : Compare::greater, v, operand.items[0].value, test.span), test.span);
    if (operand.items[1].ok())
      out = t_.logical(TermOp::logical_and, out,
                       compare(operand.high_closed ? Compare::less_equal : Compare::less, v, operand.items[1].value, test.span), test.span);
    return out;
  }
  if (operand.kind == Operand::Kind::list) {
    const auto& list = std::get<List>(test.node);
    Valued out{t_.truth(false, test.span), household_var};
    for (const auto& item : list.items) out = t_.logical(TermOp::logical_or, out, test_of(v, *item, context), test.span);
    return out;
  }
  if (operand.kind == Operand::Kind::absent) {
    if (type.absent != operand.text) {
      bad(Code::wrong_type, test.span, "the value is never `" + operand.text + "`");
      return {};
    }
    return {t_.at(v.term).absent, v.var};
  }
  const Valued other = as_value(operand, &type);
  if (!other.ok()) return {};
  if (type_of(other).base == Base::codes && type.base == Base::code) return t_.make(TermOp::has_word, boolean_type(), {other, v}, test.span);
  if (type_of(other).base == Base::months && type.base == Base::month) return t_.make(TermOp::has_month, boolean_type(), {other, v}, test.span);
  return compare(Compare::equal, v, other, test.span);
}

Valued FormulaCheck::in_people(const Operand& who, const Operand& set, const Span& span, const Context& context) {
  if (who.kind != Operand::Kind::variable) {
    bad(Code::wrong_type, span, "only one person can be in a set of people", "write item, self or a quantifier's name left of it");
    return {};
  }
  const Valued people = as_people(set, context.current, span);
  if (!people.ok()) return {};
  const int by = who.variable == household_var ? -1 : t_.variable(who.variable).introduced_by;
  const Type truth_type = boolean_type();
  if (by >= 0 && t_.iteration(by).item == who.variable && t_.reaches(people.var, t_.iteration(by).self)) {
    const Iteration it = t_.iteration(by);
    const Valued on_self = t_.lifted(people, it.self);
    if (on_self.ok()) {
      Term in;
      in.op = TermOp::in_set;
      in.type = truth_type;
      in.level = it.row_level;
      in.args = {on_self.term};
      in.span = span;
      return {t_.add(std::move(in)), it.row};
    }
  }
  // The subject itself, or an item in a set of its own.
  if (people.var == who.variable || people.var == household_var) {
    const Valued self = as_people(who, context.current, span);
    const Valued both = t_.make(TermOp::set_intersect, plain_type(Base::people, false), {self, people}, span);
    const Valued size = t_.make(TermOp::set_size, count_type(), {both}, span);
    return compare(Compare::greater, size, {t_.constant(count_type(), 0, span), household_var}, span);
  }
  bad(Code::wrong_level, span, "this person and these people belong to different rows", "turn the relation round, or split the rule");
  return {};
}

Operand FormulaCheck::check_in(const In& in, const Expr& e, const Context& context) {
  Context plain = context;
  plain.expected_list = -1;
  Operand left = check(*in.value, plain);
  if (!left.ok()) return {};
  if (left.kind == Operand::Kind::variable) {
    if (in.tests.size() != 1) return bad(Code::formula_syntax, e.span, "name one set of people right of `in`");
    return value_operand(in_people(left, check(*in.tests[0], plain), e.span, context), e.span);
  }
  if (left.kind == Operand::Kind::list || left.kind == Operand::Kind::range) {  // a list is in a list of lists
    Valued out{t_.truth(false, e.span), household_var};
    for (const auto& test : in.tests) {
      const auto* unary = std::get_if<UnaryTest>(&test->node);
      const Operand right = check(unary != nullptr ? *unary->operand : *test, plain);
      if (!right.ok()) return {};
      Valued same{t_.truth(false, e.span), household_var};
      const bool list_of_lists = unary == nullptr && right.kind == Operand::Kind::list && !right.items.empty() && right.items[0].kind == left.kind;
      if (list_of_lists)
        for (const auto& item : right.items) same = t_.logical(TermOp::logical_or, same, list_equality(left, item, e.span), e.span);
      else if (right.kind == left.kind) same = list_equality(left, right, e.span);
      else return bad(Code::wrong_type, test->span, "a list is compared with something else");
      if (unary != nullptr && unary->op == BinaryOp::not_equal) same = t_.negated(same, e.span);
      else if (unary != nullptr && unary->op != BinaryOp::equal) return bad(Code::wrong_type, test->span, "lists have no order");
      out = t_.logical(TermOp::logical_or, out, same, e.span);
    }
    return value_operand(out, e.span);
  }
  if (left.kind == Operand::Kind::word) {  // heating in utilities
    if (in.tests.size() == 1) {
      const Operand right = check(*in.tests[0], plain);
      if (!right.ok()) return {};
      if (right.kind == Operand::Kind::value && is_code(type_of(right.value))) {
        Type code = type_of(right.value);
        code.base = Base::code;
        const Valued word = as_value(left, &code);
        if (!word.ok()) return {};
        if (type_of(right.value).base == Base::codes)
          return value_operand(t_.make(TermOp::has_word, boolean_type(), {right.value, word}, e.span), e.span);
        return value_operand(compare(Compare::equal, word, right.value, e.span), e.span);
      }
    }
  }
  const Valued v = as_value(left);
  if (!v.ok()) return {};
  Valued out{t_.truth(false, e.span), household_var};
  for (const auto& test : in.tests) {
    const Valued one = test_of(v, *test, context);
    if (!one.ok()) return {};
    out = t_.logical(TermOp::logical_or, out, one, e.span);
  }
  return value_operand(out, e.span);
}

Operand FormulaCheck::check_if(const If& i, const Expr& e, const Context& context) {
  const Valued condition = truth(*i.condition, context);
  if (!condition.ok()) return {};
  const auto [then, otherwise] = check_sides(*i.then, *i.otherwise, context);
  if (!then.ok() || !otherwise.ok()) return {};
  const bool people_sides = (then.kind == Operand::Kind::value && type_of(then.value).base == Base::people) ||
                            (otherwise.kind == Operand::Kind::value && type_of(otherwise.value).base == Base::people) ||
                            then.kind == Operand::Kind::rows || otherwise.kind == Operand::Kind::rows || then.kind == Operand::Kind::variable;
  if (people_sides)
    return value_operand(
        choose(condition, as_people(then, context.current, i.then->span), as_people(otherwise, context.current, i.otherwise->span), e.span), e.span);
  Type expected;
  const Type* wanted = nullptr;
  if (context.expected_list >= 0) expected.base = Base::code, expected.list = context.expected_list, wanted = &expected;
  const auto side_type = [&](const Operand& side, const Operand& other, Type& store) -> const Type* {
    if (other.kind != Operand::Kind::value) return wanted;
    store = type_of(other.value);
    if (side.kind == Operand::Kind::absent && store.absent.empty()) store.absent = side.text;
    return &store;
  };
  Type then_type;
  Type otherwise_type;
  const Type* for_then = side_type(then, otherwise, then_type);
  const Type* for_otherwise = side_type(otherwise, then, otherwise_type);
  return value_operand(choose(condition, as_value(then, for_then), as_value(otherwise, for_otherwise), e.span), e.span);
}

}  // namespace duly
