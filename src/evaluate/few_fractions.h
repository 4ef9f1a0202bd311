#pragma once

// Arithmetic of at most 64 rows on numbers that are known and have one denominator for all rows, of either lane: one row after another in 128 bits, into
// integers over one denominator. What has no such denominator, or leaves `most_common_size`, is left to the families.
//
// Threads: belongs to the thread that evaluates.

#include <numeric>

#include "evaluate/common.h"
#include "evaluate/few_operands.h"
#include "evaluate/few_tables.h"

namespace duly::columnar {

class FewFractions {
 public:
  FewFractions(Tile& tile, NodeId id, std::size_t rows)
      : tile_(tile), id_(id), node_(tile.node(id)), rows_(rows), operands_{tile, node_.level}, count_(node_.args.size()) {}

  /// Combines all arguments, brought over one denominator, from the first on.
  template <class F>
  bool fold(F combine) {
    if (!read_over_one_denominator(0, count_)) return false;
    return put(over_, [&](std::size_t row) {
      Int128 result = scaled(0, row);
      for (std::size_t i = 1; i < count_; ++i) result = combine(result, scaled(i, row));
      return result;
    });
  }

  bool multiply() {
    if (count_ != 2 || !read(0) || !read(1)) return false;
    const std::int64_t shared_x = shared_by_constant(0, 1);
    const std::int64_t shared_y = shared_by_constant(1, 0);
    const std::int64_t x_over = args_[0].over / shared_x;
    const std::int64_t y_over = args_[1].over / shared_y;
    if (x_over > most_common_denominator / y_over) return false;
    return put(x_over * y_over, [&](std::size_t row) { return Int128{value(0, row) / shared_y} * (value(1, row) / shared_x); });
  }

  /// The only argument times `k`.
  bool times(std::int64_t k) {
    if (!read(0)) return false;
    const std::int64_t shared = k == 0 ? 1 : std::gcd(k, args_[0].over);
    return put(args_[0].over / shared, [&](std::size_t row) { return Int128{value(0, row)} * (k / shared); });
  }

  bool absolute() {
    return read(0) && put(args_[0].over, [&](std::size_t row) { return value(0, row) < 0 ? -Int128{value(0, row)} : Int128{value(0, row)}; });
  }

  /// By values none of which is 0, over a common multiple of them.
  bool divide() {
    if (!read(0) || !read(1)) return false;
    std::int64_t multiple = 1;
    for (std::size_t r = 0; r < rows_; ++r) {
      const std::int64_t y = value(1, r);
      if (y == 0 || y < -most_common_denominator || y > most_common_denominator) return false;
      const auto joined = common_denominator(multiple, y < 0 ? -y : y);
      if (!joined) return false;
      multiple = *joined;
    }
    if (args_[0].over > most_common_denominator / multiple) return false;
    const std::int64_t reduced_by = std::gcd(args_[1].over, args_[0].over * multiple);
    const auto factor = size_of_product(args_[1].over / reduced_by, multiple);
    if (!factor) return false;
    return put(args_[0].over * multiple / reduced_by, [&](std::size_t row) { return Int128{value(0, row)} * (*factor / value(1, row)); });
  }

  /// To whole numbers of steps; `node.lane` is that of the result.
  bool round() {
    if (node_.mode == RoundMode::none || !read(0)) return false;
    std::int64_t divisor = 0;
    if (__builtin_mul_overflow(args_[0].over, node_.k2, &divisor)) return false;
    bool fits = true;
    const auto rounded = [&](std::size_t row) {
      std::int64_t top = 0;
      std::int64_t steps = 0;
      fits = fits && !__builtin_mul_overflow(value(0, row), node_.k, &top);
      if (fits) steps = whole_steps(top, divisor, node_.mode);
      return Int128{steps} * node_.k3;
    };
    if (node_.lane == Lane::exact) return put(node_.denominator, rounded) && (fits || give_up());
    std::int64_t* out = tile_.take_numbers(id_, rows_);
    for (std::size_t r = 0; r < rows_; ++r) out[r] = static_cast<std::int64_t>(rounded(r));
    if (!fits) return false;
    set_numbers(tile_.column(id_), out, out);
    return true;
  }

  /// Bits of the rows in which the left side is less than the right, or both are equal.
  bool compare(NodeId left, NodeId right, bool equal, Word& holds) {
    if (!read_as(0, left) || !read_as(1, right)) return false;
    holds = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      const Int128 x = Int128{value(0, r)} * args_[1].over;
      const Int128 y = Int128{value(1, r)} * args_[0].over;
      holds |= Word{equal ? x == y : x < y} << r;
    }
    return true;
  }

  /// The second argument in the rows of `taken`, the third in the others.
  bool choose(Word taken) {
    if (!read_over_one_denominator(1, 3)) return false;
    return put(over_, [&](std::size_t row) { return scaled((taken >> row & 1U) != 0 ? 1 : 2, row); });
  }

  /// Makes integers over `over` the column; false where one is too large.
  template <class F>
  bool put(std::int64_t over, F value_of_row) {
    std::int64_t* out = tile_.take_numbers(id_, rows_);
    Int128 most = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      const Int128 result = value_of_row(r);
      most = std::max(most, result < 0 ? -result : result);
      out[r] = static_cast<std::int64_t>(result);
    }
    if (most > most_common_size) return false;
    Column& column = tile_.column(id_);
    set_numbers(column, out, out);
    column.over = over;
    column.most = static_cast<std::int64_t>(most);
    return true;
  }

 private:
  static constexpr std::size_t most_arguments = 4;
  struct Argument {
    Numbers values;
    std::int64_t over = 1;
    std::int64_t factor = 1;  ///< to the denominator of all
  };

  bool give_up() {
    tile_.column(id_) = {};
    return false;
  }

  [[nodiscard]] std::int64_t value(std::size_t i, std::size_t row) const { return args_[i].values[row]; }
  [[nodiscard]] Int128 scaled(std::size_t i, std::size_t row) const { return Int128{value(i, row)} * args_[i].factor; }

  bool read(std::size_t i) { return read_as(i, node_.args[i]); }
  bool read_as(std::size_t i, NodeId id) {
    return operands_.integers(id, args_[i].values, args_[i].over, constants_[i]) && args_[i].over <= most_common_denominator;
  }

  bool read_over_one_denominator(std::size_t from, std::size_t until) {
    if (until > most_arguments) return false;
    for (std::size_t i = from; i < until; ++i) {
      if (!read(i)) return false;
      if (i == from) over_ = args_[i].over;
      if (args_[i].over == over_) continue;
      const auto joined = common_denominator(over_, args_[i].over);
      if (!joined) return false;
      over_ = *joined;
    }
    for (std::size_t i = from; i < until; ++i) args_[i].factor = over_ == args_[i].over ? 1 : over_ / args_[i].over;
    return true;
  }

  /// By what the denominator of `i` and the argument `other` can be divided, where that is a constant.
  [[nodiscard]] std::int64_t shared_by_constant(std::size_t i, std::size_t other) const {
    if (!args_[other].values.is_constant() || value(other, 0) == 0) return 1;
    return std::gcd(value(other, 0), args_[i].over);
  }

  Tile& tile_;
  NodeId id_;
  const PlanNode& node_;
  std::size_t rows_;
  FewOperands operands_;
  std::size_t count_;
  std::int64_t over_ = 1;
  std::array<Argument, most_arguments> args_;
  std::array<std::int64_t, most_arguments> constants_;
};

}  // namespace duly::columnar
