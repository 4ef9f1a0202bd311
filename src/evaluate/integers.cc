#include "evaluate/integers.h"

#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace duly::columnar {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

template <class T>
using ColumnKernel = void (*)(T*, const T*, const T*, std::size_t);
template <class T>
using ConstantKernel = void (*)(T*, const T*, T, std::size_t);

template <class T>
const NumberKernels<T>& kernels_of(const Tile& tile) {
  return tile.kernels->numbers<T>();
}

/// An operation that rises with both operands and takes them in either order.
template <class T>
LaneOperand<T> combined(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, ColumnKernel<T> columns, ConstantKernel<T> constant,
                        std::size_t rows, const Room& room) {
  if (x.constant && !y.constant) return combined(tile, y, x, columns, constant, rows, room);
  const LaneOperand<T> from = as_column(tile, x, rows);
  const bool known = from.known() && y.known();
  T* low = room.take<T>(rows);
  T* high = known ? low : room.take<T>(rows);
  const auto end = [&](T* out, const T* a, const T* b) { y.constant ? constant(out, a, y.k, rows) : columns(out, a, b, rows); };
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

template <class T>
void round_end(Tile& tile, const Steps& steps, T* out, const T* x, std::size_t rows) {
  const NumberKernels<T>& kernels = kernels_of<T>(tile);
  const std::int64_t common = std::gcd(steps.k, steps.k2);
  const std::int64_t k = steps.k / common;
  const std::int64_t k2 = steps.k2 / common;
  if (k2 == 1) return kernels.multiply_constant(out, x, static_cast<T>(k * steps.k3), rows);
  if (k != 1) {
    T* product = tile.scratch.take_array<T>(rows);
    kernels.multiply_constant(product, x, static_cast<T>(k), rows);
    x = product;
  }
  kernels.round(out, x, rounding_by(k2, steps), rows);
}

/// One end of an operand: values, or one value for every row.
template <class T>
struct End {
  const T* values;
  T k;
};
template <class T>
End<T> low_end(const LaneOperand<T>& x) {
  return {x.constant ? nullptr : x.low, x.k};
}
template <class T>
End<T> high_end(const LaneOperand<T>& x) {
  return {x.constant ? nullptr : x.high, x.k};
}

/// One end where every row takes one branch.
template <class T>
void select_end(Tile& tile, const Branches& by, T* out, const End<T>& then, const End<T>& otherwise, std::size_t rows) {
  const NumberKernels<T>& kernels = kernels_of<T>(tile);
  if (then.values == nullptr && otherwise.values == nullptr) kernels.spread(out, by.then_rows, then.k, otherwise.k, rows);
  else if (otherwise.values == nullptr) kernels.select_constant(out, by.then_rows, then.values, otherwise.k, rows);
  else if (then.values == nullptr) kernels.select_constant(out, by.otherwise_rows, otherwise.values, then.k, rows);
  else kernels.select(out, by.then_rows, then.values, otherwise.values, rows);
}

/// The branch in the rows that may take it, `far` in the others.
template <class T>
const T* or_far(Tile& tile, const Word* rows_taken, const End<T>& branch, T far, std::size_t rows) {
  const NumberKernels<T>& kernels = kernels_of<T>(tile);
  T* out = tile.scratch.take_array<T>(rows);
  if (branch.values == nullptr) kernels.spread(out, rows_taken, branch.k, far, rows);
  else kernels.select_constant(out, rows_taken, branch.values, far, rows);
  return out;
}

/// One end where some row may take both branches: the one further out.
template <class T>
void hull_end(Tile& tile, const Branches& by, T* out, const End<T>& then, const End<T>& otherwise, bool is_low, std::size_t rows) {
  const T far = is_low ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min();
  const T* taken = or_far(tile, by.then_rows, then, far, rows);
  const T* left = or_far(tile, by.otherwise_rows, otherwise, far, rows);
  (is_low ? kernels_of<T>(tile).minimum : kernels_of<T>(tile).maximum)(out, taken, left, rows);
}

template <class T>
void less(const NumberKernels<T>& kernels, Word* out, End<T> x, End<T> y, std::size_t rows) {
  if (x.values == nullptr && y.values == nullptr) fill_bits(out, rows, x.k < y.k);
  else if (x.values == nullptr) kernels.greater_constant(out, y.values, x.k, rows);
  else if (y.values == nullptr) kernels.less_constant(out, x.values, y.k, rows);
  else kernels.less(out, x.values, y.values, rows);
}

template <class T>
void equal(const NumberKernels<T>& kernels, Word* out, End<T> x, End<T> y, std::size_t rows) {
  if (x.values == nullptr && y.values == nullptr) fill_bits(out, rows, x.k == y.k);
  else if (x.values == nullptr) kernels.equal_constant(out, y.values, x.k, rows);
  else if (y.values == nullptr) kernels.equal_constant(out, x.values, y.k, rows);
  else kernels.equal(out, x.values, y.values, rows);
}

void flip(Word* bits, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w) bits[w] = ~bits[w];
}

}  // namespace

template <class T>
LaneOperand<T> settled(const LaneOperand<T>& x, std::size_t rows) {
  LaneOperand<T> out = x;
  if (x.low != x.high && rows > 0 && std::memcmp(x.low, x.high, rows * sizeof(T)) == 0) out.high = out.low;
  return out;
}

template <class T>
LaneOperand<T> sum_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room) {
  return combined(tile, x, y, kernels_of<T>(tile).add, kernels_of<T>(tile).add_constant, rows, room);
}

template <class T>
LaneOperand<T> least_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room) {
  return settled(combined(tile, x, y, kernels_of<T>(tile).minimum, kernels_of<T>(tile).minimum_constant, rows, room), rows);
}

template <class T>
LaneOperand<T> greatest_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room) {
  return settled(combined(tile, x, y, kernels_of<T>(tile).maximum, kernels_of<T>(tile).maximum_constant, rows, room), rows);
}

template <class T>
LaneOperand<T> difference_of(Tile& tile, const LaneOperand<T>& from, const LaneOperand<T>& y, std::size_t rows, const Room& room) {
  const LaneOperand<T> x = from.constant && y.constant ? as_column(tile, from, rows) : from;
  T* low = room.take<T>(rows);
  const auto end = [&](T* out, const T* whole, const T* taken) {
    if (y.constant) kernels_of<T>(tile).add_constant(out, whole, static_cast<T>(wrapped_product(y.k, -1)), rows);
    else if (x.constant) kernels_of<T>(tile).subtract_from_constant(out, taken, x.k, rows);
    else kernels_of<T>(tile).subtract(out, whole, taken, rows);
  };
  end(low, x.low, y.high);
  T* high = low;
  if (!x.known() || !y.known()) {
    high = room.take<T>(rows);
    end(high, x.high, y.low);
  }
  return {.low = low, .high = high};
}

template <class T>
LaneOperand<T> times(Tile& tile, const LaneOperand<T>& given, std::int64_t k, bool is_small, std::size_t rows, const Room& room) {
  const LaneOperand<T> x = as_column(tile, given, rows);
  const auto multiply = [&](T* out, const T* values) {
    if constexpr (!is_narrow_lane<T>)
      if (is_small) return tile.kernels->multiply_small_constant(out, values, k, rows);
    kernels_of<T>(tile).multiply_constant(out, values, static_cast<T>(k), rows);
  };
  T* low = room.take<T>(rows);
  multiply(low, x.low);
  T* high = low;
  if (!x.known()) {
    high = room.take<T>(rows);
    multiply(high, x.high);
  }
  if (k < 0) std::swap(low, high);
  return {.low = low, .high = high};
}

template <class T>
LaneOperand<T> product_of(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, std::size_t rows, const Room& room) {
  T* low = room.take<T>(rows);
  if (x.known() && y.known()) {
    kernels_of<T>(tile).multiply(low, x.low, y.low, rows);
    return {.low = low, .high = low};
  }
  T* high = room.take<T>(rows);
  kernels_of<T>(tile).multiply_ranges(low, high, x.low, x.high, y.low, y.high, rows);
  return settled<T>({.low = low, .high = high}, rows);
}

template <class T>
LaneOperand<T> absolute_of(Tile& tile, const LaneOperand<T>& given, std::size_t rows, const Room& room) {
  const LaneOperand<T> x = as_column(tile, given, rows);
  T* low = room.take<T>(rows);
  if (x.known()) {
    auto* negated = tile.scratch.take_array<T>(rows);
    kernels_of<T>(tile).subtract_from_constant(negated, x.low, 0, rows);
    kernels_of<T>(tile).maximum(low, x.low, negated, rows);
    return {.low = low, .high = low};
  }
  T* high = room.take<T>(rows);
  kernels_of<T>(tile).absolute_ranges(low, high, x.low, x.high, rows);
  return {.low = low, .high = high};
}

template <class T>
LaneOperand<T> rounded(Tile& tile, const LaneOperand<T>& given, const Steps& steps, std::size_t rows, const Room& room) {
  const LaneOperand<T> x = as_column(tile, given, rows);
  T* low = room.take<T>(rows);
  round_end(tile, steps, low, x.low, rows);
  T* high = low;
  if (!x.known()) {
    high = room.take<T>(rows);
    round_end(tile, steps, high, x.high, rows);
  }
  return settled<T>({.low = low, .high = high}, rows);
}

template <class T>
LaneOperand<T> chosen(Tile& tile, const Branches& by, const LaneOperand<T>& then, const LaneOperand<T>& otherwise, std::size_t rows,
                      const Room& room) {
  T* low = room.take<T>(rows);
  T* high = low;
  if (by.meet) {
    high = room.take<T>(rows);
    hull_end(tile, by, low, low_end(then), low_end(otherwise), true, rows);
    hull_end(tile, by, high, high_end(then), high_end(otherwise), false, rows);
  } else {
    select_end(tile, by, low, low_end(then), low_end(otherwise), rows);
    if (!then.known() || !otherwise.known()) {
      high = room.take<T>(rows);
      select_end(tile, by, high, high_end(then), high_end(otherwise), rows);
    }
  }
  return settled<T>({.low = low, .high = high}, rows);
}

template <class T>
void compare_less(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, const Answers& out, std::size_t rows) {
  less(kernels_of<T>(tile), out.may_be_true, low_end(x), high_end(y), rows);
  if (x.known() && y.known()) {
    for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~out.may_be_true[w];
    return;
  }
  less(kernels_of<T>(tile), out.may_be_false, high_end(x), low_end(y), rows);
  flip(out.may_be_false, rows);
}

template <class T>
void compare_equal(Tile& tile, const LaneOperand<T>& x, const LaneOperand<T>& y, const Answers& out, std::size_t rows) {
  if (x.known() && y.known()) {
    equal(kernels_of<T>(tile), out.may_be_true, low_end(x), low_end(y), rows);
    for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~out.may_be_true[w];
    return;
  }
  Word* apart = tile.scratch.take_array<Word>(words_for(rows));
  less(kernels_of<T>(tile), out.may_be_true, high_end(x), low_end(y), rows);
  less(kernels_of<T>(tile), apart, high_end(y), low_end(x), rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_true[w] = ~(out.may_be_true[w] | apart[w]);
  equal(kernels_of<T>(tile), out.may_be_false, low_end(x), high_end(y), rows);
  equal(kernels_of<T>(tile), apart, high_end(x), low_end(y), rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) out.may_be_false[w] = ~(out.may_be_false[w] & apart[w]);
}

#define DULY_IN_LANES_OF(T)                                                                                                       \
  template LaneOperand<T> settled(const LaneOperand<T>&, std::size_t);                                                            \
  template LaneOperand<T> sum_of(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&);                  \
  template LaneOperand<T> difference_of(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&);           \
  template LaneOperand<T> product_of(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&);              \
  template LaneOperand<T> least_of(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&);                \
  template LaneOperand<T> greatest_of(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&);             \
  template LaneOperand<T> absolute_of(Tile&, const LaneOperand<T>&, std::size_t, const Room&);                                    \
  template LaneOperand<T> times(Tile&, const LaneOperand<T>&, std::int64_t, bool, std::size_t, const Room&);                      \
  template LaneOperand<T> rounded(Tile&, const LaneOperand<T>&, const Steps&, std::size_t, const Room&);                          \
  template LaneOperand<T> chosen(Tile&, const Branches&, const LaneOperand<T>&, const LaneOperand<T>&, std::size_t, const Room&); \
  template void compare_less(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, const Answers&, std::size_t);                   \
  template void compare_equal(Tile&, const LaneOperand<T>&, const LaneOperand<T>&, const Answers&, std::size_t);

DULY_IN_LANES_OF(std::int64_t)
DULY_IN_LANES_OF(std::int32_t)

}  // namespace duly::columnar
