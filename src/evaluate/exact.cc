#include "evaluate/exact.h"

#include <limits>

namespace duly::columnar {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

constexpr std::int64_t most_unreduced = std::int64_t{1} << 31;

bool fits_64(Int128 value) { return value >= least && value <= most; }
bool is_small(const Exact& x) { return x.denominator != 0 && fits_64(x.numerator) && fits_64(x.denominator); }

Unsigned128 magnitude(Int128 value) { return value < 0 ? -static_cast<Unsigned128>(value) : static_cast<Unsigned128>(value); }

Unsigned128 common_divisor(Unsigned128 a, Unsigned128 b) {
  while (b != 0) {
    if (static_cast<std::uint64_t>(a >> 64) == 0 && static_cast<std::uint64_t>(b >> 64) == 0) {
      auto x = static_cast<std::uint64_t>(a);
      auto y = static_cast<std::uint64_t>(b);
      while (y != 0) {
        const std::uint64_t rest = x % y;
        x = y;
        y = rest;
      }
      return x;
    }
    const Unsigned128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

BigInt big_int(Int128 value) {
  const Unsigned128 size = magnitude(value);
  BigInt out = static_cast<std::uint64_t>(size >> 64);
  out <<= 64;
  out += static_cast<std::uint64_t>(size);
  return value < 0 ? BigInt(-out) : out;
}

/// Whether `value` has at most 127 bits, so that it and its negation fit.
bool fits_128(const BigInt& value) {
  static const BigInt above = BigInt(1) << 127;
  static const BigInt below = -above;
  return below < value && value < above;
}

Int128 int_128(const BigInt& value) {
  const BigInt size = abs(value);
  const auto low = static_cast<std::uint64_t>(size & std::numeric_limits<std::uint64_t>::max());
  const auto high = static_cast<std::uint64_t>(size >> 64);
  const auto joined = static_cast<Int128>((static_cast<Unsigned128>(high) << 64) | low);
  return value < 0 ? -joined : joined;
}

std::int64_t nearest_64(const BigInt& value) { return to_int64(value).value_or(value < 0 ? least : most); }

}  // namespace

/// Common divisors are taken out only once a term grows: finding them costs ten times the sum or product they come from.
Exact ExactMath::reduced(Int128 numerator, Int128 denominator) {
  if (denominator < most_unreduced && fits_64(numerator)) return {numerator, denominator};
  return lowest({numerator, denominator});
}

Exact ExactMath::lowest(const Exact& value) {
  const auto divisor = static_cast<Int128>(common_divisor(magnitude(value.numerator), magnitude(value.denominator)));
  return {value.numerator / divisor, value.denominator / divisor};
}

Exact ExactMath::fraction(std::int64_t value, std::int64_t denominator) { return reduced(value, denominator); }

Exact ExactMath::from(const Number& value) {
  const BigInt top = numerator(value);
  const BigInt bottom = denominator(value);
  if (fits_128(top) && fits_128(bottom)) return {int_128(top), int_128(bottom)};
  big_.push_back(value);
  return {static_cast<Int128>(big_.size() - 1), 0};
}

Number ExactMath::number(const Exact& value) const {
  if (value.denominator == 0) return big_[static_cast<std::size_t>(value.numerator)];
  return {big_int(value.numerator), big_int(value.denominator)};
}

Exact ExactMath::add(const Exact& x, const Exact& y) {
  Int128 sum = 0;
  if (x.denominator == y.denominator && is_small(x) && is_small(y)) return reduced(x.numerator + y.numerator, x.denominator);
  if (is_small(x) && is_small(y) && !__builtin_add_overflow(x.numerator * y.denominator, y.numerator * x.denominator, &sum) &&
      magnitude(sum) >> 127 == 0)
    return reduced(sum, x.denominator * y.denominator);
  return from(number(x) + number(y));
}

Exact ExactMath::multiply(const Exact& x, const Exact& y) {
  if (is_small(x) && is_small(y)) return reduced(x.numerator * y.numerator, x.denominator * y.denominator);
  return from(number(x) * number(y));
}

Exact ExactMath::divide(const Exact& x, const Exact& y) {
  if (is_small(x) && is_small(y)) {
    const Int128 top = x.numerator * y.denominator;
    const Int128 bottom = x.denominator * y.numerator;
    return bottom < 0 ? reduced(-top, -bottom) : reduced(top, bottom);
  }
  return from(number(x) / number(y));
}

Exact ExactMath::negate(const Exact& x) {
  if (x.denominator != 0) return {-x.numerator, x.denominator};
  return from(-number(x));
}

int ExactMath::sign(const Exact& x) const {
  if (x.denominator == 0) return number(x).sign();
  return x.numerator < 0 ? -1 : x.numerator > 0 ? 1 : 0;
}

std::strong_ordering ExactMath::compare(const Exact& x, const Exact& y) const {
  if (is_small(x) && is_small(y)) {
    if (x.denominator == y.denominator) return x.numerator <=> y.numerator;
    return x.numerator * y.denominator <=> y.numerator * x.denominator;
  }
  const int order = number(x).compare(number(y));
  return order <=> 0;
}

Exact ExactMath::floor(const Exact& x) {
  if (x.denominator == 0) return from(Number(floor_of(number(x))));
  Int128 quotient = x.numerator / x.denominator;
  if (x.numerator < 0 && quotient * x.denominator != x.numerator) --quotient;
  return {quotient, 1};
}

std::int64_t ExactMath::steps(const Exact& x, std::int64_t k, std::int64_t k2, RoundMode mode) const {
  if (!is_small(x)) return nearest_64(floor_of(round_to(number(x) * k / k2, 1, mode)));
  const Int128 top = x.numerator * k;
  const Int128 bottom = x.denominator * k2;
  Int128 quotient = top / bottom;
  Int128 rest = top - quotient * bottom;
  if (rest < 0) {
    rest += bottom;
    --quotient;
  }
  const Int128 missing = bottom - rest;  // to the step above; a tie where both are equal
  bool up = false;
  switch (mode) {
    case RoundMode::none:
    case RoundMode::floor: break;
    case RoundMode::ceiling: up = rest > 0; break;
    case RoundMode::up: up = rest > 0 && top > 0; break;
    case RoundMode::down: up = rest > 0 && top < 0; break;
    case RoundMode::half_up: up = rest > missing || (rest == missing && top > 0); break;
    case RoundMode::half_down: up = rest > missing || (rest == missing && top < 0); break;
    case RoundMode::half_even: up = rest > missing || (rest == missing && quotient % 2 != 0); break;
  }
  const Int128 steps = quotient + (up ? 1 : 0);
  return steps < least ? least : steps > most ? most : static_cast<std::int64_t>(steps);
}

}  // namespace duly::columnar
