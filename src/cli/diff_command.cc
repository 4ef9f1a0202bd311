// duly diff: two sets of rules over the same sample of households.

#include <filesystem>
#include <iostream>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/inputs.h"
#include "compare/comparison.h"

extern char** environ;

namespace duly::cli {
namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  std::string before, after;
  std::string program, input, month, against;
  std::vector<std::string> set, overlays;
  std::string group_by, weights, html, csv, keep;
  std::string repository = ".";
  std::size_t worst = 10;
  int threads = 0;
  int trials = Request{}.trials;
  bool json = false;
};

/// A folder of its own, removed with what is in it.
class Workplace {
 public:
  Workplace() {
    std::string name = (fs::temp_directory_path() / "duly_diff.XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Workplace() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Runs a program of the system and waits for it. Nothing of it is read by a shell.
bool runs(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not change them
  arguments.push_back(nullptr);
  ::pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A folder, or what a commit of a git repository holds: `COMMIT:FOLDER`.
Result<std::shared_ptr<const RuleFiles>> rules_named(const std::string& name, const std::string& repository, const std::string& place) {
  std::error_code error;
  const bool names_a_commit = name.find(':') != std::string::npos && !fs::is_directory(name, error);
  if (!names_a_commit) return rules_in_folder(name);
  const std::string archive = place + ".tar";
  fs::create_directories(place, error);
  if (!runs({"git", "-C", repository, "archive", "--format=tar", "--output=" + archive, name}) || !runs({"tar", "-xf", archive, "-C", place}))
    return mistake(Code::cannot_read, "`" + name + "` is neither a folder nor in the git repository `" + repository + "`",
                   "name a folder, or a commit and the folder in it: HEAD~1:rules; --repository says where the repository is");
  return rules_in_folder(place);
}

/// Overlays, then `us/program/name=value`, put into the rules.
Result<std::shared_ptr<const RuleFiles>> with_changes(std::shared_ptr<const RuleFiles> rules, const DiffOptions& options, CommandContext& context) {
  for (const std::string& path : options.overlays) {
    auto text = read_text(path, context);
    if (!text) return text.errors();
    auto changed = with_overlay(rules, options.program, make_source(path, std::move(*text)));
    if (!changed) return changed.errors();
    rules = std::move(*changed);
  }
  for (const std::string& change : options.set) {
    const std::size_t equals = change.find('=');
    std::string name = change.substr(0, equals);
    std::string program = options.program;
    if (const std::size_t slash = name.rfind('/'); slash != std::string::npos) {
      program = name.substr(0, slash);
      name = name.substr(slash + 1);
    }
    if (equals == std::string::npos || name.empty() || equals + 1 == change.size())
      return mistake(Code::bad_option, "`" + change + "` is no figure and its value", "write --set us/program/figure=800");
    auto changed = with_figure(rules, program, name, change.substr(equals + 1));
    if (!changed) return changed.errors();
    rules = std::move(*changed);
  }
  return rules;
}

std::string side_name(const std::string& rules, const std::string& month) { return month.empty() ? rules : rules + ", " + month; }

Result<RulesComparison> compared(const DiffOptions& options, const std::string& workplace, CommandContext& context) {
  if (options.after.empty() && options.set.empty() && options.overlays.empty() && options.against.empty())
    return mistake(Code::bad_option, "there is nothing to compare `" + options.before + "` with",
                   "name a second folder, or --set FIGURE=VALUE, or --overlay FILE, or --against YYYY-MM");
  if (!options.against.empty() && options.month.empty())
    return mistake(Code::bad_option, "--against is the second of two months, and the first is not said", "add --month YYYY-MM");
  ComparedSide before;
  ComparedSide after;
  auto old_rules = rules_named(options.before, options.repository, workplace + "/old_rules");
  if (!old_rules) return old_rules.errors();
  before.rules = *old_rules;
  before.month = options.month;
  before.name = side_name(options.before, options.against.empty() ? "" : options.month);
  auto new_rules = options.after.empty() ? old_rules : rules_named(options.after, options.repository, workplace + "/new_rules");
  if (!new_rules) return new_rules.errors();
  auto changed = with_changes(*new_rules, options, context);
  if (!changed) return changed.errors();
  after.rules = *changed;
  after.month = options.against.empty() ? options.month : options.against;
  after.name = side_name(options.after.empty() ? options.before : options.after, options.against);
  for (const std::string& change : options.overlays) after.name += ", " + change;
  for (const std::string& change : options.set) after.name += ", " + change;

  CompareOptions how;
  how.program = options.program;
  how.input = options.input;
  how.workplace = options.keep.empty() ? workplace : options.keep;
  how.changes.input = options.input;
  how.changes.group_by = options.group_by;
  how.changes.weights = options.weights;
  how.changes.worst = options.worst;
  how.changes.keep_all = !options.csv.empty();
  how.threads = options.threads;
  how.trials = options.trials;
  return compare(before, after, how);
}

int diff(const DiffOptions& options, CommandContext& context) {
  const Workplace workplace;
  if (workplace.path().empty()) return report({mistake(Code::cannot_write, "no folder can be made for the runs")}, context);
  if (!options.keep.empty()) {
    std::error_code error;
    fs::create_directories(options.keep, error);
    if (error) return report({mistake(Code::cannot_write, "`" + options.keep + "` cannot be made: " + error.message())}, context);
  }
  const auto comparison = compared(options, workplace.path(), context);
  if (!comparison) return report(comparison.errors(), context);
  context.out << (options.json ? to_json(*comparison) : to_text(*comparison, context.width));
  if (!options.csv.empty())
    if (const auto failed = write_text(options.csv, to_csv(comparison->changes.changed))) return report({*failed}, context);
  if (!options.html.empty())
    if (const auto failed = write_text(options.html, to_html(*comparison, chart_script(context)))) return report({*failed}, context);
  const auto same = static_cast<std::size_t>(Change::same);
  const auto& subjects = comparison->changes.all.subjects;
  for (std::size_t change = 0; change < subjects.size(); ++change)
    if (change != same && subjects[change] > 0) return differences;
  return clean;
}

constexpr const char* diff_examples =
    "OLD and NEW are folders of rules, or commits of a git repository: HEAD~1:rules. First what is another in the rules, then whom it touches.\n"
    "  duly diff rules my_rules --program PROGRAM --in sample/ --html report.html\n"
    "  duly diff rules --set PROGRAM/FIGURE=800 --program PROGRAM --in sample/\n"
    "  duly diff rules --month 2025-12 --against 2026-12 --program PROGRAM --in sample/\n"
    "Exit status: 0 every decision is the same, 1 some differ, 2 the input is bad, 3 the tool failed. docs/policy_staff.md goes through an example.";

}  // namespace

void add_diff_command(Tool& tool) {
  const auto options = std::make_shared<DiffOptions>();
  CLI::App& command = tool.add<DiffOptions>("diff", "what a change of the rules does to a sample of households", diff_examples, options, diff);
  command.add_option("OLD", options->before, "rules before: a folder, or COMMIT:FOLDER")->required()->type_name("");
  command.add_option("NEW", options->after, "rules after; without it those before, changed by --set, --overlay or --against")->type_name("");
  command.add_option("--program", options->program, "the program that decides")->required()->type_name("ID");
  command.add_option("--in", options->input, "the sample: a folder of tables, or documents one a line, as for `duly batch`")
      ->required()
      ->type_name("PATH");
  command.add_option("--month", options->month, "benefit month of all, instead of what they say")->type_name("YYYY-MM");
  command.add_option("--against", options->against, "benefit month of the second side")->type_name("YYYY-MM");
  command.add_option("--set", options->set, "a figure tried on the second side, for every day and row of it")->type_name("FIGURE=VALUE");
  command
      .add_option("--overlay", options->overlays, "a file of figures and rules that take the place of those with the same names on the second side")
      ->type_name("FILE");
  command.add_option("--group-by", options->group_by, "a column of household.csv (else by the number of people)")->type_name("COLUMN");
  command.add_option("--weights", options->weights, "a table with the columns household and weight")->type_name("FILE");
  command.add_option("--worst", options->worst, "how many of those who lose most are explained")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str()
      ->type_name("N");
  command.add_option("--repository", options->repository, "the git repository of commits")->capture_default_str()->type_name("DIR");
  command.add_flag("--json", options->json, "as JSON");
  command.add_option("--csv", options->csv, "also write a row for each decision that differs")->type_name("FILE");
  command.add_option("--html", options->html, "also write a page that stands alone")->type_name("FILE");
  command.add_option("--keep", options->keep, "keep both runs in this folder, for `duly explain`")->type_name("DIR");
  command.add_option("--threads", options->threads, "threads at once (else as many as the machine has)")->check(CLI::Range(1, 1024))->type_name("N");
  command.add_option("--trials", options->trials, "most combinations of missing facts that are tried")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str()
      ->type_name("N");
}

}  // namespace duly::cli
