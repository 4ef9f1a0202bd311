#pragma once

// One fact of a household document changed by name, as the `change` and the rows of a worked case do, and a sweep: the fact by its path, whatever
// spelling the document uses for it now.
//
//   rent, state, benefit_month      a fact of the household, the place, the world or the request
//   ana.works                       a fact of a person
//   ana.income, expenses            a list: the new value replaces it, short forms included
//   ana.wages, rent                 a record in short form: replaces the records of its kind
//   ana.income[0].amount            a field of one record
//
// The value `unknown` makes the fact unknown, whatever `rest` says.
//
// Threads: no shared state.

#include "facts/dictionary_index.h"

namespace duly {

/// Changes `document`. A path that means nothing is told in `errors`: E104 with what it may have meant,
/// E140 for a wrong shape, E303 for somebody who is not in the document.
void change_document(const DictionaryIndex& index, Node& document, const Node& path, const Node& value, std::vector<Diagnostic>& errors);

/// The one fact that a path means.
struct FactOfPath {
  FactId fact = -1;
  bool as_age = false;  ///< given as completed years
};
/// Nothing where the path means a list, a relation or no fact at all.
std::optional<FactOfPath> fact_of_path(const DictionaryIndex& index, std::string_view path);

/// Whether `path` names something that can be changed in a document with these people.
bool can_be_changed(const DictionaryIndex& index, const Node& document, std::string_view path);

/// Whether `name` is a person of the document.
bool is_person(const Node& document, std::string_view name);

}  // namespace duly
