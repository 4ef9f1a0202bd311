#pragma once

// The oracle: what `docs/semantics.md` says, in code as plain as it can be made. It reads the checked program term by term, one household at a
// time, on exact rationals, and knows nothing of plans, columns, denominators or tiles. Slow, and obvious.
//
//   every term has a value on each row of its level, and a value is what it may be (`oracle/possible.h`)
//   two values that depend on one unknown are taken as independent, and what a number may be is the interval around it
//   a term is computed when it is first asked for, and once
//
// One thing comes from outside the program: what a value can be in any household. An open list has up to `most_records` more records, each
// anywhere in the proven range of the value that is summed or compared; and a divisor that is not 0 is at least one step away from it.
//
// Threads: belongs to one thread.

#include <functional>
#include <optional>

#include "check/program.h"
#include "oracle/household_facts.h"
#include "oracle/law_book.h"

namespace duly::oracle {

/// What a term's value can be in any household, and the unit in which it is counted, such as a cent.
struct Proven {
  Number low, high, step;
  bool is_counted = true;  ///< in steps; a fraction may be as small as it likes
};
using ProvenOf = std::function<Proven(TermId)>;

class Oracle {
 public:
  Oracle(const CheckedProgram& program, Date law_date, ProvenOf proven);

  /// Forgets the household before.
  void look_at(const HouseholdFacts& household);

  const Answers& of(TermId term);
  int rows(LevelId level) { return level_rows(level).count; }
  /// Of a cross level: the subject's row and the item's.
  int first(LevelId level, int row) { return level_rows(level).first[index(row)]; }
  int second(LevelId level, int row) { return level_rows(level).second[index(row)]; }
  /// The row of `ancestor` above a row; -1 above a person who is in no unit.
  int row_above(LevelId level, int row, LevelId ancestor);

 private:
  struct LevelRows {
    int count = 0;
    std::vector<int> first, second;  // cross levels
    std::vector<int> above;          // row of the parent level
  };
  struct Unit {
    Items sure, possible;
    bool undefined = false;
    bool nothing = false;  // surely undefined
  };
  struct Units {
    std::vector<Unit> units;
    std::vector<int> of_person;      // -1: in no unit
    Items possibly_in_none;
  };
  /// A dated record, from its first night to the day that is no longer spent there.
  struct Stay {
    Truth kept, institution;
    Range from, until;
    Truth open;                      // no end was given
    [[nodiscard]] bool known() const;
  };
  struct Spell {
    Truth there;
    Range first_night, last_night, nights;
    Truth open;                      // it has not ended
  };

  static std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] const Term& term(TermId id) const { return program_.terms[index(id)]; }
  [[nodiscard]] TermId id_of(const Term& t) const { return static_cast<TermId>(&t - program_.terms.data()); }
  [[nodiscard]] const Level& level(LevelId id) const { return declarations_.levels[index(id)]; }
  [[nodiscard]] int people() const { return household_->people(); }
  const LevelRows& level_rows(LevelId level);
  LevelRows make_rows(LevelId level);
  const Units& units(LevelId level);
  const std::vector<std::vector<Spell>>& spells(LevelId level);
  const Spell& spell(LevelId level, int row);

  // Reading an argument on a row of another term's level: the same row, or the one above it.
  template <class V>
  const V& on(TermId argument, LevelId level, int row) {
    return std::get<std::vector<V>>(of(argument))[index(row_above(level, row, term(argument).level))];
  }
  const Truth& truth(TermId argument, LevelId level, int row) { return on<Truth>(argument, level, row); }
  const Range& range(TermId argument, LevelId level, int row) { return on<Range>(argument, level, row); }
  const Set& set(TermId argument, LevelId level, int row) { return on<Set>(argument, level, row); }

  /// One value for each row of the term's level.
  template <class F>
  auto each_row(const Term& t, F f) {
    const int count = rows(t.level);
    std::vector<decltype(f(0))> out;
    out.reserve(index(count));
    for (int row = 0; row < count; ++row) out.push_back(f(row));
    return out;
  }
  /// Rows of `below` that hang below a row of `above`.
  const std::vector<int>& rows_below(LevelId below, LevelId above, int row);

  Answers compute(TermId id);
  // oracle.cc
  Answers constant(const Term& t);
  Answers rule(const Term& t);
  Answers by_law(const Term& t);
  Answers lift(const Term& t);
  bool is_possibly_in_no_unit(const Term& lift, int row);
  Answers choose(const Term& t);
  Answers undefined_rows(const Term& t);
  // oracle_numbers.cc
  Answers arithmetic(const Term& t);
  Range quotient(const Term& t, const Range& a, const Range& b);
  Range modulo(const Term& t, const Range& a, const Range& b);
  Answers of_one_number(const Term& t);
  Answers round(const Term& t);
  Answers date_part(const Term& t);
  Answers compare(const Term& t);
  // oracle_codes.cc
  Answers logical(const Term& t);
  Answers code_equal(const Term& t);
  Answers code_in(const Term& t);
  Answers has_word(const Term& t);
  Answers lookup(const Term& t);
  const Answer& looked_up(const Term& t, int row, bool& undefined, bool& defined);
  // oracle_rows.cc
  Answers sum(const Term& t);
  Answers count(const Term& t);
  Answers some(const Term& t);
  Answers least_or_greatest(const Term& t);
  Truth closed(const Term& t, std::size_t argument, int row);
  /// Whether a row is in the list: it is there at all, and `included` holds.
  Truth in_list(TermId included, LevelId level, int row);
  // oracle_people.cc
  Answers people_set(const Term& t);
  Answers combine_sets(const Term& t);
  Answers compose(const Term& t);
  Answers set_from_rows(const Term& t);
  Answers in_set(const Term& t);
  Answers set_size(const Term& t);
  // oracle_partitions.cc
  Answers closure(const Term& t);
  Truth joined_by(const Term& closure, int one_way, int other_way);
  int pair_row(int a, int b);
  Answers outside(const Term& t);
  Answers split(const Term& t);
  Answers make_units(const Term& t);
  Answers in_unit(const Term& t);
  Answers unit_settled(const Term& t);
  Units find_units(LevelId level);
  // oracle_months.cc
  struct Back {
    std::int64_t latest, earliest;  ///< months before the benefit month
  };
  Back months_back(const Number& low, const Number& high);
  std::int64_t window_of(TermId months);
  Answers months_from_rows(const Term& t);
  Answers months_between_bounds(const Term& t);
  Answers months_run(const Term& t);
  Answers has_month(const Term& t);
  // oracle_records.cc
  Answers running(const Term& t);
  Answers spell_field(const Term& t);
  std::vector<std::vector<Spell>> find_spells(LevelId level);
  static std::vector<Spell> known_spells(const Term& maker, const std::vector<Stay>& stays);
  static std::vector<Spell> open_spells(const std::vector<Stay>& stays);

  const CheckedProgram& program_;
  const Declarations& declarations_;
  Date law_date_;
  ProvenOf proven_;
  LawBook law_book_;
  const HouseholdFacts* household_ = nullptr;
  std::vector<std::optional<Answers>> answers_;
  std::vector<std::optional<LevelRows>> level_rows_;
  std::map<std::pair<LevelId, LevelId>, std::vector<std::vector<int>>> rows_below_;
  std::vector<std::optional<Units>> units_;
  std::vector<std::optional<std::vector<std::vector<Spell>>>> spells_;
};

}  // namespace duly::oracle
