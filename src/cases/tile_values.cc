#include "cases/tile_values.h"

#include <algorithm>

#include "determine/terms_at.h"

namespace duly {

std::variant<Value, std::string> TileValues::value(RuleId rule, std::int32_t household, const std::string& subject, const PeopleNames& people) const {
  const LevelId level = evaluated_.rule(rule).level;
  const auto at = row(level, household, subject, people);
  if (const auto* why = std::get_if<std::string>(&at)) return *why;
  const TermId term = evaluated_.r.plan().program->rules[static_cast<std::size_t>(rule)].term;
  return value_at(evaluated_, term, level, std::get<std::int32_t>(at), people);
}

std::variant<std::int32_t, std::string> TileValues::row(LevelId level, std::int32_t household, const std::string& subject,
                                                        const PeopleNames& people) const {
  const LevelKind kind = evaluated_.paths.level(level).kind;
  if (kind == LevelKind::household || kind == LevelKind::world) return household;
  if (subject.empty()) return only_row(level, household);
  const auto found = std::find(people.begin(), people.end(), subject);
  if (found == people.end()) return "no `" + subject + "` in the row";
  const std::int32_t person = evaluated_.paths.person_row(household, static_cast<int>(found - people.begin()));
  if (kind == LevelKind::person) return person;
  const std::int32_t unit = evaluated_.paths.unit_of(level, person);
  if (unit < 0) return "`" + subject + "` in no unit";
  return unit;
}

std::variant<std::int32_t, std::string> TileValues::only_row(LevelId level, std::int32_t household) const {
  const Rows& rows = evaluated_.paths.rows(level);
  const std::int32_t first = rows.begin[household];
  const std::int32_t count = rows.begin[household + 1] - first;
  if (count == 1) return first;
  const std::string one = evaluated_.paths.level(level).one;
  return count == 0 ? "no `" + one + "`" : std::to_string(count) + " of `" + one + "`: the map must say whose";
}

}  // namespace duly
