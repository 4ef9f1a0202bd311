#include "what_if/sweep_line.h"

#include <algorithm>

#include "base/at.h"
#include "what_if/exact_text.h"

namespace duly {
namespace {

bool is_served(Outcome outcome) { return outcome == Outcome::eligible || outcome == Outcome::conditional; }

bool same_outcome(const SweptDecision& x, const SweptDecision& y) { return x.decided == y.decided && x.outcome == y.outcome && x.scope == y.scope; }

}  // namespace

SweepLine::SweepLine(const std::vector<ProgramScan>& scans, const VariedFact& fact, std::string by, const Number& least_loss, Sweep& out)
    : scans_(scans), fact_(fact), by_(std::move(by)), least_loss_(least_loss), out_(out) {}

const MoneyAlong& SweepLine::money() const {
  const auto found = std::find_if(scans_.begin(), scans_.end(), [](const ProgramScan& scan) { return scan.knows_received; });
  return found == scans_.end() ? scans_.front().money : found->money;
}

std::size_t SweepLine::subject(std::size_t scan, std::int32_t person) {
  const ProgramScan& of = scans_[scan];
  const std::string key = person < 0 ? "" : of.people[at(person)];
  for (std::size_t s = 0; s < out_.subjects.size(); ++s)
    if (out_.subjects[s].program == of.id && out_.subjects[s].key == key) return s;
  SweptSubject added;
  added.program = of.id;
  added.program_title = of.title;
  added.key = key;
  const auto seen = std::find_if(of.subjects.begin(), of.subjects.end(), [&](const Subject& s) { return s.key == key; });
  if (seen != of.subjects.end()) added.people = seen->people;
  else if (!key.empty()) added.people = {key};
  added.gives_money = of.gives_money;
  out_.subjects.push_back(std::move(added));
  return out_.subjects.size() - 1;
}

SweptDecision SweepLine::told(const CopyDecision& decision, bool gives_money) const {
  SweptDecision out;
  out.decided = true;
  out.outcome = decision.outcome;
  out.scope = decision.scope;
  if (gives_money && decision.is_known) out.benefit = to_text(to_number(decision.given));
  return out;
}

std::vector<SweptDecision> SweepLine::told(const std::vector<const CopyDecisions*>& of) {
  std::vector<SweptDecision> out;
  for (std::size_t scan = 0; scan < of.size(); ++scan)
    for (const CopyDecision& decision : of[scan]->subjects) {
      const std::size_t s = subject(scan, decision.person);
      if (out.size() <= s) out.resize(s + 1);
      out[s] = told(decision, scans_[scan].gives_money);
    }
  out.resize(out_.subjects.size());
  return out;
}

void SweepLine::weigh(Stretch& stretch) const {
  for (std::size_t scan = 0; scan < scans_.size(); ++scan) {
    const auto& not_known = out_.not_known;
    if (!scans_[scan].gives_money || std::find(not_known.begin(), not_known.end(), scans_[scan].id) != not_known.end()) continue;
    stretch.is_known = stretch.is_known && stretch.of[scan]->looked_at;
    for (const CopyDecision& decision : stretch.of[scan]->subjects) {
      stretch.is_known = stretch.is_known && decision.is_known;
      stretch.given += to_number(decision.given);
    }
  }
}

void SweepLine::add() {
  for (std::size_t point = 0; point < fact_.values.size(); ++point) add_point(point);
  if (!fact_.is_range) return;
  join_stretches();
  for (std::size_t stretch = 1; stretch < stretches_.size(); ++stretch) add_turn(stretch);
}

void SweepLine::add_point(std::size_t point) {
  Stretch here;
  here.first = fact_.is_range ? fact_.points()[point] - fact_.low : static_cast<std::int64_t>(point);
  for (const ProgramScan& scan : scans_) here.of.push_back(&scan.points[point]);
  weigh(here);
  SweptPoint out;
  out.value = fact_.values[point];
  out.by = by_;
  const Number money_in_here = money().at(here.first);
  out.money_in = to_text(money_in_here);
  if (here.is_known) {
    out.benefits = to_text(here.given);
    out.net = to_text(Number(money_in_here + here.given));
  }
  out.decisions = told(here.of);
  out_.points.push_back(std::move(out));
}

void SweepLine::join_stretches() {
  std::vector<std::size_t> next(scans_.size(), 0);
  for (std::int64_t first = 0; first < INT64_MAX;) {
    Stretch stretch;
    stretch.first = first;
    std::int64_t end = INT64_MAX;
    for (std::size_t scan = 0; scan < scans_.size(); ++scan) {
      const std::vector<Run>& runs = scans_[scan].runs;
      if (next[scan] + 1 < runs.size() && runs[next[scan] + 1].first == first) ++next[scan];
      stretch.of.push_back(&runs[next[scan]].decisions);
      if (next[scan] + 1 < runs.size()) end = std::min(end, runs[next[scan] + 1].first);
    }
    weigh(stretch);
    stretches_.push_back(std::move(stretch));
    first = end;
  }
}

void SweepLine::add_turn(std::size_t index) {
  const Stretch& before = stretches_[index - 1];
  const Stretch& after = stretches_[index];
  SweptTurn turn;
  const Number money_before = money().at(after.first - 1);
  const Number net_before = money_before + before.given;
  Number lost = 0;
  if (before.is_known && after.is_known) {
    const Number net_after = money().at(after.first) + after.given;
    turn.net_before = to_text(net_before);
    turn.net_after = to_text(net_after);
    if (net_after < net_before) lost = net_before - net_after;
  }
  std::vector<SweptDecision> then = told(before.of);
  const std::vector<SweptDecision> now = told(after.of);
  then.resize(now.size());
  bool turns = false;
  bool ends = false;
  for (std::size_t s = 0; s < now.size(); ++s) {
    if (!is_looked_at(before, s) || !is_looked_at(after, s)) continue;  // `Sweep::not_looked_at` tells of it
    const bool differs = !same_outcome(then[s], now[s]);
    if (!differs && then[s].benefit == now[s].benefit) continue;
    turns = turns || differs;
    ends = ends || (then[s].decided && is_served(then[s].outcome) && (!now[s].decided || now[s].outcome == Outcome::ineligible));
    turn.changes.push_back({s, then[s], now[s]});
  }
  const bool falls_far = lost > 0 && lost >= least_loss_;
  if (!turns && !falls_far) {
    if (lost == 0) return;
    ++out_.small_falls;
    if (const auto largest = number_from_exact(out_.largest_small_fall); !largest || lost > *largest) out_.largest_small_fall = to_text(lost);
    return;
  }
  turn.by = by_;
  turn.before = fact_.text(fact_.low + after.first - 1);
  turn.after = fact_.text(fact_.low + after.first);
  turn.is_cliff = falls_far || ends;
  if (lost > 0) {
    turn.lost = to_text(lost);
    turn.made_up_at = made_up_at(index, net_before);
  }
  out_.turns.push_back(std::move(turn));
}

bool SweepLine::is_looked_at(const Stretch& stretch, std::size_t subject) const {
  for (std::size_t scan = 0; scan < scans_.size(); ++scan)
    if (scans_[scan].id == out_.subjects[subject].program) return stretch.of[scan]->looked_at;
  return true;
}

/// The net rises in a straight line within a stretch.
std::string SweepLine::made_up_at(std::size_t index, const Number& net) const {
  for (std::size_t i = index; i < stretches_.size(); ++i) {
    if (!stretches_[i].is_known) continue;
    const std::int64_t first = stretches_[i].first;
    const std::int64_t last = i + 1 < stretches_.size() ? stretches_[i + 1].first - 1 : fact_.high - fact_.low;
    const Number wanted = net - stretches_[i].given;
    if (money().at(last) < wanted) continue;
    if (money().at(first) >= wanted) return fact_.text(fact_.low + first);
    if (!money().each.empty()) {
      for (std::int64_t value = first; value <= last; ++value)
        if (money().at(value) >= wanted) return fact_.text(fact_.low + value);
      continue;
    }
    const Number steps = (wanted - money().base) / money().slope;
    const auto whole = to_int64(-floor_of(Number(-steps)));
    if (whole) return fact_.text(fact_.low + *whole);
  }
  return "";
}

}  // namespace duly
