// Units made from the groups of a partition's last step: one row for each chain of people who possibly belong together, in the order of their
// first person. A unit is settled where all its people surely do.

#include <algorithm>

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/groups.h"

namespace duly::columnar {
namespace {

bool is_given(Tile& tile, LevelId level) {
  const std::vector<RuleId>& given = tile.facts->one_unit;
  return std::find(given.begin(), given.end(), tile.levels.level(level).declared) != given.end();
}

/// Writes a unit table row by row.
class UnitWriter {
 public:
  UnitWriter(Tile& tile, std::size_t most_units) : tile_(tile), width_(tile.people_words()) {
    const std::size_t people = tile.levels.count(person_level);
    const std::size_t households = tile.levels.count(household_level);
    Arena& memory = tile.memory;
    household_ = memory.take_array<std::int32_t>(most_units);
    begin_ = memory.take_array<std::int32_t>(households + 1);
    of_person_ = memory.take_array<std::int32_t>(people);
    members_ = memory.take_array<Word>(most_units * width_);
    certain_ = memory.take_array<Word>(most_units * width_);
    may_miss_ = memory.take_array<Word>(words_for(people));
    undefined_ = memory.take_array<Word>(words_for(most_units));
    nothing_ = memory.take_array<Word>(words_for(most_units));
    std::fill(of_person_, of_person_ + people, -1);
    fill_bits(may_miss_, people, false);
    fill_bits(undefined_, most_units, false);
    fill_bits(nothing_, most_units, false);
  }

  void start_household(std::int32_t household) { begin_[household] = count_; }

  template <std::size_t words>
  void add(std::int32_t household, std::size_t first_person, const PeopleBits<words>& members, const PeopleBits<words>& certain, bool undefined,
           bool nothing) {
    const std::size_t unit = row_index(count_);
    household_[unit] = household;
    members.put(members_ + unit * width_, width_);
    certain.put(certain_ + unit * width_, width_);
    members.for_each([&](std::size_t p) { of_person_[first_person + p] = count_; });
    if (undefined) {
      set_bit(undefined_, unit);
      any_undefined_ = true;
    }
    if (nothing) set_bit(nothing_, unit);
    ++count_;
  }

  void may_be_in_none(std::size_t person) {
    set_bit(may_miss_, person);
    any_may_miss_ = true;
  }

  UnitTable finish() {
    begin_[tile_.levels.count(household_level)] = count_;
    UnitTable out;
    out.rows = {.count = count_, .parent = household_, .household = household_, .first = nullptr, .second = nullptr, .begin = begin_};
    out.of_person = of_person_;
    out.may_miss = any_may_miss_ ? may_miss_ : nullptr;
    out.members = members_;
    out.certain = certain_;
    out.undefined = any_undefined_ ? undefined_ : nullptr;
    out.nothing = any_undefined_ ? nothing_ : nullptr;
    return out;
  }

 private:
  Tile& tile_;
  std::size_t width_;
  std::int32_t count_ = 0;
  std::int32_t* household_;
  std::int32_t* begin_;
  std::int32_t* of_person_;
  Word* members_;
  Word* certain_;
  Word* may_miss_;
  Word* undefined_;
  Word* nothing_;
  bool any_may_miss_ = false;
  bool any_undefined_ = false;
};

/// One unit of each household's people, whoever they are.
UnitTable given_units(Tile& tile) {
  const Rows& people = tile.levels.rows(person_level);
  UnitWriter writer(tile, tile.levels.count(household_level));
  for (std::int32_t h = 0; h < tile.levels.rows(household_level).count; ++h) {
    PeopleBits<most_people_words> all{};
    for (std::int32_t p = people.begin[h]; p < people.begin[h + 1]; ++p) all.add(row_index(p - people.begin[h]));
    writer.start_household(h);
    writer.add(h, row_index(people.begin[h]), all, all, false, false);
  }
  return writer.finish();
}

/// Those of whom everybody the unit may have says that they are surely together. Somebody seen from one side only may turn out to be a unit of
/// their own, and whoever reads the unit then reads another.
template <std::size_t words>
PeopleBits<words> certain_members(const View& groups, std::size_t first_person, const PeopleBits<words>& members) {
  PeopleBits<words> certain = members;
  members.for_each([&](std::size_t p) { certain = certain & PeopleBits<words>(groups.sure(first_person + p), groups.width); });
  return certain;
}

template <std::size_t words>
UnitTable formed_units(Tile& tile, const View& groups) {
  const Rows& rows = tile.levels.rows(person_level);
  UnitWriter writer(tile, tile.levels.count(person_level));
  HouseholdGroups<words> together;
  for (std::int32_t h = 0; h < tile.levels.rows(household_level).count; ++h) {
    const std::size_t first = row_index(rows.begin[h]);
    const std::size_t people = row_index(rows.begin[h + 1]) - first;
    Joined<words> joined(people);
    PeopleBits<words> grouped{};
    for (std::size_t p = 0; p < people; ++p) {
      const PeopleBits<words> possible(groups.maybe(first + p), groups.width);
      if (possible.empty()) continue;
      grouped.add(p);
      joined.join_all(p, possible);
      if (!PeopleBits<words>(groups.sure(first + p), groups.width).has(p)) writer.may_be_in_none(first + p);
    }
    joined.groups(grouped, together.data());
    writer.start_household(h);
    grouped.for_each([&](std::size_t p) {
      if (joined.root(p) != p) return;
      bool undefined = false;
      bool nothing = false;
      together[p].for_each([&](std::size_t q) {
        undefined = undefined || groups.may_be_undefined(first + q);
        nothing = nothing || !groups.may_be_defined(first + q);
      });
      writer.add(h, first, together[p], certain_members(groups, first, together[p]), undefined, nothing);
    });
  }
  return writer.finish();
}

/// Every person's own group where units are given: the whole household.
void share_household(Tile& tile, NodeId id, const UnitTable& units) {
  const std::size_t width = tile.people_words();
  const std::size_t people = tile.levels.count(person_level);
  Word* groups = tile.take<Word>(id, people * width);
  for (std::size_t p = 0; p < people; ++p) std::copy_n(units.members + row_index(units.of_person[p]) * width, width, groups + p * width);
  tile.set_width(id, width);
  set_words(tile.column(id), groups, groups);
}

}  // namespace

void evaluate_make_units(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  if (is_given(tile, node.index)) {
    const UnitTable units = given_units(tile);
    tile.levels.set_units(node.index, units);
    return share_household(tile, id, units);
  }
  by_width(tile, [&](auto words) { tile.levels.set_units(node.index, formed_units<decltype(words)::value>(tile, argument(tile, id, 0))); });
  share(tile, id, node.args[0]);
}

void evaluate_in_unit(Tile& tile, NodeId id) {
  const UnitTable& units = tile.levels.units(tile.node(id).index);
  const Rows& people = tile.levels.rows(person_level);
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = tile.people_words();
  const Room room{tile, id};
  Word* yes = room.bits(rows, false);
  Word* no = room.bits(rows, false);
  Word* undefined = units.undefined == nullptr ? nullptr : room.bits(rows, false);
  for (std::size_t p = 0; p < rows; ++p) {
    const std::int32_t unit = units.of_person[p];
    const std::size_t place = p - row_index(people.begin[people.household[p]]);
    if (unit >= 0) set_bit(yes, p);
    if (unit < 0 || !bit_at(units.certain + row_index(unit) * width, place)) set_bit(no, p);
    if (unit >= 0 && undefined != nullptr && bit_at(units.undefined, row_index(unit))) set_bit(undefined, p);
  }
  Column& out = tile.column(id);
  set_words(out, yes, no);
  out.undefined = undefined;
}

/// Where the rules that form a unit cannot be carried out for its people, that is neither settled nor open.
void evaluate_unit_settled(Tile& tile, NodeId id) {
  const UnitTable& units = tile.levels.units(tile.node(id).level);
  const std::size_t rows = tile.rows_of(id);
  const std::size_t width = tile.people_words();
  const Room room{tile, id};
  Word* settled = room.bits(rows, true);
  Word* open = room.bits(rows, false);
  for (std::size_t u = 0; u < rows; ++u) {
    const bool nothing = units.nothing != nullptr && bit_at(units.nothing, u);
    const bool all_certain = std::equal(units.members + u * width, units.members + (u + 1) * width, units.certain + u * width);
    if (nothing) put_bit(settled, u, false);
    else if (!all_certain) set_bit(open, u);
  }
  Column& out = tile.column(id);
  set_words(out, settled, open);
  if (units.undefined == nullptr) return;
  out.undefined = room.bits(rows, false);
  std::copy_n(units.undefined, words_for(rows), out.undefined);
}

}  // namespace duly::columnar
