#include "lint/lint.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "cases/run_cases.h"
#include "engine/programs.h"
#include "lint/ageing.h"
#include "lint/restated.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

auto place_and_message(const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.code, d.message); }

/// Programs share files: what is found in one of those is told once. In the order of the files.
void leave_each_once(std::vector<Diagnostic>& all) {
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return place_and_message(a) < place_and_message(b); });
  all.erase(std::unique(all.begin(), all.end(), [](const auto& a, const auto& b) { return place_and_message(a) == place_and_message(b); }),
            all.end());
}

/// A frame gives reasons through its packs, and a pack has the wordings of its base.
void find_missing_languages(const std::vector<std::shared_ptr<const LoadedProgram>>& programs, const std::set<std::string>& languages,
                            std::vector<Diagnostic>& found) {
  for (const auto& program : programs) {
    const Declarations& d = program->declarations();
    if (d.notices.empty()) continue;  // it gives no reasons
    std::vector<std::string> missing;
    for (const std::string& language : languages)
      if (!d.notices.contains(language)) missing.push_back("`" + language + "`");
    if (missing.empty()) continue;
    Diagnostic one = diagnostic_at(Code::language_missing, d.program.span, "`" + d.program.id + "` gives its reasons in no " + join_words(missing),
                                   "other programs do: write notices/LANGUAGE.yaml, whose wordings name the same values");
    one.severity = Severity::warning;
    found.push_back(std::move(one));
  }
}

void find_rules_not_reached(const std::shared_ptr<const RuleFiles>& files, const LintOptions& options, LintRun& run) {
  CasesOptions asked;
  asked.programs = options.programs;
  asked.threads = options.threads;
  asked.coverage = true;
  const CasesRun cases = run_cases(files, asked);
  run.errors.insert(run.errors.end(), cases.errors.begin(), cases.errors.end());
  for (const CoveredPart& part : cases.coverage) {
    if (part.kind != CoveredPart::Kind::rule || part.reached) continue;
    Diagnostic d;
    d.code = Code::not_reached;
    d.severity = Severity::warning;
    d.file = part.file;
    d.line = part.line;
    d.column = part.column;
    d.message = "no worked case reaches `" + part.rule + "`";
    d.help = "write a case whose outcome rests on it, or that expects its value; `duly test --coverage` tells more";
    run.found.push_back(std::move(d));
  }
}

}  // namespace

LintRun lint(const std::shared_ptr<const RuleFiles>& files, const LintOptions& options) {
  LintRun run;
  const Programs programs(files);
  std::vector<std::shared_ptr<const LoadedProgram>> loaded;
  std::set<std::string> languages;
  RestatedFigures restated;
  for (const std::string& id : options.programs.empty() ? program_ids(*files) : options.programs) {
    const auto program = programs.program(id);
    if (!program) {
      run.errors.insert(run.errors.end(), program.errors().begin(), program.errors().end());
      continue;
    }
    loaded.push_back(*program);
    const Declarations& d = (*program)->declarations();
    for (const auto& [language, wordings] : d.notices) languages.insert(language);
    find_due_program(d, options, run.found);
    find_due_values(d, options, run.found);
    find_undated_sources(d, run.found);
    restated.add(d);
  }
  run.programs = loaded.size();
  find_missing_languages(loaded, languages, run.found);
  restated.find_differences(run.found);
  if (options.cases && run.errors.empty()) find_rules_not_reached(files, options, run);
  leave_each_once(run.found);
  leave_each_once(run.errors);
  return run;
}

}  // namespace duly
