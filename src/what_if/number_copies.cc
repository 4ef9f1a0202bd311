#include "what_if/number_copies.h"

namespace duly {
namespace {

bool same_but_numbers(const FactColumn& x, const FactColumn& y) {
  return x.low.size() == y.low.size() && x.high.size() == y.high.size() && x.may_be_true == y.may_be_true && x.may_be_false == y.may_be_false &&
         x.possible == y.possible && x.sure == y.sure && x.maybe == y.maybe && x.may_be_absent == y.may_be_absent &&
         x.may_be_present == y.may_be_present;
}

bool same(const FactColumn& x, const FactColumn& y) { return same_but_numbers(x, y) && x.low == y.low && x.high == y.high; }

bool same_rows(const FactTable& x, const FactTable& y) {
  if (x.levels.size() != y.levels.size() || x.set_words != y.set_words || x.one_unit != y.one_unit || x.stated.size() != y.stated.size())
    return false;
  for (std::size_t l = 0; l < x.levels.size(); ++l)
    if (x.levels[l].count != y.levels[l].count || x.levels[l].owner != y.levels[l].owner || x.levels[l].begin != y.levels[l].begin) return false;
  for (std::size_t s = 0; s < x.stated.size(); ++s)
    if (x.stated[s].rule != y.stated[s].rule || x.stated[s].present != y.stated[s].present || x.stated[s].denominator != y.stated[s].denominator ||
        !same(x.stated[s].column, y.stated[s].column))
      return false;
  return x.list_closed_may_be_true == y.list_closed_may_be_true;
}

}  // namespace

Result<std::optional<NumberPlaces>> NumberPlaces::of(const LoadedProgram& program, const Node& document, const RequestOverrides& request,
                                                     const VariedFact& fact) {
  const std::optional<NumberPlaces> none;
  std::vector<std::int64_t> values{fact.low, fact.low + (fact.high - fact.low) / 2, fact.high};
  std::vector<std::shared_ptr<const Household>> read;
  for (const std::int64_t value : values) {
    auto household = read_household(program.index(), with_value(program.index(), document, fact, fact.text(value)), request, {});
    if (!household) return household.errors();
    read.push_back(std::make_shared<const Household>(std::move(*household)));
  }
  if (!fact.is_range || fact.of.as_age || fact.low == fact.high) return none;
  NumberPlaces out;
  out.lowest_ = read.front();
  out.highest_ = read.back();
  const FactTable& lowest = read[0]->table;
  for (std::size_t i = 1; i < read.size(); ++i)
    if (!same_rows(lowest, read[i]->table)) return none;
  for (std::size_t f = 0; f < lowest.facts.size(); ++f) {
    const FactColumn& first = lowest.facts[f];
    for (std::size_t i = 1; i < read.size(); ++i)
      if (!same_but_numbers(first, read[i]->table.facts[f])) return none;
    for (std::size_t row = 0; row < first.low.size(); ++row) {
      const auto is_varied = [&](std::size_t i) {
        const FactColumn& column = read[i]->table.facts[f];
        return column.low[row] == values[i] && (column.high.empty() || column.high[row] == values[i]);
      };
      const FactColumn& last = read[2]->table.facts[f];
      if (last.low[row] == first.low[row] && (first.high.empty() || last.high[row] == first.high[row])) continue;
      if (!is_varied(0) || !is_varied(1) || !is_varied(2)) return none;
      out.places_.push_back({static_cast<FactId>(f), row, first.low.size()});
    }
  }
  if (out.places_.empty()) return none;
  return std::optional(std::move(out));
}

void NumberPlaces::put(FactTable& copies, std::size_t copy, std::int64_t value) const {
  for (const Place& place : places_) {
    FactColumn& column = copies.facts[static_cast<std::size_t>(place.fact)];
    column.low[copy * place.rows + place.row] = value;
    if (!column.high.empty()) column.high[copy * place.rows + place.row] = value;
  }
}

}  // namespace duly
