#pragma once

// Terms of the checked program in a row of the evaluation. The plan has nodes for what it computes; a term that only describes a body (a line's
// condition brought to the rule's rows) may have none and is then read through its arguments.
//
// Threads: belongs to the thread that reads.

#include "determine/evaluated.h"

namespace duly {

struct TermAt {
  TermId term = no_term;
  NodeId node = no_node;   ///< no_node where the plan does not compute it
  std::int32_t row = -1;   ///< -1 where no row of the term's level belongs to the row asked for
  [[nodiscard]] bool ok() const { return node != no_node && row >= 0; }
};

/// `term` for row `row` of `level`, which stands at or below the term's own level. Lifts are looked through.
TermAt locate(const Evaluated& e, TermId term, LevelId level, std::int32_t row);

/// The truth of a condition for a row of `level`.
TruthValue truth_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row);
bool surely_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row);
bool surely_not_at(const Evaluated& e, TermId condition, LevelId level, std::int32_t row);

/// Whether nothing more is open about the term in that row.
bool is_settled_at(const Evaluated& e, const TermAt& at);

/// The value of a term for a row of `level`.
Value value_at(const Evaluated& e, TermId term, LevelId level, std::int32_t row, const PeopleNames& people);

}  // namespace duly
