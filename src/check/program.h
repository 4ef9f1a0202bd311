#pragma once

// A program with its meaning: every formula typed, on its level, as a graph of terms. Still all dated versions: `compile` picks those in force.
//
// A term has one value for each row of its level. Combining values of different levels is explicit (`lift`), so later stages never guess.
// A value that may be absent (`or none`) is two terms: the value, and a boolean `absent`.
//
// Threads: immutable once built.

#include "resolve/declarations.h"

// clang-format off: one line each, so that a whole list can be read at a glance
namespace duly {

using TermId = int;
inline constexpr TermId no_term = -1;

enum class TermOp : std::uint8_t {
  constant,       // payload: number / truth / words; index: a ConstantKind
  fact,           // index: FactId
  fact_absent,    // boolean; index: FactId
  rule,           // args[0] is the value; index: RuleId. Transparent, marks where a named value begins
  lookup,         // index: parameter; args: keys (numbers or codes), and with `truth` last the date whose law is wanted (`as of`)
  lookup_absent,  // boolean; same
  by_law,         // versions: args parallel to dates; the last whose date is at or before the law date
  law_at_least,   // boolean: law date >= date (payload number), for `from:` / `before:` with a written date
  // numbers (also dates, months, durations)
  add, subtract, multiply, divide, negate, absolute, modulo, minimum, maximum, round,  // round: step (number), mode
  add_months, months_between, years_between, year_of, month_number, day_of, weekday_of, first_day, last_day, month_of,
  compare,        // boolean; comparison
  // codes
  code_equal, code_in,  // code_in: payload mask or list of words
  has_word,       // codes contain a word (args: set, code)
  logical_and, logical_or, logical_not,
  choose,         // args: condition, then, otherwise; any shape
  // rows
  lift,           // args[0] read on this term's level; via says how
  sum, count, least, greatest, some,  // rows of args' level into this level: args: {value, included} ; count and some: {included}. A further
                  // argument, a boolean on this level, tells whether the list of rows is complete
  list_closed,    // boolean on the owner's level: the list of record `index` is complete
  // sets of people
  self_set, everyone, unit_people, set_union, set_intersect, set_except, compose,
  set_from_rows,  // args: {included on a row level}; the people whose rows are included
  in_set,         // boolean on a cross level or on person: args: {set}; the item (b) is in the subject's set; on person the set is the household's or unit's
  set_size,
  // partitions
  closure,        // on person: args: {previous group set or none, pair condition...}: joined chains
  outside,        // on person: args: {group set, boolean}: people taken out
  split,          // on person: args: {group set, bundle set}: bundles leave their group
  make_units,     // on person, creates the rows of level `index`: args: {group set}; value: the person's own group
  in_unit,        // boolean on person: surely in a unit of level `index`
  unit_settled,   // boolean on a unit: nobody's membership is open
  // months
  months_from_rows,  // on owner: args: {month value on record level, included}; payload number: window
  months_between_bounds,  // args: {months, low month, high month}
  months_run,     // longest run of consecutive months
  has_month,      // args: {months, month}
  // records in order
  running,        // on record: args: {included, start, step, low clamp or no_term, high clamp or no_term, order keys...}: value after each record
  make_spells,    // creates the rows of level `index`: args: {kept, from, until, institution} on record, {decided}; words: nights that make a
                  // break, nights that do where only institutions lie between (these nights count)
  spell_field,    // on spells: index: 0 first_night, 1 last_night, 2 nights, 3 open
};

/// `index` of a constant.
/// A `broken_bound_constant` is undefined too; its `words` are the rule and which of its bounds.
enum ConstantKind : int { known_constant = -1, unknown_constant = -2, undefined_constant = -3, broken_bound_constant = -4 };

enum class Compare : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
enum class Via : std::uint8_t { parent, first, second };  ///< from an ancestor; from the subject of a cross level; from its item

struct Term {
  TermOp op = TermOp::constant;
  Type type;
  LevelId level = household_level;
  std::vector<TermId> args;
  TermId absent = no_term;     ///< boolean beside it where the value may be absent
  int index = -1;
  Number number;               ///< constant; round: step
  std::vector<int> words;      ///< code_in; constant code(s)
  bool truth = false;
  Compare comparison = Compare::equal;
  RoundMode mode = RoundMode::none;
  Via via = Via::parent;
  std::vector<Date> dates;     ///< by_law
  Span span;                   ///< where it was written
};

/// One formula of a rule, for the explanation: its text and which term each named part is.
struct FormulaPart {
  std::size_t begin, end;      ///< bytes in the formula's text
  TermId term;
};
struct Formula {
  std::string text;            ///< as written, on one line
  TermId term = no_term;
  std::vector<FormulaPart> parts;  ///< names, parameter calls and aggregates, in order, not nested
  std::string cite;
  Span span;
};

/// What the explanation and the determination need to know of a rule's body.
struct CheckedLine {
  TermId when = no_term;       ///< with its dates
  TermId then = no_term;       ///< branches only
  std::string cite, reason;
  Formula when_formula, then_formula;
  int depth = 0;               ///< nested lines are listed after their head
  bool head_of_group = false;
  bool group_any = false;
  Date from = first_date, before = never;  ///< where written as dates
};
struct CheckedBody {
  Body::Kind kind = Body::Kind::value;
  Formula value;               ///< value, months, running
  TermId passes = no_term, exempt = no_term;
  Formula passes_formula, exempt_formula;
  std::vector<CheckedLine> lines;   ///< branches, lines, table rows
  bool any = true;             ///< lines: any_of
  struct Group {
    std::string word, cite, reason;
    TermId open = no_term, fits = no_term, passes = no_term;
    std::vector<std::pair<std::string, Formula>> columns;
  };
  std::vector<Group> groups;   ///< pick
  struct Step {
    PartitionStep::Kind kind;
    std::vector<CheckedLine> lines;  ///< `when` on pairs (together) or people
    TermId result = no_term;   ///< group sets after the step
  };
  std::vector<Step> steps;     ///< partition
  std::vector<std::pair<std::string, Formula>> let;
};
struct CheckedRule {
  TermId term = no_term;       ///< its `rule` term; no_term for a partition or spells
  Type type;
  struct Version { Date from; std::string source; CheckedBody body; };
  std::vector<Version> versions;
};

struct CheckedRequirement {
  RuleId rule = -1;
  bool fails_person = false;
  TermId passes = no_term;     ///< passed or exempt
  TermId exempt = no_term;
};
/// What a rule comes to and the bound it is held to, both on the rule's level.
struct CheckedBound {
  RuleId rule = -1;
  int bound = 0;               ///< index into the rule's `bounds`
  TermId value = no_term, limit = no_term;
};
/// Its terms are of each subject, also where the rule is of the whole household.
struct CheckedOutput {
  RuleId rule = -1;
  TermId value = no_term, absent = no_term;
};
struct CheckedOutcome {
  TermId when = no_term;       ///< no_term: always
  std::string outcome, scope, remedy, cite;
};
struct CheckedProgram {
  std::shared_ptr<const Declarations> declarations;
  std::vector<Term> terms;
  std::vector<CheckedRule> rules;     ///< parallel to declarations->rules
  std::vector<TermId> level_maker;    ///< by LevelId: the term that makes the rows of a unit or of spells, else no_term
  LevelId decided = household_level;
  TermId decided_when = no_term;
  TermId settled = no_term;           ///< on the decided level: unit membership is settled; no_term where it always is
  std::vector<CheckedRequirement> requirements;
  std::vector<CheckedOutcome> outcomes;
  std::vector<CheckedOutput> outputs;
  std::vector<RuleId> gives;          ///< outputs that are what the family gets: those that the program names, else the first where it is an amount
  std::vector<RuleId> verify_by;      ///< outputs that are dates: the first that there is is the last day for proof
  std::vector<CheckedBound> bounds;
  FactId law_date = -1;               ///< request fact
  std::vector<Diagnostic> warnings;
};

}  // namespace duly
