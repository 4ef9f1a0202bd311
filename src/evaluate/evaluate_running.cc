// Running values over the records of one owner: previous + step, held between a lowest and a highest value, in a total order by keys and last
// by the position in the document.
//
// Where the order of the records that may be included is settled, one pass in that order: a record that may be left out widens what follows.
// Where it is not, each record takes the hull over what may stand before it. With limits that hull does not go through every order: before
// the record the value is at least the lower of start and upper limits plus every decrease, at most the higher of start and lower limits plus
// every increase. A record that is left out has no value.

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "evaluate/families.h"
#include "evaluate/lanes.h"

namespace duly::columnar {
namespace {

enum RunningArgument : std::size_t { included_arg, start_arg, step_arg, low_arg, high_arg, first_key_arg };

/// The place of a record by one key: at least, at most.
struct Place {
  std::int64_t low, high;
};

class OrderKeys {
 public:
  OrderKeys(Tile& tile, NodeId id) {
    const Args& args = tile.node(id).args;
    count_ = args.size() - first_key_arg;
    keys_ = tile.scratch.take_array<View>(count_);
    exact_ = tile.scratch.take_array<bool>(count_);
    for (std::size_t i = 0; i < count_; ++i) {
      const NodeId key = args[first_key_arg + i];
      std::construct_at(keys_ + i, view(tile, key, tile.node(id).level));
      exact_[i] = tile.node(key).lane == Lane::exact;
    }
  }

  /// Before (< 0), after (> 0), or open (0, and `x` is not `y`). Where one key can at the latest tie, the next one decides, last the position.
  [[nodiscard]] int order(std::size_t x, std::size_t y) const { return surely_before(x, y) ? -1 : surely_before(y, x) ? 1 : 0; }

  [[nodiscard]] bool surely_before(std::size_t x, std::size_t y) const {
    for (std::size_t i = 0; i < count_; ++i) {
      const Place at_x = place(i, x);
      const Place at_y = place(i, y);
      if (at_x.high != at_y.low) return at_x.high < at_y.low;
    }
    return x < y;
  }

  [[nodiscard]] bool may_be_undefined(std::size_t row) const {
    return std::any_of(keys_, keys_ + count_, [row](const View& key) { return key.may_be_undefined(row); });
  }
  [[nodiscard]] bool may_be_defined(std::size_t row) const {
    return std::all_of(keys_, keys_ + count_, [row](const View& key) { return key.may_be_defined(row); });
  }

 private:
  /// A fraction is not ordered here: as a key it is open.
  [[nodiscard]] Place place(std::size_t i, std::size_t row) const {
    const View& key = keys_[i];
    switch (key.shape) {
      case Shape::number:
        if (!exact_[i]) return {key.low(row), key.high(row)};
        break;
      case Shape::code: {
        const Word words = words_of(key.column)[row];
        return {std::countr_zero(words), 63 - std::countl_zero(words)};
      }
      case Shape::truth: return {key.may_be(row, false) ? 0 : 1, key.may_be(row, true) ? 1 : 0};
      case Shape::set: break;
    }
    return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  }

  std::size_t count_ = 0;
  View* keys_ = nullptr;
  bool* exact_ = nullptr;
};

template <class Lane>
class Running {
 public:
  using Value = typename Lane::Value;

  Running(Tile& tile, NodeId id, Lane lane)
      : tile_(tile), id_(id), lane_(lane), keys_(tile, id), rows_(tile.rows_of(id)), bits_(Room{tile, id}, rows_) {
    const Args& args = tile.node(id).args;
    included_ = argument(tile, id, included_arg);
    start_ = amount(args[start_arg]);
    step_ = amount(args[step_arg]);
    low_limit_ = amount(args[low_arg]);
    high_limit_ = amount(args[high_arg]);
    low_ = tile.take<Value>(id, rows_);
    high_ = tile.take<Value>(id, rows_);
    relevant_ = tile.scratch.take_array<std::size_t>(rows_);
  }

  void run() {
    const std::int32_t* owner = tile_.levels.rows(tile_.node(id_).level).parent;
    for (std::size_t first = 0; first < rows_;) {
      std::size_t end = first + 1;
      while (end < rows_ && owner[end] == owner[first]) ++end;
      run_owner(first, end);
      first = end;
    }
    set_ends(tile_, id_, lane_, low_, high_);
    bits_.into(tile_.column(id_), rows_);
  }

 private:
  struct Amount {
    bool given = false;
    View view;
    EndColumns<Value> ends;
  };
  struct State {
    Value low, high;
    bool may_be_undefined, may_be_defined;
  };

  Amount amount(NodeId arg) {
    if (arg == no_node) return {};
    const LevelId level = tile_.node(id_).level;
    return {true, view(tile_, arg, level), lane_.ends(tile_, arg, level)};
  }

  [[nodiscard]] bool may_be_in(std::size_t row) const { return included_.may_be(row, true); }
  [[nodiscard]] bool may_be_out(std::size_t row) const { return included_.may_be(row, false); }

  void run_owner(std::size_t first, std::size_t end) {
    count_ = 0;
    for (std::size_t r = first; r < end; ++r) {
      if (may_be_in(r) || included_.may_be_undefined(r)) relevant_[count_++] = r;
      else put_none(r);
    }
    const State start{start_.ends.low[first], start_.ends.high[first], start_.view.may_be_undefined(first), start_.view.may_be_defined(first)};
    if (is_order_settled()) run_in_order(start);
    else
      for (std::size_t r = first; r < end; ++r)
        if (may_be_in(r) || included_.may_be_undefined(r)) run_in_any_order(start, r);
  }

  [[nodiscard]] bool any_key_undefined() const {
    return std::any_of(relevant_, relevant_ + count_, [this](std::size_t row) { return keys_.may_be_undefined(row); });
  }

  [[nodiscard]] bool is_order_settled() const {
    if (any_key_undefined()) return false;
    for (std::size_t i = 0; i < count_; ++i) {
      for (std::size_t j = i + 1; j < count_; ++j)
        if (keys_.order(relevant_[i], relevant_[j]) == 0) return false;
    }
    return true;
  }

  void run_in_order(State before) {
    std::sort(relevant_, relevant_ + count_, [this](std::size_t x, std::size_t y) { return x != y && keys_.order(x, y) < 0; });
    for (std::size_t i = 0; i < count_; ++i) {
      const std::size_t row = relevant_[i];
      put(row, step(before, row));
      before = passed(before, row);
    }
  }

  /// The value behind a record, which may be in the list or not.
  State passed(const State& before, std::size_t row) {
    const State after = step(before, row);
    State out = may_be_out(row) ? either(before, after) : after;
    out.may_be_undefined = out.may_be_undefined || included_.may_be_undefined(row);
    return out;
  }

  /// The value after a record that is included.
  State step(const State& before, std::size_t row) {
    State after = before;
    after.may_be_undefined = before.may_be_undefined || step_.view.may_be_undefined(row) || is_limit_undefined(row);
    after.may_be_defined = before.may_be_defined && counts(row);
    if (!after.may_be_defined) return {Lane::zero(), Lane::zero(), after.may_be_undefined, false};
    after.low = lane_.sum(before.low, step_.ends.low[row]);
    after.high = lane_.sum(before.high, step_.ends.high[row]);
    if (low_limit_.given) {
      after.low = greater(after.low, low_limit_.ends.low[row]);
      after.high = greater(after.high, low_limit_.ends.high[row]);
    }
    if (high_limit_.given) {
      after.low = lesser(after.low, high_limit_.ends.low[row]);
      after.high = lesser(after.high, high_limit_.ends.high[row]);
    }
    return after;
  }

  State either(const State& x, const State& y) {
    const bool undefined = x.may_be_undefined || y.may_be_undefined;
    if (!x.may_be_defined || !y.may_be_defined) {
      State only = x.may_be_defined ? x : y;
      only.may_be_undefined = undefined;
      return only;
    }
    return {lesser(x.low, y.low), greater(x.high, y.high), undefined, true};
  }

  /// Whether the records that may stand before `row` have one order among themselves, though others have not; then they are the first of
  /// `relevant_`, in it.
  bool settle_those_before(std::size_t row) {
    const auto end = std::partition(relevant_, relevant_ + count_, [&](std::size_t other) { return may_stand_before(other, row); });
    before_ = static_cast<std::size_t>(end - relevant_);
    for (std::size_t i = 0; i < before_; ++i) {
      if (keys_.order(relevant_[i], row) == 0) return false;
      for (std::size_t j = i + 1; j < before_; ++j)
        if (keys_.order(relevant_[i], relevant_[j]) == 0) return false;
    }
    std::sort(relevant_, relevant_ + before_, [this](std::size_t x, std::size_t y) { return x != y && keys_.order(x, y) < 0; });
    return true;
  }

  void run_in_any_order(const State& start, std::size_t row) {
    if (!any_key_undefined() && settle_those_before(row)) {
      State before = start;
      for (std::size_t i = 0; i < before_; ++i) before = passed(before, relevant_[i]);
      return put(row, step(before, row));
    }
    State before = start;
    for (std::size_t i = 0; i < count_; ++i)
      if (may_stand_before(relevant_[i], row) && counts(relevant_[i])) before = reach(before, start, relevant_[i]);
    for (std::size_t i = 0; i < count_; ++i) {
      const std::size_t other = relevant_[i];
      if (keys_.may_be_undefined(other)) before.may_be_undefined = true;
      if (!keys_.may_be_defined(other) && !may_be_out(other)) before.may_be_defined = false;
      if (!may_stand_before(other, row)) continue;
      const bool surely_before = keys_.order(other, row) < 0;
      if (included_.may_be_undefined(other) || step_.view.may_be_undefined(other) || is_limit_undefined(other)) before.may_be_undefined = true;
      if (surely_before && !may_be_out(other) && !counts(other)) before.may_be_defined = false;
      if (counts(other)) before = add_step(before, other, surely_before);
    }
    put(row, step(before, row));
  }

  [[nodiscard]] bool may_stand_before(std::size_t other, std::size_t row) const { return other != row && keys_.order(other, row) <= 0; }
  [[nodiscard]] bool counts(std::size_t row) const { return may_be_in(row) && step_.view.may_be_defined(row) && is_limit_defined(row); }

  /// With limits: where the value may be moved to before any step.
  State reach(State before, const State& start, std::size_t other) {
    if (low_limit_.given) before.high = greater(greater(before.high, start.high), low_limit_.ends.high[other]);
    if (high_limit_.given) before.low = lesser(lesser(before.low, start.low), high_limit_.ends.low[other]);
    return before;
  }

  State add_step(State before, std::size_t other, bool surely_before) {
    const bool sure = surely_before && !may_be_out(other) && !low_limit_.given && !high_limit_.given;
    const Value& low = step_.ends.low[other];
    const Value& high = step_.ends.high[other];
    if (sure || lane_.less(low, Lane::zero())) before.low = lane_.sum(before.low, low);
    if (sure || lane_.less(Lane::zero(), high)) before.high = lane_.sum(before.high, high);
    return before;
  }

  [[nodiscard]] bool is_limit_undefined(std::size_t row) const {
    return low_limit_.view.may_be_undefined(row) || high_limit_.view.may_be_undefined(row);
  }
  [[nodiscard]] bool is_limit_defined(std::size_t row) const { return low_limit_.view.may_be_defined(row) && high_limit_.view.may_be_defined(row); }
  Value lesser(const Value& x, const Value& y) { return lane_.less(y, x) ? y : x; }
  Value greater(const Value& x, const Value& y) { return lane_.less(x, y) ? y : x; }

  void put_none(std::size_t row) {
    low_[row] = high_[row] = Lane::zero();
    bits_.put(row, true, false);
  }

  void put(std::size_t row, const State& after) {
    low_[row] = after.low;
    high_[row] = after.high;
    bits_.put(row, after.may_be_undefined || may_be_out(row) || included_.may_be_undefined(row), after.may_be_defined);
  }

  Tile& tile_;
  NodeId id_;
  Lane lane_;
  OrderKeys keys_;
  std::size_t rows_;
  UndefinedBits bits_;
  View included_;
  Amount start_, step_, low_limit_, high_limit_;
  Value* low_ = nullptr;
  Value* high_ = nullptr;
  std::size_t* relevant_ = nullptr;  ///< records of the owner that may be included
  std::size_t count_ = 0;
  std::size_t before_ = 0;  ///< how many of them may stand before the one looked at
};

}  // namespace

void evaluate_running(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const std::array amounts{node.args[start_arg], node.args[step_arg], node.args[low_arg], node.args[high_arg]};
  on_lane(tile, id, amounts, node.level, [&](auto lane) { Running<decltype(lane)>(tile, id, lane).run(); });
}

}  // namespace duly::columnar
