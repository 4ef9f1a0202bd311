#pragma once

// Where a household lives, as far as it is known, and which packs cover it.
//
// Threads: no shared state.

#include "engine/programs.h"

namespace duly {

/// By fact of the place: which words it may still be. A fact that is not in here may be every word of its list.
using PossiblePlace = std::map<FactId, std::vector<bool>>;

/// Reads `place` of a document against a dictionary. Values that cannot be read are left to whoever reads the whole document.
PossiblePlace possible_place(const LoadedProgram& program, const Node& document);

enum class Covered : std::uint8_t { no, perhaps, yes };

/// The words that the head of a pack covers, by the dictionary of its base; nothing where the head names what is not there.
std::optional<std::vector<ProgramDecl::Cover>> covers_of(const LoadedProgram& base, const PackHead& head);

Covered covered(const std::vector<ProgramDecl::Cover>& covers, const PossiblePlace& place);

/// A place that both cover, in words; nothing where there is none.
std::optional<std::string> covered_by_both(const LoadedProgram& base, const PackHead& a, const PackHead& b);

/// `state = AA, BB or county = CC`: the places, for people.
std::string to_text(const LoadedProgram& program, const std::vector<ProgramDecl::Cover>& covers);

}  // namespace duly
