// Sets of months inside a window: bit k is the month k before the benefit month. A month outside the window is an error, never dropped.

#include <algorithm>
#include <array>
#include <bit>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// How many months before the benefit month, at least and at most.
struct Offset {
  std::int64_t low, high;
};

Offset offset_of(const View& month, const View& benefit_month, std::size_t row) {
  return {wrapped_sum(benefit_month.low(row), wrapped_product(month.high(row), -1)),
          wrapped_sum(benefit_month.high(row), wrapped_product(month.low(row), -1))};
}

struct TruthBits {
  Word* yes;
  Word* no;
};

TruthBits new_truth(Tile& tile, NodeId id) {
  const Room room{tile, id};
  const std::size_t rows = tile.rows_of(id);
  const TruthBits out{room.bits(rows, false), room.bits(rows, false)};
  set_words(tile.column(id), out.yes, out.no);
  return out;
}

std::int64_t longest_run(const Word* months, std::size_t width) {
  std::int64_t longest = 0;
  std::int64_t run = 0;
  for (std::size_t m = 0; m < width * 64; ++m) {
    run = bit_at(months, m) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

void evaluate_months_from_rows(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const LevelId below = level_of_rows(tile, id);
  const View month = view(tile, node.args[0], below);
  const View included = view(tile, node.args[1], below);
  const View benefit_month = view(tile, node.args[2], below);
  const RowMap above = tile.levels.map(below, node.level, Via::parent);
  const std::uint64_t* may_not_exist = tile.levels.may_not_exist(below);
  const std::size_t rows = tile.rows_of(id);
  const auto width = static_cast<std::size_t>(node.words);
  const std::int64_t last = std::min<std::int64_t>(node.k, node.words * 64 - 1);
  tile.set_width(id, width);
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  std::fill(sure, sure + rows * width, 0);
  std::fill(maybe, maybe + rows * width, 0);
  const UndefinedBits bits(Room{tile, id}, rows);
  const std::size_t count = tile.levels.count(below);
  for (std::size_t r = 0; r < count; ++r) {
    const std::int32_t to = above.identity ? static_cast<std::int32_t>(r) : above.to[r];
    if (to < 0) continue;
    const std::size_t owner = row_index(to);
    const bool may_be_in = included.may_be(r, true);
    const bool may_be_out = included.may_be(r, false) || (may_not_exist != nullptr && bit_at(may_not_exist, r));
    if (!may_be_in && !included.may_be_undefined(r)) continue;
    const Offset at = offset_of(month, benefit_month, r);
    const bool may_be_outside = at.low < 0 || at.high > last;
    const bool may_be_inside = at.high >= 0 && at.low <= last;
    const bool counts = may_be_in && month.may_be_defined(r) && benefit_month.may_be_defined(r) && may_be_inside;
    const bool may_be_wrong = month.may_be_undefined(r) || benefit_month.may_be_undefined(r) || may_be_outside;
    bits.put(owner, included.may_be_undefined(r) || (may_be_in && may_be_wrong), may_be_out || counts);
    if (!counts) continue;
    if (!may_be_out && at.low == at.high) set_bit(sure + owner * width, static_cast<std::size_t>(at.low));
    for (std::int64_t m = std::max<std::int64_t>(at.low, 0); m <= std::min(at.high, last); ++m)
      set_bit(maybe + owner * width, static_cast<std::size_t>(m));
  }
  Column& out = tile.column(id);
  set_words(out, sure, maybe);
  settle_sets(out, rows * width);
  bits.into(out, rows);
}

namespace {

/// The bits of word `w` that stand for the places from `first` to `last`.
Word places_in_word(std::size_t w, std::int64_t first, std::int64_t last) {
  const auto begin = static_cast<std::int64_t>(w * 64);
  if (last < first || last < begin || first > begin + 63) return 0;
  const auto from = static_cast<unsigned>(std::max<std::int64_t>(first - begin, 0));
  const auto to = static_cast<unsigned>(std::min<std::int64_t>(last - begin, 63));
  return (~Word{0} << from) & (~Word{0} >> (63 - to));
}

}  // namespace

void evaluate_months_between_bounds(Tile& tile, NodeId id) {
  const std::array<View, 4> operands{argument(tile, id, 0), argument(tile, id, 1), argument(tile, id, 2), argument(tile, id, 3)};
  const View& months = operands[0];
  const View& low = operands[1];
  const View& high = operands[2];
  const View& benefit_month = operands[3];
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = months.width;
  tile.set_width(id, width);
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  const auto back_to = [&](std::int64_t from, std::int64_t month) { return wrapped_sum(from, wrapped_product(month, -1)); };
  for (std::size_t r = 0; r < rows; ++r) {
    const std::int64_t first = benefit_month.low(r);
    const std::int64_t last = benefit_month.high(r);
    for (std::size_t w = 0; w < width; ++w) {
      maybe[r * width + w] = months.maybe(r)[w] & places_in_word(w, back_to(first, high.high(r)), back_to(last, low.low(r)));
      sure[r * width + w] = months.sure(r)[w] & places_in_word(w, back_to(last, high.low(r)), back_to(first, low.high(r)));
    }
  }
  set_words(tile.column(id), sure, maybe);
  settle_sets(tile.column(id), rows * width);
  join_undefined(tile, id, operands);
}

void evaluate_months_run(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::array<View, 1> operands{argument(tile, id, 0)};
  const View& months = operands[0];
  const std::size_t rows = tile.rows_of(id);
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = tile.take_numbers(id, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    low[r] = longest_run(months.sure(r), months.width) * node.denominator;
    high[r] = longest_run(months.maybe(r), months.width) * node.denominator;
  }
  set_numbers(tile.column(id), low, high);
  settle_numbers(tile.column(id), rows);
  join_undefined(tile, id, operands);
}

void evaluate_has_month(Tile& tile, NodeId id) {
  const std::array<View, 3> operands{argument(tile, id, 0), argument(tile, id, 1), argument(tile, id, 2)};
  const View& months = operands[0];
  const auto last = static_cast<std::int64_t>(months.width * 64) - 1;
  const std::size_t rows = tile.rows_of(id);
  const TruthBits out = new_truth(tile, id);
  for (std::size_t r = 0; r < rows; ++r) {
    const Offset at = offset_of(operands[1], operands[2], r);
    if (at.low < 0 || at.high > last) set_bit(out.no, r);
    for (std::int64_t m = std::max<std::int64_t>(at.low, 0); m <= std::min(at.high, last); ++m) {
      if (bit_at(months.maybe(r), static_cast<std::size_t>(m))) set_bit(out.yes, r);
      if (!bit_at(months.sure(r), static_cast<std::size_t>(m))) set_bit(out.no, r);
    }
  }
  join_undefined(tile, id, operands);
}

}  // namespace duly::columnar
