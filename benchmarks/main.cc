// The figures that are claimed, measured: `duly_bench` prints a table, `--json` one object a figure, `--check` only compares the answers.
// Method and results: benchmarks/README.md.

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "benchmarks.h"

namespace duly::bench {

std::string source_path(const std::string& path) { return std::string(DULY_SOURCE_DIR) + "/" + path; }

std::shared_ptr<const LoadedProgram> load_program(const std::string& folder, const std::string& id) {
  const auto files = rules_in_folder(source_path(folder));
  const auto program = files ? LoadedProgram::load(**files, id) : Result<std::shared_ptr<const LoadedProgram>>(files.errors());
  if (program) return *program;
  fmt::print(stderr, "{}", to_text(program.errors()));
  return nullptr;
}

}  // namespace duly::bench

int main(int argc, char** argv) {
  using namespace duly::bench;
  Run run{.only_check = false, .rounds = 15, .figures = {}};
  bool json = false;
  CLI::App app("Measures what the README of the benchmarks claims.");
  app.add_flag("--check", run.only_check, "only compare the answers, measure nothing");
  app.add_flag("--json", json, "one JSON object a figure");
  app.add_option("--rounds", run.rounds, "how often each thing is measured")->capture_default_str()->check(CLI::Range(1, 1000));
  app.add_option("--only", run.only, "only figures whose names begin so, such as `single` or `snap_full`");
  CLI11_PARSE(app, argc, argv);
  // Processes first: the system counts what this one held when it started another as memory of that.
  for (const auto measure : {measure_batch, measure_start, measure_snap_chain, measure_single, measure_columns, measure_policyengine})
    if (!measure(run)) return 1;
  std::erase_if(run.figures, [&](const Figure& figure) { return !figure.name.starts_with(run.only); });
  print(run.figures, json ? Format::json : Format::table);
  if (run.only_check) fmt::print("all answers agree\n");
  return 0;
}
