#pragma once

// Makes the nodes of one explanation. What a rule's author wrote decides the shape: branches, lines and groups in their order, up to the one that
// settled the value; then the named parts of its formula, down to facts and parameters.
//
// Threads: belongs to the thread that explains.

#include <set>

#include "determine/determine.h"
#include "determine/foundations.h"
#include "determine/reasons.h"

namespace duly {

class Tree {
 public:
  Tree(const Evaluated& e, const Labels& labels, const Household* details)
      : e_(e), labels_(labels), details_(details), passed_(e.r.plan().program->terms.size(), 0) {}

  /// A rule in a row of its level, taken apart if it is met for the first time.
  ExplanationNode rule(RuleId id, std::int32_t row);
  /// How the people of a unit came together, and who was taken out by which line.
  ExplanationNode unit(LevelId level, std::int32_t row);

 private:
  using Nodes = std::vector<ExplanationNode>;
  /// A row of the level whose names a formula speaks in, with the named steps of its rule.
  struct Place {
    LevelId level;
    std::int32_t row;
    const CheckedBody* body;
  };

  /// A rule, a fact, a parameter or a sum over rows, in a row of its level.
  struct Mention {
    TermId term;
    std::int32_t row;
  };

  // tree.cc: rules by the kind of their body
  void add_body(ExplanationNode& node, const Place& here);
  void add_test(ExplanationNode& node, const Place& here);
  void add_branches(ExplanationNode& node, const Place& here);
  void add_lines(ExplanationNode& node, const Place& here);
  Nodes lines_from(const Place& here, std::size_t& at, int depth, bool any);
  ExplanationNode line(const CheckedLine& line, const Place& here, bool taken);
  void add_groups(ExplanationNode& node, const Place& here);
  ExplanationNode group(const CheckedBody::Group& group, const Place& here);
  [[nodiscard]] bool is_stated(RuleId id, LevelId level, std::int32_t row, ExplanationNode& node) const;

  // formulas.cc: formulas with their parts
  void add_formula(ExplanationNode& node, const Formula& formula, const Place& here, bool with_parts = true);
  void add_parts(ExplanationNode& node, const Formula& formula, const Place& here);
  void add_part(ExplanationNode& whole, const Formula& formula, const FormulaPart& part, const Place& here);
  void add_below(Nodes& out, const std::string& text, const Mention& whole, const Place& here);
  /// Whether it has a value where the rule has.
  [[nodiscard]] bool is_readable(const Formula& formula, const Place& here) const;
  [[nodiscard]] std::string with_numbers(const Formula& formula, const Place& here);
  [[nodiscard]] std::string part_with_numbers(const Formula& formula, const FormulaPart& part, const Place& here);
  [[nodiscard]] std::string before_rounding(TermId id, const Place& here) const;
  [[nodiscard]] Value part_value(TermId term, const Place& here) const;
  ExplanationNode step(std::string name, TermId term, std::int32_t row) const;

  // mentions.cc: what a formula names
  [[nodiscard]] Mention looked_through(TermId term, std::int32_t row) const;
  [[nodiscard]] bool is_mention(TermId term) const;
  [[nodiscard]] bool is_gated_fact(const Term& term) const;
  /// The mentions that decided a term, each once, in the order of the formula. Until the next call `was_passed` tells which terms lay on the way.
  [[nodiscard]] std::vector<Mention> mentions_of(TermId term, std::int32_t row);
  [[nodiscard]] bool was_passed(TermId term) const { return passed_[static_cast<std::size_t>(term)] == walk_; }
  void collect_mentions(TermId term, std::int32_t row, std::vector<Mention>& out);
  [[nodiscard]] std::string name_of(const Term& term) const;
  void add_mention(Nodes& out, const Mention& mention, const std::string& text);
  void add_mentions(Nodes& out, TermId term, std::int32_t row);
  ExplanationNode fact(FactId id, std::int32_t row, Value value);
  ExplanationNode parameter(TermId lookup, std::int32_t row);
  ExplanationNode aggregate(const std::string& text, TermId term, std::int32_t row);
  ExplanationNode counted_row(const Term& aggregate, std::int32_t row);
  [[nodiscard]] const ParameterRow* row_used(TermId lookup, std::int32_t row) const;
  [[nodiscard]] const ParameterRow* row_by_date(const Parameter& parameter) const;
  [[nodiscard]] std::string source_of(FactId id, std::int32_t row) const;
  static void forget_known_facts(Nodes& nodes);

  [[nodiscard]] const Term& term(TermId id) const { return e_.r.term(id); }
  [[nodiscard]] Value value_of(TermId id, std::int32_t row) const { return value_at(e_, id, term(id).level, row, labels_.people()); }
  [[nodiscard]] std::string label(LevelId level, std::int32_t row) const;
  [[nodiscard]] std::string item_label(LevelId level, std::int32_t row) const;
  static void set_value(ExplanationNode& node, Value value);
  /// The base and its citation, of what a pack replaced; else empty.
  static std::string told(const Replaced& replaced);

  const Evaluated& e_;
  const Labels& labels_;
  const Household* details_;
  std::set<std::pair<RuleId, std::int32_t>> taken_apart_;
  std::set<std::pair<FactId, std::int32_t>> facts_shown_;
  std::set<std::pair<int, std::string>> figures_shown_;  ///< parameter and value
  std::vector<std::uint32_t> passed_;  ///< by term: the last walk that passed it
  std::uint32_t walk_ = 0;
};

}  // namespace duly
