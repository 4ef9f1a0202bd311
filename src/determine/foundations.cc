#include "determine/foundations.h"

#include <algorithm>
#include <set>

#include "base/at.h"
#include "determine/reached.h"

namespace duly {
namespace {

class FoundationWalk {
 public:
  FoundationWalk(const Evaluated& e, const Labels& labels, const Household* details) : e_(e), labels_(labels), details_(details) {
    wanted_ = PlanIndex::doubtful_value | PlanIndex::doubted_rule;
    if (details != nullptr && !details->presumed.empty()) wanted_ |= PlanIndex::presumable_fact;
    if (details != nullptr) wanted_ |= PlanIndex::provable_fact;
  }

  Foundations run(std::int32_t household, const std::vector<Part>& roots) {
    if ((e_.index.worth_anywhere() & wanted_) == 0) return {};
    for_each_reached(e_, household, wanted_, roots, [&](NodeId node, std::int32_t row) { visit(node, row); });
    return told();
  }

 private:
  void visit(NodeId id, std::int32_t row) {
    const PlanNode& node = e_.r.node(id);
    if (const RuleId rule = e_.index.rule_of(id); rule >= 0)
      if (!e_.rule(rule).doubts.empty()) doubted_rules_.insert(rule);
    if (node.op == PlanOp::lookup || node.op == PlanOp::lookup_absent) visit_table(node, row);
    if (node.op == PlanOp::fact || node.op == PlanOp::fact_absent) facts_.emplace_back(node.index, row);
  }

  void visit_table(const PlanNode& node, std::int32_t row) {
    const LookupTable& table = e_.r.plan().tables[at(node.index)];
    const Parameter& parameter = e_.declarations().parameters[at(table.parameter)];
    if (!parameter.doubts.empty()) doubted_parameters_.insert(table.parameter);
    if (!e_.index.has_doubtful_row(node.index)) return;
    for (const std::size_t cell : cells_of(e_, node, row)) {
      const std::int32_t used = table.row[cell];
      if (used >= 0 && parameter.rows[at(used)].confidence > Confidence::reported) rows_.insert({table.parameter, used});
    }
  }

  [[nodiscard]] DoubtfulValue told_of_row(int id, std::int32_t row) const {
    const Parameter& parameter = e_.declarations().parameters[at(id)];
    const ParameterRow& used = parameter.rows[at(row)];
    DoubtfulValue out;
    out.parameter = parameter.name;
    out.confidence = to_word(used.confidence);
    if (used.source >= 0) out.source = parameter.sources[at(used.source)];
    if (used.state == ParameterRow::State::absent) out.value = parameter.type.absent;
    else if (parameter.type.base == Base::boolean) out.value = used.value == 0 ? "false" : "true";
    else if (parameter.type.base == Base::code)
      out.value = e_.declarations().lists[at(parameter.type.list)].words[static_cast<std::size_t>(floor_of(used.value))];
    else if (used.state == ParameterRow::State::value) out.value = number_text(used.value, parameter.type);
    return out;
  }

  Foundations told() {
    Foundations out;
    std::sort(facts_.begin(), facts_.end());
    facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
    for (const auto& [parameter, row] : rows_) out.doubtful.push_back(told_of_row(parameter, row));
    for (const RuleId rule : doubted_rules_) out.doubts.insert(out.doubts.end(), e_.rule(rule).doubts.begin(), e_.rule(rule).doubts.end());
    for (const int id : doubted_parameters_) {
      const auto& doubts = e_.declarations().parameters[at(id)].doubts;
      out.doubts.insert(out.doubts.end(), doubts.begin(), doubts.end());
    }
    if (details_ == nullptr) return out;
    std::vector<std::uint8_t> was_reached(e_.declarations().facts.size(), 0);
    for (const auto& [fact, row] : facts_) was_reached[at(fact)] = 1;
    for (const PresumedFact& presumed : details_->presumed)
      if (was_reached[at(presumed.fact)] != 0 && std::binary_search(facts_.begin(), facts_.end(), std::pair{presumed.fact, presumed.row}))
        out.presumed.push_back({e_.fact(presumed.fact).name, labels_.of(e_.fact(presumed.fact).level, presumed.row), std::string(presumed.value),
                                std::string(presumed.cite)});
    for (const auto& [fact, row] : facts_)
      if (is_unproved(fact, row)) {
        out.to_verify.push_back(question_about(e_, labels_, fact, row));
        out.to_verify.back().papers = e_.fact(fact).evidence;
      }
    return out;
  }

  [[nodiscard]] bool is_unproved(FactId fact, std::int32_t row) const {
    if (e_.fact(fact).evidence.empty()) return false;
    if (is_no(fact, row) || !is_given(e_, labels_, fact, row)) return false;
    const auto same = [&](const auto& note) { return note.fact == fact && note.row == row; };
    return std::none_of(details_->evidence.begin(), details_->evidence.end(), same) &&
           std::none_of(details_->presumed.begin(), details_->presumed.end(), same);
  }

  /// Papers show that something is so; that it is not so has none.
  [[nodiscard]] bool is_no(FactId fact, std::int32_t row) const {
    if (e_.fact(fact).type.base != Base::boolean) return false;
    const NodeId node = e_.r.node_of(e_.index.term_of_fact(fact));
    return node != no_node && e_.r.surely_not(node, row);
  }

  const Evaluated& e_;
  const Labels& labels_;
  const Household* details_;
  std::uint8_t wanted_ = 0;
  std::set<RuleId> doubted_rules_;
  std::set<int> doubted_parameters_;
  std::set<std::pair<int, std::int32_t>> rows_;
  std::vector<std::pair<FactId, std::int32_t>> facts_;
};

}  // namespace

Foundations foundations_of(const Evaluated& e, const Labels& labels, const Household* details, std::int32_t household,
                           const std::vector<Part>& roots) {
  return FoundationWalk(e, labels, details).run(household, roots);
}

std::string about_person(std::string question, const std::string& name) {
  constexpr std::string_view slot = "{name}";
  for (std::size_t place = question.find(slot); place != std::string::npos; place = question.find(slot, place + name.size()))
    question.replace(place, slot.size(), name);
  return question;
}

MissingFact fact_asked(const Evaluated& e, const Labels& labels, FactId id, std::int32_t row) {
  const Fact& fact = e.fact(id);
  MissingFact out;
  out.fact = fact.name;
  out.of = labels.of(fact.level, row);
  out.may_be_asked = fact.level != world_level && !fact.of_request;
  return out;
}

MissingFact question_about(const Evaluated& e, const Labels& labels, FactId id, std::int32_t row) {
  const Fact& fact = e.fact(id);
  MissingFact out = fact_asked(e, labels, id, row);
  const std::int32_t person = fact.level == person_level || fact.record >= 0 ? e.paths.above(fact.level, row, person_level) : -1;
  out.ask = person >= 0 ? about_person(fact.ask, labels.person(person)) : fact.ask;
  return out;
}

Value given_value(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row) {
  const TermId term = e.index.term_of_fact(fact);
  const NodeId node = e.r.node_of(term);
  return node == no_node ? Value{} : e.r.value(node, row, e.fact(fact).type, labels.people());
}

bool is_given(const Evaluated& e, const Labels& labels, FactId fact, std::int32_t row) {
  const NodeId node = e.r.node_of(e.index.term_of_fact(fact));
  if (node == no_node) return false;
  if (e.fact(fact).type.base == Base::boolean) return e.r.surely(node, row) || e.r.surely_not(node, row);
  if (e.r.known_integer(node, row)) return true;
  const Value value = given_value(e, labels, fact, row);
  if (value.kind != Value::Kind::unknown) return true;
  const Fact& declared = e.fact(fact);
  return !value.low.empty() && (value.low != number_text(declared.low, declared.type) || value.high != number_text(declared.high, declared.type));
}

}  // namespace duly
