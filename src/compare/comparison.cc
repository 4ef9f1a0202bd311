#include "compare/comparison.h"

#include <algorithm>
#include <filesystem>

#include "batch/household_of_run.h"
#include "duly/render.h"

namespace duly {
namespace {

namespace fs = std::filesystem;

RunOptions run_of(const ComparedSide& side, const std::string& folder, const CompareOptions& options) {
  RunOptions how;
  how.program = options.program;
  if (!side.month.empty()) how.request.benefit_month = side.month;
  how.request.trials = options.trials;
  how.input = options.input;
  how.results = folder;
  how.threads = options.threads;
  how.progress = options.progress;
  return how;
}

/// Both runs; by one set of rules households are read once.
Result<std::pair<Manifest, Manifest>> runs_of(const Ruleset& old_rules, const Ruleset& new_rules, const RunOptions& before, RunOptions after) {
  if (&old_rules.state() == &new_rules.state()) return run_both(old_rules.state(), before, after);
  auto first = run_batch(old_rules.state(), before);
  if (!first) return first.errors();
  after.previous = before.results;
  auto second = run_batch(new_rules.state(), after);
  if (!second) return second.errors();
  return std::pair(std::move(*first), std::move(*second));
}

class Explainer {
 public:
  Explainer(const Ruleset& rules, const Manifest& manifest) : rules_(rules), manifest_(manifest) {}

  /// Nothing where the household cannot be found again or is decided for nobody of that name.
  [[nodiscard]] std::optional<Explanation> of(const SubjectChange& change) const {
    const auto document = household_of_run(manifest_, rules_.state(), change.household);
    if (!document) return std::nullopt;
    const auto explained = rules_.explain(manifest_.run.program, *document, request_of(manifest_));
    if (!explained) return std::nullopt;
    for (const Explanation& one : *explained)
      if (one.determination.subject.key == change.subject || explained->size() == 1) return one;
    return std::nullopt;
  }

 private:
  const Ruleset& rules_;
  const Manifest& manifest_;
};

std::string title_of(const Ruleset& rules, const std::string& program, const std::string& rule) {
  const auto loaded = rules.state().program(program);
  if (!loaded) return rule;
  for (const Rule& one : (*loaded)->declarations().rules)
    if (one.name == rule) return one.title;
  return rule;
}

}  // namespace

Result<RulesComparison> compare(const ComparedSide& before, const ComparedSide& after, const CompareOptions& options) {
  const Ruleset old_rules(std::make_shared<Ruleset::State>(before.rules));
  const Ruleset new_rules = after.rules == before.rules ? old_rules : Ruleset(std::make_shared<Ruleset::State>(after.rules));
  RulesComparison out;
  out.program = options.program;
  out.before_name = before.name;
  out.after_name = after.name;
  const auto info = new_rules.program(options.program);
  if (!info) return info.errors();
  out.program_title = info->title;
  auto changed = rule_changes(old_rules, new_rules, options.program);
  if (!changed) return changed.errors();
  out.rules = std::move(*changed);
  if (before.month != after.month && !before.month.empty() && !after.month.empty()) {
    auto between = figures_between(new_rules, options.program, before.month, after.month);
    if (!between) return between.errors();
    out.rules.insert(out.rules.end(), std::make_move_iterator(between->begin()), std::make_move_iterator(between->end()));
  }

  const std::string first = (fs::path(options.workplace) / "before").string();
  const std::string second = (fs::path(options.workplace) / "after").string();
  const auto runs = runs_of(old_rules, new_rules, run_of(before, first, options), run_of(after, second, options));
  if (!runs) return runs.errors();
  const auto& [old_run, new_run] = *runs;
  out.before = old_run.summary;
  out.after = new_run.summary;
  out.benefit = new_run.run.benefit;
  out.benefit_title = title_of(new_rules, options.program, out.benefit);
  auto changes = caseload_changes(second, options.changes);
  if (!changes) return changes.errors();
  out.changes = std::move(*changes);

  const Explainer explained_before(old_rules, old_run);
  const Explainer explained_after(new_rules, new_run);
  for (const SubjectChange& change : out.changes.worst) {
    ComparedSubject one{change, std::nullopt, "", ""};
    const auto was = explained_before.of(change);
    const auto is = explained_after.of(change);
    if (was) one.before = to_text(*was);
    if (is) one.after = to_text(*is);
    if (was && is) one.first = first_difference(*was, *is);
    out.worst.push_back(std::move(one));
  }
  return out;
}

}  // namespace duly
