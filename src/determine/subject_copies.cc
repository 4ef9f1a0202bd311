#include "determine/subject_copies.h"

#include <algorithm>

#include "base/at.h"

namespace duly {

TriedSubject tried_subject(const Evaluated& e, std::int32_t row) {
  const LevelId level = e.r.plan().program->decided;
  TriedSubject out{level, e.paths.household(level, row), 0, {}};
  if (e.paths.level(level).kind != LevelKind::unit) {
    out.row = row - e.paths.rows(level).begin[out.household];
    return out;
  }
  for (int item = 0; item < e.paths.people_in(out.household); ++item)
    if (e.paths.unit_of(level, e.paths.person_row(out.household, item)) == row) out.people.push_back(item);
  return out;
}

LevelId level_of_cause(const Evaluated& e, const Cause& cause) {
  if (cause.kind == Cause::Kind::gap) return world_level;
  if (cause.kind == Cause::Kind::fact) return std::max(e.fact(cause.index).level, household_level);  // the world stands by households
  return e.declarations().records[at(cause.index)].of_household ? household_level : person_level;
}

std::int32_t first_row_of(const Evaluated& e, LevelId level, std::int32_t household) {
  if (level == world_level || level == household_level) return level == world_level ? 0 : household;
  return e.paths.rows(level).begin[household];
}

std::vector<std::int32_t> CopiesOf::rows_in(std::size_t copy) const {
  const Rows& rows = copies_.paths.rows(subject_.level);
  const std::int32_t first = rows.begin[number(copy)];
  if (base_.paths.level(subject_.level).kind != LevelKind::unit) return {first + subject_.row};
  if (subject_.people.empty()) return {first};
  std::vector<std::int32_t> out;
  for (const int item : subject_.people) out.push_back(copies_.paths.unit_of(subject_.level, copies_.paths.person_row(number(copy), item)));
  return out;
}

std::vector<Decision> CopiesOf::decisions_in(std::size_t copy) const {
  std::vector<Decision> out;
  for (const std::int32_t row : rows_in(copy)) {
    if (row >= 0) {
      out.push_back(decision_of(copies_, row));
      continue;
    }
    out.emplace_back();
    out.back().kind = Decision::Kind::outside;
  }
  return out;
}

bool CopiesOf::has_open_unit(std::size_t copy) const {
  const std::vector<std::int32_t> rows = rows_in(copy);
  return std::any_of(rows.begin(), rows.end(), [&](std::int32_t row) { return row >= 0 && is_open_unit(copies_, row); });
}

std::vector<Cause> CopiesOf::causes_in(std::size_t copy) const {
  std::vector<Part> roots;
  for (const std::int32_t row : rows_in(copy)) {
    if (row < 0) continue;
    const std::vector<Part> parts = deciding_parts(copies_, row);
    roots.insert(roots.end(), parts.begin(), parts.end());
  }
  std::vector<Cause> out;
  for (Cause cause : open_causes(copies_, roots)) {
    const LevelId level = level_of_cause(base_, cause);
    cause.row += first_row_of(base_, level, subject_.household) - first_row_of(copies_, level, number(copy));
    out.push_back(cause);
  }
  return out;
}

}  // namespace duly
