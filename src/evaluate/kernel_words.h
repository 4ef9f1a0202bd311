#pragma once

// The words that kernels are written in: lanes of 64 and of 32 bits, which wrap, and vectors of them.
//
// A part of `kernels.cc` and of nothing else: all is in an unnamed namespace, once for each SIMD level.
//
// Threads: pure functions.

#include "evaluate/kernels.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

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
constexpr U low_half = 0xFFFFFFFF;
/// The lower half.
H half(I x) { return static_cast<H>(x); }

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
#endif

}  // namespace
}  // namespace duly
