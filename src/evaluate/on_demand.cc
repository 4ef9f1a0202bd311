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
  explicit Demand(Tile& tile) : tile_(tile) {}

  void make(NodeId wanted) {
    tile_.waiting.push_back({wanted, 0});
    while (!tile_.waiting.empty()) {
      const NodeId next = missing_argument(tile_.waiting.back());
      if (next != no_node) {
        tile_.waiting.push_back({next, 0});
        continue;
      }
      tile_.made[index_of(tile_.waiting.back().id)] = 1;
      tile_.waiting.pop_back();
    }
  }

 private:
  static std::size_t index_of(NodeId id) { return static_cast<std::size_t>(id); }
  [[nodiscard]] bool is_made(NodeId id) const { return tile_.made[index_of(id)] != 0; }

  /// The first argument that has to be there and is not; where none is, the node is evaluated.
  NodeId missing_argument(Tile::Waiting& waiting) {
    const PlanNode& node = tile_.node(waiting.id);
    if (waiting.looked_at == 0 && !makes_rows(node.op) && tile_.rows_of(waiting.id) == 0) return leave_without_rows(waiting.id);
    while (waiting.looked_at < node.args.size()) {
      const NodeId arg = node.args[waiting.looked_at];
      if (arg != no_node && !is_made(arg)) return arg;
      ++waiting.looked_at;
      if (is_settled_by(node, arg)) return settle(waiting.id);
      if (node.op != PlanOp::choose || waiting.looked_at != 1) continue;
      const NodeId branch = only_branch(node);
      if (branch == no_node) continue;
      waiting.looked_at = node.args.size();
      if (!is_made(branch)) return branch;
    }
    evaluate_node(tile_, waiting.id);
    return no_node;
  }

  /// A column that nobody can read a row of.
  NodeId leave_without_rows(NodeId id) {
    Column& column = tile_.column(id);
    column = {};
    if (tile_.node(id).op == PlanOp::constant) return no_node;
    static constexpr Word nothing = 0;
    set_words(column, &nothing, &nothing);
    return no_node;
  }

  /// Whether a truth is `value` in every row of its level, and each row of `level` has one of them above it.
  [[nodiscard]] bool is_everywhere(NodeId truth, bool value, LevelId level) {
    const PlanNode& node = tile_.node(truth);
    if (node.op == PlanOp::constant || (node.level != level && node.level != household_level && node.level != world_level)) return false;
    const Column& column = tile_.column(truth);
    return column.undefined == nullptr && !any_bit(value ? may_be_false(column) : may_be_true(column), tile_.rows_of(truth));
  }

  [[nodiscard]] bool is_settled_by(const PlanNode& node, NodeId arg) {
    if (node.op == PlanOp::logical_and) return is_everywhere(arg, false, node.level);
    return node.op == PlanOp::logical_or && is_everywhere(arg, true, node.level);
  }

  /// A conjunction that one of its conditions makes false, or a disjunction that one makes true, in every row.
  NodeId settle(NodeId id) {
    const bool value = tile_.node(id).op == PlanOp::logical_or;
    const std::size_t rows = tile_.rows_of(id);
    const Room room{tile_, id};
    tile_.column(id) = {};
    set_words(tile_.column(id), room.bits(rows, value), room.bits(rows, !value));
    return no_node;
  }

  /// The branch that every row takes, if the column of it can be that of the choice.
  [[nodiscard]] NodeId only_branch(const PlanNode& node) {
    const bool always = is_everywhere(node.args[0], true, node.level);
    if (!always && !is_everywhere(node.args[0], false, node.level)) return no_node;
    const NodeId branch = node.args[always ? 1 : 2];
    return tile_.node(branch).lane == node.lane ? branch : no_node;
  }

  Tile& tile_;
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
