// Dated records of one owner merged into spells. A night belongs to a record from its first day up to, not including, its `until` day; a record
// without `until` is open and lasts until the day decided. Kept records that touch or overlap are one spell; so are those with a gap of fewer
// than `k` nights, whose nights do not count, or of fewer than `k2` nights all covered by institution records, whose nights do.
//
// Where a record of an owner is not wholly known, each record that may be kept stands for the spell that begins with it: a row that may not
// exist, from its first day to the latest end any record may have. Every true spell is one of these rows, so counts, sums and ends over the
// rows take it in.

#include <algorithm>

#include "base/date.h"
#include "evaluate/columns.h"
#include "evaluate/families.h"

namespace duly::columnar {
namespace {

enum SpellArgument : std::size_t { kept_arg, from_arg, until_arg, institution_arg, decided_arg };

struct Stretch {
  std::int64_t from, until;
  std::size_t row;
  bool open;
};
bool starts_before(const Stretch& x, const Stretch& y) {
  if (x.from != y.from) return x.from < y.from;
  if (x.until != y.until) return x.until < y.until;
  return x.row < y.row;
}

/// One record as far as it is known.
struct RecordDates {
  std::int64_t from_low, from_high, until_low, until_high;
  bool may_be_open, may_be_closed, may_lack_from;
  [[nodiscard]] bool known() const { return from_low == from_high && until_low == until_high && may_be_open != may_be_closed && !may_lack_from; }
};

class SpellWriter {
 public:
  explicit SpellWriter(Tile& tile, std::size_t most) : households_(tile.levels.count(household_level)) {
    Arena& memory = tile.memory;
    parent_ = memory.take_array<std::int32_t>(most);
    household_ = memory.take_array<std::int32_t>(most);
    begin_ = memory.take_array<std::int32_t>(households_ + 1);
    for (std::int64_t** ends :
         {&table_.first_low, &table_.first_high, &table_.until_low, &table_.until_high, &table_.nights_low, &table_.nights_high})
      *ends = memory.take_array<std::int64_t>(most);
    for (Word** bits : {&table_.may_be_open, &table_.may_be_over, &table_.may_not_exist, &table_.may_be_undefined}) {
      *bits = memory.take_array<Word>(words_for(most));
      fill_bits(*bits, most, false);
    }
  }

  /// Spells come in the order of households.
  void start_household(std::int32_t household) {
    while (next_household_ <= household) begin_[next_household_++] = count_;
    current_household_ = household;
  }

  void add(std::int32_t owner, const Stretch& spell, std::int64_t nights) {
    add_open(owner, {spell.from, spell.from, spell.until, spell.until, spell.open, !spell.open, false}, nights, nights);
  }

  void add_open(std::int32_t owner, const RecordDates& dates, std::int64_t nights_low, std::int64_t nights_high) {
    const std::size_t row = row_index(count_++);
    parent_[row] = owner;
    household_[row] = current_household_;
    table_.first_low[row] = dates.from_low;
    table_.first_high[row] = dates.from_high;
    table_.until_low[row] = dates.until_low;
    table_.until_high[row] = dates.until_high;
    table_.nights_low[row] = nights_low;
    table_.nights_high[row] = nights_high;
    put_bit(table_.may_be_open, row, dates.may_be_open);
    put_bit(table_.may_be_over, row, dates.may_be_closed);
    table_.all_known = table_.all_known && dates.known() && nights_low == nights_high;
  }

  void last_may_not_exist(bool may_be_undefined) {
    set_bit(table_.may_not_exist, row_index(count_ - 1));
    put_bit(table_.may_be_undefined, row_index(count_ - 1), may_be_undefined);
    table_.all_exist = false;
    table_.all_known = false;
    table_.all_defined = table_.all_defined && !may_be_undefined;
  }

  SpellTable finish() {
    start_household(static_cast<std::int32_t>(households_));
    table_.rows = {.count = count_, .parent = parent_, .household = household_, .first = nullptr, .second = nullptr, .begin = begin_};
    return table_;
  }

 private:
  std::size_t households_;
  SpellTable table_;
  std::int32_t* parent_;
  std::int32_t* household_;
  std::int32_t* begin_;
  std::int32_t next_household_ = 0;
  std::int32_t current_household_ = 0;
  std::int32_t count_ = 0;
};

class SpellMaker {
 public:
  SpellMaker(Tile& tile, NodeId id) : node_(tile.node(id)), records_(tile.levels.rows(node_.level)), writer_(tile, row_index(records_.count)) {
    kept_ = argument(tile, id, kept_arg);
    from_ = argument(tile, id, from_arg);
    has_until_ = node_.args[until_arg] != no_node;
    has_institution_ = node_.args[institution_arg] != no_node;
    if (has_until_) until_ = argument(tile, id, until_arg);
    if (has_institution_) institution_ = argument(tile, id, institution_arg);
    decided_ = argument(tile, id, decided_arg);
    kept_stretches_ = tile.scratch.take_array<Stretch>(row_index(records_.count));
    covered_stretches_ = tile.scratch.take_array<Stretch>(row_index(records_.count));
  }

  SpellTable make() {
    const auto rows = row_index(records_.count);
    for (std::size_t first = 0; first < rows;) {
      std::size_t end = first + 1;
      while (end < rows && records_.parent[end] == records_.parent[first]) ++end;
      writer_.start_household(records_.household[first]);
      if (all_known(first, end)) merge(first, end);
      else keep_apart(first, end);
      first = end;
    }
    return writer_.finish();
  }

 private:
  [[nodiscard]] bool may_be_kept(std::size_t row) const { return (kept_.may_be(row, true) || kept_.may_be_undefined(row)) && may_have_a_night(row); }
  [[nodiscard]] bool may_be_institution(std::size_t row) const {
    return has_institution_ && (institution_.may_be(row, true) || institution_.may_be_undefined(row)) && may_have_a_night(row);
  }
  /// Somebody who left on the day they came has no night there.
  [[nodiscard]] bool may_have_a_night(std::size_t row) const {
    const RecordDates d = dates(row);
    return d.from_low < d.until_high;
  }
  static bool is_open(const View& truth, std::size_t row) {
    return truth.may_be_undefined(row) || (truth.may_be(row, true) && truth.may_be(row, false));
  }

  [[nodiscard]] RecordDates dates(std::size_t row) const {
    RecordDates out{from_.low(row),
                    from_.high(row),
                    0,
                    0,
                    !has_until_ || until_.may_be_undefined(row),
                    has_until_ && until_.may_be_defined(row),
                    from_.may_be_undefined(row)};
    if (out.may_lack_from) out.from_low = first_date.days;
    if (out.may_lack_from) out.from_high = never.days;
    out.until_low = out.may_be_closed ? until_.low(row) : decided_.low(row);
    out.until_high = out.may_be_closed ? until_.high(row) : decided_.high(row);
    if (out.may_be_closed && out.may_be_open) {
      out.until_low = std::min(out.until_low, decided_.low(row));
      out.until_high = std::max(out.until_high, decided_.high(row));
    }
    return out;
  }

  [[nodiscard]] bool all_known(std::size_t first, std::size_t end) const {
    for (std::size_t r = first; r < end; ++r) {
      if (may_be_kept(r) && is_open(kept_, r)) return false;
      if (may_be_institution(r) && is_open(institution_, r)) return false;
      if ((may_be_kept(r) || may_be_institution(r)) && !dates(r).known()) return false;
    }
    return true;
  }

  std::size_t collect(std::size_t first, std::size_t end, bool kept, Stretch* out) const {
    std::size_t count = 0;
    for (std::size_t r = first; r < end; ++r) {
      if (!(kept ? may_be_kept(r) : may_be_institution(r))) continue;
      const RecordDates d = dates(r);
      out[count++] = {d.from_low, d.until_low, r, d.may_be_open};
    }
    std::sort(out, out + count, starts_before);
    return count;
  }

  /// Whether every night of [from, until) belongs to an institution record.
  [[nodiscard]] bool is_covered(std::int64_t from, std::int64_t until, std::size_t count) const {
    for (std::size_t i = 0; i < count && covered_stretches_[i].from <= from; ++i) from = std::max(from, covered_stretches_[i].until);
    return from >= until;
  }

  void merge(std::size_t first, std::size_t end) {
    const std::size_t count = collect(first, end, true, kept_stretches_);
    const std::size_t covered = collect(first, end, false, covered_stretches_);
    const std::int32_t owner = records_.parent[first];
    for (std::size_t i = 0; i < count;) {
      Stretch spell = kept_stretches_[i];
      std::int64_t nights = spell.until - spell.from;
      for (++i; i < count; ++i) {
        const Stretch& next = kept_stretches_[i];
        const std::int64_t gap = next.from - spell.until;
        const bool counts = gap > 0 && gap < node_.k2 && is_covered(spell.until, next.from, covered);
        if (gap > 0 && gap >= node_.k && !counts) break;
        nights += (counts ? gap : 0) + std::max<std::int64_t>(0, next.until - std::max(next.from, spell.until));
        spell.until = std::max(spell.until, next.until);
        spell.open = spell.open || next.open;
      }
      writer_.add(owner, spell, nights);
    }
  }

  void keep_apart(std::size_t first, std::size_t end) {
    std::int64_t latest = first_date.days;
    bool any_open = false;
    bool any_undefined = false;
    for (std::size_t r = first; r < end; ++r) {
      if (!may_be_kept(r)) continue;
      const RecordDates d = dates(r);
      latest = std::max(latest, d.until_high);
      any_open = any_open || d.may_be_open;
      any_undefined = any_undefined || d.may_lack_from || kept_.may_be_undefined(r) || (has_institution_ && institution_.may_be_undefined(r));
    }
    for (std::size_t r = first; r < end; ++r) {
      if (!may_be_kept(r)) continue;
      RecordDates spell = dates(r);
      const std::int64_t least_nights = std::max<std::int64_t>(1, spell.until_low - spell.from_high);
      spell.from_high = std::min(spell.from_high, spell.until_high - 1);
      spell.until_low = std::max(spell.until_low, spell.from_low + 1);
      spell.until_high = latest;
      spell.may_be_open = any_open;
      spell.may_be_closed = true;
      writer_.add_open(records_.parent[r], spell, least_nights, latest - spell.from_low);
      writer_.last_may_not_exist(any_undefined);
    }
  }

  const PlanNode& node_;
  const Rows& records_;
  SpellWriter writer_;
  View kept_, from_, until_, institution_, decided_;
  bool has_until_ = false;
  bool has_institution_ = false;
  Stretch* kept_stretches_ = nullptr;
  Stretch* covered_stretches_ = nullptr;
};

void set_scaled(Tile& tile, NodeId id, const std::int64_t* low, const std::int64_t* high, bool all_known) {
  const std::int64_t times = tile.node(id).denominator;
  const std::size_t rows = tile.rows_of(id);
  const auto scaled = [&](const std::int64_t* values) {
    if (times == 1) return values;
    std::int64_t* out = tile.take_numbers(id, rows);
    tile.kernels->wide.multiply_constant(out, values, times, rows);
    return static_cast<const std::int64_t*>(out);
  };
  low = scaled(low);
  set_numbers(tile.column(id), low, all_known ? low : scaled(high));
}

}  // namespace

void evaluate_make_spells(Tile& tile, NodeId id) {
  const SpellTable table = SpellMaker(tile, id).make();
  tile.levels.set_spells(tile.node(id).index, table);
  share(tile, id, tile.node(id).args[kept_arg]);
}

void evaluate_spell_field(Tile& tile, NodeId id) {
  const PlanNode& node = tile.node(id);
  const SpellTable& spells = tile.levels.spells(node.level);
  Column& out = tile.column(id);
  switch (node.index) {
    case 0: set_scaled(tile, id, spells.first_low, spells.first_high, spells.all_known); break;
    case 1: set_scaled(tile, id, spells.until_low, spells.until_high, spells.all_known); break;
    case 2: set_scaled(tile, id, spells.nights_low, spells.nights_high, spells.all_known); break;
    default: set_words(out, spells.may_be_open, spells.may_be_over); break;
  }
  if (!spells.all_defined) out.undefined = spells.may_be_undefined;
}

}  // namespace duly::columnar
