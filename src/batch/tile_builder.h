#pragma once

// Household documents put into tiles, those of one stretch of law together.
//
// Threads: belongs to one thread.

#include "batch/caseload_input.h"
#include "engine/loaded_program.h"

namespace duly {

class TileBuilder {
 public:
  TileBuilder(const LoadedProgram& program, std::vector<DatedTile>& tiles) : program_(program), tiles_(tiles) {}

  /// Adds a household, by its number in the piece. Nothing is added where it has mistakes: E201, E203, E3xx.
  std::vector<Diagnostic> add(const Node& document, const RequestOverrides& request, std::int32_t household);

 private:
  const LoadedProgram& program_;
  std::vector<DatedTile>& tiles_;
};

}  // namespace duly
