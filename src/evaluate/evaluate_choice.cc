// `choose`: the hull of the branches that are still possible. A branch that is not possible adds nothing, not even that it is undefined.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/common.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

struct Choice {
  View condition, then, otherwise;
  std::size_t rows = 0;
  // Rows where a branch may be taken and may have a value.
  const Word* then_rows = nullptr;
  const Word* otherwise_rows = nullptr;
  bool any_undefined = false;
  bool one_branch = false;  ///< no row may take both
};

const Word* with_value(Tile& tile, const Word* taken, const View& branch, std::size_t rows) {
  if (branch.column.undefined == nullptr) return taken;
  Word* out = tile.scratch.take_array<Word>(words_for(rows));
  for (std::size_t w = 0; w < words_for(rows); ++w) out[w] = taken[w] & branch.defined_word(w);
  return out;
}

/// Numbers are read as operands, so a constant among them needs no column, and the others stay in their lanes.
View branch_view(Tile& tile, NodeId id, LevelId level) {
  const PlanNode& node = tile.node(id);
  const bool stays_constant = node.op == PlanOp::constant && node.shape == Shape::number;
  return stays_constant ? View{{}, Shape::number} : view_in_its_lane(Room{tile}, id, level);
}

Choice choice_of(Tile& tile, NodeId id) {
  const Args& args = tile.node(id).args;
  const LevelId level = tile.node(id).level;
  Choice c{view(tile, args[0], level), branch_view(tile, args[1], level), branch_view(tile, args[2], level)};
  c.rows = tile.rows_of(id);
  c.then_rows = with_value(tile, may_be_true(c.condition.column), c.then, c.rows);
  c.otherwise_rows = with_value(tile, may_be_false(c.condition.column), c.otherwise, c.rows);
  c.any_undefined = c.condition.column.undefined != nullptr || c.then.column.undefined != nullptr || c.otherwise.column.undefined != nullptr;
  c.one_branch = !meet(c.then_rows, c.otherwise_rows, c.rows);
  return c;
}

void join_choice(Tile& tile, NodeId id, const Choice& c) {
  if (!c.any_undefined) return;
  Column& out = tile.column(id);
  Word* undefined = tile.take_bits(id, c.rows);
  const Word* taken = may_be_true(c.condition.column);
  const Word* left = may_be_false(c.condition.column);
  for (std::size_t w = 0; w < words_for(c.rows); ++w)
    undefined[w] = c.condition.undefined_word(w) | (taken[w] & c.then.undefined_word(w)) | (left[w] & c.otherwise.undefined_word(w));
  if (!any_bit(undefined, c.rows)) return;
  out.undefined = undefined;
  if (tile.node(id).shape == Shape::truth) return;
  out.defined = tile.take_bits(id, c.rows);
  for (std::size_t w = 0; w < words_for(c.rows); ++w) out.defined[w] = c.then_rows[w] | c.otherwise_rows[w];
}

void choose_truth(Tile& tile, NodeId id, const Choice& c) {
  const auto hull = [&](const Word* then, const Word* otherwise) {
    Word* out = tile.take_bits(id, c.rows);
    for (std::size_t w = 0; w < words_for(c.rows); ++w)
      out[w] = (may_be_true(c.condition.column)[w] & then[w]) | (may_be_false(c.condition.column)[w] & otherwise[w]);
    return out;
  };
  set_words(tile.column(id), hull(may_be_true(c.then.column), may_be_true(c.otherwise.column)),
            hull(may_be_false(c.then.column), may_be_false(c.otherwise.column)));
}

void choose_numbers(Tile& tile, NodeId id, const Choice& c) {
  const PlanNode& node = tile.node(id);
  const Branches by{c.then_rows, c.otherwise_rows, !c.one_branch};
  by_lane(tile, id, [&](auto zero) {
    using T = decltype(zero);
    const auto then = operand<T>(tile, node.args[1], node.level);
    const auto otherwise = operand<T>(tile, node.args[2], node.level);
    set_operand(tile.column(id), chosen(tile, by, then, otherwise, c.rows, Room{tile, id}));
  });
}

bool choose_common(Tile& tile, NodeId id, const Choice& c) {
  const PlanNode& node = tile.node(id);
  auto then = common(tile, node.args[1], node.level);
  auto otherwise = then ? common(tile, node.args[2], node.level) : std::nullopt;
  if (!otherwise || !align(tile, *then, *otherwise, c.rows)) return false;
  const Branches by{c.then_rows, c.otherwise_rows, !c.one_branch};
  set_common(tile, id, {chosen(tile, by, then->x, otherwise->x, c.rows, Room{tile, id}), then->over, std::max(then->most, otherwise->most)});
  return true;
}

void choose_exact(Tile& tile, NodeId id, const Choice& c) {
  if (choose_common(tile, id, c)) return;
  const PlanNode& node = tile.node(id);
  const ExactOperand then = exact_operand(tile, node.args[1], node.level);
  const ExactOperand otherwise = exact_operand(tile, node.args[2], node.level);
  auto* low = tile.take<Exact>(id, c.rows);
  auto* high = tile.take<Exact>(id, c.rows);
  for (std::size_t r = 0; r < c.rows; ++r) {
    const bool taken = bit_at(c.then_rows, r);
    const bool left = bit_at(c.otherwise_rows, r);
    if (taken && left) {
      low[r] = tile.exact.lesser(then.low[r], otherwise.low[r]);
      high[r] = tile.exact.greater(then.high[r], otherwise.high[r]);
    } else {
      low[r] = taken ? then.low[r] : left ? otherwise.low[r] : ExactMath::whole(0);
      high[r] = taken ? then.high[r] : left ? otherwise.high[r] : ExactMath::whole(0);
    }
  }
  set_fractions(tile, id, low, high);
}

const std::int64_t* as_numbers(const Word* words) { return reinterpret_cast<const std::int64_t*>(words); }

void choose_codes(Tile& tile, NodeId id, const Choice& c) {
  const Word* then = words_of(c.then.column);
  const Word* otherwise = words_of(c.otherwise.column);
  Word* out = tile.take<Word>(id, c.rows);
  if (c.one_branch) tile.kernels->wide.select(reinterpret_cast<std::int64_t*>(out), c.then_rows, as_numbers(then), as_numbers(otherwise), c.rows);
  else
    for (std::size_t r = 0; r < c.rows; ++r) out[r] = (bit_at(c.then_rows, r) ? then[r] : 0) | (bit_at(c.otherwise_rows, r) ? otherwise[r] : 0);
  set_words(tile.column(id), out, nullptr);
}

void choose_sets(Tile& tile, NodeId id, const Choice& c) {
  const std::size_t width = std::max(c.then.width, c.otherwise.width);
  tile.set_width(id, width);
  Word* sure = tile.take<Word>(id, c.rows * width);
  Word* maybe = tile.take<Word>(id, c.rows * width);
  for (std::size_t r = 0; r < c.rows; ++r) {
    const bool taken = bit_at(c.then_rows, r);
    const bool left = bit_at(c.otherwise_rows, r);
    for (std::size_t w = 0; w < width; ++w) {
      const Word then_sure = w < c.then.width ? c.then.sure(r)[w] : 0;
      const Word then_maybe = w < c.then.width ? c.then.maybe(r)[w] : 0;
      const Word otherwise_sure = w < c.otherwise.width ? c.otherwise.sure(r)[w] : 0;
      const Word otherwise_maybe = w < c.otherwise.width ? c.otherwise.maybe(r)[w] : 0;
      sure[r * width + w] = taken && left ? then_sure & otherwise_sure : taken ? then_sure : left ? otherwise_sure : 0;
      maybe[r * width + w] = (taken ? then_maybe : 0) | (left ? otherwise_maybe : 0);
    }
  }
  set_words(tile.column(id), sure, maybe);
  settle_sets(tile.column(id), c.rows * width);
}

/// The branch that every row takes for sure, or no_node.
NodeId only_branch(Tile& tile, NodeId id) {
  const Args& args = tile.node(id).args;
  const Column condition = argument(tile, id, 0).column;
  const std::size_t rows = tile.rows_of(id);
  if (condition.undefined != nullptr) return no_node;
  const bool none_true = !any_bit(may_be_true(condition), rows);
  const bool none_false = !any_bit(may_be_false(condition), rows);
  if (none_true == none_false) return no_node;
  const NodeId branch = none_false ? args[1] : args[2];
  return tile.node(branch).lane == tile.node(id).lane ? branch : no_node;
}

}  // namespace

void evaluate_choose(Tile& tile, NodeId id) {
  const NodeId branch = only_branch(tile, id);
  if (branch != no_node) return share(tile, id, branch);
  const Choice c = choice_of(tile, id);
  const PlanNode& node = tile.node(id);
  switch (node.shape) {
    case Shape::truth: choose_truth(tile, id, c); break;
    case Shape::number: node.lane == Lane::i64 ? choose_numbers(tile, id, c) : choose_exact(tile, id, c); break;
    case Shape::code: choose_codes(tile, id, c); break;
    case Shape::set: choose_sets(tile, id, c); break;
  }
  join_choice(tile, id, c);
}

}  // namespace duly::columnar
