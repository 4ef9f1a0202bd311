#pragma once

// Small plans and fact tables built by hand: households of given sizes, facts filled in row by row or at random, nodes added one by one.

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "evaluate/dispatch.h"
#include "evaluate/values.h"

namespace duly::test {

inline constexpr LevelId income_level = 4;       ///< records of a person
inline constexpr LevelId bill_level = 5;         ///< records of a household
inline constexpr LevelId unit_level = 6;
inline constexpr LevelId unit_person_level = 7;
inline constexpr LevelId unit_bill_level = 8;
inline constexpr LevelId spell_level = 9;
inline constexpr RuleId partition_rule = 0;

/// What a truth, or any value, may be.
enum May : unsigned { none = 0, yes = 1, no = 2, undefined = 4, open = yes | no };

/// One row of a fact.
struct Cell {
  std::int64_t low = 0, high = 0;
  unsigned truth = yes;
  std::uint64_t words = 1;
  std::vector<std::uint64_t> sure = {0}, maybe = {0};
  bool may_be_absent = false, may_be_present = true;
};
inline Cell known(std::int64_t value) { return {.low = value, .high = value}; }
inline Cell between(std::int64_t low, std::int64_t high) { return {.low = low, .high = high}; }
inline Cell truth(unsigned may) { return {.truth = may}; }
inline Cell words(std::uint64_t possible) { return {.words = possible}; }
inline Cell set(std::uint64_t sure, std::uint64_t maybe) { return {.sure = {sure}, .maybe = {maybe}}; }
inline Cell absent() { return {.words = 1, .may_be_absent = true, .may_be_present = false}; }
inline Cell or_absent(Cell cell) {
  cell.may_be_absent = true;
  return cell;
}

/// Where random values of a fact come from.
struct Domain {
  LevelId level = person_level;
  Shape shape = Shape::number;
  std::int64_t low = 0, high = 100;
  int words = 4;              ///< of a code
  bool may_be_absent = false;
  Base base = Base::number;   ///< `people` for sets of people, `codes` for others
  std::int64_t widest = 1'000'000;  ///< of an interval
};

class Sample {
 public:
  /// Households with so many people each; each person has so many incomes, each household so many bills, in turn.
  explicit Sample(std::vector<int> people, std::vector<int> incomes = {0}, std::vector<int> bills = {0});

  // Facts.
  FactId fact(const Domain& domain, std::vector<Cell> cells = {});
  void put(FactId fact, std::size_t row, const Cell& cell);
  void fill(std::mt19937& random, int percent_unknown);
  /// Narrows what is open in some rows; all of them where `fully`.
  void narrow(std::mt19937& random, bool fully);
  [[nodiscard]] std::size_t rows(LevelId level) const;
  FactTable table;

  // Nodes.
  NodeId add(PlanNode node);
  NodeId node(PlanOp op, Shape shape, LevelId level, std::vector<NodeId> args);
  NodeId number(std::int64_t value, LevelId level = world_level);
  NodeId constant_truth(bool value, LevelId level = world_level);
  NodeId constant_code(std::uint64_t word);
  NodeId read(FactId fact);                                  ///< a `fact` node
  NodeId given(const Domain& domain, std::vector<Cell> cells = {}) { return read(fact(domain, std::move(cells))); }
  NodeId numbers(std::vector<Cell> cells, LevelId level = household_level) {
    return given({.level = level, .shape = Shape::number, .low = -1000, .high = 1000}, std::move(cells));
  }
  NodeId truths(std::vector<Cell> cells, LevelId level = household_level) { return given({.level = level, .shape = Shape::truth}, std::move(cells)); }
  NodeId codes(std::vector<Cell> cells, LevelId level = household_level) { return given({.level = level, .shape = Shape::code}, std::move(cells)); }
  NodeId people(std::vector<Cell> cells, LevelId level = person_level) {
    return given({.level = level, .shape = Shape::set, .base = Base::people}, std::move(cells));
  }
  PlanNode& at(NodeId id) { return plan.nodes[static_cast<std::size_t>(id)]; }
  Plan plan;

  Values run(Keep keep = Keep::everything);
  Values run(Keep keep, std::int64_t first, std::int64_t count);
  void keep_only(const std::vector<NodeId>& asked);          ///< sets `last_use`
  std::shared_ptr<CheckedProgram> program;
  std::shared_ptr<Declarations> declarations;

 private:
  std::vector<Domain> domains_;
  void name_row_makers();  ///< in the program, where an evaluation looks for them
  void put_random(std::mt19937& random, FactId fact, std::size_t row, bool is_open);
  void narrow_row(std::mt19937& random, FactId fact, std::size_t row, bool fully);
  [[nodiscard]] std::uint64_t everybody(LevelId level, std::size_t row) const;
};

/// What a row may be, as `may` bits.
unsigned may(const Values& values, NodeId node, std::int32_t row);
/// `12`, `[1..5]`, `[1..5] or undefined`, `undefined`; truths as `T`, `TF`, `TFU`; codes `01`; sets `{sure|possible}`.
std::string text(const Values& values, NodeId node, std::int32_t row);
/// All rows of a node, a blank between them.
std::string all(const Values& values, NodeId node);
/// The same of each node.
std::vector<std::string> texts(const Values& values, const std::vector<NodeId>& nodes);
/// Empty, or why what `narrow` says does not lie within what `wide` says.
std::string outside(const Values& wide, const Values& narrow, NodeId node, std::int32_t row);

std::vector<KernelLevel> kernel_levels();  ///< those this processor runs

}  // namespace duly::test
