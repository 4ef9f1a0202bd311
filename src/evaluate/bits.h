#pragma once

// Bitmaps of one bit for each row, in 64-bit words. Bits past the last row are unspecified and never looked at.
//
// Threads: pure functions.

#include <bit>
#include <cstddef>
#include <cstdint>

namespace duly::columnar {

inline std::size_t words_for(std::size_t rows) { return (rows + 63) / 64; }

inline bool bit_at(const std::uint64_t* bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1U) != 0; }
inline void set_bit(std::uint64_t* bits, std::size_t row) { bits[row / 64] |= std::uint64_t{1} << (row % 64); }
inline void clear_bit(std::uint64_t* bits, std::size_t row) { bits[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
inline void put_bit(std::uint64_t* bits, std::size_t row, bool value) { value ? set_bit(bits, row) : clear_bit(bits, row); }

inline void fill_bits(std::uint64_t* bits, std::size_t rows, bool value) {
  for (std::size_t w = 0; w < words_for(rows); ++w) bits[w] = value ? ~std::uint64_t{0} : 0;
}

/// The bits of word `w` that belong to rows.
inline std::uint64_t rows_of_word(std::size_t w, std::size_t rows) {
  const std::size_t rest = rows - w * 64;
  return rest >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
}

/// `count` bits (at most 64) from `row` on, as the lower bits of a word. Reads no word past the last of them.
inline std::uint64_t bits_at(const std::uint64_t* bits, std::size_t row, std::size_t count) {
  if (count == 0) return 0;
  const std::size_t shift = row % 64;
  std::uint64_t out = bits[row / 64] >> shift;
  if (shift + count > 64) out |= bits[row / 64 + 1] << (64 - shift);
  return count >= 64 ? out : out & ((std::uint64_t{1} << count) - 1);
}

inline bool any_bit(const std::uint64_t* bits, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w)
    if ((bits[w] & rows_of_word(w, rows)) != 0) return true;
  return false;
}

inline bool every_bit(const std::uint64_t* bits, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w)
    if ((~bits[w] & rows_of_word(w, rows)) != 0) return false;
  return true;
}

/// Whether some row has a bit in both.
inline bool meet(const std::uint64_t* a, const std::uint64_t* b, std::size_t rows) {
  for (std::size_t w = 0; w < words_for(rows); ++w)
    if ((a[w] & b[w] & rows_of_word(w, rows)) != 0) return true;
  return false;
}

/// Calls `f(row)` for each set bit, in order.
template <class F>
void for_each_bit(const std::uint64_t* bits, std::size_t rows, F f) {
  for (std::size_t w = 0; w < words_for(rows); ++w)
    for (std::uint64_t rest = bits[w] & rows_of_word(w, rows); rest != 0; rest &= rest - 1)
      f(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
}

}  // namespace duly::columnar
