#pragma once

// What the copies of a `Ruleset` share.
//
// Threads: all const functions may be called at once from any number of threads.

#include <map>
#include <mutex>

#include "duly/ruleset.h"
#include "engine/loaded_program.h"

namespace duly {

/// What a request sets, read. Errors: E306.
Result<RequestOverrides> overrides_from(const Request& request);

/// Programs are read when they are first asked for, and kept. A program whose rules are wrong is read again each time: its files may be mended.
class Ruleset::State {
 public:
  explicit State(std::shared_ptr<const RuleFiles> files) : files_(std::move(files)) {}

  [[nodiscard]] const RuleFiles& files() const { return *files_; }

  Result<std::shared_ptr<const LoadedProgram>> program(const std::string& id) const {
    const std::scoped_lock lock(mutex_);
    if (const auto known = programs_.find(id); known != programs_.end()) return known->second;
    auto loaded = LoadedProgram::load(*files_, id);
    if (loaded) programs_[id] = *loaded;
    return loaded;
  }

 private:
  std::shared_ptr<const RuleFiles> files_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const LoadedProgram>> programs_;
};

}  // namespace duly
