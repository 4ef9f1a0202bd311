#pragma once

// A fact table, filled value by value, of one household or many, from documents or from tables. Values are collected first; `finish` lays out rows and
// columns, puts in what the dictionary presumes of everything nobody spoke of, and then what was said.
//
// Households come in order; people and records of each kind in the order of their households.
//
// Threads: belongs to one thread. The index is shared.

#include <span>

#include "facts/dictionary_index.h"
#include "facts/fact_table.h"

namespace duly {

class TableFiller {
 public:
  /// `wanted`: only these facts, by fact, get columns beside relations; all where it is null. It must outlive the filler.
  explicit TableFiller(const DictionaryIndex& index, const std::vector<bool>* wanted = nullptr);

  /// Returns its number.
  std::int32_t add_household();
  /// Returns its row. Precondition: no later household has people.
  std::int32_t add_person(std::int32_t household);
  /// `owner` is a row of people, or a household for records of the household. Returns a number for `say`. Precondition: no later household has any.
  std::int32_t add_record(int record, std::int32_t owner, std::int32_t household);

  [[nodiscard]] std::int32_t households() const { return households_; }
  [[nodiscard]] std::int32_t people() const { return static_cast<std::int32_t>(household_of_person_.size()); }
  [[nodiscard]] std::int32_t records(int record) const { return static_cast<std::int32_t>(records_[static_cast<std::size_t>(record)].owner.size()); }
  /// Row of the first of its people.
  [[nodiscard]] std::int32_t first_person(std::int32_t household) const;

  /// `row` is a household, a row of people, or what `add_record` gave. Each row of a fact once.
  void say(FactId fact, std::int32_t row, std::int64_t low, std::int64_t high) {
    if (is_wanted(fact)) said_.push_back({fact, row, low, high});
  }
  void say_absent(FactId fact, std::int32_t row) { say(fact, row, absent_low, absent_high); }
  /// Not even what the dictionary presumes.
  void say_unknown(FactId fact, std::int32_t row) { say(fact, row, unknown_low, unknown_high); }
  /// Words of a list, or people of the household counted from its first; in relations also against what is presumed. Both have as many words.
  void say_set(FactId fact, std::int32_t row, std::span<const std::uint64_t> sure, std::span<const std::uint64_t> maybe);

  /// `other` is in the list of `person` for one side of a relation. Both are rows of people of one household.
  void relate(FactId side, std::int32_t person, std::int32_t other) { pairs_.push_back({side, person, other}); }
  /// Nobody of the household has more of that side than `relate` says.
  void complete(FactId side, std::int32_t household) { complete_.push_back({side, household}); }
  /// Nobody of the household, or the household itself, has more of these records.
  void close(int record, std::int32_t household) { closed_.push_back({record, household}); }
  /// The person has no more of them.
  void close_for(int record, std::int32_t person) { closed_for_.push_back({record, person}); }

  /// Values of a rule that come from outside: `rows` rows of its level, behind `before` rows of earlier households. Precondition: every household
  /// states the same rules, with the same shapes and denominators.
  void state(const StatedColumn& column, std::size_t before, std::size_t rows);
  [[nodiscard]] const std::vector<StatedColumn>& stated() const { return stated_; }
  /// Every household is one unit of this partition.
  void assume_one_unit(RuleId partition) { one_unit_.push_back(partition); }

  /// The table; the filler is empty again. Facts are laid out in the memory of `spare`, a table that nobody needs any more.
  FactTable finish(FactTable spare = {});

 private:
  struct Said {
    FactId fact;
    std::int32_t row;
    std::int64_t low, high;
  };
  struct SaidSet {
    FactId fact;
    std::int32_t row;
    std::size_t first, words;  ///< in `words_`: those that are sure, and then those that may be
  };
  struct Pair {
    FactId side;
    std::int32_t person, other;
  };
  struct Of {
    int what;
    std::int32_t row;
  };
  struct Records {
    std::vector<std::int32_t> owner, household;
    bool in_order = true;
  };
  static constexpr std::int64_t absent_low = 1, absent_high = 0;
  static constexpr std::int64_t unknown_low = 2, unknown_high = 0;

  void lay_out_rows(FactTable& table);
  void sort_records(int record);
  void clear();
  void presume(FactTable& table) const;
  void put_said(FactTable& table) const;
  void put_sets(FactTable& table) const;
  void put_relations(FactTable& table) const;
  void put_closed(FactTable& table) const;
  [[nodiscard]] bool is_wanted(FactId fact) const { return is_laid_out(layout(fact), wanted_, static_cast<std::size_t>(fact)); }
  [[nodiscard]] const ColumnLayout& layout(FactId fact) const { return index_.layouts()[static_cast<std::size_t>(fact)]; }

  const DictionaryIndex& index_;
  const std::vector<bool>* wanted_;
  const Declarations& d_;
  std::int32_t households_ = 0;
  std::vector<std::int32_t> household_of_person_, people_begin_;
  std::vector<Records> records_;
  std::vector<Said> said_;
  std::vector<SaidSet> sets_;
  std::vector<std::uint64_t> words_;
  std::vector<StatedColumn> stated_;
  std::vector<RuleId> one_unit_;
  std::vector<Pair> pairs_;
  std::vector<Of> complete_, closed_, closed_for_;
};

}  // namespace duly
