// Rows folded into one value, sets, units, spells and values that run over rows.

#include <algorithm>

#include "compile/compiler.h"

namespace duly {

NodeId Compiler::folded(TermId id, const Term& t) {
  const bool has_value = t.op == TermOp::sum || t.op == TermOp::least || t.op == TermOp::greatest;
  const std::size_t included_at = has_value ? 1 : 0;
  std::vector<NodeId> args;
  const LevelId row_level = term_at(t.args[included_at]).level;
  ready(row_level);
  if (has_value) args.push_back(number_on(t.args[0], row_level));
  args.push_back(b_.lifted(on_level(t.args[included_at]), row_level, Via::parent, id));
  const TermId closed_term = t.args.size() > included_at + 1 ? t.args[included_at + 1] : no_term;
  const auto closed = [&] { return on_level(closed_term); };
  const PlanOp op = t.op == TermOp::sum        ? PlanOp::sum
                    : t.op == TermOp::count    ? PlanOp::count
                    : t.op == TermOp::least    ? PlanOp::least
                    : t.op == TermOp::greatest ? PlanOp::greatest
                                               : PlanOp::some;
  PlanNode n = base(op, t, id, args);
  n.index = row_level;
  if (op == PlanOp::some) {
    NodeId out = b_.add(std::move(n));
    if (closed_term == no_term) return out;
    const NodeId rest =
        b_.logical(PlanOp::logical_and, {b_.logical(PlanOp::logical_not, {closed()}, t.level, id), b_.unknown_truth(t.level, id)}, t.level, id);
    return b_.logical(PlanOp::logical_or, {out, rest}, t.level, id);
  }
  n.shape = Shape::number;
  if (op == PlanOp::least || op == PlanOp::greatest) {
    const PlanNode value = b_.at(args[0]);
    n.exact_low = value.exact_low;
    n.exact_high = value.exact_high;
    n.denominator = value.denominator;
    n.may_be_undefined = true;  // of no row
    const NodeId out = add_like(std::move(n), value);
    if (closed_term == no_term) return out;
    // Records nobody named can only make a least value smaller and a greatest one larger.
    const NodeId anything = b_.unknown_number(value.exact_low, value.exact_high, t.level, id);
    PlanNode has = base(PlanOp::some, t, id, {args[1]});
    has.shape = Shape::truth;
    has.index = row_level;
    const NodeId bounded = b_.least_or_greatest(op == PlanOp::least ? PlanOp::minimum : PlanOp::maximum, out, anything, t.level, id);
    const NodeId perhaps = b_.chosen(b_.unknown_truth(t.level, id), out, anything, t.level, id);
    const NodeId open = b_.chosen(b_.add(std::move(has)), bounded, perhaps, t.level, id);
    return b_.chosen(closed(), out, open, t.level, id);
  }
  Number low = 0;
  Number high = 1;
  PlanNode value;
  if (op == PlanOp::sum) {
    value = b_.at(args[0]);
    low = std::min(Number(0), value.exact_low);
    high = std::max(Number(0), value.exact_high);
    n.denominator = value.denominator;
  }
  n.exact_low = low * most_rows_below;
  n.exact_high = high * most_rows_below;
  const NodeId out = op == PlanOp::sum ? add_like(std::move(n), value) : b_.add(std::move(n));
  if (closed_term == no_term) return out;
  const NodeId zero = b_.number_constant(0, id);
  const NodeId rest = b_.chosen(closed(), zero, b_.unknown_number(low * most_rows_below, high * most_rows_below, t.level, id), t.level, id);
  return b_.sum_of(out, rest, false, t.level, id);
}

NodeId Compiler::rows(TermId id, const Term& t) {
  std::vector<NodeId> args;
  for (const TermId a : t.args) args.push_back(a == no_term ? no_node : on_level(a));
  switch (t.op) {
    case TermOp::set_size: {
      PlanNode n = base(PlanOp::set_size, t, id, args);
      n.shape = Shape::number;
      n.exact_high = most_rows_below;
      return b_.add(std::move(n));
    }
    case TermOp::months_run: {
      PlanNode n = base(PlanOp::months_run, t, id, args);
      n.shape = Shape::number;
      n.exact_high = 64 * n.words;
      return b_.add(std::move(n));
    }
    case TermOp::months_from_rows: {
      PlanNode n = base(PlanOp::months_from_rows, t, id, {args[0], args[1], benefit_month()});
      n.index = term_at(t.args[1]).level;
      n.k = static_cast<std::int64_t>(numerator(t.number));
      n.words = static_cast<int>((n.k + 64) / 64);
      const std::int64_t window = n.k;
      const int words = n.words;
      n.may_be_undefined = true;  // of a month outside the window
      const NodeId out = b_.add(std::move(n));
      if (args.size() < 3) return out;
      PlanNode none = base(PlanOp::constant, t, id, {});
      PlanNode open = base(PlanOp::unknown, t, id, {});
      none.index = open.index = -1;
      open.k = window;
      none.words = open.words = words;
      const NodeId rest = b_.chosen(args[2], b_.add(std::move(none)), b_.add(std::move(open)), t.level, id);
      PlanNode both = base(PlanOp::set_union, t, id, {out, rest});
      both.index = -1;
      return b_.add(std::move(both));
    }
    case TermOp::months_between_bounds:
    case TermOp::has_month: {
      args.push_back(benefit_month());
      return b_.add(base(plan_op(t.op), t, id, args));
    }
    case TermOp::set_from_rows: {
      PlanNode n = base(PlanOp::set_from_rows, t, id, args);
      n.index = term_at(t.args[0]).level;
      return b_.add(std::move(n));
    }
    case TermOp::running: return running(id, t, args);
    case TermOp::make_spells: {
      PlanNode n = base(PlanOp::make_spells, t, id, args);
      n.shape = Shape::truth;
      n.k = t.words[0];
      n.k2 = t.words[1];
      n.may_be_undefined = false;
      return b_.add(std::move(n));
    }
    case TermOp::spell_field: {
      PlanNode n = base(PlanOp::spell_field, t, id, {});
      if (t.index != 3) {
        n.shape = Shape::number;
        whole_range(n, t.type);
        if (t.index == 2) n.exact_low = 0, n.exact_high = last_date.days - first_date.days;
      }
      const NodeId field = b_.add(std::move(n));
      return t.index == 1 ? b_.sum_of(field, b_.number_constant(1, id), true, t.level, id) : field;
    }
    case TermOp::unit_settled:
    case TermOp::in_unit:
    case TermOp::unit_people: {
      ready(t.index);
      PlanNode n = base(plan_op(t.op), t, id, {});
      if (const TermId maker = p_.level_maker[static_cast<std::size_t>(t.index)]; maker != no_term)
        n.may_be_undefined = b_.at(node(maker)).may_be_undefined;
      return b_.add(std::move(n));
    }
    default: {
      PlanNode n = base(plan_op(t.op), t, id, args);
      return b_.add(std::move(n));
    }
  }
}

NodeId Compiler::benefit_month() {
  const FactId month = d_.request_facts.at("benefit_month");
  PlanNode n;
  n.op = PlanOp::fact;
  n.shape = Shape::number;
  n.index = month;
  n.exact_low = fact_at(month).low;
  n.exact_high = fact_at(month).high;
  return b_.add(std::move(n));
}

NodeId Compiler::running(TermId id, const Term& t, std::vector<NodeId> args) {
  PlanNode n = base(PlanOp::running, t, id, {});
  n.shape = Shape::number;
  n.may_be_undefined = std::any_of(args.begin(), args.end(), [&](NodeId a) { return a != no_node && b_.at(a).may_be_undefined; });
  // Start, step and limits over one denominator; keys as they are.
  BigInt common = 1;
  bool integers = true;
  for (std::size_t i = 1; i < 5; ++i) {
    if (args[i] == no_node) continue;
    integers = integers && b_.at(args[i]).lane == Lane::i64;
    common = boost::multiprecision::lcm(common, BigInt(b_.at(args[i]).denominator));
  }
  const PlanNode start = b_.at(args[1]);
  const PlanNode step = b_.at(args[2]);
  n.exact_low = start.exact_low + std::min(Number(0), step.exact_low) * most_rows_below;
  n.exact_high = start.exact_high + std::max(Number(0), step.exact_high) * most_rows_below;
  if (args[3] != no_node)
    n.exact_low = std::min(n.exact_low, b_.at(args[3]).exact_low), n.exact_high = std::max(n.exact_high, b_.at(args[3]).exact_high);
  if (args[4] != no_node)
    n.exact_low = std::min(n.exact_low, b_.at(args[4]).exact_low), n.exact_high = std::max(n.exact_high, b_.at(args[4]).exact_high);
  const auto denominator = to_int64(common);
  if (integers && denominator) {
    n.denominator = *denominator;
    for (std::size_t i = 1; i < 5; ++i) {
      if (args[i] == no_node) continue;
      const NodeId aligned = b_.over(args[i], *denominator);
      integers = integers && aligned != no_node;
      if (aligned != no_node) args[i] = aligned;
    }
  }
  n.args = args;
  return integers && denominator ? b_.add(std::move(n)) : b_.add_exact(std::move(n));
}

}  // namespace duly
