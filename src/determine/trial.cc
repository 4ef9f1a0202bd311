#include "determine/trial.h"

#include <algorithm>

#include "base/at.h"
#include "determine/combinations.h"
#include "determine/subject_copies.h"
#include "determine/undefined.h"

namespace duly {
namespace {

bool all_settled(const std::vector<Decision>& decisions) {
  return std::all_of(decisions.begin(), decisions.end(), [](const Decision& d) { return d.settled(); });
}

/// What is tried of one subject, as far as it can go until copies of its household are evaluated.
class Trial {
 public:
  Trial(const Evaluated& e, const OpenSubjectRow& open, std::size_t most)
      : e_(e), details_(open.details), row_(open.row), most_(most), subject_(tried_subject(e, open.row)) {}

  void start() {
    causes_ = open_causes(e_, deciding_parts(e_, row_));
    if (!is_open_unit(e_, row_)) return try_all();
    forming_ = open_causes(e_, forming_causes(e_, row_));
    const auto ways = sharpest(e_, forming_, most_);
    if (!ways) return leave_all_open();
    combinations_ = *ways;
    stage_ = Stage::forming;
    ask_all();
  }

  /// How many copies are to be evaluated next; none once it is done.
  [[nodiscard]] std::size_t copies_wanted() const { return wanted_.size(); }
  [[nodiscard]] std::int64_t household() const { return e_.r.values().first_household() + subject_.household; }

  /// Puts answers into the copies from `first` on.
  void write(CopyWriter& writer, std::int32_t first) const {
    const std::vector<Cause>& causes = stage_ == Stage::forming ? forming_ : causes_;
    for (std::size_t w = 0; w < wanted_.size(); ++w)
      for (std::size_t i = 0; i < causes.size(); ++i) {
        if (i == wanted_[w].open) continue;
        Cause cause = causes[i];
        cause.row -= first_row_of(e_, level_of_cause(e_, cause), subject_.household);
        writer.give(first + static_cast<std::int32_t>(w), cause, combinations_.answers[i][combinations_.choice(wanted_[w].combination, i)]);
      }
  }

  /// Goes on by the evaluated copies.
  void take(const Evaluated& evaluated, std::int32_t first) {
    const CopiesOf copies(e_, subject_, evaluated, first);
    switch (stage_) {
      case Stage::forming: return look_behind_units(copies);
      case Stage::all: return compare_all(copies);
      case Stage::hanging: return look_what_hangs(copies);
    }
  }

  TrialResult take_result() { return std::move(out_); }

 private:
  enum class Stage : std::uint8_t { forming, all, hanging };
  static constexpr std::size_t none = ~std::size_t{0};

  /// A copy with one combination of answers, in which one question may be left open.
  struct Wanted {
    std::size_t combination, open;
  };

  void finish(TrialResult result) {
    out_ = std::move(result);
    wanted_.clear();
  }

  [[nodiscard]] TrialResult untried() const {
    TrialResult out;
    for (const Cause& cause : causes_) out.causes.push_back({cause, causes_.size() == 1});
    out.exact = causes_.empty();
    return out;
  }

  void ask_all() {
    wanted_.clear();
    for (std::size_t c = 0; c < combinations_.total; ++c) wanted_.push_back({c, none});
  }

  /// How people are put together decides which other facts matter: each way of settling that is looked behind, unless there are too many, or not
  /// every one of them settles it.
  void look_behind_units(const CopiesOf& copies) {
    for (std::size_t c = 0; c < combinations_.total; ++c) {
      if (copies.has_open_unit(c)) return leave_all_open();
      const std::vector<Cause> found = copies.causes_in(c);
      causes_.insert(causes_.end(), found.begin(), found.end());
    }
    sort_causes();
    try_all();
  }

  void leave_all_open() {
    for (std::size_t n = 0; n < e_.r.plan().nodes.size(); ++n) {
      const PlanNode& node = e_.r.plan().nodes[n];
      if (node.op != PlanOp::fact && node.op != PlanOp::fact_absent && node.op != PlanOp::list_closed && node.op != PlanOp::lookup) continue;
      std::vector<Part> parts;
      e_.paths.for_each_below(node.level, household_level, subject_.household,
                              [&](std::int32_t row) { parts.push_back({static_cast<NodeId>(n), row, whole_set}); });
      const std::vector<Cause> found = open_causes(e_, parts);
      causes_.insert(causes_.end(), found.begin(), found.end());
    }
    sort_causes();
    finish(untried());
  }

  void sort_causes() {
    std::sort(causes_.begin(), causes_.end());
    causes_.erase(std::unique(causes_.begin(), causes_.end()), causes_.end());
  }

  void try_all() {
    const auto combinations = sharpest(e_, causes_, most_);
    if (!combinations) return finish(untried());
    combinations_ = *combinations;
    stage_ = Stage::all;
    ask_all();
  }

  void compare_all(const CopiesOf& copies) {
    for (std::size_t c = 0; c < combinations_.total; ++c) decisions_.push_back(copies.decisions_in(c));
    as_shown_ = as_shown(copies);
    if (as_shown_ && std::all_of(decisions_.begin(), decisions_.end(), all_settled)) return finish(*as_shown_);
    for (std::size_t i = 0; i < causes_.size(); ++i) seen_to_matter_.push_back(is_seen_to_matter(i));
    hangs_ = seen_to_matter_;
    for (std::size_t i = 0; i < causes_.size(); ++i)
      if (!hangs_[i]) add_open(i, waiting_);
    stage_ = Stage::hanging;
    ask_what_hangs();
  }

  /// What all combinations that show an outcome show alike, for everybody; nothing where they differ, or none shows one.
  [[nodiscard]] std::optional<TrialResult> as_shown(const CopiesOf& copies) const {
    std::size_t shown = decisions_.size();
    for (std::size_t c = 0; c < decisions_.size(); ++c) {
      if (!all_settled(decisions_[c])) continue;
      shown = std::min(shown, c);
      if (decisions_[c] != decisions_[shown]) return std::nullopt;
    }
    if (shown == decisions_.size()) return std::nullopt;
    const std::vector<Decision>& all = decisions_[shown];
    if (!std::all_of(all.begin(), all.end(), [&](const Decision& d) { return d == all.front(); })) return std::nullopt;
    TrialResult out;
    out.decided = true;
    out.decision = all.front();
    if (out.decision.kind == Decision::Kind::undefined) out.error = why_undefined(copies, shown);
    collect_failures(copies, out);
    return out;
  }

  [[nodiscard]] Diagnostic why_undefined(const CopiesOf& copies, std::size_t copy) const {
    const Labels labels(copies.evaluated(), details_, copies.number(copy));
    return undefined_value(copies.evaluated(), labels, decisions_[copy].front().undefined_at, copies.rows_in(copy).front());
  }

  void collect_failures(const CopiesOf& copies, TrialResult& out) const {
    const auto& requirements = e_.r.plan().requirements;
    out.fails.assign(requirements.size(), true);
    out.may_fail.assign(requirements.size(), false);
    const Readings& r = copies.evaluated().r;
    for (std::size_t c = 0; c < combinations_.total; ++c) {
      const bool is_open = !all_settled(decisions_[c]);  // what fails in others need not fail here
      for (const std::int32_t row : copies.rows_in(c))
        for (std::size_t q = 0; q < requirements.size(); ++q) {
          const bool is_tested = row >= 0 && !requirements[q].fails_person;
          const bool fails = is_tested && r.surely_not(requirements[q].passes, row);
          out.fails[q] = out.fails[q] && fails;
          out.may_fail[q] = out.may_fail[q] || fails || (is_open && is_tested && !r.surely(requirements[q].passes, row));
        }
    }
  }

  /// The combinations that differ from `first` in the answer to `cause` only.
  template <class F>
  void for_each_answer(std::size_t first, std::size_t cause, F f) const {
    for (std::size_t a = 0; a < combinations_.answers[cause].size(); ++a) f(first + a * combinations_.strides[cause]);
  }

  [[nodiscard]] std::vector<std::size_t> firsts_of(std::size_t cause) const {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < combinations_.total; ++c)
      if (combinations_.choice(c, cause) == 0) out.push_back(c);
    return out;
  }

  [[nodiscard]] bool is_seen_to_matter(std::size_t cause) const {
    for (const std::size_t first : firsts_of(cause)) {
      const std::vector<Decision>* one = nullptr;
      bool differs = false;
      for_each_answer(first, cause, [&](std::size_t c) {
        if (!all_settled(decisions_[c])) return;
        if (one == nullptr) one = &decisions_[c];
        else differs = differs || *one != decisions_[c];
      });
      if (differs) return true;
    }
    return false;
  }

  /// The ways of answering the others where the answers to `cause` do not all settle the same.
  void add_open(std::size_t cause, std::vector<Wanted>& out) const {
    for (const std::size_t first : firsts_of(cause)) {
      bool same = true;
      for_each_answer(first, cause, [&](std::size_t c) { same = same && all_settled(decisions_[c]) && decisions_[c] == decisions_[first]; });
      if (!same) out.push_back({first, cause});
    }
  }

  /// By cause: whether the outcome hangs on it, whatever the others are. Where the outcome is open the others are held and the walk is taken again.
  void ask_what_hangs() {
    wanted_.clear();
    for (; done_ < waiting_.size() && wanted_.size() < most_; ++done_)
      if (!hangs_[waiting_[done_].open]) wanted_.push_back(waiting_[done_]);
    if (wanted_.empty()) drop_idle();
  }

  void look_what_hangs(const CopiesOf& copies) {
    for (std::size_t w = 0; w < wanted_.size(); ++w)
      if (const std::size_t cause = wanted_[w].open; !hangs_[cause]) hangs_[cause] = hangs_on(copies, w, cause);
    ask_what_hangs();
  }

  /// Whether the outcome hangs on the question that is left open in a copy.
  [[nodiscard]] bool hangs_on(const CopiesOf& copies, std::size_t copy, std::size_t cause) const {
    if (all_settled(copies.decisions_in(copy))) return false;
    if (copies.has_open_unit(copy)) return true;
    const std::vector<Cause> found = copies.causes_in(copy);
    return std::binary_search(found.begin(), found.end(), causes_[cause]);
  }

  [[nodiscard]] bool settles_alone(std::size_t cause) const {
    for (std::size_t a = 0; a < combinations_.answers[cause].size(); ++a) {
      const std::vector<Decision>* one = nullptr;
      for (std::size_t c = 0; c < combinations_.total; ++c) {
        if (combinations_.choice(c, cause) != a) continue;
        if (one == nullptr) one = &decisions_[c];
        if (!all_settled(decisions_[c]) || *one != decisions_[c]) return false;
      }
    }
    return true;
  }

  void drop_idle() {
    TrialResult out;
    for (std::size_t i = 0; i < causes_.size(); ++i) {
      if (!hangs_[i]) continue;
      out.causes.push_back({causes_[i], settles_alone(i)});
      out.exact = out.exact && seen_to_matter_[i];
    }
    if (!out.causes.empty()) return finish(std::move(out));
    // Where nothing hangs on any of them, one combination that shows the outcome shows it for all.
    if (as_shown_) return finish(*as_shown_);
    out = untried();
    out.exact = false;
    finish(std::move(out));
  }

  const Evaluated& e_;
  const Household* details_;
  std::int32_t row_;
  std::size_t most_;
  TriedSubject subject_;
  Stage stage_ = Stage::all;
  std::vector<Cause> causes_, forming_;
  Combinations combinations_;
  std::vector<Wanted> wanted_;
  std::vector<std::vector<Decision>> decisions_;
  std::optional<TrialResult> as_shown_;
  std::vector<bool> seen_to_matter_, hangs_;
  std::vector<Wanted> waiting_;  ///< to be looked at in turn, until `done_`
  std::size_t done_ = 0;
  TrialResult out_;
};

/// Some trials from the front that want no more copies together than are evaluated at once, but at least one of them.
std::size_t fitting(const std::vector<Trial*>& waiting) {
  constexpr std::size_t most_at_once = 256;  // every value of each is kept
  std::size_t taken = 1;
  std::size_t copies = waiting.front()->copies_wanted();
  while (taken < waiting.size() && copies + waiting[taken]->copies_wanted() <= most_at_once) copies += waiting[taken++]->copies_wanted();
  return taken;
}

void evaluate_copies(const Evaluated& e, std::span<Trial* const> trials, CopiesMemory& memory) {
  std::vector<CopiedHousehold> households;
  for (const Trial* trial : trials) households.push_back({trial->household(), static_cast<std::int32_t>(trial->copies_wanted())});
  auto place = memory.take();
  copy_households(e.declarations(), e.r.values().facts(), households, e.index.facts_read(), place->table);
  CopyWriter writer(e.declarations(), place->table);
  std::int32_t first = 0;
  for (std::size_t t = 0; t < trials.size(); first += households[t++].copies) trials[t]->write(writer, first);
  evaluate(e.r.plan(), place->table, 0, first, Keep::everything, place->values);
  {
    const Evaluated copies(e.index, place->values);
    first = 0;
    for (std::size_t t = 0; t < trials.size(); first += households[t++].copies) trials[t]->take(copies, first);
  }
  memory.give_back(std::move(place));
}

}  // namespace

std::vector<TrialResult> try_answers(const Evaluated& e, std::span<const OpenSubjectRow> open, int trials, CopiesMemory& memory) {
  std::vector<Trial> all;
  all.reserve(open.size());
  std::vector<Trial*> waiting;
  for (const OpenSubjectRow& one : open) {
    all.emplace_back(e, one, at(trials)).start();
    if (all.back().copies_wanted() > 0) waiting.push_back(&all.back());
  }
  while (!waiting.empty()) {
    const std::size_t taken = fitting(waiting);
    evaluate_copies(e, std::span(waiting).first(taken), memory);
    const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(taken);
    waiting.erase(std::remove_if(waiting.begin(), end, [](const Trial* trial) { return trial->copies_wanted() == 0; }), end);
  }
  std::vector<TrialResult> out;
  out.reserve(all.size());
  for (Trial& trial : all) out.push_back(trial.take_result());
  return out;
}

}  // namespace duly
