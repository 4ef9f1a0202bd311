#pragma once

// The subject of a trial in the copies of its household: which rows it is there, what they decide, and on what they hang.
//
// Threads: belongs to the thread that reads.

#include "determine/decision.h"
#include "determine/open_causes.h"

namespace duly {

/// The subject as it is found again in every copy of its household: a row counted within the household, or people, whose units may change.
struct TriedSubject {
  LevelId level;
  std::int32_t household;
  std::int32_t row = 0;
  std::vector<int> people;  ///< of a unit: everyone who may be in it
};

/// The subject of `row` of the decided level.
TriedSubject tried_subject(const Evaluated& e, std::int32_t row);

/// The level of the rows by which a cause is told.
LevelId level_of_cause(const Evaluated& e, const Cause& cause);
/// The first row of a household on a level.
std::int32_t first_row_of(const Evaluated& e, LevelId level, std::int32_t household);

/// The copies of one household among copies of several that were evaluated together.
class CopiesOf {
 public:
  CopiesOf(const Evaluated& base, const TriedSubject& subject, const Evaluated& copies, std::int32_t first)
      : base_(base), subject_(subject), copies_(copies), first_(first) {}

  [[nodiscard]] const Evaluated& evaluated() const { return copies_; }
  /// Its number among all copies.
  [[nodiscard]] std::int32_t number(std::size_t copy) const { return first_ + static_cast<std::int32_t>(copy); }

  /// The subject's rows in a copy, one for each person of a unit; -1 for a person in no unit.
  [[nodiscard]] std::vector<std::int32_t> rows_in(std::size_t copy) const;
  [[nodiscard]] std::vector<Decision> decisions_in(std::size_t copy) const;
  /// Whether it is still open in a copy who belongs together. What matters then cannot be told by the walk: it sees one way of forming the units.
  [[nodiscard]] bool has_open_unit(std::size_t copy) const;
  /// What the subject hangs on in a copy, as causes of the base household.
  [[nodiscard]] std::vector<Cause> causes_in(std::size_t copy) const;

 private:
  const Evaluated& base_;
  const TriedSubject& subject_;
  const Evaluated& copies_;
  std::int32_t first_;
};

}  // namespace duly
