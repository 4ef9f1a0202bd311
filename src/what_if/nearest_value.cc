#include "what_if/nearest_value.h"

#include <algorithm>
#include <bit>

#include "base/at.h"
#include "caseload/tile.h"

namespace duly {
namespace {

constexpr std::int64_t samples = 256;  ///< values that are tried between now and the end of the range before the gap is narrowed

Change with_number(const FactAt& at, std::int64_t value) { return {at, {Answer::Kind::span, value, value}}; }

/// From `now` to `end`, first close together and then further and further apart; `end` is the last.
std::vector<std::int64_t> spread(std::int64_t now, std::int64_t end) {
  std::vector<std::int64_t> out;
  const std::int64_t sign = end < now ? -1 : 1;
  const std::int64_t length = (end - now) * sign;
  std::int64_t distance = 0;
  while (distance < length) {
    distance = std::min(length, distance + std::max<std::int64_t>(1, distance / 16));
    out.push_back(now + sign * distance);
  }
  return out;
}

}  // namespace

bool NearestValues::is_number(const FactAt& at) const {
  const Base base = program_.declarations().facts[duly::at(at.fact)].type.base;
  return base == Base::number || base == Base::duration || base == Base::days || base == Base::date || base == Base::month;
}

std::pair<std::int64_t, std::int64_t> NearestValues::range(FactId fact) const {
  const FactReading& how = program_.index().fact(fact);
  if (how.plausible) return *how.plausible;
  return {how.layout.low, how.layout.high};
}

std::optional<std::int64_t> NearestValues::now(const FactAt& at) const {
  const FactColumn& column = household_.facts[duly::at(at.fact)];
  const auto row = duly::at(at.row);
  if (!column.may_be_absent.empty() && has_bit(column.may_be_absent, row)) return std::nullopt;
  if (at.item != whole_set) {
    const std::size_t rows = rows_of_level(household_, program_.declarations().facts[duly::at(at.fact)].level);
    const std::size_t words = rows == 0 ? 0 : column.sure.size() / rows;
    if (words == 0) return std::nullopt;
    const std::size_t bit = row * words * 64 + duly::at(at.item);
    if (has_bit(column.sure, bit) != has_bit(column.maybe, bit)) return std::nullopt;
    return has_bit(column.sure, bit) ? 1 : 0;
  }
  if (!column.may_be_true.empty()) {
    const bool yes = has_bit(column.may_be_true, row);
    return yes == has_bit(column.may_be_false, row) ? std::nullopt : std::optional<std::int64_t>(yes ? 1 : 0);
  }
  if (!column.possible.empty())
    return std::has_single_bit(column.possible[row]) ? std::optional<std::int64_t>(std::countr_zero(column.possible[row])) : std::nullopt;
  if (column.low.empty() || (!column.high.empty() && column.high[row] != column.low[row])) return std::nullopt;
  return column.low[row];
}

std::vector<NearestValues::Tried> NearestValues::decide(const std::vector<Change>& changes, const std::vector<Change>& beside) {
  std::vector<Tried> out;
  const auto cause = [](const FactAt& at) { return Cause{Cause::Kind::fact, at.fact, at.row, at.item}; };
  for (std::size_t first = 0; first < changes.size(); first += most_households_in_tile) {
    const std::size_t count = std::min<std::size_t>(most_households_in_tile, changes.size() - first);
    FactTable copies = copies_of(program_.declarations(), household_, 0, static_cast<std::int32_t>(count));
    CopyWriter writer(program_.declarations(), copies);
    for (std::size_t c = 0; c < count; ++c) {
      for (const Change& other : beside) writer.give(static_cast<std::int32_t>(c), cause(other.at), other.to);
      writer.give(static_cast<std::int32_t>(c), cause(changes[first + c].at), changes[first + c].to);
    }
    for (const CopyDecisions& decisions : decider_.decide(copies, alone_)) {
      Tried tried;
      for (const CopyDecision& decision : decisions.subjects) {
        if (decision.person != sought_.person) continue;
        tried.eligible = decision.outcome == sought_.outcome;
        tried.helps = decision.outcome == Outcome::ineligible && (decision.failed & ~sought_.failed) == 0 && decision.failed != sought_.failed;
      }
      out.push_back(tried);
    }
    decided_ += static_cast<std::int64_t>(count);
  }
  return out;
}

std::vector<Change> NearestValues::other_values(const FactAt& at) const {
  const auto value = now(at);
  if (!value) return {};
  const Fact& fact = program_.declarations().facts[duly::at(at.fact)];
  std::vector<Change> out;
  if (at.item != whole_set || fact.type.base == Base::boolean) return {{at, {*value == 1 ? Answer::Kind::no : Answer::Kind::yes, 0, 0}}};
  if (fact.type.base != Base::code) return out;
  const FactColumn& column = household_.facts[duly::at(at.fact)];
  const auto words = static_cast<std::int64_t>(program_.declarations().lists[duly::at(fact.type.list)].words.size());
  for (std::int64_t word = 0; word < words && !column.possible.empty(); ++word)
    if (word != *value) out.push_back({at, {Answer::Kind::word, word, word}});
  return out;
}

std::vector<Change> NearestValues::of(const FactAt& at, const std::vector<Change>& beside) {
  const auto value = now(at);
  if (!value) return {};
  std::vector<Change> out;
  if (is_number(at)) {
    const auto [low, high] = range(at.fact);
    for (const std::int64_t end : {low, high})
      if (end != *value)
        if (auto found = nearest_on(at, *value, end, beside)) out.push_back(*found);
    return out;
  }
  const std::vector<Change> tried = other_values(at);
  const std::vector<Tried> decided = decide(tried, beside);
  for (std::size_t i = 0; i < tried.size(); ++i)
    if (decided[i].eligible) out.push_back(tried[i]);
  return out;
}

/// Narrows the gap between a value that is not enough and one that is, until they are next to each other.
std::optional<Change> NearestValues::nearest_on(const FactAt& at, std::int64_t now, std::int64_t end, const std::vector<Change>& beside) {
  const std::int64_t sign = end < now ? -1 : 1;
  std::int64_t not_enough = now;
  std::vector<std::int64_t> values = spread(now, end);
  while (true) {
    std::vector<Change> changes;
    changes.reserve(values.size());
    for (const std::int64_t value : values) changes.push_back(with_number(at, value));
    const std::vector<Tried> decided = decide(changes, beside);
    const auto first = std::find_if(decided.begin(), decided.end(), [](const Tried& tried) { return tried.eligible; });
    if (first == decided.end()) return std::nullopt;
    const auto place = duly::at(first - decided.begin());
    if (place > 0) not_enough = values[place - 1];
    const std::int64_t enough = values[place];
    const std::int64_t gap = (enough - not_enough) * sign;
    if (gap <= 1) return with_number(at, enough);
    const std::int64_t step = std::max<std::int64_t>(1, gap / samples);
    values.clear();
    for (std::int64_t distance = step; distance < gap; distance += step) values.push_back(not_enough + sign * distance);
    values.push_back(enough);
  }
}

std::vector<Change> NearestValues::that_help(const FactAt& at) {
  const auto value = now(at);
  if (!value) return {};
  std::vector<Change> tried;
  if (is_number(at)) {
    const auto [low, high] = range(at.fact);
    for (const std::int64_t end : {low, high})
      if (end != *value) tried.push_back(with_number(at, end));
  } else {
    tried = other_values(at);
  }
  const std::vector<Tried> decided = decide(tried, {});
  std::vector<Change> out;
  for (std::size_t i = 0; i < tried.size(); ++i)
    if (decided[i].helps) out.push_back(tried[i]);
  return out;
}

}  // namespace duly
