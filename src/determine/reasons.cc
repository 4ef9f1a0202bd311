#include "determine/reasons.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

bool is_constant(const Evaluated& e, NodeId node) { return e.r.node(node).op == PlanOp::constant; }

class ComparisonSearch {
 public:
  ComparisonSearch(const Evaluated& e, NodeId whole, Depth depth) : e_(e), whole_(whole), depth_(depth) {}

  Comparison find(NodeId id, std::int32_t row) {
    if (id == no_node || row < 0 || is_constant(e_, id)) return {};
    if (depth_ == Depth::as_written && id != whole_ && e_.index.rule_of(id) >= 0) return {};
    const PlanNode& node = e_.r.node(id);
    switch (node.op) {
      case PlanOp::compare: return {id, row};
      case PlanOp::alias:
      case PlanOp::logical_not: return find_in(node, node.args[0], row);
      case PlanOp::stated: return e_.parts.is_stated(node, row) ? Comparison{} : find_in(node, node.args[0], row);
      case PlanOp::lift: return find(node.args[0], e_.paths.lifted_from(node, e_.r.node(node.args[0]).level, row));
      case PlanOp::logical_and:
      case PlanOp::logical_or: return find_among(node, id, row);
      case PlanOp::choose: return find_in_branch(node, row);
      default: return {};
    }
  }

 private:
  [[nodiscard]] std::int32_t row_in(const PlanNode& whole, NodeId arg, std::int32_t row) const {
    return e_.paths.above(whole.level, row, e_.r.node(arg).level);
  }
  Comparison find_in(const PlanNode& whole, NodeId arg, std::int32_t row) { return find(arg, row_in(whole, arg, row)); }

  /// The first condition that has the truth of the whole and compares numbers.
  Comparison find_among(const PlanNode& node, NodeId id, std::int32_t row) {
    const bool holds = e_.r.surely(id, row);
    if (!holds && !e_.r.surely_not(id, row)) return {};
    for (const NodeId arg : node.args) {
      const std::int32_t its_row = row_in(node, arg, row);
      if (its_row < 0 || !(holds ? e_.r.surely(arg, its_row) : e_.r.surely_not(arg, its_row))) continue;
      if (const Comparison found = find(arg, its_row); found.node != no_node) return found;
    }
    return {};
  }

  Comparison find_in_branch(const PlanNode& node, std::int32_t row) {
    const NodeId condition = node.args[0];
    const std::int32_t its_row = row_in(node, condition, row);
    if (its_row < 0) return {};
    const bool yes = e_.r.surely(condition, its_row);
    if (!yes && !e_.r.surely_not(condition, its_row)) return {};
    const NodeId branch = node.args[yes ? 1 : 2];
    return is_constant(e_, branch) ? find(condition, its_row) : find_in(node, branch, row);
  }

  const Evaluated& e_;
  NodeId whole_;
  Depth depth_;
};

Type difference_type(const Type& type) {
  Type out = type;
  if (type.base == Base::date) out.base = Base::days;
  if (type.base == Base::month) out.base = Base::duration;
  return out;
}

/// A figure of law, or one written out: what something else is compared with.
bool is_limit(const Evaluated& e, TermId term) {
  const Term* t = &e.r.term(term);
  while ((t->op == TermOp::lift || t->op == TermOp::rule) && t->args.size() == 1) t = &e.r.term(t->args[0]);
  return t->op == TermOp::constant || t->op == TermOp::lookup;
}

/// How far two known numbers are apart.
Value distance(const Evaluated& e, NodeId x, std::int32_t x_row, NodeId y, std::int32_t y_row, const Type& type) {
  const auto a = e.r.known_integer(x, x_row);
  const auto b = e.r.known_integer(y, y_row);
  std::int64_t apart = 0;
  const bool in_steps =
      a && b && e.r.node(x).denominator == e.r.node(y).denominator && !__builtin_sub_overflow(std::max(*a, *b), std::min(*a, *b), &apart);
  if (in_steps)
    if (auto shown = shown_integer(apart, e.r.node(x).denominator, type)) return std::move(*shown);
  return shown_number(abs(Number(e.r.number(x, x_row).low - e.r.number(y, y_row).low)), type);
}

}  // namespace

void add_comparison(const Evaluated& e, NodeId condition, std::int32_t row, Depth depth, Reason& out) {
  const Comparison found = deciding_comparison(e, condition, row, depth);
  if (found.node == no_node) return;
  const PlanNode& node = e.r.node(found.node);
  const Term* term = node.origin == no_term ? nullptr : &e.r.term(node.origin);
  if (term == nullptr || term->op != TermOp::compare) return;
  std::size_t compared = 0;
  if (is_limit(e, term->args[0]) && !is_limit(e, term->args[1])) compared = 1;
  const Type& own = e.r.term(term->args[compared]).type;
  const Type& type = own.literal ? e.r.term(term->args[1 - compared]).type : own;
  const NodeId value = node.args[compared];
  const NodeId limit = node.args[1 - compared];
  const auto row_of = [&](NodeId side) { return std::max(e.paths.above(node.level, found.row, e.r.node(side).level), 0); };
  const bool is_above_nothing = e.r.node(limit).op == PlanOp::constant && e.r.number(limit, row_of(limit)).low == 0;
  if (depth == Depth::as_written && is_above_nothing) return;  // that there is some says the title
  const auto shown = [&](NodeId side) {
    Value v = e.r.value(side, row_of(side), type, {});
    return v.kind == Value::Kind::unknown ? Value{} : v;
  };
  out.compared = shown(value);
  out.limit = shown(limit);
  if (!out.compared.text.empty() && !out.limit.text.empty())
    out.margin = distance(e, value, row_of(value), limit, row_of(limit), difference_type(type));
}

namespace {

/// What a refusal hangs on is told wherever it stands. Of a test that is met, a number of a rule far below says nothing.
Depth depth_for(bool holds) { return holds ? Depth::as_written : Depth::through_rules; }

void add_line(const Evaluated& e, const CheckedBody& body, LevelId level, std::int32_t row, bool holds, Reason& out) {
  const int index = deciding_line(e, body, level, row, holds);
  if (index < 0) return;
  const CheckedLine& line = body.lines[at(index)];
  if (!line.cite.empty()) out.cite = line.cite;
  if (!holds && !line.reason.empty()) out.code = line.reason;
  out.line = line.when_formula.text.empty() ? "otherwise" : line.when_formula.text;
  if (const TermAt when = locate(e, line.when, level, row); when.ok()) add_comparison(e, when.node, when.row, depth_for(holds), out);
}

}  // namespace

Comparison deciding_comparison(const Evaluated& e, NodeId condition, std::int32_t row, Depth depth) {
  return ComparisonSearch(e, condition, depth).find(condition, row);
}

int deciding_line(const Evaluated& e, const CheckedBody& body, LevelId level, std::int32_t row, bool holds) {
  if (body.kind == Body::Kind::branches || body.kind == Body::Kind::table) {
    for (std::size_t i = 0; i < body.lines.size(); ++i) {
      if (body.lines[i].when == no_term || surely_at(e, body.lines[i].when, level, row)) return static_cast<int>(i);
      if (!surely_not_at(e, body.lines[i].when, level, row)) return -1;
    }
    return -1;
  }
  if (body.kind != Body::Kind::lines || body.any != holds) return -1;
  int found = -1;
  int depth = 0;
  for (std::size_t i = 0; i < body.lines.size(); ++i) {
    const CheckedLine& line = body.lines[i];
    if (found >= 0 && line.depth < depth) break;
    if (line.depth != depth || !(holds ? surely_at(e, line.when, level, row) : surely_not_at(e, line.when, level, row))) continue;
    found = static_cast<int>(i);
    if (!line.head_of_group || line.group_any != holds) break;
    ++depth;  // one of the lines below settled the group
  }
  return found;
}

TestState state_of(const Evaluated& e, const PlanRequirement& requirement, std::int32_t row) {
  if (requirement.exempt != no_node && e.r.surely(requirement.exempt, row)) return TestState::exempt;
  if (e.r.surely(requirement.passes, row)) return TestState::passed;
  return e.r.surely_not(requirement.passes, row) ? TestState::failed : TestState::unknown;
}

std::vector<NamedValue> named_values(const Evaluated& e, const Labels& labels, const std::string& code, LevelId level, std::int32_t row) {
  std::vector<NamedValue> out;
  for (const NamedInWording& named : e.index.named_in(code)) {
    NamedValue value;
    value.name = named.name;
    if (named.rule >= 0) value.title = e.rule(named.rule).title;
    else if (named.fact >= 0) value.title = e.fact(named.fact).title;
    else value.title = e.declarations().parameters[at(named.parameter)].title;
    value.value = value_at(e, named.term, level, row, labels.people());
    out.push_back(std::move(value));
  }
  return out;
}

const std::string& failed_code(const Evaluated& e, const PlanRequirement& requirement, std::int32_t row) {
  const Rule& rule = e.rule(requirement.rule);
  const CheckedBody& body = e.index.body(requirement.rule);
  if (body.kind != Body::Kind::test) {
    const int line = deciding_line(e, body, e.r.plan().program->decided, row, false);
    if (line >= 0 && !body.lines[at(line)].reason.empty()) return body.lines[at(line)].reason;
  }
  return rule.reason.empty() ? rule.name : rule.reason;
}

Reason told_of_test(const Evaluated& e, const Labels& labels, const PlanRequirement& requirement, LevelId level, std::int32_t row, TestState state) {
  const Rule& rule = e.rule(requirement.rule);
  const CheckedBody& body = e.index.body(requirement.rule);
  Reason out;
  out.rule = rule.name;
  out.title = rule.title;
  out.cite = rule.cite;
  out.code = rule.reason.empty() ? rule.name : rule.reason;
  if (rule.level == person_level && level == person_level) out.subject = labels.person(row);
  const bool holds = state != TestState::failed;
  if (state == TestState::exempt) {
    out.line = body.exempt_formula.text;
  } else if (body.kind == Body::Kind::test) {
    if (const TermAt passes = locate(e, body.passes, level, row); passes.ok()) add_comparison(e, passes.node, passes.row, depth_for(holds), out);
  } else {
    add_line(e, body, level, row, holds, out);
    if (out.compared.text.empty()) add_comparison(e, requirement.passes, row, depth_for(holds), out);
  }
  if (holds) out.code = state == TestState::exempt ? "exempt" : "passed";
  else out.values = named_values(e, labels, out.code, level, row);
  return out;
}

}  // namespace duly
