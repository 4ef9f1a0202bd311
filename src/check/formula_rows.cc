// Rows of lists: which they are, what is asked of each of them, and what stands for them as one value.

#include <algorithm>

#include "check/formula_check.h"

namespace duly {

TermId FormulaCheck::list_closed(int record, const Span& span) {
  Term closed;
  closed.op = TermOp::list_closed;
  closed.level = d_.records[static_cast<std::size_t>(record)].of_household ? household_level : person_level;
  closed.index = record;
  closed.span = span;
  return t_.add(std::move(closed));
}

RowList FormulaCheck::rows_of_record(int record, VarId subject, const Span& span) {
  const RecordKind& kind = d_.records[static_cast<std::size_t>(record)];
  const auto all_levels = static_cast<LevelId>(d_.levels.size());
  RowList rows;
  const VarId item = t_.new_variable(kind.level);
  LevelId unit = -1;
  if (kind.of_household && kind.paid_by >= 0)
    for (LevelId l = 0; l < all_levels; ++l)
      if (d_.levels[static_cast<std::size_t>(l)].kind == LevelKind::unit && t_.level_of(subject) == l) unit = l;
  rows.included = {t_.truth(true, span), household_var};
  VarId owner = kind.of_household ? household_var : subject;
  if (unit >= 0) {  // a unit sees the records its people pay, and all of them where it is the only unit
    LevelId cross = -1;
    for (LevelId l = 0; l < all_levels; ++l) {
      const Level& level = d_.levels[static_cast<std::size_t>(l)];
      if (level.kind == LevelKind::unit_record && level.first == unit && level.second == kind.level) cross = l;
    }
    const VarId row = t_.new_variable(cross);
    rows.iteration = t_.new_iteration({subject, item, row, cross});
    names_.partition_sets(unit);
    Term people;
    people.op = TermOp::unit_people;
    people.type = plain_type(Base::people, false);
    people.level = unit;
    people.index = unit;
    people.span = span;
    const Valued of_unit{t_.add(std::move(people)), subject};
    const Valued payer{names_.fact_term(kind.paid_by), item};
    const Valued both = t_.make(TermOp::set_intersect, plain_type(Base::people, false), {t_.lifted(of_unit, row), t_.lifted(payer, row)}, span);
    const Valued paid =
        compare(Compare::greater, t_.make(TermOp::set_size, count_type(), {both}, span), {t_.constant(count_type(), 0, span), household_var}, span);
    // The only unit: nobody else of the household is in another.
    Term in_any;
    in_any.op = TermOp::in_unit;
    in_any.level = person_level;
    in_any.index = unit;
    in_any.span = span;
    Term in_units;
    in_units.op = TermOp::set_from_rows;
    in_units.type = plain_type(Base::people, false);
    in_units.level = household_level;
    in_units.args = {t_.add(std::move(in_any))};
    in_units.span = span;
    const Valued others = t_.make(TermOp::set_except, plain_type(Base::people, false), {{t_.add(std::move(in_units)), household_var}, of_unit}, span);
    const Valued only =
        compare(Compare::equal, t_.make(TermOp::set_size, count_type(), {others}, span), {t_.constant(count_type(), 0, span), household_var}, span);
    rows.included = t_.logical(TermOp::logical_or, only, paid, span);
  } else {
    rows.iteration = t_.new_iteration({owner, item, item, kind.level});
  }
  rows.closed = {list_closed(record, span), owner};
  if (kind.in_force_from >= 0 || kind.in_force_until >= 0) {
    const Valued month{names_.fact_term(d_.request_facts.at("benefit_month")), household_var};
    const auto bound = [&](FactId field, TermOp op, Compare comparison) {
      if (field < 0) return;
      const Valued date{names_.fact_term(field), item};
      const Valued edge = t_.make(op, plain_type(Base::date), {month}, span);
      Valued holds = compare(comparison, date, edge, span);
      if (const TermId absent = t_.at(date.term).absent; absent != no_term) holds = t_.logical(TermOp::logical_or, {absent, item}, holds, span);
      rows.included = t_.logical(TermOp::logical_and, t_.lifted(rows.included, t_.iteration(rows.iteration).row),
                                 t_.lifted(holds, t_.iteration(rows.iteration).row), span);
    };
    bound(kind.in_force_from, TermOp::last_day, Compare::less_equal);
    bound(kind.in_force_until, TermOp::first_day, Compare::greater_equal);
  }
  return rows;
}

RowList FormulaCheck::rows_of_set(Valued set, VarId subject, const Span& span) {
  // The set's own row is the subject, unless it belongs to the household and the formula to somebody.
  if (set.var != household_var) subject = set.var;
  const LevelId level = t_.level_of(subject);
  const LevelKind kind = d_.levels[static_cast<std::size_t>(level)].kind;
  RowList rows;
  const VarId item = t_.new_variable(person_level);
  LevelId row_level = -1;
  if (kind == LevelKind::person) row_level = pair_level;
  if (kind == LevelKind::household) row_level = person_level;
  if (kind == LevelKind::unit)
    for (std::size_t l = 0; l < d_.levels.size(); ++l)
      if (d_.levels[l].kind == LevelKind::unit_person && d_.levels[l].first == level) row_level = static_cast<LevelId>(l);
  if (row_level < 0) {
    bad(Code::wrong_level, span, "people cannot be listed for each row here", "split the rule: first a value for each person");
    return rows;
  }
  const VarId row = row_level == person_level ? item : t_.new_variable(row_level);
  rows.iteration = t_.new_iteration({subject, item, row, row_level});
  Term in;
  in.op = TermOp::in_set;
  in.level = row_level;
  in.args = {t_.lifted(set, subject).term};
  in.span = span;
  rows.included = {t_.add(std::move(in)), row};
  return rows;
}

RowList FormulaCheck::rows_of(const Operand& operand, VarId subject, const Span& span) {
  if (operand.kind == Operand::Kind::rows) return operand.rows;
  if (operand.ok()) {
    const Valued set = as_people(operand, subject, span);
    if (set.ok()) return rows_of_set(set, subject, span);
  }
  return {};
}

Operand FormulaCheck::member_of_rows(RowList rows, const std::string& member, const Span& span, VarId subject) {
  if (rows.iteration < 0) return {};
  if (rows.value) return bad(Code::wrong_type, span, "these values have no part `" + member + "`");
  const Iteration it = t_.iteration(rows.iteration);
  auto found = resolve(member, it.item, span);
  if (!found) {
    const std::string near = nearest(member, names_in_scope(it.item));
    return bad(Code::unknown_name, span, "`" + member + "` is not defined", near.empty() ? "" : "did you mean `" + near + "`?");
  }
  if (!found->ok()) return {};
  if (found->kind == Operand::Kind::rows) {
    RowList inner = found->rows;
    auto* last = &inner;
    while (last->outer) last = last->outer.get();
    last->outer = std::make_shared<RowList>(std::move(rows));
    return rows_operand(std::move(inner), span);
  }
  const Valued value = as_value(*found);
  if (!value.ok()) return {};
  if (type_of(value).base == Base::people) {  // the people of these people
    const Valued set = as_people(rows_operand(rows, span), subject, span);
    if (!set.ok()) return {};
    if (t_.at(value.term).level != person_level || value.var != it.item)
      return bad(Code::wrong_level, span, "`" + member + "` is no set of each of these people");
    Term compose;
    compose.op = TermOp::compose;
    compose.type = plain_type(Base::people, false);
    compose.level = t_.at(set.term).level;
    compose.args = {set.term, value.term};
    compose.span = span;
    return value_operand({t_.add(std::move(compose)), set.var}, span);
  }
  rows.value = t_.lifted(value, it.row);
  return rows_operand(std::move(rows), span);
}

Operand FormulaCheck::check_filter(const Filter& filter, const Expr& e, const Context& context) {
  const Operand list = check(*filter.list, context);
  if (!list.ok()) return {};
  if (list.kind == Operand::Kind::value && type_of(list.value).base == Base::months) {
    const auto* in = std::get_if<In>(&filter.condition->node);
    const auto* name = in == nullptr ? nullptr : std::get_if<Name>(&in->value->node);
    if (name == nullptr || name->text != "item" || in->tests.size() != 1)
      return bad(Code::formula_syntax, filter.condition->span, "months are filtered by `item in [first..last]`");
    const Operand range = check(*in->tests[0], context);
    if (range.kind != Operand::Kind::range || !range.items[0].ok() || !range.items[1].ok())
      return bad(Code::formula_syntax, in->tests[0]->span, "months are filtered by `item in [first..last]`");
    const auto month = [&](const Operand& end, bool closed, int inward) {
      Valued v = end.value;
      if (type_of(v).base == Base::date) v = t_.make(TermOp::month_of, plain_type(Base::month), {v}, e.span);
      if (closed) return v;
      return t_.make(TermOp::add, plain_type(Base::month), {v, {t_.constant(plain_type(Base::duration), inward, e.span), household_var}}, e.span);
    };
    return value_operand(t_.make(TermOp::months_between_bounds, plain_type(Base::months, false),
                                 {list.value, month(range.items[0], range.low_closed, 1), month(range.items[1], range.high_closed, -1)}, e.span),
                         e.span);
  }
  if (list.kind == Operand::Kind::list) {  // written out, or rows of a choice
    Operand out = list;
    for (auto& item : out.items) {
      Context inner = context;
      if (item.fields.empty()) inner.names["item"] = item;
      for (const auto& [name, field] : item.fields) inner.names[name] = field;
      const Valued condition = truth(*filter.condition, inner);
      if (!condition.ok()) return {};
      item.included = item.included.ok() ? t_.logical(TermOp::logical_and, item.included, condition, e.span) : condition;
    }
    return out;
  }
  RowList rows = rows_of(list, context.current, e.span);
  if (rows.iteration < 0) return {};
  if (rows.value) return bad(Code::wrong_type, e.span, "filter the rows before their values are taken", "write list[condition].value");
  const Iteration it = t_.iteration(rows.iteration);
  Context inner = context;
  inner.self = context.current;
  inner.current = it.item;
  inner.in_filter = true;
  inner.depth = context.depth + 1;
  const Valued condition = truth(*filter.condition, inner);
  if (!condition.ok()) return {};
  const Valued on_row = t_.lifted(condition, it.row);
  if (!on_row.ok())
    return bad(Code::wrong_level, filter.condition->span, "the condition uses a value of other rows",
               "split the rule: first a value for each person, then the filter");
  rows.included = t_.logical(TermOp::logical_and, t_.lifted(rows.included, it.row), on_row, e.span);
  Operand out = rows_operand(rows, e.span);
  return out;
}

Operand FormulaCheck::check_quantified(const Quantified& q, const Expr& e, const Context& context) {
  Context inner = context;
  inner.depth = context.depth + 1;
  std::vector<RowList> lists;
  for (const auto& [name, list] : q.variables) {
    const Operand operand = check(*list, inner);
    if (!operand.ok()) return {};
    if (operand.kind == Operand::Kind::list && q.variables.size() == 1) {  // written out: try each
      Valued out{t_.truth(q.every, e.span), household_var};
      for (const auto& item : operand.items) {
        Context one = inner;
        one.names[name] = item;
        const Valued holds = truth(*q.condition, one);
        if (!holds.ok()) return {};
        out = t_.logical(q.every ? TermOp::logical_and : TermOp::logical_or, out, holds, e.span);
      }
      return value_operand(out, e.span);
    }
    RowList rows = rows_of(operand, context.current, list->span);
    if (rows.iteration < 0) return {};
    inner.names[name] = variable_operand(t_.iteration(rows.iteration).item, list->span);
    if (!lists.empty())
      return bad(Code::wrong_level, list->span, "two variables in one quantifier cannot both run over rows",
                 "split the rule: first a value for each person");
    lists.push_back(std::move(rows));
  }
  const Valued condition = truth(*q.condition, inner);
  if (!condition.ok()) return {};
  RowList rows = lists.front();
  const Iteration it = t_.iteration(rows.iteration);
  Valued on_row = t_.lifted(condition, it.row);
  if (!on_row.ok())
    return bad(Code::wrong_level, q.condition->span, "the condition uses a value of other rows",
               "split the rule: first a value for each person, then the quantifier");
  // every x satisfies c = no x for which c fails; an unknown c keeps both open.
  if (q.every) on_row = t_.negated(on_row, e.span);
  rows.included = t_.logical(TermOp::logical_and, t_.lifted(rows.included, it.row), on_row, e.span);
  Valued out = reduce_rows(*this, t_, TermOp::some, rows, std::nullopt, e.span);
  if (q.every) out = t_.negated(out, e.span);
  note_part(e.span, out, context);
  return value_operand(out, e.span);
}

Operand FormulaCheck::check_for(const For& f, const Expr& e, const Context& context) {
  if (f.variables.size() != 1) return bad(Code::formula_syntax, e.span, "`for` runs over one list");
  Context inner = context;
  inner.depth = context.depth + 1;
  const auto& [name, list] = f.variables.front();
  const Operand operand = check(*list, inner);
  if (!operand.ok()) return {};
  if (operand.kind == Operand::Kind::list) {
    Operand out;
    out.kind = Operand::Kind::list;
    out.span = e.span;
    for (const auto& item : operand.items) {
      Context one = inner;
      one.names[name] = item;
      out.items.push_back(check(*f.result, one));
      if (!out.items.back().ok()) return {};
      out.items.back().included = item.included;
    }
    return out;
  }
  RowList rows = rows_of(operand, context.current, list->span);
  if (rows.iteration < 0) return {};
  const Iteration it = t_.iteration(rows.iteration);
  inner.names[name] = variable_operand(it.item, list->span);
  const Valued result = value(*f.result, inner);
  if (!result.ok()) return {};
  rows.value = t_.lifted(result, it.row);
  if (!rows.value->ok()) return bad(Code::wrong_level, f.result->span, "the result uses a value of other rows", "split the rule");
  return rows_operand(rows, e.span);
}

Valued reduce_rows(FormulaCheck& check, Terms& terms, TermOp op, const RowList& rows, std::optional<Valued> value, const Span& span) {
  const Iteration it = terms.iteration(rows.iteration);
  const auto fold = [&](TermOp how, std::optional<Valued> v) -> Valued {
    Term term;
    term.op = how;
    term.type = how == TermOp::some ? boolean_type() : how == TermOp::count ? count_type() : terms.at(v->term).type;
    term.type.absent.clear();
    term.level = terms.level_of(it.self);
    term.span = span;
    if (v) term.args.push_back(terms.lifted(*v, it.row).term);
    term.args.push_back(terms.lifted(rows.included, it.row).term);
    if (rows.closed.ok()) term.args.push_back(terms.lifted(rows.closed, it.self).term);
    return {terms.add(std::move(term)), it.self};
  };
  Valued inner = fold(op, value);
  if (!rows.outer) return inner;
  RowList outer = *rows.outer;
  if (op == TermOp::some || op == TermOp::least || op == TermOp::greatest) {
    const Valued has = op == TermOp::some ? inner : fold(TermOp::some, std::nullopt);
    const VarId row = terms.iteration(outer.iteration).row;
    outer.included = terms.logical(TermOp::logical_and, terms.lifted(outer.included, row), terms.lifted(has, row), span);
  }
  if (op == TermOp::some) return reduce_rows(check, terms, op, outer, std::nullopt, span);
  return reduce_rows(check, terms, op == TermOp::count ? TermOp::sum : op, outer, inner, span);
}

}  // namespace duly
