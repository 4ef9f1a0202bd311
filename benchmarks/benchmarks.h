#pragma once

// What is measured. Each function compares answers first and stops there where only that is asked; a message and false where they differ.

#include <memory>
#include <string>
#include <string_view>

#include "engine/loaded_program.h"
#include "rounds.h"

namespace duly::bench {

struct Run {
  bool only_check = false;
  int rounds = 0;
  std::vector<Figure> figures;
  std::string only = {};  ///< beginning of the names of the figures wanted; empty: all

  /// Whether any figure that begins with `names` is wanted.
  [[nodiscard]] bool wants(std::string_view names) const { return names.starts_with(only) || std::string_view(only).starts_with(names); }
};

bool measure_snap_chain(Run& run);
bool measure_single(Run& run);
bool measure_start(Run& run);
bool measure_columns(Run& run);
bool measure_batch(Run& run);
bool measure_policyengine(Run& run);

/// A path of the source tree.
std::string source_path(const std::string& path);
/// Null, and the mistakes on standard error, where the rules below `folder` cannot be read.
std::shared_ptr<const LoadedProgram> load_program(const std::string& folder, const std::string& id);

}  // namespace duly::bench
