#pragma once

// What a program decides about each of many copies of one household, and what it gives them, as numbers: in columns, and one by one only where
// something is open in a copy.
//
// Threads: a decider belongs to one thread; programs are shared.

#include "determine/bulk_decisions.h"
#include "engine/loaded_program.h"

namespace duly {

/// US dollars a month, in lowest terms.
struct Amount {
  std::int64_t numerator = 0, denominator = 1;
  bool operator==(const Amount&) const = default;
};
Number to_number(const Amount& amount);

/// What a program decides about one subject.
struct CopyDecision {
  std::int32_t person = -1;     ///< who: of a unit its first, counted from the first of the household; -1 for the household
  Outcome outcome = Outcome::error;
  std::string scope;
  bool is_known = true;         ///< what it gives
  Amount given;
  std::uint64_t failed = 0;     ///< which of the first 64 requirements fail
  bool operator==(const CopyDecision& o) const {
    return person == o.person && outcome == o.outcome && scope == o.scope && is_known == o.is_known && given == o.given;
  }
};

struct CopyDecisions {
  bool looked_at = true;        ///< false past the bound on copies that are decided one by one
  std::vector<CopyDecision> subjects;
  bool operator==(const CopyDecisions&) const = default;
};

/// How much of a month an amount per `per` is; nothing for amounts that do not come again.
std::optional<Number> months_of(Per per);

class CopyDecider {
 public:
  /// Errors: E1xx where the program has no plan for the day.
  static Result<CopyDecider> of(std::shared_ptr<const LoadedProgram> program, std::shared_ptr<const Household> household, Date law_date, int trials);

  /// What is decided of each household of `copies`, which are copies of the decider's household. At most `most_alone` of them one by one.
  std::vector<CopyDecisions> decide(const FactTable& copies, std::int32_t most_alone);
  /// The same from determinations of one household.
  [[nodiscard]] CopyDecisions from(const std::vector<Determination>& determinations) const;
  /// Whether the program says what it gives in money.
  [[nodiscard]] bool gives_money() const { return !gifts_.empty(); }

 private:
  struct Gift {
    const PlanOutput* output;
    Amount months;
    std::string name;
  };

  CopyDecider(std::shared_ptr<const LoadedProgram> program, std::shared_ptr<const Household> household, int trials)
      : program_(std::move(program)), household_(std::move(household)), trials_(trials) {}
  [[nodiscard]] bool read(const Evaluated& e, std::int32_t copy, CopyDecisions& out) const;
  void give(const Evaluated& e, std::int32_t row, CopyDecision& out) const;
  [[nodiscard]] std::int32_t person_of(const Evaluated& e, std::int32_t row) const;

  std::shared_ptr<const LoadedProgram> program_;
  std::shared_ptr<const Household> household_;
  int trials_;
  std::shared_ptr<const ReadyPlan> bulk_, explained_;
  std::vector<Gift> gifts_;
  Values values_, values_of_one_;
};

}  // namespace duly
