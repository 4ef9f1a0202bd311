#pragma once

// Bitmaps that grow with the table they belong to: one bit for each row. Bits past the last row are 0.
//
// Threads: pure functions.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace duly {

using BitRows = std::vector<std::uint64_t>;

inline std::size_t words_of_bits(std::size_t rows) { return (rows + 63) / 64; }

/// The lowest `count` bits, at most 64.
inline std::uint64_t low_bits(std::size_t count) { return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1; }

/// Makes `bits` one bit for each row, each 1.
inline void set_all(BitRows& bits, std::size_t rows) {
  bits.assign(words_of_bits(rows), ~std::uint64_t{0});
  if (rows % 64 != 0) bits.back() = low_bits(rows % 64);
}

inline BitRows all_bits(std::size_t rows) {
  BitRows bits;
  set_all(bits, rows);
  return bits;
}

inline BitRows no_bits(std::size_t rows) { return BitRows(words_of_bits(rows), 0); }

inline bool has_bit(const BitRows& bits, std::size_t row) { return (bits[row / 64] >> (row % 64) & 1U) != 0; }

inline void give_bit(BitRows& bits, std::size_t row, bool value) {
  const std::uint64_t mask = std::uint64_t{1} << (row % 64);
  bits[row / 64] = value ? bits[row / 64] | mask : bits[row / 64] & ~mask;
}

inline bool has_any_bit(const BitRows& bits) {
  for (const std::uint64_t word : bits)
    if (word != 0) return true;
  return false;
}

/// The bits of `count` rows from `row` on, at most 64; those past the end are 0.
inline std::uint64_t bits_from(const BitRows& bits, std::size_t row, std::size_t count) {
  const std::size_t word = row / 64;
  const std::size_t shift = row % 64;
  if (word >= bits.size()) return 0;
  std::uint64_t out = bits[word] >> shift;
  if (shift != 0 && word + 1 < bits.size()) out |= bits[word + 1] << (64 - shift);
  return out & low_bits(count);
}

/// Sets in `into` from `row` on what is set in `bits`. Precondition: there are rows for that.
inline void join_bits(BitRows& into, std::size_t row, std::uint64_t bits) {
  const std::size_t shift = row % 64;
  into[row / 64] |= bits << shift;
  if (shift != 0 && (bits >> (64 - shift)) != 0) into[row / 64 + 1] |= bits >> (64 - shift);
}

/// Puts the first `count` rows of `from` behind the `rows` rows of `into`.
inline void append_bits(BitRows& into, std::size_t rows, const BitRows& from, std::size_t count) {
  into.resize(words_of_bits(rows + count), 0);
  for (std::size_t w = 0; w < words_of_bits(count); ++w) join_bits(into, rows + w * 64, from[w] & low_bits(count - w * 64));
}

}  // namespace duly
