#pragma once

// Fractions of a whole column over one denominator. Quotients by few and small divisors, as heads in a household are, have a common denominator that
// is small too; then a column of the exact lane holds integers over it, and operators are the loops of the integer lane. Which columns are so is found
// tile by tile. Where one is not, or a result might leave 64 bits, fractions are computed row by row. Both give the same values.
//
// Threads: belongs to the thread that evaluates.

#include <optional>

#include "evaluate/columns.h"

namespace duly::columnar {

/// Most that a common denominator and the integers over it may be: what two of them add up to fits into 64 bits.
inline constexpr std::int64_t most_common_denominator = std::int64_t{1} << 40;
inline constexpr std::int64_t most_common_size = std::int64_t{1} << 61;

/// A number as integers over one denominator. None of a row that has a value is larger than `most`, either way.
struct Common {
  Operand x;
  std::int64_t over = 1;
  std::int64_t most = 0;
};

/// Nothing where rows have denominators of their own.
std::optional<Common> common(Tile& tile, NodeId id, LevelId level);

/// Whether all products by `factor` keep below `most_common_size`; looks at the rows where their bound does not say so, and makes it tighter.
bool fits_times(Common& x, std::int64_t factor, std::size_t rows);

/// |a * b|, where it keeps below `most_common_size`.
std::optional<std::int64_t> size_of_product(std::int64_t a, std::int64_t b);

/// The least common multiple, where it keeps below `most_common_denominator`.
std::optional<std::int64_t> common_denominator(std::int64_t a, std::int64_t b);

/// The same over another denominator, a multiple of its own; false where that may leave 64 bits.
bool bring_over(Tile& tile, Common& x, std::int64_t denominator, std::size_t rows);

/// Brings both over one denominator; false where that cannot be.
bool align(Tile& tile, Common& x, Common& y, std::size_t rows);

/// Makes `result`, whose operand is memory of the node, its column.
void set_common(Tile& tile, NodeId id, const Common& result);

/// Makes fractions the column of a node of the exact lane: as integers over one denominator where there is one.
void set_fractions(Tile& tile, NodeId id, const Exact* low, const Exact* high);

}  // namespace duly::columnar
