#include "render/value_text.h"

#include <array>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                       "July",    "August",   "September", "October", "November", "December"};
constexpr int decimals_of_fractions = 6;

std::string month_and_year(std::string_view text) {
  const auto month = month_from_text(text);
  if (!month) return std::string(text);
  const CivilDay day = civil(first_day_of(*month));
  return std::string(month_names[static_cast<std::size_t>(day.month) - 1]) + " " + std::to_string(day.year);
}

std::string day_month_and_year(std::string_view text) {
  const auto date = date_from_text(text);
  if (!date) return std::string(text);
  return std::to_string(civil(*date).day) + " " + month_and_year(text.substr(0, 7));
}

/// ` a month` from `USD per month`.
std::string period_of(std::string_view unit) {
  const std::size_t per = unit.find("per ");
  if (per == std::string_view::npos) return "";
  return std::string(" a ").append(unit.substr(per + 4));
}

/// A share such as 1/12 is shown as it is: a decimal would only come near it.
bool is_short_fraction(std::string_view exact) {
  constexpr std::size_t longest = 5;
  return exact.size() <= longest && exact.find('/') != std::string_view::npos;
}

std::string number_with_unit(const Value& value, bool with_period) {
  std::string out = is_short_fraction(value.text) ? value.text : grouped_number(value.text);
  const std::string_view unit = value.unit;
  const std::string_view word = unit.substr(0, unit.find(" per "));
  if (!word.empty() && word != "per") out.append(" ").append(value.text == "1" && word.back() == 's' ? word.substr(0, word.size() - 1) : word);
  if (with_period) out += period_of(unit);
  return out;
}

/// All that is known of a value is one end.
std::string one_sided(const Value& end, bool is_least, bool with_period) {
  const std::string text = to_text(end, with_period);
  if (end.kind == Value::Kind::date || end.kind == Value::Kind::month) return text + (is_least ? " or later" : " or earlier");
  return (is_least ? "at least " : "at most ") + text;
}

std::string range_text(const Value& value, bool with_period) {
  if (value.low.empty() && value.high.empty()) return "not known";
  if (value.low.empty() || value.high.empty()) return one_sided(end_of_range(value, value.low.empty()), value.high.empty(), with_period);
  return "between " + to_text(end_of_range(value, false), false) + " and " + to_text(end_of_range(value, true), with_period);
}

std::string joined(const Value& value) {
  const std::vector<std::string> words = words_of(value);
  return words.empty() ? (value.kind == Value::Kind::people ? "nobody" : "none") : join_words(words);
}

}  // namespace

std::string grouped_number(std::string_view exact, int decimals) {
  std::string rounded;
  if (exact.find('/') != std::string_view::npos) {
    const auto top = number_from_text(exact.substr(0, exact.find('/')));
    const auto bottom = number_from_text(exact.substr(exact.find('/') + 1));
    if (!top || !bottom || *bottom == 0) return std::string(exact);
    Number step = 1;
    for (int i = 0; i < decimals_of_fractions; ++i) step /= 10;
    rounded = to_text(round_to(*top / *bottom, step, RoundMode::half_up));
    exact = rounded;
  }
  const bool negative = exact.starts_with('-');
  if (negative) exact.remove_prefix(1);
  const std::size_t point = exact.find('.');
  const std::string_view whole = exact.substr(0, point);
  std::string out;
  out.reserve(exact.size() + 8);
  if (negative) out += '-';
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
    out += whole[i];
  }
  const std::string_view rest = point == std::string_view::npos ? std::string_view{} : exact.substr(point + 1);
  if (rest.empty() && decimals == 0) return out;
  out.append(".").append(rest);
  for (auto i = static_cast<int>(rest.size()); i < decimals; ++i) out += '0';
  return out;
}

std::string money_text(std::string_view exact) {
  std::string cents;
  const bool no_end = exact.find('/') != std::string_view::npos;
  if (no_end) {
    const auto top = number_from_text(exact.substr(0, exact.find('/')));
    const auto bottom = number_from_text(exact.substr(exact.find('/') + 1));
    if (!top || !bottom || *bottom == 0) return std::string(exact);
    cents = to_text(round_to(*top / *bottom, Number(1, 100), RoundMode::half_up));
    exact = cents;
  }
  std::string number = grouped_number(exact, 2);
  number.insert(number.starts_with('-') ? 1 : 0, "$");
  return no_end ? "about " + number : number;
}

std::vector<std::string> words_of(const Value& value) {
  std::vector<std::string> words;
  for (const std::string_view word : split(value.text, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

Value end_of_range(const Value& range, bool high) {
  Value end;
  end.text = high ? range.high : range.low;
  if (end.text.empty()) return end;
  end.unit = range.unit;
  if (end.text == "never" || date_from_text(end.text)) end.kind = Value::Kind::date;
  else if (month_from_text(end.text)) end.kind = Value::Kind::month;
  else end.kind = range.unit.starts_with("USD") ? Value::Kind::money : Value::Kind::number;
  return end;
}

std::string to_text(const Value& value, bool with_period) {
  switch (value.kind) {
    case Value::Kind::unknown: return range_text(value, with_period);
    case Value::Kind::absent: return value.text == "not_offered" ? "not offered" : value.text.empty() ? "none" : value.text;
    case Value::Kind::boolean: return value.text == "true" ? "yes" : "no";
    case Value::Kind::number: return number_with_unit(value, with_period);
    case Value::Kind::money: return money_text(value.text) + (with_period ? period_of(value.unit) : "");
    case Value::Kind::date: return day_month_and_year(value.text);
    case Value::Kind::month: return month_and_year(value.text);
    case Value::Kind::code: return value.label.empty() ? value.text : value.label;
    case Value::Kind::codes:
    case Value::Kind::people: return joined(value);
    case Value::Kind::months: {
      std::vector<std::string> months;
      for (const std::string& word : words_of(value)) months.push_back(month_and_year(word));
      return months.empty() ? "none" : join_words(months);
    }
    case Value::Kind::text: return value.text;
  }
  return "";
}

}  // namespace duly
