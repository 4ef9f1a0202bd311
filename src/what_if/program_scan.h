#pragma once

// One program along one varied fact: what it decides at each point, and where between them it decides otherwise.
//
// Threads: a scan starts threads of its own and joins them.

#include "engine/pack_picker.h"
#include "what_if/copies.h"
#include "what_if/money_in.h"
#include "what_if/varied_fact.h"

namespace duly {

/// What comes in along the varied fact, by how many smallest steps it is above the first value; of a list by the place in it.
struct MoneyAlong {
  Number base, slope;
  std::vector<Number> each;  ///< empty where the line says it all
  std::vector<std::string> counted, not_counted;
  [[nodiscard]] Number at(std::int64_t index) const { return each.empty() ? base + slope * index : each[static_cast<std::size_t>(index)]; }
};

/// Values next to each other for which a program decides the same.
struct Run {
  std::int64_t first = 0;  ///< smallest steps above the first value
  CopyDecisions decisions;
};

struct ProgramScan {
  std::string id, title;
  bool gives_money = false;
  std::vector<std::string> people;
  std::vector<Subject> subjects;      ///< whom it decides at the first point
  std::vector<CopyDecisions> points;  ///< beside the fact's values
  std::vector<Run> runs;              ///< of a range, without a gap
  MoneyAlong money;
  bool knows_received = false;        ///< whether its dictionary says what is money in
  std::int64_t decided = 0, not_looked_at = 0;
  std::vector<MissingFact> missing;   ///< at the first point where something is open
  std::vector<Diagnostic> warnings;
};

struct ScanOptions {
  RequestOverrides request;
  DecideOptions decide;
  int threads = 1;
};

/// Errors: those of deciding the document.
Result<ProgramScan> scan_program(const PackPicker& picker, const Node& document, const VariedFact& fact, const ScanOptions& options);

}  // namespace duly
