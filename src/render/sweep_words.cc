#include "render/sweep_words.h"

#include <algorithm>

#include "base/text.h"
#include "render/value_text.h"

namespace duly {
namespace {

std::string outcome_words(const SweptDecision& decision) {
  if (!decision.decided) return "not decided";
  std::string out(to_word(decision.outcome));
  if (!decision.scope.empty() && decision.scope != "full") out += " (" + decision.scope + ")";
  if (!decision.benefit.empty() && decision.benefit != "0") out += " with " + money_text(decision.benefit);
  return out;
}

std::string shown(const Value& value) { return to_text(value, false); }

bool is_known(const Value& value) { return value.kind != Value::Kind::unknown; }

}  // namespace

std::string value_words(const SweptFact& fact, const std::string& value) {
  const std::size_t blank = value.find(' ');
  const std::string number = value.substr(0, blank);
  const bool is_money = fact.unit.starts_with("USD");
  if (is_money && !number.empty() && number.find_first_not_of("-.0123456789") == std::string::npos)
    return money_text(number) + (blank == std::string::npos ? "" : value.substr(blank));
  return value + (fact.unit.empty() || is_money || blank != std::string::npos ? "" : " " + fact.unit);
}

std::string subject_words(const SweptSubject& subject) {
  return subject.program + ": " + (subject.people.empty() ? "the household" : join_words(subject.people));
}

std::string decision_words(const SweptSubject& subject, const SweptDecision& decision) {
  if (!decision.decided) return "";
  const bool is_served = decision.outcome == Outcome::eligible || decision.outcome == Outcome::conditional;
  if (decision.outcome == Outcome::ineligible) return "-";
  if (!is_served) return std::string(to_word(decision.outcome));
  if (!subject.gives_money) return !decision.scope.empty() && decision.scope != "full" ? decision.scope : std::string(to_word(decision.outcome));
  return decision.benefit.empty() ? "not known" : money_text(decision.benefit);
}

std::string change_words(const SweptChange& change) { return outcome_words(change.before) + " -> " + outcome_words(change.after); }

std::string cause_words(const TurnCause& cause) {
  if (cause.rule.empty()) return "";
  std::string out = (cause.title.empty() ? cause.rule : cause.title) + (cause.of.empty() ? "" : " (" + cause.of + ")");
  if (!cause.cite.empty()) out += ", " + cause.cite;
  if (is_known(cause.compared) && is_known(cause.limit)) return out + ": " + shown(cause.compared) + " against " + shown(cause.limit);
  if (is_known(cause.before) || is_known(cause.after)) out += ": " + shown(cause.before) + " -> " + shown(cause.after);
  return out;
}

std::string loss_words(const SweptTurn& turn) {
  if (!turn.lost.empty()) return money_text(turn.lost) + " a month less";
  if (turn.is_cliff) return "somebody is no longer eligible";
  return "an outcome changes";
}

std::string made_up_words(const Sweep& sweep, const SweptTurn& turn) {
  if (turn.lost.empty()) return "";
  if (turn.made_up_at.empty()) return "The net does not come back to " + money_text(turn.net_before) + " within the range.";
  return "The net is " + money_text(turn.net_before) + " again at " + value_words(sweep.vary, turn.made_up_at) + ".";
}

std::string sweep_title(const Sweep& sweep) {
  std::string out = sweep.vary.title;
  if (!sweep.vary.values.empty())
    out += ", " + value_words(sweep.vary, sweep.vary.values.front()) + " to " + value_words(sweep.vary, sweep.vary.values.back());
  if (!sweep.by.path.empty()) out += ", by " + sweep.by.title;
  return out;
}

std::vector<std::string> explained(const Sweep& sweep) {
  std::vector<std::string> out;
  std::vector<std::string> programs;
  std::vector<std::string> without;
  for (const SweptSubject& subject : sweep.subjects) {
    if (std::find(sweep.not_known.begin(), sweep.not_known.end(), subject.program) != sweep.not_known.end()) continue;
    std::vector<std::string>& list = subject.gives_money ? programs : without;
    if (std::find(list.begin(), list.end(), subject.program) == list.end()) list.push_back(subject.program);
  }
  std::string net = "The net is money in plus benefits, in dollars a month, before any tax or expense. Money in is ";
  net += sweep.counted.empty() ? "nothing: no amount that comes in is written down" : join_words(sweep.counted);
  net += "; a week counts as 12/52 of a month. Benefits are ";
  net += programs.empty() ? "nothing: no program here says what it gives in money."
                          : "what " + join_words(programs) + (programs.size() == 1 ? " gives." : " give.");
  out.push_back(std::move(net));
  if (!without.empty())
    out.push_back(join_words(without) + (without.size() == 1 ? " gives" : " give") +
                  " no amount of money; who is eligible for it is shown, and not counted in the net.");
  if (!sweep.not_known.empty())
    out.push_back("The net is without what " + join_words(sweep.not_known) + (sweep.not_known.size() == 1 ? " gives" : " give") +
                  ": with none of the values is it known how much. Who is eligible is shown.");
  if (!sweep.not_counted.empty()) out.push_back("Not part of the net: " + join_words(sweep.not_counted) + ".");
  if (!sweep.smallest_step.empty())
    out.push_back("Every value was decided, " + value_words(sweep.vary, sweep.smallest_step) +
                  " apart: " + grouped_number(std::to_string(sweep.decided)) + " households in all.");
  else out.push_back("The values were given one by one, so nothing between them was decided.");
  for (const NotLookedAt& left : sweep.not_looked_at) {
    std::string line = "Of " + left.program + (left.by.empty() ? "" : " with " + value_words(sweep.by, left.by)) + " " +
                       grouped_number(std::to_string(left.values)) + " values between the points were not decided, because something is open there";
    std::vector<std::string> names;
    for (const MissingFact& missing : left.missing) names.push_back((missing.of.empty() ? "" : missing.of + ".") + missing.fact);
    out.push_back(line + (names.empty() ? "." : ": say " + join_words(names) + "."));
  }
  if (sweep.small_falls > 0)
    out.push_back(grouped_number(std::to_string(sweep.small_falls)) + (sweep.small_falls == 1 ? " fall" : " falls") + " of the net of less than " +
                  money_text(sweep.least_loss) + " (at most " + money_text(sweep.largest_small_fall) +
                  "), such as the rounding of a benefit makes, " + (sweep.small_falls == 1 ? "is" : "are") + " not listed.");
  return out;
}

std::optional<Number> number_in(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return number_from_text(text.substr(0, text.find(' ')));
  const auto above = number_from_text(text.substr(0, slash));
  const auto below = number_from_text(text.substr(slash + 1));
  return above && below && *below != 0 ? std::optional<Number>(*above / *below) : std::nullopt;
}

bool is_along_numbers(const Sweep& sweep) {
  return std::all_of(sweep.points.begin(), sweep.points.end(), [](const SweptPoint& point) { return number_in(point.value).has_value(); });
}

std::vector<ServedRange> served_ranges(const Sweep& sweep, std::size_t subject) {
  struct Mark {
    Number x;
    bool served;
  };
  std::vector<Mark> marks;
  const auto is_served = [](const SweptDecision& d) { return d.decided && (d.outcome == Outcome::eligible || d.outcome == Outcome::conditional); };
  for (const SweptPoint& point : sweep.points)
    if (const auto x = number_in(point.value)) marks.push_back({*x, is_served(point.decisions[subject])});
  for (const SweptTurn& turn : sweep.turns)
    for (const SweptChange& change : turn.changes) {
      if (change.subject != subject) continue;
      if (const auto x = number_in(turn.before)) marks.push_back({*x, is_served(change.before)});
      if (const auto x = number_in(turn.after)) marks.push_back({*x, is_served(change.after)});
    }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.x < b.x; });
  std::vector<ServedRange> out;
  for (std::size_t i = 0; i < marks.size();) {
    std::size_t end = i;
    while (end + 1 < marks.size() && marks[end + 1].served == marks[i].served) ++end;
    if (marks[i].served) out.push_back({marks[i].x, marks[end].x});
    i = end + 1;
  }
  return out;
}

}  // namespace duly
