#pragma once

// What stands together in a screening that is shown: people of whom the same is said, and of whom the same is asked.
//
// Threads: pure functions.

#include "duly/screening.h"

namespace duly {

/// A program's decision of one unit or person, or of several people of whom it says the same.
struct ScreeningRow {
  const Screened* told;  ///< the first of them
  std::string who;       ///< `ana`; `leo and mia, each`
};

/// In the order of the screening. People stand together where they follow each other and everything that is shown of them is alike, in `language`.
std::vector<ScreeningRow> screening_rows(const Screening& screening, const std::string& language);

/// A fact that is asked for or wants proof, or the same of several people.
struct QuestionRow {
  const SharedFact* asked;  ///< the first of them
  std::string words;        ///< `Is ana blind? The same of leo and mia. (ana.blind, leo.blind and mia.blind)`
};

/// In their order. Facts of people stand together where they follow each other and everything that is shown beside the question is alike.
std::vector<QuestionRow> question_rows(const std::vector<SharedFact>& facts);

}  // namespace duly
