#pragma once

// What sound rules still lack, or will lack soon: checks and figures that fall due, months that run out, sources without a date, rules that no case
// tries, languages without wordings. `duly check` tells what is wrong; this tells what to look after. The day is given, never read from a clock.
//
// Threads: `lint` uses several inside the call where cases are run.

#include "base/date.h"
#include "resolve/rule_files.h"

namespace duly {

struct LintOptions {
  std::vector<std::string> programs;  ///< empty: all
  Date today;
  int within_months = 3;              ///< how far ahead months and figures that run out are told
  int checked_months = 12;            ///< how old the last check of a program may be
  bool cases = false;                 ///< also run the worked cases and tell which rules none of them reaches
  int threads = 0;                    ///< of the cases; 0: as many as the machine has
};

struct LintRun {
  std::size_t programs = 0;           ///< that were looked at
  std::vector<Diagnostic> found;      ///< warnings E180 to E186, each once, in the order of the files
  std::vector<Diagnostic> errors;     ///< E202, and what is wrong with rules or cases: those could not be looked at
};

LintRun lint(const std::shared_ptr<const RuleFiles>& files, const LintOptions& options);

}  // namespace duly
