#pragma once

// What a program decides about the subjects of many households, read from one evaluation of a plan that keeps only what is read here. A household
// in which something is open or has no value is left to `determine`, which needs every value: both say the same (tests/same_answer).
//
// Threads: no shared state; one reader for each thread.

#include "determine/decided_columns.h"
#include "determine/decision.h"

namespace duly {

/// Terms that a plan must keep to be read in bulk, beside its outcome lines, requirements and outputs (`CompileOptions::also`).
std::vector<TermId> terms_read_in_bulk(const CheckedProgram& program);

class BulkReader {
 public:
  /// `outputs`: names of those that are wanted; a program may lack some.
  BulkReader(const PlanIndex& index, const std::vector<std::string>& outputs);

  /// Adds a row for each subject of household `household` of the tile. Nothing is added, and false comes back, where the household needs `determine`.
  bool add(const Evaluated& e, std::int32_t household, const PeopleNames& people, DecidedColumns& out) const;

 private:
  void add_subject(const Evaluated& e, std::int32_t row, const PeopleNames& people, DecidedColumns& out) const;
  void add_reasons(const Evaluated& e, std::int32_t row, DecidedColumns& out) const;
  [[nodiscard]] bool is_benefit_open(const Evaluated& e, std::int32_t row) const;
  [[nodiscard]] bool is_member(const Evaluated& e, std::int32_t person) const;

  const PlanIndex& index_;
  TermId role_ = no_term;
  std::uint64_t member_word_ = 0;
  std::vector<const PlanOutput*> outputs_;  ///< null where the program has none
};

}  // namespace duly
