#include "determine/answers.h"

#include <algorithm>

#include "base/at.h"
#include "determine/compared_facts.h"

namespace duly {
namespace {

constexpr std::int64_t most_words_tried = 256;  ///< one by one, of code lists that are stored as numbers

Answer span(std::int64_t low, std::int64_t high) { return {Answer::Kind::span, low, high}; }

/// `begins` are the first integers of pieces of [begins.front()..high]. With `ends` each piece also gives its first and last value apart.
void add_spans(const std::vector<std::int64_t>& begins, std::int64_t high, bool ends, std::vector<Answer>& out) {
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::int64_t first = begins[i];
    const std::int64_t last = i + 1 < begins.size() ? begins[i + 1] - 1 : high;
    if (!ends || last - first < 2) {
      if (ends && last > first) {
        out.push_back(span(first, first));
        out.push_back(span(last, last));
      } else {
        out.push_back(span(first, last));
      }
      continue;
    }
    out.push_back(span(first, first));
    out.push_back(span(first + 1, last - 1));
    out.push_back(span(last, last));
  }
}

void add_numbers(const Evaluated& e, const Cause& cause, const FactColumn& column, std::size_t row, Sharpness sharpness,
                 std::vector<std::int64_t>& pieces, std::vector<Answer>& out) {
  const std::int64_t low = column.low[row];
  const std::int64_t high = column.high.empty() ? low : column.high[row];
  if (e.fact(cause.index).type.base == Base::code) {
    if (sharpness == Sharpness::uncut) return out.push_back({});
    if (sharpness == Sharpness::pieces_and_ends && high - low < most_words_tried) {
      for (std::int64_t word = low; word <= high; ++word) out.push_back(span(word, word));
      return;
    }
    if (pieces.empty()) pieces = pieces_of(e, cause, low, high);
    return add_spans(pieces, high, false, out);
  }
  if (sharpness == Sharpness::uncut) return out.push_back(span(low, high));
  if (pieces.empty()) pieces = pieces_of(e, cause, low, high);
  add_spans(pieces, high, sharpness == Sharpness::pieces_and_ends, out);
}

}  // namespace

bool is_one_value(const Answer& answer) {
  return answer.kind != Answer::Kind::as_it_is && (answer.kind != Answer::Kind::span || answer.low == answer.high);
}

std::vector<Answer> answers_to(const Evaluated& e, const Cause& cause, Sharpness sharpness, std::vector<std::int64_t>& pieces) {
  if (cause.kind == Cause::Kind::gap) return {{}};
  if (cause.kind == Cause::Kind::list) return {{Answer::Kind::yes}, {}};
  if (cause.item != whole_set) return {{Answer::Kind::yes}, {Answer::Kind::no}};
  const FactColumn& column = e.r.values().facts().facts[at(cause.index)];
  const auto row = at(e.table_row(e.fact(cause.index).level, cause.row));
  std::vector<Answer> out;
  const bool may_be_present = column.may_be_absent.empty() || has_bit(column.may_be_present, row);
  if (may_be_present && !column.may_be_true.empty()) {
    if (has_bit(column.may_be_true, row)) out.push_back({Answer::Kind::yes});
    if (has_bit(column.may_be_false, row)) out.push_back({Answer::Kind::no});
  } else if (may_be_present && !column.possible.empty()) {
    for (int word = 0; word < 64; ++word)
      if ((column.possible[row] >> word & 1U) != 0) out.push_back({Answer::Kind::word, word, word});
  } else if (may_be_present && !column.low.empty()) {
    add_numbers(e, cause, column, row, sharpness, pieces, out);
  }
  if (!column.may_be_absent.empty() && has_bit(column.may_be_absent, row)) out.push_back({Answer::Kind::none});
  if (out.empty()) out.emplace_back();
  return out;
}

}  // namespace duly
