#pragma once

// A formula gets its types, levels and terms. Whatever FEEL would answer with null for a mistake is refused here, at the place it stands.

#include <functional>
#include <map>

#include "check/mentions.h"
#include "check/scope.h"
#include "check/typing.h"

namespace duly {

/// Rows of a list: which rows of an iteration are in it, and what each of them is (`value`), if it is more than the row itself.
struct RowList {
  int iteration = -1;
  Valued included;                      ///< on the iteration's row
  Valued closed;                        ///< on the subject: the list is complete; not ok where it always is
  std::optional<Valued> value;          ///< on the iteration's row
  std::shared_ptr<RowList> outer;       ///< rows whose rows these are; this iteration's subject is the outer one's item
};

struct Operand {
  enum class Kind : std::uint8_t { bad, value, list, rows, range, word, absent, variable } kind = Kind::bad;
  Valued value;                         // value
  std::vector<Operand> items;           // list; range: low, high (bad where open)
  bool low_closed = true, high_closed = true;
  RowList rows;
  std::string text;                     // word, absent
  VarId variable = household_var;       // variable: `self`, `item`, `a`, a quantifier's name
  bool quoted = false;                  // word: written in quotes
  std::map<std::string, Operand> fields;  // one row of a choice: its columns
  Valued included;                      // an item of a list that is there only sometimes; not ok where it always is
  Span span;
  [[nodiscard]] bool ok() const { return kind != Kind::bad; }
};

Operand variable_operand(VarId var, const Span& span);
Operand rows_operand(RowList rows, const Span& span);

/// What names mean where a formula stands.
struct Context {
  VarId current = household_var;        ///< whose names are bare
  VarId self = household_var;           ///< what `self` is
  bool in_filter = false;               ///< `item` is `current`
  std::map<std::string, Operand> names; ///< steps of `let`, quantifier variables, `a` and `b`, columns of a choice
  int expected_list = -1;               ///< code list that a bare word may come from
  int depth = 0;                        ///< iterations around
};

/// Answers for names whose meaning lies in other rules.
class NameSource {
 public:
  virtual ~NameSource() = default;
  virtual TermId rule_term(RuleId rule, const Span& asked_at) = 0;   ///< no_term after a diagnostic
  virtual TermId fact_term(FactId fact) = 0;                         ///< gated value
  virtual TermId partition_sets(LevelId unit) = 0;                   ///< group sets of the unit's people, on person
  virtual TermId role_is_member(LevelId unit) = 0;                   ///< boolean on person, no_term where everyone is
  virtual Valued meets_all(const MeetsAll& except, const Span& span) = 0;  ///< the program's requirements; not ok outside its outcomes
};

class FormulaCheck {
 public:
  FormulaCheck(const Declarations& declarations, Terms& terms, NameSource& names, std::vector<Diagnostic>& errors)
      : d_(declarations), t_(terms), names_(names), errors_(errors) {}

  /// The operand of `e`. After a mistake it is bad and a diagnostic was added.
  Operand check(const Expr& e, const Context& context);
  /// A single value; lists and ranges are refused. `wanted`: the type it must be, if known.
  Valued value(const Expr& e, const Context& context, const Type* wanted = nullptr);
  Valued truth(const Expr& e, const Context& context);
  /// A set of people.
  Valued people(const Expr& e, const Context& context);

  /// From now on, what names stand for is added to `mentions`; null: no more.
  void note_mentions(std::vector<Mention>* mentions) { mentions_ = mentions; }
  void mention(const Span& span, MentionOf of, int index) {
    if (mentions_ != nullptr) mentions_->push_back({span, of, index});
  }

  /// Parts of the formula that stand for a value, for the explanation; cleared by `take_parts`.
  std::vector<std::pair<Span, Valued>> take_parts();
  void put_part(const std::pair<Span, Valued>& part) { parts_.push_back(part); }

  Valued as_value(const Operand& operand, const Type* wanted = nullptr);
  Valued as_people(const Operand& operand, VarId subject, const Span& span);
  /// `in` between a value and one test (a range, a list, a unary test, a value).
  Valued test_of(const Valued& value, const Expr& test, const Context& context);
  Valued choose(Valued condition, Valued then, Valued otherwise, const Span& span);
  Valued compare(Compare comparison, Valued a, Valued b, const Span& span);
  Valued unknown_of(const Type& type, const Span& span);
  Valued absent_of(Type type, const Span& span);
  RowList rows_of_record(int record, VarId subject, const Span& span);
  const Type& type_of(const Valued& value) const { return t_.at(value.term).type; }

 private:
  friend class FunctionCheck;
  Operand bad(Code code, const Span& span, std::string message, std::string help = "");
  Operand value_operand(Valued value, const Span& span);

  Operand check_name(const Name& name, const Expr& e, const Context& context);
  std::optional<Operand> resolve(const std::string& name, VarId var, const Span& span);
  Operand check_path(const Path& path, const Expr& e, const Context& context);
  Operand member_of_value(Valued object, const std::string& member, const Span& span);
  Operand member_of_rows(RowList rows, const std::string& member, const Span& span, VarId subject);
  Operand check_filter(const Filter& filter, const Expr& e, const Context& context);
  Operand check_quantified(const Quantified& q, const Expr& e, const Context& context);
  Operand check_for(const For& f, const Expr& e, const Context& context);
  Operand check_binary(const Binary& b, const Expr& e, const Context& context);
  Operand check_comparison(const Binary& b, const Expr& e, const Context& context);
  std::optional<Operand> same_tests(const Binary& b, const Expr& e, const Context& context);
  Operand check_in(const In& in, const Expr& e, const Context& context);
  Operand check_if(const If& i, const Expr& e, const Context& context);
  Operand check_call(const Call& call, const Expr& e, const Context& context);
  Operand check_lookup(int parameter, const Call& call, const Expr& e, const Context& context, const Expr* as_of);
  Operand check_relation(FactId fact, const Call& call, const Expr& e, const Context& context);
  Operand check_at_literal(const std::string& text, const Span& span);
  std::pair<Operand, Operand> check_sides(const Expr& left, const Expr& right, const Context& context);
  Valued power(Valued base, const Expr& exponent, const Context& context, const Span& span);
  Valued list_equality(const Operand& a, const Operand& b, const Span& span);
  TermId list_closed(int record, const Span& span);
  RowList rows_of(const Operand& operand, VarId subject, const Span& span);
  RowList rows_of_set(Valued set, VarId subject, const Span& span);
  Valued in_people(const Operand& who, const Operand& set, const Span& span, const Context& context);
  void note_part(const Span& span, const Valued& value, const Context& context);
  std::vector<std::string> names_in_scope(VarId var) const;
  [[nodiscard]] const Fact* fact_named(const std::string& name) const;  ///< null if there is none
  [[nodiscard]] bool hides_a_name(const std::string& name, const Context& context) const;

  const Declarations& d_;
  Terms& t_;
  NameSource& names_;
  std::vector<Diagnostic>& errors_;
  std::vector<std::pair<Span, Valued>> parts_;
  std::vector<Mention>* mentions_ = nullptr;
};

/// Folds rows into one value on their subject.
Valued reduce_rows(FormulaCheck& check, Terms& terms, TermOp op, const RowList& rows, std::optional<Valued> value, const Span& span);

/// Calls of built-in functions.
Operand check_built_in(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e, const Context& context,
                       const Expr* if_none);

}  // namespace duly
