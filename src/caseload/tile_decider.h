#pragma once

// Decides tiles. Every household is evaluated in columns, with only what its outcome needs kept; those in which something is open, or has no value,
// once more by themselves with every value, as `determine` wants it.
//
// Threads: belongs to one thread; programs are shared.

#include "caseload/tile.h"
#include "determine/bulk_decisions.h"
#include "determine/household_copies.h"
#include "engine/loaded_program.h"

namespace duly {

class TileDecider {
 public:
  /// `outputs`: names of those that are wanted.
  TileDecider(std::vector<std::string> outputs, int trials) : outputs_(std::move(outputs)), trials_(trials) {}

  /// Adds what `program` decides of each household of `tile`, by its number in the piece. Errors: E1xx where the program has no plan for the day.
  std::vector<Diagnostic> decide(const LoadedProgram& program, const Tile& tile, Date law_date, DecidedColumns& out);

 private:
  void decide_alone(const Tile& tile, const ReadyPlan& ready, std::int32_t household, DecidedColumns& out);

  std::vector<std::string> outputs_;
  int trials_;
  Values values_, values_of_one_;
  CopiesMemory memory_;
};

}  // namespace duly
