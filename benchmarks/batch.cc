// A made-up caseload of full households: evaluated from columns that are ready, and from files on the disk to files on the disk.

#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "batch/caseload_source.h"
#include "batch/results_folder.h"
#include "benchmarks.h"
#include "caseload/in_order.h"
#include "caseload/tile_decider.h"
#include "generate/write_caseload.h"
#include "resolve/rule_files.h"

namespace duly::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t households_in_memory = 50'000;
constexpr std::int64_t households_on_disk = 200'000;
constexpr const char* program_id = "us/snap";
constexpr const char* model_path = "us/snap/models/caseload.yaml";

/// A folder that is gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "duly_bench.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

bool generate(std::int64_t households, CaseloadFormat format, const std::string& folder) {
  const auto files = rules_in_folder(source_path("rules"));
  const auto text = files ? (*files)->read(model_path) : std::nullopt;
  const auto model = text ? model_from(make_source(model_path, *text)) : Result<Model>(std::vector<Diagnostic>(1));
  return model && write_caseload(*model, {households, 1, folder, format}).empty();
}

std::vector<DatedTile> tiles_of(const PackPicker& picker, const std::string& folder) {
  std::vector<DatedTile> tiles;
  const auto source = caseload_source(folder, {&picker, {}, most_households_in_tile});
  if (!source) return tiles;
  const auto reader = (*source)->reader();
  for (auto piece = (*source)->next(); piece && *piece; piece = (*source)->next())
    for (DatedTile& tile : reader->read(**piece).tiles) tiles.push_back(std::move(tile));
  return tiles;
}

/// Every tile once, on `threads` threads, each by its own plan.
void evaluate_all(const std::vector<DatedTile>& tiles, const std::vector<const Plan*>& plans, std::size_t threads) {
  const auto work = [&](std::size_t first) {
    Values values;
    for (std::size_t t = first; t < tiles.size(); t += threads)
      evaluate(*plans[t], tiles[t].tile.table, 0, tiles[t].tile.table.households, Keep::asked, values);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back(work, t);
  work(0);
}

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
  const Folder folder;
  const auto files = rules_in_folder(source_path("rules"));
  if (!files) return false;
  const Programs programs(*files);
  const auto picker = PackPicker::on(programs, program_id);
  const std::int64_t on_disk = run.only_check ? 2'000 : households_on_disk;
  if (!picker || !generate(households_in_memory, CaseloadFormat::csv, folder.path("memory")) ||
      !generate(on_disk, CaseloadFormat::csv, folder.path("csv")) || !generate(on_disk, CaseloadFormat::json_lines, folder.path("jsonl"))) {
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

  const auto tiles = tiles_of(*picker, folder.path("memory"));
  std::vector<const Plan*> plans;
  for (const DatedTile& tile : tiles) {
    const auto ready = tile.program->ready_plan(tile.law_date, {}, PlanUse::bulk);
    if (!ready) return false;
    plans.push_back((*ready)->plan.get());  // which the program keeps
  }
  const auto million_a_second = [](double nanoseconds, std::int64_t households) { return static_cast<double>(households) * 1e3 / nanoseconds; };
  const auto in_memory = medians({[&] { evaluate_all(tiles, plans, 1); }, [&] { evaluate_all(tiles, plans, 2); }}, run.rounds, 1, Clock::wall);
  run.figures.push_back({"snap_full_1t", million_a_second(in_memory[0], households_in_memory), "million households a second", "", 0, run.rounds});
  run.figures.push_back({"snap_full_2t", million_a_second(in_memory[1], households_in_memory), "million households a second", "snap_full_1t",
                         in_memory[0] / in_memory[1], run.rounds});

  std::vector<double> csv;
  std::vector<double> jsonl;
  const int rounds = std::max(1, run.rounds / 5);
  for (int round = 0; round < rounds; ++round) {
    csv.push_back(run_batch(folder.path("csv"), folder.path("out"), "2").seconds);
    jsonl.push_back(run_batch(folder.path("jsonl"), folder.path("out"), "2").seconds);
  }
  run.figures.push_back({"csv_2t", static_cast<double>(on_disk) / median(csv), "households a second", "", 0, rounds});
  run.figures.push_back({"jsonl_2t", static_cast<double>(on_disk) / median(jsonl), "households a second", "", 0, rounds});

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
