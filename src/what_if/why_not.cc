// Why somebody is not eligible, said as what would have to be otherwise. The facts an outcome rests on are those reached from the tests that fail; each is
// tried alone in copies of the household, and where none is enough, in pairs: a first fact with which fewer tests fail, and a second that does the rest.
// What is found is written into the document and decided from there before it is told.

#include <algorithm>
#include <set>

#include "determine/foundations.h"
#include "determine/reasons.h"
#include "engine/pack_picker.h"
#include "engine/ruleset_state.h"
#include "syntax/tree.h"
#include "what_if/fact_words.h"
#include "what_if/nearest_value.h"
#include "what_if/turn_cause.h"
#include "what_if/varied_fact.h"

namespace duly {
namespace {

constexpr std::size_t most_first_facts = 24;  ///< of pairs
constexpr std::size_t most_pairs = 8;
constexpr int most_alone = 512;               ///< of a tile, where an open outcome is looked for

std::size_t at_index(std::int64_t index) { return static_cast<std::size_t>(index); }

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
        labels_(e_, decided.household.get(), 0) {}

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
      if (decision.person < 0 || household->people[at_index(decision.person)] == now_.subject.key) sought = {decision.person, decision.failed};
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
      const Fact& fact = d_.facts[at_index(id)];
      if (fact.of_request || !can_be_tried(fact.type)) continue;
      const auto table_row = static_cast<std::int32_t>(e_.table_row(fact.level, its_row));
      if (!fact.changeable || fact.of_place || fact.level == world_level) {
        if (fact.record < 0 && is_given(e_, labels_, id, its_row)) fixed.push_back(told_fact(id, its_row));
        continue;
      }
      if (!is_set(fact.type)) {
        out.push_back({id, table_row, whole_set});
        continue;
      }
      for (std::size_t word = 0; word < d_.lists[at_index(fact.type.list)].words.size(); ++word) out.push_back({id, table_row, static_cast<int>(word)});
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
            const auto better = std::min_element(nearer.begin(), nearer.end(), [&](const Change& x, const Change& y) { return distance(x) < distance(y); });
            add_way({better == nearer.end() ? first : *better, second}, out);
          }
        }
    }
  }

  /// Where nothing leads to eligible: single facts with which they are no longer refused, though something else must then be known.
  std::int64_t add_open_ways(const std::vector<FactAt>& facts, CopyDecider& decider, Sought sought, WhyNot& out) {
    sought.outcome = Outcome::pending;
    wanted_ = Outcome::pending;
    NearestValues nearest(program_, decider, decided_.household->table, sought, most_alone);
    for (const FactAt& fact : facts)
      for (const Change& change : nearest.of(fact, {})) add_way({change}, out);
    return nearest.decided();
  }

  /// Adds what the changed document is found to give; nothing where that is not what is wanted.
  void add_way(const std::vector<Change>& changes, WhyNot& out) {
    Node document = document_;
    WayToEligible way;
    for (const Change& change : changes) {
      FactChange told = told_change(change);
      auto changed = with_change(program_.index(), document, path_of(change.at), node_of(change));
      if (!changed) return;
      document = std::move(*changed);
      told.path = (d_.facts[at_index(change.at.fact)].level == household_level || is_of_household(change.at.fact) ? "" : "people.") + told.path;
      way.changes.push_back(std::move(told));
    }
    ++verified_;
    const auto decided = decide(picker_, document, request_, options_);
    if (!decided) return;
    for (const Determination& d : decided->determinations) {
      if (d.subject.key != now_.subject.key || d.outcome != wanted_) continue;
      way.scope = d.scope;
      way.missing = d.missing;
      const auto& gives = decided->program->program().gives;
      for (const NamedValue& output : d.outputs)
        if (way.benefit.name.empty() && !gives.empty() && decided->program->declarations().rules[at_index(gives[0])].name == output.name) way.benefit = output;
      out.ways.push_back(std::move(way));
      distances_.push_back(total(changes));
      return;
    }
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
    const FactColumn& column = decided_.household->table.facts[at_index(change.at.fact)];
    const std::int64_t now = column.low[at_index(change.at.row)];
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

  [[nodiscard]] bool is_of_household(FactId id) const {
    const Fact& fact = d_.facts[at_index(id)];
    return fact.record >= 0 && d_.records[at_index(fact.record)].of_household;
  }

  /// Rows of one household are counted alike in the document's table and in the evaluation of it alone.
  [[nodiscard]] std::string path_of(const FactAt& at) const {
    const Fact& fact = d_.facts[at_index(at.fact)];
    const std::string of = labels_.of(fact.level, at.row);
    return (of.empty() ? "" : of + ".") + fact.name;
  }

  [[nodiscard]] FactChange told_fact(FactId id, std::int32_t row) const {
    FactChange out;
    const Fact& fact = d_.facts[at_index(id)];
    out.fact = fact.name;
    out.path = path_of({id, row, whole_set});
    out.title = words_of_fact(e_, labels_, id, row);
    out.from = given_value(e_, labels_, id, row);
    if (out.from.unit == "USD per pay_period") out.from.unit = "USD" + period_of_row(fact, row);
    return out;
  }

  /// ` per week`, where the record says how often its amount comes.
  [[nodiscard]] std::string period_of_row(const Fact& fact, std::int32_t row) const {
    const FactId period = fact.record < 0 ? -1 : program_.index().record(fact.record).period;
    if (period < 0) return "";
    const Value value = given_value(e_, labels_, period, row);
    return value.text.empty() ? "" : " per " + value.text;
  }

  [[nodiscard]] FactChange told_change(const Change& change) const {
    FactChange out = told_fact(change.at.fact, change.at.row);
    out.to = out.from;
    out.to.text = text_of(change);
    const Fact& fact = d_.facts[at_index(change.at.fact)];
    if (fact.type.base == Base::code && change.to.kind == Answer::Kind::word) out.to.label = d_.lists[at_index(fact.type.list)].labels[at_index(change.to.low)];
    if (change.to.kind != Answer::Kind::span) return out;
    const std::int64_t now = decided_.household->table.facts[at_index(change.at.fact)].low[at_index(change.at.row)];
    const Number apart = (Number(change.to.low) - now) / power_of_ten(places_of(fact));
    out.is_less = apart < 0;
    out.difference = to_text(Number(abs(apart)));
    return out;
  }

  static Number power_of_ten(int places) {
    Number out = 1;
    for (int i = 0; i < places; ++i) out *= 10;
    return out;
  }
  static int places_of(const Fact& fact) { return fact.type.base == Base::date || fact.type.base == Base::month ? 0 : fact.places; }

  /// The words a set holds with the change, a blank between; any other value as a document gives it.
  [[nodiscard]] std::string text_of(const Change& change) const {
    const Fact& fact = d_.facts[at_index(change.at.fact)];
    if (is_set(fact.type)) {
      const CodeList& list = d_.lists[at_index(fact.type.list)];
      const Value now = given_value(e_, labels_, change.at.fact, change.at.row);
      std::string out;
      for (std::size_t word = 0; word < list.words.size(); ++word) {
        const bool is_in = static_cast<int>(word) == change.at.item ? change.to.kind == Answer::Kind::yes : holds(now.text, list.words[word]);
        if (is_in) out += (out.empty() ? "" : " ") + list.words[word];
      }
      return out;
    }
    switch (change.to.kind) {
      case Answer::Kind::yes: return "true";
      case Answer::Kind::no: return "false";
      case Answer::Kind::word: return d_.lists[at_index(fact.type.list)].words[at_index(change.to.low)];
      default: return number_text(Number(change.to.low) / power_of_ten(places_of(fact)), fact.type);
    }
  }

  static bool holds(const std::string& words, const std::string& word) { return (" " + words + " ").find(" " + word + " ") != std::string::npos; }

  [[nodiscard]] Node node_of(const Change& change) const {
    const std::string text = text_of(change);
    if (!is_set(d_.facts[at_index(change.at.fact)].type)) return scalar_node(text, {});
    std::vector<Node> words;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      words.push_back(scalar_node(text.substr(begin, end - begin), {}));
      begin = end + 1;
    }
    return list_node(std::move(words), {});
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
