#pragma once

// Which parts of the rules the worked cases reach, and which limits they try on one side only.
//
// A part is known by its place in the files, so that what several programs share is reached where a case of any of them reaches it. What counts as
// reached is told in docs/testing_rules.md and found in `explain/reach.h`.
//
// Threads: all functions of `Coverage` may be called at once from any number of threads.

#include <map>
#include <mutex>

#include "engine/loaded_program.h"
#include "explain/reach.h"

namespace duly {

struct CoveredPart {
  enum class Kind : std::uint8_t { rule, exemption, branch, table_row, line, group, reason, limit, value } kind = Kind::rule;
  std::string file;
  int line = 0, column = 0;
  std::string rule;         ///< the rule it stands in; of a value its parameter
  std::string text;         ///< as it is written; of a reason its word; empty for a rule
  bool rule_reached = false;
  bool reached = false;     ///< of a limit: on at least one side
  bool holds = false, fails = false;  ///< of a limit: the sides that were tried

  [[nodiscard]] bool is_missed() const { return kind == Kind::limit ? !(holds && fails) : !reached; }
};

/// `branch`, `table row`.
std::string_view to_word(CoveredPart::Kind kind);

class Coverage {
 public:
  /// The parts of the program are among those that are told.
  void add_program(const LoadedProgram& program);
  /// A household that was decided for a case, with the rules whose values the case expects.
  void add(const Decided& decided, const std::vector<RuleAt>& expected);
  /// In the order of the files.
  [[nodiscard]] std::vector<CoveredPart> parts() const;

 private:
  class ProgramParts;
  using Key = std::tuple<std::string, std::size_t, std::size_t, CoveredPart::Kind, std::string>;  ///< file, bytes, kind, text

  const ProgramParts& parts_of(const LoadedProgram& program);
  int index_of(Key key, CoveredPart part);

  mutable std::mutex mutex_;
  std::map<Key, int> index_;
  std::vector<CoveredPart> parts_;
  std::vector<bool> told_;          ///< beside them: of a program that was added
  std::vector<int> rule_of_;        ///< beside them: the part that is their rule, -1 without
  std::map<const LoadedProgram*, std::shared_ptr<const ProgramParts>> programs_;
};

/// One line for each part that no case reaches or that is tried on one side only, and last how many of each kind are.
std::string coverage_text(const std::vector<CoveredPart>& parts);
/// A JSON value.
std::string coverage_json(const std::vector<CoveredPart>& parts);

}  // namespace duly
