#include "engine/expression_values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace duly {
namespace {

constexpr int significant_digits = 34;  // of IEEE decimal128, which DMN computes with

Number power_of_ten(int exponent) {
  const BigInt power = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(std::abs(exponent)));
  return exponent >= 0 ? Number(power) : Number(BigInt(1), power);
}

/// Digits before the decimal point of |value|; 0 or negative for a value below one, by the zeros behind the point.
int magnitude(const Number& value) {
  const Number size = abs(value);
  const auto digits = static_cast<int>(numerator(size).str().size()) - static_cast<int>(denominator(size).str().size());
  return size >= power_of_ten(digits) ? digits + 1 : digits;
}

}  // namespace

std::string json_text(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

std::string json_number(const Number& value) {
  const auto places = decimal_places(value);
  if (places && *places <= significant_digits) return to_text(value);
  return to_text(round_to(value, power_of_ten(magnitude(value) - significant_digits), RoundMode::half_even));
}

std::string iso_months(const BigInt& months) {
  if (months == 0) return "P0M";
  const BigInt size = abs(months);
  const BigInt years = size / 12;
  const BigInt rest = size % 12;
  std::string out = months < 0 ? "-P" : "P";
  if (years != 0) out += years.str() + "Y";
  if (rest != 0) out += rest.str() + "M";
  return out;
}

std::string iso_days(const BigInt& days) { return (days < 0 ? "-P" : "P") + BigInt(abs(days)).str() + "D"; }

std::string iso_text(const Number& value, const Type& type) {
  const BigInt whole = floor_of(value);
  switch (type.base) {
    case Base::date: return whole > last_date.days ? "never" : to_text(Date{static_cast<std::int32_t>(std::max(whole, BigInt(first_date.days)))});
    case Base::month: return to_text(Month{static_cast<std::int32_t>(whole)});
    case Base::duration: return iso_months(whole);
    case Base::days: return iso_days(whole);
    default: return to_text(value);
  }
}

}  // namespace duly
