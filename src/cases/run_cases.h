#pragma once

// The worked cases beside the rules, run: `PROGRAM/cases/*.yaml` of each program.
//
// Threads: uses several inside the call; the result is the same on any number.

#include <functional>

#include "cases/coverage.h"

namespace duly {

/// A case that came out differently: the first value that differs.
struct CaseFailure {
  std::string program;
  std::string sentence;
  int row = 0;             ///< of the case's grid; 0 where it has none
  std::string subject;     ///< empty where the whole household is meant
  std::string name;        ///< `outcome`, the name of a rule
  std::string expected, got;
  std::string because;     ///< how `got` came about: a formula with its numbers, or what decided the outcome; empty where nothing is to be told
  Diagnostic diagnostic;   ///< E506 with its place; what could not be read or decided comes with the reason's own code in the message
};

struct ProgramCases {
  std::string program;
  std::size_t passed = 0, failed = 0;
};

/// One try, as a test report lists it.
struct CaseResult {
  std::size_t program = 0;  ///< index into CasesRun::programs
  std::string sentence, file;
  int row = 0, line = 0;
  std::int64_t microseconds = 0;  ///< 0 without a clock
  int failure = -1;         ///< index into CasesRun::failures, -1 where it passed
};

struct CasesRun {
  std::vector<ProgramCases> programs;   ///< those that have cases, in the order of their names
  std::vector<CaseResult> results;      ///< in the order of programs, files and cases
  std::vector<CaseFailure> failures;    ///< in the same order
  std::vector<Diagnostic> errors;       ///< rules and case files that could not be read
  std::vector<CoveredPart> coverage;    ///< where it was asked for
  [[nodiscard]] std::size_t passed() const;
  [[nodiscard]] std::size_t failed() const;
};

struct CasesOptions {
  std::vector<std::string> programs;    ///< empty: all; those without cases count for the coverage
  int threads = 0;                      ///< 0: as many as the machine has
  bool coverage = false;
  std::function<std::int64_t()> microseconds{};  ///< a clock that only goes on, asked from several threads; may be empty
};

/// Runs them. A program that does not exist is told in `errors` (E202).
CasesRun run_cases(const std::shared_ptr<const RuleFiles>& files, const CasesOptions& options);

/// One line for each failure, one for each of several programs, then what is not covered, and last `N passed, N failed`.
std::string to_text(const CasesRun& run);
std::string to_json(const CasesRun& run);
/// JUnit XML, a suite for each program and one for what could not be read.
std::string to_junit(const CasesRun& run);

}  // namespace duly
