// Values that no fact changes: constants, what nothing is known of, and what has no value.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// Nobody surely; possibly everybody of the household, or every word.
void fill_unknown_sets(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = set_width(tile, id);
  const bool of_people = node.origin == no_term || tile.plan->program->terms[static_cast<std::size_t>(node.origin)].type.base == Base::people;
  const Rows& people = tile.levels.rows(person_level);
  const std::int32_t* household = tile.levels.rows(node.level).household;
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  std::fill(sure, sure + rows * width, 0);
  std::fill(maybe, maybe + rows * width, of_people ? 0 : ~Word{0});
  for (std::size_t r = 0; of_people && r < rows; ++r)
    for (std::int32_t p = people.begin[household[r]]; p < people.begin[household[r] + 1]; ++p)
      set_bit(maybe + r * width, row_index(p - people.begin[household[r]]));
  tile.set_width(id, width);
  set_words(tile.column(id), sure, maybe);
}

void fill_range(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  Column& out = tile.column(id);
  if (node.lane == Lane::exact) {
    auto* low = tile.take<Exact>(id, rows);
    auto* high = tile.take<Exact>(id, rows);
    std::fill(low, low + rows, tile.exact.from(node.exact_low));
    std::fill(high, high + rows, tile.exact.from(node.exact_high));
    out.a = low;
    out.b = high;
    return;
  }
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = tile.take_numbers(id, rows);
  tile.kernels->fill(low, node.low, rows);
  tile.kernels->fill(high, node.high, rows);
  set_numbers(out, low, high);
  settle_numbers(out, rows);
}

}  // namespace

/// A constant fills a column of its own only where one is asked for; who reads it fills what is needed on its own level.
void evaluate_constant(Tile& tile, NodeId id) {
  const bool asked = tile.keep == Keep::everything || tile.plan->last_use[static_cast<std::size_t>(id)] >= static_cast<int>(tile.columns.size());
  if (!asked) return;
  const View own = filled(Room{tile, id}, id, tile.rows_of(id));
  tile.column(id) = own.column;
  tile.set_width(id, own.width);
}

void evaluate_unknown(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const Room room{tile, id};
  Column& out = tile.column(id);
  switch (node.shape) {
    case Shape::truth: return set_words(out, room.bits(rows, true), room.bits(rows, true));
    case Shape::number: return fill_range(tile, id);
    case Shape::code: {
      Word* words = room.take<Word>(rows);
      std::fill(words, words + rows, node.bits);
      return set_words(out, words, nullptr);
    }
    case Shape::set: return fill_unknown_sets(tile, id);
  }
}

void evaluate_undefined(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const Room room{tile, id};
  Column& out = tile.column(id);
  if (node.shape == Shape::number && node.lane == Lane::exact) {
    auto* zeros = room.take<Exact>(rows);
    std::fill(zeros, zeros + rows, ExactMath::whole(0));
    out.a = out.b = zeros;
  } else {
    const std::size_t width = node.shape == Shape::set ? set_width(tile, id) : 1;
    const std::size_t words = node.shape == Shape::truth ? words_for(rows) : rows * width;
    Word* nothing = room.take<Word>(words);
    std::fill(nothing, nothing + words, 0);
    set_words(out, nothing, nothing);
    tile.set_width(id, width);
  }
  out.undefined = room.bits(rows, true);
  if (node.shape != Shape::truth) out.defined = room.bits(rows, false);
}

}  // namespace duly::columnar
