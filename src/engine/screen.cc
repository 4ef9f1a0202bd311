// One household by every program, in the order in which they read each other.

#include <algorithm>
#include <map>
#include <span>

#include "engine/pack_picker.h"
#include "engine/ruleset_state.h"
#include "engine/screening_order.h"

namespace duly {
namespace {

bool is_not_covered(const std::vector<Diagnostic>& errors) {
  return std::all_of(errors.begin(), errors.end(), [](const Diagnostic& error) { return error.code == Code::no_rules_in_force; });
}

/// What `read` fills by what was decided of each person.
void add_filled(const ReadProgram& read, std::span<const Screened> decided, std::vector<FilledFact>& out) {
  for (const Screened& screened : decided) {
    const Determination& d = screened.determination;
    const auto fits = [&](const ReadProgram::Line& line) {
      return line.outcome == to_word(d.outcome) && (line.scope.empty() || line.scope == d.scope);
    };
    const auto line = std::find_if(read.lines.begin(), read.lines.end(), fits);
    if (line == read.lines.end()) continue;
    for (const std::string& person : d.subject.people) out.push_back({read.fact, person, line->value, d.program});
  }
  // A person whom two units decide otherwise stays open.
  std::vector<std::string> unclear;
  for (const FilledFact& a : out)
    for (const FilledFact& b : out)
      if (a.fact == b.fact && a.person == b.person && a.value != b.value) unclear.push_back(a.person);
  std::erase_if(
      out, [&](const FilledFact& one) { return one.fact == read.fact && std::find(unclear.begin(), unclear.end(), one.person) != unclear.end(); });
}

/// Dates and months in text are in the order of time. What is proved until when stands with what is to be proved.
NamedValue next_date(const Determination& d, const std::vector<std::string>& verify_by, const std::string& decided) {
  const NamedValue* next = nullptr;
  for (const NamedValue& date : d.dates) {
    const bool is_date = date.value.kind == Value::Kind::date || date.value.kind == Value::Kind::month;
    if (!is_date || date.value.text == "never" || date.value.text < decided) continue;
    if (d.outcome == Outcome::eligible && std::find(verify_by.begin(), verify_by.end(), date.name) != verify_by.end()) continue;
    if (next == nullptr || date.value.text < next->value.text) next = &date;
  }
  return next == nullptr ? NamedValue{} : *next;
}

std::string decided_on(const Household& household, const Declarations& d) {
  const auto fact = d.request_facts.find("decided");
  if (fact == d.request_facts.end() || household.table.facts.empty()) return "";  // nothing was read where the place is open
  const FactColumn& column = household.table.facts[static_cast<std::size_t>(fact->second)];
  const bool known = !column.low.empty() && (column.high.empty() || column.high[0] == column.low[0]);
  return known ? to_text(Date{static_cast<std::int32_t>(column.low[0])}) : "";
}

/// Facts in the order in which they are first met, each once.
class SharedFacts {
 public:
  void add(const MissingFact& fact, const std::string& program, std::size_t place, const NamedValue& by = {}) {
    const auto [at, is_new] = places_[fact.fact].try_emplace(fact.of, facts_.size());
    if (is_new) {
      facts_.push_back({fact, {}, 0, {}});
      best_.push_back(place);
    }
    SharedFact& shared = facts_[at->second];
    if (std::find(shared.programs.begin(), shared.programs.end(), program) == shared.programs.end()) shared.programs.push_back(program);
    ++shared.determinations;
    if (!by.name.empty() && (shared.by.name.empty() || by.value.text < shared.by.value.text)) shared.by = by;
    for (const std::string& paper : fact.papers)
      if (std::find(shared.fact.papers.begin(), shared.fact.papers.end(), paper) == shared.fact.papers.end()) shared.fact.papers.push_back(paper);
    best_[at->second] = std::min(best_[at->second], place);
  }

  std::vector<SharedFact> take() { return std::move(facts_); }

  /// What most hangs on first, then what stood highest somewhere, then as met.
  std::vector<SharedFact> take_most_useful_first() {
    std::vector<std::size_t> order(facts_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (facts_[a].fact.may_be_asked != facts_[b].fact.may_be_asked) return facts_[a].fact.may_be_asked;
      if (facts_[a].determinations != facts_[b].determinations) return facts_[a].determinations > facts_[b].determinations;
      return best_[a] < best_[b];
    });
    std::vector<SharedFact> out;
    for (const std::size_t i : order) out.push_back(std::move(facts_[i]));
    return out;
  }

 private:
  std::map<std::string, std::map<std::string, std::size_t>> places_;  ///< by fact and whose it is
  std::vector<SharedFact> facts_;
  std::vector<std::size_t> best_;
};

class Screener {
 public:
  Screener(const Ruleset::State& state, const Node& document, const RequestOverrides& overrides, const DecideOptions& options)
      : state_(state), document_(document), overrides_(overrides), options_(options) {}

  Result<Screening> run(const std::string& only) {
    const auto order = screening_order(state_, only);
    if (!order) return order.errors();
    out_.decided.reserve(subjects_expected * order->size());
    for (const auto& program : *order) decide_one(*program);
    if (!wrong_.empty()) return wrong_;
    if (out_.decided.empty()) return nobody_decides();
    for (const Screened& screened : out_.decided) {
      const Determination& d = screened.determination;
      for (std::size_t i = 0; i < d.missing.size(); ++i) missing_.add(d.missing[i], d.program, i);
      for (std::size_t i = 0; i < d.to_verify.size(); ++i) to_verify_.add(d.to_verify[i], d.program, i, d.verify_by);
    }
    out_.missing = missing_.take_most_useful_first();
    out_.to_verify = to_verify_.take();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t subjects_expected = 4;  ///< of a program

  void decide_one(const LoadedProgram& program) {
    const ProgramDecl& declared = program.declarations().program;
    const auto picker = PackPicker::on(state_, declared.id);
    if (!picker) return add_wrong(picker.errors());
    DecideOptions options = options_;
    options.memory = &memory_;
    for (const ReadProgram& read : declared.reads)
      if (const auto known = by_program_.find(read.program); known != by_program_.end())
        add_filled(read, std::span(out_.decided).subspan(known->second.first, known->second.second), options.filled);
    auto decided = decide(*picker, document_, overrides_, options);
    if (!decided) {
      if (!is_not_covered(decided.errors())) return add_wrong(decided.errors());
      const Diagnostic& why = decided.errors().front();
      out_.passed_over.push_back({declared.id, declared.title, why.message + (why.help.empty() ? "" : ": " + why.help)});
      not_covered_.insert(not_covered_.end(), decided.errors().begin(), decided.errors().end());
      return;
    }
    for (const Diagnostic& warning : decided->household->warnings) add_once(warning, out_.warnings);
    const Declarations& own = decided->program->declarations();
    const std::string today = decided_on(*decided->household, own);
    by_program_[declared.id] = {out_.decided.size(), decided->determinations.size()};
    for (Determination& d : decided->determinations) {
      NamedValue next = next_date(d, own.program.verify_by, today);
      out_.decided.push_back({std::move(d), own.program.title, std::move(next)});
    }
    memory_.table = std::move(decided->household->table);
    memory_.values = std::move(decided->values);
  }

  static bool same(const Diagnostic& a, const Diagnostic& b) {
    return a.code == b.code && a.message == b.message && a.line == b.line && a.column == b.column;
  }
  static void add_once(const Diagnostic& one, std::vector<Diagnostic>& out) {
    if (std::none_of(out.begin(), out.end(), [&](const Diagnostic& other) { return same(one, other); })) out.push_back(one);
  }
  void add_wrong(const std::vector<Diagnostic>& errors) {
    for (const Diagnostic& error : errors) add_once(error, wrong_);
  }

  Result<Screening> nobody_decides() const {
    if (!not_covered_.empty()) return not_covered_;
    Diagnostic none;
    none.code = Code::unknown_program;
    none.message = "there is no program below the rules folder";
    none.help = "name another folder";
    return none;
  }

  const Ruleset::State& state_;
  const Node& document_;
  const RequestOverrides& overrides_;
  const DecideOptions& options_;
  Screening out_;
  SharedFacts missing_, to_verify_;
  std::map<std::string, std::pair<std::size_t, std::size_t>> by_program_;  ///< where its determinations begin in `decided`, and how many they are
  DecideMemory memory_;
  std::vector<Diagnostic> wrong_, not_covered_;
};

}  // namespace

Result<Screening> Ruleset::screen(std::string_view document, const Request& request, const std::string& only) const {
  const auto overrides = overrides_from(request);
  if (!overrides) return overrides.errors();
  std::vector<Diagnostic> errors;
  const Node tree = parse_document(make_source("", std::string(document)), errors);
  if (!errors.empty()) return errors;
  const DecideOptions options = options_from(request);
  return Screener(*state_, tree, *overrides, options).run(only);
}

}  // namespace duly
