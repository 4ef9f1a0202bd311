// Values that no fact changes: constants, what nothing is known of, and what has no value.

#include <algorithm>

#include "evaluate/common.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// How many may be in a set of this row: the people of the household, the words of the list, the months of the window.
std::size_t most_in_set(Tile& tile, const PlanNode& node, std::size_t row) {
  const Type* type = node.origin == no_term ? nullptr : &tile.plan->program->terms[static_cast<std::size_t>(node.origin)].type;
  if (type != nullptr && type->base == Base::months) return static_cast<std::size_t>(node.k) + 1;
  if (type != nullptr && type->base == Base::codes) return tile.plan->program->declarations->lists[static_cast<std::size_t>(type->list)].words.size();
  const std::int32_t household = tile.levels.rows(node.level).household[row];
  const std::int32_t* begin = tile.levels.rows(person_level).begin;
  return row_index(begin[household + 1] - begin[household]);
}

/// Nobody surely, possibly everybody.
void fill_unknown_sets(Tile& tile, NodeId id) {
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = set_width(tile, id);
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  std::fill(sure, sure + rows * width, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t items = std::min(most_in_set(tile, tile.node(id), r), width * 64);
    for (std::size_t w = 0; w < width; ++w) maybe[r * width + w] = w * 64 < items ? rows_of_word(w, items) : 0;
  }
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
    return set_fractions(tile, id, low, high);
  }
  std::int64_t* low = tile.take_numbers(id, rows);
  std::int64_t* high = tile.take_numbers(id, rows);
  tile.kernels->wide.fill(low, node.low, rows);
  tile.kernels->wide.fill(high, node.high, rows);
  set_numbers(out, low, high);
  settle_numbers(out, rows);
}

}  // namespace

/// A constant fills a column of its own only where a bulk run is asked for one.
void evaluate_constant(Tile& tile, NodeId id) {
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
  const std::size_t width = node.shape == Shape::set ? set_width(tile, id) : 1;
  const std::size_t words = node.shape == Shape::truth ? words_for(rows) : rows * width;
  Word* nothing = room.take<Word>(words);
  std::fill(nothing, nothing + words, 0);
  set_words(out, nothing, nothing);
  tile.set_width(id, width);
  if (node.shape == Shape::number && node.lane == Lane::exact) out.over = 1;
  out.undefined = room.bits(rows, true);
  if (node.shape != Shape::truth) out.defined = room.bits(rows, false);
}

}  // namespace duly::columnar
