// Comparisons, and the three-valued logic. A truth is two bitmaps, what may be true and what may be false, and a third where it may be
// undefined: a word decides 64 rows.

#include <memory>
#include <utility>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// One end of an operand of a comparison: values, or one value for every row.
struct End {
  const std::int64_t* values;
  std::int64_t k;
};
End low_end(const Operand& x) { return {x.constant ? nullptr : x.low, x.k}; }
End high_end(const Operand& x) { return {x.constant ? nullptr : x.high, x.k}; }

void less(const Kernels& kernels, Word* out, End x, End y, std::size_t rows) {
  if (x.values == nullptr && y.values == nullptr) fill_bits(out, rows, x.k < y.k);
  else if (x.values == nullptr) kernels.greater_constant(out, y.values, x.k, rows);
  else if (y.values == nullptr) kernels.less_constant(out, x.values, y.k, rows);
  else kernels.less(out, x.values, y.values, rows);
}

void equal(const Kernels& kernels, Word* out, End x, End y, std::size_t rows) {
  if (x.values == nullptr && y.values == nullptr) fill_bits(out, rows, x.k == y.k);
  else if (x.values == nullptr) kernels.equal_constant(out, y.values, x.k, rows);
  else if (y.values == nullptr) kernels.equal_constant(out, x.values, y.k, rows);
  else kernels.equal(out, x.values, y.values, rows);
}

/// Bitmaps of one relation, `less` or `equal`; the other four are these with sides or answers swapped.
struct Answers {
  Word* may_be_true;
  Word* may_be_false;
};

void flip(Word* bits, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w) bits[w] = ~bits[w];
}

void compare_less(Tile& tile, const Operand& x, const Operand& y, const Answers& out, std::size_t rows) {
  less(*tile.kernels, out.may_be_true, low_end(x), high_end(y), rows);
  if (x.known() && y.known()) {
    for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~out.may_be_true[w];
    return;
  }
  less(*tile.kernels, out.may_be_false, high_end(x), low_end(y), rows);
  flip(out.may_be_false, rows);
}

void compare_equal(Tile& tile, const Operand& x, const Operand& y, const Answers& out, std::size_t rows) {
  if (x.known() && y.known()) {
    equal(*tile.kernels, out.may_be_true, low_end(x), low_end(y), rows);
    for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~out.may_be_true[w];
    return;
  }
  Word* apart = tile.scratch.take_array<Word>(words_for(rows));
  less(*tile.kernels, out.may_be_true, high_end(x), low_end(y), rows);
  less(*tile.kernels, apart, high_end(y), low_end(x), rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_true[w] = ~(out.may_be_true[w] | apart[w]);
  equal(*tile.kernels, out.may_be_false, low_end(x), high_end(y), rows);
  equal(*tile.kernels, apart, high_end(x), low_end(y), rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~(out.may_be_false[w] & apart[w]);
}

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
  if (!is_over_one_denominator(tile.node(x), tile.node(y))) compare_exact(tile, x, y, node.level, is_equality(node.comparison), answers);
  else if (is_equality(node.comparison)) compare_equal(tile, operand(tile, x, node.level), operand(tile, y, node.level), answers, rows);
  else compare_less(tile, operand(tile, x, node.level), operand(tile, y, node.level), answers, rows);
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
