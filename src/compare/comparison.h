#pragma once

// Two sets of rules, or two months under one, over the same caseload: what is another in the rules, and for whom that changes what.
//
// Threads: uses several inside the call.

#include "batch/run.h"
#include "compare/caseload_changes.h"
#include "compare/first_difference.h"
#include "compare/rule_changes.h"

namespace duly {

struct ComparedSide {
  std::string name;                        ///< as people call it: a folder, a commit, a month
  std::shared_ptr<const RuleFiles> rules;
  std::string month;                       ///< benefit month of all, YYYY-MM; empty: what households say
};

struct CompareOptions {
  std::string program;
  std::string input;                       ///< caseload: a folder of tables, or documents one a line
  std::string workplace;                   ///< an empty folder for both runs, `before` and `after`
  ChangeOptions changes;
  int threads = 0;
  int trials = 256;
  std::function<bool(const RunProgress&)> progress{};
};

/// A subject that loses, with where the two ways part.
struct ComparedSubject {
  SubjectChange change;
  std::optional<FirstDifference> first;
  std::string before, after;               ///< both explanations as text
};

struct RulesComparison {
  std::string program, program_title, benefit, benefit_title;
  std::string before_name, after_name;
  std::vector<RuleChange> rules;
  Summary before, after;
  CaseloadChanges changes;
  std::vector<ComparedSubject> worst;
};

/// Errors: those of `run_batch`, of the rules on either side, E512 for a column that is not there.
Result<RulesComparison> compare(const ComparedSide& before, const ComparedSide& after, const CompareOptions& options);

std::string to_text(const RulesComparison& comparison, int width);
std::string to_json(const RulesComparison& comparison);
/// One page that stands alone, with charts of the changes and both explanations of those who lose most side by side. `chart_script` as for a sweep.
std::string to_html(const RulesComparison& comparison, std::string_view chart_script = {});
/// A row for each subject whose outcome or benefit changed.
std::string to_csv(const std::vector<SubjectChange>& changes);

/// The rules with one figure of `program` in the place of its own: of every day and, of a table, of every row. Errors: E504 where the name is none of its
/// figures; what is wrong with the value is told when the rules are read.
Result<std::shared_ptr<const RuleFiles>> with_figure(const std::shared_ptr<const RuleFiles>& rules, const std::string& program,
                                                     const std::string& name, const std::string& value);

/// The rules with the definitions of `overlay`, a file of figures and rules like a chapter, in the place of those of `program` with the same names; new
/// names are added. `program:` in the file goes before `program`. Errors: E1xx of the file, E202.
Result<std::shared_ptr<const RuleFiles>> with_overlay(const std::shared_ptr<const RuleFiles>& rules, const std::string& program,
                                                      const SourcePtr& overlay);

}  // namespace duly
