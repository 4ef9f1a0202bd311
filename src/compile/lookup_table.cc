#include "compile/lookup_table.h"

#include <algorithm>
#include <numeric>

namespace duly {
namespace {

constexpr std::int64_t most_cells = 2'000'000;

/// How narrow a pattern is; the row whose patterns are narrower in sum wins.
std::int64_t narrowness(const Declarations& d, const ParameterKey& key, const KeyPattern& pattern) {
  constexpr std::int64_t exact = 1'000'000;
  switch (pattern.kind) {
    case KeyPattern::Kind::word:
    case KeyPattern::Kind::number: return exact;
    case KeyPattern::Kind::group: {
      const auto& group = d.lists[static_cast<std::size_t>(key.list)].groups[static_cast<std::size_t>(pattern.word)];
      return exact / 2 - static_cast<std::int64_t>(group.second.size());
    }
    case KeyPattern::Kind::band: {
      // Of two bands without an end the one that begins later is narrower.
      const std::int64_t open = exact / 4 - std::clamp<std::int64_t>(pattern.low, 0, exact / 8);
      const std::int64_t width = pattern.high == KeyPattern::no_end ? open : std::min<std::int64_t>(pattern.high - pattern.low, exact / 8 - 1);
      return exact / 2 - width;
    }
    case KeyPattern::Kind::any: return 0;
  }
  return 0;
}

struct Extent {
  std::int64_t offset = 0;
  std::int64_t count = 1;
};

/// A code key has a place for each word; a number key runs from 0 (a month key from its first month) to one past the largest number named.
Extent extent_of(const Declarations& d, const Parameter& p, std::size_t k) {
  const ParameterKey& key = p.keys[k];
  if (key.list >= 0) return {0, static_cast<std::int64_t>(d.lists[static_cast<std::size_t>(key.list)].words.size())};
  std::int64_t low = key.is_month ? INT64_MAX : 0;
  std::int64_t high = 0;
  for (const auto& row : p.rows) {
    const KeyPattern& pattern = row.keys[k];
    if (pattern.kind == KeyPattern::Kind::any) continue;
    low = std::min(low, pattern.low);
    high = std::max({high, pattern.low, pattern.high == KeyPattern::no_end ? pattern.low : pattern.high});
  }
  if (low == INT64_MAX) low = 0;
  if (high < low) high = low;
  return {low, high - low + 2};
}

std::vector<std::int64_t> places_of(const Declarations& d, const ParameterKey& key, const KeyPattern& pattern, const Extent& extent) {
  std::vector<std::int64_t> out;
  if (pattern.kind == KeyPattern::Kind::word) return {pattern.word};
  if (pattern.kind == KeyPattern::Kind::group) {
    for (const int w : d.lists[static_cast<std::size_t>(key.list)].groups[static_cast<std::size_t>(pattern.word)].second) out.push_back(w);
    return out;
  }
  std::int64_t low = 0;
  std::int64_t high = extent.count - 1;
  if (pattern.kind != KeyPattern::Kind::any) {
    low = pattern.low - extent.offset;
    if (pattern.high != KeyPattern::no_end) high = pattern.high - extent.offset;
  }
  for (std::int64_t i = low; i <= high; ++i) out.push_back(i);
  return out;
}

/// Adds to each cell what it has grown by at its own key; the last cells of the last key go on from there. A cell that leaves 64 bits stays as it is.
void grow_cells(LookupTable& table) {
  const auto extent = static_cast<std::size_t>(table.extents.back());
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    if (table.state[cell] != LookupTable::value) continue;
    const std::size_t place = cell % extent;
    const std::int64_t key = static_cast<std::int64_t>(place) + table.key_offset.back();
    const std::int64_t past = std::max<std::int64_t>(0, key - table.grows_from[cell]);
    std::int64_t grown = 0;
    if (__builtin_mul_overflow(past, table.each_more[cell], &grown) || __builtin_add_overflow(table.low[cell], grown, &grown)) continue;
    table.low[cell] = table.high[cell] = grown;
    if (place + 1 < extent) table.each_more[cell] = 0;
    else table.grows_from[cell] = std::max(table.grows_from[cell], static_cast<std::int32_t>(key));
  }
}

/// `x < y` without a division where both have the same denominator, as figures of one table mostly do.
bool is_less(const Number& x, const Number& y) { return denominator(x) == denominator(y) ? numerator(x) < numerator(y) : x < y; }

void take_into(BigInt& common, const BigInt& denominator) {
  if (denominator != 1 && denominator != common) common = boost::multiprecision::lcm(common, denominator);
}

constexpr std::int64_t many_places = 16;

void take_into(LookupTable::Hull& hull, const LookupTable& table, std::size_t cell) {
  const std::uint8_t state = table.state[cell];
  hull.absent = hull.absent || state == LookupTable::absent;
  hull.no_row = hull.no_row || state == LookupTable::no_row;
  if (state == LookupTable::absent || state == LookupTable::no_row) return;
  hull.value = true;
  hull.low = std::min(hull.low, table.low[cell]);
  hull.high = std::max(hull.high, table.high[cell]);
  hull.words |= static_cast<std::uint64_t>(table.low[cell]) | static_cast<std::uint64_t>(table.high[cell]);
}

}  // namespace

std::optional<LookupTable> lookup_table(const Declarations& d, int parameter, Date day) {
  const Parameter& p = d.parameters[static_cast<std::size_t>(parameter)];
  LookupTable table;
  table.parameter = parameter;
  table.shape = p.type.base == Base::code && d.lists[static_cast<std::size_t>(p.type.list)].words.size() <= 64 ? Shape::code : Shape::number;
  std::int64_t cells = 1;
  std::vector<Extent> extents;
  for (std::size_t k = 0; k < p.keys.size(); ++k) {
    extents.push_back(extent_of(d, p, k));
    table.extents.push_back(extents.back().count);
    table.key_offset.push_back(extents.back().offset);
    cells *= extents.back().count;
    if (cells > most_cells) return std::nullopt;
  }
  const auto size = static_cast<std::size_t>(cells);

  // What an unknown value can be: the declared range, yes or no of a truth, else the span of the known values.
  Number low = 0;
  Number high = 0;
  bool any = false;
  BigInt denominator_of_all = 1;
  for (const auto& row : p.rows) {
    if (row.state != ParameterRow::State::value) continue;
    if (!any || is_less(row.value, low)) low = row.value;
    if (!any || is_less(high, row.value)) high = row.value;
    any = true;
    take_into(denominator_of_all, denominator(row.value));
    take_into(denominator_of_all, denominator(row.each_more));
  }
  if (p.type.base == Base::boolean) low = 0, high = 1;
  if (p.range) low = p.range->first, high = p.range->second;
  denominator_of_all = boost::multiprecision::lcm(denominator_of_all, boost::multiprecision::lcm(denominator(low), denominator(high)));
  const auto common = to_int64(denominator_of_all);
  if (!common) return std::nullopt;
  table.denominator = *common;
  const auto scaled = [&](const Number& n) { return static_cast<std::int64_t>(numerator(n) * (denominator_of_all / denominator(n))); };

  table.state.assign(size, LookupTable::no_row);
  table.low.assign(size, 0);
  table.high.assign(size, 0);
  table.row.assign(size, -1);
  const bool grows = std::any_of(p.rows.begin(), p.rows.end(), [&](const auto& r) { return r.grows && r.from <= day && day < r.until; });
  if (grows) {
    table.each_more.assign(size, 0);
    table.grows_from.assign(size, 0);
  }

  std::vector<std::size_t> order;
  std::vector<std::int64_t> score(p.rows.size(), 0);
  for (std::size_t r = 0; r < p.rows.size(); ++r) {
    const auto& row = p.rows[r];
    if (row.from > day || row.until <= day) continue;
    for (std::size_t k = 0; k < p.keys.size(); ++k) score[r] += narrowness(d, p.keys[k], row.keys[k]);
    order.push_back(r);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score[a] < score[b]; });

  std::uint64_t all_words = 0;
  if (table.shape == Shape::code) {
    const std::size_t words = d.lists[static_cast<std::size_t>(p.type.list)].words.size();
    all_words = words == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << words) - 1;
  }
  for (const std::size_t r : order) {
    const ParameterRow& row = p.rows[r];
    std::vector<std::vector<std::int64_t>> places;
    std::size_t combinations = 1;
    for (std::size_t k = 0; k < p.keys.size(); ++k) {
      places.push_back(places_of(d, p.keys[k], row.keys[k], extents[k]));
      combinations *= places.back().size();
    }
    const bool is_gap = row.state == ParameterRow::State::gap;
    const std::uint8_t state = row.state == ParameterRow::State::value    ? LookupTable::value
                               : row.state == ParameterRow::State::absent ? LookupTable::absent
                                                                          : LookupTable::gap;
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    if (table.shape == Shape::code) {
      const std::uint64_t bits = is_gap ? all_words : std::uint64_t{1} << static_cast<unsigned>(static_cast<std::int64_t>(numerator(row.value)));
      lowest = highest = static_cast<std::int64_t>(bits);
    } else {
      lowest = scaled(is_gap ? low : row.value);
      highest = is_gap ? scaled(high) : lowest;
    }
    const std::int64_t each_more = grows && row.grows ? scaled(row.each_more) : 0;
    const std::int32_t grows_from = row.grows ? static_cast<std::int32_t>(row.keys.back().low) : 0;
    for (std::size_t c = 0; c < combinations; ++c) {
      std::size_t rest = c;
      std::int64_t cell = 0;
      for (std::size_t k = 0; k < places.size(); ++k) {
        cell = cell * extents[k].count + places[k][rest % places[k].size()];
        rest /= places[k].size();
      }
      const auto at = static_cast<std::size_t>(cell);
      table.row[at] = static_cast<std::int32_t>(r);
      table.state[at] = state;
      table.low[at] = lowest;
      table.high[at] = highest;
      if (grows) {
        table.each_more[at] = each_more;
        table.grows_from[at] = grows_from;
      }
    }
  }
  if (grows && p.keys.back().list < 0) grow_cells(table);
  join_places(table);
  return table;
}

void join_places(LookupTable& table) {
  table.over_key.resize(table.extents.size());
  if (!table.each_more.empty()) return;
  std::size_t behind = table.size();
  for (std::size_t k = 0; k < table.extents.size(); ++k) {
    const auto extent = static_cast<std::size_t>(table.extents[k]);
    behind /= extent;
    if (table.extents[k] < many_places) continue;
    std::vector<LookupTable::Hull>& hulls = table.over_key[k];
    hulls.assign(table.size() / extent, {.low = INT64_MAX, .high = INT64_MIN, .value = false, .absent = false, .no_row = false, .words = 0});
    std::size_t cell = 0;
    for (std::size_t first = 0; first < hulls.size(); first += behind)
      for (std::size_t place = 0; place < extent; ++place)
        for (std::size_t other = 0; other < behind; ++other) take_into(hulls[first + other], table, cell++);
  }
}

bool hold_the_same(const LookupTable& table, std::size_t a, std::size_t b) {
  const bool grow_alike = table.each_more.empty() || (table.each_more[a] == table.each_more[b] && table.grows_from[a] == table.grows_from[b]);
  return table.state[a] == table.state[b] && table.low[a] == table.low[b] && table.high[a] == table.high[b] && grow_alike;
}

std::vector<std::int64_t> changes_along(const LookupTable& table, std::size_t k) {
  std::size_t stride = 1;
  for (std::size_t i = k + 1; i < table.extents.size(); ++i) stride *= static_cast<std::size_t>(table.extents[i]);
  const std::size_t whole = stride * static_cast<std::size_t>(table.extents[k]);
  std::vector<std::int64_t> out;
  for (std::int64_t place = 1; place < table.extents[k]; ++place) {
    bool same = true;
    for (std::size_t first = static_cast<std::size_t>(place) * stride; same && first < table.size(); first += whole)
      for (std::size_t cell = first; same && cell < first + stride; ++cell) same = hold_the_same(table, cell - stride, cell);
    if (!same) out.push_back(place);
  }
  return out;
}

std::int64_t cell_of(const LookupTable& table, const std::vector<std::int64_t>& keys) {
  std::int64_t cell = 0;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const std::int64_t place = std::min(keys[k] - table.key_offset[k], table.extents[k] - 1);
    if (place < 0) return -1;
    cell = cell * table.extents[k] + place;
  }
  return cell;
}

}  // namespace duly
