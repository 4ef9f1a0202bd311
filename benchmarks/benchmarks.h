#pragma once

// What is measured. Each function compares answers first and stops there where only that is asked; a message and false where they differ.

#include <memory>
#include <string>

#include "engine/loaded_program.h"
#include "rounds.h"

namespace duly::bench {

struct Run {
  bool only_check = false;
  int rounds = 0;
  std::vector<Figure> figures;
};

bool measure_snap_chain(Run& run);
bool measure_single(Run& run);
bool measure_start(Run& run);
bool measure_batch(Run& run);

/// A path of the source tree.
std::string source_path(const std::string& path);
/// Null, and the mistakes on standard error, where the rules below `folder` cannot be read.
std::shared_ptr<const LoadedProgram> load_program(const std::string& folder, const std::string& id);

}  // namespace duly::bench
