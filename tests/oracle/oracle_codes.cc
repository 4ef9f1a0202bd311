// Truths, codes and parameters.

#include <bit>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

/// Kleene's: what settles the answer does so whatever the other side is, undefined included.
Truth both(Truth a, Truth b) { return {a.yes && b.yes, a.no || b.no, (a.undefined && (b.yes || b.undefined)) || (b.undefined && a.yes)}; }
Truth turned(Truth a) { return {a.no, a.yes, a.undefined}; }
Truth any(Truth a, Truth b) { return turned(both(turned(a), turned(b))); }

}  // namespace

Answers Oracle::logical(const Term& t) {
  return each_row(t, [&](int row) {
    const Truth& a = truth(t.args[0], t.level, row);
    if (t.op == TermOp::logical_not) return turned(a);
    const Truth& b = truth(t.args[1], t.level, row);
    return t.op == TermOp::logical_and ? both(a, b) : any(a, b);
  });
}

Answers Oracle::code_equal(const Term& t) {
  if (form_of(declarations_, term(t.args[0]).type) == Form::range) return compare(t);
  return each_row(t, [&](int row) {
    const Words& a = on<Words>(t.args[0], t.level, row);
    const Words& b = on<Words>(t.args[1], t.level, row);
    if (!a.defined || !b.defined) return surely_undefined;
    const bool one_word = std::has_single_bit(a.possible) && a.possible == b.possible;
    return Truth{(a.possible & b.possible) != 0, !one_word, a.undefined || b.undefined};
  });
}

Answers Oracle::code_in(const Term& t) {
  return each_row(t, [&](int row) {
    const Words& a = on<Words>(t.args[0], t.level, row);
    if (!a.defined) return surely_undefined;
    std::uint64_t listed = 0;
    for (const int word : t.words) listed |= std::uint64_t{1} << word;
    return Truth{(a.possible & listed) != 0, (a.possible & ~listed) != 0, a.undefined};
  });
}

Answers Oracle::has_word(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& words = set(t.args[0], t.level, row);
    const auto asked = [&](std::int64_t low, std::int64_t high, std::uint64_t bits, bool undefined, bool defined) {
      if (!words.defined || !defined) return surely_undefined;
      Truth out{false, false, words.undefined || undefined};
      for (std::int64_t word = low; word <= high; ++word) {
        if (bits != 0 && (bits >> word & 1U) == 0) continue;
        out.yes = out.yes || words.possible[index(word)];
        out.no = out.no || !words.sure[index(word)];
      }
      return out;
    };
    if (form_of(declarations_, term(t.args[1]).type) == Form::range) {
      const Range& word = range(t.args[1], t.level, row);
      return asked(static_cast<std::int64_t>(numerator(word.low)), static_cast<std::int64_t>(numerator(word.high)), 0, word.undefined, word.defined);
    }
    const Words& word = on<Words>(t.args[1], t.level, row);
    return asked(0, 63, word.possible, word.undefined, word.defined);
  });
}

const Answer& Oracle::looked_up(const Term& t, int row, bool& undefined, bool& defined) {
  const Parameter& parameter = declarations_.parameters[index(t.index)];
  const auto whole = [](const Number& n) { return static_cast<std::int64_t>(floor_of(n)); };
  std::vector<AskedKey> keys;
  for (std::size_t k = 0; k < parameter.keys.size(); ++k) {
    if (form_of(declarations_, term(t.args[k]).type) == Form::words) {
      const Words& key = on<Words>(t.args[k], t.level, row);
      keys.push_back({key.possible, 0, 0});
      undefined = undefined || key.undefined;
      defined = defined && key.defined;
    } else {
      const Range& key = range(t.args[k], t.level, row);
      keys.push_back({0, whole(key.low), whole(key.high)});
      undefined = undefined || key.undefined;
      defined = defined && key.defined;
    }
  }
  Date first = law_date_;
  Date last = law_date_;
  if (t.truth) {
    const Range& day = range(t.args[parameter.keys.size()], t.level, row);
    first = {static_cast<std::int32_t>(whole(day.low))};
    last = {static_cast<std::int32_t>(whole(day.high))};
    undefined = undefined || day.undefined;
    defined = defined && day.defined;
  }
  static const Answer none;
  return defined ? law_book_.answer(t.index, keys, first, last) : none;
}

/// A row that says `none` has no value; a gap has one that is not known.
Answers Oracle::lookup(const Term& t) {
  const Answers none = undefined_rows(t);
  const auto each = [&](auto shape, auto value) -> Answers {
    using V = decltype(shape);
    return each_row(t, [&](int row) {
      bool undefined = false;
      bool defined = true;
      const Answer& answer = looked_up(t, row, undefined, defined);
      V out = defined ? value(answer) : std::get<std::vector<V>>(none)[index(row)];
      if (undefined || (defined && answer.nothing) || (defined && answer.absent && t.op == TermOp::lookup)) out.undefined = true;
      return out;
    });
  };
  if (t.op == TermOp::lookup_absent) return each(Truth{}, [](const Answer& a) { return Truth{a.absent, a.value, false}; });
  switch (form_of(declarations_, t.type)) {
    case Form::truth: return each(Truth{}, [](const Answer& a) { return Truth{a.yes, a.no, false}; });
    case Form::words: return each(Words{}, [](const Answer& a) { return Words{a.words, false, a.value}; });
    case Form::range: return each(Range{}, [](const Answer& a) { return Range{a.low, a.high, false, a.value}; });
    case Form::set: break;
  }
  return none;
}

}  // namespace duly::oracle
