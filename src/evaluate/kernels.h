#pragma once

// The inner loops over columns, as one table of functions for each SIMD level. `kernels.cc` is compiled once for each level;
// `dispatch.cc` picks the table the processor can run. Every level computes the same values bit for bit.
//
// Columns never overlap the output, inputs may be the same column. Nothing is read or written past `n` values; a bitmap is written in whole
// words, and bits past `n` are unspecified. Sums and products wrap.
//
// Threads: pure functions.

#include <cstddef>
#include <cstdint>

namespace duly {

/// How `round` divides by a constant: floor(x / divisor) by a multiplication, then one step up where the rest reaches a threshold.
/// The threshold depends on the sign of x, or for ties to even on the parity of the quotient.
struct Rounding {
  std::int64_t divisor = 1;
  std::uint64_t magic = 0;              ///< floor(2^(63+L) / divisor) + 1, where 2^L is the first power of two not below the divisor (> 1)
  int shift = 0;                        ///< L - 1
  bool is_small = false;                ///< x, divisor and `times` have at most 31 bits: magic is floor(2^(31+L) / divisor) + 1, shift 31 + L
  std::int64_t threshold[2] = {0, 0};   ///< for x >= 0 and x < 0, or for an even and an odd quotient
  bool by_parity = false;
  std::int64_t times = 1;               ///< the number of steps is multiplied by this
};

/// A table with one key: place min(max(key - offset, 0), last) holds the value; past the last place it grows by `each_more` a unit.
struct Places {
  const std::int64_t* values = nullptr;
  std::int64_t offset = 0;
  std::int64_t last = 0;
  std::int64_t each_more = 0;
};

/// The loops over columns of numbers, in lanes of 64 bits or of 32. What a lane of 32 bits is given and gives fits into it; only rows without a value hold
/// anything, and wrap.
template <class T>
struct NumberKernels {
  using Values = const T*;
  using Bits = const std::uint64_t*;
  using Rows = const std::int32_t*;
  using OutValues = T*;
  using OutBits = std::uint64_t*;

  void (*fill)(OutValues out, T k, std::size_t n);
  void (*add)(OutValues out, Values a, Values b, std::size_t n);
  void (*subtract)(OutValues out, Values a, Values b, std::size_t n);
  void (*multiply)(OutValues out, Values a, Values b, std::size_t n);
  void (*minimum)(OutValues out, Values a, Values b, std::size_t n);
  void (*maximum)(OutValues out, Values a, Values b, std::size_t n);
  void (*add_constant)(OutValues out, Values a, T k, std::size_t n);
  void (*subtract_from_constant)(OutValues out, Values a, T k, std::size_t n);  ///< k - a
  void (*multiply_constant)(OutValues out, Values a, T k, std::size_t n);
  void (*minimum_constant)(OutValues out, Values a, T k, std::size_t n);
  void (*maximum_constant)(OutValues out, Values a, T k, std::size_t n);
  /// Least and greatest of the four products of the ends.
  void (*multiply_ranges)(OutValues low, OutValues high, Values a_low, Values a_high, Values b_low, Values b_high, std::size_t n);
  void (*absolute_ranges)(OutValues low, OutValues high, Values a_low, Values a_high, std::size_t n);
  /// In lanes of 32 bits `how` is small.
  void (*round)(OutValues out, Values a, const Rounding& how, std::size_t n);

  void (*less)(OutBits out, Values a, Values b, std::size_t n);
  void (*equal)(OutBits out, Values a, Values b, std::size_t n);
  void (*less_constant)(OutBits out, Values a, T k, std::size_t n);  ///< a < k
  void (*greater_constant)(OutBits out, Values a, T k, std::size_t n);  ///< a > k
  void (*equal_constant)(OutBits out, Values a, T k, std::size_t n);

  void (*select)(OutValues out, Bits mask, Values a, Values b, std::size_t n);  ///< a where the bit is set, else b
  void (*select_constant)(OutValues out, Bits mask, Values a, T k, std::size_t n);  ///< a where the bit is set, else k
  void (*spread)(OutValues out, Bits mask, T k_set, T k_clear, std::size_t n);

  void (*look_up)(OutValues out, Values keys, const Places& table, std::size_t n);
  void (*gather)(OutValues out, Values a, Rows rows, std::size_t n);
};

struct Kernels {
  using Values = const std::int64_t*;
  using Codes = const std::uint64_t*;
  using Bits = const std::uint64_t*;
  using Rows = const std::int32_t*;
  using OutValues = std::int64_t*;
  using OutBits = std::uint64_t*;

  NumberKernels<std::int64_t> wide;
  NumberKernels<std::int32_t> narrow;
  void (*widen)(OutValues out, const std::int32_t* a, std::size_t n);
  void (*make_narrow)(std::int32_t* out, Values a, std::size_t n);  ///< the lower halves
  /// `wide.multiply_constant` for what fits into 32 bits with its sign; of what does not the lower half counts.
  void (*multiply_small_constant)(OutValues out, Values a, std::int64_t k, std::size_t n);

  void (*meets)(OutBits out, Codes a, Codes b, std::size_t n);  ///< some word is possible on both sides
  void (*differs)(OutBits out, Codes a, Codes b, std::size_t n);  ///< not one and the same single word on both sides
  void (*meets_constant)(OutBits out, Codes a, std::uint64_t k, std::size_t n);

  /// cell = cell * extent + min(max(key - offset, 0), extent - 1)
  void (*add_number_key)(std::int32_t* cells, Values keys, std::int64_t offset, std::int32_t extent, std::size_t n);
  /// cell = cell * extent + the number of the word. False where a row may be several words, of which the last counts, or none, which counts as the first.
  bool (*add_code_key)(std::int32_t* cells, Codes words, std::int32_t extent, std::size_t n);

  void (*gather_bits)(OutBits out, Bits a, Rows rows, std::size_t n);

  /// The bit of the subject, or of the item, of each pair of people of one household; `begin` has the first person of each household, and the end.
  void (*bits_of_subjects)(OutBits out, Bits people, Rows begin, std::size_t households);
  void (*bits_of_items)(OutBits out, Bits people, Rows begin, std::size_t households);

  /// Full years from one day to another, as `full_years_between`. Days are those of `Date`, none before `first_date`.
  void (*years_between)(OutValues out, Values from, Values to, std::size_t n);

  /// The bit of set `rows[i]`, or i where `rows` is null, at `places[i]`; none where that is past 63.
  void (*test_places)(OutBits out, Codes sets, Rows rows, const std::uint8_t* places, std::size_t n);
  /// How many bits are set in `width` words each, times k.
  void (*sizes)(OutValues out, Codes sets, std::size_t width, std::int64_t k, std::size_t n);

  /// The loops of one lane.
  template <class T>
  [[nodiscard]] const NumberKernels<T>& numbers() const {
    if constexpr (sizeof(T) == sizeof(std::int64_t)) return wide;
    else return narrow;
  }
};

#if defined(__x86_64__)
extern const Kernels kernels_v2;
extern const Kernels kernels_v3;
extern const Kernels kernels_v4;
#else
extern const Kernels kernels_base;
#endif

}  // namespace duly
