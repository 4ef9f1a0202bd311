#include "check/facts_read.h"

#include "base/at.h"

namespace duly {
namespace {

class Walk {
 public:
  explicit Walk(const CheckedProgram& program)
      : program_(program), seen_(program.terms.size(), false), out_(program.declarations->facts.size(), false) {}

  void fact(FactId id) { out_[at(id)] = true; }

  void term(TermId id) {
    waiting_.push_back(id);
    while (!waiting_.empty()) {
      const TermId next = waiting_.back();
      waiting_.pop_back();
      if (next == no_term || seen_[at(next)]) continue;
      seen_[at(next)] = true;
      const Term& t = program_.terms[at(next)];
      if (t.op == TermOp::fact || t.op == TermOp::fact_absent) fact(t.index);
      waiting_.insert(waiting_.end(), t.args.begin(), t.args.end());
      waiting_.push_back(t.absent);
    }
  }

  void body(const CheckedBody& body) {
    formula(body.value);
    for (const TermId one : {body.passes, body.exempt}) term(one);
    formula(body.passes_formula);
    formula(body.exempt_formula);
    lines(body.lines);
    for (const CheckedBody::Group& group : body.groups) {
      for (const TermId one : {group.open, group.fits, group.passes}) term(one);
      for (const auto& [name, column] : group.columns) formula(column);
    }
    for (const CheckedBody::Step& step : body.steps) {
      lines(step.lines);
      term(step.result);
    }
    for (const auto& [name, value] : body.let) formula(value);
  }

  std::vector<bool> take() { return std::move(out_); }

 private:
  void formula(const Formula& formula) {
    term(formula.term);
    for (const FormulaPart& part : formula.parts) term(part.term);
  }
  void lines(const std::vector<CheckedLine>& lines) {
    for (const CheckedLine& line : lines) {
      term(line.when);
      term(line.then);
      formula(line.when_formula);
      formula(line.then_formula);
    }
  }

  const CheckedProgram& program_;
  std::vector<bool> seen_, out_;
  std::vector<TermId> waiting_;
};

}  // namespace

std::vector<bool> facts_read_by(const CheckedProgram& program) {
  Walk walk(program);
  walk.fact(program.law_date);
  for (const auto& [name, fact] : program.declarations->request_facts) walk.fact(fact);
  for (const ReadProgram& read : program.declarations->program.reads) walk.fact(read.fact);
  for (const CheckedRule& rule : program.rules) {
    walk.term(rule.term);
    for (const CheckedRule::Version& version : rule.versions) walk.body(version.body);
  }
  for (const TermId maker : program.level_maker) walk.term(maker);
  for (const TermId one : {program.decided_when, program.settled}) walk.term(one);
  for (const CheckedRequirement& one : program.requirements)
    for (const TermId term : {one.passes, one.exempt}) walk.term(term);
  for (const CheckedOutcome& one : program.outcomes) walk.term(one.when);
  for (const CheckedOutput& one : program.outputs)
    for (const TermId term : {one.value, one.absent}) walk.term(term);
  for (const CheckedBound& one : program.bounds)
    for (const TermId term : {one.value, one.limit}) walk.term(term);
  return walk.take();
}

}  // namespace duly
