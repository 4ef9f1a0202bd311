#pragma once

// One household of a fact table, by people and records counted from 0: the only place where the oracle reads columns.
//
// Threads: const functions may be called from any number of threads.

#include "oracle/possible.h"

namespace duly::oracle {

class HouseholdFacts {
 public:
  HouseholdFacts(const Declarations& declarations, const FactTable& table, std::int64_t household);

  [[nodiscard]] int people() const { return rows(person_level); }
  /// Rows of a declared level in this household.
  [[nodiscard]] int rows(LevelId level) const;
  /// Whose row it is, in the parent level.
  [[nodiscard]] int owner(LevelId level, int row) const;

  /// A row that surely has no value is undefined.
  [[nodiscard]] Answers values(FactId fact) const;
  [[nodiscard]] std::vector<Truth> absent(FactId fact) const;
  /// Yes where the owner's list is complete, else open.
  [[nodiscard]] std::vector<Truth> list_closed(int record) const;

  // Stated values of a rule. What is stated of units holds for every unit of the household, so the number of rows is the caller's.
  [[nodiscard]] const StatedColumn* stated(RuleId rule) const;
  [[nodiscard]] bool is_stated(const StatedColumn& stated, LevelId level, int row) const;
  [[nodiscard]] Answers stated_values(const StatedColumn& stated, const Type& type, LevelId level, int rows) const;
  [[nodiscard]] std::vector<Truth> stated_absent(const StatedColumn& stated, LevelId level, int rows) const;
  /// All people are one unit, whatever the partition says.
  [[nodiscard]] bool is_one_unit(RuleId partition) const;

 private:
  /// Row of the table for a row of the household; that of the household itself for rows which evaluation makes.
  [[nodiscard]] std::size_t in_table(LevelId level, int row) const;
  [[nodiscard]] Answers read(const FactColumn& column, const Type& type, const Number& unit, LevelId level, int rows) const;
  [[nodiscard]] std::vector<Truth> read_absent(const FactColumn& column, LevelId level, int rows) const;

  const Declarations& declarations_;
  const FactTable& table_;
  std::int64_t household_;
};

}  // namespace duly::oracle
