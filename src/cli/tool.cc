#include <algorithm>
#include <exception>
#include <iostream>

#include "cli/inputs.h"

namespace duly::cli {
namespace {

constexpr const char* summary =
    "Decides benefit applications by dated, cited rules, exactly, and shows how.\n"
    "Exit status: 0 decided, 1 something differs, 2 the input is bad, 3 the tool failed.";

constexpr const char* first_steps =
    "Begin with:\n"
    "  duly programs                                   what can be decided\n"
    "  duly determine household.yaml --explain         decide a household and show why\n"
    "  duly COMMAND --help                             each command with an example";

void add_commands(Tool& tool) {
  add_determine_command(tool);
  add_screen_command(tool);
  add_interview_command(tool);
  add_batch_command(tool);
  add_explain_command(tool);
  add_sweep_command(tool);
  add_why_not_command(tool);
  add_generate_command(tool);
  add_diff_command(tool);
  add_programs_command(tool);
  add_sources_command(tool);
  add_check_command(tool);
  add_test_command(tool);
  add_lint_command(tool);
  add_new_command(tool);
  add_format_command(tool);
  add_eval_command(tool);
  add_plan_command(tool);
  add_schema_command(tool);
  add_lsp_command(tool);
  add_version_command(tool);
}

/// Help that was asked for is the answer; anything else is a mistake of the line.
int end_of_line(Tool& tool, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    tool.app.exit(error, tool.context.out, tool.context.err);
    return clean;
  }
  const auto named = tool.app.get_subcommands();
  const std::string command = named.empty() ? "duly" : "duly " + named.front()->get_name();
  return report({mistake(Code::bad_option, error.what(), "`" + command + " --help` shows what it takes")}, tool.context);
}

int run_line(std::vector<std::string> arguments, CommandContext& context) {
  Tool tool(context);
  add_commands(tool);
  if (arguments.empty()) {
    context.out << tool.app.help();
    return clean;
  }
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the end
  try {
    tool.app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) { return end_of_line(tool, error); }
  return tool.run();
}

}  // namespace

Tool::Tool(CommandContext& its_context) : app(summary, "duly"), context(its_context) {
  app.footer(first_steps);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
}

int run_tool(const std::vector<std::string>& arguments, CommandContext& context) {
  try {
    const int status = run_line(arguments, context);
    context.out.flush();
    if (context.out) return status;
    context.err << to_text(mistake(Code::cannot_write, "the output cannot be written"));
    return bad_input;
  } catch (const std::exception& error) {
    return report({mistake(Code::internal, std::string("the tool failed: ") + error.what(), "please report it with the input that led here")},
                  context);
  }
}

}  // namespace duly::cli
