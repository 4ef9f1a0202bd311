#pragma once

// Households for the SNAP chain, as columns: all facts known, amounts spread as in a caseload, the same ones every time.
//
// Threads: immutable once made.

#include <random>

#include "facts/fact_table.h"
#include "snap_chain_by_hand.h"

namespace duly::bench {

class Caseload {
 public:
  Caseload(const Declarations& declarations, std::int64_t households);

  [[nodiscard]] const FactTable& table() const { return table_; }
  [[nodiscard]] const SnapColumns& columns() const { return columns_; }  ///< the same memory, as the chain by hand reads it
  [[nodiscard]] std::int64_t households() const { return table_.households; }

 private:
  void fill(const Fact& fact, FactColumn& column);
  std::int64_t size_of_unit();
  std::int64_t pick(std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random_); }
  std::int64_t one_in(std::int64_t households, std::int64_t cents) { return pick(1, households) == 1 ? pick(1, cents) : 0; }

  FactTable table_;
  SnapColumns columns_{};
  std::mt19937_64 random_{1};
};

}  // namespace duly::bench
