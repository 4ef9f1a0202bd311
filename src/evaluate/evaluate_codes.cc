// Words of code lists. A code is the mask of the words that are still possible; a row without a value has none, so it answers neither way.

#include <array>
#include <bit>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

void new_truth(Tile& tile, NodeId id, std::size_t rows) { set_words(tile.column(id), tile.take_bits(id, rows), tile.take_bits(id, rows)); }

Word* yes_of(Tile& tile, NodeId id) { return static_cast<Word*>(tile.column(id).a); }
Word* no_of(Tile& tile, NodeId id) { return static_cast<Word*>(tile.column(id).b); }

void in_words(Tile& tile, NodeId id, const Word* codes, std::uint64_t words, std::size_t rows) {
  new_truth(tile, id, rows);
  tile.kernels->meets_constant(yes_of(tile, id), codes, words, rows);
  tile.kernels->meets_constant(no_of(tile, id), codes, ~words, rows);
}

/// Which words a row's code may be: the mask of a short list, or the range of indexes of a long one.
struct PossibleWords {
  const View& code;
  std::size_t words;

  template <class F>
  void for_each(std::size_t row, F f) const {
    if (code.shape == Shape::code) {
      for (Word rest = words_of(code.column)[row]; rest != 0; rest &= rest - 1) f(static_cast<std::size_t>(std::countr_zero(rest)));
      return;
    }
    const auto last = static_cast<std::int64_t>(words) - 1;
    for (std::int64_t index = std::max<std::int64_t>(code.low(row), 0); index <= std::min(code.high(row), last); ++index)
      f(static_cast<std::size_t>(index));
  }
};

}  // namespace

void evaluate_code_equal(Tile& tile, NodeId id) {
  const Args& args = tile.node(id).args;
  const std::size_t rows = tile.rows_of(id);
  for (const std::size_t constant : {std::size_t{1}, std::size_t{0}}) {
    const PlanNode& word = tile.node(args[constant]);
    if (word.op != PlanOp::constant || !std::has_single_bit(word.bits)) continue;
    const NodeId other = args[1 - constant];
    const std::array<View, 1> operands{view(tile, other, tile.node(id).level)};
    in_words(tile, id, words_of(operands[0].column), word.bits, rows);
    return join_undefined(tile, id, operands);
  }
  new_truth(tile, id, rows);
  const Word* x = words_of(argument(tile, id, 0).column);
  const Word* y = words_of(argument(tile, id, 1).column);
  tile.kernels->meets(yes_of(tile, id), x, y, rows);
  tile.kernels->differs(no_of(tile, id), x, y, rows);
  join_undefined(tile, id);
}

void evaluate_code_in(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  in_words(tile, id, words_of(argument(tile, id, 0).column), node.bits, tile.rows_of(id));
  join_undefined(tile, id);
}

void evaluate_has_word(Tile& tile, NodeId id) {
  const std::size_t rows = tile.rows_of(id);
  const std::array<View, 2> operands{argument(tile, id, 0), argument(tile, id, 1)};
  const View& set = operands[0];
  const PossibleWords words{operands[1], set.width * 64};
  new_truth(tile, id, rows);
  fill_bits(yes_of(tile, id), rows, false);
  fill_bits(no_of(tile, id), rows, false);
  for (std::size_t r = 0; r < rows; ++r)
    words.for_each(r, [&](std::size_t word) {
      if (bit_at(set.maybe(r), word)) set_bit(yes_of(tile, id), r);
      if (!bit_at(set.sure(r), word)) set_bit(no_of(tile, id), r);
    });
  join_undefined(tile, id, operands);
}

void evaluate_word_in_set(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const std::array<View, 1> operands{argument(tile, id, 0)};
  const View& set = operands[0];
  const auto word = static_cast<std::size_t>(node.index);
  new_truth(tile, id, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    put_bit(yes_of(tile, id), r, bit_at(set.maybe(r), word));
    put_bit(no_of(tile, id), r, !bit_at(set.sure(r), word));
  }
  join_undefined(tile, id, operands);
}

}  // namespace duly::columnar
