// duly check: every mistake of every program below a folder.

#include <algorithm>
#include <iostream>
#include <tuple>

#include "cli/inputs.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct CheckOptions {
  std::string folder;
  std::string program;
  bool json = false;
};

auto place_and_message(const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.code, d.message); }

/// Programs share files: a mistake in one of those is told once. In the order of the files.
std::vector<Diagnostic> each_once(std::vector<Diagnostic> all) {
  const auto before = [](const Diagnostic& a, const Diagnostic& b) { return place_and_message(a) < place_and_message(b); };
  const auto same = [](const Diagnostic& a, const Diagnostic& b) { return place_and_message(a) == place_and_message(b); };
  std::stable_sort(all.begin(), all.end(), before);
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

std::string totals(const std::vector<Diagnostic>& found, std::size_t programs) {
  const auto warnings =
      static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const Diagnostic& d) { return d.severity == Severity::warning; }));
  return counted(found.size() - warnings, "error") + " and " + counted(warnings, "warning") + " in " + counted(programs, "program");
}

int check(const CheckOptions& options, CommandContext& context) {
  const auto rules = open_rules(options.folder, context);
  if (!rules) return report(rules.errors(), context);
  const std::vector<std::string> programs = options.program.empty() ? rules->programs() : std::vector{options.program};
  std::vector<Diagnostic> found;
  if (programs.empty())
    found.push_back(mistake(Code::unknown_program, "there is no program below the folder", "a program is a folder that holds a program.yaml"));
  for (const auto& program : programs) {
    const auto of_program = rules->check(program);
    found.insert(found.end(), of_program.begin(), of_program.end());
  }
  found = each_once(std::move(found));
  const int status = options.json ? status_after(found) : report(found, context);
  context.out << (options.json ? to_json(found) : totals(found, programs.size())) << '\n';
  return status;
}

constexpr const char* check_examples =
    "All mistakes of all files are shown at once, each with its line, its citation and what to do; every code is explained in docs/errors.md.\n"
    "  duly check                                      the rules installed with the tool\n"
    "  duly check my/rules                             every program below a folder\n"
    "Exit status: 0 the rules are sound (there may be warnings), 2 they are not.";

}  // namespace

void add_check_command(Tool& tool) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App& command = tool.add<CheckOptions>("check", "look for mistakes in the rules of every program", check_examples, options, check);
  command.add_option("DIR", options->folder, "folder of the rules (else those installed with the tool)")->type_name("");
  command.add_option("--program", options->program, "only this program")->type_name("ID");
  command.add_flag("--json", options->json, "the mistakes as JSON on standard output");
}

}  // namespace duly::cli
