#pragma once

// The programs of one set of rules: each read when it is first asked for and kept, and which packs stand on which.
//
// Threads: all const functions may be called at once from any number of threads.

#include <map>
#include <mutex>

#include "engine/loaded_program.h"

namespace duly {

/// What a manifest says of the pack it is, as it is written.
struct PackHead {
  std::string id, extends;
  std::vector<std::pair<std::string, std::vector<std::string>>> covers;  ///< fact of the place, its words and groups
  Span covers_at;
};

/// A program whose rules are wrong is read again each time: its files may be mended.
class Programs {
 public:
  explicit Programs(std::shared_ptr<const RuleFiles> files) : files_(std::move(files)) {}

  [[nodiscard]] const RuleFiles& files() const { return *files_; }

  /// Keeps what `before` has read of `ids`. Only for programs whose files are the same in both, and before anything else is asked of this.
  void take_over(const Programs& before, const std::vector<std::string>& ids);

  /// Errors: E202, and every E1xx of its rules.
  [[nodiscard]] Result<std::shared_ptr<const LoadedProgram>> program(const std::string& id) const;

  /// All programs and packs, sorted, as they stood in the folder when they were first asked for.
  [[nodiscard]] const std::vector<std::string>& ids() const;

  /// The packs that say they extend `id`, sorted. A manifest that cannot be read might be one of them: its mistakes are told instead.
  [[nodiscard]] Result<std::vector<PackHead>> packs_on(const std::string& id) const;

 private:
  /// Several programs may be read at once, each by one thread.
  struct Place {
    std::mutex mutex;
    std::shared_ptr<const LoadedProgram> program;
  };

  std::shared_ptr<const RuleFiles> files_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Place> programs_;
  mutable std::once_flag ids_once_;
  mutable std::vector<std::string> ids_;
  mutable std::mutex heads_mutex_;
  mutable std::optional<std::vector<PackHead>> heads_;
};

/// E168 for each place that two of the packs on `base` cover.
std::vector<Diagnostic> places_covered_twice(const LoadedProgram& base, const std::vector<PackHead>& packs);

}  // namespace duly
