#include "determine/readings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "base/at.h"

namespace duly {
namespace {

constexpr std::array<std::string_view, 6> period_words{"", " per day", " per week", " per month", " per year", " per pay period"};  // by Per

Value::Kind kind_of(const Type& type) {
  switch (type.base) {
    case Base::boolean: return Value::Kind::boolean;
    case Base::number: return type.unit == Unit::money ? Value::Kind::money : Value::Kind::number;
    case Base::date: return Value::Kind::date;
    case Base::month: return Value::Kind::month;
    case Base::duration:
    case Base::days: return Value::Kind::number;
    case Base::code: return Value::Kind::code;
    case Base::codes: return Value::Kind::codes;
    case Base::people: return Value::Kind::people;
    case Base::months: return Value::Kind::months;
    case Base::text: return Value::Kind::text;
  }
  return Value::Kind::unknown;
}

/// `value / denominator` as a decimal, where it has an end and 64 bits suffice on the way.
std::optional<std::string> plain_decimal(std::int64_t value, std::int64_t denominator) {
  const std::int64_t common = std::gcd(value, denominator);
  value /= common;
  denominator /= common;
  int places = 0;
  const auto take_out = [&](std::int64_t factor, std::int64_t other) {
    for (; denominator % factor == 0; denominator /= factor, ++places)
      if (__builtin_mul_overflow(value, other, &value)) return false;
    return true;
  };
  if (!take_out(10, 1) || !take_out(2, 5) || !take_out(5, 2) || denominator != 1) return std::nullopt;
  std::string digits = std::to_string(value);
  if (places == 0) return digits;
  const std::size_t sign = value < 0 ? 1 : 0;
  const auto width = at(places);
  if (digits.size() - sign <= width) digits.insert(sign, width + 1 - (digits.size() - sign), '0');
  digits.insert(digits.size() - width, ".");
  return digits;
}

template <class Integer>
Date date_of(const Integer& days) {
  if (days >= never.days) return never;
  if (days <= first_date.days) return first_date;
  return {static_cast<std::int32_t>(days)};
}

/// Whether all that is known is that an amount is no less than nothing.
bool is_no_more_than_a_sign(KnownEnds::Which known, bool low_is_zero) { return known.low && !known.high && low_is_zero; }

/// The known ends of what a number can be. The first and the last day of the calendar are none.
void show_range(const NumberValue& n, KnownEnds::Which known, const Type& type, Value& out) {
  if (type.base == Base::date || type.base == Base::month) {
    const bool is_date = type.base == Base::date;
    const Date last_date{never.days - 1};
    known.low = known.low && n.low > Number(is_date ? first_date.days : month_of(first_date).index);
    known.high = known.high && n.high < Number(is_date ? last_date.days : month_of(last_date).index);
  } else if (is_no_more_than_a_sign(known, n.low == 0)) {
    return;
  }
  if (known.low) out.low = number_text(n.low, type);
  if (known.high) out.high = number_text(n.high, type);
}

}  // namespace

std::string unit_text(const Type& type) {
  if (type.base == Base::duration) return "months";
  if (type.base == Base::days) return "days";
  if (type.base != Base::number || type.conversion) return "";
  std::string out;
  switch (type.unit) {
    case Unit::none: break;
    case Unit::money: out = "USD"; break;
    case Unit::hours: out = "hours"; break;
    case Unit::nights: out = "nights"; break;
  }
  return out.append(period_words[at(static_cast<int>(type.per))]);
}

std::string number_text(const Number& number, const Type& type) {
  if (type.base == Base::date) return to_text(date_of(floor_of(number)));
  if (type.base == Base::month) return to_text(Month{static_cast<std::int32_t>(floor_of(number))});
  return to_text(number);
}

Value shown_number(const Number& number, const Type& type) {
  Value out;
  out.kind = kind_of(type);
  out.text = number_text(number, type);
  out.unit = unit_text(type);
  return out;
}

std::optional<std::string> integer_text(std::int64_t value, std::int64_t denominator, const Type& type) {
  if (type.base != Base::date && type.base != Base::month) return plain_decimal(value, denominator);
  if (denominator != 1) return std::nullopt;
  return type.base == Base::date ? to_text(date_of(value)) : to_text(Month{static_cast<std::int32_t>(value)});
}

std::optional<Value> shown_integer(std::int64_t value, std::int64_t denominator, const Type& type) {
  std::optional<std::string> text = integer_text(value, denominator, type);
  if (!text) return std::nullopt;
  Value out;
  out.kind = kind_of(type);
  out.text = std::move(*text);
  out.unit = unit_text(type);
  return out;
}

TruthValue Readings::truth(NodeId id, std::int32_t row) const {
  if (!is_bare_constant(id)) return values_.truth(id, row);
  return {node(id).k != 0, node(id).k == 0, false};
}

bool Readings::surely(NodeId id, std::int32_t row) const {
  const TruthValue t = truth(id, row);
  return t.may_be_true && !t.may_be_false && !t.may_be_undefined;
}

bool Readings::surely_not(NodeId id, std::int32_t row) const {
  const TruthValue t = truth(id, row);
  return t.may_be_false && !t.may_be_true && !t.may_be_undefined;
}

NumberValue Readings::number(NodeId id, std::int32_t row) const {
  if (!is_bare_constant(id)) return values_.number(id, row);
  const PlanNode& n = node(id);
  const Number value = n.lane == Lane::i64 ? Number(n.low, n.denominator) : n.exact_low;
  return {value, value, false, true};
}

std::optional<std::int64_t> Readings::known_integer(NodeId id, std::int32_t row) const {
  const PlanNode& n = node(id);
  if (n.shape != Shape::number || n.lane != Lane::i64) return std::nullopt;
  if (is_bare_constant(id)) return n.low;
  const Column& column = values_.column(id);
  if (column.undefined != nullptr && values_.may_be_undefined(id, row)) return std::nullopt;
  const std::int64_t low = static_cast<const std::int64_t*>(column.a)[row];
  if (column.a != column.b && static_cast<const std::int64_t*>(column.b)[row] != low) return std::nullopt;
  return low;
}

std::optional<std::pair<std::int64_t, std::int64_t>> Readings::whole_range(NodeId id, std::int32_t row) const {
  const PlanNode& n = node(id);
  if (n.shape != Shape::number || n.lane != Lane::i64 || n.denominator != 1) return std::nullopt;
  if (is_bare_constant(id)) return std::pair{n.low, n.low};
  const Column& column = values_.column(id);
  if (column.undefined != nullptr && values_.may_be_undefined(id, row)) return std::nullopt;
  return std::pair{static_cast<const std::int64_t*>(column.a)[row], static_cast<const std::int64_t*>(column.b)[row]};
}

std::uint64_t Readings::possible_words(NodeId id, std::int32_t row) const {
  return is_bare_constant(id) ? node(id).bits : values_.possible_words(id, row);
}

bool Readings::surely_in(NodeId id, std::int32_t row, int item) const { return !is_bare_constant(id) && values_.surely_in(id, row, item); }
bool Readings::possibly_in(NodeId id, std::int32_t row, int item) const { return !is_bare_constant(id) && values_.possibly_in(id, row, item); }

bool Readings::surely_undefined(NodeId id, std::int32_t row) const {
  if (is_bare_constant(id)) return false;
  if (!values_.may_be_undefined(id, row)) return false;
  if (node(id).shape != Shape::truth) return !values_.may_be_defined(id, row);
  const TruthValue t = values_.truth(id, row);
  return !t.may_be_true && !t.may_be_false;
}

bool Readings::is_open(NodeId id, std::int32_t row, int item) const {
  if (is_bare_constant(id)) return false;
  if (values_.may_be_undefined(id, row)) return !surely_undefined(id, row);
  if (item != whole_set && node(id).shape == Shape::set) return values_.possibly_in(id, row, item) && !values_.surely_in(id, row, item);
  return !values_.is_settled(id, row);
}

KnownEnds::Which Readings::known_ends(NodeId id, std::int32_t row) const {
  if (is_bare_constant(id)) return {true, true};
  if (known_ends_ == nullptr) known_ends_ = std::make_unique<const KnownEnds>(index_, values_);
  return known_ends_->of(id, row);
}

Value Readings::number_value(NodeId id, std::int32_t row, const Type& type) const {
  if (const auto known = values_.known_ratio(id, row))
    if (auto shown = shown_integer(known->first, known->second, type)) return std::move(*shown);
  Value out;
  out.unit = unit_text(type);
  if (const auto ends = values_.ends(id, row);
      ends && type.base != Base::date && type.base != Base::month && (ends->may_be_undefined || ends->low != ends->high)) {
    auto low = plain_decimal(ends->low, ends->over);
    auto high = plain_decimal(ends->high, ends->over);
    if (low && high) {
      const KnownEnds::Which known = known_ends(id, row);
      if (is_no_more_than_a_sign(known, ends->low == 0)) return out;
      if (known.low) out.low = std::move(*low);
      if (known.high) out.high = std::move(*high);
      return out;
    }
  }
  const NumberValue n = number(id, row);
  if (!n.may_be_undefined && n.low == n.high) return shown_number(n.low, type);
  if (n.may_be_defined) show_range(n, known_ends(id, row), type, out);
  return out;
}

Value Readings::code_value(NodeId id, std::int32_t row, const CodeList& list) const {
  const std::uint64_t words = possible_words(id, row);
  if (!std::has_single_bit(words) || is_open(id, row)) return {};
  const auto word = at(std::countr_zero(words));
  Value out;
  out.kind = Value::Kind::code;
  out.text = list.words[word];
  out.label = list.labels[word];
  return out;
}

Value Readings::long_code_value(NodeId id, std::int32_t row, const CodeList& list) const {
  const NumberValue n = number(id, row);
  if (n.may_be_undefined || n.low != n.high) return {};
  const auto word = static_cast<std::size_t>(floor_of(n.low));
  Value out;
  out.kind = Value::Kind::code;
  out.text = list.words[word];
  out.label = list.labels[word];
  return out;
}

Value Readings::set_value(NodeId id, std::int32_t row, Value::Kind kind, std::size_t size, const std::vector<std::string>& names) const {
  Value out;
  out.kind = kind;
  for (std::size_t i = 0; i < size; ++i) {
    const int item = static_cast<int>(i);
    if (!possibly_in(id, row, item)) continue;
    if (!surely_in(id, row, item)) return {};
    if (!out.text.empty()) out.text += ' ';
    out.text += i < names.size() ? names[i] : std::to_string(i + 1);
  }
  return out;
}

/// Bit k of a set of months is the month k before the benefit month.
std::vector<std::string> Readings::months_of_window(NodeId id, std::int32_t row) const {
  std::vector<std::string> out;
  const auto fact = d_.request_facts.find("benefit_month");
  const std::int32_t* households = values_.rows(node(id).level).household;
  if (fact == d_.request_facts.end() || households == nullptr) return out;
  const FactColumn& column = values_.facts().facts[at(fact->second)];
  const auto household = at(values_.first_household() + households[row]);
  const int window = node(id).words * 64;
  for (int back = 0; back < window; ++back) out.push_back(to_text(Month{static_cast<std::int32_t>(column.low[household]) - back}));
  return out;
}

Value Readings::value(NodeId id, std::int32_t row, const Type& type, const PeopleNames& people) const {
  if (id == no_node || surely_undefined(id, row)) return {};
  const PlanNode& n = node(id);
  switch (n.shape) {
    case Shape::truth: {
      const TruthValue t = truth(id, row);
      if (t.may_be_undefined || t.may_be_true == t.may_be_false) return {};
      Value out;
      out.kind = Value::Kind::boolean;
      out.text = t.may_be_true ? "true" : "false";
      return out;
    }
    case Shape::number: return type.base == Base::code ? long_code_value(id, row, d_.lists[at(type.list)]) : number_value(id, row, type);
    case Shape::code: return code_value(id, row, d_.lists[at(type.list)]);
    case Shape::set: {
      if (values_.column(id).undefined != nullptr && values_.may_be_undefined(id, row)) return {};
      if (type.base == Base::people) return set_value(id, row, Value::Kind::people, people.size(), people);
      if (type.base == Base::months) {
        const std::vector<std::string> months = months_of_window(id, row);
        return set_value(id, row, Value::Kind::months, months.size(), months);
      }
      const CodeList& list = d_.lists[at(type.list)];
      return set_value(id, row, Value::Kind::codes, list.words.size(), list.words);
    }
  }
  return {};
}

}  // namespace duly
