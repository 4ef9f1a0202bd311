#include "explain/reach.h"

#include <algorithm>
#include <set>

#include "base/at.h"
#include "determine/decision.h"
#include "determine/reached.h"
#include "determine/reasons.h"

namespace duly {
namespace {

bool is_limit(const Term& term) { return term.op == TermOp::compare && term.comparison != Compare::equal && term.comparison != Compare::not_equal; }

template <class T>
void leave_each_once(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

class ReachWalk {
 public:
  ReachWalk(const DetermineInput& input, const WrittenTerms& written)
      : e_(input.index, input.values),
        plan_(input.index.plan()),
        program_(*plan_.program),
        written_(written),
        household_(static_cast<std::int32_t>(input.household - input.values.first_household())),
        sides_(plan_.nodes.size(), 0),
        visited_(plan_.nodes.size(), false),
        visited_levels_(e_.declarations().levels.size(), false) {
    for (std::size_t r = 0; r < program_.rules.size(); ++r)
      if (const NodeId node = e_.r.node_of(program_.rules[r].term); node != no_node) rules_of_nodes_.emplace_back(node, static_cast<RuleId>(r));
    std::sort(rules_of_nodes_.begin(), rules_of_nodes_.end());
  }

  Reach run(const std::vector<Determination>& determinations, const std::vector<RuleAt>& also) {
    for (const Determination& determination : determinations) add_roots(determination);
    for (const RuleAt& one : also) add_rule_root(one);
    for_each_reached(e_, household_, any_node, roots_, [&](NodeId node, std::int32_t row) { visit(node, row); });
    add_made_rows();
    while (!waiting_.empty()) {
      const RuleAt next = waiting_.back();
      waiting_.pop_back();
      take_apart(next);
    }
    add_sides();
    leave_each_once(out_.rules);
    leave_each_once(out_.lines);
    leave_each_once(out_.groups);
    leave_each_once(out_.exempt);
    leave_each_once(out_.rows);
    leave_each_once(out_.reasons);
    return std::move(out_);
  }

 private:
  // Where the walk begins: what decided, what is due, the tests that are told, and what their wordings name.

  void add_roots(const Determination& determination) {
    const std::int32_t row = e_.paths.rows(program_.decided).begin[household_] + determination.subject.row;
    const Decision decision = decision_of(e_, row);
    add_root(plan_.decided_when, row);
    for (std::size_t i = 0; i < plan_.outcomes.size() && (decision.line < 0 || i <= at(decision.line)); ++i) add_root(plan_.outcomes[i].when, row);
    if (determination.outcome == Outcome::eligible || determination.outcome == Outcome::conditional)
      for (const PlanOutput& output : plan_.outputs) {
        add_root(output.value, row);
        add_root(output.absent, row);
        add_rule_root({output.rule, e_.paths.above(program_.decided, row, e_.rule(output.rule).level)});
      }
    for (const std::vector<Reason>* told : {&determination.reasons, &determination.basis})
      for (const Reason& reason : *told) add_test(reason, row);
    for (const Reason& reason : determination.reasons) {
      out_.reasons.push_back(reason.code);
      for (const NamedInWording& named : e_.index.named_in(reason.code))
        if (named.rule >= 0 && e_.paths.leads_up(program_.decided, e_.rule(named.rule).level))
          add_rule_root({named.rule, e_.paths.above(program_.decided, row, e_.rule(named.rule).level)});
    }
    for (const LeftOut& left : determination.left_out) {
      if (!left.reason.empty()) out_.reasons.push_back(left.reason);
      for (const Reason& told : left.reasons) out_.reasons.push_back(told.code);
    }
  }

  void add_test(const Reason& told, std::int32_t row) {
    for (const PlanRequirement& requirement : plan_.requirements)
      if (e_.rule(requirement.rule).name == told.rule) {
        add_root(requirement.passes, row);
        add_rule_root({requirement.rule, e_.paths.above(program_.decided, row, e_.rule(requirement.rule).level)});
      }
  }

  void add_root(NodeId node, std::int32_t row) {
    if (node != no_node) roots_.push_back({node, row, whole_set});
  }

  void add_rule_root(const RuleAt& one) {
    if (one.row < 0) return;
    const TermId term = program_.rules[at(one.rule)].term;
    const NodeId node = e_.r.node_of(term);
    if (node == no_node) return;
    const std::int32_t row = e_.paths.above(e_.rule(one.rule).level, one.row, e_.r.node(node).level);
    if (e_.r.node(node).op == PlanOp::constant) reach(one);
    else if (row >= 0) add_root(node, row);
  }

  // What the walk meets.

  void visit(NodeId id, std::int32_t row) {
    const PlanNode& node = e_.r.node(id);
    visited_[at(id)] = true;
    visited_levels_[at(node.level)] = true;
    if (node.shape == Shape::truth) {
      if (e_.r.surely(id, row)) sides_[at(id)] |= 1U;
      if (e_.r.surely_not(id, row)) sides_[at(id)] |= 2U;
    }
    if (node.op == PlanOp::lookup || node.op == PlanOp::lookup_absent) add_row_used(node, row);
    if (node.op == PlanOp::stated && e_.parts.is_stated(node, row)) return;  // the rule itself was not tried
    const auto [first, last] = std::equal_range(rules_of_nodes_.begin(), rules_of_nodes_.end(), std::pair{id, RuleId{0}},
                                                [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto rule = first; rule != last; ++rule) {
      const LevelId level = e_.rule(rule->second).level;
      if (level == node.level) reach({rule->second, row});
      else if (e_.paths.leads_up(level, node.level))
        e_.paths.for_each_below(level, node.level, row, [&](std::int32_t below) { reach({rule->second, below}); });
    }
  }

  void add_row_used(const PlanNode& lookup, std::int32_t row) {
    const LookupTable& table = plan_.tables[at(lookup.index)];
    const auto cells = cells_of(e_, lookup, row);
    if (cells.size() != 1 || table.row[cells[0]] < 0) return;
    out_.rows.push_back(&e_.declarations().parameters[at(table.parameter)].rows[at(table.row[cells[0]])]);
  }

  void reach(const RuleAt& one) {
    if (!seen_.insert({one.rule, one.row}).second) return;
    out_.rules.push_back(one.rule);
    waiting_.push_back(one);
  }

  /// Units and spells, whose rows come from a rule that has no value of its own.
  void add_made_rows() {
    const auto& levels = e_.declarations().levels;
    for (std::size_t l = 0; l < levels.size(); ++l) {
      const auto level = static_cast<LevelId>(l);
      const bool is_made = levels[l].kind == LevelKind::unit || levels[l].kind == LevelKind::spells;
      const NodeId maker = is_made ? e_.paths.maker_of(level) : no_node;
      if (maker == no_node || (level != program_.decided && !visited_[at(maker)] && !visited_levels_[l])) continue;
      out_.rules.push_back(levels[l].declared);
      for (const CheckedBody::Step& step : e_.index.body(levels[l].declared).steps)
        for (const CheckedLine& line : step.lines) add_line_of_step(step, line);
    }
  }

  void add_line_of_step(const CheckedBody::Step& step, const CheckedLine& line) {
    ask(line.when, household_level, household_);
    const LevelId of = step.kind == PartitionStep::Kind::together ? pair_level : person_level;
    const Rows& rows = e_.paths.rows(of);
    if (rows.begin == nullptr) return;
    for (std::int32_t r = rows.begin[household_]; r < rows.begin[household_ + 1]; ++r) {
      const bool itself = of == pair_level && rows.first[r] == rows.second[r];
      if (itself || !surely_at(e_, line.when, of, r)) continue;
      out_.lines.push_back(&line);
      return;
    }
  }

  // A rule that was reached: which of its lines settled it, and what those read that the plan knew without a household.

  void take_apart(const RuleAt& one) {
    const CheckedBody& body = e_.index.body(one.rule);
    const LevelId level = e_.rule(one.rule).level;
    ask(body.value.term, level, one.row);
    switch (body.kind) {
      case Body::Kind::test: return take_test(body, level, one.row);
      case Body::Kind::branches:
      case Body::Kind::table: return take_branches(body, level, one.row);
      case Body::Kind::lines: return take_lines(body, level, one.row);
      case Body::Kind::pick: return take_groups(body, level, one.row);
      default: return;
    }
  }

  void take_test(const CheckedBody& body, LevelId level, std::int32_t row) {
    ask(body.exempt, level, row);
    if (body.exempt != no_term && surely_at(e_, body.exempt, level, row)) out_.exempt.push_back(&body);
    else ask(body.passes, level, row);
  }

  void take_branches(const CheckedBody& body, LevelId level, std::int32_t row) {
    const int taken = deciding_line(e_, body, level, row, true);
    for (std::size_t i = 0; i < body.lines.size(); ++i) {
      const CheckedLine& line = body.lines[i];
      ask(line.when, level, row);
      if (static_cast<int>(i) != taken) continue;
      out_.lines.push_back(&line);
      return ask(line.then, level, row);
    }
  }

  void take_lines(const CheckedBody& body, LevelId level, std::int32_t row) {
    for (const bool holds : {true, false})
      if (const int settled = deciding_line(e_, body, level, row, holds); settled >= 0) out_.lines.push_back(&body.lines[at(settled)]);
    for (const CheckedLine& line : body.lines) ask(line.when, level, row);
  }

  void take_groups(const CheckedBody& body, LevelId level, std::int32_t row) {
    const auto holds = [&](TermId condition) { return condition == no_term || surely_at(e_, condition, level, row); };
    for (const CheckedBody::Group& group : body.groups) {
      for (const auto& [name, formula] : group.columns) ask(formula.term, level, row);
      if (!holds(group.open) || !holds(group.fits)) continue;
      if (!group.reason.empty() && group.passes != no_term && surely_not_at(e_, group.passes, level, row)) out_.reasons.push_back(group.reason);
      if (!holds(group.passes)) continue;
      out_.groups.push_back(&group);
      return;
    }
  }

  /// A formula that was read: its limits count, and so do figures and rules that are the same for every household.
  void ask(TermId root, LevelId level, std::int32_t row) {
    if (root == no_term) return;
    const WrittenTerms::Named& named = written_.below(root);
    asked_.insert(named.limits.begin(), named.limits.end());
    for (const TermId figure : named.figures)
      if (const ParameterRow* used = row_in_force(e_.declarations().parameters[at(e_.r.term(figure).index)])) out_.rows.push_back(used);
    for (const RuleId rule : named.rules) {
      const NodeId node = e_.r.node_of(program_.rules[at(rule)].term);
      if (node == no_node || e_.r.node(node).op != PlanOp::constant) continue;
      const LevelId of = e_.rule(rule).level;
      if (e_.paths.leads_up(level, of)) reach({rule, e_.paths.above(level, row, of)});
      else if (const Rows& rows = e_.paths.rows(of); rows.begin != nullptr && rows.begin[household_] < rows.begin[household_ + 1])
        reach({rule, rows.begin[household_]});
    }
  }

  [[nodiscard]] const ParameterRow* row_in_force(const Parameter& parameter) const {
    const ParameterRow* found = nullptr;
    for (const ParameterRow& row : parameter.rows)
      if (row.from <= plan_.law_date && plan_.law_date < row.until && (found == nullptr || found->from <= row.from)) found = &row;
    return found;
  }

  void add_sides() {
    for (const TermId limit : asked_) {
      const NodeId node = e_.r.node_of(limit);
      if (node == no_node) continue;
      const bool is_constant = e_.r.node(node).op == PlanOp::constant;
      const unsigned sides = !is_constant ? sides_[at(node)] : e_.r.node(node).k != 0 ? 1U : 2U;
      if ((sides & 1U) != 0) out_.sides.push_back({limit, true});
      if ((sides & 2U) != 0) out_.sides.push_back({limit, false});
    }
  }

  Evaluated e_;
  const Plan& plan_;
  const CheckedProgram& program_;
  const WrittenTerms& written_;
  std::int32_t household_;
  std::vector<std::pair<NodeId, RuleId>> rules_of_nodes_;
  std::vector<Part> roots_;
  std::vector<std::uint8_t> sides_;  ///< by node: 1 it held in a row that was reached, 2 it did not
  std::vector<bool> visited_;         ///< by node
  std::vector<bool> visited_levels_;  ///< whether a value of any of its rows was
  std::set<std::pair<RuleId, std::int32_t>> seen_;
  std::vector<RuleAt> waiting_;
  std::set<TermId> asked_;
  Reach out_;
};

}  // namespace

Reach reach_of(const DetermineInput& input, const std::vector<Determination>& determinations, const std::vector<RuleAt>& also,
               const WrittenTerms& written) {
  return ReachWalk(input, written).run(determinations, also);
}

std::vector<TermId> written_in(const CheckedBody& body) {
  std::vector<TermId> out{body.value.term, body.passes, body.exempt};
  const auto add_lines = [&](const std::vector<CheckedLine>& lines) {
    for (const CheckedLine& line : lines) out.insert(out.end(), {line.when, line.then});
  };
  add_lines(body.lines);
  for (const CheckedBody::Step& step : body.steps) add_lines(step.lines);
  for (const CheckedBody::Group& group : body.groups)
    for (const auto& [name, formula] : group.columns) out.push_back(formula.term);
  leave_each_once(out);
  std::erase(out, no_term);
  return out;
}

WrittenTerms::WrittenTerms(const CheckedProgram& program) : program_(program) {
  for (const CheckedRule& rule : program.rules)
    for (const CheckedRule::Version& version : rule.versions)
      for (const TermId root : written_in(version.body)) add(root);
}

const WrittenTerms::Named& WrittenTerms::below(TermId root) const {
  static const Named nothing;
  const auto found = named_.find(root);
  return found == named_.end() ? nothing : found->second;
}

void WrittenTerms::add(TermId root) {
  const auto [place, is_new] = named_.try_emplace(root);
  if (!is_new) return;
  Named& named = place->second;
  std::vector<TermId> waiting{root};
  std::set<TermId> seen;
  while (!waiting.empty()) {
    const TermId next = waiting.back();
    waiting.pop_back();
    if (next == no_term || !seen.insert(next).second) continue;
    const Term& term = program_.terms[at(next)];
    waiting.push_back(term.absent);
    if (term.op == TermOp::rule) {
      named.rules.push_back(term.index);
      continue;
    }
    if (is_limit(term)) named.limits.push_back(next);
    if (term.op == TermOp::lookup && term.args.empty()) named.figures.push_back(next);
    waiting.insert(waiting.end(), term.args.begin(), term.args.end());
  }
}

}  // namespace duly
