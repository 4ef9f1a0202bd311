#include "compile/table_reach.h"

#include <algorithm>
#include <limits>

#include "base/at.h"

namespace duly {
namespace {

/// The range of the values seen so far.
struct Range {
  BigInt low = 0, high = 0;
  bool any = false;

  void take(const BigInt& least, const BigInt& most) {
    low = any ? std::min(low, least) : least;
    high = any ? std::max(high, most) : most;
    any = true;
  }
};

class Looking {
 public:
  Looking(const PlanBuilder& plan, const LookupTable& table, const std::vector<NodeId>& keys)
      : plan_(plan), table_(table), keys_(keys), last_(keys.empty() ? nullptr : &plan.at(keys.back())) {}

  TableReach reach() {
    std::vector<std::size_t> first_cells{0};  // of each combination of the keys before the last
    std::vector<std::int64_t> places{0};      // of the last key
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      places = places_in_reach(k);
      if (k + 1 == keys_.size()) break;
      std::vector<std::size_t> longer;
      longer.reserve(first_cells.size() * places.size());
      for (const std::size_t cell : first_cells)
        for (const std::int64_t place : places) longer.push_back((cell + at(place)) * at(table_.extents[k + 1]));
      first_cells = std::move(longer);
    }
    for (const std::size_t first : first_cells)
      for (const std::int64_t place : places) take(first + at(place), place);
    if (least_ <= most_) range_.take(least_, most_);
    out_.low = range_.low;
    out_.high = range_.high;
    return out_;
  }

 private:
  std::vector<std::int64_t> places_in_reach(std::size_t k) {
    const PlanNode& key = plan_.at(keys_[k]);
    const std::int64_t last_place = table_.extents[k] - 1;
    std::int64_t low = 0;
    std::int64_t high = last_place;
    if (key.shape == Shape::number) {
      const BigInt first = floor_of(key.exact_low) - table_.key_offset[k];
      const BigInt last = floor_of(key.exact_high) - table_.key_offset[k];
      if (first < 0) out_.no_row = true;
      low = static_cast<std::int64_t>(std::min(std::max(first, BigInt(0)), BigInt(last_place)));
      high = static_cast<std::int64_t>(std::min(std::max(last, BigInt(0)), BigInt(last_place)));
    }
    const std::uint64_t words = key.shape == Shape::code ? words_in_reach(plan_, keys_[k]) : 0;
    std::vector<std::int64_t> places;
    for (std::int64_t place = low; place <= high; ++place)
      if (key.shape != Shape::code || (words >> static_cast<unsigned>(place) & 1U) != 0) places.push_back(place);
    return places;
  }

  /// A cell, which stands at `place` of its last key.
  void take(std::size_t cell, std::int64_t place) {
    const std::uint8_t state = table_.state[cell];
    out_.no_row = out_.no_row || state == LookupTable::no_row;
    out_.absent = out_.absent || state == LookupTable::absent;
    if (state == LookupTable::no_row || state == LookupTable::absent) return;
    out_.gap = out_.gap || state == LookupTable::gap;
    if (table_.shape == Shape::code) out_.words |= static_cast<std::uint64_t>(table_.low[cell]) | static_cast<std::uint64_t>(table_.high[cell]);
    if (!table_.each_more.empty() && table_.each_more[cell] != 0 && last_ != nullptr && last_->shape == Shape::number)
      return take_growing(cell, place);
    least_ = std::min(least_, table_.low[cell]);
    most_ = std::max(most_, table_.high[cell]);
  }

  void take_growing(std::size_t cell, std::int64_t place) {
    const BigInt past = std::max(BigInt(floor_of(last_->exact_high) - table_.grows_from[cell]), BigInt(0));
    const BigInt grown = past * table_.each_more[cell];
    const bool is_last = place + 1 == table_.extents.back() && table_.grows_from[cell] == place + table_.key_offset.back();
    out_.grows_inside = out_.grows_inside || !is_last;
    const BigInt low = table_.low[cell];
    const BigInt high = table_.high[cell];
    if (grown < 0) range_.take(low + grown, high);
    else range_.take(low, high + grown);
  }

  const PlanBuilder& plan_;
  const LookupTable& table_;
  const std::vector<NodeId>& keys_;
  const PlanNode* last_;
  TableReach out_;
  Range range_;                                                   // of values that grow
  std::int64_t least_ = std::numeric_limits<std::int64_t>::max();  // of the others
  std::int64_t most_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace

std::uint64_t words_in_reach(const PlanBuilder& plan, NodeId code) {
  const PlanNode& n = plan.at(code);
  switch (n.op) {
    case PlanOp::constant:
    case PlanOp::unknown:
    case PlanOp::fact:
    case PlanOp::lookup: return n.bits;
    case PlanOp::lift: return words_in_reach(plan, n.args[0]);
    case PlanOp::choose: return words_in_reach(plan, n.args[1]) | words_in_reach(plan, n.args[2]);
    default: return ~std::uint64_t{0};
  }
}

TableReach reach_of(const PlanBuilder& plan, const LookupTable& table, const std::vector<NodeId>& keys) { return Looking(plan, table, keys).reach(); }

}  // namespace duly
