#pragma once

// What a value was made of: the arguments of a node in the rows they were read in, without those that did not matter. Of a conjunction that
// fails it is the first condition that fails; of a choice the condition and the branches still possible; of a sum the rows that may count.
// The walk back from an outcome to the facts, in determinations and explanations alike, takes these steps and no others.
//
// Threads: belongs to the thread that reads.

#include <vector>

#include "determine/row_paths.h"

namespace duly {

/// One value: a node in a row, or of a set one member.
struct Part {
  NodeId node = no_node;
  std::int32_t row = 0;
  int item = whole_set;
  bool operator==(const Part&) const = default;
};

class Parts {
 public:
  Parts(const Readings& readings, const RowPaths& paths) : r_(readings), paths_(paths) {}

  /// Adds the parts of `whole` to `out`.
  void add_parts(const Part& whole, std::vector<Part>& out) const;
  /// Whether a value was stated for the row of a `stated` node.
  [[nodiscard]] bool is_stated(const PlanNode& stated, std::int32_t row) const;
  /// The node whose rows the level of `node` or of its argument are, where they are made while evaluating; else no_node.
  [[nodiscard]] NodeId hidden_maker(const PlanNode& node) const;

 private:
  void same_row(const Part& whole, std::vector<Part>& out, int item = whole_set) const;
  void add(const Part& whole, NodeId arg, std::vector<Part>& out, int item = whole_set) const;
  void conditions(const Part& whole, bool settles, std::vector<Part>& out) const;
  void branches(const Part& whole, std::vector<Part>& out) const;
  void ends(const Part& whole, std::vector<Part>& out) const;
  void rows_below(const Part& whole, std::vector<Part>& out) const;
  void lifted(const Part& whole, std::vector<Part>& out) const;
  void composed(const Part& whole, std::vector<Part>& out) const;
  void from_rows(const Part& whole, std::vector<Part>& out) const;
  void asked_set(const Part& whole, std::vector<Part>& out) const;
  void group_steps(const Part& whole, std::vector<Part>& out) const;
  void membership(NodeId maker, LevelId level, std::int32_t row, std::vector<Part>& out) const;
  void records_of_owner(const Part& whole, LevelId owner, std::int32_t owner_row, const PlanNode& node, std::vector<Part>& out) const;
  void spells_of(LevelId spells, std::int32_t owner_row, std::vector<Part>& out) const;

  const Readings& r_;
  const RowPaths& paths_;
};

/// Parts already seen on a walk: a table of keys with open places.
class Seen {
 public:
  Seen() : places_(256, none) {}

  /// False if `part` was added before.
  bool add(const Part& part) {
    if (2 * count_ >= places_.size()) grow();
    const std::uint64_t key =
        (static_cast<std::uint64_t>(part.node) << 40) ^ (static_cast<std::uint64_t>(part.row) << 12) ^ static_cast<std::uint64_t>(part.item + 1);
    return put(key);
  }

 private:
  static constexpr std::uint64_t none = ~std::uint64_t{0};

  bool put(std::uint64_t key) {
    const std::size_t mask = places_.size() - 1;
    auto place = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift_);  // the highest bits mix all of the key
    while (places_[place] != none) {
      if (places_[place] == key) return false;
      place = (place + 1) & mask;
    }
    places_[place] = key;
    ++count_;
    return true;
  }

  void grow() {
    std::vector<std::uint64_t> before(places_.size() * 4, none);
    shift_ -= 2;
    before.swap(places_);
    count_ = 0;
    for (const std::uint64_t key : before)
      if (key != none) put(key);
  }

  std::vector<std::uint64_t> places_;
  unsigned shift_ = 56;  ///< 64 less the bits of a place
  std::size_t count_ = 0;
};

}  // namespace duly
