#pragma once

// Arithmetic on operands that are integers over one denominator, in whole columns. An interval is two columns, its ends; where every row is known both
// ends are one column and are computed once. Nothing looks at ranges: who calls knows that the lane suffices.
//
// Threads: belongs to the thread that evaluates.

#include "evaluate/columns.h"

namespace duly::columnar {

template <class T>
LaneOperand<T> sum_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);
template <class T>
LaneOperand<T> difference_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);
template <class T>
LaneOperand<T> product_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);
template <class T>
LaneOperand<T> least_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);
template <class T>
LaneOperand<T> greatest_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room);
template <class T>
LaneOperand<T> absolute_of(Tile& tile, const LaneOperand<T>& x, std::size_t rows, const Room& room);

/// In lanes of 64 bits: where `is_small`, the operand and `k` have at most 31 bits.
template <class T>
LaneOperand<T> times(Tile& tile, const LaneOperand<T>& x, std::int64_t k, bool is_small, std::size_t rows, const Room& room);

/// x * k / k2 as a whole number of steps, times k3.
struct Steps {
  std::int64_t k = 1, k2 = 1, k3 = 1;
  RoundMode mode = RoundMode::floor;
  bool is_small = false;  ///< operand and factors have at most 31 bits
};
/// x * k fits into the lane. In narrow lanes `steps` are small.
template <class T>
LaneOperand<T> rounded(Tile& tile, const LaneOperand<T>& x, const Steps& steps, std::size_t rows, const Room& room);

/// The rows of two operands by a bitmap each: those that may take `then`, those that may take `otherwise`.
struct Branches {
  const Word* then_rows;
  const Word* otherwise_rows;
  bool meet;  ///< some row may take both
};
template <class T>
LaneOperand<T> chosen(Tile& tile, const Branches& by, const LaneOperand<T>& then, const LaneOperand<T>& otherwise, std::size_t rows,
                      const Room& room);

/// Bitmaps of one relation.
struct Answers {
  Word* may_be_true;
  Word* may_be_false;
};
template <class T>
void compare_less(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, const Answers& out, std::size_t rows);
template <class T>
void compare_equal(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, const Answers& out, std::size_t rows);

/// The same with one column for both ends where they agree in every row.
template <class T>
LaneOperand<T> settled(const LaneOperand<T>& x, std::size_t rows);

}  // namespace duly::columnar
