// Rounding to a step: x * k / k2 becomes a whole number of steps, which times k3 is the value. Rounding rises with its operand, so the ends
// of an interval are rounded each for itself.

#include <bit>
#include <numeric>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

/// The rest (0 <= rest < divisor) at which a step up is due; the divisor itself where it never is.
struct Thresholds {
  std::int64_t first, second;  ///< x >= 0 and x < 0; for ties to even: an even and an odd quotient
};

Thresholds thresholds(RoundMode mode, std::int64_t divisor) {
  const std::int64_t never = divisor;
  const std::int64_t half_or_more = divisor / 2 + divisor % 2;
  const std::int64_t more_than_half = divisor / 2 + 1;
  switch (mode) {
    case RoundMode::none:
    case RoundMode::floor: return {never, never};
    case RoundMode::ceiling: return {1, 1};
    case RoundMode::up: return {1, never};
    case RoundMode::down: return {never, 1};
    case RoundMode::half_up: return {half_or_more, more_than_half};
    case RoundMode::half_down: return {more_than_half, half_or_more};
    case RoundMode::half_even: return {more_than_half, half_or_more};
  }
  return {never, never};
}

Rounding rounding_by(std::int64_t divisor, const PlanNode& node) {
  const auto bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(divisor) - 1));
  const Thresholds at = thresholds(node.mode, divisor);
  Rounding how{.divisor = divisor,
               .is_small = node.is_small,
               .threshold = {at.first, at.second},
               .by_parity = node.mode == RoundMode::half_even,
               .times = node.k3};
  const auto unsigned_divisor = static_cast<std::uint64_t>(divisor);
  how.shift = node.is_small ? 31 + bits : bits - 1;
  how.magic = node.is_small ? (std::uint64_t{1} << (31 + bits)) / unsigned_divisor + 1
                            : static_cast<std::uint64_t>((Unsigned128{1} << (63 + bits)) / unsigned_divisor) + 1;
  return how;
}

/// The plan proves that x * k fits into 64 bits.
void round_end(Tile& tile, const PlanNode& node, std::int64_t* out, const std::int64_t* x, std::size_t rows) {
  const std::int64_t common = std::gcd(node.k, node.k2);
  const std::int64_t k = node.k / common;
  const std::int64_t k2 = node.k2 / common;
  if (k2 == 1) return tile.kernels->multiply_constant(out, x, k * node.k3, rows);
  if (k != 1) {
    auto* product = tile.scratch.take_array<std::int64_t>(rows);
    tile.kernels->multiply_constant(product, x, k, rows);
    x = product;
  }
  tile.kernels->round(out, x, rounding_by(k2, node), rows);
}

void round_integers(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const Operand x = as_column(tile, operand(tile, node.args[0], node.level));
  std::int64_t* low = tile.take_numbers(id, rows);
  round_end(tile, node, low, x.low, rows);
  std::int64_t* high = low;
  if (!x.known()) {
    high = tile.take_numbers(id, rows);
    round_end(tile, node, high, x.high, rows);
  }
  set_numbers(tile.column(id), low, high);
  settle_numbers(tile.column(id), rows);
}

template <class T, class F>
void round_fractions(Tile& tile, NodeId id, F rounded) {
  const std::size_t rows = tile.rows_of(id);
  const ExactOperand x = exact_operand(tile, tile.node(id).args[0], tile.node(id).level);
  const auto end = [&](const Exact* values) {
    auto* out = tile.take<T>(id, rows);
    for (std::size_t r = 0; r < rows; ++r) out[r] = rounded(values[r]);
    return out;
  };
  Column& out = tile.column(id);
  out.a = end(x.low);
  out.b = x.low == x.high ? out.a : end(x.high);
}

}  // namespace

void evaluate_round(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  ExactMath& math = tile.exact;
  if (node.lane == Lane::exact) {
    round_fractions<Exact>(tile, id, [&](const Exact& x) {
      if (node.mode == RoundMode::none) return x;
      const Exact steps = ExactMath::whole(math.steps(x, node.k, node.k2, node.mode));
      return math.multiply(steps, math.fraction(node.k3, node.denominator));
    });
  } else if (tile.node(node.args[0]).lane == Lane::i64) {
    round_integers(tile, id);
  } else {
    round_fractions<std::int64_t>(tile, id, [&](const Exact& x) { return wrapped_product(math.steps(x, node.k, node.k2, node.mode), node.k3); });
    settle_numbers(tile.column(id), tile.rows_of(id));
  }
  join_undefined(tile, id);
}

}  // namespace duly::columnar
