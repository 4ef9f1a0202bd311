#include "determine/plan_index.h"

#include <algorithm>
#include <set>

#include "base/at.h"
#include "base/text.h"
#include "compile/drawn_in.h"
#include "compile/lookup_table.h"

namespace duly {
namespace {

/// The names a wording shows: what stands between `{` and `,` or `}`.
std::vector<std::string_view> names_in(std::string_view wording) {
  std::vector<std::string_view> names;
  for (std::size_t open = wording.find('{'); open != std::string_view::npos; open = wording.find('{', open + 1)) {
    const std::size_t end = wording.find_first_of(",}{", open + 1);
    if (end == std::string_view::npos) break;
    const std::string_view name = trim(wording.substr(open + 1, end - open - 1));
    if (wording[end] != '{' && is_name(name)) names.push_back(name);
  }
  return names;
}

template <class List>
int index_named(const List& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.name == name; });
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

TermId term_of(const CheckedProgram& program, TermOp op, int index) {
  for (std::size_t t = 0; t < program.terms.size(); ++t)
    if (program.terms[t].op == op && program.terms[t].index == index) return static_cast<TermId>(t);
  return no_term;
}

std::optional<NamedInWording> named(const CheckedProgram& program, std::string_view name) {
  const Declarations& d = *program.declarations;
  NamedInWording out;
  out.name = name;
  if (out.rule = index_named(d.rules, name); out.rule >= 0) {
    out.term = program.rules[at(out.rule)].term;
    return out;
  }
  if (out.fact = index_named(d.facts, name); out.fact >= 0) {
    out.term = term_of(program, TermOp::fact, out.fact);
    return out;
  }
  if (out.parameter = index_named(d.parameters, name); out.parameter >= 0) {
    out.term = term_of(program, TermOp::lookup, out.parameter);
    return out;
  }
  return std::nullopt;  // `limit`, `margin`, `value` and `name` are the reason's own
}

std::map<std::string, std::vector<NamedInWording>> named_by_reason(const CheckedProgram& program) {
  std::map<std::string, std::vector<NamedInWording>> out;
  for (const auto& [language, wordings] : program.declarations->notices)
    for (const auto& [reason, wording] : wordings)
      for (const std::string_view name : names_in(wording)) {
        auto& list = out[reason];
        const auto same = [&](const NamedInWording& other) { return other.name == name; };
        if (std::any_of(list.begin(), list.end(), same)) continue;
        if (auto found = named(program, name)) list.push_back(std::move(*found));
      }
  return out;
}

}  // namespace

std::vector<TermId> terms_named_in_wordings(const CheckedProgram& program) {
  std::set<TermId> terms;
  for (const auto& [reason, list] : named_by_reason(program))
    for (const NamedInWording& value : list)
      if (value.term != no_term) terms.insert(value.term);
  return {terms.begin(), terms.end()};
}

PlanIndex::PlanIndex(const Plan& plan) : plan_(plan), program_(*plan.program), d_(*plan.program->declarations), wordings_(named_by_reason(program_)) {
  choose_bodies();
  find_rules_of_nodes();
  find_facts();
  find_tables();
  find_worth();
  find_reads_across_units();
  if (!plan.outputs.empty()) {
    const Type& first = program_.rules[at(plan.outputs[0].rule)].type;
    if (first.base == Base::number && first.unit == Unit::money) benefit_ = 0;
  }
}

const Plan& PlanIndex::drawn_in() const {
  std::call_once(drawn_in_once_, [&] { drawn_in_ = with_ends_drawn_in(plan_); });
  return *drawn_in_;
}

const std::vector<NamedInWording>& PlanIndex::named_in(const std::string& reason) const {
  static const std::vector<NamedInWording> nothing;
  const auto found = wordings_.find(reason);
  return found == wordings_.end() ? nothing : found->second;
}

RuleId PlanIndex::role_of(LevelId unit) const {
  const RuleId partition = d_.levels[at(unit)].declared;
  if (partition < 0) return -1;
  const std::string& role = d_.rules[at(partition)].versions[0].body.role;
  return role.empty() ? -1 : index_named(d_.rules, role);
}

void PlanIndex::choose_bodies() {
  static const CheckedBody none;
  for (const CheckedRule& rule : program_.rules) {
    const CheckedBody* body = &none;
    for (const auto& version : rule.versions)
      if (body == &none || version.from <= plan_.law_date) body = &version.body;
    bodies_.push_back(body);
  }
}

void PlanIndex::find_rules_of_nodes() {
  rule_of_node_.assign(plan_.nodes.size(), -1);
  for (std::size_t r = program_.rules.size(); r-- > 0;) {
    const TermId term = program_.rules[r].term;
    const NodeId node = term == no_term ? no_node : plan_.node_of_term[at(term)];
    if (node != no_node && plan_.nodes[at(node)].op != PlanOp::constant) rule_of_node_[at(node)] = static_cast<RuleId>(r);
  }
}

void PlanIndex::add_facts_below(TermId term, std::vector<FactId>& out) const {
  std::vector<TermId> waiting{term};
  std::set<TermId> seen;
  while (!waiting.empty()) {
    const TermId next = waiting.back();
    waiting.pop_back();
    if (next == no_term || !seen.insert(next).second) continue;
    const Term& t = program_.terms[at(next)];
    if (t.op == TermOp::fact || t.op == TermOp::fact_absent) out.push_back(t.index);
    waiting.insert(waiting.end(), t.args.begin(), t.args.end());
  }
}

/// A gated fact is a choice between the fact itself and what holds otherwise.
void PlanIndex::find_facts() {
  facts_read_.assign(d_.facts.size(), false);
  for (const auto& [name, fact] : d_.request_facts) facts_read_[at(fact)] = true;
  for (std::size_t n = 0; n < plan_.nodes.size(); ++n) {
    const PlanNode& node = plan_.nodes[n];
    if (node.op == PlanOp::fact || node.op == PlanOp::fact_absent) facts_read_[at(node.index)] = true;
    if (node.op == PlanOp::compare) comparisons_.push_back(static_cast<NodeId>(n));
  }
  gates_.resize(d_.facts.size());
  fact_terms_.assign(d_.facts.size(), no_term);
  for (std::size_t t = 0; t < program_.terms.size(); ++t) {
    const Term& term = program_.terms[t];
    if (term.op == TermOp::fact && fact_terms_[at(term.index)] == no_term) fact_terms_[at(term.index)] = static_cast<TermId>(t);
    if (term.op != TermOp::choose || term.args.size() != 3 || term.args[1] == no_term) continue;
    const Term& then = program_.terms[at(term.args[1])];
    if (then.op == TermOp::fact && d_.facts[at(then.index)].needed_when) add_facts_below(term.args[0], gates_[at(then.index)]);
  }
}

void PlanIndex::find_tables() {
  for (const LookupTable& table : plan_.tables) {
    const Parameter& parameter = d_.parameters[at(table.parameter)];
    doubtful_tables_.push_back(std::any_of(table.row.begin(), table.row.end(),
                                           [&](std::int32_t row) { return row >= 0 && parameter.rows[at(row)].confidence > Confidence::reported; }));
    tables_with_gaps_.push_back(std::find(table.state.begin(), table.state.end(), LookupTable::gap) != table.state.end());
    auto& changes = changes_.emplace_back(table.extents.size());
    for (std::size_t k = 0; k < changes.size(); ++k)
      if (parameter.keys[k].list >= 0) changes[k] = duly::changes_along(table, k);
  }
}

void PlanIndex::find_reads_across_units() {
  const auto is_of_units = [&](LevelId level) {
    const LevelKind kind = d_.levels[at(level)].kind;
    return kind == LevelKind::unit || kind == LevelKind::unit_person || kind == LevelKind::unit_record;
  };
  for (const PlanNode& node : plan_.nodes)
    for (const NodeId arg : node.args)
      if (arg != no_node && is_of_units(plan_.nodes[at(arg)].level) && !is_of_units(node.level)) reads_across_units_ = true;
}

std::uint8_t PlanIndex::own_worth(NodeId id) const {
  const PlanNode& node = plan_.nodes[at(id)];
  std::uint8_t worth = 0;
  if (node.op == PlanOp::lookup || node.op == PlanOp::lookup_absent) {
    if (doubtful_tables_[at(node.index)]) worth |= doubtful_value;
    if (!d_.parameters[at(plan_.tables[at(node.index)].parameter)].doubts.empty()) worth |= doubted_rule;
  }
  if (node.op == PlanOp::fact || node.op == PlanOp::fact_absent) {
    const Fact& fact = d_.facts[at(node.index)];
    if (fact.if_not_stated) worth |= presumable_fact;
    if (!fact.evidence.empty()) worth |= provable_fact;
  }
  const RuleId rule = rule_of_node_[at(id)];
  if (rule >= 0 && !d_.rules[at(rule)].doubts.empty()) worth |= doubted_rule;
  return worth;
}

void PlanIndex::find_worth() {
  worth_.assign(plan_.nodes.size(), 0);
  std::uint8_t below_makers = 0;
  for (std::size_t n = 0; n < plan_.nodes.size(); ++n) {
    const PlanNode& node = plan_.nodes[n];
    std::uint8_t worth = own_worth(static_cast<NodeId>(n));
    worth_itself_.push_back(worth);
    for (const NodeId arg : node.args)
      if (arg != no_node) worth = static_cast<std::uint8_t>(worth | worth_[at(arg)]);
    // Rows made while evaluating are read without an argument: what their makers rest on may lie behind any node after them.
    if (node.op == PlanOp::make_units || node.op == PlanOp::make_spells) below_makers = static_cast<std::uint8_t>(below_makers | worth);
    worth_[n] = static_cast<std::uint8_t>(worth | below_makers);
    worth_anywhere_ = static_cast<std::uint8_t>(worth_anywhere_ | worth);
  }
}

}  // namespace duly
