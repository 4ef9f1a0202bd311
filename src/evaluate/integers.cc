#include "evaluate/integers.h"

#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace duly::columnar {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

using ColumnKernel = void (*)(std::int64_t*, const std::int64_t*, const std::int64_t*, std::size_t);
using ConstantKernel = void (*)(std::int64_t*, const std::int64_t*, std::int64_t, std::size_t);

/// An operation that rises with both operands and takes them in either order.
Operand combined(Tile& tile, const Operand& x, const Operand& y, ColumnKernel columns, ConstantKernel constant, std::size_t rows, const Room& room) {
  if (x.constant && !y.constant) return combined(tile, y, x, columns, constant, rows, room);
  const Operand from = as_column(tile, x, rows);
  const bool known = from.known() && y.known();
  std::int64_t* low = room.numbers(rows);
  std::int64_t* high = known ? low : room.numbers(rows);
  const auto end = [&](std::int64_t* out, const std::int64_t* a, const std::int64_t* b) {
    y.constant ? constant(out, a, y.k, rows) : columns(out, a, b, rows);
  };
  end(low, from.low, y.low);
  if (!known) end(high, from.high, y.high);
  return {.low = low, .high = high};
}

/// The rest (0 <= rest < divisor) at which a step up is due; the divisor itself where it never is.
struct Thresholds {
  std::int64_t first, second;  ///< x >= 0 and x < 0; for ties to even: an even and an odd quotient
};

Thresholds thresholds(RoundMode mode, std::int64_t divisor) {
  const std::int64_t never = divisor;
  const std::int64_t half_or_more = divisor / 2 + divisor % 2;
  const std::int64_t more_than_half = divisor / 2 + 1;
  switch (mode) {
    case RoundMode::none:
    case RoundMode::floor: return {never, never};
    case RoundMode::ceiling: return {1, 1};
    case RoundMode::up: return {1, never};
    case RoundMode::down: return {never, 1};
    case RoundMode::half_up: return {half_or_more, more_than_half};
    case RoundMode::half_down: return {more_than_half, half_or_more};
    case RoundMode::half_even: return {more_than_half, half_or_more};
  }
  return {never, never};
}

Rounding rounding_by(std::int64_t divisor, const Steps& steps) {
  const auto bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(divisor) - 1));
  const Thresholds at = thresholds(steps.mode, divisor);
  Rounding how{.divisor = divisor,
               .is_small = steps.is_small,
               .threshold = {at.first, at.second},
               .by_parity = steps.mode == RoundMode::half_even,
               .times = steps.k3};
  const auto unsigned_divisor = static_cast<std::uint64_t>(divisor);
  how.shift = steps.is_small ? 31 + bits : bits - 1;
  how.magic = steps.is_small ? (std::uint64_t{1} << (31 + bits)) / unsigned_divisor + 1
                             : static_cast<std::uint64_t>((Unsigned128{1} << (63 + bits)) / unsigned_divisor) + 1;
  return how;
}

void round_end(Tile& tile, const Steps& steps, std::int64_t* out, const std::int64_t* x, std::size_t rows) {
  const std::int64_t common = std::gcd(steps.k, steps.k2);
  const std::int64_t k = steps.k / common;
  const std::int64_t k2 = steps.k2 / common;
  if (k2 == 1) return tile.kernels->multiply_constant(out, x, k * steps.k3, rows);
  if (k != 1) {
    auto* product = tile.scratch.take_array<std::int64_t>(rows);
    tile.kernels->multiply_constant(product, x, k, rows);
    x = product;
  }
  tile.kernels->round(out, x, rounding_by(k2, steps), rows);
}

/// One end of an operand: values, or one value for every row.
struct End {
  const std::int64_t* values;
  std::int64_t k;
};
End low_end(const Operand& x) { return {x.constant ? nullptr : x.low, x.k}; }
End high_end(const Operand& x) { return {x.constant ? nullptr : x.high, x.k}; }

/// One end where every row takes one branch.
void select_end(Tile& tile, const Branches& by, std::int64_t* out, const End& then, const End& otherwise, std::size_t rows) {
  if (then.values == nullptr && otherwise.values == nullptr) tile.kernels->spread(out, by.then_rows, then.k, otherwise.k, rows);
  else if (otherwise.values == nullptr) tile.kernels->select_constant(out, by.then_rows, then.values, otherwise.k, rows);
  else if (then.values == nullptr) tile.kernels->select_constant(out, by.otherwise_rows, otherwise.values, then.k, rows);
  else tile.kernels->select(out, by.then_rows, then.values, otherwise.values, rows);
}

/// The branch in the rows that may take it, `far` in the others.
const std::int64_t* or_far(Tile& tile, const Word* rows_taken, const End& branch, std::int64_t far, std::size_t rows) {
  auto* out = tile.scratch.take_array<std::int64_t>(rows);
  if (branch.values == nullptr) tile.kernels->spread(out, rows_taken, branch.k, far, rows);
  else tile.kernels->select_constant(out, rows_taken, branch.values, far, rows);
  return out;
}

/// One end where some row may take both branches: the one further out.
void hull_end(Tile& tile, const Branches& by, std::int64_t* out, const End& then, const End& otherwise, bool is_low, std::size_t rows) {
  const std::int64_t far = is_low ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
  const std::int64_t* taken = or_far(tile, by.then_rows, then, far, rows);
  const std::int64_t* left = or_far(tile, by.otherwise_rows, otherwise, far, rows);
  (is_low ? tile.kernels->minimum : tile.kernels->maximum)(out, taken, left, rows);
}

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

void flip(Word* bits, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w) bits[w] = ~bits[w];
}

}  // namespace

Operand settled(const Operand& x, std::size_t rows) {
  Operand out = x;
  if (x.low != x.high && rows > 0 && std::memcmp(x.low, x.high, rows * sizeof(std::int64_t)) == 0) out.high = out.low;
  return out;
}

Operand sum_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room) {
  return combined(tile, x, y, tile.kernels->add, tile.kernels->add_constant, rows, room);
}

Operand least_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room) {
  return settled(combined(tile, x, y, tile.kernels->minimum, tile.kernels->minimum_constant, rows, room), rows);
}

Operand greatest_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room) {
  return settled(combined(tile, x, y, tile.kernels->maximum, tile.kernels->maximum_constant, rows, room), rows);
}

Operand difference_of(Tile& tile, const Operand& from, const Operand& y, std::size_t rows, const Room& room) {
  const Operand x = from.constant && y.constant ? as_column(tile, from, rows) : from;
  std::int64_t* low = room.numbers(rows);
  const auto end = [&](std::int64_t* out, const std::int64_t* whole, const std::int64_t* taken) {
    if (y.constant) tile.kernels->add_constant(out, whole, wrapped_product(y.k, -1), rows);
    else if (x.constant) tile.kernels->subtract_from_constant(out, taken, x.k, rows);
    else tile.kernels->subtract(out, whole, taken, rows);
  };
  end(low, x.low, y.high);
  std::int64_t* high = low;
  if (!x.known() || !y.known()) {
    high = room.numbers(rows);
    end(high, x.high, y.low);
  }
  return {.low = low, .high = high};
}

Operand times(Tile& tile, const Operand& given, std::int64_t k, bool is_small, std::size_t rows, const Room& room) {
  const Operand x = as_column(tile, given, rows);
  const auto multiply = is_small ? tile.kernels->multiply_small_constant : tile.kernels->multiply_constant;
  std::int64_t* low = room.numbers(rows);
  multiply(low, x.low, k, rows);
  std::int64_t* high = low;
  if (!x.known()) {
    high = room.numbers(rows);
    multiply(high, x.high, k, rows);
  }
  if (k < 0) std::swap(low, high);
  return {.low = low, .high = high};
}

Operand product_of(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room) {
  std::int64_t* low = room.numbers(rows);
  if (x.known() && y.known()) {
    tile.kernels->multiply(low, x.low, y.low, rows);
    return {.low = low, .high = low};
  }
  std::int64_t* high = room.numbers(rows);
  tile.kernels->multiply_ranges(low, high, x.low, x.high, y.low, y.high, rows);
  return settled({.low = low, .high = high}, rows);
}

Operand absolute_of(Tile& tile, const Operand& given, std::size_t rows, const Room& room) {
  const Operand x = as_column(tile, given, rows);
  std::int64_t* low = room.numbers(rows);
  if (x.known()) {
    auto* negated = tile.scratch.take_array<std::int64_t>(rows);
    tile.kernels->subtract_from_constant(negated, x.low, 0, rows);
    tile.kernels->maximum(low, x.low, negated, rows);
    return {.low = low, .high = low};
  }
  std::int64_t* high = room.numbers(rows);
  tile.kernels->absolute_ranges(low, high, x.low, x.high, rows);
  return {.low = low, .high = high};
}

Operand rounded(Tile& tile, const Operand& given, const Steps& steps, std::size_t rows, const Room& room) {
  const Operand x = as_column(tile, given, rows);
  std::int64_t* low = room.numbers(rows);
  round_end(tile, steps, low, x.low, rows);
  std::int64_t* high = low;
  if (!x.known()) {
    high = room.numbers(rows);
    round_end(tile, steps, high, x.high, rows);
  }
  return settled({.low = low, .high = high}, rows);
}

Operand chosen(Tile& tile, const Branches& by, const Operand& then, const Operand& otherwise, std::size_t rows, const Room& room) {
  std::int64_t* low = room.numbers(rows);
  std::int64_t* high = low;
  if (by.meet) {
    high = room.numbers(rows);
    hull_end(tile, by, low, low_end(then), low_end(otherwise), true, rows);
    hull_end(tile, by, high, high_end(then), high_end(otherwise), false, rows);
  } else {
    select_end(tile, by, low, low_end(then), low_end(otherwise), rows);
    if (!then.known() || !otherwise.known()) {
      high = room.numbers(rows);
      select_end(tile, by, high, high_end(then), high_end(otherwise), rows);
    }
  }
  return settled({.low = low, .high = high}, rows);
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

}  // namespace duly::columnar
