// How the values of a parameter follow each other, and whether they are complete.

#include <algorithm>

#include "resolve/parameter_reader.h"

namespace duly {

template <class F>
void ParameterReader::for_each_pair(F f) {
  const auto same_keys = [](const ParameterRow& a, const ParameterRow& b) {
    for (std::size_t i = 0; i < a.keys.size(); ++i)
      if (a.keys[i].kind != b.keys[i].kind || a.keys[i].word != b.keys[i].word || a.keys[i].low != b.keys[i].low || a.keys[i].high != b.keys[i].high)
        return false;
    return true;
  };
  std::vector<std::size_t> order(p_.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key_less = [&](std::size_t x, std::size_t y) {
    const auto& a = p_.rows[x];
    const auto& b = p_.rows[y];
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      const auto left = std::tuple(a.keys[i].kind, a.keys[i].word, a.keys[i].low, a.keys[i].high);
      const auto right = std::tuple(b.keys[i].kind, b.keys[i].word, b.keys[i].low, b.keys[i].high);
      if (left != right) return left < right;
    }
    return a.from < b.from;
  };
  std::stable_sort(order.begin(), order.end(), key_less);
  for (std::size_t i = 0; i + 1 < order.size(); ++i)
    if (same_keys(p_.rows[order[i]], p_.rows[order[i + 1]])) f(p_.rows[order[i]], p_.rows[order[i + 1]]);
}

void ParameterReader::refuse_overlaps() {
  for_each_pair([&](const ParameterRow& row, const ParameterRow& next) {
    if (row.until == never || row.until <= next.from || row.from == next.from) return;
    reader_.mistake(
        Code::dates_overlap, next.span,
        "this value begins on " + to_text(next.from) + ", but the one before it for the same keys holds until " + to_text(Date{row.until.days - 1}),
        "let the one before end earlier, or leave its `until` out");
  });
}

void ParameterReader::close_histories() {
  for_each_pair([&](ParameterRow& row, const ParameterRow& next) {
    if (row.from == next.from)
      reader_.mistake(Code::rows_overlap, next.span, "two values for the same keys begin on " + to_text(next.from), "keep one of them");
    else if (row.until > next.from) row.until = next.from;
  });
}

void ParameterReader::renew(const Node& node) {
  const Node* renews = node.find("renews");
  if (renews == nullptr) return;
  const auto day = date_from_text("0004-" + reader_.text(node, "renews"));
  if (!day) {
    reader_.mistake(Code::bad_value, renews->span, "`renews` is a day of the year", "write it as 10-01");
    return;
  }
  const CivilDay yearly = civil(*day);
  for (auto& row : p_.rows) {
    if (row.until != never || row.from <= first_date) continue;
    const int year = civil(row.from).year;
    const auto same_year = date_of(year, yearly.month, yearly.day);
    const auto next = same_year && *same_year > row.from ? same_year : date_of(year + 1, yearly.month, yearly.day);
    if (next) row.until = *next;
  }
}

void ParameterReader::check_complete(const Span& where) {
  for (const auto& row : p_.rows) {
    if (row.source < 0) reader_.mistake(Code::missing_source, row.span, "the value has no `source`", "say where the figure was read, with its date");
    if (row.state == ParameterRow::State::value && p_.range && p_.type.base == Base::number &&
        (row.value < p_.range->first || row.value > p_.range->second))
      reader_.mistake(Code::bad_value, row.span,
                      "`" + to_text(row.value) + "` lies outside the range [" + to_text(p_.range->first) + ".." + to_text(p_.range->second) +
                          "] of `" + p_.name + "`",
                      "mend the figure, or the range");
    if (row.state == ParameterRow::State::gap && !p_.range && p_.type.base == Base::number) {
      bool known = std::any_of(p_.rows.begin(), p_.rows.end(), [](const auto& r) { return r.state == ParameterRow::State::value; });
      if (!known)
        reader_.mistake(Code::no_range, row.span, "`" + p_.name + "` has a value that is not known, and no `range`",
                        "say what it can be, such as range: \"[0..1000]\"");
    }
  }
  if (p_.rows.empty()) reader_.mistake(Code::missing_key, where, "`" + p_.name + "` has no value");
}

}  // namespace duly
