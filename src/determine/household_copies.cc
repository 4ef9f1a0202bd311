#include "determine/household_copies.h"

#include <algorithm>
#include <array>

#include "base/at.h"

namespace duly {
namespace {

/// The rows of one household in a column.
struct Extent {
  std::size_t begin = 0, count = 0;
};

const FactColumn no_column;

class Copier {
 public:
  Copier(const Declarations& d, const FactTable& from, std::span<const CopiedHousehold> sources) : d_(d), from_(from) {
    for (const CopiedHousehold& source : sources) households_.insert(households_.end(), at(source.copies), source.household);
    rows_.resize(d_.levels.size());
    for (std::size_t l = 0; l < d_.levels.size(); ++l)
      if (has_rows(static_cast<LevelId>(l))) list_rows(static_cast<LevelId>(l));
  }

  /// `wanted`: by fact, empty for all.
  void run(const std::vector<bool>& wanted, FactTable& out) const {
    out.households = static_cast<std::int64_t>(households_.size());
    out.set_words = from_.set_words;
    out.one_unit = from_.one_unit;
    out.levels.resize(from_.levels.size());
    for (std::size_t l = 0; l < from_.levels.size(); ++l) rows(static_cast<LevelId>(l), out.levels[l]);
    out.facts.resize(from_.facts.size());
    for (std::size_t f = 0; f < from_.facts.size(); ++f)
      column(wanted.empty() || wanted[f] ? from_.facts[f] : no_column, d_.facts[f].level, out.facts[f]);
    out.list_closed_may_be_true.resize(from_.list_closed_may_be_true.size());
    for (std::size_t r = 0; r < from_.list_closed_may_be_true.size(); ++r)
      bits(from_.list_closed_may_be_true[r], d_.records[r].of_household ? household_level : person_level, out.list_closed_may_be_true[r]);
    out.stated.resize(from_.stated.size());
    for (std::size_t s = 0; s < from_.stated.size(); ++s) {
      const StatedColumn& stated = from_.stated[s];
      const LevelId level = d_.rules[at(stated.rule)].level;
      out.stated[s].rule = stated.rule;
      out.stated[s].denominator = stated.denominator;
      out.stated[s].assumed = stated.assumed;
      bits(stated.present, level, out.stated[s].present);
      column(stated.column, level, out.stated[s].column);
    }
  }

 private:
  [[nodiscard]] bool has_rows(LevelId level) const {
    const LevelKind kind = d_.levels[at(level)].kind;
    return (kind == LevelKind::person || kind == LevelKind::record) && !from_.levels[at(level)].begin.empty();
  }

  /// Levels without rows of their own in the table (the world, units) stand by households.
  [[nodiscard]] Extent extent(LevelId level, std::size_t household) const {
    if (!has_rows(level)) return {household, 1};
    const FactRows& rows = from_.levels[at(level)];
    return {at(rows.begin[household]), at(rows.begin[household + 1] - rows.begin[household])};
  }

  void list_rows(LevelId level) {
    std::vector<std::int64_t>& rows = rows_[at(level)];
    for (const std::int64_t household : households_) {
      const Extent own = extent(level, at(household));
      for (std::size_t r = 0; r < own.count; ++r) rows.push_back(static_cast<std::int64_t>(own.begin + r));
    }
  }

  /// By row of the copies: the row of the table it is like.
  [[nodiscard]] const std::vector<std::int64_t>& sources_of(LevelId level) const { return has_rows(level) ? rows_[at(level)] : households_; }

  void rows(LevelId level, FactRows& out) const {
    const FactRows& from = from_.levels[at(level)];
    out.begin.clear();
    out.owner.clear();
    if (from.begin.empty()) {
      out.count = from.count == from_.households ? static_cast<std::int64_t>(households_.size()) : from.count;
      return;
    }
    const bool of_households = level == household_level;
    std::size_t here = 0;   // rows copied so far
    std::size_t above = 0;  // and of the level above
    for (const std::int64_t source : households_) {
      const Extent own = of_households ? Extent{at(source), 1} : extent(level, at(source));
      const Extent parents = of_households ? Extent{0, 0} : extent(d_.levels[at(level)].parent, at(source));
      out.begin.push_back(static_cast<std::int32_t>(here));
      for (std::size_t r = own.begin; r < own.begin + own.count && r < from.owner.size(); ++r)
        out.owner.push_back(of_households ? 0 : from.owner[r] - static_cast<std::int32_t>(parents.begin) + static_cast<std::int32_t>(above));
      here += own.count;
      above += parents.count;
    }
    out.begin.push_back(static_cast<std::int32_t>(here));
    out.count = static_cast<std::int64_t>(here);
  }

  void bits(const BitRows& from, LevelId level, BitRows& out) const {
    out.clear();
    if (from.empty()) return;
    const std::vector<std::int64_t>& sources = sources_of(level);
    out.reserve(words_of_bits(sources.size()));
    for (std::size_t first = 0; first < sources.size(); first += 64) {
      std::uint64_t word = 0;
      for (std::size_t r = std::min<std::size_t>(sources.size() - first, 64); r-- > 0;)
        word = word << 1 | (from[at(sources[first + r]) / 64] >> (sources[first + r] % 64) & 1U);
      out.push_back(word);
    }
  }

  template <class T>
  void repeat(const std::vector<T>& from, LevelId level, std::size_t rows_in_all, std::vector<T>& out) const {
    out.clear();
    if (from.empty() || rows_in_all == 0) return;
    const std::size_t words = from.size() / rows_in_all;
    const std::vector<std::int64_t>& sources = sources_of(level);
    out.resize(sources.size() * words);
    T* to = out.data();
    for (const std::int64_t source : sources)
      for (std::size_t w = 0; w < words; ++w) *to++ = from[at(source) * words + w];
  }

  void column(const FactColumn& from, LevelId level, FactColumn& out) const {
    const LevelKind kind = d_.levels[at(level)].kind;
    const bool counts_rows = kind == LevelKind::person || kind == LevelKind::record;
    const std::size_t rows_in_all = at(counts_rows ? from_.levels[at(level)].count : from_.households);
    repeat(from.low, level, rows_in_all, out.low);
    repeat(from.high, level, rows_in_all, out.high);
    bits(from.may_be_true, level, out.may_be_true);
    bits(from.may_be_false, level, out.may_be_false);
    repeat(from.possible, level, rows_in_all, out.possible);
    repeat(from.sure, level, rows_in_all, out.sure);
    repeat(from.maybe, level, rows_in_all, out.maybe);
    bits(from.may_be_absent, level, out.may_be_absent);
    bits(from.may_be_present, level, out.may_be_present);
  }

  const Declarations& d_;
  const FactTable& from_;
  std::vector<std::int64_t> households_;          ///< by copy: the household it is like
  std::vector<std::vector<std::int64_t>> rows_;   ///< by level with rows of its own, see `sources_of`
};

}  // namespace

FactTable copies_of(const Declarations& declarations, const FactTable& facts, std::int64_t household, std::int32_t copies) {
  FactTable out;
  copy_households(declarations, facts, std::array{CopiedHousehold{household, copies}}, {}, out);
  return out;
}

void copy_households(const Declarations& declarations, const FactTable& facts, std::span<const CopiedHousehold> households,
                     const std::vector<bool>& wanted, FactTable& out) {
  Copier(declarations, facts, households).run(wanted, out);
}

std::size_t CopyWriter::row_of(LevelId level, std::int32_t copy, std::int32_t row) const {
  const LevelKind kind = d_.levels[at(level)].kind;
  if (kind != LevelKind::person && kind != LevelKind::record) return at(copy);
  return at(table_.levels[at(level)].begin[at(copy)] + row);
}

void CopyWriter::give(std::int32_t copy, const Cause& cause, const Answer& answer) {
  if (answer.kind == Answer::Kind::as_it_is) return;
  if (cause.kind == Cause::Kind::fact) return give_fact(copy, cause, answer);
  if (cause.kind != Cause::Kind::list) return;
  const LevelId owner = d_.records[at(cause.index)].of_household ? household_level : person_level;
  give_bit(table_.list_closed_may_be_true[at(cause.index)], row_of(owner, copy, cause.row), answer.kind == Answer::Kind::yes);
}

void CopyWriter::give_member(std::int32_t copy, FactId fact, std::int32_t row, int item, bool in) {
  FactColumn& column = table_.facts[at(fact)];
  if (column.sure.empty()) return;  // of a relation that nothing reads from this side
  const LevelId level = d_.facts[at(fact)].level;
  const std::size_t rows =
      level == person_level || d_.levels[at(level)].kind == LevelKind::record ? at(table_.levels[at(level)].count) : at(table_.households);
  const std::size_t words = rows == 0 ? 1 : column.sure.size() / rows;
  const std::size_t bit_in_column = row_of(level, copy, row) * words * 64 + at(item);
  give_bit(column.sure, bit_in_column, in);
  give_bit(column.maybe, bit_in_column, in);
}

void CopyWriter::give_fact(std::int32_t copy, const Cause& cause, const Answer& answer) {
  const Fact& fact = d_.facts[at(cause.index)];
  FactColumn& column = table_.facts[at(cause.index)];
  const bool yes = answer.kind == Answer::Kind::yes;
  if (cause.item != whole_set) {
    give_member(copy, cause.index, cause.row, cause.item, yes);
    if (fact.type.base != Base::people || fact.level != person_level) return;
    if (fact.symmetric) give_member(copy, cause.index, cause.item, cause.row, yes);
    for (std::size_t f = 0; f < d_.facts.size(); ++f)
      if (d_.facts[f].inverse_of == cause.index) give_member(copy, static_cast<FactId>(f), cause.item, cause.row, yes);
    return;
  }
  const std::size_t row = row_of(fact.level, copy, cause.row);
  const bool none = answer.kind == Answer::Kind::none;
  if (!column.may_be_absent.empty()) {
    give_bit(column.may_be_absent, row, none);
    give_bit(column.may_be_present, row, !none);
  }
  if (!column.may_be_true.empty()) {
    give_bit(column.may_be_true, row, yes);
    give_bit(column.may_be_false, row, !yes);
  } else if (!column.possible.empty()) {
    column.possible[row] = std::uint64_t{1} << (none ? 0 : answer.low);
  } else if (!column.low.empty()) {
    if (!none) column.low[row] = answer.low;
    if (!column.high.empty()) column.high[row] = none ? column.low[row] : answer.high;  // else every row is known, as this one is then
  }
}

}  // namespace duly
