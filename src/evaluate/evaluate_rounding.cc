// Rounding to a step: x * k / k2 becomes a whole number of steps, which times k3 is the value. Rounding rises with its operand, so the ends
// of an interval are rounded each for itself.

#include "evaluate/columns.h"
#include "evaluate/common.h"
#include "evaluate/families.h"
#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

/// The plan proves that x * k fits into 64 bits.
void round_integers(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  by_lane(tile, id, [&](auto zero) {
    const auto x = operand<decltype(zero)>(tile, node.args[0], node.level);
    set_operand(tile.column(id), rounded(tile, x, {node.k, node.k2, node.k3, node.mode, node.is_small}, tile.rows_of(id), Room{tile, id}));
  });
}

/// Of integers over one denominator; false where they are not, or 64 bits might not suffice.
bool round_common(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  auto x = node.mode == RoundMode::none ? std::nullopt : common(tile, node.args[0], node.level);
  std::int64_t divisor = 0;
  if (!x || __builtin_mul_overflow(x->over, node.k2, &divisor) || !fits_times(*x, node.k, rows)) return false;
  const bool is_exact = node.lane == Lane::exact;
  const std::optional<std::int64_t> most = size_of_product(x->most * node.k / divisor + 1, node.k3);
  if (is_exact && !most) return false;
  const Operand result = rounded(tile, x->x, {.k = node.k, .k2 = divisor, .k3 = node.k3, .mode = node.mode}, rows, Room{tile, id});
  if (is_exact) set_common(tile, id, {result, node.denominator, *most});
  else set_operand(tile.column(id), result);
  return true;
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
  T* low = end(x.low);
  T* high = x.low == x.high ? low : end(x.high);
  if constexpr (std::is_same_v<T, Exact>) set_fractions(tile, id, low, high);
  else set_operand(tile.column(id), settled<std::int64_t>({.low = low, .high = high}, rows));
}

}  // namespace

void evaluate_round(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  ExactMath& math = tile.exact;
  const bool on_integers = node.lane == Lane::i64 && tile.node(node.args[0]).lane == Lane::i64;
  if (on_integers) {
    round_integers(tile, id);
  } else if (round_common(tile, id)) {
    // done
  } else if (node.lane == Lane::exact) {
    round_fractions<Exact>(tile, id, [&](const Exact& x) {
      if (node.mode == RoundMode::none) return x;
      const Exact steps = ExactMath::whole(math.steps(x, node.k, node.k2, node.mode));
      return math.multiply(steps, math.fraction(node.k3, node.denominator));
    });
  } else {
    round_fractions<std::int64_t>(tile, id, [&](const Exact& x) { return wrapped_product(math.steps(x, node.k, node.k2, node.mode), node.k3); });
  }
  join_undefined(tile, id);
}

}  // namespace duly::columnar
