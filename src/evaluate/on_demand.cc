#include "evaluate/on_demand.h"

#include <algorithm>

#include "evaluate/columns.h"

namespace duly {
namespace columnar {
namespace {

bool makes_rows(PlanOp op) { return op == PlanOp::make_units || op == PlanOp::make_spells; }

/// The node that is asked for and those it waits for, one after another and without recursion: a plan may be deeper than a stack.
class Demand {
 public:
  explicit Demand(Tile& tile) : tile_(tile), made_(tile.made.data()) {}

  void make(NodeId wanted) {
    Waiting* const first = tile_.waiting.data();
    Waiting* top = first;
    if (!begin(*top, wanted)) return;
    for (;;) {
      const NodeId next = missing_argument(*top);
      if (next != no_node) {
        if (begin(top[1], next)) ++top;
        continue;
      }
      made_[index_of(top->id)] = 1;
      if (top == first) return;
      --top;
    }
  }

 private:
  using Waiting = Tile::Waiting;

  static std::size_t index_of(NodeId id) { return static_cast<std::size_t>(id); }

  /// Whether the node has arguments to wait for. One that has none, or no rows, is made.
  bool begin(Waiting& waiting, NodeId id) {
    const PlanNode& node = tile_.node(id);
    if (node.op == PlanOp::constant) {
      tile_.column(id) = {};
    } else if (!makes_rows(node.op) && tile_.rows_of(id) == 0) {
      leave_without_rows(id);
    } else if (node.args.empty()) {
      evaluate_node(tile_, id);
    } else {
      waiting = {id, node.op, node.args.begin(), node.args.end()};
      return true;
    }
    made_[index_of(id)] = 1;
    return false;
  }

  /// The first argument that has to be there and is not; where none is, the node is evaluated.
  NodeId missing_argument(Waiting& waiting) {
    while (waiting.next != waiting.end) {
      const NodeId arg = *waiting.next;
      if (arg != no_node && made_[index_of(arg)] == 0) return arg;
      ++waiting.next;
      if (waiting.op == PlanOp::choose) {
        take_only_branch(waiting);
      } else if (waiting.op == PlanOp::logical_and || waiting.op == PlanOp::logical_or) {
        const bool settles = waiting.op == PlanOp::logical_or;
        if (is_everywhere(arg, settles, tile_.node(waiting.id).level)) {
          settle(waiting.id, settles);
          return no_node;
        }
      }
    }
    evaluate_node(tile_, waiting.id);
    return no_node;
  }

  /// Once its condition is there: of a choice that takes one branch in every row, only that one is waited for.
  void take_only_branch(Waiting& waiting) {
    const PlanNode& node = tile_.node(waiting.id);
    const NodeId* const branches = node.args.begin() + 1;
    if (waiting.next != branches) return;
    const bool always = is_everywhere(node.args[0], true, node.level);
    if (!always && !is_everywhere(node.args[0], false, node.level)) return;
    const NodeId* const branch = branches + (always ? 0 : 1);
    if (tile_.node(*branch).lane != node.lane) return;  // whose column is not that of the choice
    waiting.next = branch;
    waiting.end = branch + 1;
  }

  /// A column that nobody can read a row of.
  void leave_without_rows(NodeId id) {
    static constexpr Word nothing = 0;
    tile_.column(id) = {};
    set_words(tile_.column(id), &nothing, &nothing);
  }

  /// Whether a truth is `value` in every row of its level, and each row of `level` has one of them above it.
  [[nodiscard]] bool is_everywhere(NodeId truth, bool value, LevelId level) {
    const PlanNode& node = tile_.node(truth);
    if (node.op == PlanOp::constant || (node.level != level && node.level != household_level && node.level != world_level)) return false;
    const Column& column = tile_.column(truth);
    return column.undefined == nullptr && !any_bit(value ? may_be_false(column) : may_be_true(column), tile_.rows_of(truth));
  }

  /// A conjunction that one of its conditions makes false, or a disjunction that one makes true, in every row.
  void settle(NodeId id, bool value) {
    const std::size_t rows = tile_.rows_of(id);
    const Room room{tile_, id};
    tile_.column(id) = {};
    set_words(tile_.column(id), room.bits(rows, value), room.bits(rows, !value));
  }

  Tile& tile_;
  std::uint8_t* made_;
};

}  // namespace

void make_rows(Tile& tile) {
  tile.row_makers.clear();
  for (const TermId term : tile.plan->program->level_maker)
    if (const NodeId maker = term == no_term ? no_node : tile.plan->node_of_term[static_cast<std::size_t>(term)]; maker != no_node)
      tile.row_makers.push_back(maker);
  std::sort(tile.row_makers.begin(), tile.row_makers.end());  // units may be formed of people of other units
  for (const NodeId maker : tile.row_makers) tile.need(maker);
}

}  // namespace columnar

void Values::State::make(NodeId id) {
  columnar::Demand(*this).make(id);
  columnar::widen_what_is_kept(*this);
}

}  // namespace duly
