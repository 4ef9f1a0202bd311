#pragma once

// What comes back: determinations, their reasons, and explanations down to the facts.
//
// Threads: plain value types; distinct objects may be used from distinct threads, const objects from any number of threads.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "duly/diagnostic.h"
#include "duly/export.h"

namespace duly {

/// eligible     all that the program requires is met
/// ineligible   a requirement surely fails, whatever the missing facts are
/// conditional  all but one curable requirement is met; `remedy` says what cures it
/// pending      a deciding fact is missing; `missing` names it. Never a "no"
/// error        a rule could not be carried out for this subject; `errors` says which
enum class Outcome : std::uint8_t { eligible, ineligible, conditional, pending, error };
DULY_API std::string_view to_word(Outcome outcome);

/// An exact value, ready to be shown and to be computed with: never binary floating point.
struct Value {
  enum class Kind : std::uint8_t { unknown, absent, boolean, number, money, date, month, code, codes, people, months, text } kind = Kind::unknown;
  std::string
      text;  ///< canonical and exact: `1697.5`, `true`, `YYYY-MM-DD`, a code's word, `none`; sets as words separated by one blank; empty if unknown
  std::string low;  ///< of an unknown number or date: the least it can be, as `text`; empty where only the dictionary's range says that
  std::string high;  ///< likewise the most; either may be there without the other
  std::string unit;  ///< `USD per month`, `hours per week`, empty without unit
  std::string label;  ///< of a code: how its list shows it to people; else empty
};

/// Who was decided.
struct Subject {
  std::string kind;  ///< `person`, `household`, or the name of the unit
  std::string key;  ///< the person; of a unit its first person in the order of the document
  std::vector<std::string> people;  ///< everyone in the unit; the person alone
  std::vector<std::string> members;  ///< of a unit: those who take part
  std::int32_t row = 0;  ///< position among the subjects of the document
};

/// A rule's value, shown for a purpose: an output, or a number in a reason.
struct NamedValue {
  std::string name;  ///< the rule, fact or parameter
  std::string title;
  Value value;
};

/// A test that failed, or that settled the outcome.
struct Reason {
  std::string code;  ///< reason word of the rule files; for a basis the word `passed` or `exempt` where nothing failed
  std::string rule;  ///< the test
  std::string title;
  std::string cite;  ///< of the line that decided, where lines have their own citation
  std::string line;  ///< the words of the line of `any_of`, `all_of` or `branches` that decided, empty without lines
  std::string subject;  ///< the person, where the test is about one of several
  Value compared;  ///< the value that was compared, unknown if the test is no comparison
  Value limit;  ///< what it was compared with
  Value margin;  ///< distance to the limit, never negative
  std::vector<NamedValue> values;  ///< what the wording may name
  std::map<std::string, std::string> text;  ///< by language: the sentence with its numbers
};

/// Somebody who is not in any unit, or is in it without taking part, and why.
struct LeftOut {
  std::string person;
  std::string role;  ///< `outside`, or the word of the unit's role rule
  std::string cite;
  std::string reason;  ///< the line that decided it: its word, else its formula
  std::vector<Reason> reasons;  ///< with their sentences: each test of the person that fails, and the line that keeps them out of every unit
};

/// A fact to ask for.
struct MissingFact {
  std::string fact;  ///< name in the dictionary, or `gap: NAME` for a parameter whose value is not known
  std::string of;  ///< person or record, empty for the household: `ana`, `ana.income[0]`
  std::string ask;  ///< the question in plain words
  std::vector<std::string> choices;  ///< words, where it is a choice
  bool may_be_asked = true;  ///< false for gaps, facts of the world and facts the family may not be asked
  std::vector<std::string> papers = {};  ///< of what is to be verified: the papers that show it, any of them
};

struct PresumedValue {
  std::string fact, of, value, cite;
  bool chosen_by_household = false;  ///< "you may choose otherwise"
};

/// A parameter that was used and is not official or reported.
struct DoubtfulValue {
  std::string parameter, confidence, source, value;
};

struct Versions {
  std::string rules;  ///< SHA-256 over every module and table the program reaches
  std::string engine;
  int language = 1;
};

/// What a program decided about one assistance unit or one person.
struct Determination {
  std::string program;  ///< that decided, `us/program`: where one was picked by place, the pack
  Subject subject;
  Outcome outcome = Outcome::error;
  std::string scope;  ///< which services: `full` unless the program names others
  std::string remedy;  ///< of a conditional outcome
  std::string benefit_month;  ///< `YYYY-MM`, empty if the request has none
  std::vector<NamedValue> outputs;  ///< named and typed; the first is the benefit
  std::vector<NamedValue> dates;  ///< outputs that are dates
  std::vector<Reason> reasons;  ///< failed tests in the program's order; empty unless ineligible or conditional
  std::vector<Reason> basis;  ///< the tests and lines that settled the outcome; empty only for an error
  std::vector<LeftOut> left_out;
  std::vector<MissingFact> missing;  ///< the most decisive first; empty unless pending
  bool missing_is_exact = true;  ///< false where the bound on trials was hit, so that a listed fact may turn out not to matter
  std::vector<MissingFact> to_verify;  ///< what was stated, matters, and is not yet shown by a paper
  NamedValue verify_by;  ///< of the program's dates the last day to show it; no name where there is none or it is not known
  std::vector<PresumedValue> presumed;
  std::vector<NamedValue> assumed;  ///< values given by a case or a table instead of the rules: such a determination is never issued
  std::vector<NamedValue> stated;
  std::vector<DoubtfulValue> doubtful;
  std::vector<std::string> doubts;  ///< declared doubts of the rules it touched, and of the program
  std::vector<Diagnostic> errors;  ///< of an error: the rule, its citation and its values
  Versions versions;
};

/// One step of an explanation.
struct ExplanationNode {
  std::string name;  ///< rule, fact or parameter
  std::string kind;  ///< `outcome`, `test`, `rule`, `line`, `fact`, `parameter`, `step`
  std::string title;
  std::string of;  ///< person, unit or record, where it is one of several
  Value value;
  std::string value_text;  ///< as people read it: `$1,697.00 a month`
  std::string formula;  ///< as written
  std::string with_numbers;  ///< the formula with its values put in
  std::string before_rounding;  ///< where the last step rounds: the value before
  std::string cite;
  std::string source;  ///< of a parameter: where the figure was read; of a fact: `reported`, `presumed`, `stated`, the evidence
  std::string in_force_from;  ///< of a parameter
  std::string confidence;  ///< of a parameter
  std::string not_taken;  ///< of a branch or line that does not hold: why, or since when and until when it is law
  std::string replaces;  ///< of a rule or parameter of a pack: the base whose own it replaces, and its citation there; else empty
  bool decisive = false;  ///< it settled what stands above it
  std::vector<ExplanationNode> children;
};

/// Why one determination is as it is, from the outcome down to the facts. Parts that could not matter are left out.
struct Explanation {
  std::string program, program_title;
  Determination determination;
  ExplanationNode root;
};

}  // namespace duly
