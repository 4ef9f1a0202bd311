#pragma once

// One evaluation with everything that helps to read it: values, rows, parts, the cells that look-ups found, and the names people go by.
//
// Threads: belongs to the thread that reads.

#include "determine/parts.h"
#include "determine/plan_index.h"
#include "facts/household.h"

namespace duly {

struct Evaluated {
  Evaluated(const PlanIndex& its_index, const Values& values) : index(its_index), r(its_index, values), paths(r), parts(r, paths) {}
  Evaluated(const Evaluated&) = delete;
  Evaluated& operator=(const Evaluated&) = delete;

  const PlanIndex& index;
  Readings r;
  RowPaths paths;
  Parts parts;

  [[nodiscard]] const Declarations& declarations() const { return r.declarations(); }
  [[nodiscard]] const Fact& fact(FactId id) const { return declarations().facts[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Rule& rule(RuleId id) const { return declarations().rules[static_cast<std::size_t>(id)]; }
  /// The row of the fact table in which row `row` of a declared level stands.
  [[nodiscard]] std::int64_t table_row(LevelId level, std::int32_t row) const;
};

/// The cells of its table that a look-up may have found in a row: one where every key is known. Indexes into the table.
std::vector<std::size_t> cells_of(const Evaluated& e, const PlanNode& lookup, std::int32_t row);

/// The places in the table that key `key` of a look-up may mean in a row, in rising order.
std::vector<std::size_t> places_of_key(const Evaluated& e, const PlanNode& lookup, std::size_t key, std::int32_t row);

/// How the rows of one household are called in what comes back.
class Labels {
 public:
  /// Without `details` (in bulk) people are numbered from 1.
  Labels(const Evaluated& e, const Household* details, std::int32_t household);

  [[nodiscard]] const PeopleNames& people() const { return people_; }
  [[nodiscard]] const std::string& person(std::int32_t row) const { return people_[static_cast<std::size_t>(row - first_person_)]; }
  /// `ana`, `ana.income[0]`; a unit goes by its first person; empty for the household.
  [[nodiscard]] std::string of(LevelId level, std::int32_t row) const;

 private:
  [[nodiscard]] std::string record(LevelId level, std::int32_t row) const;

  const Evaluated& e_;
  const Household* details_;
  std::int32_t first_person_ = 0;
  PeopleNames numbered_;
  const PeopleNames& people_;
};

}  // namespace duly
