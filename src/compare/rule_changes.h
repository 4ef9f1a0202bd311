#pragma once

// What is another in one set of rules than in another: rules added, removed and rewritten, and figures by their dates.
//
// Threads: pure functions.

#include "duly/ruleset.h"

namespace duly {

struct RuleChange {
  enum class Kind : std::uint8_t { added, removed, rewritten, value } kind = Kind::rewritten;
  std::string name, title, cite;  ///< as the later rules have them; of what was removed, as the earlier ones
  std::string keys;    ///< of a figure of a table: `state = TX, size = 3`
  std::string from;    ///< of a figure: its first day in law
  std::string before;  ///< the figure as people read it, empty where there was none; of a rule its text
  std::string after;
  std::string file;    ///< where it stands, of the later rules if they have it
  std::int32_t line = 0;

  bool operator==(const RuleChange&) const = default;
};

/// In the order of names; a figure after the rule of its name. Errors: E202, E1xx of the program in either.
Result<std::vector<RuleChange>> rule_changes(const Ruleset& before, const Ruleset& after, const std::string& program);

/// Figures of one set of rules that come into force after the first day of month `before`, until that of `after` (both YYYY-MM).
Result<std::vector<RuleChange>> figures_between(const Ruleset& rules, const std::string& program, const std::string& before,
                                                const std::string& after);

}  // namespace duly
