// A sweep: the programs one after another along the varied fact, for each value of the other one, and then put together.

#include <algorithm>

#include "base/mistake.h"
#include "base/text.h"
#include "determine/readings.h"
#include "engine/ruleset_state.h"
#include "facts/stated_cell.h"
#include "what_if/fact_words.h"
#include "what_if/sweep_line.h"
#include "what_if/turn_cause.h"

namespace duly {
namespace {

constexpr std::int64_t most_households = 50'000'000;  ///< over all values of the other fact and all programs

bool is_not_covered(const std::vector<Diagnostic>& errors) {
  return std::all_of(errors.begin(), errors.end(), [](const Diagnostic& error) { return error.code == Code::no_rules_in_force; });
}

class Sweeper {
 public:
  Sweeper(const Ruleset& rules, const Node& document, const SweepRequest& asked) : rules_(rules), document_(document), asked_(asked) {}

  Result<Sweep> run() {
    if (auto wrong = read_request(); !wrong.empty()) return wrong;
    if (auto wrong = open_programs(); !wrong.empty()) return wrong;
    if (auto wrong = read_facts(); !wrong.empty()) return wrong;
    std::vector<Line> lines;
    for (const std::string& by : by_ ? by_->values : std::vector<std::string>{""}) {
      auto line = read_line(by);
      if (!line) return line.errors();
      lines.push_back(std::move(*line));
    }
    out_.not_known = known_nowhere(lines);
    for (const Line& line : lines)
      if (auto wrong = add_line(line); !wrong.empty()) return wrong;
    for (SweptPoint& point : out_.points) point.decisions.resize(out_.subjects.size());
    return std::move(out_);
  }

 private:
  /// What every program decides along the varied fact, with one value of the other one.
  struct Line {
    std::string by;
    Node document;
    std::vector<ProgramScan> scans;
    std::vector<const PackPicker*> pickers;  ///< beside them
  };

  std::vector<Diagnostic> read_request() {
    auto overrides = overrides_from(asked_.request);
    if (!overrides) return overrides.errors();
    options_.request = std::move(*overrides);
    options_.decide.trials = asked_.request.trials;
    options_.decide.languages = {};
    options_.threads = std::clamp(asked_.threads, 1, 256);
    const auto least = number_from_text(asked_.least_loss);
    if (!least || *least < 0)
      return {mistake(Code::not_a_value, "`" + asked_.least_loss + "` is no amount of money that a cliff must at least lose",
                      "write dollars, such as 1 or 0.01")};
    least_loss_ = *least;
    out_.least_loss = to_text(*least);
    return {};
  }

  std::vector<Diagnostic> open_programs() {
    names_all_ = asked_.programs.empty();
    std::vector<std::string> ids = asked_.programs;
    if (names_all_)
      for (const std::string& id : rules_.programs()) {
        const auto info = rules_.program(id);
        if (!info) return info.errors();
        if (info->extends.empty()) ids.push_back(id);  // a pack is reached by way of its base
      }
    for (const std::string& id : ids) {
      auto picker = PackPicker::on(rules_.state(), id);
      if (!picker) return picker.errors();
      pickers_.push_back(std::move(*picker));
    }
    if (pickers_.empty()) return {mistake(Code::unknown_program, "there is no program below the rules folder", "")};
    return {};
  }

  /// The dictionary of the program that decides, where the place already says which; else of the first that was asked for.
  std::vector<Diagnostic> read_facts() {
    index_ = &pickers_.front().asked().index();
    for (const PackPicker& picker : pickers_)
      if (auto picked = picker.pick(document_)) {
        kept_ = picked->program;
        index_ = &kept_->index();
        break;
      }
    auto vary = varied_fact(*index_, document_, asked_.vary);
    if (!vary) return vary.errors();
    vary_ = std::move(*vary);
    out_.vary = told(*vary_);
    if (vary_->is_range) out_.smallest_step = to_text(Number(1) / power_of_ten(vary_->places));
    if (asked_.by.path.empty()) return {};
    auto by = varied_fact(*index_, document_, asked_.by);
    if (!by) return by.errors();
    by_ = std::move(*by);
    if (by_->path == vary_->path) return {mistake(Code::cannot_be_varied, "`" + asked_.by.path + "` is varied twice", "name another fact")};
    const auto lines = static_cast<std::int64_t>(by_->values.size());
    const std::int64_t values = vary_->is_range ? vary_->high - vary_->low + 1 : 1;
    if (lines * values * static_cast<std::int64_t>(pickers_.size()) > most_households)
      return {mistake(Code::bad_range,
                      "the two facts together make " + std::to_string(lines * values) + " households for each program; over all programs at most " +
                          std::to_string(most_households) + " are decided",
                      "write narrower ranges, or name fewer programs")};
    out_.by = told(*by_);
    return {};
  }

  [[nodiscard]] SweptFact told(const VariedFact& fact) const {
    SweptFact out;
    out.path = fact.path;
    out.title = words_of_path(*index_, fact.path, fact.of);
    const Type& type = index_->declarations().facts[static_cast<std::size_t>(fact.of.fact)].type;
    if (!fact.of.as_age) out.unit = type.per == Per::pay_period ? (type.unit == Unit::money ? "USD" : "") : unit_text(type);
    if (type.per == Per::pay_period && !fact.period.empty()) out.unit += fact.period;
    out.values = fact.values;
    return out;
  }

  Result<Line> read_line(const std::string& by) {
    Line line{by, by_ ? with_value(*index_, document_, *by_, by) : document_, {}, {}};
    std::vector<Diagnostic> not_covered;
    for (const PackPicker& picker : pickers_) {
      auto scan = scan_program(picker, line.document, *vary_, options_);
      if (!scan && names_all_ && is_not_covered(scan.errors())) {
        not_covered.insert(not_covered.end(), scan.errors().begin(), scan.errors().end());
        continue;
      }
      if (!scan) return scan.errors();
      note(*scan, by);
      line.scans.push_back(std::move(*scan));
      line.pickers.push_back(&picker);
    }
    if (line.scans.empty()) return not_covered;
    return line;
  }

  /// The programs of which no point of any line says how much they give; nothing where there are no others.
  static std::vector<std::string> known_nowhere(const std::vector<Line>& lines) {
    std::vector<std::string> known;
    std::vector<std::string> open;
    for (const Line& line : lines)
      for (const ProgramScan& scan : line.scans) {
        const auto is_known = [](const CopyDecisions& point) {
          return point.looked_at && std::all_of(point.subjects.begin(), point.subjects.end(), [](const CopyDecision& one) { return one.is_known; });
        };
        if (scan.gives_money) (std::any_of(scan.points.begin(), scan.points.end(), is_known) ? known : open).push_back(scan.id);
      }
    std::erase_if(open, [&](const std::string& id) { return std::find(known.begin(), known.end(), id) != known.end(); });
    std::sort(open.begin(), open.end());
    open.erase(std::unique(open.begin(), open.end()), open.end());
    return known.empty() ? std::vector<std::string>{} : open;
  }

  std::vector<Diagnostic> add_line(const Line& line) {
    const std::size_t turns = out_.turns.size();
    SweepLine(line.scans, *vary_, line.by, least_loss_, out_).add();
    for (std::size_t t = turns; t < out_.turns.size(); ++t)
      if (auto wrong = add_causes(line.document, line.scans, line.pickers, out_.turns[t]); !wrong.empty()) return wrong;
    return {};
  }

  void note(const ProgramScan& scan, const std::string& by) {
    out_.decided += scan.decided;
    if (scan.not_looked_at > 0) out_.not_looked_at.push_back({scan.id, by, scan.not_looked_at, scan.missing});
    if (scan.knows_received) {
      out_.vary.is_money_in = out_.vary.is_money_in || scan.money.slope > 0;
      if (out_.counted.empty()) out_.counted = scan.money.counted;
      if (out_.not_counted.empty()) out_.not_counted = scan.money.not_counted;
    }
    for (const Diagnostic& warning : scan.warnings) {
      const auto same = [&](const Diagnostic& other) { return other.message == warning.message; };
      if (std::none_of(out_.warnings.begin(), out_.warnings.end(), same)) out_.warnings.push_back(warning);
    }
  }

  /// Both sides are decided once more from their documents, which is also a check of the columns.
  std::vector<Diagnostic> add_causes(const Node& document, const std::vector<ProgramScan>& scans, const std::vector<const PackPicker*>& pickers,
                                     SweptTurn& turn) {
    for (std::size_t s = 0; s < scans.size(); ++s) {
      const auto is_of = [&](const SweptChange& change) { return out_.subjects[change.subject].program == scans[s].id; };
      if (std::none_of(turn.changes.begin(), turn.changes.end(), is_of)) continue;
      const auto before = decide(*pickers[s], with_value(*index_, document, *vary_, turn.before), options_.request, options_.decide);
      if (!before) return before.errors();
      const auto after = decide(*pickers[s], with_value(*index_, document, *vary_, turn.after), options_.request, options_.decide);
      if (!after) return after.errors();
      for (const SweptChange& change : turn.changes) {
        if (!is_of(change)) continue;
        const std::string& person = out_.subjects[change.subject].key;
        if (!agrees(*before, person, change.before) || !agrees(*after, person, change.after))
          return {mistake(
              Code::internal,
              "`" + scans[s].id + "` decides otherwise about `" + person + "` alone than among many, at " + turn.before + " or " + turn.after, "")};
        TurnCause cause = cause_of_turn(*before, *after, person);
        const auto same = [&](const TurnCause& other) { return other.program == cause.program && other.rule == cause.rule; };
        if (std::none_of(turn.causes.begin(), turn.causes.end(), same)) turn.causes.push_back(std::move(cause));
      }
    }
    return {};
  }

  static bool agrees(const Decided& decided, const std::string& person, const SweptDecision& told) {
    for (const Determination& d : decided.determinations)
      if (d.subject.key == person) return told.decided && d.outcome == told.outcome;
    return !told.decided;
  }

  const Ruleset& rules_;
  const Node& document_;
  const SweepRequest& asked_;
  bool names_all_ = false;
  Number least_loss_;
  ScanOptions options_;
  std::vector<PackPicker> pickers_;
  std::shared_ptr<const LoadedProgram> kept_;
  const DictionaryIndex* index_ = nullptr;
  std::optional<VariedFact> vary_, by_;
  Sweep out_;
};

}  // namespace

Result<Sweep> sweep(const Ruleset& rules, std::string_view document, const SweepRequest& asked) {
  std::vector<Diagnostic> errors;
  const Node tree = parse_document(make_source("", std::string(document)), errors);
  if (!errors.empty()) return errors;
  return Sweeper(rules, tree, asked).run();
}

}  // namespace duly
