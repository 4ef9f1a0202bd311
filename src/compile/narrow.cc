#include "compile/narrow.h"

#include <algorithm>
#include <limits>

namespace duly {
namespace {

/// The least integer is left out, so that what is negated fits too.
constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

bool fits(std::int64_t low, std::int64_t high) { return low >= -most && high <= most; }

class NarrowLanes {
 public:
  explicit NarrowLanes(Plan& plan) : plan_(plan) {}

  void choose() {
    for (PlanNode& node : plan_.nodes) node.is_narrow = node.op == PlanOp::fact && fits(node);
    choose_operations();
    leave_facts_wide();
    choose_operations();
  }

 private:
  [[nodiscard]] const PlanNode& at(NodeId id) const { return plan_.nodes[static_cast<std::size_t>(id)]; }
  static bool is_integer(const PlanNode& node) { return node.shape == Shape::number && node.lane == Lane::i64; }
  static bool fits(const PlanNode& node) { return is_integer(node) && duly::fits(node.low, node.high); }

  /// Facts are known to be narrow or not; every other node follows from its operands.
  void choose_operations() {
    for (PlanNode& node : plan_.nodes)
      if (node.op != PlanOp::fact) node.is_narrow = is_possible(node) && pays_off(node);
  }

  /// The numbers that an operation computes with.
  [[nodiscard]] std::vector<NodeId> operands_of(const PlanNode& node) const {
    std::vector<NodeId> out;
    for (const NodeId arg : node.args)
      if (arg != no_node && at(arg).shape == Shape::number) out.push_back(arg);
    return out;
  }
  [[nodiscard]] bool operands_fit(const PlanNode& node) const {
    const std::vector<NodeId> operands = operands_of(node);
    return std::all_of(operands.begin(), operands.end(), [&](NodeId arg) { return fits(at(arg)); });
  }

  [[nodiscard]] bool is_possible(const PlanNode& node) const {
    switch (node.op) {
      case PlanOp::scale:
      case PlanOp::negate:
      case PlanOp::absolute:
      case PlanOp::add:
      case PlanOp::subtract:
      case PlanOp::multiply:
      case PlanOp::minimum:
      case PlanOp::maximum:
      case PlanOp::choose: return fits(node) && operands_fit(node);
      case PlanOp::round_to: return fits(node) && node.is_small && operands_fit(node);
      case PlanOp::compare: return operands_fit(node) && at(node.args[0]).denominator == at(node.args[1]).denominator;
      case PlanOp::lookup: return fits(node) && is_small_table(node);
      default: return false;
    }
  }

  /// One number as its key, which is no constant, and every cell in reach one value over the denominator of the node.
  [[nodiscard]] bool is_small_table(const PlanNode& node) const {
    const LookupTable& table = plan_.tables[static_cast<std::size_t>(node.index)];
    if (!node.is_small || table.shape != Shape::number || node.args.size() != 1 || table.denominator != node.denominator) return false;
    const PlanNode& key = at(node.args[0]);
    const std::int64_t offset = table.key_offset[0];
    return key.op != PlanOp::constant && fits(key) && key.denominator <= most && duly::fits(offset, offset);
  }

  /// Whether at most as many operands come from other lanes as from narrow ones. One that is lifted, or is another's alias, comes from the lane of that.
  [[nodiscard]] bool pays_off(const PlanNode& node) const {
    int narrow = 0;
    int wide = 0;
    for (const NodeId arg : operands_of(node))
      if (at(arg).op != PlanOp::constant && at(arg).op != PlanOp::undefined) ++(is_made_narrow(arg) ? narrow : wide);
    return narrow > 0 ? narrow >= wide : wide == 0;
  }
  [[nodiscard]] bool is_made_narrow(NodeId id) const {
    while (at(id).op == PlanOp::alias || at(id).op == PlanOp::lift) id = at(id).args[0];
    return at(id).is_narrow;
  }

  /// A fact stands in the table in lanes of 64 bits: it is made narrow where more operations read it so than otherwise.
  void leave_facts_wide() {
    std::vector<int> gain(plan_.nodes.size(), 0);
    for (const PlanNode& node : plan_.nodes)
      for (const NodeId arg : operands_of(node)) {
        const bool passes_on = node.op == PlanOp::alias || node.op == PlanOp::lift;
        if (!passes_on) gain[static_cast<std::size_t>(arg)] += node.is_narrow ? 1 : -1;
      }
    for (std::size_t id = plan_.nodes.size(); id-- > 0;) {
      PlanNode& node = plan_.nodes[id];
      if (node.op == PlanOp::alias || node.op == PlanOp::lift)
        for (const NodeId arg : operands_of(node)) gain[static_cast<std::size_t>(arg)] += gain[id];
      if (node.op == PlanOp::fact) node.is_narrow = node.is_narrow && gain[id] > 0;
    }
  }

  Plan& plan_;
};

}  // namespace

void choose_narrow_lanes(Plan& plan) { NarrowLanes(plan).choose(); }

}  // namespace duly
