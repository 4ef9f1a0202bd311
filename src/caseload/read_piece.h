#pragma once

// A piece of a caseload as it was read: households that may be decided, and what is wrong with the others.
//
// Threads: plain value types.

#include <string>
#include <vector>

#include "caseload/tile.h"
#include "engine/loaded_program.h"

namespace duly {

/// What is wrong with a household, or with a row that belongs to none.
struct CaseloadError {
  std::int32_t household = -1;  ///< its number in the piece; -1 where a row belongs to none
  std::string key;
  std::string file;             ///< or table
  std::int64_t line = 0;        ///< or row; 0 where there is no place
  std::string column;           ///< its name in a table; of a document how many characters into the line
  Diagnostic diagnostic;
};

/// Households that may be evaluated together.
struct DatedTile {
  Date law_date;
  Tile tile;
};

struct ReadPiece {
  std::vector<std::string> keys;      ///< of all households, in their order
  std::vector<CaseloadError> errors;  ///< in their order
  std::vector<DatedTile> tiles;       ///< of all that have no error
};

struct ReadingOptions {
  std::shared_ptr<const LoadedProgram> program;
  RequestOverrides request;          ///< goes before what households say
  int households_in_piece = most_households_in_tile;
};

}  // namespace duly
