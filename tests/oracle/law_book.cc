#include "oracle/law_book.h"

#include <algorithm>
#include <functional>
#include <set>

namespace duly::oracle {
namespace {

const std::vector<int>& group(const CodeList& list, const KeyPattern& pattern) { return list.groups[static_cast<std::size_t>(pattern.word)].second; }

class Keys {
 public:
  Keys(const Declarations& declarations, const Parameter& parameter) : declarations_(declarations), parameter_(parameter) {}

  /// Of `rows` those that serve where the key of this number is `asked`.
  [[nodiscard]] std::vector<const ParameterRow*> that_fit(const std::vector<const ParameterRow*>& rows, std::size_t key, std::int64_t asked) const {
    std::vector<const ParameterRow*> out;
    for (const ParameterRow* row : rows)
      if (fits(key, row->keys[key], asked)) out.push_back(row);
    return out;
  }

  /// How narrow a row is: all its keys together.
  [[nodiscard]] std::pair<int, std::int64_t> width(const ParameterRow& row) const {
    std::pair<int, std::int64_t> sum{0, 0};
    for (std::size_t k = 0; k < row.keys.size(); ++k) {
      const auto [kind, breadth] = width(k, row.keys[k]);
      sum = {sum.first + kind, sum.second + breadth};
    }
    return sum;
  }

  /// The ends of what is asked, and the numbers between them at which the row of these that serves may change, or grow from.
  [[nodiscard]] static std::set<std::int64_t> numbers_to_try(const std::vector<const ParameterRow*>& rows, std::size_t key, const AskedKey& asked) {
    std::set<std::int64_t> out{asked.low, asked.high};
    if (asked.low == asked.high) return out;
    for (const ParameterRow* row : rows) {
      const KeyPattern& pattern = row->keys[key];
      if (pattern.kind != KeyPattern::Kind::number && pattern.kind != KeyPattern::Kind::band) continue;
      for (const std::int64_t edge :
           {pattern.low - 1, pattern.low, pattern.high, pattern.high == KeyPattern::no_end ? pattern.high : pattern.high + 1})
        if (asked.low < edge && edge < asked.high) out.insert(edge);
    }
    return out;
  }

 private:
  [[nodiscard]] const CodeList& list(std::size_t key) const { return declarations_.lists[static_cast<std::size_t>(parameter_.keys[key].list)]; }

  [[nodiscard]] bool fits(std::size_t key, const KeyPattern& pattern, std::int64_t asked) const {
    switch (pattern.kind) {
      case KeyPattern::Kind::word: return pattern.word == asked;
      case KeyPattern::Kind::group: return std::ranges::count(group(list(key), pattern), static_cast<int>(asked)) > 0;
      case KeyPattern::Kind::number:
      case KeyPattern::Kind::band: return pattern.low <= asked && asked <= pattern.high;
      case KeyPattern::Kind::any: return true;
    }
    return false;
  }

  /// A word or number before a group or band before any; a small group or band before a large one.
  [[nodiscard]] std::pair<int, std::int64_t> width(std::size_t key, const KeyPattern& pattern) const {
    constexpr std::int64_t endless = 1'000'000'000'000;
    switch (pattern.kind) {
      case KeyPattern::Kind::word:
      case KeyPattern::Kind::number: return {0, 0};
      case KeyPattern::Kind::group: return {1, static_cast<std::int64_t>(group(list(key), pattern).size())};
      case KeyPattern::Kind::band: return {1, (pattern.high == KeyPattern::no_end ? endless : pattern.high) - pattern.low};
      case KeyPattern::Kind::any: break;
    }
    return {2, 0};
  }

  const Declarations& declarations_;
  const Parameter& parameter_;
};

void take_in(Answer& answer, const Number& low, const Number& high) {
  if (!answer.value || low < answer.low) answer.low = low;
  if (!answer.value || high > answer.high) answer.high = high;
  answer.value = true;
}

void take_in_value(Answer& answer, const Type& type, const Number& value) {
  if (type.base == Base::boolean) (value == 0 ? answer.no : answer.yes) = true;
  if (type.base == Base::code && value < static_cast<int>(words_in_bits)) answer.words |= std::uint64_t{1} << static_cast<int>(value);
  take_in(answer, value, value);
}

/// A gap may be anything in the declared range, else between the values that are known.
void take_in_gap(Answer& answer, const Declarations& declarations, const Parameter& parameter) {
  if (parameter.type.base == Base::boolean) {
    take_in_value(answer, parameter.type, 0);
    take_in_value(answer, parameter.type, 1);
  } else if (parameter.type.base == Base::code) {
    const auto words = declarations.lists[static_cast<std::size_t>(parameter.type.list)].words.size();
    for (std::size_t w = 0; w < words; ++w) take_in_value(answer, parameter.type, w);
  } else if (parameter.range) {
    take_in(answer, parameter.range->first, parameter.range->second);
  } else {
    for (const ParameterRow& row : parameter.rows)
      if (row.state == ParameterRow::State::value) take_in(answer, row.value, row.value);
  }
}

}  // namespace

void LawBook::ask_one(int parameter, const std::vector<std::int64_t>& asked, const std::vector<const ParameterRow*>& rows, Answer& answer) const {
  const Parameter& p = declarations_.parameters[static_cast<std::size_t>(parameter)];
  const Keys keys(declarations_, p);
  const ParameterRow* best = nullptr;
  for (const ParameterRow* row : rows)
    if (best == nullptr || keys.width(*row) <= keys.width(*best)) best = row;
  if (best == nullptr) {
    answer.nothing = true;
    return;
  }
  switch (best->state) {
    case ParameterRow::State::absent: answer.absent = true; break;
    case ParameterRow::State::gap: take_in_gap(answer, declarations_, p); break;
    case ParameterRow::State::value: {
      const Number more = best->grows ? best->each_more * (asked.back() - best->keys.back().low) : Number(0);
      take_in_value(answer, p.type, best->value + more);
      break;
    }
  }
}

void LawBook::ask_on(const Question& question, Date day, Answer& answer) const {
  const Parameter& p = declarations_.parameters[static_cast<std::size_t>(question.parameter)];
  const Keys keys(declarations_, p);
  std::vector<std::int64_t> one(p.keys.size());
  std::vector<const ParameterRow*> in_force;
  for (const ParameterRow& row : p.rows)
    if (row.from <= day && day < row.until) in_force.push_back(&row);
  const std::function<void(std::size_t, const std::vector<const ParameterRow*>&)> each_key = [&](std::size_t k, const auto& rows) {
    if (k == one.size()) return ask_one(question.parameter, one, rows, answer);
    const auto go_on = [&](std::int64_t asked) {
      one[k] = asked;
      each_key(k + 1, keys.that_fit(rows, k, asked));
    };
    const AskedKey& key = question.keys[k];
    if (p.keys[k].list >= 0 && declarations_.lists[static_cast<std::size_t>(p.keys[k].list)].words.size() <= words_in_bits) {
      for (int word = 0; word < static_cast<int>(words_in_bits); ++word)
        if ((key.words >> word & 1U) != 0) go_on(word);
      return;
    }
    std::set<std::int64_t> numbers = Keys::numbers_to_try(rows, k, key);
    if (p.keys[k].list >= 0)
      for (std::int64_t word = key.low; word < key.high; ++word) numbers.insert(word);
    for (const std::int64_t number : numbers) go_on(number);
  };
  each_key(0, in_force);
}

const Answer& LawBook::answer(int parameter, const std::vector<AskedKey>& keys, Date first, Date last) {
  const Question question{parameter, first, last, keys};
  const auto [found, is_new] = asked_.try_emplace(question);
  if (!is_new) return found->second;
  std::set<Date> days{first};
  for (const ParameterRow& row : declarations_.parameters[static_cast<std::size_t>(parameter)].rows)
    for (const Date change : {row.from, row.until})
      if (first < change && change <= last) days.insert(change);
  for (const Date day : days) ask_on(question, day, found->second);
  return found->second;
}

}  // namespace duly::oracle
