// Comparisons, and the three-valued logic. A truth is two bitmaps, what may be true and what may be false, and a third where it may be
// undefined: a word decides 64 rows.

#include <memory>
#include <utility>

#include "evaluate/columns.h"
#include "evaluate/common.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

bool is_equality(Compare comparison) { return comparison == Compare::equal || comparison == Compare::not_equal; }
bool swaps_sides(Compare comparison) { return comparison == Compare::greater || comparison == Compare::less_equal; }
bool swaps_answers(Compare comparison) {
  return comparison == Compare::not_equal || comparison == Compare::less_equal || comparison == Compare::greater_equal;
}

void compare_exact(Tile& tile, NodeId x_id, NodeId y_id, LevelId level, bool equality, const Answers& out) {
  const std::size_t rows = tile.levels.count(level);
  const ExactOperand x = exact_operand(tile, x_id, level);
  const ExactOperand y = exact_operand(tile, y_id, level);
  const ExactMath& math = tile.exact;
  fill_bits(out.may_be_true, rows, false);
  fill_bits(out.may_be_false, rows, false);
  for (std::size_t r = 0; r < rows; ++r) {
    const auto low_to_high = math.compare(x.low[r], y.high[r]);
    const auto high_to_low = math.compare(x.high[r], y.low[r]);
    if (equality ? low_to_high <= 0 && high_to_low >= 0 : low_to_high < 0) set_bit(out.may_be_true, r);
    if (equality ? low_to_high != 0 || high_to_low != 0 : high_to_low >= 0) set_bit(out.may_be_false, r);
  }
}

bool is_over_one_denominator(const PlanNode& x, const PlanNode& y) {
  return x.lane == Lane::i64 && y.lane == Lane::i64 && x.denominator == y.denominator;
}

/// Compares integers over one denominator.
template <class T>
void compare_integers(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, bool equality, const Answers& out, std::size_t rows) {
  equality ? compare_equal(tile, x, y, out, rows) : compare_less(tile, x, y, out, rows);
}

/// Both sides as integers over one denominator, where there is one.
struct Sides {
  Operand x, y;
};
std::optional<Sides> integer_sides(Tile& tile, NodeId x, NodeId y, LevelId level) {
  if (is_over_one_denominator(tile.node(x), tile.node(y))) return Sides{operand(tile, x, level), operand(tile, y, level)};
  const std::size_t rows = tile.levels.count(level);
  auto a = common(tile, x, level);
  auto b = a ? common(tile, y, level) : std::nullopt;
  if (!b || !align(tile, *a, *b, rows)) return std::nullopt;
  return Sides{a->x, b->x};
}

}  // namespace

void evaluate_compare(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  NodeId x = node.args[0];
  NodeId y = node.args[1];
  if (swaps_sides(node.comparison)) std::swap(x, y);
  Column& out = tile.column(id);
  set_words(out, tile.take_bits(id, rows), tile.take_bits(id, rows));
  Answers answers{static_cast<Word*>(out.a), static_cast<Word*>(out.b)};
  if (swaps_answers(node.comparison)) std::swap(answers.may_be_true, answers.may_be_false);
  const bool equality = is_equality(node.comparison);
  if (tile.is_narrow(id)) {
    using T = std::int32_t;
    compare_integers(tile, operand<T>(tile, x, node.level), operand<T>(tile, y, node.level), equality, answers, rows);
  } else if (const auto sides = integer_sides(tile, x, y, node.level)) {
    compare_integers(tile, sides->x, sides->y, equality, answers, rows);
  } else {
    compare_exact(tile, x, y, node.level, equality, answers);
  }
  join_undefined(tile, id);
}

namespace {

/// A word of a truth: what 64 rows may be.
struct Possible {
  Word yes, no, undefined;
};

Possible word_of(const Column& c, std::size_t w) { return {may_be_true(c)[w], may_be_false(c)[w], c.undefined == nullptr ? 0 : c.undefined[w]}; }

/// False absorbs what is undefined, from either side.
Possible both(const Possible& x, const Possible& y) {
  return {x.yes & y.yes, x.no | y.no, (x.undefined & (y.yes | y.undefined)) | (y.undefined & (x.yes | x.undefined))};
}

Possible inverse(const Possible& x) { return {x.no, x.yes, x.undefined}; }

Possible either(const Possible& x, const Possible& y) { return inverse(both(inverse(x), inverse(y))); }

template <class F>
void combine(Tile& tile, NodeId id, F f) {
  const std::size_t count = tile.node(id).args.size();
  if (count == 1) return share(tile, id, tile.node(id).args[0]);
  const std::size_t rows = tile.rows_of(id);
  Column* columns = tile.scratch.take_array<Column>(count);
  bool any_undefined = false;
  for (std::size_t i = 0; i < count; ++i) {
    std::construct_at(columns + i, argument(tile, id, i).column);
    any_undefined = any_undefined || columns[i].undefined != nullptr;
  }
  Word* yes = tile.take_bits(id, rows);
  Word* no = tile.take_bits(id, rows);
  Word* undefined = any_undefined ? tile.take_bits(id, rows) : nullptr;
  for (std::size_t w = 0; w < words_for(rows); ++w) {
    Possible result = word_of(columns[0], w);
    for (std::size_t i = 1; i < count; ++i) result = f(result, word_of(columns[i], w));
    yes[w] = result.yes;
    no[w] = result.no;
    if (any_undefined) undefined[w] = result.undefined;
  }
  Column& out = tile.column(id);
  set_words(out, yes, no);
  if (any_undefined && any_bit(undefined, rows)) out.undefined = undefined;
}

}  // namespace

void evaluate_and(Tile& tile, NodeId id) {
  combine(tile, id, [](const Possible& x, const Possible& y) { return both(x, y); });
}
void evaluate_or(Tile& tile, NodeId id) {
  combine(tile, id, [](const Possible& x, const Possible& y) { return either(x, y); });
}

void evaluate_not(Tile& tile, NodeId id) {
  share(tile, id, tile.node(id).args[0]);
  Column& out = tile.column(id);
  std::swap(out.a, out.b);
}

}  // namespace duly::columnar
