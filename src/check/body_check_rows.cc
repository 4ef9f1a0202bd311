// Bodies that make rows or run over them: partitions, running rules, spells.

#include <algorithm>

#include "check/rule_check.h"

namespace duly {
namespace {

Type people_type() { return plain_type(Base::people, false); }

const Name* as_name(const ExprPtr& e) { return e ? std::get_if<Name>(&e->node) : nullptr; }

bool is_named(const ExprPtr& e, std::string_view name) {
  const Name* n = as_name(e);
  return n != nullptr && n->text == name;
}

bool is_gap_nights(const ExprPtr& e) {
  const auto* path = std::get_if<Path>(&e->node);
  return path != nullptr && path->member == "nights" && is_named(path->object, "gap");
}

}  // namespace

TermId BodyCheck::pair_condition(const PartitionStep::Item& item, CheckedLine& line) {
  if (!item.when) return no_term;
  const VarId a = t_.new_variable(person_level, "a");
  const VarId b = t_.new_variable(person_level, "b");
  const VarId pair = t_.new_variable(pair_level);
  t_.new_iteration({a, b, pair, pair_level});
  Context context;
  context.current = context.self = household_var;
  const auto variable = [&](VarId v) {
    Operand out;
    out.kind = Operand::Kind::variable;
    out.variable = v;
    return out;
  };
  context.names["a"] = variable(a);
  context.names["b"] = variable(b);
  f_.take_parts();
  const Valued when = f_.truth(*item.when, context);
  if (!when.ok()) return no_term;
  line.when_formula = formula(*item.when, when);
  const Valued on_pairs = t_.lifted(when, pair);
  if (!on_pairs.ok()) {
    mistake(Code::wrong_level, item.when->span, "a pair condition reads the facts of a and b", "such as parent_of(a, b) and b.age < 22");
    return no_term;
  }
  return on_pairs.term;
}

Valued BodyCheck::partition(const Body& body) {
  const VarId person = t_.new_variable(person_level);
  TermId sets = no_term;
  const auto add = [&](TermOp op, std::vector<TermId> args) {
    Term term;
    term.op = op;
    term.type = people_type();
    term.level = person_level;
    term.args = std::move(args);
    term.span = rule_.span;
    return t_.add(std::move(term));
  };
  if (body.everyone_together) {
    Term all;
    all.op = TermOp::lift;
    all.level = pair_level;
    all.args = {t_.truth(true, rule_.span)};
    sets = add(TermOp::closure, {no_term, t_.add(std::move(all))});
  } else {
    sets = add(TermOp::closure, {no_term});
  }
  for (const auto& step : body.steps) {
    CheckedBody::Step shown;
    shown.kind = step.kind;
    std::vector<TermId> joined{sets};
    for (const auto& item : step.items) {
      CheckedLine line;
      line.cite = item.cite;
      line.reason = item.reason;
      if (step.kind == PartitionStep::Kind::together) {
        line.when = pair_condition(item, line);
        if (line.when == no_term) return {};
        joined.push_back(line.when);
        shown.lines.push_back(std::move(line));
        continue;
      }
      Context context;
      context.current = context.self = person;
      Operand group;
      group.kind = Operand::Kind::value;
      group.value = {sets, person};
      context.names["group"] = group;
      f_.take_parts();
      Valued who{t_.truth(true, item.span), household_var};
      if (item.who) {
        who = f_.truth(*item.who, context);
        if (!who.ok()) return {};
        line.when_formula = formula(*item.who, who);
      }
      Valued bundle;
      if (step.kind == PartitionStep::Kind::apart) {
        Operand self;
        self.kind = Operand::Kind::variable;
        self.variable = person;
        bundle = f_.as_people(self, person, item.span);
        if (item.brings) {
          Valued brought = f_.people(*item.brings, context);
          if (!brought.ok()) return {};
          brought = t_.make(TermOp::set_intersect, people_type(), {brought, group.value}, item.span);
          bundle = t_.make(TermOp::set_union, people_type(), {bundle, brought}, item.span);
        }
        Operand others;
        others.kind = Operand::Kind::value;
        others.value = t_.make(TermOp::set_except, people_type(), {group.value, bundle}, item.span);
        context.names["others"] = others;
      }
      if (item.when) {
        f_.take_parts();
        Valued when = f_.truth(*item.when, context);
        if (!when.ok()) return {};
        line.then_formula = formula(*item.when, when);
        if (step.kind == PartitionStep::Kind::keep) when = t_.negated(when, item.span);
        who = t_.logical(TermOp::logical_and, who, when, item.span);
      }
      const Valued on_person = t_.lifted(who, person);
      if (!on_person.ok()) {
        mistake(Code::wrong_level, item.span, "the condition uses values of other rows");
        return {};
      }
      line.when = on_person.term;
      shown.lines.push_back(std::move(line));
      if (step.kind == PartitionStep::Kind::apart) {
        const Valued nobody{t_.constant(people_type(), 0, item.span), household_var};
        const Valued leaving = f_.choose(on_person, bundle, nobody, item.span);
        sets = add(TermOp::split, {sets, t_.lifted(leaving, person).term});
      } else {
        sets = add(TermOp::outside, {sets, on_person.term});
      }
    }
    if (step.kind == PartitionStep::Kind::together) sets = add(TermOp::closure, joined);
    shown.result = sets;
    out_.steps.push_back(std::move(shown));
  }
  LevelId unit = -1;
  for (std::size_t l = 0; l < d_.levels.size(); ++l)
    if (d_.levels[l].kind == LevelKind::unit && d_.levels[l].one == rule_.name) unit = static_cast<LevelId>(l);
  const TermId maker = add(TermOp::make_units, {sets});
  t_.at(maker).index = unit;
  r_.out_.level_maker[static_cast<std::size_t>(unit)] = maker;
  return {maker, person};
}

Valued BodyCheck::running(const Body& body) {
  const Level& level = d_.levels[static_cast<std::size_t>(rule_.level)];
  if (level.kind != LevelKind::record) {
    mistake(Code::wrong_level, rule_.span, "a running rule is `of:` a kind of record");
    return {};
  }
  if (!body.over || !body.start || !body.running) return {};
  const VarId owner = level.parent == household_level ? household_var : t_.new_variable(person_level);
  Context of_owner;
  of_owner.current = of_owner.self = owner;
  const Operand over = f_.check(*body.over, of_owner);
  if (!over.ok()) return {};
  if (over.kind != Operand::Kind::rows || over.rows.value || over.rows.outer || t_.iteration(over.rows.iteration).row_level != rule_.level) {
    mistake(Code::wrong_type, body.over->span, "`over` must be the records of `" + level.list + "`, filtered");
    return {};
  }
  const VarId row = t_.iteration(over.rows.iteration).row;
  const TermId included = t_.lifted(over.rows.included, row).term;
  const Valued start = t_.lifted(f_.value(*body.start, of_owner), row);
  // previous + x, previous - x, kept above or below a limit by max or min.
  ExprPtr step = body.running;
  Valued low;
  Valued high;
  while (const auto* call = std::get_if<Call>(&step->node)) {
    const bool is_max = call->function == "max";
    if ((!is_max && call->function != "min") || call->arguments.size() != 2) break;
    const auto mentions_previous = [](const Expr& e, const auto& again) -> bool {
      if (const auto* n = std::get_if<Name>(&e.node)) return n->text == "previous";
      bool found = false;
      for_each_part(e, [&](const Expr& part) { found = found || again(part, again); });
      return found;
    };
    const std::size_t inner = mentions_previous(*call->arguments[0].value, mentions_previous) ? 0 : 1;
    const Valued limit = t_.lifted(f_.value(*call->arguments[1 - inner].value, context_), subject_);
    if (!limit.ok()) return {};
    (is_max ? low : high) = limit;
    step = call->arguments[inner].value;
  }
  const auto* sum = std::get_if<Binary>(&step->node);
  const bool forward = sum != nullptr && (sum->op == BinaryOp::add || sum->op == BinaryOp::subtract);
  if (!forward || !is_named(sum->left, "previous")) {
    mistake(Code::formula_syntax, body.running->span, "a running rule adds to the value before",
            "write `previous + amount`, `previous - amount`, or that inside max(..., limit) or min(..., limit)");
    return {};
  }
  f_.take_parts();
  Valued amount = f_.value(*sum->right, context_);
  if (!amount.ok() || !start.ok()) return {};
  out_.value = formula(*sum->right, amount);
  out_.value.text = std::string(trim(text_of(body.running->span)));
  out_.value.parts.clear();
  if (!same_quantity(f_.type_of(start), f_.type_of(amount))) {
    mistake(Code::mixed_units, body.running->span, "the start is " + to_text(f_.type_of(start)) + ", the step " + to_text(f_.type_of(amount)));
    return {};
  }
  if (sum->op == BinaryOp::subtract) amount = t_.make(TermOp::negate, f_.type_of(amount), {amount}, sum->right->span);
  // A record that is not in the list adds nothing, and its value is what has run up to it.
  Valued nothing{t_.constant(plain_type(Base::number), 0, body.running->span), household_var};
  t_.at(nothing.term).type.literal = true;
  amount = f_.choose({included, subject_}, amount, nothing, body.running->span);
  Term every;
  every.op = TermOp::lift;
  every.level = rule_.level;
  every.args = {t_.truth(true, rule_.span)};
  Term term;
  term.op = TermOp::running;
  term.type = joined(f_.type_of(start), f_.type_of(amount));
  term.level = rule_.level;
  term.span = rule_.span;
  term.args = {t_.add(std::move(every)), start.term, t_.lifted(amount, subject_).term, low.term, high.term};
  for (const auto& key : body.in_order) {
    if (key == "position") continue;  // ties keep the order of the document
    const Valued order = f_.value(Expr{Name{key}, rule_.span}, context_);
    if (!order.ok()) return {};
    if (!is_numeric(f_.type_of(order))) {
      mistake(Code::wrong_type, rule_.span, "`" + key + "` has no order", "order records by dates or numbers, last by `position`");
      return {};
    }
    term.args.push_back(t_.lifted(order, subject_).term);
  }
  if (body.in_order.empty() || body.in_order.back() != "position")
    mistake(Code::wrong_shape, rule_.span, "the order is not total", "end `in_order` with `position`");
  Valued out{t_.add(std::move(term)), subject_};
  if (!over.rows.closed.ok()) return out;
  // Records nobody named may stand before this one: what they add is the rest of an open list, kept within the limits again.
  Term rest;
  rest.op = TermOp::sum;
  rest.type = t_.at(out.term).type;
  rest.level = t_.level_of(owner);
  rest.span = rule_.span;
  Term no_row;
  no_row.op = TermOp::lift;
  no_row.level = rule_.level;
  no_row.args = {t_.truth(false, rule_.span)};
  rest.args = {t_.lifted(amount, subject_).term, t_.add(std::move(no_row)), t_.lifted(over.rows.closed, owner).term};
  const TermId on_record = t_.lifted({t_.add(std::move(rest)), owner}, row).term;
  const Type type = t_.at(out.term).type;
  out = t_.make(TermOp::add, type, {out, {on_record, subject_}}, rule_.span);
  if (low.ok()) out = t_.make(TermOp::maximum, type, {out, low}, rule_.span);
  if (high.ok()) out = t_.make(TermOp::minimum, type, {out, high}, rule_.span);
  return out;
}

Valued BodyCheck::spells(const Body& body) {
  const auto record = std::find_if(d_.records.begin(), d_.records.end(), [&](const RecordKind& r) { return r.name == body.spells_of; });
  if (record == d_.records.end() || record->of_household) {
    mistake(Code::unknown_name, rule_.span, "`" + body.spells_of + "` are no records of a person");
    return {};
  }
  if (record->in_time_from < 0) {
    mistake(Code::missing_key, rule_.span, "the record `" + record->name + "` does not say which fields begin and end it",
            "give the record in_time: [from, until]");
    return {};
  }
  const VarId row = t_.new_variable(record->level);
  Context of_record;
  of_record.current = of_record.self = row;
  const Valued keep = body.keep ? t_.lifted(f_.truth(*body.keep, of_record), row) : Valued{};
  if (!keep.ok()) return {};
  int plain_gap = 1;  // nights that make a break
  int institution_gap = 1;
  Valued institution{t_.truth(false, rule_.span), household_var};
  for (const auto& line : body.not_a_break) {
    if (!line.when) return {};
    ExprPtr nights = line.when;
    ExprPtr only;
    if (const auto* both = std::get_if<Binary>(&line.when->node); both != nullptr && both->op == BinaryOp::logical_and)
      nights = both->left, only = both->right;
    const auto* limit = std::get_if<Binary>(&nights->node);
    const auto* number = limit == nullptr ? nullptr : std::get_if<NumberLiteral>(&limit->right->node);
    const auto* call = only == nullptr ? nullptr : std::get_if<Call>(&only->node);
    const bool shaped = number != nullptr && limit->op == BinaryOp::less && is_gap_nights(limit->left) && denominator(number->value) == 1 &&
                        number->value > 0 && number->value < 100000 &&
                        (only == nullptr || (call != nullptr && call->function == "gap.only" && call->arguments.size() == 1));
    if (!shaped) {
      mistake(Code::formula_syntax, line.when->span, "a line of `not_a_break` speaks of the gap",
              "write `gap.nights < 7`, or `gap.nights < 90 and gap.only([hospital, jail])` with `counts: true`");
      return {};
    }
    const int n = static_cast<int>(static_cast<std::int64_t>(numerator(number->value)));
    if (call == nullptr) {
      plain_gap = n;
      continue;
    }
    institution_gap = n;
    const auto* words = std::get_if<List>(&call->arguments[0].value->node);
    FactId field = -1;
    for (const FactId f : record->fields) {
      const Fact& fact = d_.facts[static_cast<std::size_t>(f)];
      if (fact.type.base != Base::code || words == nullptr) continue;
      const auto& list = d_.lists[static_cast<std::size_t>(fact.type.list)];
      const bool all = std::all_of(words->items.begin(), words->items.end(),
                                   [&](const ExprPtr& w) { return as_name(w) != nullptr && list.index_of(as_name(w)->text) >= 0; });
      if (all) field = f;
    }
    if (field < 0) {
      mistake(Code::unknown_code, only->span, "these words are not of one code field of `" + record->name + "`");
      return {};
    }
    institution = f_.test_of({r_.fact_term(field), row}, *call->arguments[0].value, of_record);
  }
  LevelId level = -1;
  for (std::size_t l = 0; l < d_.levels.size(); ++l)
    if (d_.levels[l].kind == LevelKind::spells && d_.levels[l].one == rule_.name) level = static_cast<LevelId>(l);
  Term term;
  term.op = TermOp::make_spells;
  term.level = record->level;
  term.index = level;
  term.words = {plain_gap, institution_gap};
  term.span = rule_.span;
  term.args = {keep.term, r_.fact_term(record->in_time_from), r_.fact_term(record->in_time_until), t_.lifted(institution, row).term,
               r_.fact_term(d_.request_facts.at("decided"))};
  const TermId maker = t_.add(std::move(term));
  r_.out_.level_maker[static_cast<std::size_t>(level)] = maker;
  return {maker, row};
}

}  // namespace duly
