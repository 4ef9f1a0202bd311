#pragma once

// Determinations of households in a fact table, and what of them people would compare.
//
// Threads: a decider may be used by one thread at a time.

#include "determine/determine.h"
#include "support/every_program.h"

namespace duly {

class TableDecider {
 public:
  /// Fails the test that asks where there is no plan; then `ok()` is false.
  TableDecider(const TestedProgram& program, Date law_date, const std::vector<RuleId>& stated);
  [[nodiscard]] bool ok() const { return index_ != nullptr; }
  [[nodiscard]] const Plan& plan() const { return *plan_; }

  /// People are called by their number in the household, from 1.
  std::vector<Determination> decide(const FactTable& table, std::int64_t household, int trials = 256);
  /// The same from a tile that was evaluated with every value kept.
  [[nodiscard]] std::vector<Determination> decide(const Values& tile, std::int64_t household, int trials = 256) const;

 private:
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<const PlanIndex> index_;
  Values values_;
};

/// The determination that speaks of person number `person` (from 0); null if there is none.
const Determination* determination_of(const CheckedProgram& program, const std::vector<Determination>& determinations, std::size_t person);

/// Outcome, scope, remedy and, where it is due, the benefit: the first output, if it is money.
std::string decided_text(const Determination& determination);

}  // namespace duly
