#pragma once

// The SNAP chain of `rules/snap_chain` written by hand: what the evaluator is measured against.
//
// Threads: pure functions.

#include <cstddef>
#include <cstdint>

namespace duly::bench {

/// The facts of many households, in whole cents; the last one a bitmap.
struct SnapColumns {
  const std::int64_t* unit_size;
  const std::int64_t* earned_income;
  const std::int64_t* unearned_income;
  const std::int64_t* medical_expenses;
  const std::int64_t* dependent_care_costs;
  const std::int64_t* child_support_paid;
  const std::int64_t* rent;
  const std::int64_t* utility_allowance;
  const std::uint64_t* elderly_or_disabled;
};

/// The monthly allotment of each household, in whole cents: one call a household.
void allotments_by_hand(const SnapColumns& facts, std::size_t households, std::int64_t* allotments);

}  // namespace duly::bench
