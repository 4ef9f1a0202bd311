// Values: what an operand is where a value is wanted, and what each kind of expression is.

#include "check/formula_check.h"

#include <algorithm>

#include "check/written_number.h"

namespace duly {

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

}  // namespace duly
