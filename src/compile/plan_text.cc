// A plan as people read it: one node a line, then what it comes to.

#include <map>

#include "compile/plan_from_program.h"

namespace duly {
namespace {

std::string_view word(PlanOp op) {
  static constexpr std::string_view words[] = {"constant",
                                               "unknown",
                                               "undefined",
                                               "fact",
                                               "is absent",
                                               "list is complete",
                                               "stated or",
                                               "alias",
                                               "scale",
                                               "add",
                                               "subtract",
                                               "multiply",
                                               "negate",
                                               "absolute",
                                               "minimum",
                                               "maximum",
                                               "divide",
                                               "modulo",
                                               "round",
                                               "compare",
                                               "same code",
                                               "code in",
                                               "has word",
                                               "has word",
                                               "and",
                                               "or",
                                               "not",
                                               "choose",
                                               "look up",
                                               "look up absent",
                                               "lift",
                                               "sum",
                                               "count",
                                               "least",
                                               "greatest",
                                               "some",
                                               "add months",
                                               "months between",
                                               "years between",
                                               "year",
                                               "month number",
                                               "day",
                                               "weekday",
                                               "first day",
                                               "last day",
                                               "month of",
                                               "self",
                                               "everyone",
                                               "unit's people",
                                               "union",
                                               "intersect",
                                               "except",
                                               "compose",
                                               "set of rows",
                                               "is in set",
                                               "size",
                                               "join",
                                               "take out",
                                               "split",
                                               "make units",
                                               "is in unit",
                                               "unit is settled",
                                               "months of rows",
                                               "months from to",
                                               "months in a row",
                                               "has month",
                                               "running",
                                               "make spells",
                                               "spell field"};
  static_assert(std::size(words) == static_cast<std::size_t>(PlanOp::spell_field) + 1);
  return words[static_cast<std::size_t>(op)];
}

std::string_view symbol(Compare c) {
  static constexpr std::string_view symbols[] = {"=", "!=", "<", "<=", ">", ">="};
  return symbols[static_cast<std::size_t>(c)];
}

class PlanPrinter {
 public:
  explicit PlanPrinter(const Plan& plan) : plan_(plan), d_(*plan.program->declarations) {
    for (std::size_t t = 0; t < plan.program->terms.size(); ++t) {
      const Term& term = plan.program->terms[t];
      if (term.op == TermOp::rule && plan.node_of_term[t] != no_node)
        rule_of_[plan.node_of_term[t]] = d_.rules[static_cast<std::size_t>(term.index)].name;
    }
  }

  std::string print() {
    std::string out =
        d_.program.id + ", law from " + to_text(plan_.law_date) + (plan_.law_until == never ? "" : " until " + to_text(plan_.law_until)) + "\n\n";
    std::size_t operations = 0;
    std::size_t fractions = 0;
    std::size_t narrow = 0;
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
      const PlanNode& n = plan_.nodes[i];
      out += line(static_cast<NodeId>(i), n);
      const bool costs =
          n.op != PlanOp::constant && n.op != PlanOp::alias && n.op != PlanOp::fact && n.op != PlanOp::unknown && n.op != PlanOp::undefined;
      operations += costs ? 1 : 0;
      fractions += n.shape == Shape::number && n.lane == Lane::exact ? 1 : 0;
      narrow += n.is_narrow && n.op != PlanOp::fact ? 1 : 0;
    }
    out += "\n" + std::to_string(plan_.nodes.size()) + " nodes, " + std::to_string(operations) + " operations, " +
           std::to_string(plan_.tables.size()) + " tables, " + std::to_string(fractions) + " nodes computed as fractions, " + std::to_string(narrow) +
           " in lanes of 32 bits\n";
    return out;
  }

 private:
  std::string level(LevelId id) const {
    const Level& l = d_.levels[static_cast<std::size_t>(id)];
    switch (l.kind) {
      case LevelKind::pair: return "pair";
      case LevelKind::unit_person: return d_.levels[static_cast<std::size_t>(l.first)].one + " x person";
      case LevelKind::unit_record:
        return d_.levels[static_cast<std::size_t>(l.first)].one + " x " + d_.levels[static_cast<std::size_t>(l.second)].one;
      default: return l.one;
    }
  }

  std::string line(NodeId id, const PlanNode& n) const {
    std::string out = "n" + std::to_string(id);
    out += std::string(out.size() < 6 ? 6 - out.size() : 1, ' ') + std::string(word(n.op));
    if (n.op == PlanOp::compare) out += " " + std::string(symbol(n.comparison));
    if (n.op == PlanOp::fact || n.op == PlanOp::fact_absent) out += " " + d_.facts[static_cast<std::size_t>(n.index)].name;
    if (n.op == PlanOp::list_closed) out += " " + d_.records[static_cast<std::size_t>(n.index)].name;
    if (n.op == PlanOp::lookup || n.op == PlanOp::lookup_absent)
      out += " " + d_.parameters[static_cast<std::size_t>(plan_.tables[static_cast<std::size_t>(n.index)].parameter)].name;
    if (n.op == PlanOp::scale) out += " by " + std::to_string(n.k);
    if (n.op == PlanOp::round_to) out += " " + std::string(to_word(n.mode));
    for (const NodeId a : n.args) out += a == no_node ? " -" : " n" + std::to_string(a);
    out += "  [" + level(n.level) + "]";
    if (n.shape == Shape::number) {
      out += n.op == PlanOp::constant ? " " + to_text(n.exact_low) : " " + to_text(n.exact_low) + ".." + to_text(n.exact_high);
      out += n.lane == Lane::exact ? " as a fraction" : n.denominator == 1 ? "" : " over " + std::to_string(n.denominator);
    }
    if (n.op == PlanOp::constant && n.shape == Shape::truth) out += n.k != 0 ? " true" : " false";
    if (n.may_be_undefined) out += " may be undefined";
    if (const auto rule = rule_of_.find(id); rule != rule_of_.end()) out += "  = " + rule->second;
    return out + "\n";
  }

  const Plan& plan_;
  const Declarations& d_;
  std::map<NodeId, std::string> rule_of_;
};

}  // namespace

std::string to_text(const Plan& plan) { return PlanPrinter(plan).print(); }

}  // namespace duly
