#pragma once

// A condition on the columns of a table, `basis = "fitted" and amount > 0`: names are columns, all else is written out.
// Two cells that both read as numbers are compared as numbers, else as text.
//
// Threads: immutable once read.

#include <map>

#include "base/csv.h"
#include "syntax/formula.h"

namespace duly {

class RowCondition {
 public:
  /// Nothing if it cannot be read: E120 and the like for its text, E503 for what is no column or no part of a condition.
  static std::optional<RowCondition> read(const Node& scalar, const Csv& table, std::vector<Diagnostic>& errors);

  [[nodiscard]] bool holds(const CsvRow& row) const;
  /// Those it reads, by name.
  [[nodiscard]] const std::map<std::string, int>& columns() const { return columns_; }

 private:
  explicit RowCondition(ExprPtr condition) : condition_(std::move(condition)) {}

  void check(const Expr& e, const Csv& table, std::vector<Diagnostic>& errors);
  [[nodiscard]] bool holds(const Expr& e, const CsvRow& row) const;
  [[nodiscard]] std::string text(const Expr& e, const CsvRow& row) const;
  [[nodiscard]] bool is_met(const Expr& test, const std::string& value, const CsvRow& row) const;

  ExprPtr condition_;
  std::map<std::string, int> columns_;
};

}  // namespace duly
