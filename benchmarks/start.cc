// The built tool as a process: from its start to its end, with its output thrown away.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include <fmt/format.h>

#include "benchmarks.h"

namespace duly::bench {
namespace {

/// The tool stands beside this program.
std::string tool() { return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "duly").string(); }

/// Runs the tool; true where it ends with status 0.
bool succeeds(std::vector<std::string> words) {
  words.insert(words.begin(), tool());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const bool started = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return started && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool measure_start(Run& run) {
  if (!run.wants("check_") && !run.wants("first_determination")) return true;
  const std::string rules = source_path("rules");
  const std::vector<std::string> check = {"check", rules};
  const std::vector<std::string> determine = {
      "determine", source_path("examples/households/family_of_three.yaml"), "--program", "us/snap", "--rules", rules, "--explain"};
  if (!succeeds(check) || !succeeds(determine)) {
    fmt::print(stderr, "the tool does not check the rules and decide the family of three\n");
    return false;
  }
  if (run.only_check) return true;
  const auto times = medians({[&] { succeeds(check); }, [&] { succeeds(determine); }}, run.rounds, 1, Clock::wall);
  run.figures.push_back({"check_rules", times[0] / 1e6, "milliseconds", "", 0, run.rounds});
  run.figures.push_back({"first_determination", times[1] / 1e6, "milliseconds", "", 0, run.rounds});
  return true;
}

}  // namespace duly::bench
