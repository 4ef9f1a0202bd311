#include "evaluate/rows.h"

#include <algorithm>

#include "base/at.h"

namespace duly::columnar {
namespace {

RowMap with_shape(const std::int32_t* to, std::size_t count) {
  RowMap out{.to = to};
  out.has_holes = std::find_if(to, to + count, [](std::int32_t row) { return row < 0; }) != to + count;
  return out;
}

bool is_cross(LevelKind kind) { return kind == LevelKind::pair || kind == LevelKind::unit_person || kind == LevelKind::unit_record; }

}  // namespace

void Levels::start(const Declarations& declarations, const FactTable& facts, std::int64_t first, std::int32_t households) {
  declarations_ = &declarations;
  facts_ = &facts;
  first_ = first;
  households_ = households;
  const std::size_t levels = declarations.levels.size();
  entries_.assign(levels, {});
  units_.assign(levels, {});
  spells_.assign(levels, {});
  places_.assign(levels, nullptr);
  maps_.clear();
  map_at_.assign(levels * levels * 3, 0);
}

const std::int32_t* Levels::filled(std::size_t count, std::int32_t value) {
  auto* out = arena_.take_array<std::int32_t>(count);
  std::fill(out, out + count, value);
  return out;
}

void Levels::build(LevelId id) {
  Entry& entry = entries_[at(id)];
  entry.built = true;
  const Level& l = level(id);
  switch (l.kind) {
    case LevelKind::world:
    case LevelKind::household: build_households(entry.rows); break;
    case LevelKind::person:
    case LevelKind::record: build_declared(id, entry.rows); break;
    case LevelKind::unit:
    case LevelKind::spells: entry.rows.begin = filled(at(households_) + 1, 0); break;  // no node of the plan has made any
    case LevelKind::pair:
    case LevelKind::unit_person:
    case LevelKind::unit_record: build_cross(l, entry.rows); break;
  }
}

void Levels::build_households(Rows& rows) {
  rows.count = households_;
  for (auto h = static_cast<std::int32_t>(same_.size()); h <= households_; ++h) same_.push_back(h);
  rows.household = rows.begin = rows.parent = same_.data();
}

void Levels::build_declared(LevelId id, Rows& rows) {
  const FactRows& table = facts_->levels[at(id)];
  const std::int32_t start = table.begin[static_cast<std::size_t>(first_)];
  rows.count = table.begin[static_cast<std::size_t>(first_) + at(households_)] - start;
  const LevelId parent = level(id).parent;
  const auto first_parent = static_cast<std::int32_t>(first_row(parent));
  if (start == 0 && first_parent == 0) {
    rows.begin = table.begin.data() + first_;
    rows.parent = table.owner.data();
  } else {
    auto* begin = arena_.take_array<std::int32_t>(at(households_) + 1);
    for (std::size_t h = 0; h <= at(households_); ++h) begin[h] = table.begin[static_cast<std::size_t>(first_) + h] - start;
    auto* owner = arena_.take_array<std::int32_t>(at(rows.count));
    for (std::size_t r = 0; r < at(rows.count); ++r) owner[r] = table.owner[at(start) + r] - first_parent;
    rows.begin = begin;
    rows.parent = owner;
  }
  if (parent == household_level) {
    rows.household = rows.parent;
    return;
  }
  auto* household = arena_.take_array<std::int32_t>(at(rows.count));
  for (std::int32_t h = 0; h < households_; ++h) std::fill(household + rows.begin[h], household + rows.begin[h + 1], h);
  rows.household = household;
}

void Levels::build_cross(const Level& cross, Rows& rows) {
  const Rows& subjects = this->rows(cross.first);
  const Rows& items = this->rows(cross.second);
  auto* begin = arena_.take_array<std::int32_t>(at(households_) + 1);
  std::int32_t count = 0;
  for (std::int32_t h = 0; h < households_; ++h) {
    begin[h] = count;
    count += (subjects.begin[h + 1] - subjects.begin[h]) * (items.begin[h + 1] - items.begin[h]);
  }
  begin[households_] = count;
  auto* first = arena_.take_array<std::int32_t>(at(count));
  auto* second = arena_.take_array<std::int32_t>(at(count));
  auto* household = arena_.take_array<std::int32_t>(at(count));
  std::size_t row = 0;
  for (std::int32_t h = 0; h < households_; ++h)
    for (std::int32_t s = subjects.begin[h]; s < subjects.begin[h + 1]; ++s)
      for (std::int32_t i = items.begin[h]; i < items.begin[h + 1]; ++i, ++row) {
        first[row] = s;
        second[row] = i;
        household[row] = h;
      }
  rows = {count, cross.parent == household_level ? household : first, household, first, second, begin};
}

std::int64_t Levels::first_row(LevelId id) const {
  switch (level(id).kind) {
    case LevelKind::world:
    case LevelKind::household: return first_;
    case LevelKind::person:
    case LevelKind::record: return facts_->levels[at(id)].begin[static_cast<std::size_t>(first_)];
    default: return 0;
  }
}

void Levels::set_units(LevelId id, const UnitTable& units) {
  units_[at(id)] = units;
  entries_[at(id)] = {units.rows, true};
}

void Levels::set_spells(LevelId id, const SpellTable& spells) {
  spells_[at(id)] = spells;
  entries_[at(id)] = {spells.rows, true};
}

const std::uint64_t* Levels::may_not_exist(LevelId id) const {
  const SpellTable& table = spells_[at(id)];
  return table.all_exist ? nullptr : table.may_not_exist;
}

RowMap Levels::new_map(LevelId from, LevelId to, Via via, std::size_t key) {
  RowMap made = build_map(from, to, via);
  if (level(from).kind == LevelKind::pair && to == person_level) made.of_pair = via == Via::second ? RowMap::OfPair::item : RowMap::OfPair::subject;
  maps_.push_back(made);
  map_at_[key] = static_cast<std::uint16_t>(maps_.size());
  return made;
}

RowMap Levels::item_person(LevelId id) {
  const bool cross = is_cross(level(id).kind);
  return map(id, person_level, cross ? Via::second : Via::parent);
}

const std::uint8_t* Levels::item_places(LevelId id) {
  if (const std::uint8_t* made = places_[at(id)]) return made;
  const RowMap person = item_person(id);
  const Rows& people = rows(person_level);
  const std::size_t count = this->count(id);
  auto* out = arena_.take_array<std::uint8_t>(count);
  for (std::size_t r = 0; r < count; ++r) {
    const std::int32_t who = person.identity ? static_cast<std::int32_t>(r) : person.to[r];
    out[r] = who < 0 ? no_place : static_cast<std::uint8_t>(who - people.begin[people.household[who]]);
  }
  return places_[at(id)] = out;
}

/// `step` leads from rows of `from` to rows of `middle`; the rest of the way to `to` is the way up from there.
RowMap Levels::then(const std::int32_t* step, LevelId middle, LevelId from, LevelId to) {
  const std::size_t count = this->count(from);
  const RowMap rest = map(middle, to, Via::parent);
  if (rest.identity) return with_shape(step, count);
  auto* composed = arena_.take_array<std::int32_t>(count);
  for (std::size_t r = 0; r < count; ++r) composed[r] = step[r] < 0 ? -1 : rest.to[step[r]];
  RowMap out = with_shape(composed, count);
  if (rest.may_miss != nullptr) {
    auto* may_miss = arena_.take_array<std::uint64_t>((count + 63) / 64);
    std::fill(may_miss, may_miss + (count + 63) / 64, 0);
    for (std::size_t r = 0; r < count; ++r)
      if (step[r] >= 0 && (rest.may_miss[at(step[r]) / 64] >> (at(step[r]) % 64) & 1U) != 0) may_miss[r / 64] |= std::uint64_t{1} << (r % 64);
    out.may_miss = may_miss;
  }
  return out;
}

RowMap Levels::build_map(LevelId from, LevelId to, Via via) {
  const Level& l = level(from);
  const Rows& here = rows(from);
  if (is_cross(l.kind) && via == Via::second) return then(here.second, l.second, from, to);
  if (from == to && via == Via::parent) return {.identity = true};
  if ((to == household_level || to == world_level) && here.household != nullptr) return with_shape(here.household, at(here.count));
  if (is_cross(l.kind)) return then(here.first, l.first, from, to);
  if (l.kind == LevelKind::person && level(to).kind == LevelKind::unit && units(to).of_person != nullptr) {
    RowMap out = with_shape(units(to).of_person, at(here.count));
    out.may_miss = units(to).may_miss;
    return out;
  }
  if (here.parent == nullptr || l.parent == from || l.parent == world_level) return with_shape(filled(at(here.count), -1), at(here.count));
  return then(here.parent, l.parent, from, to);
}

}  // namespace duly::columnar
