#pragma once

// The folder a run writes: determinations and errors that grow by whole pieces, a checkpoint to go on from, and last of all the manifest, without
// which nothing in the folder is a result.
//
// Threads: belongs to one thread at a time.

#include "batch/caseload_input.h"
#include "batch/out_file.h"
#include "batch/summary.h"

namespace duly {

inline constexpr const char* manifest_name = "manifest.json";
inline constexpr const char* errors_name = "errors.csv";
inline constexpr const char* rules_name = "rules.json";

struct ResultFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
  bool operator==(const ResultFile&) const = default;
};

/// What a run is: two runs with the same identity write the same bytes.
struct RunIdentity {
  std::string program, rules, engine;
  std::string bundle;             ///< SHA-256 of the rules of the program and of all packs on it
  std::string benefit_month, decided, applied, occasion;  ///< as the caller gave them, empty where households say it
  std::string input;              ///< as it was named
  std::string determinations;     ///< name of the file: its ending is the format
  std::string benefit;            ///< the output that is one, else empty
  std::string benefit_unit;       ///< `USD per month`
  std::string previous;           ///< SHA-256 of the earlier determinations, else empty
  int trials = 0;
  bool operator==(const RunIdentity&) const = default;
};

struct Manifest {
  RunIdentity run;
  Positions inputs;
  ResultFile determinations, errors;
  Summary summary;
};
std::string to_json(const Manifest& manifest);
/// Errors: E500 where there is none, or it is none.
Result<Manifest> read_manifest(const std::string& folder);

class ResultsFolder {
 public:
  /// Makes the folder or goes on in it. Errors: E501, E507 where it holds something else, E508 where what it holds cannot be gone on with.
  static Result<std::unique_ptr<ResultsFolder>> open(const std::string& folder, const RunIdentity& run, bool resume);

  /// Of a run that went on: how far it had come. Nothing for a new one.
  [[nodiscard]] const std::optional<Manifest>& come_so_far() const { return come_so_far_; }
  /// Whether the run had ended before.
  [[nodiscard]] bool is_finished() const { return finished_; }

  /// The determinations this run was compared with while both were made.
  void compare_with(std::string sha256_of_determinations) { run_.previous = std::move(sha256_of_determinations); }
  std::optional<Diagnostic> add(std::string_view determinations, std::string_view errors);
  /// From here a run that is cut off can go on.
  std::optional<Diagnostic> check_in(const Positions& inputs, const Summary& summary);
  /// `rules` is the bundle that explains the results later.
  std::optional<Diagnostic> finish(const Positions& inputs, const Summary& summary, std::string_view rules);

 private:
  ResultsFolder(std::string folder, RunIdentity run) : folder_(std::move(folder)), run_(std::move(run)) {}
  std::vector<Diagnostic> take_up(bool resume);
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::string growing(const std::string& name) const { return path(name + ".partial"); }
  [[nodiscard]] Manifest so_far(const Positions& inputs, const Summary& summary) const;

  std::string folder_;
  RunIdentity run_;
  std::optional<Manifest> come_so_far_;
  bool finished_ = false;
  std::unique_ptr<OutFile> determinations_, errors_;
};

}  // namespace duly
