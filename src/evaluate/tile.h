#pragma once

// One evaluation under way: the plan, the rows, the columns made so far, and the memory behind them. The families of operators
// (`evaluate_*.cc`) are functions over a tile and a node; they read the columns of its arguments and fill in its own.
//
// A column may be the same memory as another's (an alias, a branch that holds for every row). Memory is counted by its first owner, so that
// in `Keep::asked` it is given back after the last node that reads any of them.
//
// Threads: belongs to the thread that evaluates.

#include <span>

#include "evaluate/ahead.h"
#include "evaluate/arena.h"
#include "evaluate/bits.h"
#include "evaluate/exact.h"
#include "evaluate/kernels.h"
#include "evaluate/rows.h"
#include "evaluate/values.h"

namespace duly {

namespace columnar {
/// What `few_rows.cc` takes for few.
inline constexpr std::size_t most_few_rows = 64;
}  // namespace columnar

struct Values::State {
  State() : levels(memory), exact(big) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() = default;

  const Plan* plan = nullptr;
  const FactTable* facts = nullptr;
  const Kernels* kernels = nullptr;
  std::int64_t first_household = 0;
  Keep keep = Keep::everything;

  columnar::Arena memory;              ///< columns and row maps, until the next tile
  columnar::Arena scratch;             ///< within one node
  columnar::Ahead ahead;
  columnar::Levels levels;
  std::vector<Number> big;   ///< numbers that leave 128 bits
  columnar::ExactMath exact;
  std::vector<Column> columns;
  std::vector<std::uint8_t> made;  ///< by node: its column is there, or nobody will ask for it
  std::vector<std::uint8_t> widths;  ///< of sets: words a row
  std::vector<NodeId> narrow_columns;  ///< made so; those that are still there at the end become wide

  /// A node that waits for its arguments.
  struct Waiting {
    NodeId id;
    PlanOp op;
    const NodeId *next, *end;  ///< its arguments that have not been looked at
  };
  std::vector<Waiting> waiting;      ///< room for nodes under way, each for the one behind it
  std::vector<NodeId> row_makers;    ///< nodes that make rows of units and spells, in the order of the plan

  /// Evaluates the node, and before it what it needs, unless that has been done.
  void need(NodeId id) {
    if (made[static_cast<std::size_t>(id)] == 0) make(id);
  }
  void make(NodeId id);  ///< `on_demand.cc`

  void start(const Plan& its_plan, const FactTable& its_facts, std::int64_t first, std::int64_t count, Keep what);

  [[nodiscard]] const PlanNode& node(NodeId id) const { return plan->nodes[static_cast<std::size_t>(id)]; }
  Column& column(NodeId id) { return columns[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Column& column(NodeId id) const { return columns[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::size_t width(NodeId id) const { return widths[static_cast<std::size_t>(id)]; }
  void set_width(NodeId id, std::size_t words) { widths[static_cast<std::size_t>(id)] = static_cast<std::uint8_t>(words); }
  [[nodiscard]] std::size_t people_words() const { return static_cast<std::size_t>(facts->set_words); }
  /// Whether its column outlives a bulk run.
  [[nodiscard]] bool is_asked_for(NodeId id) const {
    return keep == Keep::asked && plan->last_use[static_cast<std::size_t>(id)] >= static_cast<int>(columns.size());
  }
  std::size_t rows_of(NodeId id) { return levels.count(node(id).level); }
  /// Whether it is computed in lanes of 32 bits, which pays off over many rows.
  bool is_narrow(NodeId id) { return node(id).is_narrow && rows_of(id) > columnar::most_few_rows; }

  // Memory that lives as long as the column of `owner`.
  template <class T>
  T* take(NodeId owner, std::size_t count) {
    void* block = memory.take(count * sizeof(T));
    if (keep == Keep::asked) remember(owner, block, count * sizeof(T));
    return static_cast<T*>(block);
  }
  std::int64_t* take_numbers(NodeId owner, std::size_t rows) { return take<std::int64_t>(owner, rows); }
  std::uint64_t* take_bits(NodeId owner, std::size_t rows) { return take<std::uint64_t>(owner, columnar::words_for(rows)); }

  /// Makes `as`, pointers into the memory of the column of `from`, the column of `id`.
  void share_memory(NodeId id, NodeId from, const Column& as);
  /// Gives back what `id` was the last to read.
  void release_after(NodeId id);

 private:
  static constexpr std::int32_t none = -1;
  struct Block {
    void* memory;
    std::size_t bytes;
    std::int32_t next;
  };
  struct Ownership {
    NodeId root;          ///< whose memory it is
    std::int32_t users;   ///< of a root: columns that use its memory
    std::int32_t blocks;  ///< of a root: first of its blocks
  };

  void remember(NodeId owner, void* block, std::size_t bytes);
  void release(NodeId id);

  std::vector<Block> blocks_;
  std::vector<Ownership> ownership_;
};

}  // namespace duly

namespace duly::columnar {

using Word = std::uint64_t;
using Tile = Values::State;

inline std::size_t row_index(std::int32_t row) { return static_cast<std::size_t>(row); }

}  // namespace duly::columnar
