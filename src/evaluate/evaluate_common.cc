// Arithmetic on columns of fractions that have one denominator: integer loops, and divisions by few and small values, which give such columns.

#include <array>
#include <memory>
#include <numeric>

#include "evaluate/common.h"
#include "evaluate/exact_ends.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

using Combining = Operand (*)(Tile& tile, const Operand& x, const Operand& y, std::size_t rows, const Room& room);

class Arithmetic {
 public:
  Arithmetic(Tile& tile, NodeId id) : tile_(tile), id_(id), node_(tile.node(id)), rows_(tile.rows_of(id)), room_{tile, id} {}

  bool evaluate() {
    switch (node_.op) {
      case PlanOp::add: return fold(sum_of, true);
      case PlanOp::subtract: return fold(difference_of, true);
      case PlanOp::minimum: return fold(least_of, false);
      case PlanOp::maximum: return fold(greatest_of, false);
      case PlanOp::multiply: return multiply();
      case PlanOp::scale: return scaled(node_.k);
      case PlanOp::negate: return scaled(-1);
      case PlanOp::absolute: return absolute();
      case PlanOp::alias: return scaled(1);
      default: return false;
    }
  }

 private:
  [[nodiscard]] std::optional<Common> argument(std::size_t i) const { return common(tile_, node_.args[i], node_.level); }

  bool fold(Combining combine, bool adds) {
    std::optional<Common> result = argument(0);
    if (!result || node_.args.size() < 2) return false;
    for (std::size_t i = 1; i < node_.args.size(); ++i) {
      auto next = argument(i);
      if (!next || !align(tile_, *result, *next, rows_)) return false;
      result->x = combine(tile_, result->x, next->x, rows_, Room{tile_, i + 1 == node_.args.size() ? id_ : no_node});
      result->most = adds ? result->most + next->most : std::max(result->most, next->most);
    }
    set_common(tile_, id_, *result);
    return true;
  }

  bool multiply() {
    auto x = argument(0);
    auto y = x ? argument(1) : std::nullopt;
    if (!y) return false;
    if (x->x.constant) std::swap(x, y);
    if (y->x.constant) return times_constant(*x, y->x.k, y->over);
    if (x->over > most_common_denominator / y->over) return false;
    if (!fits_times(*x, y->most, rows_) && !(fits_times(*y, x->most, rows_) && fits_times(*x, y->most, rows_))) return false;
    set_common(tile_, id_, {product_of(tile_, x->x, y->x, rows_, room_), x->over * y->over, x->most * y->most});
    return true;
  }

  bool scaled(std::int64_t k) {
    auto x = argument(0);
    return x && times_constant(*x, k, 1);
  }

  bool times_constant(Common& x, std::int64_t k, std::int64_t over) {
    const std::int64_t shared_by_k = std::gcd(k, x.over);
    if (shared_by_k != 0) {
      k /= shared_by_k;
      x.over /= shared_by_k;
    }
    if (x.over > most_common_denominator / over || !fits_times(x, k, rows_)) return false;
    const std::int64_t most = *size_of_product(x.most, k);
    set_common(tile_, id_, {times(tile_, x.x, k, false, rows_, room_), x.over * over, most});
    return true;
  }

  bool absolute() {
    const auto x = argument(0);
    if (!x) return false;
    set_common(tile_, id_, {absolute_of(tile_, x->x, rows_, room_), x->over, x->most});
    return true;
  }

  Tile& tile_;
  NodeId id_;
  const PlanNode& node_;
  std::size_t rows_;
  Room room_;
};

/// A division row by row: by known values over a common multiple of them; what is open about a divisor is left to fractions.
class Division {
 public:
  Division(Tile& tile, NodeId id, const Common& x, const Common& y)
      : tile_(tile),
        node_(tile.node(id)),
        id_(id),
        rows_(tile.rows_of(id)),
        views_{argument(tile, id, 0), argument(tile, id, 1)},
        x_{x.x.constant ? Common{as_column(tile, x.x, rows_), x.over, x.most} : x},
        y_{y.x.constant ? Common{as_column(tile, y.x, rows_), y.over, y.most} : y},
        open_rows_(tile.scratch.take_array<std::size_t>(rows_)),
        quotients_(tile.scratch.take_array<Quotient>(rows_)) {}

  bool evaluate() {
    if (!find_multiple()) return false;
    const std::int64_t reduced_by = std::gcd(y_.over, x_.over * multiple_);
    factor_ = y_.over / reduced_by;
    over_ = x_.over * multiple_ / reduced_by;
    const auto factor = size_of_product(factor_, multiple_);
    if (!factor || !fits_times(x_, *factor, rows_) || !widen_for_open_rows()) return false;
    put();
    return true;
  }

 private:
  [[nodiscard]] bool has_both(std::size_t row) const { return views_[0].may_be_defined(row) && views_[1].may_be_defined(row); }
  [[nodiscard]] std::int64_t divisor(std::size_t row) const { return y_.x.low[row]; }
  /// A known divisor divides both ends of what it divides.
  [[nodiscard]] bool is_known(std::size_t row) const { return y_.x.known() || y_.x.low[row] == y_.x.high[row]; }

  /// The common multiple of the known divisors, and the rows whose divisor is open.
  bool find_multiple() {
    std::int64_t last = 1;
    for (std::size_t r = 0; r < rows_; ++r) {
      if (!has_both(r)) continue;
      if (!is_known(r)) {
        open_rows_[open_count_++] = r;
        continue;
      }
      const std::int64_t size = divisor(r) < 0 ? -divisor(r) : divisor(r);
      if (size == 0 || size == last) continue;
      if (size < 0 || size > most_common_denominator) return false;
      const auto joined = common_denominator(multiple_, size);
      if (!joined) return false;
      multiple_ = *joined;
      last = size;
    }
    return x_.over <= most_common_denominator / multiple_;
  }

  bool widen_for_open_rows() {
    ExactEnds math(tile_.exact);
    Dividing dividing(math, node_);
    std::int64_t over = over_;
    for (std::size_t i = 0; i < open_count_; ++i) {
      const std::size_t r = open_rows_[i];
      const Ends x{{x_.x.low[r], x_.over}, {x_.x.high[r], x_.over}};
      const Ends y{{y_.x.low[r], y_.over}, {y_.x.high[r], y_.over}};
      Quotient& quotient = *std::construct_at(quotients_ + i, dividing.divide(x, divisor_of(y, tile_.node(node_.args[1]), tile_.exact)));
      for (Exact* end : {&quotient.ends.low, &quotient.ends.high}) {
        if (end->denominator == 0) return false;
        *end = ExactMath::lowest(*end);
        if (end->denominator > most_common_denominator) return false;
        const auto joined = common_denominator(over, static_cast<std::int64_t>(end->denominator));
        if (!joined) return false;
        over = *joined;
      }
    }
    const auto factor = size_of_product(factor_, over / over_);
    const auto all = factor ? size_of_product(*factor, multiple_) : std::nullopt;
    if (!all || !fits_times(x_, *all, rows_)) return false;
    factor_ = *factor;
    over_ = over;
    most_ = x_.most * *all;
    for (std::size_t i = 0; i < open_count_; ++i)
      for (const Exact& end : {quotients_[i].ends.low, quotients_[i].ends.high}) {
        if (end.numerator > most_common_size || end.numerator < -most_common_size) return false;
        const Int128 size = (end.numerator < 0 ? -end.numerator : end.numerator) * (over_ / end.denominator);
        if (size > most_common_size) return false;
        most_ = std::max(most_, static_cast<std::int64_t>(size));
      }
    return true;
  }

  /// What a row is multiplied by in place of its division.
  std::int64_t factor_for(std::int64_t divisor) {
    if (divisor < 0) return -factor_for(-divisor);
    if (divisor >= few_divisors) return factor_ * (multiple_ / divisor);
    std::int64_t& kept = factors_[static_cast<std::size_t>(divisor)];
    if (kept == 0) kept = factor_ * (multiple_ / divisor);
    return kept;
  }

  void put() {
    const Room room{tile_, id_};
    const UndefinedBits bits(room, rows_);
    const bool known = x_.x.known() && open_count_ == 0;
    std::int64_t* low = room.numbers(rows_);
    std::int64_t* high = known ? low : room.numbers(rows_);
    std::size_t open = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      low[r] = high[r] = 0;
      const bool spoilt = views_[0].may_be_undefined(r) || views_[1].may_be_undefined(r);
      if (open < open_count_ && open_rows_[open] == r) {
        const Quotient& quotient = quotients_[open++];
        bits.put(r, spoilt || quotient.may_be_undefined, quotient.may_be_defined);
        low[r] = over_common(quotient.ends.low);
        high[r] = over_common(quotient.ends.high);
        continue;
      }
      const bool both = has_both(r) && divisor(r) != 0;
      bits.put(r, spoilt || (has_both(r) && divisor(r) == 0), both);
      if (!both) continue;
      const std::int64_t factor = factor_for(divisor(r));
      low[r] = x_.x.low[r] * factor;
      if (!known) high[r] = x_.x.high[r] * factor;
      if (low[r] > high[r]) std::swap(low[r], high[r]);
    }
    set_common(tile_, id_, {settled<std::int64_t>({.low = low, .high = high}, rows_), over_, most_});
    bits.into(tile_.column(id_), rows_);
  }

  [[nodiscard]] std::int64_t over_common(const Exact& value) const {
    return static_cast<std::int64_t>(value.numerator * (over_ / value.denominator));
  }

  static constexpr std::int64_t few_divisors = 64;
  Tile& tile_;
  const PlanNode& node_;
  NodeId id_;
  std::size_t rows_;
  std::array<View, 2> views_;
  Common x_, y_;
  std::size_t* open_rows_;  ///< rows whose divisor is open
  Quotient* quotients_;     ///< of them
  std::size_t open_count_ = 0;
  std::int64_t multiple_ = 1;  ///< common multiple of the known divisors' integers
  std::int64_t factor_ = 1;    ///< with it: x * factor_ * (multiple_ / divisor) over `over_`
  std::int64_t over_ = 1;
  std::int64_t most_ = 0;
  std::array<std::int64_t, few_divisors> factors_{};
};

}  // namespace

bool evaluate_common_arithmetic(Tile& tile, NodeId id) { return Arithmetic(tile, id).evaluate(); }

bool evaluate_common_divide(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const auto x = common(tile, node.args[0], node.level);
  const auto y = x ? common(tile, node.args[1], node.level) : std::nullopt;
  return y && Division(tile, id, *x, *y).evaluate();
}

}  // namespace duly::columnar
