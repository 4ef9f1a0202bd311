#pragma once

// Values of rules for the households of one evaluated tile.
//
// Threads: belongs to the thread that reads.

#include "determine/evaluated.h"

namespace duly {

class TileValues {
 public:
  TileValues(const PlanIndex& index, const Values& values) : evaluated_(index, values) {}

  /// The value of a rule for `subject`, a person of `people`; where it is empty for the only unit or person of the household.
  /// Otherwise why there is none.
  [[nodiscard]] std::variant<Value, std::string> value(RuleId rule, std::int32_t household, const std::string& subject,
                                                       const PeopleNames& people) const;

 private:
  [[nodiscard]] std::variant<std::int32_t, std::string> row(LevelId level, std::int32_t household, const std::string& subject,
                                                            const PeopleNames& people) const;
  [[nodiscard]] std::variant<std::int32_t, std::string> only_row(LevelId level, std::int32_t household) const;

  Evaluated evaluated_;
};

}  // namespace duly
