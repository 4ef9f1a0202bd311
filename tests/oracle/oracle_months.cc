// Sets of months: a month is counted back from the benefit month, which is 0. A month outside the window of the set is undefined, never dropped.

#include <algorithm>

#include "oracle/oracle.h"

namespace duly::oracle {
namespace {

/// Months back where a rule says nothing.
constexpr std::int64_t usual_window = 120;

std::int64_t whole(const Number& n) { return static_cast<std::int64_t>(floor_of(n)); }

int longest_run(const Items& months) {
  int longest = 0;
  int run = 0;
  for (std::size_t m = 0; m < months.size(); ++m) {
    run = months[m] ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

Oracle::Back Oracle::months_back(const Number& low, const Number& high) {
  const FactId benefit_month = declarations_.request_facts.at("benefit_month");
  const Answers now = household_->values(benefit_month);
  const Range& month = std::get<std::vector<Range>>(now)[0];
  return {whole(month.low - high), whole(month.high - low)};
}

/// The window of the rule in whose formula the months stand.
std::int64_t Oracle::window_of(TermId months) {
  std::int64_t window = usual_window;
  const std::function<bool(TermId)> stands_in = [&](TermId id) {
    if (id == months) return true;
    if (id == no_term || term(id).op == TermOp::rule) return false;
    return std::ranges::any_of(term(id).args, stands_in);
  };
  for (std::size_t r = 0; r < declarations_.rules.size(); ++r) {
    const Rule& declared = declarations_.rules[r];
    const TermId rule = program_.rules[r].term;
    if (declared.window > 0 && rule != no_term && std::ranges::any_of(term(rule).args, stands_in)) window = declared.window;
  }
  return window;
}

Answers Oracle::months_from_rows(const Term& t) {
  const LevelId below = term(t.args[1]).level;
  const std::int64_t window = window_of(id_of(t));
  return each_row(t, [&](int row) {
    Set out;
    for (const int r : rows_below(below, t.level, row)) {
      const Truth& included = truth(t.args[1], below, r);
      const bool surely = !included.no;
      if (included.undefined) out.undefined = true;
      if (!included.yes) {
        if (surely) out.defined = false;
        continue;
      }
      const Range& month = range(t.args[0], below, r);
      if (month.undefined) out.undefined = true;
      bool inside = false;
      if (month.defined) {
        const auto [latest, earliest] = months_back(month.low, month.high);
        if (latest < 0 || earliest > window) out.undefined = true;
        for (std::int64_t back = std::max<std::int64_t>(latest, 0); back <= std::min(earliest, window); ++back) {
          inside = true;
          out.possible.set(index(back));
          if (surely && latest == earliest) out.sure.set(index(back));
        }
      }
      if (!inside && surely) out.defined = false;
    }
    if (closed(t, 2, row).no)
      for (std::int64_t back = 0; back <= window; ++back) out.possible.set(index(back));
    return out;
  });
}

Answers Oracle::months_between_bounds(const Term& t) {
  return each_row(t, [&](int row) {
    Set out = set(t.args[0], t.level, row);
    const Range& first = range(t.args[1], t.level, row);
    const Range& last = range(t.args[2], t.level, row);
    out.undefined = out.undefined || first.undefined || last.undefined;
    out.defined = out.defined && first.defined && last.defined;
    if (!out.defined) return out;
    const Back from = months_back(first.low, first.high);
    const Back to = months_back(last.low, last.high);
    for (std::size_t item = 0; item < out.possible.size(); ++item) {
      const auto back = static_cast<std::int64_t>(item);
      if (back < to.latest || back > from.earliest) out.possible.reset(item);
      if (back < to.earliest || back > from.latest) out.sure.reset(item);
    }
    return out;
  });
}

Answers Oracle::months_run(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& months = set(t.args[0], t.level, row);
    return Range{longest_run(months.sure), longest_run(months.possible), months.undefined, months.defined};
  });
}

Answers Oracle::has_month(const Term& t) {
  return each_row(t, [&](int row) {
    const Set& months = set(t.args[0], t.level, row);
    const Range& month = range(t.args[1], t.level, row);
    if (!months.defined || !month.defined) return surely_undefined;
    Truth out{false, false, months.undefined || month.undefined};
    const auto size = static_cast<std::int64_t>(months.possible.size());
    const auto [latest, earliest] = months_back(month.low, month.high);
    for (std::int64_t back = latest; back <= earliest; ++back) {
      const bool inside = 0 <= back && back < size;
      out.yes = out.yes || (inside && months.possible[index(back)]);
      out.no = out.no || !inside || !months.sure[index(back)];
      if (out.yes && out.no) break;
    }
    return out;
  });
}

}  // namespace duly::oracle
