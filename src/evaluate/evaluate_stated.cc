// A rule whose value may come stated: where a row's value is given it stands in place of the computed one, with all that was open about that.
//
// A value stated for units counts from households in the fact table, as units are made only here; it holds for every unit of its household.

#include <algorithm>

#include "evaluate/common.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

const StatedColumn* stated_for(const FactTable& facts, RuleId rule) {
  for (const StatedColumn& stated : facts.stated)
    if (stated.rule == rule) return &stated;
  return nullptr;
}

/// Rows of the tile that have a stated value, with the row of the fact table it stands in.
class StatedRows {
 public:
  StatedRows(Tile& tile, LevelId level, const StatedColumn& stated) : stated_(stated) {
    const Level& l = tile.levels.level(level);
    by_household_ = l.kind == LevelKind::unit;
    given_ = by_household_ || l.kind == LevelKind::household || l.kind == LevelKind::person || l.kind == LevelKind::record;
    if (given_ && by_household_) household_ = tile.levels.rows(level).household;
    first_ = by_household_ ? tile.first_household : tile.levels.first_row(level);
    rows_ = tile.levels.count(level);
  }

  [[nodiscard]] std::size_t row_in_table(std::size_t row) const {
    return static_cast<std::size_t>(first_) + (by_household_ ? row_index(household_[row]) : row);
  }

  template <class F>
  void for_each(F f) const {
    for (std::size_t r = 0; given_ && r < rows_; ++r) {
      const std::size_t from = row_in_table(r);
      if (from / 64 < stated_.present.size() && bit_at(stated_.present.data(), from)) f(r, from);
    }
  }

  [[nodiscard]] bool any() const {
    bool found = false;
    for_each([&](std::size_t, std::size_t) { found = true; });
    return found;
  }

 private:
  const StatedColumn& stated_;
  const std::int32_t* household_ = nullptr;
  std::int64_t first_ = 0;
  std::size_t rows_ = 0;
  bool by_household_ = false;
  bool given_ = false;
};

bool may_be_absent(const FactColumn& column, std::size_t row) { return !column.may_be_absent.empty() && bit_at(column.may_be_absent.data(), row); }
bool may_be_present(const FactColumn& column, std::size_t row) { return column.may_be_absent.empty() || bit_at(column.may_be_present.data(), row); }

std::int64_t high_in_table(const FactColumn& column, std::size_t row) { return column.high.empty() ? column.low[row] : column.high[row]; }

/// A stated value over the node's denominator; where it is finer than that, the integers around it.
struct Scaled {
  std::int64_t low, high;
};

Scaled scaled(ExactMath& math, std::int64_t low, std::int64_t high, std::int64_t from, std::int64_t to) {
  if (to % from == 0) return {low * (to / from), high * (to / from)};
  const auto over = [&](std::int64_t value, RoundMode mode) { return math.steps(ExactMath::whole(value), to, from, mode); };
  return {over(low, RoundMode::floor), over(high, RoundMode::ceiling)};
}

void replace_numbers(Tile& tile, NodeId id, const View& computed, const StatedColumn& stated, const StatedRows& given) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = tile.take_numbers(id, rows);
  std::copy_n(low_of(computed.column), rows, low);
  std::copy_n(high_of(computed.column), rows, high);
  given.for_each([&](std::size_t row, std::size_t from) {
    const Scaled value = scaled(tile.exact, stated.column.low[from], high_in_table(stated.column, from), stated.denominator, node.denominator);
    low[row] = value.low;
    high[row] = value.high;
  });
  set_numbers(tile.column(id), low, high);
  settle_numbers(tile.column(id), rows);
}

void replace_exact(Tile& tile, NodeId id, const StatedColumn& stated, const StatedRows& given) {
  const std::size_t rows = tile.rows_of(id);
  const ExactOperand computed = exact_operand(tile, tile.node(id).args[0], tile.node(id).level);
  auto* low = tile.take<Exact>(id, rows);
  auto* high = tile.take<Exact>(id, rows);
  std::copy_n(computed.low, rows, low);
  std::copy_n(computed.high, rows, high);
  given.for_each([&](std::size_t row, std::size_t from) {
    low[row] = tile.exact.fraction(stated.column.low[from], stated.denominator);
    high[row] = tile.exact.fraction(high_in_table(stated.column, from), stated.denominator);
  });
  set_fractions(tile, id, low, high);
}

/// The term beside a value that tells whether it is absent is a truth, whatever the rule's own type.
bool tells_absence(Tile& tile, const PlanNode& node) {
  const std::vector<CheckedRule>& rules = tile.plan->program->rules;
  const auto rule = static_cast<std::size_t>(node.index);
  return node.shape == Shape::truth && rule < rules.size() && rules[rule].type.base != Base::boolean;
}

void replace_truths(Tile& tile, NodeId id, const View& computed, const StatedColumn& stated, const StatedRows& given) {
  const std::size_t rows = tile.rows_of(id);
  Word* yes = tile.take_bits(id, rows);
  Word* no = tile.take_bits(id, rows);
  std::copy_n(may_be_true(computed.column), words_for(rows), yes);
  std::copy_n(may_be_false(computed.column), words_for(rows), no);
  const bool absence = tells_absence(tile, tile.node(id));
  given.for_each([&](std::size_t row, std::size_t from) {
    const bool present = may_be_present(stated.column, from);
    put_bit(yes, row, absence ? may_be_absent(stated.column, from) : present && bit_at(stated.column.may_be_true.data(), from));
    put_bit(no, row, absence ? present : present && bit_at(stated.column.may_be_false.data(), from));
  });
  set_words(tile.column(id), yes, no);
}

void replace_codes(Tile& tile, NodeId id, const View& computed, const StatedColumn& stated, const StatedRows& given) {
  const std::size_t rows = tile.rows_of(id);
  Word* codes = tile.take<Word>(id, rows);
  std::copy_n(words_of(computed.column), rows, codes);
  given.for_each([&](std::size_t row, std::size_t from) { codes[row] = may_be_present(stated.column, from) ? stated.column.possible[from] : 0; });
  set_words(tile.column(id), codes, nullptr);
}

void replace_sets(Tile& tile, NodeId id, const View& computed, const StatedColumn& stated, const StatedRows& given) {
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = computed.width;
  tile.set_width(id, width);
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  std::copy_n(sure_of(computed.column), rows * width, sure);
  std::copy_n(maybe_of(computed.column), rows * width, maybe);
  given.for_each([&](std::size_t row, std::size_t from) {
    std::copy_n(stated.column.sure.data() + from * width, width, sure + row * width);
    std::copy_n(stated.column.maybe.data() + from * width, width, maybe + row * width);
  });
  set_words(tile.column(id), sure, maybe);
  settle_sets(tile.column(id), rows * width);
}

void replace_undefined(Tile& tile, NodeId id, const View& computed, const StatedColumn& stated, const StatedRows& given) {
  if (computed.column.undefined == nullptr && stated.column.may_be_absent.empty()) return;
  const std::size_t rows = tile.rows_of(id);
  const bool absence = tells_absence(tile, tile.node(id));
  const UndefinedBits bits(Room{tile, id}, rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) {
    bits.undefined[w] = computed.undefined_word(w);
    bits.defined[w] = computed.defined_word(w);
  }
  given.for_each([&](std::size_t row, std::size_t from) {
    put_bit(bits.undefined, row, !absence && may_be_absent(stated.column, from));
    put_bit(bits.defined, row, absence || may_be_present(stated.column, from));
  });
  Column& out = tile.column(id);
  bits.into(out, rows);
  if (tile.node(id).shape == Shape::truth) out.defined = nullptr;
}

}  // namespace

void evaluate_stated(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const StatedColumn* stated = stated_for(*tile.facts, node.index);
  if (stated == nullptr) return evaluate_alias(tile, id);
  const StatedRows given(tile, node.level, *stated);
  if (!given.any()) return evaluate_alias(tile, id);
  const View computed = argument(tile, id, 0);
  switch (node.shape) {
    case Shape::truth: replace_truths(tile, id, computed, *stated, given); break;
    case Shape::number: node.lane == Lane::i64 ? replace_numbers(tile, id, computed, *stated, given) : replace_exact(tile, id, *stated, given); break;
    case Shape::code: replace_codes(tile, id, computed, *stated, given); break;
    case Shape::set: replace_sets(tile, id, computed, *stated, given); break;
  }
  replace_undefined(tile, id, computed, *stated, given);
}

}  // namespace duly::columnar
