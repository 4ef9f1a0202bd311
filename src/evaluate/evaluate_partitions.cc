// The steps of a partition, household by household: `closure` joins people by chains, `outside` takes people out, `split` lets bundles leave.
// Each works on the group of each person, as a set of people: surely together, possibly together. A person with no group is in no unit.

#include <memory>
#include <span>

#include "evaluate/columns.h"
#include "evaluate/families.h"
#include "evaluate/groups.h"

namespace duly::columnar {
namespace {

/// The groups a step makes, with the bits of what is undefined.
struct NewGroups {
  Word* sure;
  Word* maybe;
  UndefinedBits bits;
  std::size_t width;
  std::size_t rows;

  NewGroups(Tile& tile, NodeId id) : bits(Room{tile, id}, tile.rows_of(id)), width(tile.people_words()), rows(tile.rows_of(id)) {
    sure = tile.take<Word>(id, rows * width);
    maybe = tile.take<Word>(id, rows * width);
    tile.set_width(id, width);
  }
  template <std::size_t words>
  void put(std::size_t person, const PeopleBits<words>& surely, const PeopleBits<words>& possibly) const {
    surely.put(sure + person * width, width);
    possibly.put(maybe + person * width, width);
  }
  void into(Tile& tile, NodeId id) const {
    Column& out = tile.column(id);
    set_words(out, sure, maybe);
    settle_sets(out, rows * width);
    bits.into(out, rows);
  }
};

template <std::size_t words>
PeopleBits<words> sure_group(const View& groups, std::size_t person) {
  return {groups.sure(person), groups.width};
}
template <std::size_t words>
PeopleBits<words> possible_group(const View& groups, std::size_t person) {
  return {groups.maybe(person), groups.width};
}

/// Calls `f(first person, number of people, household)` for each household of the tile.
template <class F>
void for_each_household(Tile& tile, F f) {
  const Rows& people = tile.levels.rows(person_level);
  const std::int32_t households = tile.levels.rows(household_level).count;
  for (std::int32_t h = 0; h < households; ++h) f(row_index(people.begin[h]), row_index(people.begin[h + 1] - people.begin[h]), h);
}

/// The pair conditions of one closure: that any of them may join two people, that one surely does, that one may be undefined.
class PairLinks {
 public:
  PairLinks(Tile& tile, NodeId id) : begin_(tile.levels.rows(pair_level).begin), pairs_(tile.levels.count(pair_level)) {
    const Args& args = tile.node(id).args;
    count_ = args.size() - 1;
    conditions_ = tile.scratch.take_array<View>(count_);
    for (std::size_t i = 0; i < count_; ++i) std::construct_at(conditions_ + i, view(tile, args[i + 1], pair_level));
    const std::size_t words = words_for(pairs_);
    possible_ = tile.scratch.take_array<Word>(words);
    sure_ = tile.scratch.take_array<Word>(words);
    undefined_ = tile.scratch.take_array<Word>(words);
    for (std::size_t w = 0; w < words; ++w) {
      possible_[w] = sure_[w] = undefined_[w] = 0;
      for (const View& when : conditions()) {
        const Word yes = may_be_true(when.column)[w];
        possible_[w] |= yes;
        sure_[w] |= yes & ~may_be_false(when.column)[w] & ~when.undefined_word(w);
        undefined_[w] |= when.undefined_word(w);
      }
      const Word here = rows_of_word(w, pairs_);
      any_open_ = any_open_ || ((possible_[w] ^ sure_[w]) & here) != 0;
      any_undefined_ = any_undefined_ || (undefined_[w] & here) != 0;
    }
  }

  /// Some pair of the tile is possibly joined but not surely.
  [[nodiscard]] bool any_open() const { return any_open_; }
  [[nodiscard]] bool any_undefined() const { return any_undefined_; }

  [[nodiscard]] std::span<const View> conditions() const { return {conditions_, count_}; }

  /// Whom a person of a household of `people` possibly joins.
  template <std::size_t words>
  [[nodiscard]] PeopleBits<words> possible(std::int32_t household, std::size_t people, std::size_t person) const {
    return of_person<words>(possible_, household, people, person);
  }
  template <std::size_t words>
  [[nodiscard]] PeopleBits<words> sure(std::int32_t household, std::size_t people, std::size_t person) const {
    return of_person<words>(sure_, household, people, person);
  }
  template <std::size_t words>
  [[nodiscard]] PeopleBits<words> undefined(std::int32_t household, std::size_t people, std::size_t person) const {
    return of_person<words>(undefined_, household, people, person);
  }

  [[nodiscard]] std::size_t row(std::int32_t household, std::size_t people, std::size_t a, std::size_t b) const {
    return row_index(begin_[household]) + a * people + b;
  }

 private:
  template <std::size_t words>
  [[nodiscard]] PeopleBits<words> of_person(const Word* bits, std::int32_t household, std::size_t people, std::size_t person) const {
    std::array<Word, words> out{};
    const std::size_t first = row(household, people, person, 0);
    for (std::size_t p = 0; p < people; p += 64) out[p / 64] = bits_at(bits, first + p, std::min<std::size_t>(people - p, 64));
    return {out.data(), words};
  }

  const std::int32_t* begin_;
  std::size_t pairs_;
  std::size_t count_ = 0;
  View* conditions_ = nullptr;
  Word* possible_ = nullptr;
  Word* sure_ = nullptr;
  Word* undefined_ = nullptr;
  bool any_open_ = false;
  bool any_undefined_ = false;
};

/// One closure of one household. Where all that joins people is known, what is possible is sure.
template <std::size_t words>
class Closure {
 public:
  using People = PeopleBits<words>;

  Closure(const PairLinks& links, const View* before, bool is_known, std::size_t first, std::size_t people, std::int32_t household)
      : links_(links), before_(before), is_known_(is_known), first_(first), people_(people), household_(household), sure_(people), maybe_(people) {
    for (std::size_t p = 0; p < people; ++p) start(p);
    join_pairs();
    maybe_.groups(possibly_present_, possibly_.data());
    if (is_known) std::copy_n(possibly_.begin(), people, surely_.begin());
    else sure_.groups(surely_present_, surely_.data());
  }

  void put(const NewGroups& out) {
    for (std::size_t p = 0; p < people_; ++p) out.put(first_ + p, surely_[p], possibly_[p]);
    if (before_ != nullptr && before_->column.undefined != nullptr)
      for (std::size_t p = 0; p < people_; ++p) out.bits.put(first_ + p, before_->may_be_undefined(first_ + p), before_->may_be_defined(first_ + p));
    if (any_undefined_) spread_undefined(out);
  }

 private:
  void start(std::size_t p) {
    if (before_ == nullptr) {
      surely_present_.add(p);
      possibly_present_.add(p);
      return;
    }
    const People possible = possible_group<words>(*before_, first_ + p);
    if (!possible.empty()) possibly_present_.add(p);
    maybe_.join_all(p, possible);
    if (is_known_) return;
    const People sure = sure_group<words>(*before_, first_ + p);
    if (sure.has(p)) surely_present_.add(p);
    sure_.join_all(p, sure);
  }

  void join_pairs() {
    for (std::size_t p = 0; p < people_; ++p) {
      if (!possibly_present_.has(p)) continue;
      maybe_.join_all(p, links_.possible<words>(household_, people_, p) & possibly_present_);
      if (is_known_) continue;
      if (surely_present_.has(p)) sure_.join_all(p, links_.sure<words>(household_, people_, p) & surely_present_);
      any_undefined_ = any_undefined_ || !(undefined_with(p)).empty();
    }
  }

  /// Those with whom a condition of the pair may be undefined.
  [[nodiscard]] People undefined_with(std::size_t p) const {
    People self{};
    self.add(p);
    return (links_.undefined<words>(household_, people_, p) & possibly_present_) - self;
  }

  /// Whether some condition of the pair surely has no value.
  [[nodiscard]] bool is_never_defined(std::size_t a, std::size_t b) const {
    const std::size_t row = links_.row(household_, people_, a, b);
    const auto conditions = links_.conditions();
    return std::any_of(conditions.begin(), conditions.end(),
                       [row](const View& when) { return when.may_be_undefined(row) && !when.may_be_defined(row); });
  }

  /// An undefined pair matters to all it could join, unless the two are together anyway.
  void spread_undefined(const NewGroups& out) {
    Joined<words> reach(people_);
    for (std::size_t p = 0; p < people_; ++p) reach.join_all(p, possibly_[p]);
    People touched{};
    People decided{};
    for (std::size_t a = 0; a < people_; ++a) {
      if (!possibly_present_.has(a)) continue;
      (undefined_with(a) - surely_[a]).for_each([&](std::size_t b) {
        reach.join(a, b);
        touched.add(a);
        if (is_never_defined(a, b) && surely_present_.has(a) && surely_present_.has(b) && !possibly_[a].has(b)) decided |= surely_[a] | surely_[b];
      });
    }
    HouseholdGroups<words> reached;
    reach.groups(possibly_present_, reached.data());
    for (std::size_t p = 0; p < people_; ++p) out.bits.put(first_ + p, !(reached[p] & touched).empty(), !decided.has(p));
  }

  const PairLinks& links_;
  const View* before_;
  bool is_known_;
  std::size_t first_;
  std::size_t people_;
  std::int32_t household_;
  Joined<words> sure_;
  Joined<words> maybe_;
  People surely_present_{};
  People possibly_present_{};
  HouseholdGroups<words> surely_;
  HouseholdGroups<words> possibly_;
  bool any_undefined_ = false;
};

}  // namespace

void evaluate_closure(Tile& tile, NodeId id) {
  const NodeId before_id = tile.node(id).args[0];
  if (before_id == no_node && tile.node(id).args.size() == 1) return evaluate_self_set(tile, id);  // nothing joins anybody
  const View before = before_id == no_node ? View{} : view(tile, before_id, person_level);
  const PairLinks links(tile, id);
  const NewGroups out(tile, id);
  const bool is_known = !links.any_open() && !links.any_undefined() && before.column.a == before.column.b && before.column.undefined == nullptr;
  by_width(tile, [&](auto words) {
    for_each_household(tile, [&](std::size_t first, std::size_t people, std::int32_t household) {
      Closure<decltype(words)::value>(links, before_id == no_node ? nullptr : &before, is_known, first, people, household).put(out);
    });
  });
  out.into(tile, id);
}

namespace {

/// Takes the people of one household who leave out of all groups.
template <std::size_t words>
void take_out(const View& groups, const View& leaves, const NewGroups& out, std::size_t first, std::size_t people) {
  using People = PeopleBits<words>;
  People may_leave{};
  People surely_leave{};
  People undefined{};
  People never_defined{};
  for (std::size_t p = 0; p < people; ++p) {
    if (leaves.may_be(first + p, true)) may_leave.add(p);
    if (!leaves.may_be(first + p, false)) surely_leave.add(p);
    if (leaves.may_be_undefined(first + p)) undefined.add(p);
    if (!leaves.may_be_defined(first + p)) never_defined.add(p);
  }
  for (std::size_t p = 0; p < people; ++p) {
    const People sure = sure_group<words>(groups, first + p);
    const People possible = possible_group<words>(groups, first + p);
    out.put(first + p, may_leave.has(p) ? People{} : sure - may_leave, surely_leave.has(p) ? People{} : possible - surely_leave);
    out.bits.put(first + p, groups.may_be_undefined(first + p) || !(possible & undefined).empty(),
                 groups.may_be_defined(first + p) && (sure & never_defined).empty());
  }
}

/// The same where one word holds a household and nothing is undefined.
void take_out_word(const View& groups, const View& leaves, const NewGroups& out, std::size_t first, std::size_t people) {
  const Word may_leave = bits_at(may_be_true(leaves.column), first, people);
  const Word surely_leave = may_leave & ~bits_at(may_be_false(leaves.column), first, people);
  for (std::size_t p = 0; p < people; ++p) {
    out.sure[first + p] = (may_leave >> p & 1U) != 0 ? 0 : sure_of(groups.column)[first + p] & ~may_leave;
    out.maybe[first + p] = (surely_leave >> p & 1U) != 0 ? 0 : maybe_of(groups.column)[first + p] & ~surely_leave;
  }
}

}  // namespace

void evaluate_outside(Tile& tile, NodeId id) {
  const View groups = argument(tile, id, 0);
  const View leaves = argument(tile, id, 1);
  const NewGroups out(tile, id);
  const bool all_defined = groups.column.undefined == nullptr && leaves.column.undefined == nullptr;
  by_width(tile, [&](auto words) {
    if (decltype(words)::value == 1 && all_defined)
      return for_each_household(tile,
                                [&](std::size_t first, std::size_t people, std::int32_t) { take_out_word(groups, leaves, out, first, people); });
    for_each_household(
        tile, [&](std::size_t first, std::size_t people, std::int32_t) { take_out<decltype(words)::value>(groups, leaves, out, first, people); });
  });
  out.into(tile, id);
}

namespace {

/// One split of one household. Leaving is joining one's bundle; overlapping bundles join.
template <std::size_t words>
class Split {
 public:
  using People = PeopleBits<words>;

  Split(const View& groups, const View& bundles, std::size_t first, std::size_t people)
      : groups_(groups), bundles_(bundles), first_(first), people_(people), surely_(people), possibly_(people) {
    for (std::size_t p = 0; p < people; ++p) leave(p);
    surely_.groups(surely_leave_, surely_with_.data());
    possibly_.groups(may_leave_, possibly_with_.data());
  }

  void put(const NewGroups& out) const {
    for (std::size_t p = 0; p < people_; ++p) {
      const People sure = sure_group<words>(groups_, first_ + p);
      const People possible = possible_group<words>(groups_, first_ + p);
      People together{};
      if (sure.has(p)) {
        together.add(p);
        together |= surely_with_[p] & sure;
        if (!may_leave_.has(p)) together |= sure - may_leave_;
      }
      People may_be_together = possibly_with_[p];
      if (!surely_leave_.has(p)) may_be_together |= possible - surely_leave_;
      out.put(first_ + p, together, may_be_together & possible);
      out.bits.put(first_ + p, groups_.may_be_undefined(first_ + p) || !(possible & undefined_).empty(),
                   groups_.may_be_defined(first_ + p) && (sure & never_defined_).empty());
    }
  }

 private:
  void leave(std::size_t p) {
    const People possible = possible_group<words>(groups_, first_ + p);
    if (!possible.has(p)) return;
    if (bundles_.may_be_undefined(first_ + p)) undefined_.add(p);
    if (!bundles_.may_be_defined(first_ + p)) {
      never_defined_.add(p);
      return;
    }
    People self{};
    self.add(p);
    const People may_bring = possible_group<words>(bundles_, first_ + p);
    if (may_bring.empty()) return;
    const People may_go = (may_bring | self) & possible;
    possibly_.join_all(p, may_go);
    may_leave_ |= may_go;
    const People brings = sure_group<words>(bundles_, first_ + p);
    const People sure = sure_group<words>(groups_, first_ + p);
    if (brings.empty() || !sure.has(p)) return;
    const People go = (brings | self) & sure;
    surely_.join_all(p, go);
    surely_leave_ |= go;
  }

  const View& groups_;
  const View& bundles_;
  std::size_t first_;
  std::size_t people_;
  Joined<words> surely_;
  Joined<words> possibly_;
  People surely_leave_{};
  People may_leave_{};
  People undefined_{};
  People never_defined_{};
  HouseholdGroups<words> surely_with_;
  HouseholdGroups<words> possibly_with_;
};

}  // namespace

void evaluate_split(Tile& tile, NodeId id) {
  const View groups = argument(tile, id, 0);
  const View bundles = argument(tile, id, 1);
  const NewGroups out(tile, id);
  by_width(tile, [&](auto words) {
    for_each_household(
        tile, [&](std::size_t first, std::size_t people, std::int32_t) { Split<decltype(words)::value>(groups, bundles, first, people).put(out); });
  });
  out.into(tile, id);
}

}  // namespace duly::columnar
