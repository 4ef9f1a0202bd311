#pragma once

// Loops over numbers: arithmetic, rounding, comparisons into bitmaps and selects by bitmap. The last two by hand, which compilers leave scalar.
//
// A part of `kernels.cc` and of nothing else: all is in an unnamed namespace, once for each SIMD level.
//
// Threads: pure functions.

#include "evaluate/kernel_words.h"

namespace duly {
namespace {

// ---- elementwise

template <class T>
void fill(T* __restrict out, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = k;
}
template <class T>
void add(T* __restrict out, const T* a, const T* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = sum(a[i], b[i]);
}
template <class T>
void subtract(T* __restrict out, const T* a, const T* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = difference(a[i], b[i]);
}
template <class T>
void multiply(T* __restrict out, const T* a, const T* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = product(a[i], b[i]);
}
template <class T>
void minimum(T* __restrict out, const T* a, const T* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = lesser(a[i], b[i]);
}
template <class T>
void maximum(T* __restrict out, const T* a, const T* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = greater(a[i], b[i]);
}
template <class T>
void add_constant(T* __restrict out, const T* a, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = sum(a[i], k);
}
template <class T>
void subtract_from_constant(T* __restrict out, const T* a, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = difference(k, a[i]);
}
template <class T>
void multiply_constant(T* __restrict out, const T* a, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = product(a[i], k);
}
template <class T>
void minimum_constant(T* __restrict out, const T* a, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = lesser(a[i], k);
}
template <class T>
void maximum_constant(T* __restrict out, const T* a, T k, N n) {
  for (N i = 0; i < n; ++i) out[i] = greater(a[i], k);
}

template <class T>
void multiply_ranges(T* __restrict low, T* __restrict high, const T* a_low, const T* a_high, const T* b_low, const T* b_high, N n) {
  for (N i = 0; i < n; ++i) {
    const T p = product(a_low[i], b_low[i]);
    const T q = product(a_low[i], b_high[i]);
    const T r = product(a_high[i], b_low[i]);
    const T s = product(a_high[i], b_high[i]);
    low[i] = lesser(lesser(p, q), lesser(r, s));
    high[i] = greater(greater(p, q), greater(r, s));
  }
}

template <class T>
void absolute_ranges(T* __restrict low, T* __restrict high, const T* a_low, const T* a_high, N n) {
  for (N i = 0; i < n; ++i) {
    const T below = difference(T{0}, a_low[i]);
    const T above = difference(T{0}, a_high[i]);
    low[i] = greater(greater(a_low[i], above), T{0});
    high[i] = greater(below, a_high[i]);
  }
}

void widen(I* __restrict out, const H* a, N n) {
  for (N i = 0; i < n; ++i) out[i] = a[i];
}
void make_narrow(H* __restrict out, const I* a, N n) {
  for (N i = 0; i < n; ++i) out[i] = half(a[i]);
}

// ---- rounding: floor(x / divisor) for any x. A negative x is folded onto -x - 1, whose quotient folds back.

I quotient_of(I x, const Rounding& how) {
  const I sign = x >> 63;
  const U folded = plain(x ^ sign);
  const U quotient =
      how.is_small ? ((folded & low_half) * how.magic) >> how.shift : static_cast<U>(static_cast<U128>(folded) * how.magic >> 64) >> how.shift;
  return wrap(quotient) ^ sign;
}

template <class T>
void round_rest(T* __restrict out, const T* a, const Rounding& how, N from, N n) {
  for (N i = from; i < n; ++i) {
    const I x = a[i];
    const I quotient = quotient_of(x, how);
    const I rest = difference(x, product(quotient, how.divisor));
    const I which = how.by_parity ? quotient & 1 : -(x >> 63);
    const I step = rest >= how.threshold[which] ? 1 : 0;
    out[i] = static_cast<T>(product(quotient + step, how.times));
  }
}

#if defined(__AVX2__)
UV upper_product(UV a, UV b) {
  const UV a_upper = a >> 32;
  const UV b_upper = b >> 32;
  const UV crossed = low_times_low(a_upper, b) + (low_times_low(a, b) >> 32);
  const UV other = low_times_low(a, b_upper) + (crossed & low_half);
  return low_times_low(a_upper, b_upper) + (crossed >> 32) + (other >> 32);
}

template <bool is_small>
V times(V a, V b) {
  if constexpr (is_small) return low_times_low(a, b);
  return wrap(plain(a) * plain(b));
}

template <bool is_small, bool by_parity>
N round_vectors(I* __restrict out, const I* a, const Rounding& how, N n) {
  const UV magic = plain(every(wrap(how.magic)));
  const V divisor = every(how.divisor);
  const V count = every(how.times);
  const V first = every(how.threshold[0]);
  const V second = every(how.threshold[1]);
  N i = 0;
  for (; i + vector_rows<I> <= n; i += vector_rows<I>) {
    const V x = load(a + i);
    const V sign = x >> 63;
    const UV folded = plain(x ^ sign);
    const UV product = is_small ? low_times_low(folded, magic) : upper_product(folded, magic);
    const V quotient = wrap(product >> how.shift) ^ sign;
    const V rest = wrap(plain(x) - plain(times<is_small>(quotient, divisor)));
    const V which = by_parity ? every(I{0}) - (quotient & 1) : sign;
    const V threshold = (which & second) | (~which & first);
    const V steps = quotient - (rest >= threshold);  // true is -1
    store(out + i, times<is_small>(steps, count));
  }
  return i;
}

/// Products of 64 bits for every second row, then for the others.
template <bool by_parity>
N round_vectors(H* __restrict out, const H* a, const Rounding& how, N n) {
  const UV magic = plain(every(wrap(how.magic)));
  const UHV divisor = plain(every(half(how.divisor)));
  const UHV count = plain(every(half(how.times)));
  const HV first = every(half(how.threshold[0]));
  const HV second = every(half(how.threshold[1]));
  N i = 0;
  for (; i + vector_rows<H> <= n; i += vector_rows<H>) {
    const HV x = load(a + i);
    const HV sign = x >> 31;
    const auto folded = reinterpret_cast<UV>(x ^ sign);
    const UV even = low_times_low(folded, magic) >> how.shift;
    const UV odd = low_times_low(folded >> 32, magic) >> how.shift;
    const HV quotient = reinterpret_cast<HV>(even | odd << 32) ^ sign;
    const HV rest = wrap(plain(x) - plain(quotient) * divisor);
    const HV which = by_parity ? every(H{0}) - (quotient & 1) : sign;
    const HV threshold = (which & second) | (~which & first);
    const HV steps = quotient - (rest >= threshold);  // true is -1
    store(out + i, wrap(plain(steps) * count));
  }
  return i;
}
#endif

void multiply_small_constant(I* __restrict out, const I* a, I k, N n) {
  N i = 0;
#if defined(__AVX2__)
  const V factor = every(k);
  for (; i + vector_rows<I> <= n; i += vector_rows<I>) store(out + i, low_times_low(load(a + i), factor));
#endif
  for (; i < n; ++i) out[i] = product(I{half(a[i])}, k);
}

void round_wide(I* __restrict out, const I* a, const Rounding& given, N n) {
  const Rounding how = given;
  N done = 0;
#if defined(__AVX2__)
  if (how.by_parity) done = how.is_small ? round_vectors<true, true>(out, a, how, n) : round_vectors<false, true>(out, a, how, n);
  else done = how.is_small ? round_vectors<true, false>(out, a, how, n) : round_vectors<false, false>(out, a, how, n);
#endif
  round_rest(out, a, how, done, n);
}

void round_narrow(H* __restrict out, const H* a, const Rounding& given, N n) {
  const Rounding how = given;
  N done = 0;
#if defined(__AVX2__)
  done = how.by_parity ? round_vectors<true>(out, a, how, n) : round_vectors<false>(out, a, how, n);
#endif
  round_rest(out, a, how, done, n);
}

// ---- comparisons into bitmaps, 64 rows to a word

#if defined(__AVX512F__)
using Vector = __m512i;
/// What a comparison answers for the rows of a vector, a bit each.
using Mask = U;
#elif defined(__AVX2__)
using Vector = __m256i;
/// All bits of a row set, or none.
using Mask = __m256i;
Mask inverse(Mask lanes) { return _mm256_xor_si256(lanes, _mm256_set1_epi64x(-1)); }
U bits_of(Mask lanes, I) { return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes))); }
U bits_of(Mask lanes, H) { return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(lanes))); }
#endif

// The last argument of `lanes` says how wide a row is.
struct Less {
  template <class T>
  static bool one(T a, T b) {
    return a < b;
  }
#if defined(__AVX512F__)
  static Mask lanes(Vector a, Vector b, I) { return _mm512_cmplt_epi64_mask(a, b); }
  static Mask lanes(Vector a, Vector b, H) { return _mm512_cmplt_epi32_mask(a, b); }
#elif defined(__AVX2__)
  static Mask lanes(Vector a, Vector b, I) { return _mm256_cmpgt_epi64(b, a); }
  static Mask lanes(Vector a, Vector b, H) { return _mm256_cmpgt_epi32(b, a); }
#endif
};

struct Equal {
  template <class T>
  static bool one(T a, T b) {
    return a == b;
  }
#if defined(__AVX512F__)
  static Mask lanes(Vector a, Vector b, I) { return _mm512_cmpeq_epi64_mask(a, b); }
  static Mask lanes(Vector a, Vector b, H) { return _mm512_cmpeq_epi32_mask(a, b); }
#elif defined(__AVX2__)
  static Mask lanes(Vector a, Vector b, I) { return _mm256_cmpeq_epi64(a, b); }
  static Mask lanes(Vector a, Vector b, H) { return _mm256_cmpeq_epi32(a, b); }
#endif
};

struct Meets {
  static bool one(I a, I b) { return (a & b) != 0; }
#if defined(__AVX512F__)
  static Mask lanes(Vector a, Vector b, I) { return _mm512_test_epi64_mask(a, b); }
#elif defined(__AVX2__)
  static Mask lanes(Vector a, Vector b, I) { return inverse(_mm256_cmpeq_epi64(_mm256_and_si256(a, b), _mm256_setzero_si256())); }
#endif
};

/// True unless both hold the same single word: a ^ b is not 0, or a has two bits.
struct Differs {
  static bool one(I a, I b) { return ((a ^ b) | (a & difference(a, I{1}))) != 0; }
#if defined(__AVX512F__)
  static Mask lanes(Vector a, Vector b, I) {
    const Vector two = _mm512_and_si512(a, _mm512_sub_epi64(a, _mm512_set1_epi64(1)));
    const Vector either = _mm512_or_si512(_mm512_xor_si512(a, b), two);
    return _mm512_test_epi64_mask(either, either);
  }
#elif defined(__AVX2__)
  static Mask lanes(Vector a, Vector b, I) {
    const Vector two = _mm256_and_si256(a, _mm256_sub_epi64(a, _mm256_set1_epi64x(1)));
    const Vector either = _mm256_or_si256(_mm256_xor_si256(a, b), two);
    return inverse(_mm256_cmpeq_epi64(either, _mm256_setzero_si256()));
  }
#endif
};

#if defined(__AVX512F__)
U first_lanes(N count) { return (U{1} << count) - 1; }
Vector load_some(const I* values, N count) { return _mm512_maskz_loadu_epi64(static_cast<__mmask8>(first_lanes(count)), values); }
Vector load_some(const H* values, N count) { return _mm512_maskz_loadu_epi32(static_cast<__mmask16>(first_lanes(count)), values); }
Vector in_every_row(I k) { return _mm512_set1_epi64(k); }
Vector in_every_row(H k) { return _mm512_set1_epi32(k); }
#elif defined(__AVX2__)
Vector in_every_row(I k) { return _mm256_set1_epi64x(k); }
Vector in_every_row(H k) { return _mm256_set1_epi32(k); }
#endif

/// One side of a comparison: a column, or the same value for every row.
template <class T>
struct ColumnSide {
  const T* values;
  T at(N i) const { return values[i]; }
#if defined(__AVX512F__)
  Vector all(N i) const { return _mm512_loadu_si512(values + i); }
  Vector some(N i, N count) const { return load_some(values + i, count); }
#elif defined(__AVX2__)
  Vector all(N i) const { return _mm256_loadu_si256(reinterpret_cast<const Vector*>(values + i)); }
#endif
};

template <class T>
struct ConstantSide {
  T k;
  T at(N) const { return k; }
#if defined(__AVX2__)
  Vector all(N) const { return in_every_row(k); }
  Vector some(N, N) const { return in_every_row(k); }
#endif
};

template <class Test, class T, class Left, class Right>
void into_bits(U* __restrict out, Left a, Right b, N n) {
  N i = 0;
#if defined(__AVX512F__)
  constexpr N rows = vector_rows<T>;
  for (; i + 64 <= n; i += 64) {
    U word = 0;
    for (N j = 0; j < 64; j += rows) word |= Test::lanes(a.all(i + j), b.all(i + j), T{}) << j;
    out[i / 64] = word;
  }
  if (i == n) return;
  U word = 0;
  for (const N first = i; i < n; i += rows) {
    const N count = lesser(n - i, rows);
    word |= (Test::lanes(a.some(i, count), b.some(i, count), T{}) & first_lanes(count)) << (i - first);
  }
  out[(n - 1) / 64] = word;
#else
#if defined(__AVX2__)
  for (; i + 64 <= n; i += 64) {
    U word = 0;
    for (N j = 0; j < 64; j += vector_rows<T>) word |= bits_of(Test::lanes(a.all(i + j), b.all(i + j), T{}), T{}) << j;
    out[i / 64] = word;
  }
#endif
  for (; i < n; i += 64) {
    const N count = lesser(n - i, N{64});
    U word = 0;
    for (N j = 0; j < count; ++j) word |= static_cast<U>(Test::one(a.at(i + j), b.at(i + j))) << j;
    out[i / 64] = word;
  }
#endif
}

const I* as_values(const U* codes) { return reinterpret_cast<const I*>(codes); }

template <class T>
void less(U* __restrict out, const T* a, const T* b, N n) {
  into_bits<Less, T>(out, ColumnSide<T>{a}, ColumnSide<T>{b}, n);
}
template <class T>
void equal(U* __restrict out, const T* a, const T* b, N n) {
  into_bits<Equal, T>(out, ColumnSide<T>{a}, ColumnSide<T>{b}, n);
}
template <class T>
void less_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Less, T>(out, ColumnSide<T>{a}, ConstantSide<T>{k}, n);
}
template <class T>
void greater_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Less, T>(out, ConstantSide<T>{k}, ColumnSide<T>{a}, n);
}
template <class T>
void equal_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Equal, T>(out, ColumnSide<T>{a}, ConstantSide<T>{k}, n);
}
void meets(U* __restrict out, const U* a, const U* b, N n) { into_bits<Meets, I>(out, ColumnSide<I>{as_values(a)}, ColumnSide<I>{as_values(b)}, n); }
void differs(U* __restrict out, const U* a, const U* b, N n) {
  into_bits<Differs, I>(out, ColumnSide<I>{as_values(a)}, ColumnSide<I>{as_values(b)}, n);
}
void meets_constant(U* __restrict out, const U* a, U k, N n) { into_bits<Meets, I>(out, ColumnSide<I>{as_values(a)}, ConstantSide<I>{wrap(k)}, n); }

// ---- selects by bitmap

#if defined(__AVX512F__)
Vector blend(U lanes, Vector a, Vector b, I) { return _mm512_mask_blend_epi64(static_cast<__mmask8>(lanes), b, a); }
Vector blend(U lanes, Vector a, Vector b, H) { return _mm512_mask_blend_epi32(static_cast<__mmask16>(lanes), b, a); }
void store_some(I* out, N count, Vector v) { _mm512_mask_storeu_epi64(out, static_cast<__mmask8>(first_lanes(count)), v); }
void store_some(H* out, N count, Vector v) { _mm512_mask_storeu_epi32(out, static_cast<__mmask16>(first_lanes(count)), v); }
#elif defined(__AVX2__)
Vector blend(U lanes, Vector a, Vector b, I) {
  const Vector places = _mm256_set_epi64x(8, 4, 2, 1);
  return _mm256_blendv_epi8(b, a, _mm256_cmpeq_epi64(_mm256_and_si256(in_every_row(wrap(lanes)), places), places));
}
Vector blend(U lanes, Vector a, Vector b, H) {
  const Vector places = _mm256_set_epi32(128, 64, 32, 16, 8, 4, 2, 1);
  return _mm256_blendv_epi8(b, a, _mm256_cmpeq_epi32(_mm256_and_si256(in_every_row(half(wrap(lanes))), places), places));
}
#endif

template <class T, class Left, class Right>
void by_bits(T* __restrict out, const U* mask, Left a, Right b, N n) {
  N i = 0;
#if defined(__AVX2__)
  constexpr N rows = vector_rows<T>;
  for (; i + rows <= n; i += rows) {
    const Vector chosen = blend(mask[i / 64] >> (i % 64), a.all(i), b.all(i), T{});
    __builtin_memcpy(out + i, &chosen, sizeof chosen);
  }
#endif
#if defined(__AVX512F__)
  if (i < n) store_some(out + i, n - i, blend(mask[i / 64] >> (i % 64), a.some(i, n - i), b.some(i, n - i), T{}));
#else
  for (; i < n; ++i) {
    const T lane = difference(T{0}, static_cast<T>(mask[i / 64] >> (i % 64) & 1U));
    out[i] = (a.at(i) & lane) | (b.at(i) & ~lane);
  }
#endif
}

template <class T>
void select(T* __restrict out, const U* mask, const T* a, const T* b, N n) {
  by_bits(out, mask, ColumnSide<T>{a}, ColumnSide<T>{b}, n);
}
template <class T>
void select_constant(T* __restrict out, const U* mask, const T* a, T k, N n) {
  by_bits(out, mask, ColumnSide<T>{a}, ConstantSide<T>{k}, n);
}
template <class T>
void spread(T* __restrict out, const U* mask, T k_set, T k_clear, N n) {
  by_bits(out, mask, ConstantSide<T>{k_set}, ConstantSide<T>{k_clear}, n);
}

}  // namespace
}  // namespace duly
