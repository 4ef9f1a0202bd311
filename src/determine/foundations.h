#pragma once

// What a determination rests on that people should know of: figures that are not official, doubts about rules it went through, presumptions
// that stood in for facts, facts that no paper proves yet. Only what was reached through the steps that decided counts.
//
// Threads: belongs to the thread that reads.

#include "determine/evaluated.h"

namespace duly {

struct Foundations {
  std::vector<DoubtfulValue> doubtful;
  std::vector<std::string> doubts;
  std::vector<PresumedValue> presumed;
  std::vector<MissingFact> to_verify;
};

/// `household` is its number in the tile. `details` may be null, then presumptions and proofs are not known.
Foundations foundations_of(const Evaluated& e, const Labels& labels, const Household* details, std::int32_t household,
                           const std::vector<Part>& roots);

/// A fact of a row as something missing, without words.
MissingFact fact_asked(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row);
/// What the family is asked about it.
MissingFact question_about(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row);

/// `question` with the person's name in the place of `{name}`.
std::string about_person(std::string question, const std::string& name);

/// A fact's value in a row, as the table gives it.
Value given_value(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row);

/// Whether it was said at all: wholly, or within narrower ends than the dictionary's, as a birth date is by an age.
bool is_given(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row);

}  // namespace duly
