// Names, paths and rows: what a name is where it stands, and what a list of rows becomes.

#include <algorithm>

#include "check/formula_check.h"

namespace duly {
namespace {

Operand variable_operand(VarId var, const Span& span) {
  Operand out;
  out.kind = Operand::Kind::variable;
  out.variable = var;
  out.span = span;
  return out;
}

Operand rows_operand(RowList rows, const Span& span) {
  Operand out;
  out.kind = Operand::Kind::rows;
  out.rows = std::move(rows);
  out.span = span;
  return out;
}

/// Whether a row of `level` is one record or spell of a person: it sees itself, not those beside it.
bool is_one_of_many(const Declarations& d, LevelId level) {
  const LevelKind kind = d.levels[static_cast<std::size_t>(level)].kind;
  return kind == LevelKind::record || kind == LevelKind::spells;
}

constexpr std::string_view spell_fields[] = {"first_night", "last_night", "nights", "open"};

constexpr std::string_view beside_help = "compare them in a rule `of: person`, with `some x in ... satisfies`, or in their order with `running`";

}  // namespace

std::vector<std::string> FormulaCheck::names_in_scope(VarId var) const {
  std::vector<std::string> names;
  for (const auto& r : d_.rules) names.push_back(r.name);
  for (const auto& p : d_.parameters) names.push_back(p.name);
  for (const auto& f : d_.facts) names.push_back(f.type.base == Base::people ? f.set_name : f.name);
  for (const auto& r : d_.records) names.push_back(r.name);
  (void)var;
  return names;
}

/// Whether a field of the item has the name of a rule or fact of the subject's own level.
bool FormulaCheck::hides_a_name(const std::string& name, const Context& context) const {
  const LevelId subject = t_.level_of(context.self);
  const LevelId item = t_.level_of(context.current);
  if (subject == item) return false;
  const bool is_field =
      std::any_of(d_.facts.begin(), d_.facts.end(), [&](const Fact& f) { return f.record >= 0 && f.level == item && f.name == name; });
  return is_field && std::any_of(d_.rules.begin(), d_.rules.end(), [&](const Rule& r) { return r.level == subject && r.name == name; });
}

Operand FormulaCheck::check_name(const Name& name, const Expr& e, const Context& context) {
  if (name.text == "none" || name.text == "unlimited" || name.text == "not_offered") {
    // `none` may also be a word of the code list on the other side.
    if (context.expected_list >= 0)
      if (const int word = d_.lists[static_cast<std::size_t>(context.expected_list)].index_of(name.text); word >= 0)
        return value_operand({t_.word(context.expected_list, word, e.span), household_var}, e.span);
    Operand out;
    out.kind = Operand::Kind::absent;
    out.text = name.text;
    out.span = e.span;
    return out;
  }
  if (name.text == "never") return value_operand({t_.constant(plain_type(Base::date), never.days, e.span), household_var}, e.span);
  std::optional<Operand> found;
  if (name.text == "self") {
    found = variable_operand(context.self, e.span);
  } else if (name.text == "item" && context.in_filter) {
    found = variable_operand(context.current, e.span);
  } else if (const auto step = context.names.find(name.text); step != context.names.end()) {
    found = step->second;
    found->span = e.span;
  } else {
    found = resolve(name.text, context.current, e.span);
    if (found && context.in_filter && hides_a_name(name.text, context))
      return bad(Code::ambiguous_name, e.span, "`" + name.text + "` is a name of the item and of the subject",
                 "write item's as it is in a rule of its own, the subject's as self." + name.text);
  }
  if (!found) {
    if (context.expected_list >= 0) {
      const int word = d_.lists[static_cast<std::size_t>(context.expected_list)].index_of(name.text);
      if (word >= 0) return value_operand({t_.word(context.expected_list, word, e.span), household_var}, e.span);
    }
    Operand out;
    out.kind = Operand::Kind::word;
    out.text = name.text;
    out.span = e.span;
    return out;
  }
  if (!found->ok()) return *found;
  if (context.expected_list >= 0 && found->kind == Operand::Kind::value) {
    const Type& type = type_of(found->value);
    const bool wants = type.base != Base::code || type.list != context.expected_list;
    if (wants && d_.lists[static_cast<std::size_t>(context.expected_list)].index_of(name.text) >= 0)
      return bad(Code::ambiguous_name, e.span, "`" + name.text + "` is a word of the list and a name in scope",
                 "write the word in quotes: \"" + name.text + "\"");
  }
  if (found->kind == Operand::Kind::value) note_part(e.span, found->value, context);
  return *found;
}

/// What `name` is for rows of `var`: its own level first, then the levels above.
std::optional<Operand> FormulaCheck::resolve(const std::string& name, VarId var, const Span& span) {
  const LevelId level = t_.level_of(var);
  const auto visible = [&](LevelId of) { return t_.below(level, of); };
  const auto var_of = [&](LevelId of) { return of == household_level || of == world_level ? household_var : var; };
  for (std::size_t i = 0; i < d_.facts.size(); ++i) {
    const Fact& f = d_.facts[i];
    const std::string& spoken = f.type.base == Base::people ? f.set_name : f.name;
    if (spoken != name || !visible(f.level)) continue;
    mention(span, MentionOf::fact, static_cast<int>(i));
    return value_operand({names_.fact_term(static_cast<FactId>(i)), var_of(f.level)}, span);
  }
  for (std::size_t r = 0; r < d_.rules.size(); ++r) {
    const Rule& rule = d_.rules[r];
    if (rule.name != name) continue;
    mention(span, MentionOf::rule, static_cast<int>(r));
    const bool makes_level = rule.versions[0].body.kind == Body::Kind::partition || rule.versions[0].body.kind == Body::Kind::spells;
    if (makes_level) break;
    if (!visible(rule.level)) {
      if (t_.below(rule.level, level))
        return bad(Code::wrong_level, span, "`" + name + "` has a value for each " + rule.level_word + ", not for the rule's own level",
                   "use sum, count, min, max, some or every over the rows");
      return bad(Code::wrong_level, span, "`" + name + "` is `of: " + rule.level_word + "` and cannot be read here");
    }
    const TermId term = names_.rule_term(static_cast<RuleId>(r), span);
    if (term == no_term) return Operand{};
    return value_operand({term, var_of(rule.level)}, span);
  }
  for (std::size_t i = 0; i < d_.parameters.size(); ++i) {
    if (d_.parameters[i].name != name) continue;
    Context none;
    return check_lookup(static_cast<int>(i), Call{name, {}, span}, Expr{Name{name}, span}, none, nullptr);
  }
  for (std::size_t r = 0; r < d_.records.size(); ++r) {
    const RecordKind& record = d_.records[r];
    if (record.name != name) continue;
    mention(span, MentionOf::record, static_cast<int>(r));
    const LevelId owner = record.of_household ? household_level : person_level;
    if (!visible(owner))
      return bad(Code::wrong_level, span, "`" + name + "` are records of each person", "name the people first, such as members." + name);
    if (!record.of_household && is_one_of_many(d_, level))
      return bad(Code::wrong_level, span, "`" + name + "` of the same person cannot be read from one of them", std::string(beside_help));
    return rows_operand(rows_of_record(static_cast<int>(r), var, span), span);
  }
  const Level& own = d_.levels[static_cast<std::size_t>(level)];
  if (own.kind == LevelKind::spells)
    for (int i = 0; i < 4; ++i)
      if (spell_fields[i] == name) {
        Term field;
        field.op = TermOp::spell_field;
        field.type = i == 3 ? boolean_type() : i == 2 ? count_type() : plain_type(Base::date);
        field.level = level;
        field.index = i;
        field.span = span;
        return value_operand({t_.add(std::move(field)), var}, span);
      }
  for (std::size_t l = 0; l < d_.levels.size(); ++l) {
    if (d_.levels[l].kind != LevelKind::spells || d_.levels[l].list != name) continue;
    if (!visible(person_level)) return bad(Code::wrong_level, span, "`" + name + "` belong to each person");
    if (is_one_of_many(d_, level))
      return bad(Code::wrong_level, span, "`" + name + "` of the same person cannot be read from one of them", std::string(beside_help));
    if (names_.rule_term(d_.levels[l].declared, span) == no_term) return Operand{};
    RowList rows;
    const VarId item = t_.new_variable(static_cast<LevelId>(l));
    rows.iteration = t_.new_iteration({var, item, item, static_cast<LevelId>(l)});
    rows.included = {t_.truth(true, span), household_var};
    // Where a stay may be missing, so may a spell.
    const Rule& maker = d_.rules[static_cast<std::size_t>(d_.levels[l].declared)];
    for (std::size_t r = 0; r < d_.records.size(); ++r)
      if (d_.records[r].name == maker.versions[0].body.spells_of) rows.closed = {list_closed(static_cast<int>(r), span), var};
    return rows_operand(rows, span);
  }
  if (name == "people" || name == "everyone") {
    Term everyone;
    everyone.op = TermOp::everyone;
    everyone.type = plain_type(Base::people, false);
    everyone.level = household_level;
    everyone.span = span;
    return value_operand({t_.add(std::move(everyone)), household_var}, span);
  }
  if (name == "nobody") return value_operand({t_.constant(plain_type(Base::people, false), 0, span), household_var}, span);
  if (name == "members" || name == "unit_people") {
    LevelId unit = -1;
    for (std::size_t l = 0; l < d_.levels.size(); ++l)
      if (d_.levels[l].kind == LevelKind::unit && visible(static_cast<LevelId>(l))) unit = static_cast<LevelId>(l);
    if (unit < 0) return std::nullopt;
    if (names_.partition_sets(unit) == no_term) return Operand{};
    const TermId member = name == "members" ? names_.role_is_member(unit) : no_term;
    if (level == unit && !(name == "unit_people")) {
      RowList rows;
      const VarId item = t_.new_variable(person_level);
      rows.iteration = t_.new_iteration({var, item, item, person_level});
      Term in;
      in.op = TermOp::in_unit;
      in.level = person_level;
      in.index = unit;
      in.span = span;
      rows.included = {t_.add(std::move(in)), item};
      if (member != no_term) rows.included = t_.logical(TermOp::logical_and, rows.included, {member, item}, span);
      return rows_operand(rows, span);
    }
    Term set;
    set.op = TermOp::unit_people;
    set.type = plain_type(Base::people, false);
    set.level = unit;
    set.index = unit;
    set.span = span;
    const Valued people{t_.add(std::move(set)), var};
    if (name == "unit_people" || member == no_term) return value_operand(people, span);
    RowList all = rows_of_set(people, var, span);
    const Iteration it = t_.iteration(all.iteration);
    all.included = t_.logical(TermOp::logical_and, all.included, {member, it.item}, span);
    return rows_operand(all, span);
  }
  return std::nullopt;
}

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

Operand FormulaCheck::check_path(const Path& path, const Expr& e, const Context& context) {
  const Operand object = check(*path.object, context);
  if (!object.ok()) return {};
  switch (object.kind) {
    case Operand::Kind::variable: {
      auto found = resolve(path.member, object.variable, path.member_span);
      if (!found) {
        const std::string near = nearest(path.member, names_in_scope(object.variable));
        return bad(Code::unknown_name, path.member_span, "`" + path.member + "` is not defined", near.empty() ? "" : "did you mean `" + near + "`?");
      }
      if (found->kind == Operand::Kind::value) note_part(e.span, found->value, context);
      return *found;
    }
    case Operand::Kind::value:
      if (type_of(object.value).base != Base::people) return member_of_value(object.value, path.member, path.member_span);
      return member_of_rows(rows_of_set(object.value, context.current, e.span), path.member, path.member_span, context.current);
    case Operand::Kind::rows: return member_of_rows(object.rows, path.member, path.member_span, context.current);
    case Operand::Kind::list: {
      Operand out = object;
      for (auto& item : out.items) {
        const auto column = item.fields.find(path.member);
        if (column == item.fields.end()) return bad(Code::unknown_name, path.member_span, "`" + path.member + "` is no column of these rows");
        Operand of_column = column->second;  // a part of `item` itself
        of_column.included = item.included;
        item = std::move(of_column);
      }
      out.span = e.span;
      return out;
    }
    case Operand::Kind::word: as_value(object); return {};
    default: return bad(Code::wrong_type, e.span, "this has no parts");
  }
}

Operand FormulaCheck::member_of_value(Valued object, const std::string& member, const Span& span) {
  const Type type = type_of(object);
  const auto number = [&](TermOp op) { return value_operand(t_.make(op, count_type(), {object}, span), span); };
  if (type.base == Base::date) {
    if (member == "year") return number(TermOp::year_of);
    if (member == "month") return number(TermOp::month_number);
    if (member == "day") return number(TermOp::day_of);
    if (member == "weekday") return number(TermOp::weekday_of);
    return bad(Code::unknown_name, span, "a date has no part `" + member + "`", "its parts are year, month, day and weekday");
  }
  if (type.base == Base::month) {
    const Valued day = t_.make(TermOp::first_day, plain_type(Base::date), {object}, span);
    if (member == "year" || member == "month")
      return value_operand(t_.make(member == "year" ? TermOp::year_of : TermOp::month_number, count_type(), {day}, span), span);
    return bad(Code::unknown_name, span, "a month has no part `" + member + "`", "its parts are year and month");
  }
  if (type.base == Base::duration && (member == "years" || member == "months")) {
    // Whole years, toward zero, and the months that are left.
    const Valued twelve{t_.constant(count_type(), 12, span), household_var};
    const Valued quotient = t_.make(TermOp::divide, plain_type(Base::number, false), {object, twelve}, span);
    Valued years = t_.make(TermOp::round, count_type(), {quotient}, span);
    t_.at(years.term).number = 1;
    t_.at(years.term).mode = RoundMode::down;
    if (member == "years") return value_operand(years, span);
    const Valued whole = t_.make(TermOp::multiply, count_type(), {years, twelve}, span);
    return value_operand(t_.make(TermOp::subtract, count_type(), {object, whole}, span), span);
  }
  if (type.base == Base::days && member == "days") {
    Valued days = t_.make(TermOp::add, count_type(), {object, {t_.constant(count_type(), 0, span), household_var}}, span);
    return value_operand(days, span);
  }
  return bad(Code::unknown_name, span, duly::to_text(type) + " has no part `" + member + "`");
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
