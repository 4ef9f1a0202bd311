#include "check/rule_check.h"

#include <algorithm>

namespace duly {

RuleCheck::RuleCheck(const Declarations& declarations, CheckedProgram& out, std::vector<Diagnostic>& errors)
    : d_(declarations),
      out_(out),
      errors_(errors),
      t_(declarations, out.terms),
      formulas_(declarations, t_, *this, errors),
      progress_(declarations.rules.size(), Progress::untouched),
      used_(declarations.rules.size(), false),
      facts_(declarations.facts.size(), no_term),
      sets_of_level_(declarations.levels.size(), no_term) {
  out_.rules.resize(declarations.rules.size());
  out_.level_maker.assign(declarations.levels.size(), no_term);
}

RuleId RuleCheck::rule_named(const std::string& name) const {
  for (std::size_t i = 0; i < d_.rules.size(); ++i)
    if (d_.rules[i].name == name) return static_cast<RuleId>(i);
  return -1;
}

TermId RuleCheck::rule_term(RuleId rule, const Span& asked_at) {
  const auto index = static_cast<std::size_t>(rule);
  used_[index] = true;
  if (progress_[index] == Progress::running) {
    std::string path;
    for (auto at = std::find(path_.begin(), path_.end(), rule); at != path_.end(); ++at)
      path += d_.rules[static_cast<std::size_t>(*at)].name + " -> ";
    errors_.push_back(
        diagnostic_at(Code::cycle, asked_at, "`" + d_.rules[index].name + "` depends on itself: " + path + d_.rules[index].name,
                      "split one of these rules in two, so that the part that is needed first does not read the part that comes later"));
    return no_term;
  }
  if (progress_[index] == Progress::untouched) check_rule(rule);
  return out_.rules[index].term;
}

void RuleCheck::check_rule(RuleId id) {
  const auto index = static_cast<std::size_t>(id);
  const Rule& rule = d_.rules[index];
  progress_[index] = Progress::running;
  path_.push_back(id);
  const std::size_t since = errors_.size();
  const auto outer_parts = formulas_.take_parts();  // a rule met inside another's formula keeps its parts to itself

  CheckedRule checked;
  std::vector<Valued> values;
  std::vector<Date> dates;
  bool sound = true;
  for (const auto& version : rule.versions) {
    CheckedRule::Version out{version.from, version.source, {}};
    BodyCheck body(*this, rule, out.body);
    const std::size_t first_term = out_.terms.size();
    Valued value = body.run(version.body);
    set_windows(first_term, rule.window);
    if (value.ok() && version.body.kind != Body::Kind::partition && version.body.kind != Body::Kind::spells) {
      value = checked_type(rule, value, rule.span);
      if (value.ok()) value = t_.lifted(value, body.subject());
    }
    sound = sound && value.ok();
    values.push_back(value);
    dates.push_back(version.from);
    checked.versions.push_back(std::move(out));
  }
  const bool makes_level = rule.versions[0].body.kind == Body::Kind::partition || rule.versions[0].body.kind == Body::Kind::spells;
  if (sound) {
    Term term;
    term.op = TermOp::rule;
    term.index = id;
    term.level = t_.at(values[0].term).level;
    term.type = rule.type ? *rule.type : t_.at(values[0].term).type;
    term.type.literal = false;
    term.span = rule.span;
    if (values.size() == 1) {
      // A type that does not say `or none` promises a value: where there is none the rule is undefined.
      term.args = {values[0].term};
      if (!term.type.absent.empty()) term.absent = t_.at(values[0].term).absent;
    } else {
      const auto by_law = [&](auto part) {
        Term versions;
        versions.op = TermOp::by_law;
        versions.level = term.level;
        versions.dates = dates;
        versions.span = rule.span;
        for (const auto& v : values) versions.args.push_back(part(v));
        versions.type = t_.at(versions.args[0]).type;
        return t_.add(std::move(versions));
      };
      term.args = {by_law([](const Valued& v) { return v.term; })};
      if (!term.type.absent.empty())
        term.absent = by_law([&](const Valued& v) { return t_.at(v.term).absent == no_term ? t_.truth(false, rule.span) : t_.at(v.term).absent; });
    }
    if (!term.type.absent.empty() && term.absent == no_term) term.absent = t_.truth(false, rule.span);
    if (!rule.bounds.empty() && !makes_level) term.args = {within_bounds(id, term.args[0])};
    checked.type = term.type;
    checked.term = makes_level ? values[0].term : t_.add(std::move(term));
  }
  out_.rules[index] = std::move(checked);
  for (std::size_t i = since; i < errors_.size(); ++i)
    if (errors_[i].rule.empty()) errors_[i].rule = rule.name, errors_[i].cite = rule.cite;
  formulas_.take_parts();
  for (const auto& part : outer_parts) formulas_.put_part(part);
  path_.pop_back();
  progress_[index] = Progress::done;
}

TermId RuleCheck::within_bounds(RuleId id, TermId value) {
  const Rule& rule = d_.rules[static_cast<std::size_t>(id)];
  const LevelId level = t_.at(value).level;
  const VarId subject = level == household_level || level == world_level ? household_var : t_.new_variable(level);
  Context context;
  context.current = context.self = subject;
  Valued kept{value, subject};
  for (std::size_t i = 0; i < rule.bounds.size(); ++i) {
    const Bound& bound = rule.bounds[i];
    const Type type = t_.at(value).type;
    if (type.base == Base::boolean || type.base == Base::code || (rule.type && !rule.type->absent.empty())) {
      errors_.push_back(
          diagnostic_at(Code::wrong_type, bound.span,
                        "`" + rule.name + "` is " + to_text(rule.type ? *rule.type : type) + ", which is never more or less than something",
                        "a bound is for numbers and dates that are always there; write `may_be_replaced: no` to keep anything else"));
      continue;
    }
    const Valued limit = formulas_.value(*bound.limit, context, &type);
    if (!limit.ok()) continue;
    const Valued holds = formulas_.compare(bound.is_highest ? Compare::less_equal : Compare::greater_equal, {value, subject}, limit, bound.span);
    Term broken;
    broken.type = type;
    broken.index = broken_bound_constant;
    broken.words = {id, static_cast<int>(i)};
    broken.level = world_level;
    broken.span = bound.span;
    const Valued within = formulas_.choose(holds, kept, {t_.add(std::move(broken)), household_var}, bound.span);
    if (!within.ok()) continue;
    kept = t_.lifted(within, subject);
    out_.bounds.push_back({id, static_cast<int>(i), value, t_.lifted(limit, subject).term});
  }
  return kept.term;
}

/// Months of a rule are counted back over its window; those of rules met on the way have theirs already.
void RuleCheck::set_windows(std::size_t first_term, std::int64_t window) {
  constexpr std::int64_t usual = 120;
  for (std::size_t t = first_term; t < out_.terms.size(); ++t)
    if (Term& term = out_.terms[t]; term.op == TermOp::months_from_rows && term.number == 0) term.number = window > 0 ? window : usual;
}

Valued RuleCheck::checked_type(const Rule& rule, Valued value, const Span& span) {
  if (!rule.type) return value;
  const Type& declared = *rule.type;
  const Type& found = t_.at(value.term).type;
  const auto wrong = [&](Code code, std::string message) {
    errors_.push_back(diagnostic_at(code, span, std::move(message), "correct the `type` or the formula"));
    return Valued{};
  };
  if (!same_quantity(declared, found)) {
    const bool units = declared.base == Base::number && found.base == Base::number;
    return wrong(units ? Code::mixed_units : Code::wrong_type,
                 "`" + rule.name + "` is said to be " + to_text(declared) + ", its body is " + to_text(found));
  }
  if (declared.base == Base::number && declared.whole && !found.whole)
    return wrong(Code::wrong_type, "`" + rule.name + "` is said to be " + to_text(declared) + ", its body may have decimals");
  return value;
}

TermId RuleCheck::fact_term(FactId id) {
  const auto index = static_cast<std::size_t>(id);
  if (facts_[index] != no_term) return facts_[index];
  const Fact& fact = d_.facts[index];
  Term term;
  term.op = TermOp::fact;
  term.type = fact.type;
  term.level = fact.level == world_level ? household_level : fact.level;
  term.index = id;
  term.span = fact.span;
  if (!fact.type.absent.empty()) {
    Term absent;
    absent.op = TermOp::fact_absent;
    absent.level = term.level;
    absent.index = id;
    absent.span = fact.span;
    term.absent = t_.add(std::move(absent));
  }
  const TermId plain = t_.add(std::move(term));
  facts_[index] = plain;
  if (!fact.needed_when) return plain;
  const std::size_t since = errors_.size();
  const VarId subject = fact.level == household_level || fact.level == world_level ? household_var : t_.new_variable(fact.level);
  Context context;
  context.current = context.self = subject;
  const Valued needed = formulas_.truth(*fact.needed_when, context);
  const Valued otherwise =
      fact.type.base == Base::people ? formulas_.people(*fact.otherwise, context) : formulas_.value(*fact.otherwise, context, &fact.type);
  if (needed.ok() && otherwise.ok()) {
    const Valued gated = formulas_.choose(needed, {plain, subject}, otherwise, fact.span);
    if (gated.ok()) facts_[index] = gated.term;
  }
  for (std::size_t i = since; i < errors_.size(); ++i)
    if (errors_[i].rule.empty()) errors_[i].rule = fact.name, errors_[i].cite = fact.cite;
  return facts_[index];
}

TermId RuleCheck::partition_sets(LevelId unit) {
  const auto index = static_cast<std::size_t>(unit);
  if (out_.level_maker[index] != no_term) return out_.level_maker[index];
  const RuleId rule = d_.levels[index].declared;
  if (rule < 0) return no_term;
  return rule_term(rule, d_.rules[static_cast<std::size_t>(rule)].span);
}

TermId RuleCheck::role_is_member(LevelId unit) {
  const RuleId id = d_.levels[static_cast<std::size_t>(unit)].declared;
  const Rule& rule = d_.rules[static_cast<std::size_t>(id)];
  const std::string& role = rule.versions[0].body.role;
  if (role.empty()) return no_term;
  const RuleId role_rule = rule_named(role);
  if (role_rule < 0) {
    errors_.push_back(diagnostic_at(Code::unknown_name, rule.span, "the role `" + role + "` of the unit is not defined",
                                    "it is a rule of person whose words begin with `member`"));
    return no_term;
  }
  const TermId term = rule_term(role_rule, rule.span);
  if (term == no_term) return no_term;
  const Type& type = t_.at(term).type;
  const int member = type.base == Base::code ? d_.lists[static_cast<std::size_t>(type.list)].index_of("member") : -1;
  if (member < 0 || t_.at(term).level != person_level) {
    errors_.push_back(diagnostic_at(Code::wrong_type, rule.span, "the role `" + role + "` must be a code of person with the word `member`"));
    return no_term;
  }
  const Valued is = formulas_.compare(Compare::equal, {term, household_var}, {t_.word(type.list, member, rule.span), household_var}, rule.span);
  return is.term;
}

Valued RuleCheck::meets_all(const MeetsAll& except, const Span& span) {
  if (!path_.empty()) {
    errors_.push_back(diagnostic_at(Code::formula_syntax, span, "`meets all` stands in the outcomes of a program only"));
    return {};
  }
  Valued all{t_.truth(true, span), household_var};
  for (std::size_t i = 0; i < except.except.size(); ++i) {
    const bool known = std::any_of(out_.requirements.begin(), out_.requirements.end(),
                                   [&](const auto& q) { return d_.rules[static_cast<std::size_t>(q.rule)].name == except.except[i].text; });
    if (known && i < except.spans.size()) formulas_.mention(except.spans[i], MentionOf::rule, rule_named(except.except[i].text));
    if (known) continue;
    errors_.push_back(diagnostic_at(Code::unknown_name, i < except.spans.size() ? except.spans[i] : span,
                                    "`" + except.except[i].text + "` is no test of `requires`"));
    return {};
  }
  for (const auto& requirement : out_.requirements) {
    const std::string& name = d_.rules[static_cast<std::size_t>(requirement.rule)].name;
    const bool left_out = std::any_of(except.except.begin(), except.except.end(), [&](const Name& n) { return n.text == name; });
    if (left_out || requirement.fails_person) continue;
    all = t_.logical(TermOp::logical_and, all, {requirement.passes, household_var}, span);
  }
  return all;
}

}  // namespace duly
