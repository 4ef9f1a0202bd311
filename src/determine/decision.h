#pragma once

// What the outcome lines of the program say of one row, and on which nodes it hangs.
//
// Threads: belongs to the thread that reads.

#include "determine/evaluated.h"

namespace duly {

struct Decision {
  enum class Kind : std::uint8_t {
    line,         ///< an outcome line surely holds, and what is due is known: `line`
    ineligible,   ///< none can hold
    not_decided,  ///< the program does not decide this row
    outside,      ///< the person is in no unit
    undefined,    ///< a value that is needed does not exist: `undefined_at`
    open,         ///< not settled
  } kind = Kind::open;
  int line = -1;             ///< of the program's outcomes; also of `open` where the line is known and the benefit is not
  NodeId undefined_at = no_node;
  std::string benefit;       ///< of an eligible line, as exact text
  [[nodiscard]] bool settled() const { return kind != Kind::open; }
  bool operator==(const Decision& other) const { return kind == other.kind && line == other.line && benefit == other.benefit; }
};

/// Whether the benefit is written out, or it is only looked whether it is known.
enum class Benefit : std::uint8_t { written, looked_at };
Decision decision_of(const Evaluated& e, std::int32_t row, Benefit how = Benefit::written);

/// The nodes an open decision hangs on.
std::vector<Part> deciding_parts(const Evaluated& e, std::int32_t row);

/// Whether the people of the row's unit are not surely together, or those of another unit of the household that it may read from: the values of
/// such a row are those of one of the units it may turn out to be.
bool is_open_unit(const Evaluated& e, std::int32_t row);

/// Whether those units are settled, in their rows.
std::vector<Part> forming_parts(const Evaluated& e, std::int32_t row);
/// The same with the groups of the people in them: all that forming them may hang on.
std::vector<Part> forming_causes(const Evaluated& e, std::int32_t row);

bool is_eligible(const PlanOutcome& line);

/// What an outcome line gives.
Outcome outcome_of(const PlanOutcome& line);
/// What a decision comes to; one that does not exist is an error.
Outcome outcome_of(const Plan& plan, const Decision& decision);

/// The benefit month of a household of the tile, empty where it is not known.
std::string benefit_month_of(const Evaluated& e, std::int32_t household);

/// A program's output of a row.
Value output_of(const Evaluated& e, const PlanOutput& output, std::int32_t row, const PeopleNames& people);
/// The same for a column of results, which has ends for the benefit only: any other value that is open is not known.
Value output_in_column(const Evaluated& e, const PlanOutput& output, std::int32_t row, const PeopleNames& people);

}  // namespace duly
