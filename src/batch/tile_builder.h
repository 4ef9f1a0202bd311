#pragma once

// Household documents put into tiles, those of one stretch of law together.
//
// Threads: belongs to one thread.

#include "batch/caseload_input.h"

namespace duly {

class TileBuilder {
 public:
  TileBuilder(const PackPicker& picker, ReadPiece& piece) : picker_(picker), piece_(piece) {}

  /// Adds a household, by its number in the piece. Nothing is added where it has mistakes: E201, E203, E3xx.
  std::vector<Diagnostic> add(const Node& document, const RequestOverrides& request, std::int32_t household);

 private:
  const PackPicker& picker_;
  ReadPiece& piece_;
  FactTable spare_;  ///< memory of the household before
};

}  // namespace duly
