#pragma once

// Which values a result rests on: the parts of its roots, their parts, and so on down to the facts (`parts.h` says which parts a value has).
// Every argument stands before its node, so one sweep from the last node to the first reaches each value once. The rows reached of a node are
// one word; of a set its members are kept apart.
//
// Threads: belongs to the thread that reads.

#include <bit>

#include "base/at.h"
#include "determine/evaluated.h"

namespace duly {

/// Beside the kinds of `PlanIndex::Worth`: every node is worth visiting.
inline constexpr std::uint8_t any_node = 0x80;

/// Whether a node is worth being told of, not only what lies below it.
inline bool is_wanted_itself(const Evaluated& e, NodeId node, std::uint8_t wanted) { return ((e.index.worth_itself(node) | any_node) & wanted) != 0; }

class Reached {
 public:
  /// Nodes that are not worth visiting for `wanted` (`PlanIndex::Worth`, or `any_node`) are passed over with all below them.
  Reached(const Evaluated& e, std::int32_t household, std::uint8_t wanted);

  /// Whether the household has so few rows on every level that a word holds them. If not, the result must be walked part by part.
  [[nodiscard]] bool fits() const { return fits_; }

  void add(const Part& part);

  /// Calls `f(node, row)` for each value reached that is wanted itself, from the last node to the first.
  template <class F>
  void for_each(F f) {
    for (auto node = static_cast<NodeId>(rows_.size()); node-- > 0;) {
      if (rows_[at(node)] == 0) continue;
      const std::int32_t first = level_of(node).first;
      if (is_wanted_itself(e_, node, wanted_))
        for (std::uint64_t rest = rows_[at(node)]; rest != 0; rest &= rest - 1) f(node, first + std::countr_zero(rest));
      spread(node);
    }
  }

 private:
  struct RowsOfLevel {
    std::int32_t first = 0, count = 0;
  };
  struct Member {
    NodeId node;
    std::int32_t row;
    int item;
    int next;  ///< of the same node; -1 at the end
  };

  [[nodiscard]] const RowsOfLevel& rows_of(LevelId level) const { return levels_[at(level)]; }
  [[nodiscard]] const RowsOfLevel& level_of(NodeId node) const { return rows_of(e_.r.node(node).level); }
  [[nodiscard]] bool is_wanted(NodeId node) const { return ((e_.index.worth_visiting(node) | any_node) & wanted_) != 0; }

  /// The world has one row.
  [[nodiscard]] std::int8_t row_in_household(LevelId level, std::int32_t row) const {
    return static_cast<std::int8_t>(row < 0 ? -1 : level == world_level ? 0 : row - rows_of(level).first);
  }

  void add_rows(NodeId arg, LevelId level, std::uint64_t rows, Via via = Via::parent);
  void add_member(const Part& part);
  void spread(NodeId node);
  void spread_one_by_one(NodeId node);
  void conditions(const PlanNode& node, std::uint64_t rows);
  void branches(const PlanNode& node, std::uint64_t rows);
  bool rows_below(const PlanNode& node, std::uint64_t rows);
  void lifted(const PlanNode& node, std::uint64_t rows);
  void rows_of_members(NodeId set);
  void group_steps(NodeId id, std::uint64_t people);
  [[nodiscard]] std::uint64_t may_be_with(NodeId groups, std::uint64_t person) const;
  void add_people(NodeId arg, std::uint64_t people);
  [[nodiscard]] bool is_known(NodeId node) const;
  [[nodiscard]] std::uint64_t word(LevelId level, const void* bits) const;
  /// What may be true, false and undefined of a truth in the rows of the household.
  struct Truths {
    std::uint64_t yes, no, undefined;
  };
  [[nodiscard]] Truths truths(NodeId node) const;
  /// The rows of `to` that rows of `from` belong to, or of which they are pairs, one after the other; -1 where there is none.
  const std::int8_t* above(LevelId from, LevelId to, Via via = Via::parent);

  const Evaluated& e_;
  std::uint8_t wanted_;
  bool fits_ = true;
  std::vector<RowsOfLevel> levels_;
  std::vector<std::uint64_t> rows_;       ///< by node
  std::vector<int> members_of_;           ///< by node: the first of its members reached, -1 if none; empty before any set is reached
  std::vector<Member> members_;
  std::vector<std::int16_t> above_at_;    ///< by pair of levels and way: one more than where their rows begin in `above_`
  std::vector<std::int8_t> above_;
  std::vector<Part> parts_;
};

/// Calls `f(node, row)` for each value wanted itself that `roots` rest on in one household; of a set once for each member asked of, where it has many
/// rows.
template <class F>
void for_each_reached(const Evaluated& e, std::int32_t household, std::uint8_t wanted, const std::vector<Part>& roots, F f) {
  Reached reached(e, household, wanted);
  if (reached.fits()) {
    for (const Part& root : roots) reached.add(root);
    return reached.for_each(f);
  }
  std::vector<Part> waiting = roots;
  std::vector<Part> parts;
  Seen seen;
  while (!waiting.empty()) {
    const Part part = waiting.back();
    waiting.pop_back();
    if (part.node == no_node || ((e.index.worth_visiting(part.node) | any_node) & wanted) == 0 || !seen.add(part)) continue;
    if (is_wanted_itself(e, part.node, wanted)) f(part.node, part.row);
    parts.clear();
    e.parts.add_parts(part, parts);
    waiting.insert(waiting.end(), parts.begin(), parts.end());
  }
}

}  // namespace duly
