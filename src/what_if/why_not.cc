// Why somebody is not eligible, said as what would have to be otherwise. The facts an outcome rests on are those reached from the tests that fail; each is
// tried alone in copies of the household, and where none is enough, in pairs: a first fact with which fewer tests fail, and a second that does the rest.
// What is found is written into the document and decided from there before it is told.

#include <algorithm>
#include <set>

#include "base/at.h"
#include "determine/foundations.h"
#include "determine/reasons.h"
#include "engine/pack_picker.h"
#include "engine/ruleset_state.h"
#include "what_if/change_words.h"
#include "what_if/nearest_value.h"
#include "what_if/turn_cause.h"
#include "what_if/varied_fact.h"

namespace duly {
namespace {

constexpr std::size_t most_first_facts = 24;  ///< of pairs
constexpr std::size_t most_pairs = 8;
constexpr int tried_alone = 512;  ///< of a tile, where an open outcome is looked for

bool is_set(const Type& type) { return type.base == Base::codes; }
bool can_be_tried(const Type& type) { return type.base != Base::people && type.base != Base::months && type.base != Base::text; }

/// How far a change goes: numbers by their share of what they are now, anything else as one step.
struct Distance {
  bool is_other = false;
  Number share;
  bool operator<(const Distance& o) const { return is_other != o.is_other ? o.is_other : share < o.share; }
};

class Search {
 public:
  Search(const PackPicker& picker, const Node& document, const RequestOverrides& request, const DecideOptions& options, const Decided& decided,
         const Determination& determination)
      : picker_(picker),
        document_(document),
        request_(request),
        options_(options),
        decided_(decided),
        now_(determination),
        program_(*decided.program),
        d_(program_.declarations()),
        e_(decided.ready->index, decided.values),
        labels_(e_, decided.household.get(), 0),
        words_(program_, e_, labels_) {}

  Result<WhyNot> run() {
    WhyNot out;
    out.determination = now_;
    const auto law_date = law_date_of(program_, decided_.household->table);
    if (!law_date) return law_date.errors();
    auto household = std::make_shared<const Household>(*decided_.household);
    auto decider = CopyDecider::of(decided_.program, household, *law_date, std::min(options_.trials, 64));
    if (!decider) return decider.errors();
    const std::int32_t row = row_of_subject();
    if (row < 0) return out;
    const std::vector<FactAt> facts = candidates(row, out.fixed);
    const CopyDecisions current = decider->from(decided_.determinations);
    Sought sought;
    for (const CopyDecision& decision : current.subjects)
      if (decision.person < 0 || household->people[duly::at(decision.person)] == now_.subject.key) sought = {decision.person, decision.failed};
    NearestValues nearest(program_, *decider, household->table, sought, decision_of(e_, row).settled() ? 4 : 64);
    for (const FactAt& fact : facts)
      for (const Change& change : nearest.of(fact, {})) add_way({change}, out);
    if (out.ways.empty()) add_pairs(facts, nearest, out);
    out.decided = nearest.decided();
    if (out.ways.empty()) out.decided += add_open_ways(facts, *decider, sought, out);
    sort_ways(out);
    out.decided += verified_;
    return out;
  }

 private:
  [[nodiscard]] std::int32_t row_of_subject() const {
    const LevelId level = e_.r.plan().program->decided;
    const Rows& rows = e_.paths.rows(level);
    for (std::int32_t row = rows.begin[0]; row < rows.begin[1]; ++row)
      if (labels_.of(level, row) == now_.subject.key) return row;
    return -1;
  }

  /// Facts below the tests that fail, and below what decides if none is told; those that nobody can change go to `fixed`.
  std::vector<FactAt> candidates(std::int32_t row, std::vector<FactChange>& fixed) const {
    std::vector<Part> roots = deciding_parts(e_, row);
    for (const PlanRequirement& requirement : e_.r.plan().requirements)
      if (state_of(e_, requirement, row) != TestState::passed) {
        roots.push_back({requirement.passes, row, whole_set});
        if (requirement.exempt != no_node) roots.push_back({requirement.exempt, row, whole_set});
      }
    std::vector<FactAt> out;
    for (const auto& [id, its_row] : facts_below(e_, roots)) {
      const Fact& fact = d_.facts[duly::at(id)];
      if (fact.of_request || !can_be_tried(fact.type)) continue;
      const auto table_row = static_cast<std::int32_t>(e_.table_row(fact.level, its_row));
      if (!fact.changeable || fact.of_place || fact.level == world_level) {
        if (fact.record < 0 && is_given(e_, labels_, id, its_row)) fixed.push_back(words_.told(id, its_row));
        continue;
      }
      if (!is_set(fact.type)) {
        out.push_back({id, table_row, whole_set});
        continue;
      }
      for (std::size_t word = 0; word < d_.lists[duly::at(fact.type.list)].words.size(); ++word)
        out.push_back({id, table_row, static_cast<int>(word)});
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void add_pairs(const std::vector<FactAt>& facts, NearestValues& nearest, WhyNot& out) {
    std::size_t firsts = 0;
    std::set<std::pair<FactAt, FactAt>> seen;
    for (const FactAt& fact : facts) {
      const std::vector<Change> helpful = nearest.that_help(fact);
      if (helpful.empty()) continue;
      if (++firsts > most_first_facts || out.ways.size() >= most_pairs) return;
      for (const Change& first : helpful)
        for (const FactAt& other : facts) {
          if (other == fact || seen.contains({std::min(fact, other), std::max(fact, other)})) continue;
          for (const Change& second : nearest.of(other, {first})) {
            seen.emplace(std::min(fact, other), std::max(fact, other));
            // The first need not go to its far end beside the second.
            const std::vector<Change> nearer = nearest.of(fact, {second});
            const auto better =
                std::min_element(nearer.begin(), nearer.end(), [&](const Change& x, const Change& y) { return distance(x) < distance(y); });
            add_way({better == nearer.end() ? first : *better, second}, out);
          }
        }
    }
  }

  /// Where nothing leads to eligible: single facts with which they are no longer refused, though something else must then be known.
  std::int64_t add_open_ways(const std::vector<FactAt>& facts, CopyDecider& decider, Sought sought, WhyNot& out) {
    sought.outcome = Outcome::pending;
    wanted_ = Outcome::pending;
    NearestValues nearest(program_, decider, decided_.household->table, sought, tried_alone);
    for (const FactAt& fact : facts)
      for (const Change& change : nearest.of(fact, {})) add_way({change}, out);
    return nearest.decided();
  }

  /// Adds what the changed document is found to give; nothing where that is not what is wanted.
  void add_way(const std::vector<Change>& changes, WhyNot& out) {
    Node document = document_;
    WayToEligible way;
    for (const Change& change : changes) {
      auto changed = with_change(program_.index(), document, words_.path_of(change.at), words_.node_of(change));
      if (!changed) return;
      document = std::move(*changed);
      way.changes.push_back(words_.told(change));
    }
    ++verified_;
    const auto decided = decide(picker_, document, request_, options_);
    if (!decided) return;
    for (const Determination& d : decided->determinations) {
      if (d.subject.key != now_.subject.key || d.outcome != wanted_ || leaves_somebody_out(d)) continue;
      way.scope = d.scope;
      way.missing = d.missing;
      const auto& gives = decided->program->program().gives;
      for (const NamedValue& output : d.outputs)
        if (way.benefit.name.empty() && !gives.empty() && decided->program->declarations().rules[duly::at(gives[0])].name == output.name)
          way.benefit = output;
      out.ways.push_back(std::move(way));
      distances_.push_back(total(changes));
      return;
    }
  }

  /// Nobody is helped to a benefit by being put out of the unit, or out of those who count in it.
  [[nodiscard]] bool leaves_somebody_out(const Determination& then) const {
    const auto lacks = [](const std::vector<std::string>& all, const std::string& one) {
      return std::find(all.begin(), all.end(), one) == all.end();
    };
    const auto& before = now_.subject;
    return std::any_of(before.people.begin(), before.people.end(), [&](const std::string& p) { return lacks(then.subject.people, p); }) ||
           std::any_of(before.members.begin(), before.members.end(), [&](const std::string& p) { return lacks(then.subject.members, p); });
  }

  void sort_ways(WhyNot& out) const {
    std::vector<std::size_t> order(out.ways.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return distances_[a] < distances_[b]; });
    std::vector<WayToEligible> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(out.ways[i]));
    out.ways = std::move(sorted);
  }

  [[nodiscard]] Distance distance(const Change& change) const {
    if (change.to.kind != Answer::Kind::span) return {true, 1};
    const FactColumn& column = decided_.household->table.facts[duly::at(change.at.fact)];
    const std::int64_t now = column.low[duly::at(change.at.row)];
    const Number apart = abs(Number(change.to.low) - now);
    return {false, now == 0 ? apart : Number(apart / abs(Number(now)))};
  }
  [[nodiscard]] Distance total(const std::vector<Change>& changes) const {
    Distance sum;
    for (const Change& change : changes) {
      const Distance one = distance(change);
      sum.is_other = sum.is_other || one.is_other;
      sum.share += one.share;
    }
    return sum;
  }

  const PackPicker& picker_;
  const Node& document_;
  const RequestOverrides& request_;
  const DecideOptions& options_;
  const Decided& decided_;
  const Determination& now_;
  const LoadedProgram& program_;
  const Declarations& d_;
  Evaluated e_;
  Labels labels_;
  ChangeWords words_;
  Outcome wanted_ = Outcome::eligible;
  std::vector<Distance> distances_;
  std::int64_t verified_ = 0;
};

}  // namespace

Result<WhyNots> why_not(const Ruleset& rules, const std::string& program, std::string_view document, const Request& request) {
  const auto picker = PackPicker::on(rules.state(), program);
  if (!picker) return picker.errors();
  const auto overrides = overrides_from(request);
  if (!overrides) return overrides.errors();
  std::vector<Diagnostic> errors;
  const Node tree = parse_document(make_source("", std::string(document)), errors);
  if (!errors.empty()) return errors;
  DecideOptions options;
  options.trials = request.trials;
  options.languages = request.languages;
  const auto decided = decide(*picker, tree, *overrides, options);
  if (!decided) return decided.errors();
  WhyNots out;
  out.warnings = decided->household->warnings;
  for (const Determination& d : decided->determinations) {
    if (d.outcome != Outcome::ineligible || !decided->ready) {
      out.others.push_back(d);
      continue;
    }
    auto found = Search(*picker, tree, *overrides, options, *decided, d).run();
    if (!found) return found.errors();
    out.ineligible.push_back(std::move(*found));
  }
  return out;
}

}  // namespace duly
