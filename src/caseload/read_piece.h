#pragma once

// A piece of a caseload as it was read: households that may be decided, and what is wrong with the others.
//
// Threads: plain value types.

#include <string>
#include <vector>

#include "caseload/tile.h"
#include "engine/pack_picker.h"

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
  std::shared_ptr<const LoadedProgram> program;  ///< that decides them: the one that was asked for, or a pack on it
  Date law_date;
  Tile tile;
};

struct ReadPiece {
  std::vector<std::string> keys;      ///< of all households, in their order
  std::vector<CaseloadError> errors;  ///< in their order
  std::vector<DatedTile> tiles;       ///< of all that have no error
  std::vector<std::pair<std::int32_t, Determination>> pending;  ///< but those of which it is open which pack decides: they wait for the place
};

struct ReadingOptions {
  const PackPicker* picker = nullptr;  ///< of the program that was asked for; outlives all that reads
  RequestOverrides request;          ///< goes before what households say
  int households_in_piece = most_households_in_tile;
};

}  // namespace duly
