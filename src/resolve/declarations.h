#pragma once

// What the rule files declare, names bound, before any meaning is checked: code lists, facts, records, parameters, rules, programs, wordings.
// Formulas are still as written (`syntax/expr.h`); `check` gives them types and levels.
//
// Threads: immutable once built.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "syntax/expr.h"
#include "syntax/formula.h"
#include "syntax/yaml.h"

// clang-format off: one line each, so that a whole list can be read at a glance
namespace duly {

enum class Base : std::uint8_t { boolean, number, date, month, duration, days, code, codes, people, months, text };
enum class Unit : std::uint8_t { none, money, hours, nights };
enum class Per : std::uint8_t { none, day, week, month, year, pay_period };

/// The type of a fact, a rule, a parameter or a part of a formula.
struct Type {
  Base base = Base::boolean;
  Unit unit = Unit::none;
  Per per = Per::none;
  bool whole = false;       ///< a count
  bool literal = false;     ///< a bare number of a formula, which takes the unit of what it meets
  bool conversion = false;  ///< turns a quantity per `from` into one per `per`
  Per from = Per::none;
  int list = -1;            ///< code list of `code` and `codes`
  std::string absent;       ///< `none`, `unlimited` or `not_offered` where the value may be absent, else empty
};
std::string to_text(const Type& type);

struct CodeList {
  std::string name;
  std::vector<std::string> words;
  std::vector<std::string> labels;                       ///< for people; as long as `words`
  std::vector<std::pair<std::string, std::vector<int>>> groups;  ///< named sets of words, usable as keys of table rows
  std::map<std::string, int> accepted;                   ///< stored words, labels and further spellings in documents and tables
  Span span;
  [[nodiscard]] int index_of(std::string_view word) const;  ///< -1 if it is no word of the list
};

using LevelId = int;
enum class LevelKind : std::uint8_t { world, household, person, record, unit, spells, pair, unit_person, unit_record };

/// A kind of row. Rows of a level hang below rows of its parent; a cross level (pair, unit_person, unit_record) has one row for each pair.
struct Level {
  LevelKind kind;
  std::string one;      ///< word used in `of:`, such as `person` or `expense`
  std::string list;     ///< word used in formulas for the rows below, such as `people` or `expenses`
  LevelId parent = -1;
  LevelId first = -1;   ///< of a cross level: the subject's level
  LevelId second = -1;  ///< of a cross level: the item's level
  int declared = -1;    ///< record index or rule index that made it
};
inline constexpr LevelId world_level = 0;
inline constexpr LevelId household_level = 1;
inline constexpr LevelId person_level = 2;
inline constexpr LevelId pair_level = 3;  ///< (person a, person b) of one household, a != b and a == b alike

using FactId = int;
struct Fact {
  std::string name;
  std::string title;
  LevelId level = household_level;
  bool of_place = false;      ///< given under `place:` of a document
  bool of_request = false;    ///< benefit_month, decided, applied, occasion
  int record = -1;            ///< index of its record where it is a field
  Type type;
  Number low, high;           ///< hard range of a number, in its own unit; dates and months as days and indexes
  std::optional<std::pair<Number, Number>> plausible;
  int places = 0;             ///< decimal places a document may give
  std::string ask, cite;
  std::optional<Node> if_not_stated;
  ExprPtr needed_when, otherwise;
  std::string given_as_age;   ///< other key of a document that gives completed years on the day decided
  std::string set_name, inverse_name;  ///< of a relation: the set from this side, from the other side
  bool symmetric = false;
  FactId inverse_of = -1;     ///< the relation this set is the other side of
  std::vector<std::string> private_in;
  std::vector<std::string> evidence;
  bool changeable = true;     ///< false where no one can change it (age, history)
  bool received = false;      ///< an amount that somebody gets: money in
  Span span;
};

struct RecordKind {
  std::string name;           ///< the list: `income`
  std::string one;            ///< one of it: `income_item`
  LevelId level = -1;
  bool of_household = false;  ///< else of a person
  std::vector<FactId> fields;
  FactId in_force_from = -1, in_force_until = -1;
  FactId in_time_from = -1, in_time_until = -1;
  FactId paid_by = -1;        ///< the relation field of household records that may name a payer
  FactId short_word = -1, short_value = -1;  ///< `wages: 1697` fills these two
  std::string ask, cite;
  Span span;
};

enum class Confidence : std::uint8_t { official, reported, computed, projected, doubtful };
std::string_view to_word(Confidence confidence);

/// A pattern for one key of a table row; narrower patterns win.
struct KeyPattern {
  enum class Kind : std::uint8_t { word, group, number, band, any } kind = Kind::any;
  int word = -1;              ///< word or group index of the key's code list
  std::int64_t low = 0, high = 0;  ///< number: low == high; band: high may be `no_end`
  static constexpr std::int64_t no_end = INT64_MAX;
};
struct ParameterRow {
  std::vector<KeyPattern> keys;
  enum class State : std::uint8_t { value, absent, gap } state = State::value;
  Number value;               ///< number, date (days), month (index), boolean (0/1) or code (word)
  Number each_more;           ///< added for each unit of the last key past the row's number, where `grows`
  bool grows = false;
  Date from = first_date;     ///< in law
  Date until = never;         ///< first day it no longer holds
  std::optional<Date> applied;
  int source = -1;            ///< index into Parameter::sources
  Confidence confidence = Confidence::official;
  Span span;
};
struct ParameterKey {
  std::string name;
  int list = -1;              ///< code list, or -1 for a whole number
  bool is_month = false;
};
/// What stood in the base of a pack where a definition of the pack stands now.
struct Replaced {
  std::string program;        ///< the base; empty where nothing was replaced
  std::string cite;           ///< of the definition that was replaced
};
struct Parameter {
  std::string name, title, cite;
  Replaced replaced;
  Type type;
  std::vector<ParameterKey> keys;
  std::vector<ParameterRow> rows;
  std::vector<std::string> sources;
  std::optional<std::pair<Number, Number>> range;  ///< what an unknown value can be; else the span of its known values
  std::vector<std::string> notes, doubts;
  std::string module;
  Span span;
};

struct Line;
/// `when` of a line of any_of / all_of, or a nested group.
struct LineGroup {
  bool any = true;
  std::vector<Line> lines;
};
struct Line {
  ExprPtr when;
  std::shared_ptr<LineGroup> group;
  std::string cite, reason;
  ExprPtr from, before;       ///< a date literal or the name of a date parameter
  Span span;
};
struct Branch {
  ExprPtr when;               ///< null in the `otherwise`
  ExprPtr then;
  std::string cite;
  ExprPtr from, before;
  Span span;
};
struct DecisionRow {
  std::vector<CellTests> tests;
  ExprPtr result;
  Span span;
};
struct PartitionStep {
  enum class Kind : std::uint8_t { together, outside, apart, keep } kind = Kind::together;
  struct Item {
    ExprPtr who, when;
    ExprPtr brings;
    std::string cite, reason;
    Span span;
  };
  std::vector<Item> items;
  Span span;
};
struct ChoiceGroup {
  std::string group, cite;
  std::map<std::string, ExprPtr> columns;  ///< overrides; `fits` always
  std::string reason;
  Span span;
};

/// The one body of a rule.
struct Body {
  enum class Kind : std::uint8_t { value, test, branches, lines, table, partition, pick, running, spells, months } kind = Kind::value;
  ExprPtr value;                                   // value, months
  std::map<std::string, ExprPtr> passes;           // test: by occasion, or "" for every occasion
  ExprPtr exempt;
  std::vector<Branch> branches;
  LineGroup lines;
  std::vector<std::string> inputs;                 // table
  std::vector<Span> input_spans;
  std::vector<DecisionRow> rows;
  bool hit_first = false;
  bool everyone_together = false;                  // partition
  std::vector<PartitionStep> steps;
  std::string role;
  std::vector<std::pair<std::string, ExprPtr>> each;  // pick
  std::vector<ChoiceGroup> groups;
  std::string each_reason;
  ExprPtr over, start, running;                    // running
  std::vector<std::string> in_order;
  std::string spells_of;                           // spells
  ExprPtr keep;
  struct NotABreak { ExprPtr when; bool counts = false; Span span; };
  std::vector<NotABreak> not_a_break;
};

/// What a replaced rule may never come to, a formula in the words of the base on the rule's own level.
struct Bound {
  bool is_highest = false;                         ///< `never_more_than`, else `never_less_than`
  ExprPtr limit;
  std::string cite;
  Span span;
};

using RuleId = int;
struct Rule {
  std::string name, title, cite, note;
  std::string module;                              ///< path of its file below the rules folder
  LevelId level = household_level;
  std::string level_word;
  std::optional<Type> type;
  std::vector<std::pair<std::string, ExprPtr>> let;
  std::vector<Span> let_spans;
  std::string reason;
  std::vector<std::string> doubts;
  bool may_be_stated = false;
  Replaced replaced;
  std::vector<Bound> bounds;                       ///< that its base sets; empty where nothing was replaced
  std::int64_t window = 0;                         ///< months back from the benefit month, of a `months` rule
  std::optional<std::pair<Number, Number>> range;
  struct Version { Date from = first_date; std::string source; Body body; };
  std::vector<Version> versions;                   ///< one, from the first date, where the formula never changed
  Span span;
};

struct Requirement {
  std::string test;
  std::string fails;                               ///< `unit` or `person`
  Span span;
};
struct OutcomeLine {
  ExprPtr when;                                    ///< null: always
  std::string outcome;                             ///< eligible unless said
  std::string scope;                               ///< full unless said
  std::string remedy, cite;
  Span span;
};
/// A fact that is filled from what another program decided about the same person, where nobody stated it.
struct ReadProgram {
  struct Line {
    std::string outcome, scope;                    ///< as decided; an empty scope is any
    std::int64_t value = 0;                        ///< the word of the fact's list, or 1 for yes and 0 for no
  };
  std::string program;
  FactId fact = -1;
  std::vector<Line> lines;                         ///< the first that fits fills; none: the fact stays open
  Span span;                                       ///< of the program's name
};

struct ProgramDecl {
  std::string id, title, authority;
  std::string each;                                ///< level word of what is decided
  ExprPtr each_when;
  std::string law_in_force_by;                     ///< name of a date or month of the request
  std::optional<Month> covered_from, covered_until;
  std::optional<Date> last_checked;
  std::vector<Requirement> requires_tests;
  std::vector<std::string> outputs;
  std::vector<Span> output_spans;
  std::vector<std::string> gives;                  ///< outputs that are what the family gets, in money or paid for it; empty: not said
  std::vector<Span> give_spans;
  std::vector<std::string> verify_by;              ///< outputs that are dates: the first that there is is the last day for proof
  std::vector<Span> verify_by_spans;
  std::vector<OutcomeLine> outcomes;
  std::vector<std::pair<std::string, std::string>> not_modelled;  ///< what, citation
  std::vector<std::string> doubts;
  struct Cover { FactId fact; std::vector<int> words; };
  std::vector<Cover> covers;                       ///< where it decides: a place must have one of the words of each; empty: everywhere
  std::vector<ReadProgram> reads;
  std::string extends;                             ///< the base of a pack, else empty
  bool is_frame = false;                           ///< decides nobody without a pack
  std::vector<std::string> slots;                  ///< of a frame: what each of its packs must define
  std::vector<std::pair<std::string, std::string>> replaced;  ///< of a pack: names of its base that it replaces, and what it cites for it
  Span span;
};

/// All that one program reaches.
struct Declarations {
  ProgramDecl program;
  std::vector<CodeList> lists;
  std::vector<Level> levels;
  std::vector<Fact> facts;
  std::vector<RecordKind> records;
  std::vector<Parameter> parameters;
  std::vector<Rule> rules;
  std::map<std::string, std::map<std::string, std::string>> notices;  ///< language -> reason -> ICU message
  std::vector<std::pair<std::string, std::string>> files;             ///< path below the rules folder, SHA-256
  std::string rules_hash;                                             ///< SHA-256 over `files`

  std::map<std::string, FactId> request_facts;  ///< benefit_month, decided, applied, occasion
};

}  // namespace duly
