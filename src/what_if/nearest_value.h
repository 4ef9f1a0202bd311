#pragma once

// For one fact of one household: the values nearest to what it is now with which somebody would be eligible, found among copies that differ in it.
//
// Threads: belongs to one thread.

#include "determine/household_copies.h"
#include "what_if/copies.h"

namespace duly {

/// A fact in a row of its household; of a set one word of it.
struct FactAt {
  FactId fact = -1;
  std::int32_t row = 0;
  int item = whole_set;
  auto operator<=>(const FactAt&) const = default;
};

/// One fact given another value.
struct Change {
  FactAt at;
  Answer to;
};

/// Whom it is about, as their decision is found again in every copy.
struct Sought {
  std::int32_t person = -1;
  std::uint64_t failed = 0;  ///< requirements that fail now
  Outcome outcome = Outcome::eligible;  ///< what they are to be
};

class NearestValues {
 public:
  NearestValues(const LoadedProgram& program, CopyDecider& decider, const FactTable& household, Sought sought, int alone)
      : program_(program), decider_(decider), household_(household), sought_(sought), alone_(alone) {}

  /// Changes of `at`, each of which alone makes them eligible beside what is changed already: for a number the nearest below and the nearest above.
  std::vector<Change> of(const FactAt& at, const std::vector<Change>& beside);
  /// Changes of `at` with which fewer requirements fail, and none fails that did not: for a number the far ends.
  std::vector<Change> that_help(const FactAt& at);

  [[nodiscard]] std::int64_t decided() const { return decided_; }
  /// What the fact is now, where it is known.
  [[nodiscard]] std::optional<std::int64_t> now(const FactAt& at) const;

 private:
  struct Tried {
    bool eligible = false, helps = false;
  };
  std::vector<Tried> decide(const std::vector<Change>& changes, const std::vector<Change>& beside);
  [[nodiscard]] std::vector<Change> other_values(const FactAt& at) const;
  [[nodiscard]] bool is_number(const FactAt& at) const;
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> range(FactId fact) const;
  std::optional<Change> nearest_on(const FactAt& at, std::int64_t now, std::int64_t end, const std::vector<Change>& beside);

  const LoadedProgram& program_;
  CopyDecider& decider_;
  const FactTable& household_;
  Sought sought_;
  int alone_;  ///< most copies of a tile that are decided one by one
  std::int64_t decided_ = 0;
};

}  // namespace duly
