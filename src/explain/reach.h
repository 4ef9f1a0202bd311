#pragma once

// Which parts of the rules, as their author wrote them, the determinations of one household rest on: rules, the branch or line that settled each,
// rows of tables, reasons, and on which side of each limit its values lay. Read from the columns that the evaluation left, by the same walk as
// everything else that is told of a determination (`determine/reached.h`).
//
// Threads: `WrittenTerms` is immutable once built and shared; the rest belongs to the thread that reads.

#include <unordered_map>

#include "determine/determine.h"

namespace duly {

/// What the formulas of a program name, down to the rules they name.
class WrittenTerms {
 public:
  explicit WrittenTerms(const CheckedProgram& program);

  struct Named {
    std::vector<TermId> limits;    ///< comparisons by size: <, <=, >, >=
    std::vector<TermId> figures;   ///< parameters without keys
    std::vector<RuleId> rules;
  };
  /// `root` is the term of a formula, or the condition of a line.
  [[nodiscard]] const Named& below(TermId root) const;

 private:
  void add(TermId root);

  const CheckedProgram& program_;
  std::unordered_map<TermId, Named> named_;
};

/// The terms that the body of a rule is written with, each once.
std::vector<TermId> written_in(const CheckedBody& body);

struct Reach {
  std::vector<RuleId> rules;                      ///< each once
  std::vector<const CheckedLine*> lines;          ///< that settled their rule; of the steps that form units, that held for somebody
  std::vector<const CheckedBody::Group*> groups;  ///< that were picked
  std::vector<const CheckedBody*> exempt;         ///< of tests, that somebody was exempt from
  std::vector<const ParameterRow*> rows;          ///< whose value was used
  std::vector<std::string> reasons;               ///< words that were given
  struct Side {
    TermId limit;
    bool holds;
  };
  std::vector<Side> sides;
};

/// A rule in a row of its level.
struct RuleAt {
  RuleId rule;
  std::int32_t row;
};

/// `determinations` are those that `determine` gave for `input`. `also` are values that were looked at beside them.
Reach reach_of(const DetermineInput& input, const std::vector<Determination>& determinations, const std::vector<RuleAt>& also,
               const WrittenTerms& written);

}  // namespace duly
