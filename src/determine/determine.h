#pragma once

// What a program decides about each subject of one household, read from an evaluation: the outcome, what is due, why, and what is missing.
//
// Pure: the same plan, facts and household give the same determinations, alone or beside others. Texts in languages are added by `render`.
//
// Threads: no shared state; plan index and fact tables may be shared by any number of threads.

#include <span>

#include "determine/household_copies.h"
#include "determine/plan_index.h"
#include "duly/determination.h"
#include "evaluate/values.h"
#include "facts/household.h"

namespace duly {

/// What a determination is to tell: everything, or what columns of results hold (`determine/decided_columns.h`), not what it rests on.
enum class Told : std::uint8_t { everything, columns };

struct DetermineInput {
  const PlanIndex& index;
  const Values& values;                        ///< every value can be read (`Keep::everything`)
  std::int64_t household = 0;                  ///< its number in the fact table of `values`
  const Household* household_details = nullptr;  ///< names, presumptions, what was stated; null in bulk
  int trials = 256;                            ///< most combinations of missing facts that are tried
  Told told = Told::everything;
  const std::vector<std::string>* outputs = nullptr;  ///< names of those that are told; null for all
  CopiesMemory* memory = nullptr;              ///< what trials use again; null: taken and given back
};

/// One for each row of the decided level that the program decides, in the order of the document.
std::vector<Determination> determine(const DetermineInput& input);
/// The same of each of several households of one evaluation; what is open in them is tried together. Precondition: they differ in the household only.
std::vector<std::vector<Determination>> determine(std::span<const DetermineInput> inputs);

}  // namespace duly
