#include "support/compare_values.h"

namespace duly {
namespace {

const PlanNode& node_at(const Values& values, NodeId id) { return values.plan().nodes[static_cast<std::size_t>(id)]; }

const Level& level_at(const Values& values, LevelId id) { return values.plan().program->declarations->levels[static_cast<std::size_t>(id)]; }

std::int32_t first_row(const EvaluatedHousehold& h, LevelId level) { return level == world_level ? 0 : h.values.rows(level).begin[h.household]; }

std::int32_t row_count(const EvaluatedHousehold& h, LevelId level) {
  return level == world_level ? 1 : h.values.rows(level).begin[h.household + 1] - h.values.rows(level).begin[h.household];
}

/// Members a set can have.
int items_of(const Values& values, NodeId id, std::int32_t row) {
  const PlanNode& node = node_at(values, id);
  const CheckedProgram& program = *values.plan().program;
  const Base base = node.origin == no_term ? Base::people : program.terms[static_cast<std::size_t>(node.origin)].type.base;
  if (base != Base::people) return node.words * 64;
  if (node.level == world_level) return 0;
  const Rows& people = values.rows(person_level);
  const std::int32_t household = node.level == household_level ? row : values.rows(node.level).household[row];
  return people.begin[household + 1] - people.begin[household];
}

std::string place(const Values& values, NodeId id, std::int32_t row) {
  const PlanNode& node = node_at(values, id);
  std::string out = "node " + std::to_string(id) + ", operator " + std::to_string(static_cast<int>(node.op));
  if (node.origin != no_term) {
    const Term& term = values.plan().program->terms[static_cast<std::size_t>(node.origin)];
    if (term.span.source) out += ", `" + std::string(text_of(term.span).substr(0, 120)) + "`";
  }
  return out + ", row " + std::to_string(row) + " of level " + std::to_string(node.level) + " (" + level_at(values, node.level).one + ")";
}

/// Both are known, and the same; the quick way to say so of most numbers.
bool is_same_known_number(const Values& one, const Values& other, NodeId id, std::int32_t row, std::int32_t other_row) {
  const auto known = one.known_ratio(id, row);
  return known && known == other.known_ratio(id, other_row);
}

bool is_same(const Values& one, const Values& other, NodeId id, std::int32_t row, std::int32_t other_row) {
  if (one.may_be_undefined(id, row) != other.may_be_undefined(id, other_row)) return false;
  if (one.may_be_defined(id, row) != other.may_be_defined(id, other_row)) return false;
  if (!one.may_be_defined(id, row)) return true;
  switch (node_at(one, id).shape) {
    case Shape::truth: {
      const TruthValue a = one.truth(id, row);
      const TruthValue b = other.truth(id, other_row);
      return a.may_be_true == b.may_be_true && a.may_be_false == b.may_be_false;
    }
    case Shape::number: {
      if (is_same_known_number(one, other, id, row, other_row)) return true;
      const NumberValue a = one.number(id, row);
      const NumberValue b = other.number(id, other_row);
      return a.low == b.low && a.high == b.high;
    }
    case Shape::code: return one.possible_words(id, row) == other.possible_words(id, other_row);
    case Shape::set:
      for (int item = 0; item < items_of(one, id, row); ++item)
        if (one.surely_in(id, row, item) != other.surely_in(id, other_row, item) ||
            one.possibly_in(id, row, item) != other.possibly_in(id, other_row, item))
          return false;
  }
  return true;
}

bool is_within(const Values& wide, const Values& narrow, NodeId id, std::int32_t wide_row, std::int32_t narrow_row) {
  if (narrow.may_be_undefined(id, narrow_row) && !wide.may_be_undefined(id, wide_row)) return false;
  if (!narrow.may_be_defined(id, narrow_row)) return true;
  if (!wide.may_be_defined(id, wide_row)) return false;
  switch (node_at(wide, id).shape) {
    case Shape::truth: {
      const TruthValue a = wide.truth(id, wide_row);
      const TruthValue b = narrow.truth(id, narrow_row);
      return (a.may_be_true || !b.may_be_true) && (a.may_be_false || !b.may_be_false);
    }
    case Shape::number: {
      if (is_same_known_number(wide, narrow, id, wide_row, narrow_row)) return true;
      const NumberValue a = wide.number(id, wide_row);
      const NumberValue b = narrow.number(id, narrow_row);
      return a.low <= b.low && b.high <= a.high;
    }
    case Shape::code: return (narrow.possible_words(id, narrow_row) & ~wide.possible_words(id, wide_row)) == 0;
    case Shape::set:
      for (int item = 0; item < items_of(wide, id, wide_row); ++item) {
        if (wide.surely_in(id, wide_row, item) && !narrow.surely_in(id, narrow_row, item)) return false;
        if (narrow.possibly_in(id, narrow_row, item) && !wide.possibly_in(id, wide_row, item)) return false;
      }
  }
  return true;
}

/// Calls `f(node, row of one, row of other)` until it returns something.
template <class F>
std::string first_of(const EvaluatedHousehold& one, const EvaluatedHousehold& other, F f) {
  for (NodeId id = 0; id < static_cast<NodeId>(one.values.plan().nodes.size()); ++id) {
    if (node_at(one.values, id).op == PlanOp::constant) continue;  // it is what the plan says
    const LevelId level = node_at(one.values, id).level;
    for (std::int32_t row = 0; row < row_count(one, level); ++row)
      if (std::string found = f(id, first_row(one, level) + row, first_row(other, level) + row); !found.empty()) return found;
  }
  return "";
}

}  // namespace

std::string value_text(const Values& values, NodeId id, std::int32_t row) {
  std::string out;
  if (values.may_be_defined(id, row)) {
    switch (node_at(values, id).shape) {
      case Shape::truth: {
        const TruthValue v = values.truth(id, row);
        out = std::string(v.may_be_true ? " yes" : "") + (v.may_be_false ? " no" : "");
        break;
      }
      case Shape::number: {
        const NumberValue v = values.number(id, row);
        out = " " + to_text(v.low) + (v.low == v.high ? "" : ".." + to_text(v.high));
        break;
      }
      case Shape::code: out = " words " + std::to_string(values.possible_words(id, row)); break;
      case Shape::set:
        out = " {";
        for (int item = 0; item < items_of(values, id, row); ++item)
          if (values.possibly_in(id, row, item)) out += " " + std::to_string(item) + (values.surely_in(id, row, item) ? "" : "?");
        out += " }";
    }
  }
  return out + (values.may_be_undefined(id, row) ? " undefined" : "");
}

std::string first_difference(const EvaluatedHousehold& one, const EvaluatedHousehold& other) {
  const auto& levels = one.values.plan().program->declarations->levels;
  for (LevelId level = 0; level < static_cast<LevelId>(levels.size()); ++level)
    if (row_count(one, level) != row_count(other, level))
      return "level " + level_at(one.values, level).one + " has " + std::to_string(row_count(one, level)) + " and " +
             std::to_string(row_count(other, level)) + " rows";
  return first_of(one, other, [&](NodeId id, std::int32_t row, std::int32_t other_row) -> std::string {
    if (is_same(one.values, other.values, id, row, other_row)) return "";
    return place(one.values, id, row) + ":" + value_text(one.values, id, row) + " and" + value_text(other.values, id, other_row);
  });
}

std::string first_widening(const EvaluatedHousehold& wide, const EvaluatedHousehold& narrow) {
  return first_of(wide, narrow, [&](NodeId id, std::int32_t row, std::int32_t narrow_row) -> std::string {
    const LevelKind kind = level_at(wide.values, node_at(wide.values, id).level).kind;
    const bool of_made_rows = kind == LevelKind::unit || kind == LevelKind::unit_person || kind == LevelKind::unit_record ||
                              kind == LevelKind::spells || node_at(wide.values, id).op == PlanOp::in_unit;
    if (of_made_rows || is_within(wide.values, narrow.values, id, row, narrow_row)) return "";
    return place(wide.values, id, row) + ":" + value_text(wide.values, id, row) + " became" + value_text(narrow.values, id, narrow_row);
  });
}

}  // namespace duly
