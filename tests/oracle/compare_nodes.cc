#include "oracle/compare_nodes.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace duly::oracle {
namespace {

constexpr int most_examples = 3;

constexpr std::array<std::string_view, 64> op_names{"constant",
                                                    "fact",
                                                    "fact_absent",
                                                    "rule",
                                                    "lookup",
                                                    "lookup_absent",
                                                    "by_law",
                                                    "law_at_least",
                                                    "add",
                                                    "subtract",
                                                    "multiply",
                                                    "divide",
                                                    "negate",
                                                    "absolute",
                                                    "modulo",
                                                    "minimum",
                                                    "maximum",
                                                    "round",
                                                    "add_months",
                                                    "months_between",
                                                    "years_between",
                                                    "year_of",
                                                    "month_number",
                                                    "day_of",
                                                    "weekday_of",
                                                    "first_day",
                                                    "last_day",
                                                    "month_of",
                                                    "compare",
                                                    "code_equal",
                                                    "code_in",
                                                    "has_word",
                                                    "logical_and",
                                                    "logical_or",
                                                    "logical_not",
                                                    "choose",
                                                    "lift",
                                                    "sum",
                                                    "count",
                                                    "least",
                                                    "greatest",
                                                    "some",
                                                    "list_closed",
                                                    "self_set",
                                                    "everyone",
                                                    "unit_people",
                                                    "set_union",
                                                    "set_intersect",
                                                    "set_except",
                                                    "compose",
                                                    "set_from_rows",
                                                    "in_set",
                                                    "set_size",
                                                    "closure",
                                                    "outside",
                                                    "split",
                                                    "make_units",
                                                    "in_unit",
                                                    "unit_settled",
                                                    "months_from_rows",
                                                    "months_between_bounds",
                                                    "months_run",
                                                    "has_month",
                                                    "running"};

std::string name_of(TermOp op) {
  const auto i = static_cast<std::size_t>(op);
  return i < op_names.size() ? std::string(op_names[i]) : op == TermOp::make_spells ? "make_spells" : "spell_field";
}

std::string flags(bool undefined, bool defined) { return !defined ? " undefined" : undefined ? " or undefined" : ""; }

std::string shown(const Truth& v) { return std::string(v.yes ? " yes" : "") + (v.no ? " no" : "") + (v.undefined ? " undefined" : ""); }
std::string shown(const Range& v) {
  return (v.defined ? " " + to_text(v.low) + (v.known() ? "" : ".." + to_text(v.high)) : "") + flags(v.undefined, v.defined);
}
std::string shown(const Words& v) {
  std::string out;
  for (int w = 0; v.defined && w < 64; ++w)
    if ((v.possible >> w & 1U) != 0) out += " " + std::to_string(w);
  return out + flags(v.undefined, v.defined);
}
std::string shown(const Set& v) {
  std::string out = " {";
  for (std::size_t i = 0; i < v.possible.size(); ++i)
    if (v.possible[i] || v.sure[i]) out += " " + std::to_string(i) + (v.sure[i] ? "" : "?");
  return (v.defined ? out + " }" : "") + flags(v.undefined, v.defined);
}

bool same(const Truth& a, const Truth& b) { return a == b; }
bool same(const Range& a, const Range& b) {
  return a.undefined == b.undefined && a.defined == b.defined && (!a.defined || (a.low == b.low && a.high == b.high));
}
bool same(const Words& a, const Words& b) { return a.undefined == b.undefined && a.defined == b.defined && (!a.defined || a.possible == b.possible); }
bool same(const Set& a, const Set& b) {
  return a.undefined == b.undefined && a.defined == b.defined && (!a.defined || (a.sure == b.sure && a.possible == b.possible));
}

/// One household of the tile, on both sides.
class HouseholdComparison {
 public:
  HouseholdComparison(Oracle& oracle, const Values& values, std::int32_t household, Differences& found)
      : oracle_(oracle), values_(values), program_(*values.plan().program), household_(household), found_(found) {}

  void compare() {
    for (TermId id = 0; id < static_cast<TermId>(program_.terms.size()); ++id) {
      const NodeId node = values_.plan().node_of_term[static_cast<std::size_t>(id)];
      const Term& term = program_.terms[static_cast<std::size_t>(id)];
      if (node == no_node || term.op == TermOp::make_spells) continue;  // the rows that are made are compared, their maker has no value
      if (!same_rows(id, term) || !same_values(id, term, node)) return;
    }
  }

 private:
  [[nodiscard]] const Declarations& declarations() const { return *program_.declarations; }

  [[nodiscard]] std::int32_t rows_before(LevelId level) const { return level == world_level ? 0 : values_.rows(level).begin[household_]; }
  [[nodiscard]] std::int32_t rows_of(LevelId level) const {
    return level == world_level ? 1 : values_.rows(level).begin[household_ + 1] - values_.rows(level).begin[household_];
  }

  bool same_rows(TermId id, const Term& term) {
    const int wanted = oracle_.rows(term.level);
    if (wanted == rows_of(term.level)) return true;
    tell(id, "the oracle has " + std::to_string(wanted) + " rows, the engine " + std::to_string(rows_of(term.level)) + arguments(term));
    return false;
  }

  /// The engine's row for a row of the oracle. A node may stand on an ancestor's level where its value is the same for all rows below.
  std::int32_t engine_row(const Term& term, LevelId node_level, int row) {
    return rows_before(node_level) + oracle_.row_above(term.level, row, node_level);
  }

  bool same_values(TermId id, const Term& term, NodeId node) {
    const LevelId level = values_.plan().nodes[static_cast<std::size_t>(node)].level;
    return std::visit(
        [&](const auto& expected) {
          for (int row = 0; row < static_cast<int>(expected.size()); ++row) {
            ++found_.values_compared;
            const auto& mine = expected[static_cast<std::size_t>(row)];
            const auto theirs = read(mine, term, node, engine_row(term, level, row));
            if (same(mine, theirs)) continue;
            tell(id, "row " + std::to_string(row) + ": the oracle has" + shown(mine) + ", the engine" + shown(theirs) + arguments(term));
            return false;
          }
          return true;
        },
        oracle_.of(id));
  }

  Truth read(const Truth& /*shape*/, const Term& /*term*/, NodeId node, std::int32_t row) const {
    const TruthValue v = values_.truth(node, row);
    return {v.may_be_true, v.may_be_false, v.may_be_undefined};
  }
  Range read(const Range& /*shape*/, const Term& /*term*/, NodeId node, std::int32_t row) const {
    NumberValue v = values_.number(node, row);
    return {std::move(v.low), std::move(v.high), v.may_be_undefined, v.may_be_defined};
  }
  Words read(const Words& /*shape*/, const Term& /*term*/, NodeId node, std::int32_t row) const {
    return {values_.possible_words(node, row), values_.may_be_undefined(node, row), values_.may_be_defined(node, row)};
  }
  Set read(const Set& /*shape*/, const Term& term, NodeId node, std::int32_t row) {
    Set out{{}, {}, values_.may_be_undefined(node, row), values_.may_be_defined(node, row)};
    const int items = term.type.base == Base::people  ? oracle_.rows(person_level)
                      : term.type.base == Base::codes ? static_cast<int>(declarations().lists[static_cast<std::size_t>(term.type.list)].words.size())
                                                      : 64 * values_.plan().nodes[static_cast<std::size_t>(node)].words;
    for (int item = 0; item < items; ++item) {
      out.sure[static_cast<std::size_t>(item)] = values_.surely_in(node, row, item);
      out.possible[static_cast<std::size_t>(item)] = values_.possibly_in(node, row, item);
    }
    return out;
  }

  /// What the oracle has for the arguments of the term, and of the one that makes its rows.
  std::string arguments(const Term& term) {
    constexpr std::size_t most_rows_shown = 12;
    std::string out;
    std::vector<TermId> shown_terms = term.args;
    for (const LevelId level : {term.level, term.op == TermOp::in_unit ? term.index : household_level})
      if (const TermId maker = program_.level_maker[static_cast<std::size_t>(level)]; maker != no_term)
        shown_terms.insert(shown_terms.end(), program_.terms[static_cast<std::size_t>(maker)].args.begin(),
                           program_.terms[static_cast<std::size_t>(maker)].args.end());
    for (const TermId argument : shown_terms) {
      if (argument == no_term) continue;
      out += "\n    term " + std::to_string(argument) + ":";
      std::visit(
          [&](const auto& values) {
            for (std::size_t row = 0; row < std::min(values.size(), most_rows_shown); ++row) out += (row == 0 ? "" : " |") + shown(values[row]);
            if (values.size() > most_rows_shown) out += " | …";
          },
          oracle_.of(argument));
    }
    return out;
  }

  void tell(TermId id, const std::string& what) {
    Differences::OfTerm& of = found_.terms[id];
    if (++of.households > most_examples) return;
    const Term& term = program_.terms[static_cast<std::size_t>(id)];
    const Level& level = declarations().levels[static_cast<std::size_t>(term.level)];
    std::ostringstream out;
    out << "term " << id << " " << name_of(term.op) << " of level " << term.level << " (" << level.one << ")";
    if (!term.args.empty()) out << ", its arguments";
    for (const TermId a : term.args) out << " " << a;
    if (term.span.source) out << "\n    `" << text_of(term.span).substr(0, 160) << "`";
    out << "\n    household " << household_ << " of the tile at " << values_.first_household() << ", " << what;
    of.examples.push_back(out.str());
  }

  Oracle& oracle_;
  const Values& values_;
  const CheckedProgram& program_;
  std::int32_t household_;
  Differences& found_;
};

}  // namespace

void compare_tile(Oracle& oracle, const Values& values, Differences& found) {
  const std::int32_t households = values.rows(household_level).count;
  for (std::int32_t h = 0; h < households; ++h) {
    const HouseholdFacts facts(*values.plan().program->declarations, values.facts(), values.first_household() + h);
    oracle.look_at(facts);
    HouseholdComparison(oracle, values, h, found).compare();
  }
}

std::string report(const CheckedProgram& program, const Differences& differences) {
  std::string out;
  for (const auto& [id, of] : differences.terms) {
    out += "in " + program.declarations->program.id + ", " + std::to_string(of.households) + " households:\n";
    for (const std::string& example : of.examples) out += "  " + example + "\n";
  }
  return out;
}

}  // namespace duly::oracle
