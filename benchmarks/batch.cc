// A made-up caseload of full households, from files on the disk to files on the disk.

#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>

#include "batch/results_folder.h"
#include "benchmarks.h"
#include "made_caseload.h"

namespace duly::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t households_on_disk = 200'000;
constexpr const char* program_id = "us/snap";

std::string tool() { return (fs::read_symlink("/proc/self/exe").parent_path() / "duly").string(); }

struct ProcessRun {
  bool ended = false;
  double seconds = 0;
  std::int64_t kilobytes = 0;  ///< the most it held in memory
};

/// The tool as a process, with its output thrown away.
ProcessRun run_tool(std::vector<std::string> words) {
  words.insert(words.begin(), tool());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
  pid_t child = 0;
  const auto begin = std::chrono::steady_clock::now();
  const bool started = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  rusage used{};
  ProcessRun out;
  out.ended = started && wait4(child, &status, 0, &used) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  out.kilobytes = used.ru_maxrss;
  return out;
}

ProcessRun run_batch(const std::string& in, const std::string& out, const char* threads) {
  fs::remove_all(out);
  return run_tool({"batch", "--program", program_id, "--in", in, "--out", out, "--threads", threads, "--quiet", "--rules", source_path("rules")});
}

bool same_determinations(const std::string& one, const std::string& other) {
  const auto a = read_manifest(one);
  const auto b = read_manifest(other);
  return a && b && a->determinations.sha256 == b->determinations.sha256;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

bool measure_batch(Run& run) {
  const bool wants_files = run.wants("csv_2t") || run.wants("jsonl_2t"), wants_growth = run.wants("growth_");
  if (!wants_files && !wants_growth) return true;
  const Folder folder;
  const std::int64_t on_disk = run.only_check ? 2'000 : households_on_disk;
  if (!generate(on_disk, CaseloadFormat::csv, folder.path("csv")) || !generate(on_disk, CaseloadFormat::json_lines, folder.path("jsonl"))) {
    fmt::print(stderr, "the caseload cannot be made\n");
    return false;
  }
  // The same answers from tables and documents, on one thread and on two.
  const bool agree = run_batch(folder.path("csv"), folder.path("one"), "1").ended && run_batch(folder.path("csv"), folder.path("two"), "2").ended &&
                     run_batch(folder.path("jsonl"), folder.path("documents"), "2").ended &&
                     same_determinations(folder.path("one"), folder.path("two")) && same_determinations(folder.path("one"), folder.path("documents"));
  if (!agree) {
    fmt::print(stderr, "a caseload is not decided alike from tables and documents\n");
    return false;
  }
  if (run.only_check) return true;

  std::vector<double> csv;
  std::vector<double> jsonl;
  const int rounds = std::max(1, run.rounds / 5);
  for (int round = 0; wants_files && round < rounds; ++round) {
    csv.push_back(run_batch(folder.path("csv"), folder.path("out"), "2").seconds);
    jsonl.push_back(run_batch(folder.path("jsonl"), folder.path("out"), "2").seconds);
  }
  if (wants_files) {
    run.figures.push_back({"csv_2t", static_cast<double>(on_disk) / median(csv), "households a second", "", 0, rounds});
    run.figures.push_back({"jsonl_2t", static_cast<double>(on_disk) / median(jsonl), "households a second", "", 0, rounds});
  }
  if (!wants_growth) return true;
  for (const std::int64_t households : {1'000, 10'000, 100'000, 1'000'000}) {
    const std::string in = folder.path("growth");
    fs::remove_all(in);
    if (!generate(households, CaseloadFormat::csv, in)) return false;
    const ProcessRun grown = run_batch(in, folder.path("out"), "2");
    run.figures.push_back({fmt::format("growth_{}", households), grown.seconds, fmt::format("seconds, {} MB", grown.kilobytes / 1024), "", 0, 1});
  }
  return true;
}

}  // namespace duly::bench
