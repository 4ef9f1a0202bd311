#pragma once

// The people of one household as numbers from 0, joined into groups.
//
// Threads: belongs to the thread that evaluates.

#include <algorithm>
#include <array>
#include <bit>
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
  /// `width` is how many words a set takes in the tile: one where `words` is.
  PeopleBits(const Word* bits, std::size_t width) : bits_{} { std::copy_n(bits, words == 1 ? 1 : width, bits_.begin()); }

  void add(std::size_t person) { set_bit(bits_.data(), person); }
  [[nodiscard]] bool has(std::size_t person) const { return bit_at(bits_.data(), person); }
  [[nodiscard]] bool empty() const { return *this == PeopleBits{}; }
  void put(Word* out, std::size_t width) const { std::copy_n(bits_.begin(), words == 1 ? 1 : width, out); }
  [[nodiscard]] Word first_word() const { return bits_[0]; }

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

  /// The first of the chain.
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

/// Where one word holds a household, which few people are in: the word of a person has those they are joined with.
template <>
class Joined<1> {
 public:
  explicit Joined(std::size_t people) : people_(people) {
    for (std::size_t p = 0; p < people; ++p) with_[p] = Word{1} << p;
  }

  /// The first of the chain, once its groups are known.
  [[nodiscard]] std::size_t root(std::size_t person) const { return static_cast<std::size_t>(std::countr_zero(with_[person])); }
  void join(std::size_t a, std::size_t b) { with_[a] |= Word{1} << b; }
  void join_all(std::size_t person, const PeopleBits<1>& others) { with_[person] |= others.first_word(); }

  void groups(const PeopleBits<1>& among, PeopleBits<1>* out) {
    follow_chains();
    const Word all = among.first_word();
    for (std::size_t p = 0; p < people_; ++p) {
      const Word group = (all >> p & 1U) != 0 ? with_[p] & all : 0;
      out[p] = PeopleBits<1>(&group, 1);
    }
  }

 private:
  void follow_chains() {
    Word joined = 0;
    for (std::size_t p = 0; p < people_; ++p) {
      const Word others = with_[p] & ~(Word{1} << p);
      joined |= others;
      for_each_bit(&others, 64, [&](std::size_t other) { with_[other] |= Word{1} << p; });
    }
    if (joined == 0) return;
    for (std::size_t between = 0; between < people_; ++between)
      for (std::size_t p = 0; p < people_; ++p)
        if ((with_[p] >> between & 1U) != 0) with_[p] |= with_[between];
  }

  std::size_t people_;
  std::array<Word, 64> with_;
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
