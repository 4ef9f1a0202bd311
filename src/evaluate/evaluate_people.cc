// Sets of people: bit i of a row is the i-th person of its household. A set is two bit strings, who is surely in it and who possibly is.
// Union, intersection and difference serve sets of codes and months as well.

#include <algorithm>
#include <array>
#include <bit>

#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

struct NewSets {
  Word* sure;
  Word* maybe;
};

NewSets new_sets(Tile& tile, NodeId id, std::size_t width, bool known) {
  const std::size_t words = tile.rows_of(id) * width;
  tile.set_width(id, width);
  Word* sure = tile.take<Word>(id, words);
  Word* maybe = known ? sure : tile.take<Word>(id, words);
  set_words(tile.column(id), sure, maybe);
  return {sure, maybe};
}

NewSets empty_sets(Tile& tile, NodeId id, bool known) {
  const NewSets out = new_sets(tile, id, tile.people_words(), known);
  const std::size_t words = tile.rows_of(id) * tile.people_words();
  std::fill(out.sure, out.sure + words, 0);
  if (!known) std::fill(out.maybe, out.maybe + words, 0);
  return out;
}

/// Where a household's people stand, and where each person stands in it.
struct People {
  const Rows& rows;
  explicit People(Tile& tile) : rows(tile.levels.rows(person_level)) {}
  [[nodiscard]] std::size_t first_of(std::int32_t household) const { return row_index(rows.begin[household]); }
  [[nodiscard]] std::size_t count_of(std::int32_t household) const { return row_index(rows.begin[household + 1] - rows.begin[household]); }
  [[nodiscard]] std::size_t place_of(std::int32_t person) const { return row_index(person - rows.begin[rows.household[person]]); }
};

Word word_or_none(const Word* words, std::size_t w, std::size_t width) { return w < width ? words[w] : 0; }

/// Word by word; `sure` and `maybe` tell how the two sides of a set come about.
template <class Sure, class Maybe>
void combine(Tile& tile, NodeId id, std::span<const View> operands, Sure sure, Maybe maybe) {
  std::size_t width = 0;
  bool known = true;
  for (const View& v : operands) {
    width = std::max(width, v.width);
    known = known && v.column.a == v.column.b;
  }
  const NewSets out = new_sets(tile, id, width, known);
  const std::size_t rows = tile.rows_of(id);
  const bool one_width = std::all_of(operands.begin(), operands.end(), [&](const View& v) { return v.width == width; });
  if (known && one_width && operands.size() == 2) {
    const Word* x = sure_of(operands[0].column);
    const Word* y = sure_of(operands[1].column);
    for (std::size_t w = 0; w < rows * width; ++w) out.sure[w] = sure(x[w], y[w], y[w]);
    return join_undefined(tile, id, operands);
  }
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t w = 0; w < width; ++w) {
      const auto surely = [&](const View& v) { return word_or_none(v.sure(r), w, v.width); };
      const auto possibly = [&](const View& v) { return word_or_none(v.maybe(r), w, v.width); };
      Word in = surely(operands[0]);
      Word may_be_in = possibly(operands[0]);
      for (const View& v : operands.subspan(1)) {
        in = sure(in, surely(v), possibly(v));
        may_be_in = maybe(may_be_in, surely(v), possibly(v));
      }
      out.sure[r * width + w] = in;
      if (!known) out.maybe[r * width + w] = may_be_in;
    }
  if (!known) settle_sets(tile.column(id), rows * width);
  join_undefined(tile, id, operands);
}

std::span<const View> views_of_args(Tile& tile, NodeId id) {
  const Args& args = tile.node(id).args;
  View* views = tile.scratch.take_array<View>(args.size());
  for (std::size_t i = 0; i < args.size(); ++i) std::construct_at(views + i, argument(tile, id, i));
  return {views, args.size()};
}

}  // namespace

void evaluate_self_set(Tile& tile, NodeId id) {
  const People people(tile);
  const NewSets out = empty_sets(tile, id, true);
  const std::size_t width = tile.people_words();
  for (std::int32_t p = 0; p < people.rows.count; ++p) set_bit(out.sure + row_index(p) * width, people.place_of(p));
}

void evaluate_everyone(Tile& tile, NodeId id) {
  const People people(tile);
  const Rows& rows = tile.levels.rows(tile.node(id).level);
  const NewSets out = empty_sets(tile, id, true);
  const std::size_t width = tile.people_words();
  for (std::int32_t r = 0; r < rows.count; ++r)
    for (std::size_t p = 0; p < people.count_of(rows.household[r]); ++p) set_bit(out.sure + row_index(r) * width, p);
}

void evaluate_unit_people(Tile& tile, NodeId id) {
  const UnitTable& units = tile.levels.units(tile.node(id).level);
  const std::size_t words = tile.rows_of(id) * tile.people_words();
  const NewSets out = new_sets(tile, id, tile.people_words(), false);
  std::copy_n(units.certain, words, out.sure);
  std::copy_n(units.members, words, out.maybe);
  Column& column = tile.column(id);
  settle_sets(column, words);
  if (units.undefined != nullptr) {
    column.undefined = tile.take_bits(id, tile.rows_of(id));
    std::copy_n(units.undefined, words_for(tile.rows_of(id)), column.undefined);
  }
}

void evaluate_set_union(Tile& tile, NodeId id) {
  combine(tile, id, views_of_args(tile, id), [](Word x, Word sure, Word) { return x | sure; }, [](Word x, Word, Word maybe) { return x | maybe; });
}

void evaluate_set_intersect(Tile& tile, NodeId id) {
  combine(tile, id, views_of_args(tile, id), [](Word x, Word sure, Word) { return x & sure; }, [](Word x, Word, Word maybe) { return x & maybe; });
}

void evaluate_set_except(Tile& tile, NodeId id) {
  combine(tile, id, views_of_args(tile, id), [](Word x, Word, Word maybe) { return x & ~maybe; }, [](Word x, Word sure, Word) { return x & ~sure; });
}

void evaluate_compose(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const View outer = argument(tile, id, 0);
  const View inner = view(tile, node.args[1], person_level);
  const People people(tile);
  const Rows& here = tile.levels.rows(node.level);
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = tile.people_words();
  const bool known = outer.column.a == outer.column.b && inner.column.a == inner.column.b;
  const NewSets out = empty_sets(tile, id, known);
  if (known && width == 1 && outer.column.undefined == nullptr && inner.column.undefined == nullptr) {
    for (std::size_t r = 0; r < rows; ++r) {
      const Word* sets = sure_of(inner.column) + people.first_of(here.household[r]);
      for (Word rest = *outer.sure(r); rest != 0; rest &= rest - 1) out.sure[r] |= sets[std::countr_zero(rest)];
    }
    return;
  }
  const UndefinedBits bits(Room{tile, id}, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::int32_t household = here.household[r];
    const std::size_t first = people.first_of(household);
    bits.put(r, outer.may_be_undefined(r), outer.may_be_defined(r));
    for_each_bit(outer.maybe(r), people.count_of(household), [&](std::size_t place) {
      const std::size_t person = first + place;
      const bool sure = bit_at(outer.sure(r), place);
      bits.put(r, inner.may_be_undefined(person), !sure || inner.may_be_defined(person));
      if (!inner.may_be_defined(person)) return;
      for (std::size_t w = 0; w < width; ++w) {
        if (sure) out.sure[r * width + w] |= inner.sure(person)[w];
        if (!known) out.maybe[r * width + w] |= inner.maybe(person)[w];
      }
    });
  }
  Column& column = tile.column(id);
  if (!known) settle_sets(column, rows * width);
  bits.into(column, rows);
}

namespace {

/// Those of the rows below that are included, where one word holds a household.
void sets_of_known_rows(Tile& tile, NodeId id, const Word* included, LevelId below, const RowMap& above) {
  if (above.of_pair == RowMap::OfPair::subject) {  // the pairs of each person stand together
    const NewSets out = new_sets(tile, id, 1, true);
    const People people(tile);
    std::size_t row = 0;
    for (std::int32_t p = 0; p < people.rows.count; ++p) {
      const std::size_t items = people.count_of(people.rows.household[p]);
      out.sure[p] = bits_at(included, row, items);
      row += items;
    }
    return;
  }
  const NewSets out = empty_sets(tile, id, true);
  const std::uint8_t* places = tile.levels.item_places(below);
  for_each_bit(included, tile.levels.count(below), [&](std::size_t r) {
    const std::int32_t to = above.identity ? static_cast<std::int32_t>(r) : above.to[r];
    if (to >= 0 && places[r] != no_place) out.sure[to] |= Word{1} << places[r];
  });
}

}  // namespace

void evaluate_set_from_rows(Tile& tile, NodeId id) {
  const NodeId arg = tile.node(id).args[0];
  const LevelId below = level_of_rows(tile, id);
  const View included = view(tile, arg, below);
  const RowMap above = tile.levels.map(below, tile.node(id).level, Via::parent);
  const RowMap person = tile.levels.item_person(below);
  const People people(tile);
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = tile.people_words();
  const auto count = static_cast<std::int32_t>(tile.levels.count(below));
  const bool is_known = included.column.undefined == nullptr && !meet(may_be_true(included.column), may_be_false(included.column), row_index(count));
  if (is_known && width == 1) return sets_of_known_rows(tile, id, may_be_true(included.column), below, above);
  const NewSets out = empty_sets(tile, id, false);
  const UndefinedBits bits(Room{tile, id}, rows);
  for (std::int32_t r = 0; r < count; ++r) {
    const std::int32_t to = above.identity ? r : above.to[r];
    const std::int32_t who = person.identity ? r : person.to[r];
    if (to < 0 || who < 0) continue;
    const bool yes = included.may_be(row_index(r), true);
    const bool no = included.may_be(row_index(r), false);
    bits.put(row_index(to), included.may_be_undefined(row_index(r)), yes || no);
    if (yes) set_bit(out.maybe + row_index(to) * width, people.place_of(who));
    if (yes && !no) set_bit(out.sure + row_index(to) * width, people.place_of(who));
  }
  Column& column = tile.column(id);
  settle_sets(column, rows * width);
  bits.into(column, rows);
}

namespace {

/// Whether each row's person is in the set that its owner has; nobody is in no set.
void test_places(const Room& room, const Column& sets, const RowMap& owner, std::size_t rows) {
  Tile& tile = room.tile;
  const NodeId id = room.owner;
  Word* yes = room.bits(rows);
  Word* no = room.bits(rows);
  const std::uint8_t* places = tile.levels.item_places(tile.node(id).level);
  tile.kernels->test_places(yes, maybe_of(sets), owner.to, places, rows);
  if (sets.a == sets.b) std::copy_n(yes, words_for(rows), no);
  else tile.kernels->test_places(no, sure_of(sets), owner.to, places, rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) no[w] = ~no[w] | (owner.may_miss == nullptr ? 0 : owner.may_miss[w]);
  set_words(tile.column(id), yes, no);
}

}  // namespace

void evaluate_in_set(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const NodeId arg = node.args[0];
  const LevelId of_sets = tile.node(arg).op == PlanOp::constant ? node.level : tile.node(arg).level;
  const View set = view(tile, arg, of_sets);
  const RowMap owner = tile.levels.map(node.level, of_sets, Via::parent);
  const std::size_t rows = tile.rows_of(id);
  const Room room{tile, id};
  if (set.width == 1 && set.column.undefined == nullptr && !owner.has_holes) return test_places(room, set.column, owner, rows);
  const RowMap person = tile.levels.item_person(node.level);
  const People people(tile);
  Word* yes = room.bits(rows, false);
  Word* no = room.bits(rows, false);
  Word* undefined = room.bits(rows, false);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::int32_t of = owner.identity ? static_cast<std::int32_t>(r) : owner.to[r];
    const std::int32_t who = person.identity ? static_cast<std::int32_t>(r) : person.to[r];
    if (of < 0 || who < 0) {  // nobody in no set
      set_bit(no, r);
      continue;
    }
    const std::size_t place = people.place_of(who);
    if (set.may_be_undefined(row_index(of))) set_bit(undefined, r);
    if (!set.may_be_defined(row_index(of))) continue;
    if (bit_at(set.maybe(row_index(of)), place)) set_bit(yes, r);
    if (!bit_at(set.sure(row_index(of)), place)) set_bit(no, r);
  }
  if (owner.may_miss != nullptr)
    for (std::size_t w = 0; w < words_for(rows); ++w) no[w] |= owner.may_miss[w];
  Column& column = tile.column(id);
  set_words(column, yes, no);
  if (any_bit(undefined, rows)) column.undefined = undefined;
}

void evaluate_set_size(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::array<View, 1> operands{argument(tile, id, 0)};
  const View& set = operands[0];
  const std::size_t rows = tile.rows_of(id);
  const auto sizes = [&](const Word* words) {
    std::int64_t* out = tile.take_numbers(id, rows);
    tile.kernels->sizes(out, words, set.width, node.denominator, rows);
    return out;
  };
  const std::int64_t* low = sizes(sure_of(set.column));
  set_numbers(tile.column(id), low, set.column.a == set.column.b ? low : sizes(maybe_of(set.column)));
  settle_numbers(tile.column(id), rows);
  join_undefined(tile, id, operands);
}

}  // namespace duly::columnar
