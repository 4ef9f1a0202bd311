#include "evaluate/columns.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace duly::columnar {

ExactOperand exact_operand(Tile& tile, NodeId id, LevelId level) {
  const PlanNode& node = tile.node(id);
  const Column column = view(tile, id, level).column;
  const std::int64_t over = denominator_of(node, column);
  if (over == 0) return {exact_low_of(column), exact_high_of(column)};
  const std::size_t rows = tile.levels.count(level);
  const auto as_fractions = [&](const std::int64_t* values) {
    auto* out = tile.scratch.take_array<Exact>(rows);
    for (std::size_t r = 0; r < rows; ++r) out[r] = tile.exact.fraction(values[r], over);
    return out;
  };
  const Exact* low = as_fractions(low_of(column));
  return {low, column.a == column.b ? low : as_fractions(high_of(column))};
}

View filled(const Room& room, NodeId constant, std::size_t rows) {
  Tile& tile = room.tile;
  const PlanNode& node = tile.node(constant);
  View out{{}, node.shape, 1};
  switch (node.shape) {
    case Shape::truth: set_words(out.column, room.bits(rows, node.k != 0), room.bits(rows, node.k == 0)); break;
    case Shape::number:
      if (node.lane == Lane::i64) {
        std::int64_t* values = room.numbers(rows);
        tile.kernels->wide.fill(values, node.low, rows);
        set_numbers(out.column, values, values);
      } else {
        auto* values = room.take<Exact>(rows);
        std::fill(values, values + rows, tile.exact.from(node.exact_low));
        out.column.a = out.column.b = values;
      }
      break;
    case Shape::code: {
      Word* words = room.take<Word>(rows);
      std::fill(words, words + rows, node.bits);
      set_words(out.column, words, nullptr);
      break;
    }
    case Shape::set: {
      out.width = set_width(tile, constant);
      Word* nobody = room.take<Word>(rows * out.width);
      std::fill(nobody, nobody + rows * out.width, 0);
      set_words(out.column, nobody, nobody);
      break;
    }
  }
  return out;
}

void widen(Column& column, std::size_t rows, const Room& room) {
  const auto widened = [&](const void* values) {
    std::int64_t* out = room.numbers(rows);
    room.tile.kernels->widen(out, static_cast<const std::int32_t*>(values), rows);
    return out;
  };
  const std::int64_t* low = widened(column.a);
  set_numbers(column, low, column.a == column.b ? low : widened(column.b));
}

void make_narrow(Column& column, std::size_t rows, const Room& room) {
  const auto narrowed = [&](const void* values) {
    auto* out = room.take<std::int32_t>(rows);
    room.tile.kernels->make_narrow(out, static_cast<const std::int64_t*>(values), rows);
    return out;
  };
  const std::int32_t* low = narrowed(column.a);
  set_numbers(column, low, column.a == column.b ? low : narrowed(column.b));
}

template <class T>
LaneOperand<T> in_lane(Tile& tile, const Column& given, std::size_t rows) {
  Column column = given;
  if constexpr (is_narrow_lane<T>) make_narrow(column, rows, Room{tile});
  else widen(column, rows, Room{tile});
  return {.low = static_cast<const T*>(column.a), .high = static_cast<const T*>(column.b)};
}
template LaneOperand<std::int64_t> in_lane(Tile& tile, const Column& column, std::size_t rows);
template LaneOperand<std::int32_t> in_lane(Tile& tile, const Column& column, std::size_t rows);

std::size_t set_width(const Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const bool other = node.origin != no_term && tile.plan->program->terms[static_cast<std::size_t>(node.origin)].type.base != Base::people;
  return other ? static_cast<std::size_t>(node.words) : tile.people_words();
}

View view_from_elsewhere(const Room& room, NodeId id, LevelId level) {
  Tile& tile = room.tile;
  const PlanNode& node = tile.node(id);
  if (node.op == PlanOp::constant) return filled(room, id, tile.levels.count(level));
  View out{{}, node.shape, tile.width(id)};
  gather(out.column, {tile.column(id), node.shape, out.width}, node.lane, tile.levels.map(level, node.level, Via::parent), tile.levels.count(level),
         room);
  return out;
}

LevelId level_of_rows(const Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  if (node.index >= 0) return node.index;
  const auto varies = std::find_if(node.args.begin(), node.args.end(), [&](NodeId arg) { return tile.node(arg).op != PlanOp::constant; });
  return varies == node.args.end() ? node.level : tile.node(*varies).level;
}

void share(Tile& tile, NodeId id, NodeId from) {
  const bool same_rows = tile.node(from).op != PlanOp::constant && tile.node(from).level == tile.node(id).level;
  if (same_rows) return tile.share_memory(id, from, tile.column(from));
  const View own = view_in(Room{tile, id}, from, tile.node(id).level);
  tile.column(id) = own.column;
  tile.set_width(id, own.width);
}

namespace {

/// The bits of a column for rows that all have one.
Word* gather_word_bits(const Word* bits, const RowMap& map, std::size_t rows, const Room& room) {
  Word* out = room.bits(rows);
  Tile& tile = room.tile;
  if (map.of_pair == RowMap::OfPair::no) {
    tile.kernels->gather_bits(out, bits, map.to, rows);
  } else {
    const auto spread = map.of_pair == RowMap::OfPair::item ? tile.kernels->bits_of_items : tile.kernels->bits_of_subjects;
    spread(out, bits, tile.levels.rows(person_level).begin, tile.levels.count(household_level));
  }
  return out;
}

Word* gather_bits_with_holes(const Word* bits, const RowMap& map, std::size_t rows, const Room& room) {
  Word* out = room.bits(rows, false);
  for (std::size_t r = 0; r < rows; ++r)
    if (map.to[r] >= 0 && bit_at(bits, row_index(map.to[r]))) set_bit(out, r);
  return out;
}

Word* gather_any_bits(const Word* bits, const RowMap& map, std::size_t rows, const Room& room) {
  return map.has_holes ? gather_bits_with_holes(bits, map, rows, room) : gather_word_bits(bits, map, rows, room);
}

/// `each` values to a row; rows without one get `none`.
template <class T>
T* gather_rows(const T* values, const RowMap& map, std::size_t rows, std::size_t each, T none, const Room& room) {
  T* out = room.take<T>(rows * each);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t w = 0; w < each; ++w) out[r * each + w] = map.to[r] < 0 ? none : values[row_index(map.to[r]) * each + w];
  return out;
}

template <class T>
T* gather_values(const void* values, const RowMap& map, std::size_t rows, const Room& room) {
  const auto* numbers = static_cast<const T*>(values);
  if (map.has_holes) return gather_rows<T>(numbers, map, rows, 1, 0, room);
  T* out = room.take<T>(rows);
  room.tile.kernels->numbers<T>().gather(out, numbers, map.to, rows);
  return out;
}

void* gather_one(const View& view, bool own_denominators, const void* values, const RowMap& map, std::size_t rows, const Room& room) {
  switch (view.shape) {
    case Shape::truth: return gather_any_bits(static_cast<const Word*>(values), map, rows, room);
    case Shape::number:
      if (view.column.narrow) return gather_values<std::int32_t>(values, map, rows, room);
      if (!own_denominators) return gather_values<std::int64_t>(values, map, rows, room);
      return gather_rows(static_cast<const Exact*>(values), map, rows, 1, ExactMath::whole(0), room);
    case Shape::code: return gather_values<std::int64_t>(values, map, rows, room);
    case Shape::set: return gather_rows<Word>(static_cast<const Word*>(values), map, rows, view.width, 0, room);
  }
  return nullptr;
}

/// Rows without one are undefined; rows that may have none may be.
void add_missing(const View& view, const RowMap& map, std::size_t rows, const Room& room, Column& out) {
  if (!map.has_holes && map.may_miss == nullptr) return;
  if (out.undefined == nullptr) out.undefined = room.bits(rows, false);
  if (map.may_miss != nullptr)
    for (std::size_t w = 0; w < words_for(rows); ++w) out.undefined[w] |= map.may_miss[w];
  if (!map.has_holes) return;
  const bool has_defined = view.shape != Shape::truth;
  if (has_defined && out.defined == nullptr) out.defined = room.bits(rows, true);
  for (std::size_t r = 0; r < rows; ++r) {
    if (map.to[r] >= 0) continue;
    set_bit(out.undefined, r);
    if (has_defined) clear_bit(out.defined, r);
  }
}

}  // namespace

void gather(Column& out, const View& view, Lane lane, const RowMap& map, std::size_t rows, const Room& room) {
  const Column& from = view.column;
  const bool own_denominators = lane == Lane::exact && from.over == 0;
  out.a = gather_one(view, own_denominators, from.a, map, rows, room);
  out.b = from.b == from.a ? out.a : from.b == nullptr ? nullptr : gather_one(view, own_denominators, from.b, map, rows, room);
  out.over = from.over;
  out.most = from.most;
  out.narrow = from.narrow;
  if (from.undefined != nullptr) out.undefined = gather_any_bits(from.undefined, map, rows, room);
  if (from.defined != nullptr) out.defined = gather_any_bits(from.defined, map, rows, room);
  add_missing(view, map, rows, room, out);
}

void join_undefined(Tile& tile, NodeId id, std::span<const View> operands) {
  bool any = false;
  for (const View& v : operands) any = any || v.column.undefined != nullptr;
  if (!any) return;
  const std::size_t rows = tile.rows_of(id);
  Column& out = tile.column(id);
  out.undefined = tile.take_bits(id, rows);
  const bool is_truth = tile.node(id).shape == Shape::truth;
  Word* defined = is_truth ? tile.scratch.take_array<Word>(words_for(rows)) : tile.take_bits(id, rows);
  for (std::size_t w = 0; w < words_for(rows); ++w) {
    Word undefined_word = 0;
    Word defined_word = ~Word{0};
    for (const View& v : operands) {
      undefined_word |= v.undefined_word(w);
      defined_word &= v.defined_word(w);
    }
    out.undefined[w] = undefined_word;
    defined[w] = defined_word;
  }
  if (!is_truth) {
    out.defined = defined;
    return;
  }
  auto* may_be_true = static_cast<Word*>(out.a);
  auto* may_be_false = static_cast<Word*>(out.b);
  for (std::size_t w = 0; w < words_for(rows); ++w) {
    may_be_true[w] &= defined[w];
    may_be_false[w] &= defined[w];
  }
}

namespace {

/// An argument of a higher level may be undefined here where it has no row there.
bool may_be_undefined(const Tile& tile, NodeId id, NodeId arg) {
  const PlanNode& node = tile.node(arg);
  return tile.column(arg).undefined != nullptr || (node.op != PlanOp::constant && node.level != tile.node(id).level);
}

}  // namespace

void join_undefined(Tile& tile, NodeId id) {
  bool any = false;
  for (const NodeId arg : tile.node(id).args) any = any || (arg != no_node && may_be_undefined(tile, id, arg));
  if (!any) return;
  const Args& args = tile.node(id).args;
  View* views = tile.scratch.take_array<View>(args.size());
  for (std::size_t i = 0; i < args.size(); ++i)
    std::construct_at(views + i, args[i] == no_node ? View{} : view_in_its_lane(Room{tile}, args[i], tile.node(id).level));
  join_undefined(tile, id, std::span<const View>(views, args.size()));
}

void settle_numbers(Column& out, std::size_t rows) {
  if (out.a != out.b && rows > 0 && std::memcmp(out.a, out.b, rows * sizeof(std::int64_t)) == 0) out.b = out.a;
}

void settle_sets(Column& out, std::size_t words) {
  if (out.a != out.b && words > 0 && std::memcmp(out.a, out.b, words * sizeof(Word)) == 0) out.b = out.a;
}

}  // namespace duly::columnar
