#pragma once

// Loops over days, rows named by number, pairs and sets of people.
//
// A part of `kernels.cc` and of nothing else: all is in an unnamed namespace, once for each SIMD level.
//
// Threads: pure functions.

#include "evaluate/kernel_words.h"

namespace duly {
namespace {

// ---- days

/// A day by years that begin in March, in which the day of the year alone tells month and day, since a leap day comes last.
struct MarchDay {
  UH year, day;
};

MarchDay march_day(I days) {
  constexpr UH from_year_0 = 719468;
  constexpr UH four_centuries = 146097;
  const UH counted = static_cast<UH>(plain(days)) + from_year_0;
  const UH era = counted / four_centuries;
  const UH of_era = counted - era * four_centuries;
  const UH year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (four_centuries - 1)) / 365;
  return {year + 400 * era, of_era - (365 * year + year / 4 - year / 100)};
}

void years_between(I* __restrict out, const I* from, const I* to, N n) {
  for (N i = 0; i < n; ++i) {
    const MarchDay first = march_day(from[i]);
    const MarchDay last = march_day(to[i]);
    out[i] = wrap(last.year - first.year - static_cast<UH>(last.day < first.day));
  }
}

// ---- by row numbers

template <class T>
void gather(T* __restrict out, const T* a, const H* rows, N n) {
  for (N i = 0; i < n; ++i) out[i] = a[rows[i]];
}

#if defined(__AVX512F__)
/// Bits by row number, 64 of them: `half_at` finds the half words of 16 rows.
template <class Halves>
U gathered_word(const std::int32_t* rows, N count, Halves half_at) {
  U word = 0;
  for (N j = 0; j < count; j += 16) {
    const N left = count - j;
    const auto mask = left >= 16 ? static_cast<__mmask16>(0xFFFF) : static_cast<__mmask16>((1U << left) - 1U);
    const __m512i row = _mm512_maskz_loadu_epi32(mask, rows + j);
    const __m512i shifted = _mm512_srlv_epi32(half_at(_mm512_srli_epi32(row, 5), mask), _mm512_and_si512(row, _mm512_set1_epi32(31)));
    word |= static_cast<U>(_mm512_mask_test_epi32_mask(mask, shifted, _mm512_set1_epi32(1))) << j;
  }
  return word;
}
#endif

void gather_bits(U* __restrict out, const U* a, const std::int32_t* rows, N n) {
  for (N i = 0; i < n; i += 64) {
    const N count = n - i < 64 ? n - i : 64;
#if defined(__AVX512F__)
    out[i / 64] = gathered_word(rows + i, count, [&](__m512i half, __mmask16 mask) {
      return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), mask, half, reinterpret_cast<const int*>(a), 4);
    });
#else
    U word = 0;
    for (N j = 0; j < count; ++j) {
      const auto row = static_cast<std::uint32_t>(rows[i + j]);
      word |= (a[row / 64] >> (row % 64) & 1U) << j;
    }
    out[i / 64] = word;
#endif
  }
}

// ---- pairs of people: n * n bits for a household of n

U low_bits(N count) { return count >= 64 ? ~U{0} : (U{1} << count) - 1; }

U bits_at(const U* bits, N row, N count) {
  const N shift = row % 64;
  U out = bits[row / 64] >> shift;
  if (shift + count > 64) out |= bits[row / 64 + 1] << (64 - shift);
  return out & low_bits(count);
}

/// Bits one behind another, in whole words.
class BitWriter {
 public:
  explicit BitWriter(U* out) : out_(out) {}
  /// `count` bits, at most 64; those past them are 0.
  void add(U bits, N count) {
    word_ |= bits << filled_;
    if (filled_ + count < 64) {
      filled_ += count;
      return;
    }
    *out_++ = word_;
    word_ = filled_ == 0 ? 0 : bits >> (64 - filled_);
    filled_ = filled_ + count - 64;
  }
  void finish() const {
    if (filled_ > 0) *out_ = word_;
  }

 private:
  U* out_;
  U word_ = 0;
  N filled_ = 0;
};

/// Whose pairs fit into one word.
constexpr N few_people = 8;
/// For n people a bit at 0, n, 2n, and so on up to the last subject.
constexpr U every_subject[few_people + 1] = {0, 1, 0x5, 0x49, 0x1111, 0x108421, 0x41041041, 0x40810204081, 0x101010101010101};

/// The bit of person k at k * n.
U at_subjects(U people, N n) {
#if defined(__BMI2__)
  return _pdep_u64(people, every_subject[n]);
#else
  U out = 0;
  for (N k = 0; k < n; ++k) out |= (people >> k & 1U) << (k * n);
  return out;
#endif
}

template <bool of_item>
void bits_of_pairs(U* __restrict out, const U* people, const H* begin, N households) {
  BitWriter writer(out);
  for (N h = 0; h < households; ++h) {
    const auto first = static_cast<N>(begin[h]);
    const N n = static_cast<N>(begin[h + 1]) - first;
    if (n == 0) continue;
    if (n <= few_people) {
      const U bits = bits_at(people, first, n);
      writer.add(of_item ? bits * every_subject[n] : at_subjects(bits, n) * low_bits(n), n * n);
      continue;
    }
    for (N subject = 0; subject < n; ++subject)
      for (N item = 0; item < n; item += 64) {
        const N count = lesser(n - item, N{64});
        writer.add(of_item ? bits_at(people, first + item, count) : bits_at(people, first + subject, 1) * low_bits(count), count);
      }
  }
  writer.finish();
}
void bits_of_subjects(U* __restrict out, const U* people, const H* begin, N households) { bits_of_pairs<false>(out, people, begin, households); }
void bits_of_items(U* __restrict out, const U* people, const H* begin, N households) { bits_of_pairs<true>(out, people, begin, households); }

// ---- sets of people

template <class At>
void test_places_at(U* __restrict out, const U* sets, const unsigned char* places, N n, At at) {
  for (N i = 0; i < n; i += 64) {
    const N count = n - i < 64 ? n - i : 64;
    U word = 0;
    for (N j = 0; j < count; ++j) {
      const U place = places[i + j];
      word |= (sets[at(i + j)] >> (place & 63U) & static_cast<U>(place < 64)) << j;
    }
    out[i / 64] = word;
  }
}

void test_places(U* __restrict out, const U* sets, const std::int32_t* rows, const unsigned char* places, N n) {
  if (rows == nullptr) test_places_at(out, sets, places, n, [](N i) { return i; });
  else test_places_at(out, sets, places, n, [rows](N i) { return static_cast<N>(rows[i]); });
}

void sizes(I* __restrict out, const U* sets, N width, I k, N n) {
  if (width == 1) {
    for (N i = 0; i < n; ++i) out[i] = __builtin_popcountll(sets[i]) * k;
    return;
  }
  for (N i = 0; i < n; ++i) {
    I size = 0;
    for (N w = 0; w < width; ++w) size += __builtin_popcountll(sets[i * width + w]);
    out[i] = size * k;
  }
}

}  // namespace
}  // namespace duly
