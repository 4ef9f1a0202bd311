#pragma once

// What texts, pages and charts of a sweep say alike.
//
// Threads: pure functions.

#include "base/number.h"
#include "duly/what_if.h"

namespace duly {

/// `$1,697.50`, `35 hours per week`, `yes`: a value of the fact as people read it.
std::string value_words(const SweptFact& fact, const std::string& value);
/// `us/help: ana, leo and mia`.
std::string subject_words(const SweptSubject& subject);
/// `$291.00`, `eligible`, `-`, `pending`: of a table's cell.
std::string decision_words(const SweptSubject& subject, const SweptDecision& decision);
/// `eligible with $291.00 -> ineligible`.
std::string change_words(const SweptChange& change);
/// `Gross income test, 7 CFR 273.9(a)(1): $2,811.01 against $2,811.00`.
std::string cause_words(const TurnCause& cause);
/// `$291.00 a month less`, or that somebody is no longer eligible.
std::string loss_words(const SweptTurn& turn);
/// Where the net is again what it was.
std::string made_up_words(const Sweep& sweep, const SweptTurn& turn);
/// How the net is made up, and what was decided: sentences.
std::vector<std::string> explained(const Sweep& sweep);
std::string sweep_title(const Sweep& sweep);

/// The number in a value or an amount, without its unit; nothing where it is none.
std::optional<Number> number_in(const std::string& text);

/// Whether every value of the varied fact is a number, so that it has a place on an axis.
bool is_along_numbers(const Sweep& sweep);

/// From the first to the last of values next to each other with which somebody is eligible.
struct ServedRange {
  Number from, to;
};
/// Where `subject`, an index, is eligible in a sweep along one fact: nothing changes between points and turns.
std::vector<ServedRange> served_ranges(const Sweep& sweep, std::size_t subject);

}  // namespace duly
