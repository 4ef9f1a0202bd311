// The kernels of one SIMD level, named by DULY_KERNELS_LEVEL (v2, v3, v4, base). Plain loops where the compiler makes vectors of them;
// by hand what it leaves scalar: comparisons into bitmaps and selects by bitmap.
//
// All code is in an unnamed namespace and includes no library, so that nothing compiled for a newer processor can be linked into older code.

#include "evaluate/kernels.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define DULY_JOIN_AGAIN(a, b) a##b
#define DULY_JOIN(a, b) DULY_JOIN_AGAIN(a, b)
#define DULY_TABLE DULY_JOIN(kernels_, DULY_KERNELS_LEVEL)

namespace duly {
namespace {

using I = std::int64_t;
using U = std::uint64_t;
using H = std::int32_t;  // half of it: a narrow lane
using UH = std::uint32_t;
using N = std::size_t;
__extension__ using U128 = unsigned __int128;

I wrap(U x) { return static_cast<I>(x); }
U plain(I x) { return static_cast<U>(x); }
H wrap(UH x) { return static_cast<H>(x); }
UH plain(H x) { return static_cast<UH>(x); }
template <class T>
T sum(T a, T b) {
  return wrap(plain(a) + plain(b));
}
template <class T>
T difference(T a, T b) {
  return wrap(plain(a) - plain(b));
}
template <class T>
T product(T a, T b) {
  return wrap(plain(a) * plain(b));
}
template <class T>
T lesser(T a, T b) {
  return a < b ? a : b;
}
template <class T>
T greater(T a, T b) {
  return a > b ? a : b;
}
/// The lower half.
H half(I x) { return static_cast<H>(x); }

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

constexpr U low_half = 0xFFFFFFFF;

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
#if defined(__AVX512F__)
constexpr N vector_bytes = 64;
#else
constexpr N vector_bytes = 32;
#endif
template <class T>
constexpr N vector_rows = vector_bytes / sizeof(T);
using V [[gnu::vector_size(vector_bytes)]] = I;
using UV [[gnu::vector_size(vector_bytes)]] = U;
using HV [[gnu::vector_size(vector_bytes)]] = H;
using UHV [[gnu::vector_size(vector_bytes)]] = UH;

V load(const I* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
HV load(const H* p) {
  HV v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
void store(I* p, V v) { __builtin_memcpy(p, &v, sizeof v); }
void store(H* p, HV v) { __builtin_memcpy(p, &v, sizeof v); }
V every(I k) { return V{} + k; }
HV every(H k) { return HV{} + k; }
UV plain(V v) { return reinterpret_cast<UV>(v); }
V wrap(UV v) { return reinterpret_cast<V>(v); }
UHV plain(HV v) { return reinterpret_cast<UHV>(v); }
HV wrap(UHV v) { return reinterpret_cast<HV>(v); }

/// The products of the lower halves.
UV low_times_low(UV a, UV b) {
#if defined(__AVX512F__)
  return reinterpret_cast<UV>(_mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#else
  return reinterpret_cast<UV>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#endif
}
V low_times_low(V a, V b) {
#if defined(__AVX512F__)
  return reinterpret_cast<V>(_mm512_maskz_mul_epi32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#else
  return reinterpret_cast<V>(_mm256_mul_epi32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#endif
}

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
struct Column {
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
struct Constant {
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
  into_bits<Less, T>(out, Column<T>{a}, Column<T>{b}, n);
}
template <class T>
void equal(U* __restrict out, const T* a, const T* b, N n) {
  into_bits<Equal, T>(out, Column<T>{a}, Column<T>{b}, n);
}
template <class T>
void less_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Less, T>(out, Column<T>{a}, Constant<T>{k}, n);
}
template <class T>
void greater_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Less, T>(out, Constant<T>{k}, Column<T>{a}, n);
}
template <class T>
void equal_constant(U* __restrict out, const T* a, T k, N n) {
  into_bits<Equal, T>(out, Column<T>{a}, Constant<T>{k}, n);
}
void meets(U* __restrict out, const U* a, const U* b, N n) { into_bits<Meets, I>(out, Column<I>{as_values(a)}, Column<I>{as_values(b)}, n); }
void differs(U* __restrict out, const U* a, const U* b, N n) { into_bits<Differs, I>(out, Column<I>{as_values(a)}, Column<I>{as_values(b)}, n); }
void meets_constant(U* __restrict out, const U* a, U k, N n) { into_bits<Meets, I>(out, Column<I>{as_values(a)}, Constant<I>{wrap(k)}, n); }

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
  by_bits(out, mask, Column<T>{a}, Column<T>{b}, n);
}
template <class T>
void select_constant(T* __restrict out, const U* mask, const T* a, T k, N n) {
  by_bits(out, mask, Column<T>{a}, Constant<T>{k}, n);
}
template <class T>
void spread(T* __restrict out, const U* mask, T k_set, T k_clear, N n) {
  by_bits(out, mask, Constant<T>{k_set}, Constant<T>{k_clear}, n);
}

// ---- tables

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

template <class T>
constexpr NumberKernels<T> number_kernels(void (*round)(T*, const T*, const Rounding&, N)) {
  return {fill,
          add,
          subtract,
          multiply,
          minimum,
          maximum,
          add_constant,
          subtract_from_constant,
          multiply_constant,
          minimum_constant,
          maximum_constant,
          multiply_ranges,
          absolute_ranges,
          round,
          less,
          equal,
          less_constant,
          greater_constant,
          equal_constant,
          select,
          select_constant,
          spread,
          look_up,
          gather};
}

}  // namespace

extern constinit const Kernels DULY_TABLE{number_kernels<I>(round_wide),
                                          number_kernels<H>(round_narrow),
                                          widen,
                                          make_narrow,
                                          multiply_small_constant,
                                          meets,
                                          differs,
                                          meets_constant,
                                          add_number_key,
                                          add_code_key,
                                          gather_bits,
                                          bits_of_subjects,
                                          bits_of_items,
                                          years_between,
                                          test_places,
                                          sizes};

}  // namespace duly
