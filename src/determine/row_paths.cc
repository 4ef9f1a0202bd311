#include "determine/row_paths.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
bool RowPaths::is_cross(LevelId id) const {
  const LevelKind kind = level(id).kind;
  return kind == LevelKind::pair || kind == LevelKind::unit_person || kind == LevelKind::unit_record;
}

bool RowPaths::leads_up(LevelId from, LevelId to) const {
  for (LevelId l = from; l >= 0; l = is_cross(l) ? level(l).first : level(l).parent) {
    if (l == to) return true;
    if (l == person_level && level(to).kind == LevelKind::unit) return true;
  }
  return false;
}

std::int32_t RowPaths::household(LevelId level, std::int32_t row) const {
  if (level == household_level) return row;
  const Rows& here = rows(level);
  return here.household == nullptr || row < 0 ? -1 : here.household[row];
}

std::int32_t RowPaths::above(LevelId from, std::int32_t row, LevelId to) const {
  while (from != to && row >= 0) {
    if (to == world_level) return 0;
    if (to == household_level) return household(from, row);
    if (from == person_level && level(to).kind == LevelKind::unit) return unit_of(to, row);
    if (is_cross(from)) {
      row = rows(from).first[row];
      from = level(from).first;
    } else if (from == household_level || from == world_level) {
      return -1;
    } else {
      row = rows(from).parent[row];
      from = level(from).parent;
    }
  }
  return row;
}

std::int32_t RowPaths::end_of(LevelId from, std::int32_t row, Via via, LevelId to) const {
  if (!is_cross(from) || via == Via::parent) return above(from, row, to);
  const bool second = via == Via::second;
  const LevelId end = second ? level(from).second : level(from).first;
  return above(end, second ? rows(from).second[row] : rows(from).first[row], to);
}

int RowPaths::item_of(LevelId of, std::int32_t row) const {
  const std::int32_t person = is_cross(of) ? end_of(of, row, Via::second, person_level) : above(of, row, person_level);
  if (person < 0) return whole_set;
  return person - rows(person_level).begin[household(person_level, person)];
}

std::int32_t RowPaths::unit_of(LevelId unit, std::int32_t person) const {
  std::vector<std::int32_t>& of_person = units_[at(unit)];
  if (of_person.empty()) form_units(unit, of_person);
  return of_person[at(person)];
}

void RowPaths::form_units(LevelId unit, std::vector<std::int32_t>& of_person) const {
  const Rows& people = rows(person_level);
  of_person.assign(at(people.count), -1);
  const std::vector<RuleId>& given = r_.values().facts().one_unit;
  if (std::find(given.begin(), given.end(), level(unit).declared) != given.end()) {
    for (std::int32_t p = 0; p < people.count; ++p) of_person[at(p)] = people.household[p];
    return;
  }
  const NodeId groups = maker_of(unit);
  if (groups == no_node) return;
  // Chains of possible groups: every person starts alone and takes the least row reached.
  std::int32_t next = 0;
  std::vector<std::int32_t> waiting;
  for (std::int32_t p = 0; p < people.count; ++p) {
    const std::int32_t first = people.begin[people.household[p]];
    const std::int32_t size = people.begin[people.household[p] + 1] - first;
    const auto grouped = [&](std::int32_t a, std::int32_t b) { return r_.possibly_in(groups, a, b - first); };
    const auto in_a_unit = [&](std::int32_t a) {
      for (std::int32_t b = first; b < first + size; ++b)
        if (grouped(a, b)) return true;
      return false;
    };
    if (of_person[at(p)] >= 0 || !in_a_unit(p)) continue;
    of_person[at(p)] = next;
    waiting.assign(1, p);
    while (!waiting.empty()) {
      const std::int32_t a = waiting.back();
      waiting.pop_back();
      for (std::int32_t b = first; b < first + size; ++b) {
        if (of_person[at(b)] >= 0 || !(grouped(a, b) || grouped(b, a))) continue;
        of_person[at(b)] = next;
        waiting.push_back(b);
      }
    }
    ++next;
  }
}

}  // namespace duly
