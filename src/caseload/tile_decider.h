#pragma once

// Decides tiles. Every household is evaluated in columns, with only what its outcome needs kept; those in which something is open, or has no value,
// once more among themselves with every value, as `determine` wants it.
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

  /// Adds what `program` decides of each household of `tile`, by its number in the piece, not always in their order.
  /// Errors: E1xx where the program has no plan for the day.
  std::vector<Diagnostic> decide(const LoadedProgram& program, const Tile& tile, Date law_date, DecidedColumns& out);

 private:
  static constexpr std::size_t most_at_once = 256;  ///< of those that keep every value

  void decide_left(const Tile& tile, const ReadyPlan& ready, std::span<const std::int32_t> households, DecidedColumns& out);

  std::vector<std::string> outputs_;
  int trials_;
  Values values_, values_of_left_;
  std::vector<std::int32_t> left_;  ///< households of the tile that columns do not decide
  FactTable left_table_;
  std::vector<CopiedHousehold> copied_;
  std::vector<Household> details_;  ///< of those decided at once
  CopiesMemory memory_;
};

}  // namespace duly
