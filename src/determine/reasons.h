#pragma once

// What is said of a test of the program: that it failed, passed or was exempt, by which line, and what was compared with what.
//
// Threads: belongs to the thread that reads.

#include "determine/terms_at.h"

namespace duly {

/// Two numbers that were compared, in their rows.
struct Comparison {
  NodeId node = no_node;  ///< no_node: nothing was compared
  std::int32_t row = 0;
};

/// How far down a comparison is looked for: in the condition as it is written, or also in the rules that it names.
enum class Depth : std::uint8_t { as_written, through_rules };

/// The comparison that settled a condition: looked for through conjunctions, negations and the branches that were taken.
Comparison deciding_comparison(const Evaluated& e, NodeId condition, std::int32_t row, Depth depth = Depth::through_rules);

/// Fills in what was compared with what, and by how much they differ, where the condition hangs on such a comparison.
void add_comparison(const Evaluated& e, NodeId condition, std::int32_t row, Depth depth, Reason& out);

/// The line of a body that settled it, as an index into its lines; -1 where no one line did.
int deciding_line(const Evaluated& e, const CheckedBody& body, LevelId level, std::int32_t row, bool holds);

enum class TestState : std::uint8_t { failed, passed, exempt, unknown };
TestState state_of(const Evaluated& e, const PlanRequirement& requirement, std::int32_t row);

/// The word of the reason that a test gives where it failed.
const std::string& failed_code(const Evaluated& e, const PlanRequirement& requirement, std::int32_t row);

/// The reason, or the part of the basis, that a test gives in its state. `row` is of `level`: the decided one, or people of a unit whose test takes
/// a person out.
Reason told_of_test(const Evaluated& e, const Labels& labels, const PlanRequirement& requirement, LevelId level, std::int32_t row, TestState state);

/// What the wording of `code` names, with its values for the row.
std::vector<NamedValue> named_values(const Evaluated& e, const Labels& labels, const std::string& code, LevelId level, std::int32_t row);

}  // namespace duly
