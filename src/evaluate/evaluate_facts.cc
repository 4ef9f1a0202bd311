// Facts as the table gives them. Columns of numbers, codes and sets are read where they stand; a bitmap is moved unless the tile begins at a
// whole word. A fact that may be absent is undefined where it is.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

/// Where `values` of a bulk run go on after this tile, the next tile will read as many rows again.
template <class T>
void expect_next(Tile& tile, const std::vector<T>& values, std::int64_t first, std::size_t rows) {
  const std::size_t next = static_cast<std::size_t>(first) + rows;
  if (tile.keep == Keep::asked && next < values.size()) tile.ahead.expect(values.data() + next, std::min(rows, values.size() - next) * sizeof(T));
}

/// `rows` bits of a column of the fact table from row `first` on.
const Word* bits_from(Tile& tile, NodeId id, const std::vector<std::uint64_t>& bits, std::int64_t first, std::size_t rows) {
  const auto word = static_cast<std::size_t>(first) / 64;
  const auto shift = static_cast<std::size_t>(first) % 64;
  if (shift == 0) return bits.data() + word;
  Word* out = tile.take_bits(id, rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) {
    out[w] = bits[word + w] >> shift;
    if (word + w + 1 < bits.size()) out[w] |= bits[word + w + 1] << (64 - shift);
  }
  return out;
}

bool is_set_of_people(Tile& tile, FactId fact) {
  return tile.plan->program->declarations->facts[static_cast<std::size_t>(fact)].type.base == Base::people;
}

/// Words of a row in the table: as many as a set of people has, or as the node's own list needs.
void read_sets(Tile& tile, NodeId id, const FactColumn& fact, std::int64_t first, std::size_t rows) {
  const PlanNode& node = tile.node(id);
  const bool of_household = node.level == household_level || node.level == world_level;
  const std::int64_t table_rows = of_household ? tile.facts->households : tile.facts->levels[static_cast<std::size_t>(node.level)].count;
  const std::size_t stored = table_rows > 0 ? fact.sure.size() / static_cast<std::size_t>(table_rows) : 1;
  const std::size_t width = is_set_of_people(tile, node.index) ? tile.people_words() : static_cast<std::size_t>(node.words);
  tile.set_width(id, width);
  const auto start = static_cast<std::size_t>(first) * stored;
  if (stored == width) return set_words(tile.column(id), fact.sure.data() + start, fact.maybe.data() + start);
  Word* sure = tile.take<Word>(id, rows * width);
  Word* maybe = tile.take<Word>(id, rows * width);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t w = 0; w < width; ++w) {
      sure[r * width + w] = w < stored ? fact.sure[start + r * stored + w] : 0;
      maybe[r * width + w] = w < stored ? fact.maybe[start + r * stored + w] : 0;
    }
  set_words(tile.column(id), sure, maybe);
}

void add_absence(Tile& tile, NodeId id, const FactColumn& fact, std::int64_t first, std::size_t rows) {
  if (fact.may_be_absent.empty()) return;
  const Word* absent = bits_from(tile, id, fact.may_be_absent, first, rows);
  if (!any_bit(absent, rows)) return;
  const Word* present = bits_from(tile, id, fact.may_be_present, first, rows);
  Column& out = tile.column(id);
  out.undefined = const_cast<Word*>(absent);
  const Shape shape = tile.node(id).shape;
  if (shape != Shape::truth) out.defined = const_cast<Word*>(present);
  if (shape == Shape::truth) {
    Word* yes = tile.take_bits(id, rows);
    Word* no = tile.take_bits(id, rows);
    for (std::size_t w = 0; w < words_for(rows); ++w) {
      yes[w] = may_be_true(out)[w] & present[w];
      no[w] = may_be_false(out)[w] & present[w];
    }
    set_words(out, yes, no);
  } else if (shape == Shape::code) {
    Word* codes = tile.take<Word>(id, rows);
    for (std::size_t r = 0; r < rows; ++r) codes[r] = bit_at(present, r) ? words_of(out)[r] : 0;
    set_words(out, codes, nullptr);
  }
}

}  // namespace

void evaluate_fact(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const FactColumn& fact = tile.facts->facts[static_cast<std::size_t>(node.index)];
  const std::int64_t first = tile.levels.first_row(node.level);
  Column& out = tile.column(id);
  switch (node.shape) {
    case Shape::truth: set_words(out, bits_from(tile, id, fact.may_be_true, first, rows), bits_from(tile, id, fact.may_be_false, first, rows)); break;
    case Shape::number: {
      const std::int64_t* low = fact.low.data() + first;
      set_numbers(out, low, fact.high.empty() ? low : fact.high.data() + first);
      settle_numbers(out, rows);
      if (tile.is_narrow(id)) make_narrow(out, rows, Room{tile, id});
      expect_next(tile, fact.low, first, rows);
      expect_next(tile, fact.high, first, rows);
      break;
    }
    case Shape::code:
      set_words(out, fact.possible.data() + first, nullptr);
      expect_next(tile, fact.possible, first, rows);
      break;
    case Shape::set: read_sets(tile, id, fact, first, rows); break;
  }
  add_absence(tile, id, fact, first, rows);
  if (node.shape == Shape::set) settle_sets(out, rows * tile.width(id));
}

void evaluate_fact_absent(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const FactColumn& fact = tile.facts->facts[static_cast<std::size_t>(node.index)];
  const std::int64_t first = tile.levels.first_row(node.level);
  Column& out = tile.column(id);
  if (fact.may_be_absent.empty()) {
    const Room room{tile, id};
    return set_words(out, room.bits(rows, false), room.bits(rows, true));
  }
  set_words(out, bits_from(tile, id, fact.may_be_absent, first, rows), bits_from(tile, id, fact.may_be_present, first, rows));
}

void evaluate_list_closed(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::size_t rows = tile.rows_of(id);
  const std::vector<std::uint64_t>& closed = tile.facts->list_closed_may_be_true[static_cast<std::size_t>(node.index)];
  const Word* surely = bits_from(tile, id, closed, tile.levels.first_row(node.level), rows);
  const Room room{tile, id};
  Word* open = room.bits(rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) open[w] = ~surely[w];
  set_words(tile.column(id), room.bits(rows, true), open);
}

}  // namespace duly::columnar
