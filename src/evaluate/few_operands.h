#pragma once

// Operands of a node of at most 64 rows, read where they stand: a constant is one value for all rows, a value of a higher level is found by the row
// above. Reading fails where a row is open or undefined; the families of operators then do the work.
//
// Threads: belongs to the thread that evaluates.

#include <array>

#include "evaluate/columns.h"

namespace duly::columnar {

/// Values of an operand and for each row where its value stands.
template <class T>
struct FewValues {
  const T* values = nullptr;
  const std::int32_t* at = nullptr;
  T operator[](std::size_t row) const { return values[at[row]]; }
  [[nodiscard]] bool is_constant() const;
};
using Numbers = FewValues<std::int64_t>;
using Codes = FewValues<Word>;

/// A word of each bitmap of a truth.
struct Truth {
  Word yes = 0, no = 0, undefined = 0;
};

namespace few {
constexpr std::array<std::int32_t, most_few_rows> counted() {
  std::array<std::int32_t, most_few_rows> out{};
  for (std::size_t i = 0; i < most_few_rows; ++i) out[i] = static_cast<std::int32_t>(i);
  return out;
}
inline constexpr std::array<std::int32_t, most_few_rows> own_rows = counted();
inline constexpr std::array<std::int32_t, most_few_rows> first_row{};
}  // namespace few

template <class T>
bool FewValues<T>::is_constant() const {
  return at == few::first_row.data();
}

class FewOperands {
 public:
  FewOperands(Tile& tile, LevelId level) : tile_(tile), level_(level) {}

  [[nodiscard]] const PlanNode& node(NodeId id) const { return tile_.node(id); }

  /// A number of the 64-bit lane, known in every row.
  bool numbers(NodeId id, Numbers& out) {
    const PlanNode& node = tile_.node(id);
    if (node.lane != Lane::i64 || node.shape != Shape::number) return false;
    if (node.op == PlanOp::constant) {
      out = {&node.low, few::first_row.data()};
      return true;
    }
    const Column& column = tile_.column(id);
    if (column.a != column.b || column.narrow || column.undefined != nullptr) return false;
    out.values = low_of(column);
    return rows_above(node.level, out.at);
  }

  /// A number of either lane, known in every row, as integers over one denominator. `constant` is room for one that is a fraction.
  bool integers(NodeId id, Numbers& out, std::int64_t& over, std::int64_t& constant) {
    const PlanNode& node = tile_.node(id);
    if (node.shape != Shape::number) return false;
    if (node.op == PlanOp::constant) return node.lane == Lane::i64 ? whole_constant(node, out, over) : fraction(node, out, over, constant);
    const Column& column = tile_.column(id);
    over = denominator_of(node, column);
    if (over == 0 || column.a != column.b || column.narrow || column.undefined != nullptr) return false;
    out.values = low_of(column);
    return rows_above(node.level, out.at);
  }

  /// A code that is defined in every row.
  bool codes(NodeId id, Codes& out) {
    const PlanNode& node = tile_.node(id);
    if (node.shape != Shape::code) return false;
    if (node.op == PlanOp::constant) {
      out = {&node.bits, few::first_row.data()};
      return true;
    }
    const Column& column = tile_.column(id);
    if (column.undefined != nullptr) return false;
    out.values = words_of(column);
    return rows_above(node.level, out.at);
  }

  /// Any truth of `rows` rows that all have a row above.
  bool truth(NodeId id, std::size_t rows, Truth& out) {
    const PlanNode& node = tile_.node(id);
    if (node.op == PlanOp::constant) {
      out = {node.k != 0 ? ~Word{0} : 0, node.k != 0 ? 0 : ~Word{0}, 0};
      return true;
    }
    const Column& column = tile_.column(id);
    const Word undefined = column.undefined == nullptr ? 0 : *column.undefined;
    if (node.level == level_) {
      out = {*may_be_true(column), *may_be_false(column), undefined};
      return true;
    }
    const std::int32_t* at = nullptr;
    if (tile_.levels.count(node.level) > most_few_rows || !rows_above(node.level, at)) return false;
    const auto gathered = [&](Word bits) {
      Word all = 0;
      for (std::size_t r = 0; r < rows; ++r) all |= (bits >> at[r] & 1U) << r;
      return all;
    };
    out = {gathered(*may_be_true(column)), gathered(*may_be_false(column)), undefined == 0 ? 0 : gathered(undefined)};
    return true;
  }

 private:
  static bool whole_constant(const PlanNode& node, Numbers& out, std::int64_t& over) {
    out = {&node.low, few::first_row.data()};
    over = node.denominator;
    return true;
  }

  static bool fraction(const PlanNode& node, Numbers& out, std::int64_t& over, std::int64_t& room) {
    const auto top = to_int64(numerator(node.exact_low));
    const auto bottom = to_int64(denominator(node.exact_low));
    if (!top || !bottom) return false;
    room = *top;
    over = *bottom;
    out = {&room, few::first_row.data()};
    return true;
  }

  bool rows_above(LevelId from, const std::int32_t*& at) {
    at = few::own_rows.data();
    if (from == level_) return true;
    const RowMap map = tile_.levels.map(level_, from, Via::parent);
    if (map.has_holes || map.may_miss != nullptr) return false;
    if (!map.identity) at = map.to;
    return true;
  }

  Tile& tile_;
  LevelId level_;
};

}  // namespace duly::columnar
