#include "evaluate/values.h"

#include <bit>

#include "evaluate/columns.h"
#include "evaluate/tile.h"

namespace duly {
namespace {

std::size_t index_of(std::int32_t row) { return static_cast<std::size_t>(row); }

/// A constant has no column: it is what the plan says.
bool is_constant(const Values::State& state, NodeId node) { return state.node(node).op == PlanOp::constant; }

const Column& column_of(Values::State& state, NodeId node) {
  state.need(node);
  return state.column(node);
}

columnar::View view_of(Values::State& state, NodeId node) { return {column_of(state, node), state.node(node).shape, state.width(node)}; }

}  // namespace

Values::Values() : state(std::make_unique<State>()) {}
Values::~Values() = default;
Values::Values(Values&&) noexcept = default;
Values& Values::operator=(Values&&) noexcept = default;

const Plan& Values::plan() const { return *state->plan; }
const FactTable& Values::facts() const { return *state->facts; }
const Rows& Values::rows(LevelId level) const { return state->levels.rows(level); }
const Column& Values::column(NodeId node) const { return column_of(*state, node); }
std::int64_t Values::first_household() const { return state->first_household; }
int Values::set_words() const { return state->facts->set_words; }

TruthValue Values::truth(NodeId node, std::int32_t row) const {
  if (is_constant(*state, node)) return {state->node(node).k != 0, state->node(node).k == 0, false};
  const columnar::View view = view_of(*state, node);
  return {view.may_be(index_of(row), true), view.may_be(index_of(row), false), view.may_be_undefined(index_of(row))};
}

NumberValue Values::number(NodeId node, std::int32_t row) const {
  const PlanNode& of = state->node(node);
  if (is_constant(*state, node)) {
    const Number value = of.lane == Lane::i64 ? Number(of.low, of.denominator) : of.exact_low;
    return {value, value, false, true};
  }
  const columnar::View view = view_of(*state, node);
  const std::size_t at = index_of(row);
  NumberValue out{0, 0, view.may_be_undefined(at), view.may_be_defined(at)};
  if (!out.may_be_defined) return out;
  if (const std::int64_t over = columnar::denominator_of(of, view.column); over != 0) {
    out.low = Number(view.low(at), over);
    out.high = view.column.a == view.column.b ? out.low : Number(view.high(at), over);
  } else {
    out.low = state->exact.number(columnar::exact_low_of(view.column)[at]);
    out.high = view.column.a == view.column.b ? out.low : state->exact.number(columnar::exact_high_of(view.column)[at]);
  }
  return out;
}

std::optional<Values::Ends> Values::ends(NodeId node, std::int32_t row) const {
  const PlanNode& of = state->node(node);
  if (is_constant(*state, node)) return of.lane == Lane::i64 ? std::optional(Ends{of.low, of.low, of.denominator, false}) : std::nullopt;
  const columnar::View view = view_of(*state, node);
  const std::size_t at = index_of(row);
  const std::int64_t over = columnar::denominator_of(of, view.column);
  if (over == 0 || !view.may_be_defined(at)) return std::nullopt;
  return Ends{view.low(at), view.high(at), over, view.may_be_undefined(at)};
}

std::optional<std::pair<std::int64_t, std::int64_t>> Values::known_ratio(NodeId node, std::int32_t row) const {
  const PlanNode& of = state->node(node);
  if (is_constant(*state, node)) return of.lane == Lane::i64 ? std::optional(std::pair(of.low, of.denominator)) : std::nullopt;
  const columnar::View view = view_of(*state, node);
  const std::size_t at = index_of(row);
  if (view.may_be_undefined(at)) return std::nullopt;
  if (const std::int64_t over = columnar::denominator_of(of, view.column); over != 0)
    return view.low(at) == view.high(at) ? std::optional(std::pair(view.low(at), over)) : std::nullopt;
  if (view.column.a != view.column.b) return std::nullopt;
  const Exact& value = columnar::exact_low_of(view.column)[at];
  const auto top = static_cast<std::int64_t>(value.numerator);
  const auto bottom = static_cast<std::int64_t>(value.denominator);
  return bottom > 0 && top == value.numerator && bottom == value.denominator ? std::optional(std::pair(top, bottom)) : std::nullopt;
}

std::uint64_t Values::possible_words(NodeId node, std::int32_t row) const {
  return is_constant(*state, node) ? state->node(node).bits : columnar::words_of(column_of(*state, node))[index_of(row)];
}

bool Values::surely_in(NodeId node, std::int32_t row, int item) const {
  return !is_constant(*state, node) && columnar::bit_at(view_of(*state, node).sure(index_of(row)), static_cast<std::size_t>(item));
}

bool Values::possibly_in(NodeId node, std::int32_t row, int item) const {
  return !is_constant(*state, node) && columnar::bit_at(view_of(*state, node).maybe(index_of(row)), static_cast<std::size_t>(item));
}

bool Values::may_be_undefined(NodeId node, std::int32_t row) const { return view_of(*state, node).may_be_undefined(index_of(row)); }
bool Values::may_be_defined(NodeId node, std::int32_t row) const {
  return is_constant(*state, node) || view_of(*state, node).may_be_defined(index_of(row));
}

bool Values::is_settled(NodeId node, std::int32_t row) const {
  if (is_constant(*state, node)) return state->node(node).shape != Shape::code || std::has_single_bit(state->node(node).bits);
  const columnar::View view = view_of(*state, node);
  const std::size_t at = index_of(row);
  if (view.may_be_undefined(at)) return false;
  switch (view.shape) {
    case Shape::truth: return view.may_be(at, true) != view.may_be(at, false);
    case Shape::number:
      if (view.column.a == view.column.b) return true;
      if (columnar::denominator_of(state->node(node), view.column) != 0) return view.low(at) == view.high(at);
      return state->exact.equal(columnar::exact_low_of(view.column)[at], columnar::exact_high_of(view.column)[at]);
    case Shape::code: return std::has_single_bit(columnar::words_of(view.column)[at]);
    case Shape::set: return std::equal(view.sure(at), view.sure(at) + view.width, view.maybe(at));
  }
  return false;
}

}  // namespace duly
