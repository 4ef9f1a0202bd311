#include "cases/run_cases.h"

#include <algorithm>

#include "cases/case_file.h"
#include "cases/parallel.h"
#include "engine/pack_picker.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

struct PlannedTry {
  std::size_t program;   ///< index into CasesRun::programs
  std::shared_ptr<const PackPicker> rules;
  CaseTry one;

  [[nodiscard]] const std::string& id() const { return rules->asked().declarations().program.id; }
};

/// Compares one decided household with what was expected of it.
class Judge {
 public:
  Judge(const PlannedTry& planned, const Decided& decided) : try_(planned.one), program_(*decided.program), decided_(decided), id_(planned.id()) {}

  std::optional<CaseFailure> first_difference() {
    for (const Expectation& expected : try_.expected)
      if (auto failure = difference(expected)) return failure;
    return std::nullopt;
  }

 private:
  std::optional<CaseFailure> difference(const Expectation& expected) {
    const Determination* determination = determination_of(expected);
    if (expected.of != Expectation::Of::rule) {
      if (determination == nullptr) return no_subject(expected);
      const Comparison c = compare(expected, *determination);
      return c.same ? std::nullopt : std::optional(failure(expected, determination->subject.key, c.expected, c.got));
    }
    const RuleId id = program_.index().rule(expected.name);  // a pack numbers its rules otherwise than its base
    const Rule& rule = program_.declarations().rules[static_cast<std::size_t>(id)];
    const LevelKind kind = program_.declarations().levels[static_cast<std::size_t>(rule.level)].kind;
    std::string subject = subject_of(expected);
    if (kind == LevelKind::unit && determination != nullptr) subject = determination->subject.key;
    if (subject.empty() && kind != LevelKind::household && kind != LevelKind::world && several_subjects()) return no_subject(expected);
    const auto value = value_of_rule(decided_, rule.name, subject);
    if (!value) return failure(expected, subject, listed(expected), value.errors().front().message);
    const Comparison c = compare(program_.declarations(), *program_.index().rule_type(id), expected.words, *value);
    return c.same ? std::nullopt : std::optional(failure(expected, subject, c.expected, c.got));
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

  [[nodiscard]] CaseFailure failure(const Expectation& expected, const std::string& subject, const std::string& wanted, const std::string& got) const;

  const CaseTry& try_;
  const LoadedProgram& program_;
  const Decided& decided_;
  const std::string& id_;
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

CaseFailure Judge::failure(const Expectation& expected, const std::string& subject, const std::string& wanted, const std::string& got) const {
  const std::string about = (subject.empty() ? "" : subject + ": ") + expected.name;
  CaseFailure out = failure_of(try_, id_, expected.where, about + ": expected " + wanted + ", got " + got);
  out.subject = subject;
  out.name = expected.name;
  out.expected = wanted;
  out.got = got;
  return out;
}

std::optional<CaseFailure> run_try(const PlannedTry& planned) {
  DecideOptions options;
  options.allow_assume = true;
  const auto decided = decide(*planned.rules, planned.one.document, {}, options);
  if (decided) return Judge(planned, *decided).first_difference();
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

void plan_tries(const Programs& programs, const std::string& id, CasesRun& run, std::vector<PlannedTry>& tries) {
  const RuleFiles& files = programs.files();
  std::vector<std::string> paths = files.files_in(id + "/cases");
  std::erase_if(paths, [](const std::string& path) { return !path.ends_with(".yaml"); });
  if (paths.empty()) return;
  auto picker = PackPicker::on(programs, id);
  if (!picker) {
    run.errors.insert(run.errors.end(), picker.errors().begin(), picker.errors().end());
    return;
  }
  const auto rules = std::make_shared<const PackPicker>(std::move(*picker));
  run.programs.push_back({id, 0, 0});
  for (const std::string& path : paths) {
    const auto text = files.read(path);
    if (!text) {
      Diagnostic d;
      d.code = Code::cannot_read;
      d.file = files.shown(path);
      d.message = "the file cannot be read";
      run.errors.push_back(std::move(d));
      continue;
    }
    for (CaseTry& one : tries_from_file(rules->asked().index(), make_source(files.shown(path), *text), run.errors))
      tries.push_back({run.programs.size() - 1, rules, std::move(one)});
  }
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
  std::vector<PlannedTry> tries;
  for (const std::string& id : programs_asked(*files, options, run.errors)) plan_tries(programs, id, run, tries);
  std::vector<std::optional<CaseFailure>> results(tries.size());
  for_each_in_parallel(tries.size(), options.threads, [&](std::size_t i) { results[i] = run_try(tries[i]); });
  for (std::size_t i = 0; i < tries.size(); ++i) {
    ProgramCases& program = run.programs[tries[i].program];
    ++(results[i] ? program.failed : program.passed);
    if (results[i]) run.failures.push_back(std::move(*results[i]));
  }
  return run;
}

}  // namespace duly
