#pragma once

// Calls of built-in functions get their types and terms.
//
// Threads: no shared state.

#include "check/formula_check.h"

namespace duly {

/// One call, with its arguments by position.
class FunctionCheck {
 public:
  FunctionCheck(FormulaCheck& check, Terms& terms, std::vector<Diagnostic>& errors, const Call& call, const Expr& e, const Context& context)
      : c_(check), t_(terms), errors_(errors), call_(call), e_(e), context_(context) {
    context_.expected_list = -1;
  }

  Operand run(const Expr* if_none);

 private:
  Operand mistake(Code code, std::string message, std::string help = "") { return mistake_at(e_.span, code, std::move(message), std::move(help)); }
  Operand mistake_at(const Span& span, Code code, std::string message, std::string help = "") {
    errors_.push_back(diagnostic_at(code, span, std::move(message), std::move(help)));
    return {};
  }
  Operand made(Valued v) { return c_.value_operand(v, e_.span); }
  Valued constant(Number n, const Type& type) { return {t_.constant(type, std::move(n), e_.span), household_var}; }

  // functions.cc: arguments
  /// Arguments in the order of `names`; those behind `required` may be missing (null). Empty after a mistake.
  std::vector<const Expr*> arguments(std::initializer_list<const char*> names, std::size_t required);
  Valued number(const Expr& e);

  // list_functions.cc: lists to one value, sets to one set
  Operand fold(const Expr* if_none);
  Operand fold_list(const std::vector<Operand>& items, const Expr* if_none);
  Operand fold_rows(const RowList& rows, const Expr* if_none);
  Operand all_or_any();
  Operand sets();

  // rounding_functions.cc: by decimals and to a step
  Operand rounded();
  Operand round_by_mode();

  // date_functions.cc: dates, durations and months
  Operand dates();
  Operand months();

  FormulaCheck& c_;
  Terms& t_;
  std::vector<Diagnostic>& errors_;
  const Call& call_;
  const Expr& e_;
  Context context_;
};

}  // namespace duly
