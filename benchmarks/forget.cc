#include "forget.h"

#include <random>

#include "facts/columns.h"

namespace duly::bench {
namespace {

void take_bits(std::vector<std::uint64_t>& bits, const std::vector<std::uint64_t>& open, const std::vector<bool>& forgotten) {
  if (bits.empty() || bits.size() != open.size()) return;
  for (std::size_t row = 0; row < forgotten.size(); ++row) {
    if (!forgotten[row]) continue;
    const std::uint64_t one = std::uint64_t{1} << (row % 64);
    bits[row / 64] = (bits[row / 64] & ~one) | (open[row / 64] & one);
  }
}

template <class T>
void take_rows(std::vector<T>& values, const std::vector<T>& open, const std::vector<bool>& forgotten) {
  if (values.size() != open.size() || forgotten.empty()) return;
  const std::size_t words = open.size() / forgotten.size();
  for (std::size_t row = 0; row < forgotten.size(); ++row)
    for (std::size_t w = row * words; forgotten[row] && w < (row + 1) * words; ++w) values[w] = open[w];
}

}  // namespace

void forget(const Declarations& declarations, FactTable& table, unsigned percent, std::uint64_t seed) {
  FactTable unknown;
  unknown.households = table.households;
  unknown.set_words = table.set_words;
  unknown.levels = table.levels;
  fill_unknown(declarations, unknown);
  std::mt19937_64 random(seed);
  for (std::size_t f = 0; f < table.facts.size(); ++f) {
    const ColumnLayout layout = column_layout(declarations, declarations.facts[f]);
    std::vector<bool> forgotten(rows_of_level(table, layout.level));
    for (std::size_t row = 0; row < forgotten.size(); ++row) forgotten[row] = random() % 100 < percent;
    FactColumn& column = table.facts[f];
    const FactColumn& open = unknown.facts[f];
    if (column.high.empty()) column.high = column.low;
    if (column.may_be_absent.empty() && !open.may_be_absent.empty()) {
      column.may_be_absent.assign(open.may_be_absent.size(), 0);
      column.may_be_present = all_bits(forgotten.size());
    }
    take_rows(column.low, open.low, forgotten);
    take_rows(column.high, open.high, forgotten);
    take_rows(column.possible, open.possible, forgotten);
    take_rows(column.sure, open.sure, forgotten);
    take_rows(column.maybe, open.maybe, forgotten);
    take_bits(column.may_be_true, open.may_be_true, forgotten);
    take_bits(column.may_be_false, open.may_be_false, forgotten);
    take_bits(column.may_be_absent, open.may_be_absent, forgotten);
    take_bits(column.may_be_present, open.may_be_present, forgotten);
    drop_what_is_known(column);
  }
}

}  // namespace duly::bench
