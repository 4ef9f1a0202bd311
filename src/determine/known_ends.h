#pragma once

// Which ends of an open number are known: by what was said, by law, or because nothing lies beyond. The others come from a dictionary alone, which lets an
// income reach ten million dollars and a day the end of the calendar, and are not told.
//
// Threads: belongs to the thread that reads.

#include "determine/plan_index.h"
#include "evaluate/values.h"

namespace duly {

class KnownEnds {
 public:
  /// Evaluates the households of `values` once more, as far as it is asked, with what is not known drawn in. Both must outlive it.
  KnownEnds(const PlanIndex& index, const Values& values);

  struct Which {
    bool low = false, high = false;
  };
  /// Of a node of numbers, in a row in which it may have a value.
  [[nodiscard]] Which of(NodeId node, std::int32_t row) const;

 private:
  /// The same row in the other evaluation; -1 where units came out otherwise.
  [[nodiscard]] std::int32_t row_of(LevelId level, std::int32_t row) const;

  const Values& values_;
  FactTable table_;
  Values drawn_in_;
};

}  // namespace duly
