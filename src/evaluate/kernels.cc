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
using N = std::size_t;
__extension__ using U128 = unsigned __int128;

I wrap(U x) { return static_cast<I>(x); }
U plain(I x) { return static_cast<U>(x); }
I sum(I a, I b) { return wrap(plain(a) + plain(b)); }
I difference(I a, I b) { return wrap(plain(a) - plain(b)); }
I product(I a, I b) { return wrap(plain(a) * plain(b)); }
I lesser(I a, I b) { return a < b ? a : b; }
I greater(I a, I b) { return a > b ? a : b; }

// ---- elementwise

void fill(I* __restrict out, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = k;
}
void add(I* __restrict out, const I* a, const I* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = sum(a[i], b[i]);
}
void subtract(I* __restrict out, const I* a, const I* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = difference(a[i], b[i]);
}
void multiply(I* __restrict out, const I* a, const I* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = product(a[i], b[i]);
}
void minimum(I* __restrict out, const I* a, const I* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = lesser(a[i], b[i]);
}
void maximum(I* __restrict out, const I* a, const I* b, N n) {
  for (N i = 0; i < n; ++i) out[i] = greater(a[i], b[i]);
}
void add_constant(I* __restrict out, const I* a, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = sum(a[i], k);
}
void subtract_from_constant(I* __restrict out, const I* a, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = difference(k, a[i]);
}
void multiply_constant(I* __restrict out, const I* a, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = product(a[i], k);
}
void minimum_constant(I* __restrict out, const I* a, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = lesser(a[i], k);
}
void maximum_constant(I* __restrict out, const I* a, I k, N n) {
  for (N i = 0; i < n; ++i) out[i] = greater(a[i], k);
}

void multiply_ranges(I* __restrict low, I* __restrict high, const I* a_low, const I* a_high, const I* b_low, const I* b_high, N n) {
  for (N i = 0; i < n; ++i) {
    const I p = product(a_low[i], b_low[i]);
    const I q = product(a_low[i], b_high[i]);
    const I r = product(a_high[i], b_low[i]);
    const I s = product(a_high[i], b_high[i]);
    low[i] = lesser(lesser(p, q), lesser(r, s));
    high[i] = greater(greater(p, q), greater(r, s));
  }
}

void absolute_ranges(I* __restrict low, I* __restrict high, const I* a_low, const I* a_high, N n) {
  for (N i = 0; i < n; ++i) {
    const I below = difference(0, a_low[i]);
    const I above = difference(0, a_high[i]);
    low[i] = greater(greater(a_low[i], above), 0);
    high[i] = greater(below, a_high[i]);
  }
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

void round_rest(I* __restrict out, const I* a, const Rounding& how, N from, N n) {
  for (N i = from; i < n; ++i) {
    const I x = a[i];
    const I quotient = quotient_of(x, how);
    const I rest = difference(x, product(quotient, how.divisor));
    const I which = how.by_parity ? quotient & 1 : -(x >> 63);
    const I step = rest >= how.threshold[which] ? 1 : 0;
    out[i] = product(quotient + step, how.times);
  }
}

#if defined(__AVX2__)
#if defined(__AVX512F__)
constexpr N vector_bytes = 64;
#else
constexpr N vector_bytes = 32;
#endif
constexpr N vector_rows = vector_bytes / sizeof(I);
using V [[gnu::vector_size(vector_bytes)]] = I;
using UV [[gnu::vector_size(vector_bytes)]] = U;

V load(const I* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
void store(I* p, V v) { __builtin_memcpy(p, &v, sizeof v); }
V every(I k) { return V{} + k; }
UV plain(V v) { return reinterpret_cast<UV>(v); }
V wrap(UV v) { return reinterpret_cast<V>(v); }

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
  for (; i + vector_rows <= n; i += vector_rows) {
    const V x = load(a + i);
    const V sign = x >> 63;
    const UV folded = plain(x ^ sign);
    const UV product = is_small ? low_times_low(folded, magic) : upper_product(folded, magic);
    const V quotient = wrap(product >> how.shift) ^ sign;
    const V rest = wrap(plain(x) - plain(times<is_small>(quotient, divisor)));
    const V which = by_parity ? every(0) - (quotient & 1) : sign;
    const V threshold = (which & second) | (~which & first);
    const V steps = quotient - (rest >= threshold);  // true is -1
    store(out + i, times<is_small>(steps, count));
  }
  return i;
}
#endif

void multiply_small_constant(I* __restrict out, const I* a, I k, N n) {
  N i = 0;
#if defined(__AVX2__)
  const V factor = every(k);
  for (; i + vector_rows <= n; i += vector_rows) store(out + i, low_times_low(load(a + i), factor));
#endif
  for (; i < n; ++i) out[i] = product(static_cast<std::int32_t>(plain(a[i]) & low_half), k);
}

void round(I* __restrict out, const I* a, const Rounding& given, N n) {
  const Rounding how = given;
  N done = 0;
#if defined(__AVX2__)
  if (how.by_parity) done = how.is_small ? round_vectors<true, true>(out, a, how, n) : round_vectors<false, true>(out, a, how, n);
  else done = how.is_small ? round_vectors<true, false>(out, a, how, n) : round_vectors<false, false>(out, a, how, n);
#endif
  round_rest(out, a, how, done, n);
}

// ---- comparisons into bitmaps, 64 rows to a word

struct Less {
  static bool one(I a, I b) { return a < b; }
#if defined(__AVX512F__)
  static __mmask8 eight(__m512i a, __m512i b) { return _mm512_cmplt_epi64_mask(a, b); }
#elif defined(__AVX2__)
  static __m256i four(__m256i a, __m256i b) { return _mm256_cmpgt_epi64(b, a); }
#endif
};

struct Equal {
  static bool one(I a, I b) { return a == b; }
#if defined(__AVX512F__)
  static __mmask8 eight(__m512i a, __m512i b) { return _mm512_cmpeq_epi64_mask(a, b); }
#elif defined(__AVX2__)
  static __m256i four(__m256i a, __m256i b) { return _mm256_cmpeq_epi64(a, b); }
#endif
};

struct Meets {
  static bool one(I a, I b) { return (a & b) != 0; }
#if defined(__AVX512F__)
  static __mmask8 eight(__m512i a, __m512i b) { return _mm512_test_epi64_mask(a, b); }
#elif defined(__AVX2__)
  static __m256i four(__m256i a, __m256i b) {
    const __m256i none = _mm256_cmpeq_epi64(_mm256_and_si256(a, b), _mm256_setzero_si256());
    return _mm256_xor_si256(none, _mm256_set1_epi64x(-1));
  }
#endif
};

/// True unless both hold the same single word: a ^ b is not 0, or a has two bits.
struct Differs {
  static bool one(I a, I b) { return ((a ^ b) | (a & difference(a, 1))) != 0; }
#if defined(__AVX512F__)
  static __mmask8 eight(__m512i a, __m512i b) {
    const __m512i two = _mm512_and_si512(a, _mm512_sub_epi64(a, _mm512_set1_epi64(1)));
    const __m512i either = _mm512_or_si512(_mm512_xor_si512(a, b), two);
    return _mm512_test_epi64_mask(either, either);
  }
#elif defined(__AVX2__)
  static __m256i four(__m256i a, __m256i b) {
    const __m256i two = _mm256_and_si256(a, _mm256_sub_epi64(a, _mm256_set1_epi64x(1)));
    const __m256i either = _mm256_or_si256(_mm256_xor_si256(a, b), two);
    return _mm256_xor_si256(_mm256_cmpeq_epi64(either, _mm256_setzero_si256()), _mm256_set1_epi64x(-1));
  }
#endif
};

/// One side of a comparison: a column, or the same value for every row.
struct Column {
  const I* values;
  I at(N i) const { return values[i]; }
#if defined(__AVX512F__)
  __m512i eight(N i) const { return _mm512_loadu_si512(values + i); }
  __m512i some(N i, __mmask8 mask) const { return _mm512_maskz_loadu_epi64(mask, values + i); }
#elif defined(__AVX2__)
  __m256i four(N i) const { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values + i)); }
#endif
};

struct Constant {
  I k;
  I at(N) const { return k; }
#if defined(__AVX512F__)
  __m512i eight(N) const { return _mm512_set1_epi64(k); }
  __m512i some(N, __mmask8) const { return _mm512_set1_epi64(k); }
#elif defined(__AVX2__)
  __m256i four(N) const { return _mm256_set1_epi64x(k); }
#endif
};

#if defined(__AVX512F__)
__mmask8 first_lanes(N count) { return static_cast<__mmask8>((1U << count) - 1U); }
#endif

template <class Test, class Left, class Right>
void into_bits(U* __restrict out, Left a, Right b, N n) {
  N i = 0;
#if defined(__AVX512F__)
  for (; i + 64 <= n; i += 64) {
    U word = 0;
    for (N j = 0; j < 64; j += 8) word |= static_cast<U>(Test::eight(a.eight(i + j), b.eight(i + j))) << j;
    out[i / 64] = word;
  }
  if (i == n) return;
  U word = 0;
  for (const N first = i; i < n; i += 8) {
    const __mmask8 mask = n - i >= 8 ? static_cast<__mmask8>(0xFF) : first_lanes(n - i);
    word |= static_cast<U>(Test::eight(a.some(i, mask), b.some(i, mask)) & mask) << (i - first);
  }
  out[(n - 1) / 64] = word;
#else
#if defined(__AVX2__)
  for (; i + 64 <= n; i += 64) {
    U word = 0;
    for (N j = 0; j < 64; j += 4) {
      const __m256i lanes = Test::four(a.four(i + j), b.four(i + j));
      word |= static_cast<U>(static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes)))) << j;
    }
    out[i / 64] = word;
  }
#endif
  for (; i < n; i += 64) {
    const N count = n - i < 64 ? n - i : 64;
    U word = 0;
    for (N j = 0; j < count; ++j) word |= static_cast<U>(Test::one(a.at(i + j), b.at(i + j))) << j;
    out[i / 64] = word;
  }
#endif
}

const I* as_values(const U* codes) { return reinterpret_cast<const I*>(codes); }

void less(U* __restrict out, const I* a, const I* b, N n) { into_bits<Less>(out, Column{a}, Column{b}, n); }
void equal(U* __restrict out, const I* a, const I* b, N n) { into_bits<Equal>(out, Column{a}, Column{b}, n); }
void less_constant(U* __restrict out, const I* a, I k, N n) { into_bits<Less>(out, Column{a}, Constant{k}, n); }
void greater_constant(U* __restrict out, const I* a, I k, N n) { into_bits<Less>(out, Constant{k}, Column{a}, n); }
void equal_constant(U* __restrict out, const I* a, I k, N n) { into_bits<Equal>(out, Column{a}, Constant{k}, n); }
void meets(U* __restrict out, const U* a, const U* b, N n) { into_bits<Meets>(out, Column{as_values(a)}, Column{as_values(b)}, n); }
void differs(U* __restrict out, const U* a, const U* b, N n) { into_bits<Differs>(out, Column{as_values(a)}, Column{as_values(b)}, n); }
void meets_constant(U* __restrict out, const U* a, U k, N n) { into_bits<Meets>(out, Column{as_values(a)}, Constant{wrap(k)}, n); }

// ---- selects by bitmap

template <class Left, class Right>
void by_bits(I* __restrict out, const U* mask, Left a, Right b, N n) {
  N i = 0;
#if defined(__AVX512F__)
  for (; i + 8 <= n; i += 8) {
    const auto lanes = static_cast<__mmask8>(mask[i / 64] >> (i % 64));
    _mm512_storeu_si512(out + i, _mm512_mask_blend_epi64(lanes, b.eight(i), a.eight(i)));
  }
  if (i < n) {
    const __mmask8 valid = first_lanes(n - i);
    const auto lanes = static_cast<__mmask8>(mask[i / 64] >> (i % 64));
    _mm512_mask_storeu_epi64(out + i, valid, _mm512_mask_blend_epi64(lanes, b.some(i, valid), a.some(i, valid)));
  }
#else
#if defined(__AVX2__)
  const __m256i places = _mm256_set_epi64x(8, 4, 2, 1);
  for (; i + 4 <= n; i += 4) {
    const __m256i word = _mm256_set1_epi64x(wrap(mask[i / 64] >> (i % 64)));
    const __m256i lanes = _mm256_cmpeq_epi64(_mm256_and_si256(word, places), places);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_blendv_epi8(b.four(i), a.four(i), lanes));
  }
#endif
  for (; i < n; ++i) {
    const I lane = difference(0, wrap(mask[i / 64] >> (i % 64) & 1U));
    out[i] = (a.at(i) & lane) | (b.at(i) & ~lane);
  }
#endif
}

void select(I* __restrict out, const U* mask, const I* a, const I* b, N n) { by_bits(out, mask, Column{a}, Column{b}, n); }
void select_constant(I* __restrict out, const U* mask, const I* a, I k, N n) { by_bits(out, mask, Column{a}, Constant{k}, n); }
void spread(I* __restrict out, const U* mask, I k_set, I k_clear, N n) { by_bits(out, mask, Constant{k_set}, Constant{k_clear}, n); }

// ---- tables

I place_of(I key, I offset, I last) { return lesser(greater(difference(key, offset), 0), last); }

#if defined(__AVX2__)
/// What past the last place is added to the values found, unless nothing grows.
template <bool grows, class Find>
N look_up_vectors(I* __restrict out, const I* keys, const Places& table, N n, Find find) {
  const UV offset = plain(every(table.offset));
  const UV each_more = plain(every(table.each_more));
  const V last = every(table.last);
  N i = 0;
  for (; i + vector_rows <= n; i += vector_rows) {
    const V key = wrap(plain(load(keys + i)) - offset);
    const V place = key > 0 ? key : every(0);
    const V cut = place < last ? place : last;
    UV found = plain(find(cut));
    if constexpr (grows) found += plain(place - cut) * each_more;
    store(out + i, wrap(found));
  }
  return i;
}

#if !defined(__AVX512F__)
/// Whether every value of a small table is a number of 32 bits without a sign.
bool are_halves(const Places& table) {
  U joined = 0;
  for (I place = 0; place <= table.last; ++place) joined |= plain(table.values[place]);
  return joined <= low_half;
}
#endif

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
    std::int32_t held[16] = {};
    for (I place = 0; place <= table.last; ++place) held[place] = static_cast<std::int32_t>(plain(table.values[place]) & low_half);
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(held));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(held + 8));
    return look_up_vectors<grows>(out, keys, table, n, [&](V place) {
      const auto at = reinterpret_cast<__m256i>(place);
      const auto from_low = reinterpret_cast<V>(_mm256_permutevar8x32_epi32(low, at));
      const auto from_high = reinterpret_cast<V>(_mm256_permutevar8x32_epi32(high, at));
      return (place > 7 ? from_high : from_low) & wrap(UV{} + low_half);
    });
  }
#endif
  return look_up_vectors<grows>(out, keys, table, n, [&](V place) {
    V found;
    for (N lane = 0; lane < vector_rows; ++lane) found[lane] = table.values[place[lane]];
    return found;
  });
}
#endif

void look_up(I* __restrict out, const I* keys, const Places& given, N n) {
  const Places table = given;
  N i = 0;
#if defined(__AVX2__)
  i = table.each_more == 0 ? look_up_vectors<false>(out, keys, table, n) : look_up_vectors<true>(out, keys, table, n);
#endif
  for (; i < n; ++i) {
    const I key = difference(keys[i], table.offset);
    const I past = greater(difference(key, table.last), 0);
    out[i] = sum(table.values[place_of(keys[i], table.offset, table.last)], product(past, table.each_more));
  }
}

void add_number_key(std::int32_t* __restrict cells, const I* keys, I offset, std::int32_t extent, N n) {
  for (N i = 0; i < n; ++i) cells[i] = cells[i] * extent + static_cast<std::int32_t>(place_of(keys[i], offset, extent - 1));
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

// ---- by row numbers

void gather(I* __restrict out, const I* a, const std::int32_t* rows, N n) {
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

extern constinit const Kernels DULY_TABLE{fill,
                                          add,
                                          subtract,
                                          multiply,
                                          minimum,
                                          maximum,
                                          add_constant,
                                          subtract_from_constant,
                                          multiply_constant,
                                          multiply_small_constant,
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
                                          meets,
                                          differs,
                                          meets_constant,
                                          select,
                                          select_constant,
                                          spread,
                                          look_up,
                                          add_number_key,
                                          add_code_key,
                                          gather,
                                          gather_bits,
                                          test_places,
                                          sizes};

}  // namespace duly
