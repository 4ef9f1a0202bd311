#pragma once

// What would be if a fact were another: a household decided again and again with other values of one fact, or of two.
//
//   duly::SweepRequest asked;
//   asked.vary = {"people.ana.wages", "0..6000:25"};
//   auto swept = duly::sweep(rules, document, asked);
//
// Threads: plain value types; the functions may be called at once from any number of threads.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "duly/render.h"

namespace duly {

/// One fact and the values it is given.
struct Variation {
  /// As the document has it: `people.ana.wages`, `people.ana.income[0].amount`, `people.ana.age`, `rent`, `place.state`.
  std::string path;
  /// `0..6000:25`: first, last and step (without a step about 25 values); `0..400:5 per week`; or values one by one: `yes,no`, `500,900,1200`.
  std::string values;
};

struct SweepRequest {
  Variation vary;
  Variation by;                       ///< a second fact: everything once more for each of its values; empty path: none
  std::vector<std::string> programs;  ///< empty: all that cover the household's place and month
  Request request;
  /// Dollars a month: smaller falls of the net, such as the roundings of two programs together make, are counted and not listed.
  std::string least_loss = "2";
  int threads = 1;                    ///< no result depends on it
};

/// Somebody whom a program decides somewhere along the sweep.
struct SweptSubject {
  std::string program, program_title;
  std::string key;                    ///< the person; of a unit its first person; empty for the household
  std::vector<std::string> people;    ///< everyone in the unit, where it was first seen
  bool gives_money = false;           ///< whether the program says what it gives is worth
};

struct SweptDecision {
  bool decided = false;               ///< false where the program does not decide them
  Outcome outcome = Outcome::error;
  std::string scope;
  std::string benefit;                ///< US dollars a month, exact; empty if not known, or the program gives no money
};

/// The household with one value of the varied fact.
struct SweptPoint {
  std::string value, by;
  std::string money_in;               ///< US dollars a month, exact: amounts that the dictionary marks as received
  std::string benefits;               ///< what all programs give in a month but `Sweep::not_known`; empty where an amount is not known
  std::string net;                    ///< both together; empty likewise
  std::vector<SweptDecision> decisions;  ///< beside `Sweep::subjects`
};

struct SweptChange {
  std::size_t subject = 0;            ///< index into `Sweep::subjects`
  SweptDecision before, after;
};

/// Why a program decides otherwise on the other side of a turn: the test that fails there and did not before, else the first rule whose value differs
/// and is no amount, else the first amount that makes the jump.
struct TurnCause {
  std::string program, rule, title, cite;
  std::string line;  ///< of a rule with lines the one that decided
  std::string of;  ///< the person, where the rule is of one of several
  Value before, after;  ///< its value on both sides
  Value compared, limit;  ///< of a test that compares: what with what
};

/// Two values next to each other, one smallest step apart, between which the net falls or somebody's outcome changes.
struct SweptTurn {
  std::string by;
  std::string before, after;  ///< of the varied fact
  bool is_cliff = false;  ///< the net falls by `least_loss` or more, or somebody is no longer eligible
  std::string net_before, net_after;
  std::string lost;  ///< US dollars a month by which the net falls; empty if it does not fall or is not known
  std::string made_up_at;  ///< the first later value at which the net is again what it was before; empty if not within the range
  std::vector<SweptChange> changes;
  std::vector<TurnCause> causes;  ///< one for each program that decides otherwise
};

struct SweptFact {
  std::string path;
  std::string title;  ///< in words
  std::string unit;  ///< `USD per month`, empty without
  std::vector<std::string> values;
  bool is_money_in = false;  ///< whether the net rises with it
};

/// Values between the points that were not looked at, because the program leaves something open there.
struct NotLookedAt {
  std::string program, by;
  std::int64_t values = 0;
  std::vector<MissingFact> missing;  ///< what it asks for
};

struct Sweep {
  SweptFact vary, by;
  std::vector<SweptSubject> subjects;
  std::vector<SweptPoint> points;  ///< for each value of `by`, each value of `vary`
  std::vector<SweptTurn> turns;  ///< in the same order
  std::string smallest_step;  ///< every value this far apart was decided; empty where values were given one by one
  std::int64_t decided = 0;  ///< households decided, over all programs
  std::string least_loss;
  std::int64_t small_falls = 0;  ///< falls of the net of less than that
  std::string largest_small_fall;
  std::vector<std::string> counted;  ///< what money in is made of: `ana.income[0].amount`
  std::vector<std::string> not_counted;  ///< amounts received that are not part of it, each with why
  /// Programs that give money, but how much is known with no value: they are not part of the net. Where that is so of all of them, the net is not known.
  std::vector<std::string> not_known;
  std::vector<NotLookedAt> not_looked_at;
  std::vector<Diagnostic> warnings;
};

/// Decides the household with each value. Where the varied fact is given as a range, every value a smallest step apart is decided as well (every cent of
/// an amount), so that no turn hides between two points.
/// Errors: E104, E303 for a path that means nothing, E316 for values that cannot be used, E317 for what is no single fact, and all of `determine`.
DULY_API Result<Sweep> sweep(const Ruleset& rules, std::string_view document, const SweepRequest& asked);

DULY_API std::string to_text(const Sweep& sweep, const TextOptions& options);
/// `{"duly": 1, "vary": ..., "subjects": [...], "points": [...], "turns": [...]}`. Numbers are strings, exact.
DULY_API std::string to_json(const Sweep& sweep, int indent = 2);
/// One line a point: by, value, money in, benefits, net, and of each subject outcome, scope and benefit.
DULY_API std::string to_csv(const Sweep& sweep);
/// The net along the varied fact, its cliffs marked, and below it who is eligible where.
DULY_API std::string to_svg(const Sweep& sweep);
/// A page that stands alone: the charts, the cliffs with what causes them, the table. `chart_script` is the text of share/duly/charts.js, which becomes a
/// part of the page and draws the charts with Vega-Lite; without it they are plain drawings, and the page says so.
DULY_API std::string to_html(const Sweep& sweep, std::string_view chart_script = {});

/// One fact as it would have to be.
struct FactChange {
  std::string path;  ///< as `Variation::path`
  std::string fact;  ///< its name in the dictionary
  std::string title;  ///< in words
  Value from, to;
  std::string difference;  ///< of numbers, without a sign; of dates in days
  bool is_less = false;
};

/// Changes that together make somebody eligible: each was decided.
struct WayToEligible {
  std::vector<FactChange> changes;  ///< one or two
  std::vector<MissingFact> missing;  ///< empty where they are eligible then; else they are refused no more, and this is still to be asked
  std::string scope;
  NamedValue benefit;  ///< what would be due; without a name where the program gives no money
};

struct WhyNot {
  Determination determination;  ///< as it is now
  /// Nearest first; pairs only where no single fact is enough, and ways to an outcome that is open only where there is none to eligible.
  std::vector<WayToEligible> ways;
  std::vector<FactChange> fixed;  ///< facts it rests on that nobody can change; only path, fact, title and `from` are filled in
  std::int64_t decided = 0;  ///< households decided in the search
};

struct WhyNots {
  std::vector<WhyNot> ineligible;  ///< one for each unit or person who is ineligible
  std::vector<Determination> others;
  std::vector<Diagnostic> warnings;
};

/// For each unit or person whom `program` finds ineligible: the nearest facts that would make them eligible. Only facts the outcome rests on are
/// tried, none that the dictionary says nobody can change, and nothing is named that was not decided again from the changed document.
/// Errors: those of `determine`.
DULY_API Result<WhyNots> why_not(const Ruleset& rules, const std::string& program, std::string_view document, const Request& request = {});

DULY_API std::string to_text(const WhyNots& answer, const TextOptions& options);
/// `{"duly": 1, "ineligible": [...], "others": [...]}`.
DULY_API std::string to_json(const WhyNots& answer, int indent = 2);

}  // namespace duly
