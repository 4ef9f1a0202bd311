#pragma once

// What two runs over the same caseload decided differently, counted, weighted and grouped, read from the rows of the later one.
//
// Threads: pure functions over files.

#include <array>
#include <map>
#include <numeric>

#include "batch/results_folder.h"

namespace duly {

/// One subject whose outcome or benefit is another.
struct SubjectChange {
  std::string household, subject, people;
  Change change = Change::same;
  std::string outcome_before, outcome;
  std::optional<std::int64_t> before, after;  ///< benefit in ten-thousandths, where it is known
  [[nodiscard]] std::int64_t difference() const { return after.value_or(0) - before.value_or(0); }
};

/// Subjects and money, by Change.
struct ChangeCounts {
  std::array<std::int64_t, 7> subjects{};
  std::array<std::int64_t, 7> weight{};    ///< in ten-thousandths of a household
  std::array<std::int64_t, 7> amounts{};   ///< how much more, or less, in ten-thousandths
  std::array<std::int64_t, 7> weighted{};  ///< the same times the weight, in ten-thousandths, towards zero

  void add(Change change, std::int64_t amount, std::int64_t its_weight);
  /// Over all changes.
  [[nodiscard]] std::int64_t money() const { return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0}); }
  [[nodiscard]] std::int64_t weighted_money() const { return std::accumulate(weighted.begin(), weighted.end(), std::int64_t{0}); }
};

struct CaseloadChanges {
  ChangeCounts all;
  std::map<std::string, ChangeCounts> groups;               ///< by the grouping column, else by the number of people
  std::map<std::int64_t, std::int64_t> distribution;        ///< subjects by the whole steps of the difference, see `step`
  std::int64_t step = 0;                                    ///< width of a step in ten-thousandths
  std::vector<SubjectChange> worst;                         ///< those that lose most first
  std::vector<SubjectChange> changed;                       ///< all, where asked for
  bool is_weighted = false;
};

struct ChangeOptions {
  std::string input;      ///< the caseload, where `group_by` names a column of its household.csv
  std::string group_by;   ///< empty: by the number of people
  std::string weights;    ///< a table with the columns household and weight; empty: each counts once
  std::size_t worst = 10;
  bool keep_all = false;
};

/// Reads the determinations of `folder`, a run that was told of the earlier one. Errors: E500, E502, E512 for a column that is not there.
Result<CaseloadChanges> caseload_changes(const std::string& folder, const ChangeOptions& options);

}  // namespace duly
