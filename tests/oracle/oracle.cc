#include "oracle/oracle.h"

#include <stdexcept>

namespace duly::oracle {

Oracle::Oracle(const CheckedProgram& program, Date law_date, ProvenOf proven)
    : program_(program),
      declarations_(*program.declarations),
      law_date_(law_date),
      proven_(std::move(proven)),
      law_book_(declarations_),
      answers_(program.terms.size()),
      level_rows_(declarations_.levels.size()),
      units_(declarations_.levels.size()),
      spells_(declarations_.levels.size()) {}

void Oracle::look_at(const HouseholdFacts& household) {
  household_ = &household;
  for (auto& a : answers_) a.reset();
  for (auto& r : level_rows_) r.reset();
  rows_below_.clear();
  for (auto& u : units_) u.reset();
  for (auto& s : spells_) s.reset();
}

const Answers& Oracle::of(TermId id) {
  auto& answer = answers_[index(id)];
  if (!answer) answer = compute(id);
  return *answer;
}

// ---- rows ----

const Oracle::LevelRows& Oracle::level_rows(LevelId id) {
  auto& rows = level_rows_[index(id)];
  if (!rows) rows = make_rows(id);
  return *rows;
}

Oracle::LevelRows Oracle::make_rows(LevelId id) {
  LevelRows out;
  const Level& l = level(id);
  const auto add = [&](int above, int first, int second) {
    ++out.count;
    out.above.push_back(above);
    out.first.push_back(first);
    out.second.push_back(second);
  };
  switch (l.kind) {
    case LevelKind::world:
    case LevelKind::household: add(0, -1, -1); break;
    case LevelKind::person:
    case LevelKind::record:
      for (int row = 0; row < household_->rows(id); ++row) add(household_->owner(id, row), -1, -1);
      break;
    case LevelKind::unit:
      for (std::size_t unit = 0; unit < units(id).units.size(); ++unit) add(0, -1, -1);
      break;
    case LevelKind::spells:
      for (int person = 0; person < people(); ++person)
        for (std::size_t spell = 0; spell < spells(id)[index(person)].size(); ++spell) add(person, -1, -1);
      break;
    case LevelKind::pair:
    case LevelKind::unit_person:
    case LevelKind::unit_record:
      for (int first = 0; first < rows(l.first); ++first)
        for (int second = 0; second < rows(l.second); ++second) add(first, first, second);
      break;
  }
  return out;
}

int Oracle::row_above(LevelId id, int row, LevelId ancestor) {
  if (id == ancestor) return row;
  if (ancestor == world_level || ancestor == household_level) return 0;
  if (id == person_level && level(ancestor).kind == LevelKind::unit) return units(ancestor).of_person[index(row)];
  const Level& l = level(id);
  if (l.parent < 0) throw std::logic_error("no path leads from " + l.one + " to " + level(ancestor).one);
  return row_above(l.first >= 0 ? l.first : l.parent, level_rows(id).above[index(row)], ancestor);
}

const std::vector<int>& Oracle::rows_below(LevelId below, LevelId above, int row) {
  auto [found, is_new] = rows_below_.try_emplace({below, above});
  auto& by_row = found->second;
  if (is_new) {
    by_row.resize(index(rows(above)));
    for (int r = 0; r < rows(below); ++r)
      if (const int owner = row_above(below, r, above); owner >= 0) by_row[index(owner)].push_back(r);
  }
  return by_row[index(row)];
}

// ---- terms ----

Answers Oracle::compute(TermId id) {
  const Term& t = term(id);
  switch (t.op) {
    case TermOp::constant: return constant(t);
    case TermOp::fact: return household_->values(t.index);
    case TermOp::fact_absent: return household_->absent(t.index);
    case TermOp::rule: return rule(t);
    case TermOp::lookup:
    case TermOp::lookup_absent: return lookup(t);
    case TermOp::by_law: return by_law(t);
    case TermOp::law_at_least: return std::vector<Truth>(1, law_date_.days >= t.number ? surely_yes : surely_no);
    case TermOp::add:
    case TermOp::subtract:
    case TermOp::multiply:
    case TermOp::divide:
    case TermOp::modulo:
    case TermOp::minimum:
    case TermOp::maximum: return arithmetic(t);
    case TermOp::negate:
    case TermOp::absolute: return of_one_number(t);
    case TermOp::round: return round(t);
    case TermOp::add_months:
    case TermOp::months_between:
    case TermOp::years_between:
    case TermOp::year_of:
    case TermOp::month_number:
    case TermOp::day_of:
    case TermOp::weekday_of:
    case TermOp::first_day:
    case TermOp::last_day:
    case TermOp::month_of: return date_part(t);
    case TermOp::compare: return compare(t);
    case TermOp::code_equal: return code_equal(t);
    case TermOp::code_in: return code_in(t);
    case TermOp::has_word: return has_word(t);
    case TermOp::logical_and:
    case TermOp::logical_or:
    case TermOp::logical_not: return logical(t);
    case TermOp::choose: return choose(t);
    case TermOp::lift: return lift(t);
    case TermOp::sum: return sum(t);
    case TermOp::count: return count(t);
    case TermOp::least:
    case TermOp::greatest: return least_or_greatest(t);
    case TermOp::some: return some(t);
    case TermOp::list_closed: return household_->list_closed(t.index);
    case TermOp::self_set:
    case TermOp::everyone:
    case TermOp::unit_people: return people_set(t);
    case TermOp::set_union:
    case TermOp::set_intersect:
    case TermOp::set_except: return combine_sets(t);
    case TermOp::compose: return compose(t);
    case TermOp::set_from_rows: return set_from_rows(t);
    case TermOp::in_set: return in_set(t);
    case TermOp::set_size: return set_size(t);
    case TermOp::closure: return closure(t);
    case TermOp::outside: return outside(t);
    case TermOp::split: return split(t);
    case TermOp::make_units: return make_units(t);
    case TermOp::in_unit: return in_unit(t);
    case TermOp::unit_settled: return unit_settled(t);
    case TermOp::months_from_rows: return months_from_rows(t);
    case TermOp::months_between_bounds: return months_between_bounds(t);
    case TermOp::months_run: return months_run(t);
    case TermOp::has_month: return has_month(t);
    case TermOp::running: return running(t);
    case TermOp::make_spells: return constant(t);  // its rows count, not its value
    case TermOp::spell_field: return spell_field(t);
  }
  throw std::logic_error("a term without meaning");
}

Answers Oracle::undefined_rows(const Term& t) {
  const auto count = index(rows(t.level));
  switch (form_of(declarations_, t.type)) {
    case Form::truth: return std::vector<Truth>(count, surely_undefined);
    case Form::range: return std::vector<Range>(count, Range{0, 0, true, false});
    case Form::words: return std::vector<Words>(count, Words{0, true, false});
    case Form::set: return std::vector<Set>(count, Set{{}, {}, true, false});
  }
  return {};
}

Answers Oracle::constant(const Term& t) {
  if ((t.index == undefined_constant || t.index == broken_bound_constant) && t.op == TermOp::constant) return undefined_rows(t);
  if (t.index == unknown_constant && t.op == TermOp::constant) throw std::logic_error("an unknown constant stands in no program");
  const auto count = index(rows(t.level));
  switch (form_of(declarations_, t.type)) {
    case Form::truth: return std::vector<Truth>(count, t.truth ? surely_yes : surely_no);
    case Form::range: {
      const Number value = t.type.base == Base::code ? Number(t.words.at(0)) : t.number;
      return std::vector<Range>(count, Range{value, value});
    }
    case Form::words: return std::vector<Words>(count, Words{std::uint64_t{1} << t.words.at(0)});
    case Form::set: {
      Set known;
      for (const int word : t.words) known.sure.set(index(word));
      known.possible = known.sure;
      return std::vector<Set>(count, known);
    }
  }
  return {};
}

/// A value that is stated with a row stands in place of the computed one.
Answers Oracle::rule(const Term& t) {
  const Answers& computed = of(t.args[0]);
  const StatedColumn* stated = household_->stated(t.index);
  const bool aligned = term(t.args[0]).level == t.level;
  if (stated == nullptr && aligned) return computed;
  return std::visit(
      [&](const auto& values) -> Answers {
        using V = typename std::decay_t<decltype(values)>::value_type;
        auto out = each_row(t, [&](int row) { return on<V>(t.args[0], t.level, row); });
        if (stated == nullptr) return out;
        const Answers given = household_->stated_values(*stated, t.type, t.level, rows(t.level));
        for (int row = 0; row < rows(t.level); ++row)
          if (household_->is_stated(*stated, t.level, row)) out[index(row)] = std::get<std::vector<V>>(given)[index(row)];
        return out;
      },
      computed);
}

Answers Oracle::by_law(const Term& t) {
  TermId in_force = no_term;
  for (std::size_t v = 0; v < t.args.size(); ++v)
    if (t.dates[v] <= law_date_) in_force = t.args[v];
  if (in_force == no_term) return undefined_rows(t);
  return std::visit(
      [&](const auto& values) -> Answers {
        using V = typename std::decay_t<decltype(values)>::value_type;
        return each_row(t, [&](int row) { return on<V>(in_force, t.level, row); });
      },
      of(in_force));
}

/// A person in no unit reads no value of a unit, and one who is possibly in none possibly none.
Answers Oracle::lift(const Term& t) {
  const LevelId from = term(t.args[0]).level;
  const auto source = [&](int row) {
    if (t.via == Via::parent) return row_above(t.level, row, from);
    const LevelId side = t.via == Via::first ? level(t.level).first : level(t.level).second;
    return row_above(side, t.via == Via::first ? first(t.level, row) : second(t.level, row), from);
  };
  const Answers nowhere = undefined_rows(t);
  return std::visit(
      [&](const auto& values) -> Answers {
        using Column = std::decay_t<decltype(values)>;
        return each_row(t, [&](int row) {
          const int from_row = source(row);
          auto value = from_row < 0 ? std::get<Column>(nowhere)[index(row)] : values[index(from_row)];
          if (from_row >= 0 && is_possibly_in_no_unit(t, row)) value.undefined = true;
          return value;
        });
      },
      of(t.args[0]));
}

/// The branches still possible, together.
Answers Oracle::choose(const Term& t) {
  const Answers none = undefined_rows(t);
  const auto branch = [&](TermId side, auto& nothing, int row, bool possible) {
    using V = std::decay_t<decltype(nothing)>;
    return possible ? std::optional<V>(on<V>(side, t.level, row)) : std::nullopt;
  };
  return std::visit(
      [&](const auto& nothing) -> Answers {
        return each_row(t, [&](int row) {
          const Truth& condition = truth(t.args[0], t.level, row);
          const auto& undefined = nothing[index(row)];
          const auto then = branch(t.args[1], undefined, row, condition.yes);
          const auto otherwise = branch(t.args[2], undefined, row, condition.no);
          auto out = then ? *then : otherwise ? *otherwise : undefined;
          if (then && otherwise) out = either(*then, *otherwise);
          if (condition.undefined) out.undefined = true;
          return out;
        });
      },
      none);
}

}  // namespace duly::oracle
