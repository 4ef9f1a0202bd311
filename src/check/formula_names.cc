// Names and paths: what a name is where it stands.

#include <algorithm>

#include "check/formula_check.h"

namespace duly {
namespace {

/// Whether a row of `level` is one record or spell of a person: it sees itself, not those beside it.
bool is_one_of_many(const Declarations& d, LevelId level) {
  const LevelKind kind = d.levels[static_cast<std::size_t>(level)].kind;
  return kind == LevelKind::record || kind == LevelKind::spells;
}

constexpr std::string_view spell_fields[] = {"first_night", "last_night", "nights", "open"};

constexpr std::string_view beside_help = "compare them in a rule `of: person`, with `some x in ... satisfies`, or in their order with `running`";

}  // namespace

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

}  // namespace duly
