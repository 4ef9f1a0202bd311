#pragma once

// One household many times over, each copy with other answers to what nobody said.
//
// Threads: no shared state.

#include <memory>
#include <span>

#include "determine/open_causes.h"

namespace duly {

/// One way an open question may be answered.
struct Answer {
  enum class Kind : std::uint8_t {
    as_it_is,  ///< still not answered
    no,
    yes,   ///< a truth; out of or in a set; a list that is complete (yes)
    word,      ///< `low` is the word
    span,      ///< a number between `low` and `high`, as the column of the fact stores it
    none,      ///< absent
  } kind = Kind::as_it_is;
  std::int64_t low = 0, high = 0;
  bool operator==(const Answer&) const = default;
};

/// `copies` households like household `household` of `facts`.
FactTable copies_of(const Declarations& declarations, const FactTable& facts, std::int64_t household, std::int32_t copies);
/// A household and how often it is copied.
struct CopiedHousehold {
  std::int64_t household = 0;
  std::int32_t copies = 1;
};
/// Copies of some households of `facts`, in this order, into `out`, whose memory is used again, with the columns of the facts in `wanted` only.
void copy_households(const Declarations& declarations, const FactTable& facts, std::span<const CopiedHousehold> households,
                     const std::vector<bool>& wanted, FactTable& out);

/// What copies are written to and evaluated in, kept for the next ones: most of the time of few copies is the taking of memory.
///
/// Threads: belongs to one thread.
class CopiesMemory {
 public:
  struct Place {
    FactTable table;
    Values values;
  };
  std::unique_ptr<Place> take() {
    if (free_.empty()) {
      free_.reserve(++made_);  // so that giving back takes no memory
      return std::make_unique<Place>();
    }
    std::unique_ptr<Place> place = std::move(free_.back());
    free_.pop_back();
    return place;
  }
  void give_back(std::unique_ptr<Place> place) { free_.push_back(std::move(place)); }

 private:
  std::vector<std::unique_ptr<Place>> free_;
  std::size_t made_ = 0;
};

/// Where the facts of one household stand in a table of copies. Rows of causes are counted within the household.
class CopyWriter {
 public:
  CopyWriter(const Declarations& declarations, FactTable& copies) : d_(declarations), table_(copies) {}

  void give(std::int32_t copy, const Cause& cause, const Answer& answer);

 private:
  void give_fact(std::int32_t copy, const Cause& cause, const Answer& answer);
  void give_member(std::int32_t copy, FactId fact, std::int32_t row, int item, bool in);
  [[nodiscard]] std::size_t row_of(LevelId level, std::int32_t copy, std::int32_t row) const;

  const Declarations& d_;
  FactTable& table_;
};

}  // namespace duly
