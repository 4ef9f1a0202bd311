#pragma once

// What a run came to, counted.
//
// Threads: plain value type.

#include <array>
#include <map>

#include "batch/previous_run.h"

namespace duly {

struct Summary {
  std::int64_t households = 0;           ///< in the caseload, those with mistakes too
  std::int64_t households_decided = 0;
  std::int64_t households_in_error = 0;  ///< of which nothing was decided: a mistake in what is said of them
  std::int64_t households_without_subject = 0;  ///< decided, and there is nobody the program decides
  std::int64_t rows_of_nobody = 0;       ///< rows of tables that belong to no household
  std::map<std::string, std::int64_t, std::less<>> errors;  ///< mistakes by code and name, `E309 too_many`
  std::array<std::int64_t, 5> outcomes{};  ///< of subjects, by Outcome
  std::map<std::string, std::int64_t, std::less<>> reasons;  ///< of those not eligible: subjects
  std::int64_t benefit_total = 0;        ///< of those eligible, in ten-thousandths
  std::int64_t benefits_not_added = 0;   ///< amounts that are no ten-thousandths
  std::array<std::int64_t, 7> changes{}; ///< by Change
  std::array<std::int64_t, 7> amounts{}; ///< by Change: how much more, or less, in ten-thousandths, of those whose amount is known on both sides

  bool operator==(const Summary&) const = default;

  /// Counts a row of `columns`.
  void add(const DecidedColumns& columns, std::size_t row, std::string_view key, bool has_benefit, const PreviousRun* previous);
  void add_error(Code code) { ++errors[code_text(code) + " " + std::string(code_name(code))]; }
  /// What went in: every subject, and every household that was not decided.
  [[nodiscard]] std::int64_t counted() const;
};

/// As it stands in manifests and checkpoints.
std::string to_json(const Summary& summary);
/// Nothing where `text` is no such JSON.
std::optional<Summary> summary_from_json(const std::string& text);

/// For people. `benefit` is empty where the program gives no money.
std::string to_text(const Summary& summary, const std::string& benefit, const std::string& unit, bool has_previous);

/// `1,697.5` of 16975000.
std::string amount_in_words(std::int64_t ten_thousandths);

}  // namespace duly
