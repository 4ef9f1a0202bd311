// Look-ups of parameters: the table of a day, and a step for each day where the day is known only with the row.

#include <algorithm>
#include <set>

#include "compile/compiler.h"
#include "compile/lookup_table.h"
#include "compile/table_reach.h"

namespace duly {

int Compiler::table_for(int parameter, Date day, const Span& where) {
  const auto key = std::pair{parameter, day};
  if (const auto known = tables_.find(key); known != tables_.end()) return known->second;
  auto table = lookup_table(d_, parameter, day);
  if (!table) {
    mistake(Code::table_file, where, "the table of `" + d_.parameters[static_cast<std::size_t>(parameter)].name + "` is too large",
            "at most two million combinations of keys");
    table.emplace();
    table->state.assign(1, LookupTable::no_row);
    table->low = table->high = {0};
    table->row = {-1};
  }
  plan_->tables.push_back(std::move(*table));
  return tables_[key] = static_cast<int>(plan_->tables.size()) - 1;
}

NodeId Compiler::looked_up(TermId id, const Term& t, bool absent) {
  std::vector<NodeId> keys;
  for (std::size_t i = 0; i < t.args.size(); ++i) keys.push_back(on_level(t.args[i]));
  if (!t.truth) return table_node(id, t, keys, plan_->law_date, absent);
  // `as of` a date known only with the row: a step for each day on which the parameter changes.
  const NodeId day = keys.back();
  keys.pop_back();
  std::set<Date> changes;
  for (const auto& row : d_.parameters[static_cast<std::size_t>(t.index)].rows) {
    changes.insert(row.from);
    if (row.until < never) changes.insert(row.until);
  }
  NodeId out = absent ? b_.lifted(b_.truth_constant(false, id), t.level, Via::parent, id) : nothing(id, t);
  for (const Date change : changes) {
    const NodeId reached = b_.compared(Compare::greater_equal, day, b_.number_constant(change.days, id), t.level, id);
    out = b_.chosen(reached, table_node(id, t, keys, change, absent), out, t.level, id);
  }
  return out;
}

bool Compiler::must_be_told_of(const LookupTable& table) const {
  const Parameter& p = d_.parameters[static_cast<std::size_t>(table.parameter)];
  return !p.doubts.empty() || std::any_of(table.row.begin(), table.row.end(), [&](std::int32_t row) {
    return row >= 0 && p.rows[static_cast<std::size_t>(row)].confidence > Confidence::reported;
  });
}

NodeId Compiler::table_node(TermId id, const Term& t, const std::vector<NodeId>& keys, Date day, bool absent) {
  const int index = table_for(t.index, day, t.span);
  const LookupTable& table = plan_->tables[static_cast<std::size_t>(index)];
  const Parameter& p = d_.parameters[static_cast<std::size_t>(t.index)];
  const TableReach reach = reach_of(b_, table, keys);
  PlanNode n = base(absent ? PlanOp::lookup_absent : PlanOp::lookup, t, id, keys);
  n.index = index;
  if (absent) {
    n.may_be_undefined = n.may_be_undefined || reach.no_row;
    if (keys.empty() && !reach.no_row && !reach.gap && !must_be_told_of(table))
      return b_.lifted(b_.truth_constant(table.state[0] == LookupTable::absent, id), t.level, Via::parent, id);
    return b_.add(std::move(n));
  }
  n.may_be_undefined = n.may_be_undefined || reach.no_row || reach.absent;
  n.is_small = !reach.no_row && !reach.absent && !reach.gap && !reach.grows_inside;
  if (table.shape == Shape::code) {
    n.shape = Shape::code;
    n.bits = reach.words;
    if (keys.empty() && !n.may_be_undefined && !reach.gap && !must_be_told_of(table)) {
      n.op = PlanOp::constant;
      n.index = -1;
      n.bits = static_cast<std::uint64_t>(table.low[0]);
    }
    return b_.add(std::move(n));
  }
  n.shape = Shape::number;
  n.exact_low = Number(reach.low, table.denominator);
  n.exact_high = Number(reach.high, table.denominator);
  n.denominator = table.denominator;
  if (p.type.base == Base::boolean && must_be_told_of(table)) n.exact_low = 0, n.exact_high = 1;
  NodeId out = no_node;
  if (keys.empty() && !n.may_be_undefined && !reach.gap && !must_be_told_of(table))
    out = b_.number_constant(Number(table.low[0], table.denominator), id);
  else out = b_.add(std::move(n));
  if (p.type.base == Base::boolean) return b_.compared(Compare::equal, out, b_.number_constant(1, id), t.level, id);
  return out;
}

}  // namespace duly
