#pragma once

// Arithmetic on operands that are integers over one denominator, in whole columns. An interval is two columns, its ends; where every row is known both
// ends are one column and are computed once. Nothing looks at ranges: who calls knows that 64 bits suffice.
//
// Threads: belongs to the thread that evaluates.

#include "evaluate/columns.h"

namespace duly::columnar {

Operand sum_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);
Operand difference_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);
Operand product_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);
Operand least_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);
Operand greatest_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);
Operand absolute_of(Tile& tile, const Operand& x, std::size_t rows, const Room& room);

/// Where `is_small`, the operand and `k` have at most 31 bits.
Operand times(Tile& tile, const Operand& x, std::int64_t k, bool is_small, std::size_t rows, const Room& room);

/// x * k / k2 as a whole number of steps, times k3.
struct Steps {
  std::int64_t k = 1, k2 = 1, k3 = 1;
  RoundMode mode = RoundMode::floor;
  bool is_small = false;  ///< operand and factors have at most 31 bits
};
/// x * k fits into 64 bits.
Operand rounded(Tile& tile, const Operand& x, const Steps& steps, std::size_t rows, const Room& room);

/// The rows of two operands by a bitmap each: those that may take `then`, those that may take `otherwise`.
struct Branches {
  const Word* then_rows;
  const Word* otherwise_rows;
  bool meet;  ///< some row may take both
};
Operand chosen(Tile& tile, const Branches& by, const Operand& then, const Operand& otherwise, std::size_t rows, const Room& room);

/// Bitmaps of one relation.
struct Answers {
  Word* may_be_true;
  Word* may_be_false;
};
void compare_less(Tile& tile, const Operand& x, const Operand& y, const Answers& out, std::size_t rows);
void compare_equal(Tile& tile, const Operand& x, const Operand& y, const Answers& out, std::size_t rows);

/// The same with one column for both ends where they agree in every row.
Operand settled(const Operand& x, std::size_t rows);

}  // namespace duly::columnar
