#include "determine/reached.h"

namespace duly {
namespace {

constexpr std::int32_t most_rows = 64;

std::uint64_t first_rows(std::int32_t count) { return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1; }

bool is_group_step(PlanOp op) { return op == PlanOp::closure || op == PlanOp::outside || op == PlanOp::split; }

}  // namespace

Reached::Reached(const Evaluated& e, std::int32_t household, std::uint8_t wanted) : e_(e), wanted_(wanted) {
  const auto& levels = e.declarations().levels;
  levels_.resize(levels.size());
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const Rows& rows = e.paths.rows(static_cast<LevelId>(l));
    if (rows.begin == nullptr) continue;
    if (static_cast<LevelId>(l) == world_level) levels_[l] = {0, 1};  // one for all households
    else levels_[l] = {rows.begin[household], rows.begin[household + 1] - rows.begin[household]};
    fits_ = fits_ && levels_[l].count <= most_rows;
  }
  if (!fits_) return;
  rows_.assign(e.r.plan().nodes.size(), 0);
  above_at_.assign(levels.size() * levels.size() * 3, 0);
  above_.reserve(256);
}

void Reached::add(const Part& part) {
  if (part.node == no_node || !is_wanted(part.node)) return;
  rows_[at(part.node)] |= std::uint64_t{1} << row_in_household(e_.r.node(part.node).level, part.row);
  if (e_.r.node(part.node).shape == Shape::set) add_member(part);
}

void Reached::add_member(const Part& part) {
  if (members_of_.empty()) members_of_.assign(rows_.size(), -1);
  int& head = members_of_[at(part.node)];
  for (int m = head; m >= 0; m = members_[at(m)].next)
    if (members_[at(m)].row == part.row && members_[at(m)].item == part.item) return;
  members_.push_back({part.node, part.row, part.item, head});
  head = static_cast<int>(members_.size()) - 1;
}

/// The argument of a node of `level` in the rows that these rows belong to, or whose ends they are.
void Reached::add_rows(NodeId arg, LevelId level, std::uint64_t rows, Via via) {
  if (arg == no_node || rows == 0 || !is_wanted(arg)) return;
  const PlanNode& node = e_.r.node(arg);
  if (node.op == PlanOp::constant) return;
  std::uint64_t its_rows = rows;
  if (node.level != level || via != Via::parent) {
    const std::int8_t* up = above(level, node.level, via);
    its_rows = 0;
    for (std::uint64_t rest = rows; rest != 0; rest &= rest - 1)
      if (const std::int8_t row = up[std::countr_zero(rest)]; row >= 0) its_rows |= std::uint64_t{1} << row;
  }
  rows_[at(arg)] |= its_rows;
  if (node.shape != Shape::set) return;
  for (std::uint64_t rest = its_rows; rest != 0; rest &= rest - 1) add_member({arg, rows_of(node.level).first + std::countr_zero(rest), whole_set});
}

const std::int8_t* Reached::above(LevelId from, LevelId to, Via via) {
  std::int16_t& place = above_at_[(at(from) * levels_.size() + at(to)) * 3 + static_cast<std::size_t>(via)];
  if (place == 0) {
    place = static_cast<std::int16_t>(above_.size() + 1);
    for (std::int32_t r = 0; r < rows_of(from).count; ++r) {
      above_.push_back(row_in_household(to, to == world_level ? 0 : e_.paths.end_of(from, rows_of(from).first + r, via, to)));
    }
  }
  return above_.data() + place - 1;
}

std::uint64_t Reached::word(LevelId level, const void* bits) const {
  const auto* words = static_cast<const std::uint64_t*>(bits);
  if (rows_of(level).first == 0) return words[0] & first_rows(rows_of(level).count);
  const auto first = at(rows_of(level).first);
  const auto count = at(rows_of(level).count);
  const std::size_t shift = first % 64;
  std::uint64_t out = words[first / 64] >> shift;
  if (shift != 0 && shift + count > 64) out |= words[first / 64 + 1] << (64 - shift);
  return out & first_rows(static_cast<std::int32_t>(count));
}

Reached::Truths Reached::truths(NodeId id) const {
  const LevelId level = e_.r.node(id).level;
  const Column& column = e_.r.values().column(id);
  return {word(level, column.a), word(level, column.b), column.undefined == nullptr ? 0 : word(level, column.undefined)};
}

bool Reached::is_known(NodeId id) const {
  const PlanNode& node = e_.r.node(id);
  if (node.op == PlanOp::constant) return true;
  const Column& column = e_.r.values().column(id);
  return node.shape == Shape::number && column.a == column.b && column.undefined == nullptr;
}

void Reached::spread(NodeId id) {
  const PlanNode& node = e_.r.node(id);
  const std::uint64_t rows = rows_[at(id)];
  if (node.op == PlanOp::set_from_rows) return rows_of_members(id);
  if (is_group_step(node.op) && e_.r.values().set_words() == 1) return group_steps(id, rows);
  if (node.shape == Shape::set) return spread_one_by_one(id);
  switch (node.op) {
    case PlanOp::constant:
    case PlanOp::unknown:
    case PlanOp::undefined:
    case PlanOp::fact:
    case PlanOp::fact_absent:
    case PlanOp::list_closed: return;
    case PlanOp::logical_and:
    case PlanOp::logical_or: return conditions(node, rows);
    case PlanOp::choose: return branches(node, rows);
    case PlanOp::lift: return lifted(node, rows);
    case PlanOp::minimum:
    case PlanOp::maximum:
      if (node.args.size() != 2 || !is_known(node.args[0]) || !is_known(node.args[1])) return spread_one_by_one(id);
      break;
    case PlanOp::sum:
    case PlanOp::count:
    case PlanOp::some:
    case PlanOp::least:
    case PlanOp::greatest:
      if (!rows_below(node, rows)) spread_one_by_one(id);
      return;
    case PlanOp::alias:
    case PlanOp::scale:
    case PlanOp::add:
    case PlanOp::subtract:
    case PlanOp::multiply:
    case PlanOp::negate:
    case PlanOp::absolute:
    case PlanOp::divide:
    case PlanOp::modulo:
    case PlanOp::round_to:
    case PlanOp::compare:
    case PlanOp::code_equal:
    case PlanOp::code_in:
    case PlanOp::logical_not:
    case PlanOp::lookup:
    case PlanOp::lookup_absent: break;
    default: return spread_one_by_one(id);
  }
  for (const NodeId arg : node.args) add_rows(arg, node.level, rows);
}

void Reached::spread_one_by_one(NodeId id) {
  const auto add_parts = [&](const Part& whole) {
    parts_.clear();
    e_.parts.add_parts(whole, parts_);
    for (const Part& part : parts_) add(part);
  };
  const PlanNode& node = e_.r.node(id);
  if (node.shape == Shape::set && !is_group_step(node.op)) {  // which asks for all, whoever is asked for
    for (int m = members_of_[at(id)]; m >= 0; m = members_[at(m)].next) {
      const Member member = members_[at(m)];
      add_parts({id, member.row, member.item});
    }
    return;
  }
  for (std::uint64_t rest = rows_[at(id)]; rest != 0; rest &= rest - 1) add_parts({id, level_of(id).first + std::countr_zero(rest), whole_set});
}

/// The people of `groups` whom a person, a bit, may be in one group with, and the person.
std::uint64_t Reached::may_be_with(NodeId groups, std::uint64_t person) const {
  const auto* possible = static_cast<const std::uint64_t*>(e_.r.values().column(groups).b);
  return (possible[rows_of(person_level).first + std::countr_zero(person)] | person) & first_rows(rows_of(person_level).count);
}

void Reached::add_people(NodeId arg, std::uint64_t people) {
  if (arg == no_node || !is_wanted(arg)) return;
  rows_[at(arg)] |= people;
  if (e_.r.node(arg).shape != Shape::set) return;
  for (std::uint64_t rest = people; rest != 0; rest &= rest - 1) add_member({arg, rows_of(person_level).first + std::countr_zero(rest), whole_set});
}

/// Steps of a partition look at everyone whom the people may be together with: in pairs, or one by one at those of the step before.
void Reached::group_steps(NodeId id, std::uint64_t people) {
  const PlanNode& node = e_.r.node(id);
  const NodeId before = node.args[0];
  const std::int32_t size = rows_of(person_level).count;
  std::uint64_t together = 0;
  std::uint64_t pairs = 0;
  std::uint64_t asked = before == no_node ? first_rows(size) : 0;
  for (std::uint64_t rest = people; rest != 0; rest &= rest - 1) {
    const std::uint64_t person = rest & (~rest + 1);
    const std::uint64_t group = may_be_with(id, person);
    together |= group;
    if (before != no_node) asked |= may_be_with(before, person);
    for (std::uint64_t of_group = group; of_group != 0; of_group &= of_group - 1)
      pairs |= (group & ~(of_group & (~of_group + 1))) << (std::countr_zero(of_group) * size);
  }
  add_people(before, together);
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    const NodeId arg = node.args[i];
    if (node.op != PlanOp::closure) add_people(arg, asked);
    else if (e_.r.node(arg).level != pair_level) add_rows(arg, node.level, people);
    else if (is_wanted(arg)) rows_[at(arg)] |= pairs;
  }
}

/// Of a conjunction that fails only the first condition that fails, of a disjunction that holds the first that holds.
void Reached::conditions(const PlanNode& node, std::uint64_t rows) {
  std::uint64_t left = rows;
  for (const NodeId arg : node.args) {
    if (left == 0) return;  // and what nobody asks for is not computed
    if (e_.r.node(arg).op == PlanOp::constant || e_.r.node(arg).level != node.level) continue;
    const Truths t = truths(arg);
    const std::uint64_t settles = left & ~t.undefined & (node.op == PlanOp::logical_or ? t.yes & ~t.no : t.no & ~t.yes);
    add_rows(arg, node.level, settles);
    left &= ~settles;
  }
  for (const NodeId arg : node.args) add_rows(arg, node.level, left);
}

void Reached::branches(const PlanNode& node, std::uint64_t rows) {
  const NodeId condition = node.args[0];
  const LevelId level = e_.r.node(condition).level;
  Truths t{};
  if (e_.r.node(condition).op == PlanOp::constant) {
    t = e_.r.node(condition).k != 0 ? Truths{rows, 0, 0} : Truths{0, rows, 0};
  } else {
    t = truths(condition);
    if (level != node.level) {
      const std::int8_t* up = above(node.level, level);
      const Truths there = t;
      t = {};
      for (std::uint64_t rest = rows; rest != 0; rest &= rest - 1) {
        const int row = std::countr_zero(rest);
        const int its_row = std::max<int>(up[row], 0);
        t.yes |= (there.yes >> its_row & 1U) << row;
        t.no |= (there.no >> its_row & 1U) << row;
        t.undefined |= (there.undefined >> its_row & 1U) << row;
      }
    }
  }
  add_rows(condition, node.level, rows);
  add_rows(node.args[1], node.level, rows & (t.yes | t.undefined));
  add_rows(node.args[2], node.level, rows & (t.no | t.undefined));
}

void Reached::lifted(const PlanNode& node, std::uint64_t rows) {
  const NodeId arg = node.args[0];
  add_rows(arg, node.level, rows, node.via);
  const NodeId maker = e_.parts.hidden_maker(node);
  if (maker != no_node && e_.paths.level(e_.r.node(arg).level).kind == LevelKind::unit) add_rows(maker, node.level, rows);
}

/// False where the rows below are spells, behind which the records they were made of lie.
bool Reached::rows_below(const PlanNode& node, std::uint64_t rows) {
  const bool has_value = node.op != PlanOp::count && node.op != PlanOp::some;
  const NodeId included = node.args[has_value ? 1 : 0];
  const LevelId below = e_.r.node(included).level;
  if (e_.r.node(included).op == PlanOp::constant || e_.paths.level(below).kind == LevelKind::spells) return false;
  const std::int8_t* up = below == node.level ? nullptr : above(below, node.level);
  std::uint64_t its_rows = 0;
  for (std::int32_t r = 0; r < rows_of(below).count; ++r) {
    const int row = up == nullptr ? r : up[r];
    if (row >= 0) its_rows |= (rows >> row & 1U) << r;
  }
  add_rows(included, below, its_rows);
  if (has_value) add_rows(node.args[0], below, its_rows & truths(included).yes);
  for (std::size_t i = has_value ? 2 : 1; i < node.args.size(); ++i) add_rows(node.args[i], node.level, rows);
  add_rows(e_.parts.hidden_maker(node), person_level, first_rows(rows_of(person_level).count));
  return true;
}

/// A set made of rows: those that stand for the members asked of.
void Reached::rows_of_members(NodeId set) {
  const PlanNode& node = e_.r.node(set);
  const LevelId below = e_.r.node(node.args[0]).level;
  const std::int8_t* up = below == node.level ? nullptr : above(below, node.level);
  std::uint64_t its_rows = 0;
  for (int m = members_of_[at(set)]; m >= 0; m = members_[at(m)].next) {
    const Member member = members_[at(m)];
    const int owner = row_in_household(node.level, member.row);
    for (std::int32_t r = 0; r < rows_of(below).count; ++r) {
      if ((up == nullptr ? r : up[r]) != owner || (its_rows >> r & 1U) != 0) continue;
      if (member.item == whole_set || e_.paths.item_of(below, rows_of(below).first + r) == member.item) its_rows |= std::uint64_t{1} << r;
    }
  }
  add_rows(node.args[0], below, its_rows);
}

}  // namespace duly
