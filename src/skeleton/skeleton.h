#pragma once

// The first files of a new program, or of a pack for a place on a program that is there: small, sound, and with cases that pass, so that whoever writes
// rules begins from something that works and changes it piece by piece.
//
// Threads: no shared state.

#include "base/date.h"
#include "resolve/rule_files.h"

namespace duly {

struct SkeletonFile {
  std::string path;  ///< below the rules folder
  std::string text;
};

/// A program of its own, with a fact, a limit, a test, a benefit, wordings in one language, and cases on both sides of the limit.
/// `id` is the folder of the program below the rules folder; its values hold from the first of the month of `today`.
/// Errors: E504 if `id` cannot be one.
Result<std::vector<SkeletonFile>> program_skeleton(const std::string& id, Date today);

struct PackWishes {
  std::string id;  ///< the folder of the pack below the rules folder
  std::string extends;  ///< its base; empty: the program whose folder is `id` without one of its parts
  std::string covers;  ///< `fact=WORD` of the place; empty: the word of a fact of the place that the part left out is
};

/// A pack that says where it holds and replaces nothing yet, and a case decided by it. Errors: E504 if the wishes cannot be met, E202 and E1xx of the
/// base, and whatever keeps a household of that place from being decided.
Result<std::vector<SkeletonFile>> pack_skeleton(const std::shared_ptr<const RuleFiles>& files, const PackWishes& wishes, Date today);

}  // namespace duly
