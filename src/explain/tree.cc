// Rules by the kind of their body.

#include "explain/tree.h"

#include "base/at.h"
#include "base/date.h"
#include "duly/render.h"

namespace duly {
namespace {

std::string why_not(const Evaluated& e, const CheckedLine& line, bool known) {
  const Date law = e.r.plan().law_date;
  if (law < line.from) return "law from " + to_text(line.from);
  if (line.before <= law) return "law until " + to_text(Date{line.before.days - 1});
  return known ? "does not hold" : "not known whether it holds";
}

}  // namespace

void Tree::set_value(ExplanationNode& node, Value value) {
  node.value_text = to_text(value);
  node.value = std::move(value);
}

std::string Tree::told(const Replaced& replaced) { return replaced.cite.empty() ? replaced.program : replaced.program + ", " + replaced.cite; }

std::string Tree::label(LevelId level, std::int32_t row) const {
  const LevelKind kind = e_.paths.level(level).kind;
  return kind == LevelKind::unit ? "" : labels_.of(level, row);
}

bool Tree::is_stated(RuleId id, LevelId level, std::int32_t row, ExplanationNode& node) const {
  PlanNode stated;
  stated.level = level;
  stated.index = id;
  if (!e_.parts.is_stated(stated, row)) return false;
  node.source = "stated";
  for (const StatedColumn& column : e_.r.values().facts().stated)
    if (column.rule == id && column.assumed) node.source = "assumed";
  return true;
}

ExplanationNode Tree::rule(RuleId id, std::int32_t row) {
  const Rule& declared = e_.rule(id);
  const CheckedRule& checked = e_.r.plan().program->rules[at(id)];
  const CheckedBody& body = e_.index.body(id);
  ExplanationNode node;
  node.name = declared.name;
  node.kind = body.kind == Body::Kind::test ? "test" : "rule";
  node.title = declared.title;
  node.of = label(declared.level, row);
  node.cite = declared.cite;
  node.replaces = told(declared.replaced);
  if (checked.term != no_term) set_value(node, value_at(e_, checked.term, declared.level, row, labels_.people()));
  if (!taken_apart_.insert({id, row}).second || is_stated(id, declared.level, row, node)) return node;
  add_body(node, {declared.level, row, &body});
  return node;
}

void Tree::add_body(ExplanationNode& node, const Place& here) {
  switch (here.body->kind) {
    case Body::Kind::value:
    case Body::Kind::months: return add_formula(node, here.body->value, here);
    case Body::Kind::test: return add_test(node, here);
    case Body::Kind::branches:
    case Body::Kind::table: return add_branches(node, here);
    case Body::Kind::lines: return add_lines(node, here);
    case Body::Kind::pick: return add_groups(node, here);
    case Body::Kind::running:
      node.formula = here.body->value.text;
      if (here.body->value.term == no_term) return;
      return add_mentions(node.children, here.body->value.term, e_.paths.above(here.level, here.row, term(here.body->value.term).level));
    case Body::Kind::partition:
    case Body::Kind::spells: return;
  }
}

void Tree::add_test(ExplanationNode& node, const Place& here) {
  const CheckedBody& body = *here.body;
  if (body.exempt == no_term || !surely_at(e_, body.exempt, here.level, here.row)) add_formula(node, body.passes_formula, here);
  if (body.exempt == no_term) return;
  CheckedLine exempt;
  exempt.when = body.exempt;
  exempt.when_formula = body.exempt_formula;
  const bool holds = surely_at(e_, body.exempt, here.level, here.row);
  node.children.push_back(line(exempt, here, holds));
  node.children.back().title = "exempt";
}

ExplanationNode Tree::line(const CheckedLine& line, const Place& here, bool taken) {
  ExplanationNode node;
  node.kind = "line";
  node.cite = line.cite;
  node.decisive = taken;
  const bool known = line.when == no_term || surely_not_at(e_, line.when, here.level, here.row);
  if (!taken) node.not_taken = why_not(e_, line, known);
  if (line.when_formula.term == no_term) {
    node.formula = line.when_formula.text.empty() ? "otherwise" : line.when_formula.text;
    return node;
  }
  set_value(node, part_value(line.when_formula.term, here));
  const bool in_force = line.from <= e_.r.plan().law_date && e_.r.plan().law_date < line.before;
  add_formula(node, line.when_formula, here, in_force);
  forget_known_facts(node.children);
  return node;
}

void Tree::add_branches(ExplanationNode& node, const Place& here) {
  const int taken = deciding_line(e_, *here.body, here.level, here.row, true);
  for (std::size_t i = 0; i < here.body->lines.size(); ++i) {
    const CheckedLine& branch = here.body->lines[i];
    const bool is_taken = static_cast<int>(i) == taken;
    const bool is_table = here.body->kind == Body::Kind::table;
    if (!is_table || is_taken) node.children.push_back(line(branch, here, is_taken));
    if (!is_taken) continue;
    if (branch.then_formula.term != no_term) add_formula(node, branch.then_formula, here);
    return;
  }
}

void Tree::add_lines(ExplanationNode& node, const Place& here) {
  std::size_t next = 0;
  node.children = lines_from(here, next, 0, here.body->any);
}

/// Lines of one group up to the one that settles it; the rest of the group is passed over.
Tree::Nodes Tree::lines_from(const Place& here, std::size_t& next, int depth, bool any) {
  Nodes out;
  bool settled = false;
  while (next < here.body->lines.size() && here.body->lines[next].depth >= depth) {
    const CheckedLine& one = here.body->lines[next++];
    const bool holds = surely_at(e_, one.when, here.level, here.row);
    const bool fails = surely_not_at(e_, one.when, here.level, here.row);
    if (settled || one.depth > depth) continue;
    ExplanationNode node;
    if (one.head_of_group) {
      node.kind = "line";
      node.formula = one.group_any ? "any of" : "all of";
      node.cite = one.cite;
      if (!holds) node.not_taken = why_not(e_, one, fails);
      node.children = lines_from(here, next, depth + 1, one.group_any);
    } else {
      node = line(one, here, holds);
    }
    settled = any ? holds : fails;
    node.decisive = settled || (any ? fails : holds);
    out.push_back(std::move(node));
  }
  return out;
}

ExplanationNode Tree::group(const CheckedBody::Group& group, const Place& here) {
  ExplanationNode node;
  node.name = group.word;
  node.kind = "line";
  node.cite = group.cite;
  const auto fails = [&](TermId condition) { return condition != no_term && surely_not_at(e_, condition, here.level, here.row); };
  const auto holds = [&](TermId condition) { return condition == no_term || surely_at(e_, condition, here.level, here.row); };
  const bool fits = holds(group.open) && holds(group.fits);
  if (fails(group.open)) node.not_taken = "not offered here";
  else if (fails(group.fits)) node.not_taken = "does not fit";
  else if (fails(group.passes)) node.not_taken = group.reason.empty() ? "does not pass" : group.reason;
  else if (!fits || !holds(group.passes)) node.not_taken = "not known whether it holds";
  node.decisive = node.not_taken.empty();
  for (const auto& [name, formula] : group.columns) {
    const bool is_condition = name == "open" || name == "fits";
    if ((!is_condition && !fits) || (name == "open" && formula.parts.empty())) continue;
    ExplanationNode column;
    column.name = name;
    column.kind = "step";
    set_value(column, part_value(formula.term, here));
    add_formula(column, formula, here);
    node.children.push_back(std::move(column));
  }
  return node;
}

void Tree::add_groups(ExplanationNode& node, const Place& here) {
  for (const CheckedBody::Group& one : here.body->groups) {
    node.children.push_back(group(one, here));
    if (node.children.back().decisive) return;
  }
}

ExplanationNode Tree::unit(LevelId level, std::int32_t row) {
  const RuleId partition = e_.paths.level(level).declared;
  ExplanationNode out;
  out.kind = "step";
  out.name = e_.rule(partition).name;
  out.title = e_.rule(partition).title;
  out.cite = e_.rule(partition).cite;
  const std::int32_t h = e_.paths.household(level, row);
  Value people;
  people.kind = Value::Kind::people;
  for (int item = 0; item < e_.paths.people_in(h); ++item) {
    if (e_.paths.unit_of(level, e_.paths.person_row(h, item)) != row) continue;
    if (!people.text.empty()) people.text += ' ';
    people.text += labels_.people()[at(item)];
  }
  set_value(out, std::move(people));
  for (const CheckedBody::Step& step : e_.index.body(partition).steps)
    for (const CheckedLine& one : step.lines) {
      const bool pairs = step.kind == PartitionStep::Kind::together;
      const LevelId of = pairs ? pair_level : person_level;
      const Rows& rows = e_.paths.rows(of);
      for (std::int32_t r = rows.begin[h]; r < rows.begin[h + 1]; ++r) {
        const bool itself = pairs && rows.first[r] == rows.second[r];
        const bool of_unit = e_.paths.unit_of(level, pairs ? rows.first[r] : r) == row;
        if (itself || (pairs && !of_unit) || !surely_at(e_, one.when, of, r)) continue;
        ExplanationNode found;
        found.kind = "line";
        found.of = labels_.of(of, r);
        found.formula = one.when_formula.text;
        found.cite = one.cite.empty() ? out.cite : one.cite;
        found.title = pairs ? "together" : step.kind == PartitionStep::Kind::apart ? "apart" : "outside";
        found.decisive = true;
        out.children.push_back(std::move(found));
      }
    }
  return out;
}

}  // namespace duly
