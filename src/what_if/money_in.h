#pragma once

// What a household gets in a month by its own document: the amounts that the dictionary marks as `received`, whatever a program counts of them.
//
// Threads: pure functions.

#include "engine/loaded_program.h"

namespace duly {

struct MoneyIn {
  Number total;                          ///< US dollars a month
  std::vector<std::string> counted;      ///< `ana.income[0].amount`
  std::vector<std::string> not_counted;  ///< with why
};

/// A week is 12/52 of a month, and likewise days and years; what is not in force on any day of the month of `law_date` does not count.
MoneyIn money_in(const LoadedProgram& program, const Household& household, Date law_date);

}  // namespace duly
