#pragma once

// The worked cases beside the rules, run: `PROGRAM/cases/*.yaml` of each program.
//
// Threads: uses several inside the call; the result is the same on any number.

#include "duly/diagnostic.h"
#include "resolve/rule_files.h"

namespace duly {

/// A case that came out differently: the first value that differs.
struct CaseFailure {
  std::string program;
  std::string sentence;
  int row = 0;             ///< of the case's grid; 0 where it has none
  std::string subject;     ///< empty where the whole household is meant
  std::string name;        ///< `outcome`, the name of a rule
  std::string expected, got;
  Diagnostic diagnostic;   ///< E506 with its place; what could not be read or decided comes with the reason's own code in the message
};

struct ProgramCases {
  std::string program;
  std::size_t passed = 0, failed = 0;
};

struct CasesRun {
  std::vector<ProgramCases> programs;   ///< those that have cases, in the order of their names
  std::vector<CaseFailure> failures;    ///< in the order of programs, files and cases
  std::vector<Diagnostic> errors;       ///< rules and case files that could not be read
  [[nodiscard]] std::size_t passed() const;
  [[nodiscard]] std::size_t failed() const;
};

struct CasesOptions {
  std::vector<std::string> programs;    ///< empty: all that have cases
  int threads = 0;                      ///< 0: as many as the machine has
};

/// Runs them. A program that does not exist is told in `errors` (E202).
CasesRun run_cases(const std::shared_ptr<const RuleFiles>& files, const CasesOptions& options);

/// One line for each failure, one for each of several programs, and last `N passed, N failed`.
std::string to_text(const CasesRun& run);
std::string to_json(const CasesRun& run);

}  // namespace duly
