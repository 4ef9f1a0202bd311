#pragma once

// What a value may be on one row. A known value is one possibility; an unknown one is several. Beside its values every row may also be undefined:
// a truth lists that as a third possibility, the other shapes say apart whether they may be undefined and whether they may have a value at all.
//
// Threads: plain value types.

#include <bitset>
#include <variant>
#include <vector>

#include "facts/fact_table.h"

namespace duly::oracle {

struct Truth {
  bool yes = false, no = false, undefined = false;
  bool operator==(const Truth&) const = default;
};
inline constexpr Truth surely_yes{true, false, false};
inline constexpr Truth surely_no{false, true, false};
inline constexpr Truth yes_or_no{true, true, false};
inline constexpr Truth surely_undefined{false, false, true};

/// A number, date, month or duration; also a word of a list of more than 64, by its index.
struct Range {
  Number low, high;
  bool undefined = false, defined = true;
  [[nodiscard]] bool known() const { return low == high; }
};

/// A word of a list of at most 64: one bit for each that is possible.
struct Words {
  std::uint64_t possible = 0;
  bool undefined = false, defined = true;
};

/// Members of a set: people by their place in the household, words by their index, months by their place in the window.
using Items = std::bitset<256>;
static_assert(most_people <= 256);

struct Set {
  Items sure, possible;
  bool undefined = false, defined = true;
};

/// The value of one term on every row of its level in one household.
using Answers = std::variant<std::vector<Truth>, std::vector<Range>, std::vector<Words>, std::vector<Set>>;

enum class Form : std::uint8_t { truth, range, words, set };

inline constexpr std::size_t words_in_bits = 64;

inline Form form_of(const Declarations& declarations, const Type& type) {
  switch (type.base) {
    case Base::boolean: return Form::truth;
    case Base::code:
      return type.list >= 0 && declarations.lists[static_cast<std::size_t>(type.list)].words.size() > words_in_bits ? Form::range : Form::words;
    case Base::codes:
    case Base::people:
    case Base::months: return Form::set;
    default: return Form::range;
  }
}

/// Both may be the value.
inline Truth either(Truth a, Truth b) { return {a.yes || b.yes, a.no || b.no, a.undefined || b.undefined}; }

inline Range either(const Range& a, const Range& b) {
  if (!a.defined) return {b.low, b.high, true, b.defined};
  if (!b.defined) return {a.low, a.high, true, a.defined};
  return {a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high, a.undefined || b.undefined, true};
}

inline Words either(const Words& a, const Words& b) {
  return {(a.defined ? a.possible : 0) | (b.defined ? b.possible : 0), a.undefined || b.undefined, a.defined || b.defined};
}

inline Set either(const Set& a, const Set& b) {
  if (!a.defined) return {b.sure, b.possible, true, b.defined};
  if (!b.defined) return {a.sure, a.possible, true, a.defined};
  return {a.sure & b.sure, a.possible | b.possible, a.undefined || b.undefined, true};
}

}  // namespace duly::oracle
