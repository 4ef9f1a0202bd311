#include "determine/undefined.h"

#include <algorithm>

#include "base/at.h"
#include "base/text.h"
#include "determine/terms_at.h"

namespace duly {
namespace {

class Search {
 public:
  Search(const Evaluated& e, const Labels& labels) : e_(e), labels_(labels) {}

  Diagnostic run(NodeId node, std::int32_t row) {
    Part here{node, row, whole_set};
    note_rule(here);
    std::vector<Part> parts;
    for (bool deeper = true; deeper;) {
      deeper = false;
      parts.clear();
      e_.parts.add_parts(here, parts);
      for (const Part& part : parts) {
        if (!e_.r.surely_undefined(part.node, part.row) || !seen_.add(part)) continue;
        here = part;
        note_rule(here);
        deeper = true;
        break;
      }
    }
    return told(here);
  }

 private:
  void note_rule(const Part& part) {
    if (const RuleId rule = e_.index.rule_of(part.node); rule >= 0) rule_ = rule;
  }

  /// The rule in whose text the node was written, else the last that was passed.
  [[nodiscard]] RuleId rule_around(const PlanNode& node) const {
    if (node.origin == no_term) return rule_;
    const Span& span = e_.r.term(node.origin).span;
    const auto& rules = e_.declarations().rules;
    const auto holds = [&](const Rule& rule) {
      return span.source && rule.span.source == span.source && rule.span.begin <= span.begin && span.end <= rule.span.end;
    };
    const auto found = std::find_if(rules.begin(), rules.end(), holds);
    return found == rules.end() ? rule_ : static_cast<RuleId>(found - rules.begin());
  }

  Diagnostic told(const Part& root) const {
    const PlanNode& node = e_.r.node(root.node);
    Code code = Code::none_used;
    std::string message;
    std::string help;
    switch (node.op) {
      case PlanOp::divide:
      case PlanOp::modulo:
        code = Code::division_by_zero;
        message = "a division by zero was needed";
        help = "say in the rule what holds where the divisor is 0";
        break;
      case PlanOp::lookup:
      case PlanOp::lookup_absent: return told_of_table(root, node);
      case PlanOp::months_from_rows:
        code = Code::outside_window;
        message = "a month lies outside the window in which months are counted";
        help = "a month after the benefit month, or too long before it, cannot be counted: correct the record";
        break;
      case PlanOp::fact:
        message = "`" + e_.fact(node.index).name + "` is `" + absent_word(e_.fact(node.index).type) + "` and was used as a value";
        help = "ask in the rule whether there is one before it is used";
        break;
      case PlanOp::least:
      case PlanOp::greatest:
        message = "the least or greatest of a list that is empty was needed";
        help = "say with `if none` what holds then";
        break;
      case PlanOp::undefined:
        if (node.origin != no_term && e_.r.term(node.origin).index == broken_bound_constant) return told_of_bound(root, e_.r.term(node.origin));
        if (is_table_without_row(node)) {
          code = Code::no_row;
          message = "no row of the decision table fits";
          help = "add a row for these values";
          break;
        }
        [[fallthrough]];
      default: message = "`none` was used as a value"; help = "say in the rule what holds where there is none";
    }
    return at_rule(code, root, std::move(message), std::move(help));
  }

  Diagnostic told_of_bound(const Part& root, const Term& broken) const {
    const Rule& rule = e_.rule(broken.words[0]);
    const Bound& bound = rule.bounds[at(broken.words[1])];
    std::string message = "`" + rule.name + "` is ";
    for (const CheckedBound& checked : e_.r.plan().program->bounds) {
      if (checked.rule != broken.words[0] || checked.bound != broken.words[1]) continue;
      message += value_at(e_, checked.value, rule.level, root.row, labels_.people()).text +
                 (bound.is_highest ? ", and may never be more than " : ", and may never be less than ") +
                 value_at(e_, checked.limit, rule.level, root.row, labels_.people()).text;
    }
    Diagnostic out = at_rule(Code::bound_broken, root, std::move(message), "the bound is set by " + bound.cite + "; correct the pack's rule");
    out.rule = rule.name;
    out.cite = rule.cite;
    return out;
  }

  static std::string absent_word(const Type& type) { return type.absent.empty() ? "none" : type.absent; }

  [[nodiscard]] bool is_table_without_row(const PlanNode& node) const {
    const RuleId rule = rule_around(node);
    return rule >= 0 && e_.index.body(rule).kind == Body::Kind::table;
  }

  Diagnostic told_of_table(const Part& root, const PlanNode& node) const {
    const Parameter& parameter = e_.declarations().parameters[at(e_.r.plan().tables[at(node.index)].parameter)];
    std::vector<std::string> keys;
    for (std::size_t k = 0; k < parameter.keys.size() && k < node.args.size(); ++k) {
      const std::int32_t row = std::max(e_.paths.above(node.level, root.row, e_.r.node(node.args[k]).level), 0);
      keys.push_back(parameter.keys[k].name + " = " + key_text(parameter.keys[k], node.args[k], row));
    }
    const auto cells = cells_of(e_, node, root.row);
    const LookupTable& table = e_.r.plan().tables[at(node.index)];
    const bool absent = std::any_of(cells.begin(), cells.end(), [&](std::size_t cell) { return table.state[cell] == LookupTable::absent; });
    const std::string where = keys.empty() ? "" : " for " + join_words(keys);
    if (absent)
      return at_rule(Code::none_used, root, "`" + parameter.name + "` is `" + absent_word(parameter.type) + "`" + where + " and was used as a value",
                     "ask in the rule whether there is one before it is used");
    const Date day = e_.r.plan().law_date;
    if (std::none_of(parameter.rows.begin(), parameter.rows.end(), [&](const ParameterRow& row) { return row.from <= day && day < row.until; }))
      return at_rule(Code::no_row, root, "no value of `" + parameter.name + "` is law on " + to_text(day),
                     "add the value of that time with its source, or say `not known`");
    return at_rule(Code::no_row, root, "no row of `" + parameter.name + "` serves" + (where.empty() ? " this day" : where.substr(4)),
                   "add the row with its source, or say `not known`");
  }

  [[nodiscard]] std::string key_text(const ParameterKey& key, NodeId node, std::int32_t row) const {
    Type type;
    type.base = key.list >= 0 ? Base::code : key.is_month ? Base::month : Base::number;
    type.list = key.list;
    const Value value = e_.r.value(node, row, type, labels_.people());
    return value.kind == Value::Kind::unknown ? "unknown" : value.text;
  }

  Diagnostic at_rule(Code code, const Part& root, std::string message, std::string help) const {
    const PlanNode& node = e_.r.node(root.node);
    Diagnostic out{.code = code};
    if (node.origin != no_term && e_.r.term(node.origin).span.source) out = diagnostic_at(code, e_.r.term(node.origin).span, "", "");
    out.message = std::move(message);
    if (const std::string of = labels_.of(node.level, root.row); !of.empty()) out.message += " (`" + of + "`)";
    out.help = std::move(help);
    if (const RuleId rule = rule_around(node); rule >= 0) {
      out.rule = e_.rule(rule).name;
      out.cite = e_.rule(rule).cite;
    }
    return out;
  }

  const Evaluated& e_;
  const Labels& labels_;
  RuleId rule_ = -1;
  Seen seen_;
};

}  // namespace

Diagnostic undefined_value(const Evaluated& e, const Labels& labels, NodeId node, std::int32_t row) { return Search(e, labels).run(node, row); }

}  // namespace duly
