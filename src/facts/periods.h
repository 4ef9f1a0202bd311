#pragma once

// A record that has a first and a last day, as the dictionary names them (`in_force`, `in_time`), does not end before it begins.
//
// Threads: pure functions.

#include <array>

#include "facts/read_value.h"

namespace duly {

struct Period {
  FactId from = -1, until = -1;
  bool operator==(const Period&) const = default;
};

/// The periods that a record has: some of these have no fields, and none has them twice.
std::array<Period, 2> periods_of(const RecordKind& kind);

/// E305 where it surely is so, whatever is not known of both days.
void complain_of_end(const FactReading& from, const FactValue& begins, const FactReading& until, const FactValue& ends, ValueName name,
                     const Span& where, Complaints& complaints);

}  // namespace duly
