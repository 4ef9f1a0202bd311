#include "cases/run_cases.h"

#include <algorithm>

#include "cases/case_file.h"
#include "cases/parallel.h"
#include "duly/render.h"
#include "engine/pack_picker.h"
#include "explain/explain.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

struct PlannedTry {
  std::size_t program;   ///< index into CasesRun::programs
  std::shared_ptr<const PackPicker> rules;
  CaseTry one;

  [[nodiscard]] const std::string& id() const { return rules->asked().declarations().program.id; }
};

/// The formula that gave a rule's value, with its numbers.
std::string how_rule_came(const Decided& decided, const RuleAt& one) {
  const ExplanationNode node = explain_rule({decided.ready->index, decided.values, 0, decided.household.get()}, one.rule, one.row);
  if (!node.source.empty()) return node.name + " was " + node.source;
  const auto settled =
      std::find_if(node.children.begin(), node.children.end(), [](const ExplanationNode& child) { return child.decisive && child.kind == "line"; });
  const auto told = [](const ExplanationNode& of) {
    return of.formula + (of.with_numbers == of.formula || of.with_numbers.empty() ? "" : " = " + of.with_numbers);
  };
  std::string out = node.formula.empty() ? "" : node.name + " = " + told(node);
  if (settled == node.children.end()) return out;
  const std::string line = settled->formula.empty() ? settled->name : told(*settled);
  return out.empty() ? "settled by " + line : out + ", by " + line;
}

/// What decided an outcome: the tests that failed with what was compared, or the facts that are missing.
std::string how_outcome_came(const Determination& determination) {
  std::vector<std::string> parts;
  for (const Reason& reason : determination.reasons) {
    std::string one = reason.code;
    if (reason.compared.kind != Value::Kind::unknown && reason.limit.kind != Value::Kind::unknown)
      one += " (" + to_text(reason.compared) + " against " + to_text(reason.limit) + ")";
    parts.push_back(std::move(one));
  }
  if (!parts.empty()) return "because of " + join_words(parts);
  for (const MissingFact& fact : determination.missing) parts.push_back((fact.of.empty() ? "" : fact.of + ".") + fact.fact);
  if (!parts.empty()) return "missing " + join_words(parts);
  return determination.errors.empty() ? "no test fails" : determination.errors.front().message;
}

/// Compares one decided household with what was expected of it.
class Judge {
 public:
  Judge(const PlannedTry& planned, const Decided& decided) : try_(planned.one), program_(*decided.program), decided_(decided), id_(planned.id()) {}

  std::optional<CaseFailure> first_difference() {
    for (const Expectation& expected : try_.expected)
      if (auto failure = difference(expected)) return failure;
    return std::nullopt;
  }

  /// Rules whose values were compared.
  [[nodiscard]] const std::vector<RuleAt>& looked_at() const { return looked_at_; }

 private:
  std::optional<CaseFailure> difference(const Expectation& expected) {
    const Determination* determination = determination_of(expected);
    if (expected.of != Expectation::Of::rule) {
      if (determination == nullptr) return no_subject(expected);
      const CaseComparison c = compare(expected, *determination);
      const std::string because = expected.of == Expectation::Of::outcome ? how_outcome_came(*determination) : "";
      return c.same ? std::nullopt : std::optional(failure(expected, determination->subject.key, c.expected, c.got, because));
    }
    const RuleId id = program_.index().rule(expected.name);  // a pack numbers its rules otherwise than its base
    const Rule& rule = program_.declarations().rules[static_cast<std::size_t>(id)];
    const LevelKind kind = program_.declarations().levels[static_cast<std::size_t>(rule.level)].kind;
    std::string subject = subject_of(expected);
    if (kind == LevelKind::unit && determination != nullptr) subject = determination->subject.key;
    if (subject.empty() && kind != LevelKind::household && kind != LevelKind::world && several_subjects()) return no_subject(expected);
    const auto value = value_of_rule(decided_, rule.name, subject);
    if (!value) return failure(expected, subject, listed(expected), value.errors().front().message);
    if (const auto row = row_of_rule(decided_, rule.name, subject)) looked_at_.push_back({id, *row});
    const CaseComparison c = compare(program_.declarations(), *program_.index().rule_type(id), expected.words, *value);
    return c.same ? std::nullopt : std::optional(failure(expected, subject, c.expected, c.got, how_rule_came(decided_, looked_at_.back())));
  }

  /// Whom an expectation without a subject speaks of: the only one that stands alone in the case, else the only one decided.
  [[nodiscard]] std::string subject_of(const Expectation& expected) const {
    if (!expected.subject.empty()) return expected.subject;
    std::string only;
    for (const Expectation& other : try_.expected) {
      if (!other.names_subject || other.subject == only) continue;
      if (!only.empty()) return {};
      only = other.subject;
    }
    if (only.empty() && decided_.determinations.size() == 1) only = decided_.determinations[0].subject.key;
    return only;
  }

  [[nodiscard]] bool several_subjects() const { return decided_.determinations.size() > 1; }

  /// A unit goes by its first person, and by any of its people.
  [[nodiscard]] const Determination* determination_of(const Expectation& expected) const {
    const std::string subject = subject_of(expected);
    if (subject.empty() && decided_.determinations.size() == 1) return &decided_.determinations[0];
    for (const Determination& d : decided_.determinations)
      if (d.subject.key == subject) return &d;
    for (const Determination& d : decided_.determinations)
      if (std::find(d.subject.people.begin(), d.subject.people.end(), subject) != d.subject.people.end()) return &d;
    return nullptr;
  }

  [[nodiscard]] CaseFailure no_subject(const Expectation& expected) const {
    if (!expected.subject.empty()) return failure(expected, expected.subject, listed(expected), "not decided");
    std::vector<std::string> keys;
    for (const Determination& d : decided_.determinations) keys.push_back(d.subject.key);
    const std::string who = keys.empty() ? "nobody" : join_words(keys);
    return failure(expected, "", listed(expected),
                   "decided " + who + (keys.empty() ? "" : ": say whose, such as `" + keys[0] + "." + expected.name + "`"));
  }

  static std::string listed(const Expectation& expected) {
    std::string out;
    for (const std::string& word : expected.words) out += (out.empty() ? "" : ", ") + word;
    return out;
  }

  [[nodiscard]] CaseFailure failure(const Expectation& expected, const std::string& subject, const std::string& wanted, const std::string& got,
                                    const std::string& because = "") const;

  const CaseTry& try_;
  const LoadedProgram& program_;
  const Decided& decided_;
  const std::string& id_;
  std::vector<RuleAt> looked_at_;
};

std::string sentence_of(const CaseTry& one) { return one.sentence + (one.row > 0 ? " (row " + std::to_string(one.row) + ")" : ""); }

CaseFailure failure_of(const CaseTry& one, const std::string& program, const Span& where, std::string what) {
  CaseFailure out;
  out.program = program;
  out.sentence = one.sentence;
  out.row = one.row;
  out.diagnostic = diagnostic_at(Code::case_differs, where, sentence_of(one) + ": " + std::move(what));
  return out;
}

CaseFailure Judge::failure(const Expectation& expected, const std::string& subject, const std::string& wanted, const std::string& got,
                           const std::string& because) const {
  const std::string about = (subject.empty() ? "" : subject + ": ") + expected.name;
  CaseFailure out = failure_of(try_, id_, expected.where, about + ": expected " + wanted + ", got " + got + (because.empty() ? "" : "; " + because));
  out.because = because;
  out.subject = subject;
  out.name = expected.name;
  out.expected = wanted;
  out.got = got;
  return out;
}

std::optional<CaseFailure> run_try(const PlannedTry& planned, Coverage* coverage) {
  DecideOptions options;
  options.allow_assume = true;
  const auto decided = decide(*planned.rules, planned.one.document, {}, options);
  if (decided) {
    Judge judge(planned, *decided);
    auto difference = judge.first_difference();
    if (coverage != nullptr) coverage->add(*decided, judge.looked_at());
    return difference;
  }
  const Diagnostic& first = decided.errors().front();
  const std::string place = first.line > 0 ? " (line " + std::to_string(first.line) + ")" : "";
  CaseFailure out =
      failure_of(planned.one, planned.id(), planned.one.where, "expected a decision, got " + code_text(first.code) + place + ": " + first.message);
  out.name = "outcome";
  out.expected = "a decision";
  out.got = code_text(first.code) + ": " + first.message;
  return out;
}

/// Programs whose cases are to be run.
std::vector<std::string> programs_asked(const RuleFiles& files, const CasesOptions& options, std::vector<Diagnostic>& errors) {
  std::vector<std::string> known = program_ids(files);
  if (options.programs.empty()) return known;
  for (const std::string& id : options.programs) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    Diagnostic d;
    d.code = Code::unknown_program;
    d.message = "there is no program `" + id + "`";
    const std::string near = nearest(id, known);
    d.help = !near.empty() ? "did you mean `" + near + "`?" : known.empty() ? "the rules hold no program" : "programs are " + join_words(known);
    errors.push_back(std::move(d));
  }
  std::vector<std::string> asked = options.programs;
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  std::erase_if(asked, [&](const std::string& id) { return std::find(known.begin(), known.end(), id) == known.end(); });
  return asked;
}

/// A program with its tries, read.
struct PlannedProgram {
  std::shared_ptr<const LoadedProgram> program;
  std::vector<PlannedTry> tries;  ///< `program` of each is set later
  bool has_cases = false;
  std::vector<Diagnostic> errors;
};

PlannedProgram plan_program(const Programs& programs, const std::string& id, bool without_cases) {
  const RuleFiles& files = programs.files();
  PlannedProgram out;
  std::vector<std::string> paths = files.files_in(id + "/cases");
  std::erase_if(paths, [](const std::string& path) { return !path.ends_with(".yaml"); });
  if (paths.empty() && !without_cases) return out;
  auto picker = PackPicker::on(programs, id);
  if (!picker) {
    out.errors = picker.errors();
    return out;
  }
  const auto rules = std::make_shared<const PackPicker>(std::move(*picker));
  out.program = *programs.program(id);
  out.has_cases = !paths.empty();
  for (const std::string& path : paths) {
    const auto text = files.read(path);
    if (!text) {
      Diagnostic d;
      d.code = Code::cannot_read;
      d.file = files.shown(path);
      d.message = "the file cannot be read";
      out.errors.push_back(std::move(d));
      continue;
    }
    for (CaseTry& one : tries_from_file(rules->asked().index(), make_source(files.shown(path), *text), out.errors))
      out.tries.push_back({0, rules, std::move(one)});
  }
  return out;
}

CaseResult result_of(const PlannedTry& planned) {
  CaseResult out;
  out.program = planned.program;
  out.sentence = planned.one.sentence;
  out.row = planned.one.row;
  if (const Span& where = planned.one.where; where.source) {
    out.file = where.source->path;
    out.line = place_of(*where.source, where.begin).line;
  }
  return out;
}

/// The order in which tries are run: the first of each program, then the second of each. The plan of a program is made by one thread while others
/// wait for it, so neighbours should not need the same one.
std::vector<std::size_t> run_order(const std::vector<PlannedTry>& tries) {
  std::vector<std::size_t> within(tries.size()), order(tries.size());
  for (std::size_t i = 0; i < tries.size(); ++i) {
    within[i] = i > 0 && tries[i - 1].program == tries[i].program ? within[i - 1] + 1 : 0;
    order[i] = i;
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return within[a] < within[b]; });
  return order;
}

}  // namespace

std::size_t CasesRun::passed() const {
  std::size_t sum = 0;
  for (const ProgramCases& program : programs) sum += program.passed;
  return sum;
}

std::size_t CasesRun::failed() const {
  std::size_t sum = 0;
  for (const ProgramCases& program : programs) sum += program.failed;
  return sum;
}

CasesRun run_cases(const std::shared_ptr<const RuleFiles>& files, const CasesOptions& options) {
  CasesRun run;
  const Programs programs(files);
  const std::vector<std::string> ids = programs_asked(*files, options, run.errors);
  std::vector<PlannedProgram> planned(ids.size());
  for_each_in_parallel(ids.size(), options.threads, [&](std::size_t i) { planned[i] = plan_program(programs, ids[i], options.coverage); });

  Coverage coverage;
  std::vector<PlannedTry> tries;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    run.errors.insert(run.errors.end(), planned[i].errors.begin(), planned[i].errors.end());
    if (options.coverage && planned[i].program) coverage.add_program(*planned[i].program);
    if (!planned[i].has_cases) continue;
    run.programs.push_back({ids[i], 0, 0});
    for (PlannedTry& one : planned[i].tries) {
      one.program = run.programs.size() - 1;
      tries.push_back(std::move(one));
    }
  }

  std::vector<std::optional<CaseFailure>> failures(tries.size());
  std::vector<std::int64_t> microseconds(tries.size(), 0);
  const std::vector<std::size_t> order = run_order(tries);
  for_each_in_parallel(tries.size(), options.threads, [&](std::size_t n) {
    const std::size_t i = order[n];
    const std::int64_t before = options.microseconds ? options.microseconds() : 0;
    failures[i] = run_try(tries[i], options.coverage ? &coverage : nullptr);
    if (options.microseconds) microseconds[i] = options.microseconds() - before;
  });
  for (std::size_t i = 0; i < tries.size(); ++i) {
    ProgramCases& program = run.programs[tries[i].program];
    CaseResult result = result_of(tries[i]);
    result.microseconds = microseconds[i];
    ++(failures[i] ? program.failed : program.passed);
    if (failures[i]) {
      result.failure = static_cast<int>(run.failures.size());
      run.failures.push_back(std::move(*failures[i]));
    }
    run.results.push_back(std::move(result));
  }
  if (options.coverage) run.coverage = coverage.parts();
  return run;
}

}  // namespace duly
