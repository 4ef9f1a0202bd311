#pragma once

// The commands of the tool, one file each. A command declares its options and what running it does; the line that was typed picks one.
// Nothing of a command's work happens while the line is read.

#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace duly::cli {

/// What a command may use of the world outside.
struct CommandContext {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::string rules_folder;  ///< where the rules are unless `--rules` names another folder
  bool color = false;        ///< whether `out` shows ANSI colours
  int width = 80;            ///< columns of `out`
  bool shows_progress = false;  ///< whether `err` is a terminal, on which a line may be written over
  std::string today{};       ///< the day it is run on, YYYY-MM-DD; empty where nothing may depend on it
  std::string chart_script{};  ///< the file with the script that draws the charts of pages
};

/// How the tool ends, in scripts: decided and clean; something differs; the input is bad; the tool itself failed.
enum ExitStatus : int { clean = 0, differences = 1, bad_input = 2, our_fault = 3 };

/// The line while it is read.
struct Tool {
  CLI::App app;
  CommandContext& context;
  std::function<int()> run;  ///< of the command that was named; empty until one was

  explicit Tool(CommandContext& its_context);

  /// A command with its options in `Options`, its explanation, and what it does. `example` is shown below its help.
  template <class Options>
  CLI::App& add(const std::string& name, const std::string& does, const std::string& example, const std::shared_ptr<Options>& options,
                const std::function<int(const Options&, CommandContext&)>& act) {
    CLI::App* command = app.add_subcommand(name, does);
    command->footer(example);
    command->callback([this, options, act] { run = [this, options, act] { return act(*options, context); }; });
    return *command;
  }
};

void add_batch_command(Tool& tool);
void add_check_command(Tool& tool);
void add_determine_command(Tool& tool);
void add_diff_command(Tool& tool);
void add_eval_command(Tool& tool);
void add_explain_command(Tool& tool);
void add_format_command(Tool& tool);
void add_generate_command(Tool& tool);
void add_interview_command(Tool& tool);
void add_lint_command(Tool& tool);
void add_lsp_command(Tool& tool);
void add_new_command(Tool& tool);
void add_plan_command(Tool& tool);
void add_programs_command(Tool& tool);
void add_sources_command(Tool& tool);
void add_schema_command(Tool& tool);
void add_screen_command(Tool& tool);
void add_sweep_command(Tool& tool);
void add_test_command(Tool& tool);
void add_version_command(Tool& tool);
void add_why_not_command(Tool& tool);

/// Reads `arguments` (without the tool's name), runs the command they name, says what went wrong. Returns the exit status; never throws.
int run_tool(const std::vector<std::string>& arguments, CommandContext& context);

}  // namespace duly::cli
