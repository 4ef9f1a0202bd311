// From level to level: a value read from the rows above, and sums, counts and ends over the rows below.
//
// A row counts where it is surely included, may count where it is possibly included, and adds nothing, not even that it is undefined, where
// it is surely not. Rows that may not exist are possibly included at most.

#include <algorithm>
#include <bit>

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/lanes.h"

namespace duly::columnar {

void evaluate_lift(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const NodeId arg = node.args[0];
  const LevelId from = tile.node(arg).level;
  if (tile.node(arg).op == PlanOp::constant) return share(tile, id, arg);
  const RowMap map = tile.levels.map(node.level, from, node.via);
  if (map.identity) return share(tile, id, arg);
  tile.set_width(id, tile.width(arg));
  gather(tile.column(id), view_in_its_lane(Room{tile}, arg, from), tile.node(arg).lane, map, tile.rows_of(id), Room{tile, id});
}

namespace {

/// Which rows below are included, and to which row above each belongs.
struct Members {
  View included;
  const std::uint64_t* may_not_exist = nullptr;
  RowMap map;
  std::size_t rows = 0;   ///< below
  std::size_t groups = 0; ///< above

  [[nodiscard]] bool may_be_in(std::size_t row) const { return included.may_be(row, true); }
  [[nodiscard]] bool may_be_out(std::size_t row) const {
    return included.may_be(row, false) || (may_not_exist != nullptr && bit_at(may_not_exist, row));
  }
  [[nodiscard]] std::int32_t group(std::size_t row) const { return map.identity ? static_cast<std::int32_t>(row) : map.to[row]; }

  [[nodiscard]] bool all_known() const {
    return included.column.undefined == nullptr && may_not_exist == nullptr &&
           !meet(may_be_true(included.column), may_be_false(included.column), rows);
  }

  /// Calls `f(row, group)` for each row that may be included or undefined and has a group.
  template <class F>
  void for_each(F f) const {
    for (std::size_t w = 0; w < words_for(rows); ++w) {
      const Word relevant = (may_be_true(included.column)[w] | included.undefined_word(w)) & rows_of_word(w, rows);
      for (Word rest = relevant; rest != 0; rest &= rest - 1) {
        const std::size_t row = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (const std::int32_t to = group(row); to >= 0) f(row, row_index(to));
      }
    }
  }
};

Members members_of(Tile& tile, NodeId id, NodeId included) {
  const LevelId below = level_of_rows(tile, id);
  Members m;
  m.included = view(tile, included, below);
  m.may_not_exist = tile.levels.may_not_exist(below);
  m.map = tile.levels.map(below, tile.node(id).level, Via::parent);
  m.rows = tile.levels.count(below);
  m.groups = tile.rows_of(id);
  return m;
}

template <class Lane>
struct Amounts {
  using Value = typename Lane::Value;
  Lane lane;
  EndColumns<Value> ends;
  View view;  ///< for what is undefined

  /// Which rows count, and what each of them adds.
  [[nodiscard]] bool all_known(const Members& members) const {
    return ends.low == ends.high && view.column.undefined == nullptr && members.all_known();
  }
  [[nodiscard]] bool may_count(const Members& members, std::size_t row) const { return members.may_be_in(row) && view.may_be_defined(row); }
  [[nodiscard]] bool may_spoil(const Members& members, std::size_t row) const {
    return members.included.may_be_undefined(row) || (members.may_be_in(row) && view.may_be_undefined(row));
  }
};

template <class Lane>
void sum_of(Tile& tile, NodeId id, const Members& members, Amounts<Lane> amounts) {
  using Value = typename Lane::Value;
  const Room room{tile, id};
  auto* low = room.take<Value>(members.groups);
  auto* high = room.take<Value>(members.groups);
  std::fill(low, low + members.groups, Lane::zero());
  std::fill(high, high + members.groups, Lane::zero());
  const UndefinedBits bits(room, members.groups);
  Lane& lane = amounts.lane;
  const Value zero = Lane::zero();
  members.for_each([&](std::size_t row, std::size_t group) {
    const bool counts = amounts.may_count(members, row);
    const bool may_be_out = members.may_be_out(row);
    bits.put(group, amounts.may_spoil(members, row), counts || may_be_out);
    if (!counts) return;
    if (!may_be_out || lane.less(amounts.ends.low[row], zero)) low[group] = lane.sum(low[group], amounts.ends.low[row]);
    if (!may_be_out || lane.less(zero, amounts.ends.high[row])) high[group] = lane.sum(high[group], amounts.ends.high[row]);
  });
  set_ends(tile, id, lane, low, high);
  bits.into(tile.column(id), members.groups);
}

/// Sums of consecutive rows: a running sum, and its difference between the bounds of each household. Wrapping cancels out.
void sum_by_household(const Members& members, const std::int64_t* values, const std::int32_t* begin, std::int64_t* running, std::int64_t* out) {
  const Word* included = may_be_true(members.included.column);
  std::int64_t total = 0;
  running[0] = 0;
  for (std::size_t r = 0; r < members.rows; ++r) {
    const auto mask = static_cast<std::int64_t>(0 - (included[r / 64] >> (r % 64) & 1U));
    total = wrapped_sum(total, values[r] & mask);
    running[r + 1] = total;
  }
  for (std::size_t h = 0; h < members.groups; ++h) out[h] = wrapped_sum(running[begin[h + 1]], wrapped_product(running[begin[h]], -1));
}

void add_known(Tile& tile, NodeId id, const Members& members, const std::int64_t* values, std::int64_t* out) {
  const LevelId below = level_of_rows(tile, id);
  if (tile.node(id).level == household_level && below != household_level) {
    auto* running = tile.scratch.take_array<std::int64_t>(members.rows + 1);
    return sum_by_household(members, values, tile.levels.rows(below).begin, running, out);
  }
  std::fill(out, out + members.groups, 0);
  members.for_each([&](std::size_t row, std::size_t group) { out[group] = wrapped_sum(out[group], values[row]); });
}

/// The sums where everything is known; false where it is not.
template <class Lane>
bool sum_known(Tile& tile, NodeId id, const Members& members, const Amounts<Lane>& amounts) {
  if constexpr (std::is_same_v<typename Lane::Value, std::int64_t>) {
    if (!amounts.all_known(members)) return false;
    std::int64_t* out = tile.take_numbers(id, members.groups);
    add_known(tile, id, members, amounts.ends.low, out);
    set_ends(tile, id, amounts.lane, out, out);
    return true;
  }
  return false;
}

/// The least or greatest where everything is known, of rows without any undefined; false where it is not.
template <bool is_least, class Lane>
bool end_known(Tile& tile, NodeId id, const Members& members, const Amounts<Lane>& amounts) {
  if constexpr (std::is_same_v<typename Lane::Value, std::int64_t>) {
    if (!amounts.all_known(members)) return false;
    const Room room{tile, id};
    const std::int64_t* values = amounts.ends.low;
    std::int64_t* out = room.numbers(members.groups);
    Word* any = room.bits(members.groups, false);
    std::fill(out, out + members.groups, is_least ? INT64_MAX : INT64_MIN);
    members.for_each([&](std::size_t row, std::size_t group) {
      out[group] = is_least ? std::min(out[group], values[row]) : std::max(out[group], values[row]);
      set_bit(any, group);
    });
    Word* none = room.bits(members.groups);
    for (std::size_t w = 0; w < words_for(members.groups); ++w) none[w] = ~any[w];
    for_each_bit(none, members.groups, [&](std::size_t group) { out[group] = 0; });
    set_ends(tile, id, amounts.lane, out, out);
    if (!any_bit(none, members.groups)) return true;
    tile.column(id).undefined = none;
    tile.column(id).defined = any;
    return true;
  }
  return false;
}

/// The least of the values counted. With `is_least` false everything is mirrored and it is the greatest.
template <bool is_least, class Lane>
void end_of(Tile& tile, NodeId id, const Members& members, Amounts<Lane> amounts) {
  using Value = typename Lane::Value;
  const Room room{tile, id};
  auto* near = room.take<Value>(members.groups);   // the outer end: low of a least, high of a greatest
  auto* inner = room.take<Value>(members.groups);  // the other end, by the rows that surely count
  auto* loose = tile.scratch.take_array<Value>(members.groups);  // the other end where no row surely counts
  const auto new_bits = [&](bool value) {
    Word* out = tile.scratch.take_array<Word>(words_for(members.groups));
    fill_bits(out, members.groups, value);
    return out;
  };
  Word* any = new_bits(false);
  Word* any_sure = new_bits(false);
  const UndefinedBits bits(room, members.groups);
  const auto beyond = [&](const Value& x, const Value& y) { return is_least ? amounts.lane.less(x, y) : amounts.lane.less(y, x); };
  const Value* near_ends = is_least ? amounts.ends.low : amounts.ends.high;
  const Value* inner_ends = is_least ? amounts.ends.high : amounts.ends.low;
  members.for_each([&](std::size_t row, std::size_t group) {
    const bool counts = amounts.may_count(members, row);
    const bool may_be_out = members.may_be_out(row);
    bits.put(group, amounts.may_spoil(members, row), counts || may_be_out);
    if (!counts) return;
    const bool is_first = !bit_at(any, group);
    set_bit(any, group);
    if (is_first || beyond(near_ends[row], near[group])) near[group] = near_ends[row];
    if (is_first || beyond(loose[group], inner_ends[row])) loose[group] = inner_ends[row];
    if (may_be_out) return;
    if (!bit_at(any_sure, group) || beyond(inner_ends[row], inner[group])) inner[group] = inner_ends[row];
    set_bit(any_sure, group);
  });
  for (std::size_t g = 0; g < members.groups; ++g) {
    if (!bit_at(any_sure, g)) inner[g] = bit_at(any, g) ? loose[g] : Lane::zero();
    if (!bit_at(any, g)) near[g] = Lane::zero();
    bits.put(g, !bit_at(any_sure, g), bit_at(any, g));
  }
  set_ends(tile, id, amounts.lane, is_least ? near : inner, is_least ? inner : near);
  bits.into(tile.column(id), members.groups);
}

template <class F>
void with_amounts(Tile& tile, NodeId id, F f) {
  const NodeId value = tile.node(id).args[0];
  const LevelId below = level_of_rows(tile, id);
  on_lane(tile, id, {&value, 1}, below,
          [&](auto lane) { f(Amounts<decltype(lane)>{lane, lane.ends(tile, value, below), view(tile, value, below)}); });
}

}  // namespace

void evaluate_sum(Tile& tile, NodeId id) {
  const Members members = members_of(tile, id, tile.node(id).args[1]);
  with_amounts(tile, id, [&](auto amounts) {
    if (!sum_known(tile, id, members, amounts)) sum_of(tile, id, members, amounts);
  });
}

void evaluate_least(Tile& tile, NodeId id) {
  const Members members = members_of(tile, id, tile.node(id).args[1]);
  with_amounts(tile, id, [&](auto amounts) {
    if (!end_known<true>(tile, id, members, amounts)) end_of<true>(tile, id, members, amounts);
  });
}

void evaluate_greatest(Tile& tile, NodeId id) {
  const Members members = members_of(tile, id, tile.node(id).args[1]);
  with_amounts(tile, id, [&](auto amounts) {
    if (!end_known<false>(tile, id, members, amounts)) end_of<false>(tile, id, members, amounts);
  });
}

void evaluate_count(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const Members members = members_of(tile, id, node.args[0]);
  const Room room{tile, id};
  std::int64_t* low = room.numbers(members.groups);
  std::int64_t* high = room.numbers(members.groups);
  std::fill(low, low + members.groups, 0);
  std::fill(high, high + members.groups, 0);
  const UndefinedBits bits(room, members.groups);
  members.for_each([&](std::size_t row, std::size_t group) {
    const bool may_be_in = members.may_be_in(row);
    const bool may_be_out = members.may_be_out(row);
    if (may_be_in) high[group] += node.denominator;
    if (may_be_in && !may_be_out) low[group] += node.denominator;
    bits.put(group, members.included.may_be_undefined(row), may_be_in || may_be_out);
  });
  Column& out = tile.column(id);
  set_numbers(out, low, high);
  settle_numbers(out, members.groups);
  bits.into(out, members.groups);
}

void evaluate_some(Tile& tile, NodeId id) {
  const Members members = members_of(tile, id, tile.node(id).args[0]);
  const Room room{tile, id};
  Word* yes = room.bits(members.groups, false);
  Word* no = room.bits(members.groups, true);
  if (members.all_known()) {
    members.for_each([&](std::size_t, std::size_t group) { set_bit(yes, group); });
    for (std::size_t w = 0; w < words_for(members.groups); ++w) no[w] = ~yes[w];
    return set_words(tile.column(id), yes, no);
  }
  Word* undefined = room.bits(members.groups, false);
  Word* settled = tile.scratch.take_array<Word>(words_for(members.groups));  // some row is surely true
  fill_bits(settled, members.groups, false);
  members.for_each([&](std::size_t row, std::size_t group) {
    const bool may_be_out = members.may_be_out(row);
    const bool may_be_undefined = members.included.may_be_undefined(row);
    if (members.may_be_in(row)) set_bit(yes, group);
    if (!may_be_out) clear_bit(no, group);
    if (may_be_undefined) set_bit(undefined, group);
    if (!may_be_out && !may_be_undefined) set_bit(settled, group);
  });
  for (std::size_t w = 0; w < words_for(members.groups); ++w) undefined[w] &= ~settled[w];
  Column& out = tile.column(id);
  set_words(out, yes, no);
  if (any_bit(undefined, members.groups)) out.undefined = undefined;
}

}  // namespace duly::columnar
