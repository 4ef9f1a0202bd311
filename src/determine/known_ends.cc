#include "determine/known_ends.h"

#include <algorithm>

#include "base/at.h"
#include "compile/drawn_in.h"
#include "determine/household_copies.h"
#include "facts/columns.h"

namespace duly {
namespace {

/// By how much days are drawn in, of all that they may be: a birth in the last 130 years stays one of a child or of an old person.
constexpr std::int64_t part_of_days = 64;

struct Reach {
  std::int64_t low, high;
};

Reach drawn_in_reach(const ColumnLayout& layout, const Type& type) {
  if (type.base != Base::date && type.base != Base::month) return {drawn_in(layout.low), drawn_in(layout.high)};
  const std::int64_t part = layout.high / part_of_days - layout.low / part_of_days;
  return {layout.low + part, layout.high - part};
}

void draw_in(FactColumn& column, const ColumnLayout& layout, const Type& type) {
  const Reach reach = drawn_in_reach(layout, type);
  for (std::size_t row = 0; row < column.high.size(); ++row) {
    if (column.low[row] == column.high[row]) continue;
    const std::int64_t high = column.high[row] == layout.high ? std::max(reach.high, column.low[row]) : column.high[row];
    if (column.low[row] == layout.low) column.low[row] = std::min(reach.low, high);
    column.high[row] = high;
  }
}

FactTable drawn_in_table(const PlanIndex& index, const Values& values) {
  const Declarations& d = *index.plan().program->declarations;
  std::vector<CopiedHousehold> households;
  for (std::int32_t h = 0; h < values.rows(household_level).count; ++h) households.push_back({values.first_household() + h, 1});
  FactTable out;
  copy_households(d, values.facts(), households, index.facts_read(), out);
  for (std::size_t f = 0; f < d.facts.size(); ++f) {
    const Type& type = d.facts[f].type;
    if (type.base == Base::code || out.facts[f].high.empty()) continue;  // words of long lists are numbers too
    draw_in(out.facts[f], column_layout(d, d.facts[f]), type);
  }
  return out;
}

}  // namespace

KnownEnds::KnownEnds(const PlanIndex& index, const Values& values) : values_(values), table_(drawn_in_table(index, values)) {
  evaluate(index.drawn_in(), table_, 0, table_.households, Keep::everything, drawn_in_);
}

std::int32_t KnownEnds::row_of(LevelId level, std::int32_t row) const {
  if (level == world_level || level == household_level) return row;
  const Rows& rows = values_.rows(level);
  const Rows& others = drawn_in_.rows(level);
  const std::int32_t h = rows.household[row];
  if (others.begin[h + 1] - others.begin[h] != rows.begin[h + 1] - rows.begin[h]) return -1;
  return row - rows.begin[h] + others.begin[h];
}

KnownEnds::Which KnownEnds::of(NodeId node, std::int32_t row) const {
  const std::int32_t other = row_of(values_.plan().nodes[at(node)].level, row);
  if (other < 0) return {};
  const auto ends = values_.ends(node, row);
  const auto others = drawn_in_.ends(node, other);
  if (ends && others && ends->over == others->over) return {ends->low == others->low, ends->high == others->high};
  const NumberValue n = values_.number(node, row);
  const NumberValue m = drawn_in_.number(node, other);
  if (!m.may_be_defined) return {};
  return {n.low == m.low, n.high == m.high};
}

}  // namespace duly
