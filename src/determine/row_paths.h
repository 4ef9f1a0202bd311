#pragma once

// From a row of one level to its rows in others: up to what it belongs to, down to what belongs to it, and from a pair to its two ends.
//
// A person's unit is found as the evaluator forms units: people who possibly share a group are in one row, in the order of their first person.
//
// Threads: belongs to the thread that reads.

#include "determine/readings.h"

namespace duly {

class RowPaths {
 public:
  explicit RowPaths(const Readings& readings) : r_(readings), units_(readings.declarations().levels.size()) {}

  [[nodiscard]] const Rows& rows(LevelId level) const { return r_.values().rows(level); }
  [[nodiscard]] const Level& level(LevelId id) const { return r_.declarations().levels[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::int32_t household(LevelId level, std::int32_t row) const;
  /// Row of `to` that `row` belongs to; -1 for a person in no unit.
  [[nodiscard]] std::int32_t above(LevelId from, std::int32_t row, LevelId to) const;
  /// The subject or the item of a row of a cross level, brought to `to`.
  [[nodiscard]] std::int32_t end_of(LevelId from, std::int32_t row, Via via, LevelId to) const;
  [[nodiscard]] std::int32_t lifted_from(const PlanNode& lift, LevelId arg_level, std::int32_t row) const {
    return end_of(lift.level, row, lift.via, arg_level);
  }

  /// The people of a household are counted from its first: the person a row is, or is about.
  [[nodiscard]] int item_of(LevelId level, std::int32_t row) const;
  [[nodiscard]] std::int32_t person_row(std::int32_t household, int item) const { return rows(person_level).begin[household] + item; }
  [[nodiscard]] std::int32_t people_in(std::int32_t household) const {
    return rows(person_level).begin[household + 1] - rows(person_level).begin[household];
  }
  /// The row of a unit a person is in, or may be in; -1 if none.
  [[nodiscard]] std::int32_t unit_of(LevelId unit, std::int32_t person) const;
  /// The node that makes the rows of a unit or of spells; no_node if the plan has none.
  [[nodiscard]] NodeId maker_of(LevelId level) const { return r_.node_of(r_.plan().program->level_maker[static_cast<std::size_t>(level)]); }

  /// Whether rows of `from` each belong to one row of `to`, or are the same.
  [[nodiscard]] bool leads_up(LevelId from, LevelId to) const;

  /// Calls `f(row)` for each row of `below` that belongs to `row` of `level`.
  template <class F>
  void for_each_below(LevelId below, LevelId level, std::int32_t row, F f) const {
    if (below == level) return f(row);
    const Rows& candidates = rows(below);
    const std::int32_t h = household(level, row);
    if (candidates.begin == nullptr || h < 0) return;
    for (std::int32_t r = candidates.begin[h]; r < candidates.begin[h + 1]; ++r)
      if (above(below, r, level) == row) f(r);
  }

 private:
  [[nodiscard]] bool is_cross(LevelId id) const;
  void form_units(LevelId unit, std::vector<std::int32_t>& of_person) const;

  const Readings& r_;
  mutable std::vector<std::vector<std::int32_t>> units_;  ///< by level: unit of each person, once asked for
};

}  // namespace duly
