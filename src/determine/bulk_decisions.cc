#include "determine/bulk_decisions.h"

#include <algorithm>

#include "base/at.h"
#include "determine/decision.h"
#include "determine/determine.h"
#include "determine/reasons.h"
#include "determine/terms_at.h"

namespace duly {
namespace {

bool add_people(const Evaluated& e, NodeId set, std::int32_t row, const PeopleNames& people, TextColumn& out) {
  if (e.r.is_open(set, row) || e.r.surely_undefined(set, row)) return false;
  for (std::size_t item = 0; item < people.size(); ++item)
    if (e.r.surely_in(set, row, static_cast<int>(item))) out.grow_word(people[item]);
  out.close();
  return true;
}

/// Most outputs are known numbers, days, truths and people, written without a detour: as `output_of` shows them. False where that is not so simple.
bool add_plainly(const Evaluated& e, const PlanOutput& output, std::int32_t row, const PeopleNames& people, TextColumn& out) {
  const Type& type = e.r.plan().program->rules[at(output.rule)].type;
  if (output.absent != no_node && !e.r.surely_not(output.absent, row)) {
    if (!e.r.surely(output.absent, row)) return false;
    out.add(type.absent);
    return true;
  }
  const PlanNode& node = e.r.node(output.value);
  if (node.shape == Shape::truth) {
    const TruthValue t = e.r.truth(output.value, row);
    if (t.may_be_undefined || t.may_be_true == t.may_be_false) return false;
    out.add(t.may_be_true ? "true" : "false");
    return true;
  }
  if (node.shape == Shape::set && type.base == Base::people) return add_people(e, output.value, row, people, out);
  const bool is_day = type.base == Base::date || type.base == Base::month;
  const bool is_number = is_day || type.base == Base::number || type.base == Base::duration || type.base == Base::days;
  if (node.shape != Shape::number || !is_number) return false;
  const auto known = e.r.values().known_ratio(output.value, row);
  if (!known) return false;
  const auto [number, denominator] = *known;
  if (!is_day && number % denominator == 0) {
    out.add(number / denominator);
    return true;
  }
  const auto text = integer_text(number, denominator, type);
  if (text) out.add(*text);
  return text.has_value();
}

void add_output(const Evaluated& e, const PlanOutput* output, std::int32_t row, const PeopleNames& people, OutputColumn& out) {
  if (output != nullptr && add_plainly(e, *output, row, people, out.text)) {
    out.low.close();
    out.high.close();
  } else {
    out.add(output == nullptr ? Value{} : output_in_column(e, *output, row, people));
  }
}

}  // namespace

std::vector<TermId> terms_read_in_bulk(const CheckedProgram& program) {
  std::vector<TermId> out;
  const auto add = [&](TermId term) {  // and what a lift lifts: that is what is read
    for (; term != no_term; term = program.terms[at(term)].op == TermOp::lift ? program.terms[at(term)].args[0] : no_term) out.push_back(term);
  };
  for (const TermId maker : program.level_maker) add(maker);
  for (const CheckedRequirement& requirement : program.requirements)
    for (const auto& version : program.rules[at(requirement.rule)].versions)
      for (const CheckedLine& line : version.body.lines)
        if (version.body.kind != Body::Kind::test) add(line.when);
  const Level& decided = program.declarations->levels[at(program.decided)];
  if (decided.kind != LevelKind::unit || decided.declared < 0) return out;
  const std::string& role = program.declarations->rules[at(decided.declared)].versions[0].body.role;
  for (std::size_t r = 0; r < program.rules.size(); ++r)
    if (!role.empty() && program.declarations->rules[r].name == role) add(program.rules[r].term);
  return out;
}

BulkReader::BulkReader(const PlanIndex& index, const std::vector<std::string>& outputs) : index_(index) {
  const CheckedProgram& program = *index.plan().program;
  for (const std::string& name : outputs) {
    const auto& known = index.plan().outputs;
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const PlanOutput& o) { return program.declarations->rules[at(o.rule)].name == name; });
    outputs_.push_back(found == known.end() ? nullptr : &*found);
  }
  if (program.declarations->levels[at(program.decided)].kind != LevelKind::unit) return;
  const RuleId role = index.role_of(program.decided);
  if (role < 0) return;
  role_ = program.rules[at(role)].term;
  const int member = program.declarations->lists[at(program.rules[at(role)].type.list)].index_of("member");
  if (member >= 0) member_word_ = std::uint64_t{1} << member;
}

bool BulkReader::add(const Evaluated& e, std::int32_t household, const PeopleNames& people, DecidedColumns& out) const {
  const LevelId decided = index_.plan().program->decided;
  const Rows& rows = e.paths.rows(decided);
  std::vector<std::pair<std::int32_t, Decision>> decisions;
  for (std::int32_t row = rows.begin[household]; row < rows.begin[household + 1]; ++row) {
    Decision decision = decision_of(e, row, Benefit::looked_at);
    if (!decision.settled() || decision.kind == Decision::Kind::undefined) return false;
    if (decision.kind == Decision::Kind::not_decided || decision.kind == Decision::Kind::outside) continue;
    if (is_benefit_open(e, row)) return false;  // its ends are asked for, which takes an evaluation of its own
    decisions.emplace_back(row, std::move(decision));
  }
  for (const auto& [row, decision] : decisions) {
    out.household.push_back(household);
    out.outcome.push_back(outcome_of(index_.plan(), decision));
    add_subject(e, row, people, out);
    const PlanOutcome* line = decision.line < 0 ? nullptr : &index_.plan().outcomes[at(decision.line)];
    out.scope.add(line == nullptr ? "" : line->scope);
    out.remedy.add(line == nullptr ? "" : line->remedy);
    out.benefit_month.add(benefit_month_of(e, household));
    add_reasons(e, row, out);
    out.missing.close();
    out.missing_is_exact.push_back(1);
    out.outputs.resize(outputs_.size());
    for (std::size_t i = 0; i < outputs_.size(); ++i) add_output(e, outputs_[i], row, people, out.outputs[i]);
  }
  return true;
}

/// Somebody who is refused may have a benefit that is open.
bool BulkReader::is_benefit_open(const Evaluated& e, std::int32_t row) const {
  const int benefit = index_.benefit();
  if (benefit < 0) return false;
  const PlanOutput& output = index_.plan().outputs[at(benefit)];
  return std::find(outputs_.begin(), outputs_.end(), &output) != outputs_.end() && e.r.is_open(output.value, row);
}

bool BulkReader::is_member(const Evaluated& e, std::int32_t person) const {
  if (role_ == no_term) return true;
  const TermAt role = locate(e, role_, person_level, person);
  return is_settled_at(e, role) && !e.r.surely_undefined(role.node, role.row) && e.r.possible_words(role.node, role.row) == member_word_;
}

void BulkReader::add_subject(const Evaluated& e, std::int32_t row, const PeopleNames& people, DecidedColumns& out) const {
  const LevelId decided = index_.plan().program->decided;
  const LevelKind kind = e.paths.level(decided).kind;
  const std::int32_t h = e.paths.household(decided, row);
  if (kind == LevelKind::person) {
    const std::string& key = people[at(row - e.paths.person_row(h, 0))];
    out.subject.add(key);
    out.people.add(key);
    out.members.close();
    return;
  }
  const std::string* first = nullptr;
  for (int item = 0; item < e.paths.people_in(h); ++item) {
    const std::int32_t person = e.paths.person_row(h, item);
    if (kind == LevelKind::unit && e.paths.unit_of(decided, person) != row) continue;
    const std::string& key = people[at(item)];
    if (first == nullptr) first = &key;
    out.people.grow_word(key);
    if (kind != LevelKind::unit || is_member(e, person)) out.members.grow_word(key);
  }
  out.people.close();
  out.members.close();
  out.subject.add(first == nullptr ? "" : *first);
}

void BulkReader::add_reasons(const Evaluated& e, std::int32_t row, DecidedColumns& out) const {
  const Outcome outcome = out.outcome.back();
  if (outcome == Outcome::ineligible || outcome == Outcome::conditional)
    for (const PlanRequirement& requirement : index_.plan().requirements)
      if (!requirement.fails_person && state_of(e, requirement, row) == TestState::failed) out.reasons.grow_word(failed_code(e, requirement, row));
  out.reasons.close();
}

}  // namespace duly
