#pragma once

// Fractions that are known or between two ends, and quotients of them.
//
// Threads: belongs to the thread that evaluates.

#include <cstdint>

#include "compile/plan.h"
#include "evaluate/exact.h"

namespace duly::columnar {

struct Ends {
  Exact low, high;
};

class ExactEnds {
 public:
  explicit ExactEnds(ExactMath& math) : math_(math) {}

  Ends add(const Ends& x, const Ends& y) { return {math_.add(x.low, y.low), math_.add(x.high, y.high)}; }
  Ends negate(const Ends& x) { return {math_.negate(x.high), math_.negate(x.low)}; }
  Ends subtract(const Ends& x, const Ends& y) { return add(x, negate(y)); }
  Ends minimum(const Ends& x, const Ends& y) { return {math_.lesser(x.low, y.low), math_.lesser(x.high, y.high)}; }
  Ends maximum(const Ends& x, const Ends& y) { return {math_.greater(x.low, y.low), math_.greater(x.high, y.high)}; }
  Ends hull(const Ends& x, const Ends& y) { return {math_.lesser(x.low, y.low), math_.greater(x.high, y.high)}; }

  Ends multiply(const Ends& x, const Ends& y) {
    if (math_.sign(x.low) >= 0 && math_.sign(y.low) >= 0) return {math_.multiply(x.low, y.low), math_.multiply(x.high, y.high)};
    return hull(hull(point(math_.multiply(x.low, y.low)), point(math_.multiply(x.low, y.high))),
                hull(point(math_.multiply(x.high, y.low)), point(math_.multiply(x.high, y.high))));
  }

  Ends absolute(const Ends& x) {
    if (math_.sign(x.low) >= 0) return x;
    if (math_.sign(x.high) <= 0) return negate(x);
    return {ExactMath::whole(0), math_.greater(math_.negate(x.low), x.high)};
  }

  /// The quotients by a divisor that keeps its sign and is never 0.
  Ends divide(const Ends& x, const Ends& y) {
    if (math_.sign(x.low) >= 0 && math_.sign(y.low) > 0) return {math_.divide(x.low, y.high), math_.divide(x.high, y.low)};
    return hull(hull(point(math_.divide(x.low, y.low)), point(math_.divide(x.low, y.high))),
                hull(point(math_.divide(x.high, y.low)), point(math_.divide(x.high, y.high))));
  }

  /// x - y * floor(x / y) for y > 0 on both ends.
  Ends modulo_by_positive(const Ends& x, const Ends& y) {
    const Exact below = math_.floor(math_.divide(x.low, y.low));
    if (math_.equal(y.low, y.high) && math_.equal(below, math_.floor(math_.divide(x.high, y.low)))) {
      const Ends base = point(math_.multiply(below, y.low));
      return subtract(x, base);
    }
    if (math_.sign(x.low) >= 0 && math_.compare(x.high, y.low) < 0) return x;
    return {ExactMath::whole(0), math_.sign(x.low) >= 0 ? math_.lesser(x.high, y.high) : y.high};
  }

  static Ends point(const Exact& x) { return {x, x}; }
  ExactMath& math() { return math_; }

 private:
  ExactMath& math_;
};

/// The smallest positive value of a divisor: one over its denominator on the integer lane; on the exact lane there is none.
struct Divisor {
  Ends ends;
  bool has_smallest;
  Exact smallest;
};

struct Quotient {
  Ends ends{ExactMath::whole(0), ExactMath::whole(0)};
  bool may_be_undefined = false;
  bool may_be_defined = false;
};

class Dividing {
 public:
  Dividing(ExactEnds& ends, const PlanNode& node) : ends_(ends), node_(node) {}

  /// Of one value by another.
  Quotient divide_known(const Exact& x, const Exact& y) {
    Quotient out;
    out.may_be_undefined = ends_.math().sign(y) == 0;
    out.may_be_defined = !out.may_be_undefined;
    if (out.may_be_defined) out.ends = ExactEnds::point(ends_.math().divide(x, y));
    return out;
  }

  Quotient divide(const Ends& x, const Divisor& y) {
    const int low_sign = ends_.math().sign(y.ends.low);
    const int high_sign = ends_.math().sign(y.ends.high);
    Quotient out;
    out.may_be_undefined = low_sign <= 0 && high_sign >= 0;
    if (low_sign > 0 || high_sign < 0) {
      out.ends = ends_.divide(x, y.ends);
      out.may_be_defined = true;
      return out;
    }
    if (high_sign > 0) take_in(out, by_positive(x, y.ends.high, y));
    if (low_sign < 0) take_in(out, ends_.negate(by_positive(x, ends_.math().negate(y.ends.low), y)));
    return out;
  }

 private:
  /// Quotients by (0..most].
  Ends by_positive(const Ends& x, const Exact& most, const Divisor& y) {
    if (y.has_smallest) return ends_.divide(x, {y.smallest, most});
    Ends out = ends_.divide(x, ExactEnds::point(most));
    const Ends unbounded = proven();
    if (ends_.math().sign(x.low) < 0) out.low = ends_.math().lesser(out.low, unbounded.low);
    if (ends_.math().sign(x.high) > 0) out.high = ends_.math().greater(out.high, unbounded.high);
    if (ends_.math().sign(x.low) > 0 || ends_.math().sign(x.high) < 0) return out;
    return ends_.hull(out, ExactEnds::point(ExactMath::whole(0)));
  }

  void take_in(Quotient& out, const Ends& part) {
    out.ends = out.may_be_defined ? ends_.hull(out.ends, part) : part;
    out.may_be_defined = true;
  }

  /// What stands for an end that nothing bounds: the proven range of the node.
  [[nodiscard]] Ends proven() const {
    if (node_.exact_low < node_.exact_high) return {ends_.math().from(node_.exact_low), ends_.math().from(node_.exact_high)};
    return {ExactMath::whole(-far), ExactMath::whole(far)};
  }

  static constexpr std::int64_t far = 1'000'000'000'000'000'000;
  ExactEnds& ends_;
  const PlanNode& node_;
};

inline Divisor divisor_of(const Ends& ends, const PlanNode& node, ExactMath& math) {
  const bool integers = node.lane == Lane::i64;
  return {ends, integers, integers ? math.fraction(1, node.denominator) : ExactMath::whole(0)};
}

}  // namespace duly::columnar
