#pragma once

// Values that are computed when somebody reads them: of a conjunction that one condition refuses, of a choice that no row makes, and of what no
// household has a row for, the rest of the plan is passed over.
//
// Threads: belongs to the thread that evaluates.

#include "evaluate/tile.h"

namespace duly::columnar {

// evaluate.cc
/// Evaluates one node whose arguments are there.
void evaluate_node(Tile& tile, NodeId id);
/// Makes the columns of 32 bits that outlive the evaluation columns of 64.
void widen_what_is_kept(Tile& tile);

/// Makes the rows of units and of spells, which everything on their levels needs.
void make_rows(Tile& tile);

}  // namespace duly::columnar
