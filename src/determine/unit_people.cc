#include "determine/unit_people.h"

#include <algorithm>
#include <bit>

#include "base/at.h"

namespace duly {
namespace {

/// A person's part in the unit as the word of the role rule; empty where it is not settled or everyone is a member.
class Roles {
 public:
  Roles(const Evaluated& e, LevelId unit) : e_(e), rule_(e.index.role_of(unit)) {
    if (rule_ < 0) return;
    list_ = &e.declarations().lists[at(e.r.plan().program->rules[at(rule_)].type.list)];
  }

  [[nodiscard]] bool exist() const { return rule_ >= 0; }
  [[nodiscard]] RuleId rule() const { return rule_; }

  [[nodiscard]] std::string word_of(std::int32_t person) const {
    const TermAt role = locate(e_, e_.r.plan().program->rules[at(rule_)].term, person_level, person);
    if (!is_settled_at(e_, role) || e_.r.surely_undefined(role.node, role.row)) return "";
    return list_->words[at(std::countr_zero(e_.r.possible_words(role.node, role.row)))];
  }

 private:
  const Evaluated& e_;
  RuleId rule_;
  const CodeList* list_ = nullptr;
};

/// The line of the partition that takes a person out, if one surely does.
const CheckedLine* line_that_removes(const Evaluated& e, LevelId unit, std::int32_t person) {
  const RuleId partition = e.paths.level(unit).declared;
  if (partition < 0) return nullptr;
  for (const CheckedBody::Step& step : e.index.body(partition).steps) {
    if (step.kind != PartitionStep::Kind::outside && step.kind != PartitionStep::Kind::keep) continue;
    for (const CheckedLine& line : step.lines)
      if (surely_at(e, line.when, person_level, person)) return &line;
  }
  return nullptr;
}

/// Each test of a person that they surely fail.
std::vector<Reason> failed_tests_of(const Evaluated& e, const Labels& labels, std::int32_t person) {
  std::vector<Reason> out;
  for (const PlanRequirement& requirement : e.r.plan().requirements)
    if (requirement.fails_person && e.rule(requirement.rule).level == person_level && state_of(e, requirement, person) == TestState::failed)
      out.push_back(told_of_test(e, labels, requirement, person_level, person, TestState::failed));
  return out;
}

LeftOut told_of_outside(const Evaluated& e, const Labels& labels, LevelId unit, std::int32_t person) {
  LeftOut out;
  out.person = labels.person(person);
  out.role = "outside";
  out.reasons = failed_tests_of(e, labels, person);
  const CheckedLine* line = line_that_removes(e, unit, person);
  if (line == nullptr) return out;
  out.cite = line->cite;
  out.reason = line->reason;
  const auto same = [&](const Reason& told) { return told.code == line->reason; };
  if (line->reason.empty() || std::any_of(out.reasons.begin(), out.reasons.end(), same)) return out;
  Reason& told = out.reasons.emplace_back();
  told.code = line->reason;
  told.title = e.rule(e.paths.level(unit).declared).title;
  told.cite = line->cite;
  told.line = line->when_formula.text;
  told.subject = out.person;
  told.values = named_values(e, labels, told.code, person_level, person);
  return out;
}

LeftOut told_of_role(const Evaluated& e, const Labels& labels, const Roles& roles, std::int32_t person, std::string word) {
  LeftOut out;
  out.person = labels.person(person);
  out.role = std::move(word);
  out.cite = e.rule(roles.rule()).cite;
  out.reasons = failed_tests_of(e, labels, person);
  const CheckedBody& body = e.index.body(roles.rule());
  const int line = deciding_line(e, body, person_level, person, true);
  if (line < 0) return out;
  if (!body.lines[at(line)].cite.empty()) out.cite = body.lines[at(line)].cite;
  out.reason = body.lines[at(line)].when_formula.text;
  return out;
}

}  // namespace

Subject subject_of(const Evaluated& e, const Labels& labels, std::int32_t row) {
  const LevelId decided = e.r.plan().program->decided;
  const Level& level = e.paths.level(decided);
  Subject out;
  out.kind = level.kind == LevelKind::household ? "household" : level.one;
  const std::int32_t h = e.paths.household(decided, row);
  out.row = row - e.paths.rows(decided).begin[h];
  if (level.kind == LevelKind::person) {
    out.key = labels.person(row);
    out.people = {out.key};
    return out;
  }
  const bool is_unit = level.kind == LevelKind::unit;
  const Roles roles(e, decided);
  for (int item = 0; item < e.paths.people_in(h); ++item) {
    const std::int32_t person = e.paths.person_row(h, item);
    if (is_unit && e.paths.unit_of(decided, person) != row) continue;
    out.people.push_back(labels.person(person));
    if (!is_unit || !roles.exist() || roles.word_of(person) == "member") out.members.push_back(labels.person(person));
  }
  if (!out.people.empty()) out.key = out.people.front();
  return out;
}

std::vector<LeftOut> left_out_of(const Evaluated& e, const Labels& labels, std::int32_t row) {
  std::vector<LeftOut> out;
  const LevelId decided = e.r.plan().program->decided;
  if (e.paths.level(decided).kind != LevelKind::unit) return out;
  const std::int32_t h = e.paths.household(decided, row);
  const Roles roles(e, decided);
  for (int item = 0; item < e.paths.people_in(h); ++item) {
    const std::int32_t person = e.paths.person_row(h, item);
    const std::int32_t unit = e.paths.unit_of(decided, person);
    if (unit < 0) {
      out.push_back(told_of_outside(e, labels, decided, person));
    } else if (unit == row && roles.exist()) {
      std::string word = roles.word_of(person);
      if (!word.empty() && word != "member") out.push_back(told_of_role(e, labels, roles, person, std::move(word)));
    }
  }
  return out;
}

}  // namespace duly
