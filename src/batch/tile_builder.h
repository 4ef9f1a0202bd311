#pragma once

// Household documents put into tiles, those of one stretch of law together.
//
// Threads: belongs to one thread.

#include "batch/caseload_input.h"
#include "facts/table_filler.h"

namespace duly {

class TileBuilder {
 public:
  TileBuilder(const PackPicker& picker, ReadPiece& piece) : picker_(picker), piece_(piece) {}

  /// Adds a household, by its number in the piece. Nothing is added where it has mistakes: E201, E203, E3xx.
  std::vector<Diagnostic> add(const Node& document, const RequestOverrides& request, std::int32_t household);
  /// Puts the tiles into the piece, when all households were added.
  void finish();

 private:
  struct OpenTile {
    std::shared_ptr<const LoadedProgram> program;
    Date law_date;
    TableFiller filler;
    std::vector<std::int32_t> household;
    std::vector<PeopleNames> people;
  };

  const PackPicker& picker_;
  ReadPiece& piece_;
  std::vector<OpenTile> tiles_;
};

}  // namespace duly
