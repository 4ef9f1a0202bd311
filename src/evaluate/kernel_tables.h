#pragma once

// Loops that find cells of tables.
//
// A part of `kernels.cc` and of nothing else: all is in an unnamed namespace, once for each SIMD level.
//
// Threads: pure functions.

#include "evaluate/kernel_words.h"

namespace duly {
namespace {

I place_of(I key, I offset, I last) { return lesser(greater(difference(key, offset), I{0}), last); }

#if defined(__AVX2__)
/// What past the last place is added to the values found, unless nothing grows. V is the vector of T.
template <bool grows, class T, class Find>
N look_up_vectors(T* __restrict out, const T* keys, const Places& table, N n, Find find) {
  const auto offset = plain(every(static_cast<T>(table.offset)));
  const auto each_more = plain(every(static_cast<T>(table.each_more)));
  const auto last = every(static_cast<T>(table.last));
  N i = 0;
  for (; i + vector_rows<T> <= n; i += vector_rows<T>) {
    const auto key = wrap(plain(load(keys + i)) - offset);
    const auto place = key > 0 ? key : every(T{0});
    const auto cut = place < last ? place : last;
    auto found = plain(find(cut));
    if constexpr (grows) found += plain(place - cut) * each_more;
    store(out + i, wrap(found));
  }
  return i;
}

#if defined(__AVX512F__)
/// The lower halves of the first 16 values of a table, from `first` on.
Vector halves(const Places& table, N first) {
  const U held = ((U{2} << table.last) - 1U) >> first;
  const __m256i low = _mm512_cvtepi64_epi32(_mm512_maskz_loadu_epi64(static_cast<__mmask8>(held), table.values + first));
  const __m256i high = _mm512_cvtepi64_epi32(_mm512_maskz_loadu_epi64(static_cast<__mmask8>(held >> 8), table.values + first + 8));
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}
#else
/// Whether every value of a small table is a number of 32 bits without a sign.
bool are_halves(const Places& table) {
  U joined = 0;
  for (I place = 0; place <= table.last; ++place) joined |= plain(table.values[place]);
  return joined <= low_half;
}

/// The lower halves of a table of at most 16 values.
struct SmallTable {
  __m256i low, high;
  explicit SmallTable(const Places& table) {
    H held[16] = {};
    for (I place = 0; place <= table.last; ++place) held[place] = half(table.values[place]);
    low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(held));
    high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(held + 8));
  }
  HV from_low(HV place) const { return reinterpret_cast<HV>(_mm256_permutevar8x32_epi32(low, reinterpret_cast<__m256i>(place))); }
  HV from_high(HV place) const { return reinterpret_cast<HV>(_mm256_permutevar8x32_epi32(high, reinterpret_cast<__m256i>(place))); }
};
#endif

template <bool grows, class T>
N look_up_one_by_one(T* __restrict out, const T* keys, const Places& table, N n) {
  return look_up_vectors<grows>(out, keys, table, n, [&](auto place) {
    auto found = place;
    for (N lane = 0; lane < vector_rows<T>; ++lane) found[lane] = static_cast<T>(table.values[place[lane]]);
    return found;
  });
}

template <bool grows>
N look_up_vectors(I* __restrict out, const I* keys, const Places& table, N n) {
#if defined(__AVX512F__)
  if (table.last < 16) {  // all values in two registers
    const unsigned held = (2U << table.last) - 1U;
    const __m512i low = _mm512_maskz_loadu_epi64(static_cast<__mmask8>(held), table.values);
    const __m512i high = _mm512_maskz_loadu_epi64(static_cast<__mmask8>(held >> 8), table.values + 8);
    return look_up_vectors<grows>(
        out, keys, table, n, [&](V place) { return reinterpret_cast<V>(_mm512_permutex2var_epi64(low, reinterpret_cast<__m512i>(place), high)); });
  }
#else
  if (table.last < 16 && are_halves(table)) {  // all values in the lower halves of two registers
    const SmallTable held(table);
    return look_up_vectors<grows>(out, keys, table, n, [&](V place) {
      const auto at = reinterpret_cast<HV>(place);
      const auto from_low = reinterpret_cast<V>(held.from_low(at));
      const auto from_high = reinterpret_cast<V>(held.from_high(at));
      return (place > 7 ? from_high : from_low) & wrap(UV{} + low_half);
    });
  }
#endif
  return look_up_one_by_one<grows>(out, keys, table, n);
}

template <bool grows>
N look_up_vectors(H* __restrict out, const H* keys, const Places& table, N n) {
#if defined(__AVX512F__)
  if (table.last < 32) {  // all values in two registers
    const Vector low = halves(table, 0);
    const Vector high = halves(table, 16);
    return look_up_vectors<grows>(
        out, keys, table, n, [&](HV place) { return reinterpret_cast<HV>(_mm512_permutex2var_epi32(low, reinterpret_cast<__m512i>(place), high)); });
  }
#else
  if (table.last < 16) {
    const SmallTable held(table);
    return look_up_vectors<grows>(out, keys, table, n, [&](HV place) { return place > 7 ? held.from_high(place) : held.from_low(place); });
  }
#endif
  return look_up_one_by_one<grows>(out, keys, table, n);
}
#endif

template <class T>
void look_up(T* __restrict out, const T* keys, const Places& given, N n) {
  const Places table = given;
  N i = 0;
#if defined(__AVX2__)
  i = table.each_more == 0 ? look_up_vectors<false>(out, keys, table, n) : look_up_vectors<true>(out, keys, table, n);
#endif
  for (; i < n; ++i) {
    const I key = difference(I{keys[i]}, table.offset);
    const I past = greater(difference(key, table.last), I{0});
    out[i] = static_cast<T>(sum(table.values[place_of(keys[i], table.offset, table.last)], product(past, table.each_more)));
  }
}

void add_number_key(std::int32_t* __restrict cells, const I* keys, I offset, std::int32_t extent, N n) {
  for (N i = 0; i < n; ++i) cells[i] = cells[i] * extent + static_cast<std::int32_t>(place_of(keys[i], offset, I{extent} - 1));
}

bool add_code_key(std::int32_t* __restrict cells, const U* words, std::int32_t extent, N n) {
  U wrong = 0;
  for (N i = 0; i < n; ++i) {
    const U word = words[i];
    wrong |= (word & (word - 1)) | static_cast<U>(word == 0);
    cells[i] = cells[i] * extent + (63 - __builtin_clzll(word | 1U));
  }
  return wrong == 0;
}

}  // namespace
}  // namespace duly
