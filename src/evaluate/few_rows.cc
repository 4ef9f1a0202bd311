// Nodes of at most 64 rows whose operands are known: what a single household is made of. The families (`evaluate_*.cc`) prepare columns, kernels
// and scratch, which pays off over many rows; here a node costs a few loads and stores. What is open or undefined is left to the families, and
// both give the same column.

#include <array>
#include <bit>

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/few_fractions.h"
#include "evaluate/few_tables.h"

namespace duly::columnar {
namespace {

class FewRows {
 public:
  FewRows(Tile& tile, NodeId id, std::size_t rows) : tile_(tile), id_(id), node_(tile.node(id)), rows_(rows), operands_{tile, node_.level} {}

  bool evaluate() {
    switch (node_.op) {
      case PlanOp::fact: return fact();
      case PlanOp::alias: return node_.lane == tile_.node(node_.args[0]).lane && shared(node_.args[0]);
      case PlanOp::scale:
        return is_whole() ? one_number([k = node_.k](std::int64_t x) { return wrapped_product(x, k); }) : fractions().times(node_.k);
      case PlanOp::negate: return is_whole() ? one_number([](std::int64_t x) { return wrapped_product(x, -1); }) : fractions().times(-1);
      case PlanOp::absolute:
        return is_whole() ? one_number([](std::int64_t x) { return std::max(x, wrapped_product(x, -1)); }) : fractions().absolute();
      case PlanOp::round_to: return round();
      case PlanOp::add: return fold([](auto x, auto y) { return sum_of(x, y); });
      case PlanOp::subtract: return fold([](auto x, auto y) { return sum_of(x, negative(y)); });
      case PlanOp::multiply:
        return is_whole() ? two_numbers([](std::int64_t x, std::int64_t y) { return wrapped_product(x, y); }) : fractions().multiply();
      case PlanOp::divide: return fractions().divide();
      case PlanOp::minimum: return fold([](auto x, auto y) { return std::min(x, y); });
      case PlanOp::maximum: return fold([](auto x, auto y) { return std::max(x, y); });
      case PlanOp::compare: return compare();
      case PlanOp::code_in: return code_in();
      case PlanOp::logical_and: return logical(false);
      case PlanOp::logical_or: return logical(true);
      case PlanOp::logical_not: return logical_not();
      case PlanOp::choose: return choose();
      case PlanOp::lookup: return lookup();
      case PlanOp::lookup_absent: return lookup_absent();
      case PlanOp::lift: return lift();
      case PlanOp::sum: return sum();
      case PlanOp::count: return count();
      case PlanOp::some: return some();
      case PlanOp::in_set: return in_set();
      case PlanOp::set_size: return set_size();
      case PlanOp::word_in_set: return word_in_set();
      default: return false;
    }
  }

 private:
  [[nodiscard]] Column& column() { return tile_.column(id_); }
  [[nodiscard]] Word all_rows() const { return rows_of_word(0, rows_); }

  std::int64_t* new_numbers() {
    std::int64_t* out = tile_.take_numbers(id_, rows_);
    set_numbers(column(), out, out);
    return out;
  }

  bool set_truth(Word yes, Word no, Word undefined = 0) {
    Word* words = tile_.take<Word>(id_, 2);
    words[0] = yes;
    words[1] = no;
    set_words(column(), words, words + 1);
    if ((undefined & all_rows()) != 0) *(column().undefined = tile_.take<Word>(id_, 1)) = undefined;
    return true;
  }

  bool shared(NodeId from) {
    const PlanNode& node = tile_.node(from);
    if (node.op == PlanOp::constant || node.level != node_.level) return false;
    tile_.share_memory(id_, from, tile_.column(from));
    return true;
  }

  // ---- facts

  [[nodiscard]] const FactColumn& fact_column() const { return tile_.facts->facts[static_cast<std::size_t>(node_.index)]; }

  bool fact() {
    const FactColumn& fact = fact_column();
    const auto first = static_cast<std::size_t>(tile_.levels.first_row(node_.level));
    if (tile_.keep == Keep::asked || first % 64 != 0 || node_.shape == Shape::set) return false;
    if (!fact.may_be_absent.empty() && (fact.may_be_absent[first / 64] & all_rows()) != 0) return false;
    switch (node_.shape) {
      case Shape::truth: set_words(column(), fact.may_be_true.data() + first / 64, fact.may_be_false.data() + first / 64); return true;
      case Shape::code: set_words(column(), fact.possible.data() + first, nullptr); return true;
      default: break;
    }
    const std::int64_t* low = fact.low.data() + first;
    const std::int64_t* high = fact.high.empty() ? low : fact.high.data() + first;
    set_numbers(column(), low, high == low || std::equal(low, low + rows_, high) ? low : high);
    return true;
  }

  // ---- numbers

  template <class F>
  bool one_number(F f) {
    Numbers x;
    if (node_.lane != Lane::i64 || !operands_.numbers(node_.args[0], x)) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t r = 0; r < rows_; ++r) out[r] = f(x[r]);
    return true;
  }

  [[nodiscard]] bool is_whole() const { return node_.lane == Lane::i64; }
  FewFractions fractions() { return {tile_, id_, rows_}; }

  static std::int64_t sum_of(std::int64_t x, std::int64_t y) { return wrapped_sum(x, y); }
  static std::int64_t negative(std::int64_t x) { return wrapped_product(x, -1); }
  static Int128 sum_of(Int128 x, Int128 y) { return x + y; }
  static Int128 negative(Int128 x) { return -x; }

  /// All arguments, from the first on.
  template <class F>
  bool fold(F f) {
    if (!is_whole()) return fractions().fold(f);
    if (node_.args.size() == 2) return two_numbers(f);
    Numbers x;
    for (const NodeId arg : node_.args)
      if (!operands_.numbers(arg, x)) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t i = 0; i < node_.args.size(); ++i) {
      operands_.numbers(node_.args[i], x);
      for (std::size_t r = 0; r < rows_; ++r) out[r] = i == 0 ? x[r] : f(out[r], x[r]);
    }
    return true;
  }

  template <class F>
  bool two_numbers(F f) {
    Numbers x;
    Numbers y;
    if (!operands_.numbers(node_.args[0], x) || !operands_.numbers(node_.args[1], y)) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t r = 0; r < rows_; ++r) out[r] = f(x[r], y[r]);
    return true;
  }

  bool round() {
    Numbers x;
    if (!is_whole() || tile_.node(node_.args[0]).lane != Lane::i64) return fractions().round();
    if (!operands_.numbers(node_.args[0], x)) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t r = 0; r < rows_; ++r) {
      std::int64_t top = 0;
      if (__builtin_mul_overflow(x[r], node_.k, &top)) return left_to_families();
      out[r] = wrapped_product(whole_steps(top, node_.k2, node_.mode), node_.k3);
    }
    return true;
  }

  bool left_to_families() {
    column() = {};
    return false;
  }

  // ---- truths

  bool compare() {
    NodeId left = node_.args[0];
    NodeId right = node_.args[1];
    if (node_.comparison == Compare::greater || node_.comparison == Compare::less_equal) std::swap(left, right);
    const bool equal = node_.comparison == Compare::equal || node_.comparison == Compare::not_equal;
    Word holds = 0;
    if (!(has_lane_of_integers(left) && has_lane_of_integers(right) && tile_.node(left).denominator == tile_.node(right).denominator)) {
      if (!fractions().compare(left, right, equal, holds)) return false;
    } else {
      Numbers x;
      Numbers y;
      if (!operands_.numbers(left, x) || !operands_.numbers(right, y)) return false;
      for (std::size_t r = 0; r < rows_; ++r) holds |= Word{equal ? x[r] == y[r] : x[r] < y[r]} << r;
    }
    const bool as_is = node_.comparison == Compare::equal || node_.comparison == Compare::less || node_.comparison == Compare::greater;
    return as_is ? set_truth(holds, ~holds) : set_truth(~holds, holds);
  }

  [[nodiscard]] bool has_lane_of_integers(NodeId id) const { return tile_.node(id).lane == Lane::i64; }

  bool code_in() {
    Codes codes;
    if (!operands_.codes(node_.args[0], codes)) return false;
    Word yes = 0;
    Word no = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      yes |= Word{(codes[r] & node_.bits) != 0} << r;
      no |= Word{(codes[r] & ~node_.bits) != 0} << r;
    }
    return set_truth(yes, no);
  }

  bool logical(bool either) {
    Truth x;
    Truth y;
    if (node_.args.size() != 2 || !operands_.truth(node_.args[0], rows_, x) || !operands_.truth(node_.args[1], rows_, y)) return false;
    if (either) {
      std::swap(x.yes, x.no);
      std::swap(y.yes, y.no);
    }
    const Word no = x.no | y.no;
    const Word yes = x.yes & y.yes;
    const Word undefined = (x.undefined & (y.yes | y.undefined)) | (y.undefined & (x.yes | x.undefined));
    return either ? set_truth(no, yes, undefined) : set_truth(yes, no, undefined);
  }

  bool logical_not() {
    if (!shared(node_.args[0])) return false;
    std::swap(column().a, column().b);
    return true;
  }

  // ---- choices

  bool choose() {
    Truth condition;
    if (!operands_.truth(node_.args[0], rows_, condition) || condition.undefined != 0) return false;
    const Word yes = condition.yes & all_rows();
    const Word no = condition.no & all_rows();
    if ((yes & no) != 0) return false;
    if (yes == 0 && no != 0) return whole_branch(node_.args[2]);
    if (no == 0 && yes != 0) return whole_branch(node_.args[1]);
    switch (node_.shape) {
      case Shape::number: return choose_numbers(yes);
      case Shape::truth: return choose_truths(yes, no);
      case Shape::code: return choose_codes(yes);
      case Shape::set: break;
    }
    return false;
  }

  bool whole_branch(NodeId branch) {
    if (tile_.node(branch).lane != node_.lane) return false;
    if (!shared(branch)) share(tile_, id_, branch);
    return true;
  }

  bool choose_numbers(Word yes) {
    if (!is_whole()) return fractions().choose(yes);
    Numbers x;
    Numbers y;
    if (!operands_.numbers(node_.args[1], x) || !operands_.numbers(node_.args[2], y)) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t r = 0; r < rows_; ++r) out[r] = (yes >> r & 1U) != 0 ? x[r] : y[r];
    return true;
  }

  bool choose_truths(Word yes, Word no) {
    Truth x;
    Truth y;
    if (!operands_.truth(node_.args[1], rows_, x) || !operands_.truth(node_.args[2], rows_, y)) return false;
    return set_truth((yes & x.yes) | (no & y.yes), (yes & x.no) | (no & y.no), (yes & x.undefined) | (no & y.undefined));
  }

  bool choose_codes(Word yes) {
    Codes x;
    Codes y;
    if (!operands_.codes(node_.args[1], x) || !operands_.codes(node_.args[2], y)) return false;
    Word* out = tile_.take<Word>(id_, rows_);
    for (std::size_t r = 0; r < rows_; ++r) out[r] = (yes >> r & 1U) != 0 ? x[r] : y[r];
    set_words(column(), out, nullptr);
    return true;
  }

  // ---- look-ups

  bool lookup() {
    if (node_.shape != Shape::code && (node_.shape != Shape::number || node_.lane != Lane::i64)) return false;
    FewCells cells(operands_, tile_.plan->tables[static_cast<std::size_t>(node_.index)], node_);
    if (!cells.ready()) return false;
    const std::int64_t times = node_.shape == Shape::code ? 1 : node_.denominator / cells.table().denominator;
    std::int64_t* out = tile_.take_numbers(id_, rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
      const std::int64_t cell = cells.find(r);
      if (cell < 0 || cells.table().state[static_cast<std::size_t>(cell)] != LookupTable::value) return left_to_families();
      out[r] = wrapped_product(cells.value(static_cast<std::size_t>(cell), r), times);
    }
    set_numbers(column(), out, node_.shape == Shape::code ? nullptr : out);
    return true;
  }

  bool lookup_absent() {
    FewCells cells(operands_, tile_.plan->tables[static_cast<std::size_t>(node_.index)], node_);
    if (!cells.ready()) return false;
    Word absent = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      const std::int64_t cell = cells.find(r);
      if (cell < 0) return false;
      const std::uint8_t state = cells.table().state[static_cast<std::size_t>(cell)];
      if (state == LookupTable::no_row) return false;
      absent |= Word{state == LookupTable::absent} << r;
    }
    return set_truth(absent, ~absent);
  }

  // ---- from level to level

  bool lift() {
    const NodeId arg = node_.args[0];
    const PlanNode& from = tile_.node(arg);
    if (from.op == PlanOp::constant || tile_.column(arg).undefined != nullptr) return false;
    const RowMap map = tile_.levels.map(node_.level, from.level, node_.via);
    if (map.identity || map.has_holes || map.may_miss != nullptr) return false;
    const Column& values = tile_.column(arg);
    if (node_.shape == Shape::truth) {
      if (tile_.levels.count(from.level) > most_few_rows) return false;
      return set_truth(gathered_bits(*may_be_true(values), map.to), gathered_bits(*may_be_false(values), map.to));
    }
    if ((node_.shape == Shape::number && denominator_of(node_, values) == 0) || values.narrow || tile_.width(arg) != 1) return false;
    const auto gathered = [&](const void* from_rows) {
      const auto* words = static_cast<const Word*>(from_rows);
      Word* out = tile_.take<Word>(id_, rows_);
      for (std::size_t r = 0; r < rows_; ++r) out[r] = words[map.to[r]];
      return out;
    };
    column().a = gathered(values.a);
    column().b = values.b == values.a ? column().a : values.b == nullptr ? nullptr : gathered(values.b);
    column().over = values.over;
    column().most = values.most;
    return true;
  }

  [[nodiscard]] Word gathered_bits(Word bits, const std::int32_t* rows) const {
    Word out = 0;
    for (std::size_t r = 0; r < rows_; ++r) out |= (bits >> rows[r] & 1U) << r;
    return out;
  }

  /// The rows below that are included, all known: calls `f(row, group)` for each that has a group. False where they are not known or not few.
  template <class F>
  bool for_each_below(NodeId included, F f) {
    const LevelId below = level_of_rows(tile_, id_);
    const std::size_t count = tile_.levels.count(below);
    Truth in;
    if (count == 0) return true;
    if (count > most_few_rows || tile_.levels.may_not_exist(below) != nullptr) return false;
    if (!FewOperands{tile_, below}.truth(included, count, in) || in.undefined != 0) return false;
    if ((in.yes & in.no & rows_of_word(0, count)) != 0) return false;
    const RowMap map = tile_.levels.map(below, node_.level, Via::parent);
    for (Word rest = in.yes & rows_of_word(0, count); rest != 0; rest &= rest - 1) {
      const auto row = static_cast<std::size_t>(std::countr_zero(rest));
      const std::int32_t group = map.identity ? static_cast<std::int32_t>(row) : map.to[row];
      if (group >= 0) f(row, row_index(group));
    }
    return true;
  }

  bool sum() {
    Numbers values;
    if (node_.lane != Lane::i64 || !FewOperands{tile_, level_of_rows(tile_, id_)}.numbers(node_.args[0], values)) return false;
    std::int64_t* out = new_numbers();
    std::fill(out, out + rows_, 0);
    const bool known = for_each_below(node_.args[1], [&](std::size_t row, std::size_t group) { out[group] = wrapped_sum(out[group], values[row]); });
    return known || left_to_families();
  }

  bool count() {
    std::int64_t* out = new_numbers();
    std::fill(out, out + rows_, 0);
    return for_each_below(node_.args[0], [&](std::size_t, std::size_t group) { out[group] += node_.denominator; }) || left_to_families();
  }

  bool some() {
    Word yes = 0;
    return for_each_below(node_.args[0], [&](std::size_t, std::size_t group) { yes |= Word{1} << group; }) && set_truth(yes, ~yes);
  }

  // ---- sets

  [[nodiscard]] const Word* known_sets(NodeId arg) const {
    const Column& sets = tile_.column(arg);
    return tile_.node(arg).op == PlanOp::constant || sets.a != sets.b || sets.undefined != nullptr ? nullptr : sure_of(sets);
  }

  bool in_set() {
    const NodeId arg = node_.args[0];
    const Word* sets = known_sets(arg);
    if (sets == nullptr || tile_.width(arg) != 1) return false;
    const RowMap owner = tile_.levels.map(node_.level, tile_.node(arg).level, Via::parent);
    const RowMap person = tile_.levels.item_person(node_.level);
    if (owner.may_miss != nullptr) return false;
    const Rows& people = tile_.levels.rows(person_level);
    Word yes = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      const std::int32_t of = owner.identity ? static_cast<std::int32_t>(r) : owner.to[r];
      const std::int32_t who = person.identity ? static_cast<std::int32_t>(r) : person.to[r];
      if (of >= 0 && who >= 0) yes |= (sets[of] >> (who - people.begin[people.household[who]]) & 1U) << r;
    }
    return set_truth(yes, ~yes);
  }

  bool set_size() {
    const NodeId arg = node_.args[0];
    const Word* sets = known_sets(arg);
    if (sets == nullptr || tile_.width(arg) != 1 || tile_.node(arg).level != node_.level) return false;
    std::int64_t* out = new_numbers();
    for (std::size_t r = 0; r < rows_; ++r) out[r] = std::popcount(sets[r]) * node_.denominator;
    return true;
  }

  bool word_in_set() {
    const NodeId arg = node_.args[0];
    const Word* sets = known_sets(arg);
    if (sets == nullptr || tile_.node(arg).level != node_.level) return false;
    const std::size_t width = tile_.width(arg);
    Word yes = 0;
    for (std::size_t r = 0; r < rows_; ++r) yes |= Word{bit_at(sets + r * width, static_cast<std::size_t>(node_.index))} << r;
    return set_truth(yes, ~yes);
  }

  Tile& tile_;
  NodeId id_;
  const PlanNode& node_;
  std::size_t rows_;
  FewOperands operands_;
};

}  // namespace

bool evaluate_few_rows(Tile& tile, NodeId id) {
  const std::size_t rows = tile.rows_of(id);
  return rows > 0 && rows <= most_few_rows && FewRows(tile, id, rows).evaluate();
}

}  // namespace duly::columnar
