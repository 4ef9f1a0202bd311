// Records in order: running values and spells.

#include <algorithm>
#include <set>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

/// A record of a running rule.
struct Step {
  int row;
  Truth included;
  Range start, step, low, high;
  std::vector<Range> keys;
};

/// Whether `a`, written before `b` or not, comes before it whatever the keys are.
bool surely_before(const Step& a, const Step& b) {
  for (std::size_t k = 0; k < a.keys.size(); ++k) {
    if (a.keys[k].high < b.keys[k].low) return true;
    if (a.keys[k].high != b.keys[k].low) return false;
    if (!a.keys[k].known() || !b.keys[k].known()) return k + 1 == a.keys.size() && a.row < b.row;
  }
  return a.row < b.row;
}

Range after(const Range& before, const Step& s, bool has_low, bool has_high) {
  Range out{before.low + s.step.low, before.high + s.step.high, before.undefined || s.step.undefined, before.defined && s.step.defined};
  if (has_low) {
    out.low = std::max(out.low, s.low.low);
    out.high = std::max(out.high, s.low.high);
    out.undefined = out.undefined || s.low.undefined;
    out.defined = out.defined && s.low.defined;
  }
  if (has_high) {
    out.low = std::min(out.low, s.high.low);
    out.high = std::min(out.high, s.high.high);
    out.undefined = out.undefined || s.high.undefined;
    out.defined = out.defined && s.high.defined;
  }
  return out;
}

/// Walks every order the keys allow, and takes in what each record's value is in it.
class EveryOrder {
 public:
  EveryOrder(const std::vector<Step>& steps, bool has_low, bool has_high)
      : steps_(steps), has_low_(has_low), has_high_(has_high), done_(steps.size(), false), values_(steps.size()) {}

  std::vector<std::optional<Range>> walk() {
    if (!steps_.empty()) go_on(steps_[0].start, 0);
    return values_;
  }

 private:
  void go_on(const Range& before, std::size_t count) {
    if (count == steps_.size()) return;
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      if (done_[s] || !may_come_next(s)) continue;
      done_[s] = true;
      const Range with = after(before, steps_[s], has_low_, has_high_);
      values_[s] = values_[s] ? either(*values_[s], with) : with;
      const Truth& included = steps_[s].included;
      Range next = !included.yes ? before : !included.no ? with : either(before, with);
      if (included.undefined) next.undefined = true;
      if (!included.yes && !included.no) next.defined = false;
      go_on(next, count + 1);
      done_[s] = false;
    }
  }

  [[nodiscard]] bool may_come_next(std::size_t s) const {
    for (std::size_t other = 0; other < steps_.size(); ++other)
      if (!done_[other] && other != s && surely_before(steps_[other], steps_[s])) return false;
    return true;
  }

  const std::vector<Step>& steps_;
  bool has_low_, has_high_;
  std::vector<bool> done_;
  std::vector<std::optional<Range>> values_;
};

}  // namespace

/// A record that is not in the list has no value.
Answers Oracle::running(const Term& t) {
  const LevelId owner = level(t.level).parent;
  std::vector<Range> out(index(rows(t.level)), Range{0, 0, true, false});
  for (int o = 0; o < rows(owner); ++o) {
    std::vector<Step> steps;
    for (const int r : rows_below(t.level, owner, o)) {
      Step s{r, truth(t.args[0], t.level, r), range(t.args[1], t.level, r), range(t.args[2], t.level, r), {}, {}, {}};
      if (t.args[3] != no_term) s.low = range(t.args[3], t.level, r);
      if (t.args[4] != no_term) s.high = range(t.args[4], t.level, r);
      for (std::size_t k = 5; k < t.args.size(); ++k) s.keys.push_back(range(t.args[k], t.level, r));
      if (s.included.yes || s.included.undefined) steps.push_back(std::move(s));
    }
    const auto values = EveryOrder(steps, t.args[3] != no_term, t.args[4] != no_term).walk();
    for (std::size_t s = 0; s < steps.size(); ++s) {
      Range& value = out[index(steps[s].row)];
      if (!steps[s].included.yes) continue;
      value = *values[s];
      if (steps[s].included.no || steps[s].included.undefined) value.undefined = true;
    }
  }
  return out;
}

const std::vector<std::vector<Oracle::Spell>>& Oracle::spells(LevelId id) {
  auto& found = spells_[index(id)];
  if (!found) found = find_spells(id);
  return *found;
}

/// Night by night: which are spent where the stay is kept, and what lies between them.
std::vector<std::vector<Oracle::Spell>> Oracle::find_spells(LevelId id) {
  const Term& t = term(program_.level_maker[index(id)]);
  const Range decided = range(t.args[4], household_level, 0);
  const auto day = [](const Number& n) { return static_cast<std::int64_t>(numerator(n)); };
  std::vector<std::vector<Spell>> out(index(people()));
  for (int p = 0; p < people(); ++p) {
    std::set<std::int64_t> kept;
    std::set<std::int64_t> institution;
    bool open = false;
    for (const int r : rows_below(t.level, person_level, p)) {
      const Range& from = range(t.args[1], t.level, r);
      const Range& until = range(t.args[2], t.level, r);
      const std::int64_t end = until.defined ? day(until.low) : day(decided.low);
      const bool is_kept = truth(t.args[0], t.level, r).yes;
      const bool is_institution = truth(t.args[3], t.level, r).yes;
      for (std::int64_t night = day(from.low); night < end; ++night) {
        if (is_kept) kept.insert(night);
        if (is_institution) institution.insert(night);
      }
      if (is_kept && !until.defined) open = true;
    }
    std::int64_t before = 0;
    for (const std::int64_t night : kept) {
      std::int64_t gap = night - before - 1;
      bool only_institutions = true;
      for (std::int64_t n = before + 1; n < night && only_institutions && !out[index(p)].empty(); ++n) only_institutions = institution.contains(n);
      const bool counts = only_institutions && gap < t.words[1];
      if (out[index(p)].empty() || (gap >= t.words[0] && !counts)) out[index(p)].push_back({{night, night}, {night, night}, {0, 0}, surely_no});
      else if (counts) out[index(p)].back().nights.low += gap;
      Spell& spell = out[index(p)].back();
      spell.last_night = {night, night};
      spell.nights.low += 1;
      spell.nights.high = spell.nights.low;
      before = night;
    }
    if (open && !out[index(p)].empty()) out[index(p)].back().open = surely_yes;
  }
  return out;
}

Answers Oracle::spell_field(const Term& t) {
  std::vector<Spell> all;
  for (const auto& of_person : spells(t.level)) all.insert(all.end(), of_person.begin(), of_person.end());
  if (t.index == 3) return each_row(t, [&](int row) { return all[index(row)].open; });
  return each_row(t, [&](int row) {
    const Spell& spell = all[index(row)];
    return t.index == 0 ? spell.first_night : t.index == 1 ? spell.last_night : spell.nights;
  });
}

}  // namespace duly::oracle
