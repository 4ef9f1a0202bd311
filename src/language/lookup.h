#pragma once

// From a place in a file to what the name there stands for, and from that to every place where it is named.
//
// Threads: belongs to the thread of the workspace.

#include "language/workspace.h"

namespace duly {

/// A declaration as one program sees it.
struct FoundThing {
  std::shared_ptr<const ProgramNames> names;
  const NamedThing* thing = nullptr;  ///< of `names`
  FilePlace at;                       ///< the name that was asked about, in the text as it is now
};

/// What the name at a byte stands for in the program nearest to the file. Several where that program cannot be read and the name alone must tell.
std::vector<FoundThing> things_at(RuleWorkspace& rules, const std::string& path, std::size_t offset);

/// A place of the index in the text as it is now; nothing where it was edited away.
std::optional<FilePlace> place_now(const RuleWorkspace& rules, const ProgramNames& names, const FilePlace& place);

/// Every place, in files of rules and of cases, where what stands at a byte is named, its declarations among them; and those declarations.
struct NamedPlaces {
  std::set<FilePlace> places;
  std::set<FilePlace> declared;
};
NamedPlaces places_of(RuleWorkspace& rules, const std::string& path, std::size_t offset);

}  // namespace duly
