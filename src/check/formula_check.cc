#include "check/formula_check.h"
#include "check/written_number.h"

#include <algorithm>

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

bool is_code(const Type& type) { return type.base == Base::code || type.base == Base::codes; }

}  // namespace

Operand FormulaCheck::bad(Code code, const Span& span, std::string message, std::string help) {
  errors_.push_back(diagnostic_at(code, span, std::move(message), std::move(help)));
  return {};
}

Operand FormulaCheck::value_operand(Valued value, const Span& span) {
  if (!value.ok()) return {};
  Operand out;
  out.kind = Operand::Kind::value;
  out.value = value;
  out.span = span;
  return out;
}

std::vector<std::pair<Span, Valued>> FormulaCheck::take_parts() { return std::exchange(parts_, {}); }

void FormulaCheck::note_part(const Span& span, const Valued& value, const Context& context) {
  if (context.depth == 0 && value.ok() && span.source) parts_.emplace_back(span, value);
}

// ---- what an operand is used as ----

const Fact* FormulaCheck::fact_named(const std::string& name) const {
  const auto found = std::find_if(d_.facts.begin(), d_.facts.end(), [&](const Fact& f) { return f.name == name; });
  return found == d_.facts.end() ? nullptr : &*found;
}

Valued FormulaCheck::as_value(const Operand& operand, const Type* wanted) {
  switch (operand.kind) {
    case Operand::Kind::bad: return {};
    case Operand::Kind::value: return operand.value;
    case Operand::Kind::word: {
      if (wanted != nullptr && is_code(*wanted)) {
        const auto& list = d_.lists[static_cast<std::size_t>(wanted->list)];
        const int word = list.index_of(operand.text);
        if (word >= 0) return {t_.word(wanted->list, word, operand.span), household_var};
        const std::string near = nearest(operand.text, list.words);
        bad(Code::unknown_code, operand.span, "`" + operand.text + "` is no word of the list `" + list.name + "`",
            near.empty() ? "its words are " + join_words(list.words, "and") : "did you mean `" + near + "`?");
        return {};
      }
      if (operand.quoted) {
        bad(Code::wrong_type, operand.span, "a text cannot be computed with");
      } else if (const Fact* below = fact_named(operand.text)) {
        const std::string& owner = d_.levels[static_cast<std::size_t>(below->level)].one;
        bad(Code::wrong_level, operand.span, "`" + operand.text + "` is known of each " + owner + ", not here",
            "use sum, count, min, max, some or every over the rows, or make the rule `of: " + owner + "`");
      } else {
        const std::string near = nearest(operand.text, names_in_scope(household_var));
        bad(Code::unknown_name, operand.span, "`" + operand.text + "` is not defined", near.empty() ? "" : "did you mean `" + near + "`?");
      }
      return {};
    }
    case Operand::Kind::absent:
      if (wanted != nullptr && wanted->absent == operand.text) return absent_of(*wanted, operand.span);
      bad(Code::wrong_type, operand.span, "`" + operand.text + "` is no value here",
          "only a value whose type says `or " + operand.text + "` may be absent");
      return {};
    case Operand::Kind::variable:
      bad(Code::wrong_type, operand.span, "a person is no value", "name one of the person's facts or rules, such as self.age");
      return {};
    case Operand::Kind::range: bad(Code::wrong_type, operand.span, "a range is no value", "use it right of `in`"); return {};
    case Operand::Kind::list:
      bad(Code::wrong_type, operand.span, "a list is no single value", "use it right of `in`, or in sum, count, min, max");
      return {};
    case Operand::Kind::rows:
      bad(Code::wrong_level, operand.span, "this is a list with a value for each row", "use sum, count, min, max, some or every");
      return {};
  }
  return {};
}

Valued FormulaCheck::value(const Expr& e, const Context& context, const Type* wanted) {
  Context inner = context;
  inner.expected_list = wanted != nullptr && is_code(*wanted) ? wanted->list : -1;
  return as_value(check(e, inner), wanted);
}

Valued FormulaCheck::truth(const Expr& e, const Context& context) {
  const Valued v = value(e, context);
  if (!v.ok()) return v;
  if (type_of(v).base == Base::boolean) return v;
  bad(Code::wrong_type, e.span, "a condition is wanted here, this is " + duly::to_text(type_of(v)), "compare it with something, such as `... > 0`");
  return {};
}

Valued FormulaCheck::people(const Expr& e, const Context& context) { return as_people(check(e, context), context.current, e.span); }

Valued FormulaCheck::as_people(const Operand& operand, VarId subject, const Span& span) {
  if (!operand.ok()) return {};
  if (operand.kind == Operand::Kind::value && type_of(operand.value).base == Base::people) return operand.value;
  const Type people_type = plain_type(Base::people, false);
  if (operand.kind == Operand::Kind::variable && t_.level_of(operand.variable) == person_level) {
    Term self;
    self.op = TermOp::self_set;
    self.type = people_type;
    self.level = person_level;
    self.span = span;
    return {t_.add(std::move(self)), operand.variable};
  }
  if (operand.kind == Operand::Kind::list && operand.items.empty()) return {t_.constant(people_type, 0, span), household_var};
  if (operand.kind == Operand::Kind::rows && !operand.rows.value && t_.level_of(t_.iteration(operand.rows.iteration).item) == person_level) {
    const Iteration it = t_.iteration(operand.rows.iteration);
    Term set;
    set.op = TermOp::set_from_rows;
    set.type = people_type;
    set.level = t_.level_of(it.self);
    set.args = {t_.lifted(operand.rows.included, it.row).term};
    set.span = span;
    return {t_.add(std::move(set)), it.self};
  }
  (void)subject;
  bad(Code::wrong_type, span, "people are wanted here");
  return {};
}

Valued FormulaCheck::unknown_of(const Type& type, const Span& span) {
  Term term;
  term.type = type;
  term.index = unknown_constant;
  term.level = world_level;
  term.span = span;
  return {t_.add(std::move(term)), household_var};
}

Valued FormulaCheck::absent_of(Type type, const Span& span) {
  Term term;
  term.type = std::move(type);
  term.index = undefined_constant;
  term.level = world_level;
  term.span = span;
  const TermId yes = t_.truth(true, span);
  term.absent = yes;
  return {t_.add(std::move(term)), household_var};
}

Valued FormulaCheck::choose(Valued condition, Valued then, Valued otherwise, const Span& span) {
  if (!condition.ok() || !then.ok() || !otherwise.ok()) return {};
  if (!same_quantity(type_of(then), type_of(otherwise))) {
    bad(Code::mixed_units, span, "the value is " + duly::to_text(type_of(then)) + " or " + duly::to_text(type_of(otherwise)),
        "both must be of one type");
    return {};
  }
  Type type = joined(type_of(then), type_of(otherwise));
  const TermId then_absent = t_.at(then.term).absent;
  const TermId otherwise_absent = t_.at(otherwise.term).absent;
  Valued out = t_.make(TermOp::choose, type, {condition, then, otherwise}, span);
  if (!out.ok()) {
    bad(Code::wrong_level, span, "these values belong to different rows", "use sum, count, some or every, or split the rule");
    return out;
  }
  if (then_absent != no_term || otherwise_absent != no_term) {
    const auto absent = [&](const Valued& side, TermId term) {
      return term == no_term ? Valued{t_.truth(false, span), household_var} : Valued{term, side.var};
    };
    const Valued flag = t_.make(TermOp::choose, boolean_type(), {condition, absent(then, then_absent), absent(otherwise, otherwise_absent)}, span);
    t_.at(out.term).absent = flag.term;
  }
  return out;
}

Valued FormulaCheck::compare(Compare comparison, Valued a, Valued b, const Span& span) {
  if (!a.ok() || !b.ok()) return {};
  const Type left = type_of(a);
  const Type right = type_of(b);
  if (!same_quantity(left, right)) {
    const bool both_numbers = left.base == Base::number && right.base == Base::number;
    bad(both_numbers ? Code::mixed_units : Code::wrong_type, span, duly::to_text(left) + " cannot be compared with " + duly::to_text(right),
        both_numbers ? "convert one of them by a named conversion" : "");
    return {};
  }
  const bool ordered = comparison != Compare::equal && comparison != Compare::not_equal;
  if (ordered && !is_numeric(left)) {
    bad(Code::wrong_type, span, duly::to_text(left) + " has no order", "compare with `=` or `!=`");
    return {};
  }
  Valued out;
  if (is_numeric(left)) {
    out = t_.make(TermOp::compare, boolean_type(), {a, b}, span);
    if (out.ok()) t_.at(out.term).comparison = comparison;
  } else {
    switch (left.base) {
      case Base::boolean: {
        const Valued both = t_.logical(TermOp::logical_and, a, b, span);
        const Valued neither = t_.logical(TermOp::logical_and, t_.negated(a, span), t_.negated(b, span), span);
        out = t_.logical(TermOp::logical_or, both, neither, span);
        break;
      }
      case Base::code: out = t_.make(TermOp::code_equal, boolean_type(), {a, b}, span); break;
      default: bad(Code::wrong_type, span, duly::to_text(left) + " cannot be compared"); return {};
    }
    if (comparison == Compare::not_equal) out = t_.negated(out, span);
  }
  if (!out.ok()) bad(Code::wrong_level, span, "these values belong to different rows", "use sum, count, some or every, or split the rule");
  return out;
}

// ---- expressions ----

Operand FormulaCheck::check(const Expr& e, const Context& context) {
  return std::visit(
      overload{
          [&](const NumberLiteral& n) {
            Type type = plain_type(Base::number, denominator(n.value) == 1);
            type.literal = true;
            return value_operand({t_.constant(type, n.value, e.span), household_var}, e.span);
          },
          [&](const BooleanLiteral& b) { return value_operand({t_.truth(b.value, e.span), household_var}, e.span); },
          [&](const TextLiteral& text) {
            Operand out;
            out.kind = Operand::Kind::word;
            out.text = text.value;
            out.quoted = true;
            out.span = e.span;
            return out;
          },
          [&](const AtLiteral& at) { return check_at_literal(at.value, e.span); },
          [&](const DurationLiteral& duration) {
            const bool months = duration.unit == "months" || duration.unit == "years";
            const std::int64_t factor = duration.unit == "years" ? 12 : duration.unit == "weeks" ? 7 : 1;
            return value_operand(
                {t_.constant(plain_type(months ? Base::duration : Base::days), Number(duration.amount) * factor, e.span), household_var}, e.span);
          },
          [&](const Name& name) { return check_name(name, e, context); },
          [&](const Negate& n) {
            const Valued v = value(*n.operand, context);
            if (!v.ok()) return Operand{};
            const Type type = type_of(v);
            if (type.base != Base::number && type.base != Base::duration && type.base != Base::days)
              return bad(Code::wrong_type, e.span, "a minus stands before " + duly::to_text(type));
            return value_operand(t_.make(TermOp::negate, type, {v}, e.span), e.span);
          },
          [&](const Not& n) { return value_operand(t_.negated(truth(*n.operand, context), e.span), e.span); },
          [&](const Binary& b) { return check_binary(b, e, context); },
          [&](const OrNone& n) { return check(*n.operand, context); },
          [&](const If& i) { return check_if(i, e, context); },
          [&](const Between& b) {
            const Valued v = value(*b.value, context);
            const Valued low = value(*b.low, context);
            const Valued high = value(*b.high, context);
            return value_operand(t_.logical(TermOp::logical_and, compare(Compare::greater_equal, v, low, e.span),
                                            compare(Compare::less_equal, v, high, e.span), e.span),
                                 e.span);
          },
          [&](const Range& r) {
            Operand out;
            out.kind = Operand::Kind::range;
            out.span = e.span;
            out.low_closed = r.low_closed;
            out.high_closed = r.high_closed;
            for (const auto& end : {r.low, r.high}) {
              if (!end) {
                out.items.emplace_back();
                continue;
              }
              out.items.push_back(value_operand(value(*end, context), end->span));
              if (!out.items.back().ok()) return Operand{};
            }
            if (r.low && r.high && !same_quantity(type_of(out.items[0].value), type_of(out.items[1].value)))
              return bad(Code::wrong_type, e.span, "the ends of the range are of two types");
            return out;
          },
          [&](const UnaryTest&) { return bad(Code::formula_syntax, e.span, "a test such as `< 5` stands right of `in` or in a table"); },
          [&](const In& in) { return check_in(in, e, context); },
          [&](const List& l) {
            Operand out;
            out.kind = Operand::Kind::list;
            out.span = e.span;
            for (const auto& item : l.items) {
              out.items.push_back(check(*item, context));
              if (!out.items.back().ok()) return Operand{};
            }
            return out;
          },
          [&](const Quantified& q) { return check_quantified(q, e, context); },
          [&](const For& f) { return check_for(f, e, context); },
          [&](const Path& p) { return check_path(p, e, context); },
          [&](const Filter& f) { return check_filter(f, e, context); },
          [&](const Call& c) { return check_call(c, e, context); },
          [&](const AsOf& a) {
            const auto* call = std::get_if<Call>(&a.value->node);
            const auto* name = std::get_if<Name>(&a.value->node);
            const Call bare{name != nullptr ? name->text : "", {}, a.value->span};
            const Call& asked = call != nullptr ? *call : bare;
            for (std::size_t i = 0; i < d_.parameters.size(); ++i)
              if (d_.parameters[i].name == asked.function) return check_lookup(static_cast<int>(i), asked, *a.value, context, a.date.get());
            return bad(Code::wrong_arguments, e.span, "`as of` needs a parameter before it",
                       "rules have no other date; pass the date to the parameters they use");
          },
          [&](const IfNone& n) {
            const auto* call = std::get_if<Call>(&n.value->node);
            if (call == nullptr) return bad(Code::formula_syntax, e.span, "`if none` follows min, max or mean of a list");
            return check_built_in(*this, t_, errors_, *call, *n.value, context, n.otherwise.get());
          },
          [&](const MeetsAll& m) {
            const Valued met = names_.meets_all(m, e.span);
            return met.ok() ? value_operand(met, e.span) : Operand{};
          },
      },
      e.node);
}

Operand FormulaCheck::check_at_literal(const std::string& text, const Span& span) {
  if (const auto day = date_from_text(text)) return value_operand({t_.constant(plain_type(Base::date), day->days, span), household_var}, span);
  if (const auto month = month_from_text(text)) return value_operand({t_.constant(plain_type(Base::month), month->index, span), household_var}, span);
  // ISO 8601: P1Y2M, P10D, with an optional minus.
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  Number months = 0;
  Number days = 0;
  bool has_months = false;
  bool has_days = false;
  bool sound = rest.starts_with('P') && rest.size() > 2;
  if (sound) rest.remove_prefix(1);
  std::string_view order = "YMD";
  while (sound && !rest.empty()) {
    const auto letter = rest.find_first_not_of("0123456789");
    sound = letter != std::string_view::npos && letter > 0 && letter <= 10 && order.find(rest[letter]) != std::string_view::npos;
    if (!sound) break;
    const Number amount = *number_from_text(rest.substr(0, letter));
    const char unit = rest[letter];
    order = order.substr(order.find(unit) + 1);
    if (unit == 'D') days = amount, has_days = true;
    else months += unit == 'Y' ? amount * 12 : amount, has_months = true;
    rest.remove_prefix(letter + 1);
  }
  if (!sound || has_months == has_days)
    return bad(Code::bad_value, span, "`" + text + "` is no date, month or duration",
               "write YYYY-MM-DD, YYYY-MM, P1Y2M or P10D; days and months do not add up in one duration");
  Number amount = has_days ? days : months;
  if (negative) amount = -amount;
  return value_operand({t_.constant(plain_type(has_days ? Base::days : Base::duration), amount, span), household_var}, span);
}

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
