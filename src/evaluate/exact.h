#pragma once

// Arithmetic of the exact lane: fractions of two 128-bit integers, not always in lowest terms. What leaves them is an unbounded rational, kept in a table
// beside the columns and named by its index.
//
// Threads: an `ExactMath` belongs to one thread, as the table it writes to.

#include <compare>
#include <vector>

#include "base/number.h"
#include "evaluate/values.h"

namespace duly::columnar {

/// The same fraction written the same; equal ones that are not are told apart.
inline bool is_same(const Exact& x, const Exact& y) { return x.numerator == y.numerator && x.denominator == y.denominator; }

class ExactMath {
 public:
  explicit ExactMath(std::vector<Number>& big) : big_(big) {}

  static Exact whole(std::int64_t value) { return {value, 1}; }
  Exact fraction(std::int64_t value, std::int64_t denominator);  ///< denominator > 0
  Exact from(const Number& value);
  static Exact lowest(const Exact& value);  ///< in lowest terms; its denominator is not 0
  [[nodiscard]] Number number(const Exact& value) const;

  Exact add(const Exact& x, const Exact& y);
  Exact subtract(const Exact& x, const Exact& y) { return add(x, negate(y)); }
  Exact multiply(const Exact& x, const Exact& y);
  Exact divide(const Exact& x, const Exact& y);  ///< y is not 0
  Exact negate(const Exact& x);
  [[nodiscard]] int sign(const Exact& x) const;
  [[nodiscard]] std::strong_ordering compare(const Exact& x, const Exact& y) const;
  [[nodiscard]] bool equal(const Exact& x, const Exact& y) const { return compare(x, y) == 0; }
  [[nodiscard]] const Exact& lesser(const Exact& x, const Exact& y) const { return compare(y, x) < 0 ? y : x; }
  [[nodiscard]] const Exact& greater(const Exact& x, const Exact& y) const { return compare(y, x) > 0 ? y : x; }
  Exact floor(const Exact& x);

  /// Number of steps: x * k / k2 moved to a whole number as `mode` says. Past 64 bits the nearest end.
  [[nodiscard]] std::int64_t steps(const Exact& x, std::int64_t k, std::int64_t k2, RoundMode mode) const;

 private:
  Exact reduced(Int128 numerator, Int128 denominator);  ///< denominator > 0

  std::vector<Number>& big_;
};

}  // namespace duly::columnar
