#pragma once

// What a fact is called where people read it: by its title, or by its name with blanks, and by whose it is.
//
// Threads: pure functions.

#include "determine/evaluated.h"
#include "facts/document_change.h"

namespace duly {

/// `ana: wages and salary`, `rent`, `ana: income[0] amount`.
std::string words_of_path(const DictionaryIndex& index, const std::string& path, const FactOfPath& of);

/// The same of a fact in a row of an evaluation; of an amount in a record with a word for its kind that word: `ana: wages and salary`.
std::string words_of_fact(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row);

}  // namespace duly
