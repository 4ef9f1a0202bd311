#pragma once

// All programs of this source tree: those that are shipped and those that only tests decide with.

#include <memory>
#include <string>
#include <vector>

#include "check/program.h"
#include "compile/plan.h"

namespace duly {

/// Where a program is found: its id below a folder of the source tree.
struct ProgramPlace {
  std::string folder, id;
};

struct TestedProgram {
  std::string id;
  std::shared_ptr<const CheckedProgram> checked;
};

/// Programs below `rules`, `tests/programs` and `tests/oracle/programs`, sorted in each; packs too, but no frames, which decide nobody.
std::vector<ProgramPlace> every_program();

/// Loaded once in a run. Null, and the test that asks fails, where the program has a mistake.
std::shared_ptr<const TestedProgram> load_program(const ProgramPlace& place);

/// The id as part of a test's name.
std::string test_name(const ProgramPlace& place);

/// Up to `count` months of the program's coverage, from its first to its last.
std::vector<Month> months_covered(const CheckedProgram& program, int count);

/// The day by which the program picks its law in `month`.
Date law_date_in(const CheckedProgram& program, Month month);

/// The plan for the law of `law_date`, with a node for every term that can have one; compiled once in a run. Both belong to the thread of the tests.
std::shared_ptr<const Plan> plan_of_every_term(const TestedProgram& program, Date law_date, const std::vector<RuleId>& stated);

/// Rules whose value may come with a household.
std::vector<RuleId> rules_that_may_be_stated(const Declarations& declarations);

}  // namespace duly
