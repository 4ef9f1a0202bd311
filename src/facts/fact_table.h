#pragma once

// Facts of many households as columns: what the evaluator reads. One household is a table of one.
//
// Rows of a level stand in the order of the document, household after household. A fact nobody gave is unknown: a number has its whole range,
// a boolean may be both, a code may be every word, a set surely holds nobody and possibly everybody.
//
// Threads: immutable once filled; shared by any number of evaluations.

#include "resolve/declarations.h"

namespace duly {

/// Most people in one household, and most records of one kind with one owner. A document with more is refused (E309).
inline constexpr int most_people = 250;
inline constexpr int most_records = 250;

/// The column of one fact, of the shape of its type (`compile/plan.h`). Numbers are integers over 10^places of the fact.
struct FactColumn {
  std::vector<std::int64_t> low, high;      ///< numbers, dates, months, codes of long lists; `high` empty where every row is known
  std::vector<std::uint64_t> may_be_true, may_be_false;  ///< truths, one bit for each row
  std::vector<std::uint64_t> possible;      ///< codes: one word of bits for each row
  std::vector<std::uint64_t> sure, maybe;   ///< sets: `set_words` words for each row; people count from the first of their household
  std::vector<std::uint64_t> may_be_absent, may_be_present;  ///< for types with `or none`: one bit for each row; empty where no row is absent
};

/// The rows of one declared level (household, person, records).
struct FactRows {
  std::int64_t count = 0;
  std::vector<std::int32_t> owner;      ///< row in the parent level
  std::vector<std::int32_t> begin;      ///< for each household, its first row here; one more at the end
};

struct StatedColumn {
  RuleId rule = -1;
  std::vector<std::uint64_t> present;   ///< one bit for each row of the rule's level
  FactColumn column;                    ///< a number over `denominator`
  std::int64_t denominator = 1;
  bool assumed = false;                 ///< by `assume:` of a map or case, never to be issued as a notice
};

struct FactTable {
  std::int64_t households = 0;
  int set_words = 1;                          ///< words of a set of people: ceil(largest household / 64)
  std::vector<FactRows> levels;               ///< by LevelId; empty for levels that evaluation makes
  std::vector<FactColumn> facts;              ///< by FactId
  std::vector<std::vector<std::uint64_t>> list_closed_may_be_true;  ///< by record index: one bit for each owner row: surely complete
  std::vector<StatedColumn> stated;
  /// Units that are given, not formed (`assume: {unit: one_unit}`): by partition rule. Each household has exactly one unit of all its people, even of none.
  std::vector<RuleId> one_unit;
};

/// Sets every fact of every row to unknown, for the row counts in `levels`. Facts with a presumption stay unknown here; readers fill presumptions in.
void fill_unknown(const Declarations& declarations, FactTable& table);

}  // namespace duly
