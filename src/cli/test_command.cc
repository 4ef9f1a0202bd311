// duly test: the worked cases beside the rules, or a table of sample households.

#include <chrono>
#include <iostream>

#include <fmt/format.h>

#include "cases/run_cases.h"
#include "cases/table_run.h"
#include "cli/inputs.h"

namespace duly::cli {
namespace {

struct TestOptions {
  std::vector<std::string> programs;
  std::string rules;
  std::string table, map;
  std::string html;
  std::string junit;
  bool coverage = false;
  bool json = false;
  int threads = 0;
};

int test_cases(const std::shared_ptr<const RuleFiles>& files, const TestOptions& options, CommandContext& context) {
  CasesOptions asked;
  asked.programs = options.programs;
  asked.threads = options.threads;
  asked.coverage = options.coverage;
  asked.microseconds = [] {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
  };
  const std::int64_t began = asked.microseconds();
  CasesRun run = run_cases(files, asked);
  if (run.errors.empty() && run.passed() + run.failed() == 0)
    run.errors.push_back(mistake(Code::cannot_read, "there is no worked case",
                                 "cases stand in the folder `cases` of a program; --rules names the folder of the rules to test"));
  if (!options.junit.empty())
    if (const auto failed = write_text(options.junit, to_junit(run))) return report({*failed}, context);
  context.out << (options.json ? to_json(run) : to_text(run));
  if (context.shows_progress && !options.json) context.err << fmt::format("in {} ms\n", (asked.microseconds() - began) / 1'000);
  const int status = options.json ? status_after(run.errors) : report(run.errors, context);
  return status == clean && run.failed() > 0 ? differences : status;
}

int test_table(const RuleFiles& files, const TestOptions& options, CommandContext& context) {
  const auto map = read_text(options.map, context);
  if (!map) return report(map.errors(), context);
  const auto table = read_text(options.table, context);
  if (!table) return report(table.errors(), context);
  const auto run = run_table(files, make_source(options.map, *map), make_source(options.table, *table), {options.threads});
  if (!run) return report(run.errors(), context);
  if (!options.html.empty())
    if (const auto failed = write_text(options.html, to_html(*run))) return report({*failed}, context);
  if (!options.json) report(run->warnings, context);
  context.out << (options.json ? to_json(*run) : to_text(*run));
  if (!run->unreadable.empty()) return bad_input;
  return run->agree == run->rows ? clean : differences;
}

int test(const TestOptions& options, CommandContext& context) {
  if (options.table.empty() != options.map.empty())
    return report({mistake(Code::bad_option, "`--table` and `--map` belong together", "the map says how the columns of the table are read")},
                  context);
  if (!options.table.empty() && !options.programs.empty())
    return report({mistake(Code::bad_option, "the map names the program of a table", "leave out `" + options.programs[0] + "`")}, context);
  if (!options.table.empty() && (options.coverage || !options.junit.empty()))
    return report({mistake(Code::bad_option, "`--coverage` and `--junit` are of the cases beside the rules", "leave out `--table`, or them")},
                  context);
  if (options.table.empty() && !options.html.empty())
    return report({mistake(Code::bad_option, "`--html` needs a table", "name it with --table, and its map with --map")}, context);
  const auto files = rules_in_folder(options.rules.empty() ? context.rules_folder : options.rules);
  if (!files) return report(files.errors(), context);
  return options.table.empty() ? test_cases(*files, options, context) : test_table(**files, options, context);
}

constexpr const char* test_examples =
    "Worked cases stand beside the rules, in PROGRAM/cases/*.yaml; a table of sample households is read as its map says. docs/testing_rules.md\n"
    "describes both.\n"
    "  duly test                                       the cases of all programs\n"
    "  duly test PROGRAM --rules my/rules              those of one\n"
    "  duly test --coverage                            and what no case reaches, or tries on one side only\n"
    "  duly test --junit results.xml                   for the software that runs an agency's tests\n"
    "  duly test --table sample.csv --map sample.yaml  each row of a table, stage by stage\n"
    "The last line is `N passed, N failed` or `agree N of M`. Exit status: 0 all as expected, 1 something differs, 2 there is no case, or a case, a\n"
    "row, the map or the rules cannot be read, 3 the tool failed.";

}  // namespace

void add_test_command(Tool& tool) {
  const auto options = std::make_shared<TestOptions>();
  CLI::App& command =
      tool.add<TestOptions>("test", "run the worked cases of the rules, or a table of sample households", test_examples, options, test);
  command.add_option("PROGRAM", options->programs, "only the cases of these programs")->type_name("");
  command.add_option("--table", options->table, "a CSV file of sample households, one a row")->type_name("CSV");
  command.add_option("--map", options->map, "how its columns are read and what is expected")->type_name("YAML");
  command.add_flag("--coverage", options->coverage, "also tell which parts of the rules no case reaches");
  command.add_option("--junit", options->junit, "also write the cases as JUnit XML")->type_name("FILE");
  command.add_flag("--json", options->json, "the result as JSON");
  command.add_option("--html", options->html, "also write what the table came to as a page that stands alone")->type_name("FILE");
  command.add_option("--threads", options->threads, "most threads at once (else as many as the machine has)")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
