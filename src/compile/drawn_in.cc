#include "compile/drawn_in.h"

#include <algorithm>

#include "compile/lookup_table.h"

namespace duly {
namespace {

void draw_in(LookupTable& table) {
  if (std::find(table.state.begin(), table.state.end(), LookupTable::gap) == table.state.end()) return;
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    if (table.state[cell] != LookupTable::gap) continue;
    table.low[cell] = drawn_in(table.low[cell]);
    table.high[cell] = drawn_in(table.high[cell]);
  }
  join_places(table);
}

}  // namespace

Plan with_ends_drawn_in(const Plan& plan) {
  Plan out = plan;
  for (PlanNode& node : out.nodes) {
    if (node.op != PlanOp::unknown || node.shape != Shape::number) continue;
    node.low = drawn_in(node.low);
    node.high = drawn_in(node.high);
    node.exact_low = node.exact_low * 7 / 8;
    node.exact_high = node.exact_high * 7 / 8;
  }
  for (LookupTable& table : out.tables)
    if (table.shape == Shape::number) draw_in(table);
  return out;
}

}  // namespace duly
