#pragma once

// How parts of a determination are said, alike in text and on pages.
//
// Threads: pure functions.

#include <string>
#include <string_view>

#include "duly/render.h"

namespace duly {

/// `NOT ELIGIBLE`, `ELIGIBLE, emergency_only`.
std::string outcome_in_capitals(const Determination& d);
/// The month written out, from `YYYY-MM`; empty for none.
std::string month_in_words(const std::string& month);
std::string title_or_name(const std::string& title, const std::string& name);
std::string dotted(const std::string& of, const std::string& name);
/// `text` and, where there is something to add, `before`, `added` and `after`.
std::string with(std::string text, std::string_view before, std::string_view added, std::string_view after = "");
/// The sentence of a reason in `language`, in another where that lacks, empty without wording.
std::string sentence_of(const Reason& reason, const std::string& language);
/// `$1,684.00 a month, limit $3,665.00 a month, apart by $1,981.00`; empty where nothing was compared.
std::string comparison_of(const Reason& reason);
/// What stands above the tests that settled the outcome, where there is no reason of its own.
std::string_view heading_of_basis(const Determination& d);
/// What stands above the outputs of whom the program refuses: figures that were computed on the way, of which nothing is given.
inline constexpr std::string_view heading_of_computed = "Computed, though not eligible";
/// Whether an output is shown: while much is pending, not one of which nothing is known; of a refusal, none that is open. Of whom something is given also
/// what is not known of it.
bool is_shown(const Determination& d, const NamedValue& output);
/// Who was decided: `ana and leo`, or the household.
std::string people_of(const Determination& d);
/// A question with the name of its fact: `How much is it? (expenses[0].amount)`.
std::string question_of(const MissingFact& fact);

/// The words that may be the answer; of a long list the first, and how many there are.
std::string choices_of(const MissingFact& fact);
/// `birth certificate or identity card`: what shows a fact that is to be verified; empty where no paper is named.
std::string papers_of(const MissingFact& fact);

}  // namespace duly
