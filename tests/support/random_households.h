#pragma once

// Households nobody would think of, for any dictionary: every fact of every type somewhere in its range and often at its ends, relations that agree
// from both sides, lists open and closed, and whatever share of it unknown. The same seed makes the same households everywhere.
//
// Threads: pure functions.

#include <random>

#include "facts/fact_table.h"

namespace duly {

/// A source of chance that gives the same numbers on every platform.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : numbers_(seed) {}
  /// From 0 to `count` - 1.
  std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : numbers_() % count; }
  std::int64_t between(std::int64_t low, std::int64_t high);
  bool percent(int share) { return below(100) < static_cast<std::uint64_t>(share); }

 private:
  std::mt19937_64 numbers_;
};

struct RandomHouseholds {
  std::uint64_t seed = 1;
  std::int64_t households = 1;
  Date law_date;                 ///< dates lie around it; it is the day of the request by which the law is picked
  std::string law_in_force_by;   ///< name of that day
  std::vector<RuleId> stated;    ///< rules whose value some households bring along
  int most_people = 12;          ///< now and then; most households are small, and one of some hundreds has 70 people where this is 12
  int most_records = 5;          ///< of one kind with one owner
  std::vector<int> unknown{0, 5, 30};  ///< percent of facts that are unknown; each household has one of these shares
  bool known_in_part =
      true;     ///< else a fact is known or not at all and relations are known, as in most documents, and no record ends before it begins
};

FactTable random_households(const Declarations& declarations, const RandomHouseholds& wanted);

}  // namespace duly
