#include "determine/compared_facts.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/at.h"
#include "base/date.h"
#include "compile/lookup_table.h"

namespace duly {
namespace {

Date day_of(const Number& n) { return Date{static_cast<std::int32_t>(floor_of(n))}; }

/// One step of a chain: from the value of argument `moving` to the value of `node`, the other argument being known.
struct Step {
  NodeId node;
  std::size_t moving;
  Number other;  ///< value of the other argument, where there is one
};

struct Chain {
  std::vector<Step> steps;  ///< from the comparison down
  NodeId fact = no_node;
};

class ChainReader {
 public:
  ChainReader(const Evaluated& e, const Cause& cause) : e_(e), cause_(cause) {}

  /// The chain from `node` in `row` down to the fact, if there is one.
  std::optional<Chain> follow(NodeId node, std::int32_t row) {
    Chain chain;
    for (;;) {
      const PlanNode& n = e_.r.node(node);
      if (n.op == PlanOp::fact) {
        if (n.index != cause_.index || row != cause_.row) return std::nullopt;
        chain.fact = node;
        return chain;
      }
      if (!is_monotone(n.op)) return std::nullopt;
      if (!add_step(node, row, chain)) return std::nullopt;
      const NodeId next = n.args[chain.steps.back().moving];
      row = row_of_arg(n, next, row);
      if (row < 0) return std::nullopt;
      node = next;
    }
  }

  [[nodiscard]] std::int32_t row_of_arg(const PlanNode& n, NodeId arg, std::int32_t row) const {
    const LevelId level = e_.r.node(arg).level;
    return n.op == PlanOp::lift ? e_.paths.lifted_from(n, level, row) : e_.paths.above(n.level, row, level);
  }

 private:
  static bool is_monotone(PlanOp op) {
    switch (op) {
      case PlanOp::alias:
      case PlanOp::scale:
      case PlanOp::lift:
      case PlanOp::add:
      case PlanOp::subtract:
      case PlanOp::multiply:
      case PlanOp::negate:
      case PlanOp::minimum:
      case PlanOp::maximum:
      case PlanOp::round_to:
      case PlanOp::add_months:
      case PlanOp::months_between:
      case PlanOp::years_between:
      case PlanOp::year_of:
      case PlanOp::first_day:
      case PlanOp::last_day:
      case PlanOp::month_of: return true;
      default: return false;
    }
  }

  /// False where more than one argument is open.
  bool add_step(NodeId id, std::int32_t row, Chain& chain) const {
    const PlanNode& n = e_.r.node(id);
    if (n.args.size() == 1) {
      chain.steps.push_back({id, 0, 0});
      return true;
    }
    for (std::size_t other = 0; other < 2 && n.args.size() == 2; ++other) {
      const std::int32_t its_row = std::max(row_of_arg(n, n.args[other], row), 0);
      if (e_.r.is_open(n.args[other], its_row) || e_.r.surely_undefined(n.args[other], its_row)) continue;
      chain.steps.push_back({id, 1 - other, e_.r.number(n.args[other], its_row).low});
      return true;
    }
    return false;
  }

  const Evaluated& e_;
  const Cause& cause_;
};

Number stepped(const Evaluated& e, const Step& step, const Number& x) {
  const PlanNode& n = e.r.node(step.node);
  const Number& first = step.moving == 0 ? x : step.other;
  const Number& second = step.moving == 0 ? step.other : x;
  const std::int64_t below = e.r.node(n.args[step.moving]).denominator;
  switch (n.op) {
    case PlanOp::alias: return n.lane == Lane::i64 && e.r.node(n.args[0]).lane == Lane::i64 ? Number(x * below / n.denominator) : x;
    case PlanOp::scale: return x * below * n.k / n.denominator;
    case PlanOp::add: return first + second;
    case PlanOp::subtract: return first - second;
    case PlanOp::multiply: return first * second;
    case PlanOp::negate: return -x;
    case PlanOp::minimum: return std::min(first, second);
    case PlanOp::maximum: return std::max(first, second);
    case PlanOp::round_to: return round_to(x * below * n.k / n.k2, 1, n.mode) * n.k3 / n.denominator;
    case PlanOp::add_months: return plus_months(day_of(first), static_cast<std::int64_t>(floor_of(second))).days;
    case PlanOp::months_between: return full_months_between(day_of(first), day_of(second));
    case PlanOp::years_between: return full_years_between(day_of(first), day_of(second));
    case PlanOp::year_of: return civil(day_of(x)).year;
    case PlanOp::first_day: return first_day_of(Month{day_of(x).days}).days;
    case PlanOp::last_day: return last_day_of(Month{day_of(x).days}).days;
    case PlanOp::month_of: return month_of(day_of(x)).index;
    default: return x;
  }
}

Number made_of(const Evaluated& e, const Chain& chain, std::int64_t x) {
  Number value(x, e.r.node(chain.fact).denominator);
  for (auto step = chain.steps.rbegin(); step != chain.steps.rend(); ++step) value = stepped(e, *step, value);
  return value;
}

/// The first x above `low` where `holds` is not what it is at `low`; nothing if it is the same up to `high`. `holds` changes once at most.
std::optional<std::int64_t> change_between(std::int64_t low, std::int64_t high, const std::function<bool(std::int64_t)>& holds) {
  const bool at_low = holds(low);
  if (holds(high) == at_low) return std::nullopt;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (holds(middle) == at_low ? low : high) = middle;
  }
  return high;
}

class Cuts {
 public:
  Cuts(const Evaluated& e, const Cause& cause, std::int64_t low, std::int64_t high)
      : e_(e), cause_(cause), reader_(e, cause), low_(low), high_(high) {}

  std::vector<std::int64_t> run() {
    begins_.push_back(low_);
    for (const NodeId n : e_.index.comparisons()) for_each_open_row(n, [&](std::int32_t row) { cut_at(e_.r.node(n), row); });
    if (e_.fact(cause_.index).type.base == Base::code)
      for (std::size_t n = 0; n < e_.r.plan().nodes.size(); ++n) {
        const PlanNode& node = e_.r.plan().nodes[n];
        if (node.op == PlanOp::lookup || node.op == PlanOp::lookup_absent)
          for_each_open_row(static_cast<NodeId>(n), [&](std::int32_t row) { cut_by_table(node, row); });
      }
    std::sort(begins_.begin(), begins_.end());
    begins_.erase(std::unique(begins_.begin(), begins_.end()), begins_.end());
    return std::move(begins_);
  }

 private:
  /// Rows of the household in which the node is open.
  template <class F>
  void for_each_open_row(NodeId n, F f) {
    const std::int32_t household = std::max(e_.paths.household(e_.fact(cause_.index).level, cause_.row), 0);
    const Rows& rows = e_.paths.rows(e_.r.node(n).level);
    if (rows.begin == nullptr) return;
    for (std::int32_t row = rows.begin[household]; row < rows.begin[household + 1]; ++row)
      if (e_.r.is_open(n, row)) f(row);
  }

  /// A table of which the word is a key, whatever the other keys may be.
  void cut_by_table(const PlanNode& lookup, std::int32_t row) {
    const LookupTable& table = e_.r.plan().tables[at(lookup.index)];
    for (std::size_t k = 0; k < lookup.args.size(); ++k) {
      const std::int32_t key_row = reader_.row_of_arg(lookup, lookup.args[k], row);
      const auto chain = key_row < 0 ? std::nullopt : reader_.follow(lookup.args[k], key_row);
      const auto keeps_words = [&](const Step& step) { return e_.r.node(step.node).op == PlanOp::alias || e_.r.node(step.node).op == PlanOp::lift; };
      if (!chain || !std::all_of(chain->steps.begin(), chain->steps.end(), keeps_words)) continue;
      const std::vector<std::size_t> firsts = cells_of_other_keys(lookup, table, row, k);
      for (const std::int64_t place : e_.index.changes_along(lookup.index, k)) {
        const std::int64_t x = place + table.key_offset[k];
        if (x > low_ && x <= high_ && !is_same_for(table, firsts, k, place)) begins_.push_back(x);
      }
    }
  }

  [[nodiscard]] static std::size_t stride_of(const LookupTable& table, std::size_t key) {
    std::size_t stride = 1;
    for (std::size_t i = key + 1; i < table.extents.size(); ++i) stride *= at(table.extents[i]);
    return stride;
  }

  /// The cells that the other keys may mean, with the first place of key `k`.
  [[nodiscard]] std::vector<std::size_t> cells_of_other_keys(const PlanNode& lookup, const LookupTable& table, std::int32_t row,
                                                             std::size_t k) const {
    std::vector<std::size_t> cells{0};
    for (std::size_t i = 0; i < lookup.args.size(); ++i) {
      if (i == k) continue;
      std::vector<std::size_t> next;
      for (const std::size_t cell : cells)
        for (const std::size_t place : places_of_key(e_, lookup, i, row)) next.push_back(cell + place * stride_of(table, i));
      cells = std::move(next);
    }
    return cells;
  }

  /// Whether the table holds the same in a place of key `k` as in the place before.
  [[nodiscard]] static bool is_same_for(const LookupTable& table, const std::vector<std::size_t>& firsts, std::size_t k, std::int64_t place) {
    const std::size_t stride = stride_of(table, k);
    return std::all_of(firsts.begin(), firsts.end(),
                       [&](std::size_t first) { return hold_the_same(table, first + at(place - 1) * stride, first + at(place) * stride); });
  }

  void cut_at(const PlanNode& compare, std::int32_t row) {
    for (std::size_t side = 0; side < 2; ++side) {
      const NodeId other = compare.args[1 - side];
      const std::int32_t other_row = std::max(reader_.row_of_arg(compare, other, row), 0);
      if (e_.r.is_open(other, other_row)) continue;
      const NodeId arg = compare.args[side];
      const std::int32_t arg_row = reader_.row_of_arg(compare, arg, row);
      const auto chain = arg_row < 0 ? std::nullopt : reader_.follow(arg, arg_row);
      if (!chain) continue;
      const NumberValue limit = e_.r.number(other, other_row);
      if (!limit.may_be_defined) continue;
      const auto note = [&](const std::function<bool(std::int64_t)>& holds) {
        if (const auto change = change_between(low_, high_, holds)) begins_.push_back(*change);
      };
      note([&](std::int64_t x) { return made_of(e_, *chain, x) >= limit.low; });
      note([&](std::int64_t x) { return made_of(e_, *chain, x) > limit.low; });
    }
  }

  const Evaluated& e_;
  const Cause& cause_;
  ChainReader reader_;
  std::int64_t low_, high_;
  std::vector<std::int64_t> begins_;
};

}  // namespace

std::vector<std::int64_t> pieces_of(const Evaluated& e, const Cause& number, std::int64_t low, std::int64_t high) {
  return Cuts(e, number, low, high).run();
}

}  // namespace duly
