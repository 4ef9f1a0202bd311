#include "determine/parts.h"

#include <algorithm>

#include "base/at.h"

namespace duly {
namespace {

bool is_reduction(PlanOp op) {
  return op == PlanOp::sum || op == PlanOp::count || op == PlanOp::least || op == PlanOp::greatest || op == PlanOp::some ||
         op == PlanOp::months_from_rows;
}

}  // namespace

void Parts::add(const Part& whole, NodeId arg, std::vector<Part>& out, int item) const {
  if (arg == no_node || r_.node(arg).op == PlanOp::constant) return;
  const LevelId level = r_.node(whole.node).level;
  const LevelId of = r_.node(arg).level;
  const std::int32_t row = of == level ? whole.row : paths_.above(level, whole.row, of);
  if (row >= 0) out.push_back({arg, row, item});
}

void Parts::same_row(const Part& whole, std::vector<Part>& out, int item) const {
  for (const NodeId arg : r_.node(whole.node).args) add(whole, arg, out, item);
}

/// `settles`: the truth of one condition that settles the whole, false for a conjunction.
void Parts::conditions(const Part& whole, bool settles, std::vector<Part>& out) const {
  const std::size_t before = out.size();
  same_row(whole, out);
  for (std::size_t i = before; i < out.size(); ++i) {
    const Part condition = out[i];
    if (settles ? r_.surely(condition.node, condition.row) : r_.surely_not(condition.node, condition.row)) {
      out.resize(before);
      out.push_back(condition);
      return;
    }
  }
}

void Parts::branches(const Part& whole, std::vector<Part>& out) const {
  const Args& args = r_.node(whole.node).args;
  add(whole, args[0], out);
  const std::int32_t row = paths_.above(r_.node(whole.node).level, whole.row, r_.node(args[0]).level);
  const TruthValue condition = r_.truth(args[0], std::max(row, 0));
  if (condition.may_be_true || condition.may_be_undefined) add(whole, args[1], out, whole.item);
  if (condition.may_be_false || condition.may_be_undefined) add(whole, args[2], out, whole.item);
}

/// Of a least or greatest of two numbers, not the one that cannot be it whatever it is.
void Parts::ends(const Part& whole, std::vector<Part>& out) const {
  const std::size_t before = out.size();
  same_row(whole, out);
  if (out.size() - before < 2) return;
  const bool greatest = r_.node(whole.node).op == PlanOp::maximum;
  const auto beaten = [&](const Part& part, const Part& by) {
    if (!r_.is_open(part.node, part.row)) return false;
    const NumberValue x = r_.number(part.node, part.row);
    const NumberValue y = r_.number(by.node, by.row);
    if (x.may_be_undefined || y.may_be_undefined) return false;
    return greatest ? y.low >= x.high : y.high <= x.low;
  };
  const Part first = out[before];
  const Part second = out[before + 1];
  if (beaten(first, second)) out.erase(out.begin() + static_cast<std::ptrdiff_t>(before));
  else if (beaten(second, first)) out.pop_back();
}

void Parts::membership(NodeId maker, LevelId level, std::int32_t row, std::vector<Part>& out) const {
  if (maker == no_node) return;
  const std::int32_t h = paths_.household(level, row);
  if (h < 0) return;
  for (int item = 0; item < paths_.people_in(h); ++item) out.push_back({maker, paths_.person_row(h, item), whole_set});
}

void Parts::records_of_owner(const Part& whole, LevelId owner, std::int32_t owner_row, const PlanNode& node, std::vector<Part>& out) const {
  const LevelId level = r_.node(whole.node).level;
  paths_.for_each_below(level, owner, owner_row, [&](std::int32_t row) {
    for (const NodeId arg : node.args) add({whole.node, row, whole_set}, arg, out);
  });
}

/// The records that spells of an owner were made of. An owner without a record has spells all the same, if the list is open.
void Parts::spells_of(LevelId spells, std::int32_t owner_row, std::vector<Part>& out) const {
  const NodeId maker = paths_.maker_of(spells);
  if (maker == no_node) return;
  records_of_owner({maker, 0, whole_set}, paths_.level(spells).parent, owner_row, r_.node(maker), out);
}

void Parts::rows_below(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  const bool has_value = node.op != PlanOp::count && node.op != PlanOp::some;
  const NodeId included = node.args[has_value ? 1 : 0];
  const NodeId value = has_value ? node.args[0] : no_node;
  const LevelId below = r_.node(included).level;
  paths_.for_each_below(below, node.level, whole.row, [&](std::int32_t row) {
    const auto here = [&](NodeId arg) {
      if (arg == no_node || r_.node(arg).op == PlanOp::constant) return;
      const std::int32_t its_row = paths_.above(below, row, r_.node(arg).level);
      if (its_row >= 0) out.push_back({arg, its_row, whole_set});
    };
    here(included);
    if (r_.may_be_true(included, row)) here(value);
  });
  for (std::size_t i = has_value ? 2 : 1; i < node.args.size(); ++i) add(whole, node.args[i], out);
  if (paths_.level(below).kind == LevelKind::spells) {
    const LevelId owner = paths_.level(below).parent;
    paths_.for_each_below(owner, node.level, whole.row, [&](std::int32_t row) { spells_of(below, row, out); });
  } else {
    membership(hidden_maker(node), node.level, whole.row, out);
  }
}

NodeId Parts::hidden_maker(const PlanNode& node) const {
  const auto of_level = [&](LevelId level) {
    const LevelKind kind = paths_.level(level).kind;
    return kind == LevelKind::unit || kind == LevelKind::spells ? paths_.maker_of(level) : no_node;
  };
  if (node.op == PlanOp::unit_people || node.op == PlanOp::in_unit) return paths_.maker_of(node.index);
  if (node.op == PlanOp::unit_settled || node.op == PlanOp::spell_field) return paths_.maker_of(node.level);
  if (is_reduction(node.op)) {
    const LevelId below = r_.node(node.args[node.op == PlanOp::count || node.op == PlanOp::some ? 0 : 1]).level;
    if (of_level(below) != no_node) return of_level(below);
    return paths_.level(node.level).kind == LevelKind::unit && below == person_level ? of_level(node.level) : no_node;
  }
  if (node.op == PlanOp::lift && node.via == Via::parent && r_.node(node.args[0]).level != node.level) return of_level(r_.node(node.args[0]).level);
  return no_node;
}

void Parts::lifted(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  const NodeId arg = node.args[0];
  const LevelId from = r_.node(arg).level;
  const std::int32_t row = paths_.lifted_from(node, from, whole.row);
  if (row >= 0 && r_.node(arg).op != PlanOp::constant) out.push_back({arg, row, whole.item});
  if (const NodeId maker = hidden_maker(node); maker != no_node && paths_.level(from).kind == LevelKind::unit) {
    const std::int32_t person = paths_.above(node.level, whole.row, person_level);
    if (person >= 0) out.push_back({maker, person, whole_set});
  }
}

void Parts::composed(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  add(whole, node.args[0], out);
  const std::int32_t h = paths_.household(node.level, whole.row);
  for (int through = 0; h >= 0 && through < paths_.people_in(h); ++through)
    if (r_.possibly_in(node.args[0], whole.row, through)) out.push_back({node.args[1], paths_.person_row(h, through), whole.item});
}

void Parts::from_rows(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  const NodeId included = node.args[0];
  const LevelId below = r_.node(included).level;
  paths_.for_each_below(below, node.level, whole.row, [&](std::int32_t row) {
    if (whole.item == whole_set || paths_.item_of(below, row) == whole.item) out.push_back({included, row, whole_set});
  });
}

void Parts::asked_set(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  const LevelId of = r_.node(node.args[0]).level;
  const std::int32_t row = paths_.end_of(node.level, whole.row, Via::first, of);
  if (row >= 0) out.push_back({node.args[0], row, paths_.item_of(node.level, whole.row)});
}

/// Steps of a partition look at everyone whom the person may be together with.
void Parts::group_steps(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  const std::int32_t h = paths_.household(person_level, whole.row);
  const auto with = [&](int item) { return paths_.person_row(h, item); };
  const auto may_be_with = [&](int item) { return with(item) == whole.row || r_.possibly_in(whole.node, whole.row, item); };
  const std::int32_t people = paths_.people_in(h);
  const NodeId before = node.args[0];
  if (before != no_node)
    for (int item = 0; item < people; ++item)
      if (may_be_with(item)) out.push_back({before, with(item), whole_set});
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    const NodeId arg = node.args[i];
    if (node.op != PlanOp::closure) {  // who may leave, or with whom
      for (int item = 0; item < people; ++item)
        if (before == no_node || with(item) == whole.row || r_.possibly_in(before, whole.row, item)) out.push_back({arg, with(item), whole_set});
      continue;
    }
    const Rows& pairs = paths_.rows(pair_level);
    if (r_.node(arg).level != pair_level) {
      add(whole, arg, out);
      continue;
    }
    for (std::int32_t pair = pairs.begin[h]; pair < pairs.begin[h + 1]; ++pair) {
      const std::int32_t a = paths_.end_of(pair_level, pair, Via::first, person_level);
      const std::int32_t b = paths_.end_of(pair_level, pair, Via::second, person_level);
      if (a != b && may_be_with(a - with(0)) && may_be_with(b - with(0))) out.push_back({arg, pair, whole_set});
    }
  }
}

bool Parts::is_stated(const PlanNode& stated, std::int32_t row) const {
  const FactTable& facts = r_.values().facts();
  const auto column = std::find_if(facts.stated.begin(), facts.stated.end(), [&](const StatedColumn& c) { return c.rule == stated.index; });
  if (column == facts.stated.end()) return false;
  const LevelKind kind = paths_.level(stated.level).kind;
  const std::int64_t first = r_.values().first_household();
  std::int64_t from = first + paths_.household(stated.level, row);
  if (kind == LevelKind::person || kind == LevelKind::record) from = facts.levels[at(stated.level)].begin[at(first)] + row;
  return at(from) / 64 < column->present.size() && (column->present[at(from) / 64] >> (at(from) % 64) & 1U) != 0;
}

void Parts::add_parts(const Part& whole, std::vector<Part>& out) const {
  const PlanNode& node = r_.node(whole.node);
  switch (node.op) {
    case PlanOp::constant:
    case PlanOp::unknown:
    case PlanOp::undefined:
    case PlanOp::fact:
    case PlanOp::fact_absent:
    case PlanOp::list_closed:
    case PlanOp::self_set:
    case PlanOp::everyone: return;
    case PlanOp::stated:
      if (!is_stated(node, whole.row)) same_row(whole, out, whole.item);
      return;
    case PlanOp::logical_and: return conditions(whole, false, out);
    case PlanOp::logical_or: return conditions(whole, true, out);
    case PlanOp::choose: return branches(whole, out);
    case PlanOp::minimum:
    case PlanOp::maximum: return ends(whole, out);
    case PlanOp::lift: return lifted(whole, out);
    case PlanOp::sum:
    case PlanOp::count:
    case PlanOp::least:
    case PlanOp::greatest:
    case PlanOp::some:
    case PlanOp::months_from_rows: return rows_below(whole, out);
    case PlanOp::unit_people:
    case PlanOp::in_unit:
    case PlanOp::unit_settled: return membership(hidden_maker(node), node.level, whole.row, out);
    case PlanOp::make_units:
    case PlanOp::alias:
    case PlanOp::set_union:
    case PlanOp::set_intersect:
    case PlanOp::set_except: return same_row(whole, out, whole.item);
    case PlanOp::compose: return composed(whole, out);
    case PlanOp::set_from_rows: return from_rows(whole, out);
    case PlanOp::in_set: return asked_set(whole, out);
    case PlanOp::word_in_set: return same_row(whole, out, node.index);
    case PlanOp::closure:
    case PlanOp::outside:
    case PlanOp::split: return group_steps(whole, out);
    case PlanOp::running: {
      const LevelId owner = paths_.level(node.level).parent;
      return records_of_owner(whole, owner, paths_.above(node.level, whole.row, owner), node, out);
    }
    case PlanOp::make_spells: return same_row(whole, out);
    case PlanOp::spell_field: {
      const LevelId owner = paths_.level(node.level).parent;
      return spells_of(node.level, paths_.above(node.level, whole.row, owner), out);
    }
    default: return same_row(whole, out);
  }
}

}  // namespace duly
