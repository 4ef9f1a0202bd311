// duly batch: a whole caseload, decided into a folder of results.

#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "batch/run.h"
#include "cli/inputs.h"

namespace duly::cli {
namespace {

struct BatchOptions {
  std::string program, rules, month, decided, applied, occasion;
  std::string input, results, previous;
  std::string format = "csv";
  int threads = 0;
  int tile = most_households_in_tile;
  int trials = Request{}.trials;
  bool resume = false;
  bool quiet = false;
};

Request request_from(const BatchOptions& options) {
  const auto unless_empty = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  Request request;
  request.benefit_month = unless_empty(options.month);
  request.decided = unless_empty(options.decided);
  request.applied = unless_empty(options.applied);
  request.occasion = unless_empty(options.occasion);
  request.trials = options.trials;
  return request;
}

/// How far the run is, on one line of a terminal or now and then on a line of its own.
class ProgressLine {
 public:
  explicit ProgressLine(CommandContext& context) : context_(context), begun_(Clock::now()), shown_(begun_) {}

  void show(const RunProgress& progress) {
    const auto now = Clock::now();
    if (first_households_ < 0) {
      first_households_ = progress.households;
      first_bytes_ = progress.bytes;
      begun_ = now;
    }
    if (now - shown_ < (context_.shows_progress ? on_terminal : on_lines)) return;
    shown_ = now;
    const auto milliseconds = std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(now - begun_).count());
    const std::int64_t rate = (progress.households - first_households_) * 1000 / milliseconds;
    std::string line = fmt::format("{} households, {} a second", progress.households, rate);
    if (const auto done = static_cast<std::int64_t>(progress.bytes - first_bytes_); done > 0 && progress.bytes_in_all > progress.bytes) {
      const auto left = static_cast<std::int64_t>(progress.bytes_in_all - progress.bytes);
      const std::int64_t seconds = milliseconds * (left / 1024) / (done / 1024 + 1) / 1000;
      line += fmt::format(", {}:{:02}:{:02} left", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    if (context_.shows_progress) context_.err << '\r' << line << "\x1b[K" << std::flush;
    else context_.err << line << '\n' << std::flush;
    written_ = true;
  }

  void end() {
    if (context_.shows_progress && written_) context_.err << "\r\x1b[K" << std::flush;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr Clock::duration on_terminal = std::chrono::milliseconds(200);
  static constexpr Clock::duration on_lines = std::chrono::seconds(10);

  CommandContext& context_;
  Clock::time_point begun_, shown_;
  std::int64_t first_households_ = -1;
  std::uint64_t first_bytes_ = 0;
  bool written_ = false;
};

int batch(const BatchOptions& options, CommandContext& context) {
  const auto files = rules_in_folder(options.rules.empty() ? context.rules_folder : options.rules);
  if (!files) return report(files.errors(), context);
  ProgressLine line(context);
  RunOptions run;
  run.program = options.program;
  run.request = request_from(options);
  run.input = options.input;
  run.results = options.results;
  run.previous = options.previous;
  run.format = options.format == "csv" ? RowFormat::csv : RowFormat::json_lines;
  run.threads = options.threads;
  run.households_in_piece = options.tile;
  run.resume = options.resume;
  if (!options.quiet)
    run.progress = [&](const RunProgress& progress) {
      line.show(progress);
      return true;
    };
  const auto done = run_batch(Programs(*files), run);
  line.end();
  if (!done) return report(done.errors(), context);
  context.out << to_text(done->summary, done->run.benefit, done->run.benefit_unit, !done->run.previous.empty());
  const bool sound = done->summary.households_in_error == 0 && done->summary.rows_of_nobody == 0;
  if (!sound) context.err << "what was not decided, and why: " << options.results << "/errors.csv\n";
  return sound ? clean : differences;
}

constexpr const char* batch_examples =
    "  duly batch --program PROGRAM --month YYYY-MM --in caseload.jsonl --out results/\n"
    "  duly batch ... --out results/ --resume          goes on after the run was cut off\n"
    "  duly batch ... --out now/ --previous before/    and says what changed for whom\n"
    "The results are whole once the folder holds manifest.json. Exit status: 0 every household was decided, 1 some stand in errors.csv, 2 the run\n"
    "cannot be done, 3 the tool failed. docs/batch.md tells of the files.";

}  // namespace

void add_batch_command(Tool& tool) {
  const auto options = std::make_shared<BatchOptions>();
  CLI::App& command = tool.add<BatchOptions>("batch", "decide a whole caseload", batch_examples, options, batch);
  command.add_option("--program", options->program, "the program that decides")->required()->type_name("ID");
  command.add_option("--in", options->input, "the caseload: household documents as JSON, one a line")->required()->type_name("FILE");
  command.add_option("--out", options->results, "folder for the results")->required()->type_name("DIR");
  command.add_option("--month", options->month, "benefit month of all, instead of what they say")->type_name("YYYY-MM");
  command.add_option("--decided", options->decided, "day of the decision")->type_name("YYYY-MM-DD");
  command.add_option("--applied", options->applied, "day of the application")->type_name("YYYY-MM-DD");
  command.add_option("--occasion", options->occasion, "application, renewal or change")->type_name("WORD");
  command.add_option("--format", options->format, "of the determinations")->check(CLI::IsMember({"csv", "jsonl"}))->capture_default_str();
  command.add_option("--previous", options->previous, "results of an earlier run, to tell what changed")->type_name("DIR");
  command.add_flag("--resume", options->resume, "go on where a run was cut off");
  command.add_option("--threads", options->threads, "threads at once (else as many as the machine has)")->check(CLI::Range(1, 1024))->type_name("N");
  command.add_option("--tile", options->tile, "households decided together; no result depends on it")
      ->check(CLI::Range(1, 65'536))
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--trials", options->trials, "most combinations of missing facts that are tried")
      ->check(CLI::Range(1, 4096))
      ->type_name("N")
      ->capture_default_str();
  command.add_flag("--quiet", options->quiet, "say nothing while it runs");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
