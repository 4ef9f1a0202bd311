#pragma once

// The plan of a checked program for one day of law: versions and parameters in force chosen, constants folded, ranges proven, every number given its
// lane and denominator.

#include "compile/plan.h"

namespace duly {

struct CompileOptions {
  std::vector<RuleId> stated;  ///< rules whose value may come stated
  /// Further terms that must have a node, such as every rule for an explained run. Empty: what the outcome and outputs reach.
  std::vector<TermId> also;
};

/// Days on which any value, version or line of the program begins or ends, sorted.
std::vector<Date> law_changes(const CheckedProgram& program);

/// Builds the plan for the stretch of law that holds `law_date`. Errors: E164 for a table too large to lay out, E900.
Result<std::shared_ptr<const Plan>> plan_from_program(std::shared_ptr<const CheckedProgram> program, Date law_date, const CompileOptions& options);

/// The plan as text, one node a line, with shapes, ranges and the number of operations.
std::string to_text(const Plan& plan);

}  // namespace duly
