// What a rule's body computes, by kind.

#include <algorithm>

#include "check/rule_check.h"

namespace duly {
namespace {

/// `text` with runs of blanks and line breaks as one blank; `offsets` maps old byte offsets to new ones.
std::string on_one_line(std::string_view text, std::vector<std::size_t>& offsets) {
  std::string out;
  for (const char c : text) {
    offsets.push_back(out.size());
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  offsets.push_back(out.size());
  return out;
}

}  // namespace

BodyCheck::BodyCheck(RuleCheck& rules, const Rule& rule, CheckedBody& out)
    : r_(rules), d_(rules.d_), t_(rules.t_), f_(rules.formulas_), rule_(rule), out_(out) {
  const bool shared = rule.level == household_level || rule.level == world_level;
  subject_ = shared ? household_var : t_.new_variable(rule.level);
  context_.current = context_.self = subject_;
  if (rule.type) wanted_ = &*rule.type;
}

void BodyCheck::mistake(Code code, const Span& span, std::string message, std::string help) {
  r_.errors_.push_back(diagnostic_at(code, span, std::move(message), std::move(help)));
}

Formula BodyCheck::formula(const Expr& e, Valued value) {
  Formula out;
  out.term = value.term;
  out.span = e.span;
  std::vector<std::size_t> offsets;
  out.text = on_one_line(text_of(e.span), offsets);
  auto parts = f_.take_parts();
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return a.first.begin < b.first.begin || (a.first.begin == b.first.begin && a.first.end > b.first.end);
  });
  std::size_t reached = e.span.begin;
  for (const auto& [span, part] : parts) {
    if (span.source != e.span.source || span.begin < reached || span.end > e.span.end) continue;  // nested in the part before
    reached = span.end;
    out.parts.push_back({offsets[span.begin - e.span.begin], offsets[span.end - e.span.begin], part.term});
  }
  return out;
}

Valued BodyCheck::value(const Expr& e, Formula* shown) {
  f_.take_parts();
  const bool people = wanted_ != nullptr && wanted_->base == Base::people;
  const Valued v = people ? f_.people(e, context_) : f_.value(e, context_, wanted_);
  if (shown != nullptr && v.ok()) *shown = formula(e, v);
  return v;
}

Valued BodyCheck::truth(const Expr& e, Formula* shown) {
  f_.take_parts();
  const Valued v = f_.truth(e, context_);
  if (shown != nullptr && v.ok()) *shown = formula(e, v);
  return v;
}

Valued BodyCheck::law_reached(const Expr& e, Date* written) {
  if (const auto* at = std::get_if<AtLiteral>(&e.node))
    if (const auto day = date_from_text(at->value)) {
      if (written != nullptr) *written = *day;
      Term term;
      term.op = TermOp::law_at_least;
      term.level = world_level;
      term.number = day->days;
      term.span = e.span;
      return {t_.add(std::move(term)), household_var};
    }
  const Valued day = f_.value(e, context_);
  if (!day.ok()) return {};
  if (f_.type_of(day).base != Base::date) {
    mistake(Code::wrong_type, e.span, "`from` and `before` are dates", "write YYYY-MM-DD or name a date parameter");
    return {};
  }
  const auto asked = d_.request_facts.find(d_.program.law_in_force_by);
  if (asked == d_.request_facts.end()) return {};
  Valued law{r_.fact_term(asked->second), household_var};
  if (f_.type_of(law).base == Base::month) law = t_.make(TermOp::first_day, plain_type(Base::date), {law}, e.span);
  return f_.compare(Compare::greater_equal, law, day, e.span);
}

Valued BodyCheck::in_time(const ExprPtr& from, const ExprPtr& before, CheckedLine& line) {
  Valued out;
  if (from) out = law_reached(*from, &line.from);
  if (before) {
    const Valued not_yet = t_.negated(law_reached(*before, &line.before), before->span);
    out = out.ok() ? t_.logical(TermOp::logical_and, out, not_yet, before->span) : not_yet;
  }
  return out;
}

Valued BodyCheck::gated(Valued condition, Valued time, const Span& span) {
  if (!condition.ok() || !time.ok()) return condition;
  return t_.logical(TermOp::logical_and, time, condition, span);
}

Valued BodyCheck::run(const Body& body) {
  for (std::size_t i = 0; i < rule_.let.size(); ++i) {
    const auto& [name, e] = rule_.let[i];
    if (!e) return {};
    if (context_.names.contains(name)) mistake(Code::defined_twice, rule_.let_spans[i], "the step `" + name + "` is defined twice");
    f_.take_parts();
    Operand step = f_.check(*e, context_);
    if (!step.ok()) return {};
    if (step.kind == Operand::Kind::value) {
      out_.let.emplace_back(name, formula(*e, step.value));
      t_.at(step.value.term).type.literal = false;
    }
    context_.names[name] = step;
  }
  out_.kind = body.kind;
  switch (body.kind) {
    case Body::Kind::value:
    case Body::Kind::months: return body.value ? value(*body.value, &out_.value) : Valued{};
    case Body::Kind::test: return test(body);
    case Body::Kind::branches: return branches(body);
    case Body::Kind::lines: out_.any = body.lines.any; return lines(body.lines, 0);
    case Body::Kind::table: return table(body);
    case Body::Kind::pick: return pick(body);
    case Body::Kind::partition: return partition(body);
    case Body::Kind::running: return running(body);
    case Body::Kind::spells: return spells(body);
  }
  return {};
}

Valued BodyCheck::test(const Body& body) {
  Valued passes;
  if (const auto always = body.passes.find(""); always != body.passes.end()) {
    if (!always->second) return {};
    passes = truth(*always->second, &out_.passes_formula);
  } else {  // by occasion; an occasion that is not named is not tested
    const FactId occasion = d_.request_facts.at("occasion");
    const int list = d_.facts[static_cast<std::size_t>(occasion)].type.list;
    passes = {t_.truth(true, rule_.span), household_var};
    for (const auto& [word, e] : body.passes) {
      if (!e) return {};
      const int index = d_.lists[static_cast<std::size_t>(list)].index_of(word);
      if (index < 0) {
        mistake(Code::unknown_code, e->span, "`" + word + "` is no occasion", "occasions are application, renewal and change");
        return {};
      }
      const Valued holds = truth(*e, &out_.passes_formula);
      const Valued now = f_.compare(Compare::equal, {r_.fact_term(occasion), household_var}, {t_.word(list, index, e->span), household_var}, e->span);
      passes = f_.choose(now, holds, passes, e->span);
    }
  }
  if (!passes.ok()) return {};
  passes = t_.lifted(passes, subject_);
  out_.passes = passes.term;
  if (!body.exempt) return passes;
  Valued exempt = truth(*body.exempt, &out_.exempt_formula);
  if (!exempt.ok()) return {};
  exempt = t_.lifted(exempt, subject_);
  out_.exempt = exempt.term;
  return t_.logical(TermOp::logical_or, exempt, passes, rule_.span);
}

Valued BodyCheck::branches(const Body& body) {
  std::vector<Valued> conditions;
  std::vector<Valued> values;
  bool sound = true;
  for (const auto& branch : body.branches) {
    CheckedLine line;
    line.cite = branch.cite;
    Valued when;
    if (branch.when) {
      when = truth(*branch.when, &line.when_formula);
      when = gated(when, in_time(branch.from, branch.before, line), branch.span);
    }
    const Valued then = branch.then ? value(*branch.then, &line.then_formula) : Valued{};
    sound = sound && then.ok() && (!branch.when || when.ok());
    line.when = when.term;
    line.then = then.term;
    conditions.push_back(when);
    values.push_back(then);
    out_.lines.push_back(std::move(line));
  }
  if (!sound || values.empty()) return {};
  Valued out = values.back();
  for (std::size_t i = values.size() - 1; i-- > 0;) out = f_.choose(conditions[i], values[i], out, body.branches[i].span);
  return out;
}

Valued BodyCheck::lines(const LineGroup& group, int depth) {
  Valued out{t_.truth(!group.any, rule_.span), household_var};
  bool sound = true;
  for (const auto& entry : group.lines) {
    CheckedLine line;
    line.cite = entry.cite;
    line.reason = entry.reason;
    line.depth = depth;
    const std::size_t place = out_.lines.size();
    out_.lines.emplace_back();
    Valued holds;
    if (entry.group) {
      line.head_of_group = true;
      line.group_any = entry.group->any;
      holds = lines(*entry.group, depth + 1);
    } else if (entry.when) {
      holds = truth(*entry.when, &line.when_formula);
    }
    const Valued time = in_time(entry.from, entry.before, line);
    // Outside its dates a line of `any_of` does not hold and one of `all_of` is not asked.
    if (holds.ok() && time.ok())
      holds = group.any ? t_.logical(TermOp::logical_and, time, holds, entry.span)
                        : t_.logical(TermOp::logical_or, t_.negated(time, entry.span), holds, entry.span);
    sound = sound && holds.ok();
    line.when = holds.ok() ? t_.lifted(holds, subject_).term : no_term;
    out_.lines[place] = std::move(line);
    if (sound) out = t_.logical(group.any ? TermOp::logical_or : TermOp::logical_and, out, holds, entry.span);
  }
  return sound ? out : Valued{};
}

Valued BodyCheck::table(const Body& body) {
  std::vector<Valued> inputs;
  std::vector<Type> types;
  for (std::size_t i = 0; i < body.inputs.size(); ++i) {
    const Expr name{Name{body.inputs[i]}, body.input_spans[i]};
    inputs.push_back(f_.value(name, context_));
    if (!inputs.back().ok()) return {};
    types.push_back(f_.type_of(inputs.back()));
  }
  std::vector<Valued> conditions;
  std::vector<Valued> values;
  for (const auto& row : body.rows) {
    CheckedLine line;
    Valued holds{t_.truth(true, row.span), household_var};
    for (std::size_t i = 0; i < row.tests.size(); ++i) {
      if (row.tests[i].any) continue;
      Valued one{t_.truth(false, row.span), household_var};
      for (const auto& test : row.tests[i].tests) {
        const Valued part = test ? f_.test_of(inputs[i], *test, context_) : Valued{};
        if (!part.ok()) return {};
        one = t_.logical(TermOp::logical_or, one, part, test->span);
      }
      holds = t_.logical(TermOp::logical_and, holds, one, row.span);
    }
    const Valued result = row.result ? value(*row.result, &line.then_formula) : Valued{};
    if (!holds.ok() || !result.ok()) return {};
    line.when = t_.lifted(holds, subject_).term;
    line.then = result.term;
    line.when_formula.text = std::string(trim(text_of(row.span)));
    out_.lines.push_back(std::move(line));
    conditions.push_back(holds);
    values.push_back(result);
  }
  if (values.empty()) return {};
  const std::size_t before = r_.errors_.size();
  check_table_cover(d_, body, types, r_.errors_);
  if (r_.errors_.size() != before) return {};
  Term none;
  none.type = t_.at(values[0].term).type;
  none.index = undefined_constant;
  none.level = world_level;
  none.span = rule_.span;
  Valued out{t_.add(std::move(none)), household_var};
  for (std::size_t i = values.size(); i-- > 0;) out = f_.choose(conditions[i], values[i], out, body.rows[i].span);
  return out;
}

Valued BodyCheck::pick(const Body& body) {
  const std::size_t count = body.groups.size();
  std::vector<std::map<std::string, Operand>> columns(count);
  std::vector<Context> contexts(count, context_);
  for (std::size_t g = 0; g < count; ++g) {
    Operand word;
    word.kind = Operand::Kind::word;
    word.text = body.groups[g].group;
    word.quoted = true;
    word.span = body.groups[g].span;
    contexts[g].names["group"] = word;
    CheckedBody::Group shown;
    shown.word = body.groups[g].group;
    shown.cite = body.groups[g].cite;
    shown.reason = body.groups[g].reason.empty() ? body.each_reason : body.groups[g].reason;
    out_.groups.push_back(std::move(shown));
  }
  // Column by column over all rows, so that a later column may look at the earlier ones of every row.
  std::vector<std::string> order{"open", "fits"};
  for (const auto& [name, e] : body.each)
    if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
  for (const auto& group : body.groups)
    for (const auto& [name, e] : group.columns)
      if (std::find(order.begin(), order.end(), name) == order.end()) order.insert(order.begin() + 2, name);
  for (const auto& name : order) {
    Operand list;
    list.kind = Operand::Kind::list;
    for (std::size_t g = 0; g < count; ++g) {
      Operand row = contexts[g].names["group"];
      row.kind = Operand::Kind::value;
      row.fields = columns[g];
      list.items.push_back(row);
    }
    for (std::size_t g = 0; g < count; ++g) {
      const auto own = body.groups[g].columns.find(name);
      ExprPtr e = own == body.groups[g].columns.end() ? nullptr : own->second;
      for (const auto& [each_name, each_e] : body.each)
        if (!e && each_name == name) e = each_e;
      if (!e) continue;
      contexts[g].names["groups"] = list;
      f_.take_parts();
      const Operand cell = f_.check(*e, contexts[g]);
      if (!cell.ok()) return {};
      if (cell.kind == Operand::Kind::value) out_.groups[g].columns.emplace_back(name, formula(*e, cell.value));
      columns[g][name] = cell;
      contexts[g].names[name] = cell;
    }
  }
  const Type& type = *rule_.type;
  const auto& words = d_.lists[static_cast<std::size_t>(type.list)];
  if (words.index_of("none") < 0) {
    mistake(Code::unknown_code, rule_.span, "the list `" + words.name + "` has no word `none`", "a choice is `none` where no group passes");
    return {};
  }
  Valued out{t_.word(type.list, words.index_of("none"), rule_.span), household_var};
  for (std::size_t g = count; g-- > 0;) {
    Valued holds{t_.truth(true, body.groups[g].span), household_var};
    for (const char* name : {"open", "fits", "passes"}) {
      const auto column = columns[g].find(name);
      if (column == columns[g].end()) {
        if (std::string_view(name) == "open") continue;
        mistake(Code::missing_key, body.groups[g].span, std::string("the group has no `") + name + "`");
        return {};
      }
      const Valued v = f_.as_value(column->second);
      if (!v.ok()) return {};
      if (f_.type_of(v).base != Base::boolean) {
        mistake(Code::wrong_type, body.groups[g].span, std::string("`") + name + "` must be a condition");
        return {};
      }
      const TermId on_rows = t_.lifted(v, subject_).term;
      (std::string_view(name) == "open"   ? out_.groups[g].open
       : std::string_view(name) == "fits" ? out_.groups[g].fits
                                          : out_.groups[g].passes) = on_rows;
      holds = t_.logical(TermOp::logical_and, holds, v, body.groups[g].span);
    }
    const int word = words.index_of(body.groups[g].group);
    if (word < 0) {
      mistake(Code::unknown_code, body.groups[g].span, "`" + body.groups[g].group + "` is no word of the list `" + words.name + "`");
      return {};
    }
    out = f_.choose(holds, {t_.word(type.list, word, body.groups[g].span), household_var}, out, body.groups[g].span);
  }
  return out;
}

}  // namespace duly
