#include "evaluate/lookup_search.h"

#include <bit>
#include <memory>

#include "evaluate/integers.h"

namespace duly::columnar {
namespace {

/// The whole numbers below the keys, as integers.
Operand whole_numbers(Tile& tile, const PlanNode& node, const Column& column, std::size_t rows) {
  const std::int64_t over = denominator_of(node, column);
  const Operand integers{.low = low_of(column), .high = high_of(column)};
  if (over == 1) return integers;
  if (over > 1) return rounded(tile, integers, {.k2 = over}, rows, Room{tile});
  const auto floors = [&](const Exact* values) {
    auto* out = tile.scratch.take_array<std::int64_t>(rows);
    for (std::size_t r = 0; r < rows; ++r) out[r] = tile.exact.steps(values[r], 1, 1, RoundMode::floor);
    return out;
  };
  const std::int64_t* low = floors(exact_low_of(column));
  return {.low = low, .high = column.a == column.b ? low : floors(exact_high_of(column))};
}

}  // namespace

LookupSearch::LookupSearch(Tile& tile, NodeId id)
    : tile_(tile),
      table_(tile.plan->tables[static_cast<std::size_t>(tile.node(id).index)]),
      rows_(tile.rows_of(id)),
      holds_only_values_(tile.node(id).is_small) {
  const Args& args = tile.node(id).args;
  count_ = args.size();
  keys_ = tile.scratch.take_array<LookupKey>(count_);
  index_ = tile.scratch.take_array<std::int64_t>(count_);
  for (std::size_t i = 0; i < count_; ++i) {
    LookupKey& key =
        *std::construct_at(keys_ + i, LookupKey{.view = argument(tile, id, i), .offset = table_.key_offset[i], .extent = table_.extents[i]});
    if (!key.is_code()) {
      const Operand whole = whole_numbers(tile, tile.node(args[i]), key.view.column, rows_);
      key.low = whole.low;
      key.high = whole.high;
    }
  }
}

LookupSearch::Cells LookupSearch::cells() {
  auto* at = tile_.scratch.take_array<std::int32_t>(rows_);
  std::fill(at, at + rows_, 0);
  for (std::size_t i = 0; i < count_; ++i) keys_[i].is_code() ? add_words(keys_[i], at) : add_numbers(keys_[i], at);
  return {at, open_ != nullptr && any_bit(open_, rows_) ? open_ : nullptr};
}

const LookupFound& LookupSearch::find_again(std::size_t row) {
  if (rows_ <= few_rows_to_find) return found_once_ = find(row);
  if (kept_ == nullptr) {
    kept_ = tile_.scratch.take_array<Kept>(places_);
    std::fill(kept_, kept_ + places_, Kept{});
  }
  std::size_t hash = 0;
  for (std::size_t i = 0; i < count_; ++i) hash = hash * 31 + keys_[i].hash(row);
  Kept& kept = kept_[hash % places_];
  if (kept.row == none || !std::all_of(keys_, keys_ + count_, [&](const LookupKey& key) { return key.is_same(row, kept.row); }))
    kept = {row, find(row)};
  return kept.found;
}

LookupFound LookupSearch::find(std::size_t row) {
  LookupFound found;
  for (std::size_t i = 0; i < count_; ++i) {
    found.missing = found.missing || keys_[i].view.may_be_undefined(row) || may_be_below(keys_[i], row);
    if (!keys_[i].view.may_be_defined(row) || !start(i, row)) return {.missing = true};
  }
  const std::size_t whole = spanned_key(row);
  do whole < count_ ? take_in_all(found, whole) : take_in(found, row);
  while (advance(row, whole));
  return found;
}

Word* LookupSearch::open_rows() {
  if (open_ == nullptr) {
    open_ = tile_.scratch.take_array<Word>(words_for(rows_));
    fill_bits(open_, rows_, false);
  }
  return open_;
}

void LookupSearch::add_open(const Word* rows) {
  Word* open = open_rows();
  for (std::size_t w = 0; w < words_for(rows_); ++w) open[w] |= rows[w];
}

void LookupSearch::add_numbers(const LookupKey& key, std::int32_t* cells) {
  auto* rows = tile_.scratch.take_array<Word>(words_for(rows_));
  if (key.view.column.undefined != nullptr) add_open(key.view.column.undefined);
  if (key.low != key.high) {
    tile_.kernels->wide.less(rows, key.low, key.high, rows_);
    add_open(rows);
  }
  if (!holds_only_values_) {
    tile_.kernels->wide.less_constant(rows, key.low, key.offset, rows_);
    if (any_bit(rows, rows_)) add_open(rows);
  }
  tile_.kernels->add_number_key(cells, key.low, key.offset, static_cast<std::int32_t>(key.extent), rows_);
}

void LookupSearch::add_words(const LookupKey& key, std::int32_t* cells) {
  const Word* words = words_of(key.view.column);
  if (key.view.column.undefined != nullptr) add_open(key.view.column.undefined);
  if (tile_.kernels->add_code_key(cells, words, static_cast<std::int32_t>(key.extent), rows_)) return;
  Word* open = open_rows();
  for (std::size_t r = 0; r < rows_; ++r) open[r / 64] |= Word{!std::has_single_bit(words[r])} << (r % 64);
}

bool LookupSearch::start(std::size_t i, std::size_t row) {
  const LookupKey& key = keys_[i];
  if (key.is_code()) {
    const Word possible = words_of(key.view.column)[row];
    index_[i] = std::countr_zero(possible) & 63;
    return possible != 0;
  }
  if (key.high[row] < key.offset) return false;
  index_[i] = key.low[row] < key.offset ? 0 : std::min(key.extent - 1, wrapped_sum(key.low[row], -key.offset));
  return true;
}

bool LookupSearch::next(std::size_t i, std::size_t row) {
  const LookupKey& key = keys_[i];
  if (key.is_code()) {
    const std::int64_t after = index_[i] + 1;
    const Word rest = after < 64 ? words_of(key.view.column)[row] >> after : 0;
    if (rest == 0) return false;
    index_[i] = after + std::countr_zero(rest);
    return true;
  }
  if (index_[i] >= last_index(key, row)) return false;
  ++index_[i];
  return true;
}

std::size_t LookupSearch::spanned_key(std::size_t row) const {
  std::size_t out = count_;
  for (std::size_t i = 0; i < table_.over_key.size(); ++i) {
    const LookupKey& key = keys_[i];
    if (table_.over_key[i].empty() || (out < count_ && key.extent <= keys_[out].extent)) continue;
    const bool spans =
        key.is_code() ? std::popcount(words_of(key.view.column)[row]) == key.extent : index_[i] == 0 && last_index(key, row) == key.extent - 1;
    if (spans) out = i;
  }
  return out;
}

bool LookupSearch::advance(std::size_t row, std::size_t but) {
  for (std::size_t i = count_; i-- > 0;) {
    if (i == but) continue;
    if (next(i, row)) return true;
    start(i, row);
  }
  return false;
}

std::size_t LookupSearch::cell(std::size_t but) const {
  std::size_t cell = 0;
  for (std::size_t i = 0; i < count_; ++i)
    if (i != but) cell = cell * static_cast<std::size_t>(keys_[i].extent) + static_cast<std::size_t>(index_[i]);
  return cell;
}

void LookupSearch::take_in_all(LookupFound& found, std::size_t whole) const {
  const LookupTable::Hull& hull = table_.over_key[whole][cell(whole)];
  found.absent = found.absent || hull.absent;
  found.missing = found.missing || hull.no_row;
  if (!hull.value) return;
  found.value = true;
  found.low = std::min(found.low, hull.low);
  found.high = std::max(found.high, hull.high);
  found.words |= hull.words;
}

void LookupSearch::take_in(LookupFound& found, std::size_t row) const {
  const std::size_t cell = this->cell(count_);
  switch (table_.state[cell]) {
    case LookupTable::absent: found.absent = true; return;
    case LookupTable::no_row: found.missing = true; return;
    default: break;
  }
  found.value = true;
  std::int64_t least = 0;
  std::int64_t most = 0;
  if (grows()) {
    const LookupKey& key = keys_[count_ - 1];
    const std::int64_t at = index_[count_ - 1] + key.offset;
    const bool is_last = index_[count_ - 1] == key.extent - 1;
    const std::int64_t one = growth(cell, is_last ? std::max(at, key.low[row]) : at);
    const std::int64_t other = growth(cell, is_last ? std::max(at, key.high[row]) : at);
    least = std::min(one, other);
    most = std::max(one, other);
  }
  found.low = std::min(found.low, wrapped_sum(table_.low[cell], least));
  found.high = std::max(found.high, wrapped_sum(table_.high[cell], most));
  found.words |= static_cast<Word>(table_.low[cell]) | static_cast<Word>(table_.high[cell]);
}

}  // namespace duly::columnar
