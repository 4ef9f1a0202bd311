#include "compile/plan_from_program.h"

#include <algorithm>
#include <set>

#include "compile/compiler.h"
#include "compile/narrow.h"

namespace duly {

Compiler::Compiler(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options)
    : p_(*program), d_(*program->declarations), options_(options), plan_(std::make_shared<Plan>()), b_(*plan_) {
  plan_->program = std::move(program);
  plan_->law_date = law_date;
  plan_->law_until = never;
  for (const Date change : law_changes(p_)) {
    if (change <= law_date) plan_->law_date = change;
    else plan_->law_until = std::min(plan_->law_until, change);
  }
  plan_->stated = options.stated;
  plan_->node_of_term.assign(p_.terms.size(), no_node);
  level_ready_.assign(d_.levels.size(), false);
}

Result<std::shared_ptr<const Plan>> Compiler::run() {
  std::vector<NodeId> asked;
  const auto ask = [&](TermId term) {
    if (term == no_term) return no_node;
    const NodeId node = on_level(term);
    asked.push_back(node);
    return node;
  };
  ready(p_.decided);
  plan_->decided_when = ask(p_.decided_when);
  plan_->settled = ask(p_.settled);
  for (const auto& q : p_.requirements) plan_->requirements.push_back({q.rule, q.fails_person, ask(q.passes), ask(q.exempt)});
  for (const auto& o : p_.outcomes) plan_->outcomes.push_back({ask(o.when), o.outcome, o.scope, o.remedy, o.cite});
  for (const auto& o : p_.outputs) plan_->outputs.push_back({o.rule, ask(o.value), ask(o.absent)});
  for (const TermId term : options_.also) {
    ask(term);
    asked.push_back(node(term));  // by which it is found, also where its level was lifted
  }
  if (!errors_.empty()) return errors_;
  liveness(asked);
  choose_narrow_lanes(*plan_);
  return std::shared_ptr<const Plan>(plan_);
}

void Compiler::liveness(const std::vector<NodeId>& asked) {
  auto& nodes = plan_->nodes;
  plan_->last_use.assign(nodes.size(), 0);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (const NodeId a : nodes[i].args)
      if (a >= 0) plan_->last_use[static_cast<std::size_t>(a)] = static_cast<int>(i);
  for (const NodeId a : asked)
    if (a >= 0) plan_->last_use[static_cast<std::size_t>(a)] = static_cast<int>(nodes.size());
  // An alias lives in its operand's memory.
  for (std::size_t i = nodes.size(); i-- > 0;)
    if (nodes[i].op == PlanOp::alias) {
      auto& operand = plan_->last_use[static_cast<std::size_t>(nodes[i].args[0])];
      operand = std::max(operand, plan_->last_use[i]);
    }
}

std::vector<Date> law_changes(const CheckedProgram& program) {
  std::set<Date> days;
  for (const auto& p : program.declarations->parameters)
    for (const auto& row : p.rows) {
      days.insert(row.from);
      if (row.until < never) days.insert(row.until);
    }
  for (const auto& rule : program.declarations->rules)
    for (const auto& version : rule.versions) days.insert(version.from);
  for (const auto& term : program.terms)
    if (term.op == TermOp::law_at_least) days.insert(Date{static_cast<std::int32_t>(static_cast<std::int64_t>(floor_of(term.number)))});
  return {days.begin(), days.end()};
}

Result<std::shared_ptr<const Plan>> plan_from_program(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options) {
  return Compiler(std::move(program), law_date, options).run();
}

}  // namespace duly
