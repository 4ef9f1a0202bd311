#pragma once

// The people of one household as numbers from 0, joined into groups.
//
// Threads: belongs to the thread that evaluates.

#include <algorithm>
#include <array>
#include <type_traits>

#include "evaluate/bits.h"
#include "evaluate/tile.h"

namespace duly::columnar {

/// A set of people of one household. `PeopleBits{}` is nobody; arrays of them start without content, since households are many and small. Where no
/// household of a tile has more than 64 people one word holds them.
template <std::size_t words>
class PeopleBits {
 public:
  PeopleBits() = default;
  PeopleBits(const Word* bits, std::size_t width) : bits_{} { std::copy_n(bits, width, bits_.begin()); }

  void add(std::size_t person) { set_bit(bits_.data(), person); }
  [[nodiscard]] bool has(std::size_t person) const { return bit_at(bits_.data(), person); }
  [[nodiscard]] bool empty() const { return *this == PeopleBits{}; }
  void put(Word* out, std::size_t width) const { std::copy_n(bits_.begin(), width, out); }

  template <class F>
  void for_each(F f) const {
    for_each_bit(bits_.data(), words * 64, f);
  }

  bool operator==(const PeopleBits&) const = default;
  PeopleBits& operator|=(const PeopleBits& other) {
    return each(other, [](Word x, Word y) { return x | y; });
  }
  PeopleBits& operator&=(const PeopleBits& other) {
    return each(other, [](Word x, Word y) { return x & y; });
  }
  PeopleBits& operator-=(const PeopleBits& other) {
    return each(other, [](Word x, Word y) { return x & ~y; });
  }
  friend PeopleBits operator|(PeopleBits x, const PeopleBits& y) { return x |= y; }
  friend PeopleBits operator&(PeopleBits x, const PeopleBits& y) { return x &= y; }
  friend PeopleBits operator-(PeopleBits x, const PeopleBits& y) { return x -= y; }

 private:
  template <class F>
  PeopleBits& each(const PeopleBits& other, F f) {
    for (std::size_t w = 0; w < words; ++w) bits_[w] = f(bits_[w], other.bits_[w]);
    return *this;
  }
  std::array<Word, words> bits_;
};

/// Who is joined with whom, by chains of joins.
template <std::size_t words>
class Joined {
 public:
  explicit Joined(std::size_t people) : people_(people) {
    for (std::size_t p = 0; p < people; ++p) parent_[p] = static_cast<std::uint8_t>(p);
  }

  std::size_t root(std::size_t person) {
    while (parent_[person] != person) {
      parent_[person] = parent_[parent_[person]];
      person = parent_[person];
    }
    return person;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t x = root(a);
    const std::size_t y = root(b);
    parent_[std::max(x, y)] = static_cast<std::uint8_t>(std::min(x, y));  // the root is the first person
  }
  void join_all(std::size_t person, const PeopleBits<words>& others) {
    others.for_each([&](std::size_t other) { join(person, other); });
  }

  /// By person: those joined with them, of the people in `among`.
  void groups(const PeopleBits<words>& among, PeopleBits<words>* out) {
    for (std::size_t p = 0; p < people_; ++p) out[p] = {};
    for (std::size_t p = 0; p < people_; ++p)
      if (among.has(p)) out[root(p)].add(p);
    for (std::size_t p = people_; p-- > 0;) out[p] = among.has(p) ? out[root(p)] : PeopleBits<words>{};
  }

 private:
  std::size_t people_;
  std::array<std::uint8_t, words * 64> parent_;
};

template <std::size_t words>
using HouseholdGroups = std::array<PeopleBits<words>, words * 64>;

inline constexpr std::size_t most_people_words = (most_people + 63) / 64;

/// Calls `f` with the number of words that a set of people takes in the tile, as a constant.
template <class F>
void by_width(const Tile& tile, F f) {
  if (tile.people_words() == 1) f(std::integral_constant<std::size_t, 1>{});
  else f(std::integral_constant<std::size_t, most_people_words>{});
}

}  // namespace duly::columnar
