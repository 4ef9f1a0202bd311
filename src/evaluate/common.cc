#include "evaluate/common.h"

#include <algorithm>
#include <numeric>

#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

std::int64_t size_of(std::int64_t x) { return x >= 0 ? x : x == INT64_MIN ? INT64_MAX : -x; }

std::int64_t greatest_size(const std::int64_t* values, std::size_t rows) {
  std::int64_t least = 0;
  std::int64_t most = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    least = std::min(least, values[r]);
    most = std::max(most, values[r]);
  }
  return std::max(size_of(least), most);
}

std::optional<Common> common_constant(const PlanNode& node) {
  if (node.lane == Lane::i64) return Common{{.constant = true, .k = node.low}, node.denominator, size_of(node.low)};
  const auto top = to_int64(numerator(node.exact_low));
  const auto bottom = to_int64(denominator(node.exact_low));
  if (!top || !bottom || *bottom > most_common_denominator) return std::nullopt;
  return Common{{.constant = true, .k = *top}, *bottom, size_of(*top)};
}

bool agree(const ExactMath& math, const Exact* low, const Exact* high, std::size_t rows) {
  return low == high || std::equal(low, low + rows, high, [&](const Exact& x, const Exact& y) { return is_same(x, y) || math.equal(x, y); });
}

/// Finds the common denominator of fractions.
class Denominator {
 public:
  std::int64_t over = 1;

  /// False where there is none that is small.
  bool take_in(const Exact* values, std::size_t rows) {
    for (std::size_t r = 0; r < rows; ++r) {
      const Exact& x = values[r];
      if (x.denominator == 0) return false;
      if (divides(x.denominator)) continue;
      const Int128 own = ExactMath::lowest(x).denominator;
      if (own > most_common_denominator) return false;
      const auto joined = common_denominator(over, static_cast<std::int64_t>(own));
      if (!joined) return false;
      over = *joined;
    }
    return true;
  }

  /// The integers over it; false where one is too large.
  bool put(const Exact* values, std::size_t rows, std::int64_t* out, std::int64_t& most) const {
    for (std::size_t r = 0; r < rows; ++r) {
      const Exact x = divides(values[r].denominator) ? values[r] : ExactMath::lowest(values[r]);
      if (x.numerator > most_common_size || x.numerator < -most_common_size) return false;
      const Int128 scaled = x.numerator * (over / x.denominator);
      if (scaled > most_common_size || scaled < -most_common_size) return false;
      out[r] = static_cast<std::int64_t>(scaled);
      most = std::max(most, size_of(out[r]));
    }
    return true;
  }

 private:
  [[nodiscard]] bool divides(Int128 denominator) const { return denominator <= over && over % static_cast<std::int64_t>(denominator) == 0; }
};

}  // namespace

std::optional<Common> common(Tile& tile, NodeId id, LevelId level) {
  const PlanNode& node = tile.node(id);
  if (node.op == PlanOp::constant) return common_constant(node);
  const Column column = view(tile, id, level).column;
  const std::int64_t over = denominator_of(node, column);
  if (over == 0 || over > most_common_denominator) return std::nullopt;
  const std::int64_t most = node.lane == Lane::i64 ? std::max(size_of(node.low), size_of(node.high)) : column.most;
  return Common{{.low = low_of(column), .high = high_of(column)}, over, most};
}

std::optional<std::int64_t> size_of_product(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(size_of(a), size_of(b), &product) || product > most_common_size) return std::nullopt;
  return product;
}

std::optional<std::int64_t> common_denominator(std::int64_t a, std::int64_t b) {
  const std::int64_t times = b / std::gcd(a, b);
  if (times > most_common_denominator / a) return std::nullopt;
  return a * times;
}

bool fits_times(Common& x, std::int64_t factor, std::size_t rows) {
  if (size_of_product(x.most, factor)) return true;
  if (x.x.constant) return false;
  x.most = greatest_size(x.x.low, rows);
  if (!x.x.known()) x.most = std::max(x.most, greatest_size(x.x.high, rows));
  return size_of_product(x.most, factor).has_value();
}

bool bring_over(Tile& tile, Common& x, std::int64_t denominator, std::size_t rows) {
  const std::int64_t factor = denominator / x.over;
  if (!fits_times(x, factor, rows)) return false;
  if (x.x.constant) x.x.k *= factor;
  else if (factor != 1) x.x = times(tile, x.x, factor, false, rows, Room{tile});
  x.most *= factor;
  x.over = denominator;
  return true;
}

bool align(Tile& tile, Common& x, Common& y, std::size_t rows) {
  const auto over = common_denominator(x.over, y.over);
  return over && bring_over(tile, x, *over, rows) && bring_over(tile, y, *over, rows);
}

void set_common(Tile& tile, NodeId id, const Common& result) {
  Column& out = tile.column(id);
  set_operand(out, result.x);
  out.over = result.over;
  out.most = result.most;
}

void set_fractions(Tile& tile, NodeId id, const Exact* low, const Exact* high) {
  const std::size_t rows = tile.rows_of(id);
  if (agree(tile.exact, low, high, rows)) high = low;
  Denominator denominator;
  if (denominator.take_in(low, rows) && (high == low || denominator.take_in(high, rows))) {
    std::int64_t most = 0;
    std::int64_t* low_integers = tile.take_numbers(id, rows);
    std::int64_t* high_integers = high == low ? low_integers : tile.take_numbers(id, rows);
    if (denominator.put(low, rows, low_integers, most) && (high == low || denominator.put(high, rows, high_integers, most)))
      return set_common(tile, id, {{.low = low_integers, .high = high_integers}, denominator.over, most});
  }
  Column& out = tile.column(id);
  out.a = const_cast<Exact*>(low);
  out.b = const_cast<Exact*>(high);
}

}  // namespace duly::columnar
