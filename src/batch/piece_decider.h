#pragma once

// Pieces of a caseload decided for a run, or for two runs that are compared: what both are told of households is then read once.
//
// Threads: a decider belongs to one thread; what it decides with is shared.

#include "batch/caseload_input.h"
#include "batch/row_writer.h"
#include "caseload/tile_decider.h"

namespace duly {

/// What one run makes of a piece.
struct DecidedSide {
  std::vector<CaseloadError> errors;  ///< in the order of households
  DecidedColumns columns;
  std::vector<std::size_t> order;     ///< its rows by household
  HouseholdTexts rows;
  std::shared_ptr<const PreviousRun> previous;  ///< what it is compared with, if anything
};

/// A piece decided and written out, to be put behind those before it.
struct DecidedPiece {
  Positions before, after;
  std::vector<std::string> keys;
  std::vector<DecidedSide> sides;
};

/// How one run decides.
struct SideOfRun {
  RequestOverrides request;
  std::vector<std::string> outputs;
  bool has_benefit = false;                     ///< which is the first of them
  int trials = 0;
  const RowWriter* writer = nullptr;
  std::shared_ptr<const PreviousRun> previous;  ///< an earlier run; a second side is compared with the first instead
};

class PieceDecider {
 public:
  PieceDecider(const CaseloadSource& source, const std::vector<SideOfRun>& sides);

  DecidedPiece operator()(const Piece& piece);

 private:
  struct Side {
    const SideOfRun* how;
    std::unique_ptr<PieceReader> reader;
    TileDecider decider;
  };

  static void decide(Side& side, const ReadPiece& read, DecidedSide& out);

  std::vector<Side> sides_;
};

}  // namespace duly
