#include "determine/trial.h"

#include <algorithm>

#include "determine/answers.h"
#include "determine/undefined.h"

namespace duly {
namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

/// The subject as it is found again in every copy of its household: a row counted within the household, or people, whose units may change.
struct TriedSubject {
  LevelId level;
  std::int32_t household;
  std::int32_t row = 0;
  std::vector<int> people;  ///< of a unit: everyone who may be in it
};

TriedSubject tried_subject(const Evaluated& e, std::int32_t row) {
  const LevelId level = e.r.plan().program->decided;
  TriedSubject out{level, e.paths.household(level, row), 0, {}};
  if (e.paths.level(level).kind != LevelKind::unit) {
    out.row = row - e.paths.rows(level).begin[out.household];
    return out;
  }
  for (int item = 0; item < e.paths.people_in(out.household); ++item)
    if (e.paths.unit_of(level, e.paths.person_row(out.household, item)) == row) out.people.push_back(item);
  return out;
}

/// A batch of copies of the household, evaluated.
class Batch {
 public:
  Batch(const Evaluated& base, const TriedSubject& subject, const std::vector<Cause>& causes, std::size_t copies, CopiesMemory& memory)
      : base_(base), subject_(subject), causes_(causes), copies_(static_cast<std::int32_t>(copies)), memory_(memory), place_(memory.take()) {
    copy_household(base.declarations(), base.r.values().facts(), base.r.values().first_household() + subject.household, copies_,
                   base.index.facts_read(), place_->table);
  }
  ~Batch() { memory_.give_back(std::move(place_)); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  void give(std::int32_t copy, std::size_t cause, const Answer& answer) {
    CopyWriter(base_.declarations(), place_->table).give(copy, within_household(causes_[cause]), answer);
  }

  void run() {
    evaluate(base_.r.plan(), place_->table, 0, copies_, Keep::everything, place_->values);
    evaluated_ = std::make_unique<Evaluated>(base_.index, place_->values);
  }

  [[nodiscard]] const Evaluated& evaluated() const { return *evaluated_; }

  /// The subject's rows in a copy, one for each person of a unit; -1 for a person in no unit.
  [[nodiscard]] std::vector<std::int32_t> rows_in(std::int32_t copy) const {
    const Rows& rows = evaluated_->paths.rows(subject_.level);
    if (base_.paths.level(subject_.level).kind != LevelKind::unit) return {rows.begin[copy] + subject_.row};
    if (subject_.people.empty()) return {rows.begin[copy]};
    std::vector<std::int32_t> out;
    for (const int item : subject_.people) out.push_back(evaluated_->paths.unit_of(subject_.level, evaluated_->paths.person_row(copy, item)));
    return out;
  }

  [[nodiscard]] std::vector<Decision> decisions_in(std::int32_t copy) const {
    std::vector<Decision> out;
    for (const std::int32_t row : rows_in(copy)) {
      if (row >= 0) {
        out.push_back(decision_of(*evaluated_, row));
        continue;
      }
      out.emplace_back();
      out.back().kind = Decision::Kind::outside;
    }
    return out;
  }

  /// Whether it is still open in a copy who belongs together. What matters then cannot be told by the walk: it sees one way of forming the units.
  [[nodiscard]] bool has_open_unit(std::int32_t copy) const {
    const std::vector<std::int32_t> rows = rows_in(copy);
    return std::any_of(rows.begin(), rows.end(), [&](std::int32_t row) { return row >= 0 && is_open_unit(*evaluated_, row); });
  }

  /// What the subject hangs on in a copy, as causes of the base household.
  [[nodiscard]] std::vector<Cause> causes_in(std::int32_t copy) const {
    std::vector<Part> roots;
    for (const std::int32_t row : rows_in(copy)) {
      if (row < 0) continue;
      const std::vector<Part> parts = deciding_parts(*evaluated_, row);
      roots.insert(roots.end(), parts.begin(), parts.end());
    }
    std::vector<Cause> out;
    for (Cause cause : open_causes(*evaluated_, roots)) {
      const LevelId level = level_of(cause);
      cause.row += first_row(base_, level, subject_.household) - first_row(*evaluated_, level, copy);
      out.push_back(cause);
    }
    return out;
  }

 private:
  [[nodiscard]] LevelId level_of(const Cause& cause) const {
    if (cause.kind == Cause::Kind::gap) return world_level;
    if (cause.kind == Cause::Kind::fact) return std::max(base_.fact(cause.index).level, household_level);  // the world stands by households
    return base_.declarations().records[at(cause.index)].of_household ? household_level : person_level;
  }
  static std::int32_t first_row(const Evaluated& e, LevelId level, std::int32_t household) {
    if (level == world_level || level == household_level) return level == world_level ? 0 : household;
    return e.paths.rows(level).begin[household];
  }
  [[nodiscard]] Cause within_household(Cause cause) const {
    cause.row -= first_row(base_, level_of(cause), subject_.household);
    return cause;
  }

  const Evaluated& base_;
  const TriedSubject& subject_;
  const std::vector<Cause>& causes_;
  std::int32_t copies_;
  CopiesMemory& memory_;
  std::unique_ptr<CopiesMemory::Place> place_;
  std::unique_ptr<Evaluated> evaluated_;
};

/// All combinations of answers, numbered: the last question changes fastest.
struct Combinations {
  std::vector<std::vector<Answer>> answers;
  std::vector<std::size_t> strides;
  std::size_t total = 1;

  [[nodiscard]] std::size_t choice(std::size_t combination, std::size_t cause) const { return combination / strides[cause] % answers[cause].size(); }
};

/// Nothing if there are more than `most`.
std::optional<Combinations> combine(const Evaluated& e, const std::vector<Cause>& causes, Sharpness sharpness, std::size_t most) {
  Combinations out;
  out.strides.assign(causes.size(), 1);
  for (const Cause& cause : causes) out.answers.push_back(answers_to(e, cause, sharpness));
  for (std::size_t i = causes.size(); i-- > 0;) {
    out.strides[i] = out.total;
    out.total *= out.answers[i].size();
    if (out.total > most) return std::nullopt;
  }
  return out;
}

std::optional<Combinations> sharpest(const Evaluated& e, const std::vector<Cause>& causes, std::size_t most) {
  for (const Sharpness sharpness : {Sharpness::pieces_and_ends, Sharpness::pieces, Sharpness::uncut})
    if (auto found = combine(e, causes, sharpness, most)) return found;
  return std::nullopt;
}

bool all_settled(const std::vector<Decision>& decisions) {
  return std::all_of(decisions.begin(), decisions.end(), [](const Decision& d) { return d.settled(); });
}

class Trial {
 public:
  Trial(const Evaluated& e, const Household* details, std::int32_t row, int trials, CopiesMemory& memory)
      : e_(e), details_(details), row_(row), most_(at(trials)), memory_(memory), subject_(tried_subject(e, row)) {}

  TrialResult run() {
    causes_ = open_causes(e_, deciding_parts(e_, row_));
    TrialResult out;
    if (is_open_unit(e_, row_) && !add_causes_behind_units()) {
      add_everything_open();
      return untried();
    }
    const auto combinations = sharpest(e_, causes_, most_);
    if (!combinations) return untried();
    combinations_ = *combinations;
    evaluate_all();
    if (settle(out)) return out;
    drop_idle(out);
    return out;
  }

 private:
  TrialResult untried() const {
    TrialResult out;
    for (const Cause& cause : causes_) out.causes.push_back({cause, causes_.size() == 1});
    out.exact = causes_.empty();
    return out;
  }

  /// How people are put together decides which other facts matter: each way of settling that is looked behind. False if there are too many,
  /// or not every one of them settles it.
  bool add_causes_behind_units() {
    const std::vector<Cause> forming = open_causes(e_, forming_causes(e_, row_));
    const auto ways = sharpest(e_, forming, most_);
    if (!ways) return false;
    Batch batch(e_, subject_, forming, ways->total, memory_);
    for (std::size_t c = 0; c < ways->total; ++c)
      for (std::size_t i = 0; i < forming.size(); ++i) batch.give(static_cast<std::int32_t>(c), i, ways->answers[i][ways->choice(c, i)]);
    batch.run();
    for (std::size_t c = 0; c < ways->total; ++c) {
      if (batch.has_open_unit(static_cast<std::int32_t>(c))) return false;
      const std::vector<Cause> found = batch.causes_in(static_cast<std::int32_t>(c));
      causes_.insert(causes_.end(), found.begin(), found.end());
    }
    sort_causes();
    return true;
  }

  void add_everything_open() {
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
  }

  void sort_causes() {
    std::sort(causes_.begin(), causes_.end());
    causes_.erase(std::unique(causes_.begin(), causes_.end()), causes_.end());
  }

  void evaluate_all() {
    batch_ = std::make_unique<Batch>(e_, subject_, causes_, combinations_.total, memory_);
    for (std::size_t c = 0; c < combinations_.total; ++c)
      for (std::size_t i = 0; i < causes_.size(); ++i)
        batch_->give(static_cast<std::int32_t>(c), i, combinations_.answers[i][combinations_.choice(c, i)]);
    batch_->run();
    for (std::size_t c = 0; c < combinations_.total; ++c) decisions_.push_back(batch_->decisions_in(static_cast<std::int32_t>(c)));
  }

  bool settle(TrialResult& out) const { return std::all_of(decisions_.begin(), decisions_.end(), all_settled) && settle_as_shown(out); }

  /// Settles the outcome if all combinations that show one show the same, for everybody.
  bool settle_as_shown(TrialResult& out) const {
    std::size_t shown = decisions_.size();
    for (std::size_t c = 0; c < decisions_.size(); ++c) {
      if (!all_settled(decisions_[c])) continue;
      shown = std::min(shown, c);
      if (decisions_[c] != decisions_[shown]) return false;
    }
    if (shown == decisions_.size()) return false;
    const std::vector<Decision>& all = decisions_[shown];
    if (!std::all_of(all.begin(), all.end(), [&](const Decision& d) { return d == all.front(); })) return false;
    out.decided = true;
    out.decision = all.front();
    if (out.decision.kind == Decision::Kind::undefined) out.error = why_undefined(static_cast<std::int32_t>(shown));
    collect_failures(out);
    return true;
  }

  [[nodiscard]] Diagnostic why_undefined(std::int32_t copy) const {
    const Labels labels(batch_->evaluated(), details_, copy);
    return undefined_value(batch_->evaluated(), labels, decisions_[at(copy)].front().undefined_at, batch_->rows_in(copy).front());
  }

  void collect_failures(TrialResult& out) const {
    const auto& requirements = e_.r.plan().requirements;
    out.fails.assign(requirements.size(), true);
    out.may_fail.assign(requirements.size(), false);
    for (std::size_t c = 0; c < combinations_.total; ++c) {
      if (!all_settled(decisions_[c])) continue;
      for (const std::int32_t row : batch_->rows_in(static_cast<std::int32_t>(c)))
        for (std::size_t q = 0; q < requirements.size(); ++q) {
          const bool fails = row >= 0 && !requirements[q].fails_person && batch_->evaluated().r.surely_not(requirements[q].passes, row);
          out.fails[q] = out.fails[q] && fails;
          out.may_fail[q] = out.may_fail[q] || fails;
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

  /// One way of answering all questions but one.
  struct Held {
    std::size_t cause, first;
  };

  /// The ways of answering the others where the answers to `cause` do not all settle the same.
  void add_open(std::size_t cause, std::vector<Held>& out) const {
    for (const std::size_t first : firsts_of(cause)) {
      bool same = true;
      for_each_answer(first, cause, [&](std::size_t c) { same = same && all_settled(decisions_[c]) && decisions_[c] == decisions_[first]; });
      if (!same) out.push_back({cause, first});
    }
  }

  /// Whether the outcome hangs on the question that is left open in a copy.
  [[nodiscard]] bool hangs_on(const Batch& batch, std::int32_t copy, std::size_t cause) const {
    if (all_settled(batch.decisions_in(copy))) return false;
    if (batch.has_open_unit(copy)) return true;
    const std::vector<Cause> found = batch.causes_in(copy);
    return std::binary_search(found.begin(), found.end(), causes_[cause]);
  }

  /// By cause: whether the outcome hangs on it, whatever the others are. Where the outcome is open the others are held and the walk is taken again.
  [[nodiscard]] std::vector<bool> hanging(const std::vector<bool>& seen_to_matter) const {
    std::vector<bool> out = seen_to_matter;
    std::vector<Held> waiting;
    for (std::size_t i = 0; i < causes_.size(); ++i)
      if (!out[i]) add_open(i, waiting);
    for (std::size_t done = 0; done < waiting.size();) {
      std::vector<Held> now;
      for (; done < waiting.size() && now.size() < most_; ++done)
        if (!out[waiting[done].cause]) now.push_back(waiting[done]);
      if (now.empty()) break;
      Batch batch(e_, subject_, causes_, now.size(), memory_);
      for (std::size_t n = 0; n < now.size(); ++n)
        for (std::size_t i = 0; i < causes_.size(); ++i)
          if (i != now[n].cause) batch.give(static_cast<std::int32_t>(n), i, combinations_.answers[i][combinations_.choice(now[n].first, i)]);
      batch.run();
      for (std::size_t n = 0; n < now.size(); ++n)
        if (!out[now[n].cause]) out[now[n].cause] = hangs_on(batch, static_cast<std::int32_t>(n), now[n].cause);
    }
    return out;
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

  void drop_idle(TrialResult& out) const {
    std::vector<bool> seen_to_matter(causes_.size());
    for (std::size_t i = 0; i < causes_.size(); ++i) seen_to_matter[i] = is_seen_to_matter(i);
    const std::vector<bool> hangs = hanging(seen_to_matter);
    for (std::size_t i = 0; i < causes_.size(); ++i) {
      if (!hangs[i]) continue;
      out.causes.push_back({causes_[i], settles_alone(i)});
      out.exact = out.exact && seen_to_matter[i];
    }
    // Where nothing hangs on any of them, one combination that shows the outcome shows it for all.
    if (!out.causes.empty() || settle_as_shown(out)) return;
    out = untried();
    out.exact = false;
  }

  const Evaluated& e_;
  const Household* details_;
  std::int32_t row_;
  std::size_t most_;
  CopiesMemory& memory_;
  TriedSubject subject_;
  std::vector<Cause> causes_;
  Combinations combinations_;
  std::unique_ptr<Batch> batch_;
  std::vector<std::vector<Decision>> decisions_;
};

}  // namespace

TrialResult try_answers(const Evaluated& e, const Household* details, std::int32_t row, int trials, CopiesMemory& memory) {
  return Trial(e, details, row, trials, memory).run();
}

}  // namespace duly
