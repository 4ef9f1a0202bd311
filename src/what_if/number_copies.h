#pragma once

// One household many times over, each copy with another number in the place of one fact: the columns are laid out once, and for each tile only that
// number is written.
//
// Threads: `NumberPlaces` is immutable; copies belong to one thread.

#include "determine/household_copies.h"
#include "what_if/varied_fact.h"

namespace duly {

/// Where a varied number stands in the columns of its household.
class NumberPlaces {
 public:
  /// Found by reading the document with the ends and the middle of the range: nothing where the documents differ by anything but the number itself.
  /// Errors: those of reading the document.
  static Result<std::optional<NumberPlaces>> of(const LoadedProgram& program, const Node& document, const RequestOverrides& request,
                                                const VariedFact& fact);

  /// The household with the lowest value.
  [[nodiscard]] const std::shared_ptr<const Household>& lowest() const { return lowest_; }
  [[nodiscard]] const std::shared_ptr<const Household>& highest() const { return highest_; }
  /// Writes `value` into copy `copy` of a table that `copies_of` made of it.
  void put(FactTable& copies, std::size_t copy, std::int64_t value) const;

 private:
  struct Place {
    FactId fact;
    std::size_t row, rows;  ///< in the household: which of how many
  };
  std::shared_ptr<const Household> lowest_, highest_;
  std::vector<Place> places_;
};

}  // namespace duly
