// duly lint: what sound rules still lack, or will lack soon.

#include <algorithm>
#include <iostream>

#include "cli/inputs.h"
#include "duly/render.h"
#include "lint/lint.h"

namespace duly::cli {
namespace {

struct LintWords {
  std::vector<std::string> programs;
  std::string rules, today;
  int within = 3;
  int checked_within = 12;
  bool cases = false;
  bool json = false;
  int threads = 0;
};

int run_lint(const LintWords& words, CommandContext& context) {
  const std::string& today = words.today.empty() ? context.today : words.today;
  const auto day = date_from_text(today);
  if (!day) return report({mistake(Code::bad_option, "`" + today + "` is no day", "give it as --today YYYY-MM-DD")}, context);
  const auto files = rules_in_folder(words.rules.empty() ? context.rules_folder : words.rules);
  if (!files) return report(files.errors(), context);
  LintOptions options;
  options.programs = words.programs;
  options.today = *day;
  options.within_months = words.within;
  options.checked_months = words.checked_within;
  options.cases = words.cases;
  options.threads = words.threads;
  const LintRun run = lint(*files, options);
  std::vector<Diagnostic> all = run.errors;
  all.insert(all.end(), run.found.begin(), run.found.end());
  const int status = words.json ? status_after(all) : report(all, context);
  context.out << (words.json ? to_json(all) : counted(run.found.size(), "finding") + " in " + counted(run.programs, "program")) << '\n';
  return status == clean && !run.found.empty() ? differences : status;
}

constexpr const char* lint_examples =
    "The rules are sound, which `duly check` shows; this tells what to look after: checks and figures that fall due (E180, E181), sources without a\n"
    "date (E182), months that run out (E183), with --cases rules that no worked case reaches (E184), figures that are restated with another value\n"
    "(E185), and languages without wordings (E186). docs/errors.md explains each.\n"
    "  duly lint                                       the rules installed with the tool, today\n"
    "  duly lint PROGRAM --rules my/rules --cases      one program, with its worked cases\n"
    "  duly lint --today YYYY-MM-DD --within 6         as of a day, half a year ahead\n"
    "Exit status: 0 nothing is found, 1 something is, 2 the rules or cases cannot be read, 3 the tool failed.";

}  // namespace

void add_lint_command(Tool& tool) {
  const auto words = std::make_shared<LintWords>();
  CLI::App& command = tool.add<LintWords>("lint", "look for what sound rules lack or will lack soon", lint_examples, words, run_lint);
  command.add_option("PROGRAM", words->programs, "only these programs")->type_name("");
  command.add_option("--today", words->today, "the day to look from (else today)")->type_name("DATE");
  command.add_option("--within", words->within, "how far ahead to look, in months (else 3)")->check(CLI::Range(0, 120))->type_name("N");
  command.add_option("--checked", words->checked_within, "how old the last check may be, in months (else 12)")
      ->check(CLI::Range(0, 120))
      ->type_name("N");
  command.add_flag("--cases", words->cases, "also run the worked cases and tell which rules none reaches");
  command.add_option("--threads", words->threads, "most threads at once (else as many as the machine has)")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  command.add_flag("--json", words->json, "the findings as JSON on standard output");
  add_rules_option(command, words->rules);
}

}  // namespace duly::cli
