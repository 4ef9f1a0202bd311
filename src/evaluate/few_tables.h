#pragma once

// Look-ups and roundings of at most 64 rows, one row at a time.
//
// Threads: belongs to the thread that evaluates.

#include <bit>

#include "evaluate/few_operands.h"

namespace duly::columnar {

/// `top / divisor` moved to a whole number as `mode` says. `divisor` > 0.
inline std::int64_t whole_steps(std::int64_t top, std::int64_t divisor, RoundMode mode) {
  std::int64_t quotient = top / divisor;
  std::int64_t rest = top - quotient * divisor;
  if (rest < 0) {
    rest += divisor;
    --quotient;
  }
  const std::int64_t missing = divisor - rest;  // to the step above; a tie where both are equal
  switch (mode) {
    case RoundMode::none:
    case RoundMode::floor: return quotient;
    case RoundMode::ceiling: return quotient + (rest > 0 ? 1 : 0);
    case RoundMode::up: return quotient + (rest > 0 && top > 0 ? 1 : 0);
    case RoundMode::down: return quotient + (rest > 0 && top < 0 ? 1 : 0);
    case RoundMode::half_up: return quotient + (rest > missing || (rest == missing && top > 0) ? 1 : 0);
    case RoundMode::half_down: return quotient + (rest > missing || (rest == missing && top < 0) ? 1 : 0);
    case RoundMode::half_even: return quotient + (rest > missing || (rest == missing && quotient % 2 != 0) ? 1 : 0);
  }
  return quotient;
}

/// The cells of a table by keys that are all known.
class FewCells {
 public:
  FewCells(FewOperands& operands, const LookupTable& table, const PlanNode& node) : table_(table), count_(node.args.size()) {
    if (count_ > most_keys) return;
    for (std::size_t i = 0; i < count_; ++i) {
      const PlanNode& key = operands.node(node.args[i]);
      if (key.shape == Shape::number ? key.denominator != 1 || !operands.numbers(node.args[i], numbers_[i])
                                     : !operands.codes(node.args[i], codes_[i]))
        return;
    }
    ready_ = true;
  }

  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] const LookupTable& table() const { return table_; }

  /// The only cell of a row; -1 where its keys have none or more than one.
  [[nodiscard]] std::int64_t find(std::size_t row) const {
    std::int64_t cell = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      std::int64_t index = 0;
      if (codes_[i].values != nullptr) {
        const Word words = codes_[i][row];
        if (!std::has_single_bit(words)) return -1;
        index = std::countr_zero(words);
      } else {
        if (__builtin_sub_overflow(numbers_[i][row], table_.key_offset[i], &index) || index < 0) return -1;
        index = std::min(index, table_.extents[i] - 1);
      }
      cell = cell * table_.extents[i] + index;
    }
    return cell;
  }

  /// What the cell holds for the row's last key.
  [[nodiscard]] std::int64_t value(std::size_t cell, std::size_t row) const {
    if (table_.each_more.empty() || count_ == 0 || codes_[count_ - 1].values != nullptr) return table_.low[cell];
    const std::int64_t past = std::max<std::int64_t>(0, wrapped_sum(numbers_[count_ - 1][row], -std::int64_t{table_.grows_from[cell]}));
    return wrapped_sum(table_.low[cell], wrapped_product(table_.each_more[cell], past));
  }

 private:
  static constexpr std::size_t most_keys = 4;

  const LookupTable& table_;
  std::size_t count_;
  std::array<Numbers, most_keys> numbers_;
  std::array<Codes, most_keys> codes_;
  bool ready_ = false;
};

}  // namespace duly::columnar
