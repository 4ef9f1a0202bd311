#include "base/number.h"

#include <array>
#include <limits>

#include "base/text.h"

namespace duly {
namespace {

struct ModeWord {
  RoundMode mode;
  std::string_view word;
};
constexpr std::array<ModeWord, 8> mode_words{{{RoundMode::none, "none"},
                                              {RoundMode::up, "up"},
                                              {RoundMode::down, "down"},
                                              {RoundMode::half_up, "half_up"},
                                              {RoundMode::half_down, "half_down"},
                                              {RoundMode::half_even, "half_even"},
                                              {RoundMode::floor, "floor"},
                                              {RoundMode::ceiling, "ceiling"}}};

constexpr std::size_t longest_number = 200;
constexpr int largest_exponent = 100;

BigInt power_of_ten(int exponent) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent)); }

/// Whether the step above `low` is nearer, for a rest between two neighbours. `twice_rest` is twice the distance from `low`, in steps.
bool tie_or_more_goes_up(const Number& twice_rest, bool tie_goes_up) { return twice_rest > 1 || (twice_rest == 1 && tie_goes_up); }

}  // namespace

std::string_view to_word(RoundMode mode) {
  for (const auto& m : mode_words)
    if (m.mode == mode) return m.word;
  return "none";
}

std::optional<RoundMode> round_mode_from_word(std::string_view word) {
  for (const auto& m : mode_words)
    if (m.word == word) return m.mode;
  return std::nullopt;
}

std::optional<Number> number_from_text(std::string_view text) {
  if (text.empty() || text.size() > longest_number) return std::nullopt;
  std::size_t at = 0;
  const bool negative = text[0] == '-';
  if (negative) at = 1;
  BigInt digits = 0;
  int seen = 0;
  int places = 0;
  for (; at < text.size() && is_digit(text[at]); ++at, ++seen) digits = digits * 10 + (text[at] - '0');
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (at == text.size() || !is_digit(text[at])) return std::nullopt;
    for (; at < text.size() && is_digit(text[at]); ++at, ++seen, ++places) digits = digits * 10 + (text[at] - '0');
  }
  if (seen == 0) return std::nullopt;
  int exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool down = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) down = text[at++] == '-';
    if (at == text.size()) return std::nullopt;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      exponent = exponent * 10 + (text[at] - '0');
      if (exponent > largest_exponent) return std::nullopt;
    }
    if (down) exponent = -exponent;
  }
  if (at != text.size()) return std::nullopt;
  Number value(digits);
  const int shift = exponent - places;
  if (shift > 0) value *= power_of_ten(shift);
  if (shift < 0) value /= power_of_ten(-shift);
  return negative ? Number(-value) : value;
}

std::optional<int> decimal_places(const Number& value) {
  BigInt rest = denominator(value);
  int twos = 0;
  int fives = 0;
  while (rest % 2 == 0) rest /= 2, ++twos;
  while (rest % 5 == 0) rest /= 5, ++fives;
  if (rest != 1) return std::nullopt;
  return twos > fives ? twos : fives;
}

std::string to_text_with_places(const Number& value, int places) {
  const auto needed = decimal_places(value);
  if (!needed || *needed > places) return to_text(value);
  const BigInt scaled = numerator(value) * power_of_ten(places) / denominator(value);
  std::string digits = BigInt(abs(scaled)).str();
  const auto width = static_cast<std::size_t>(places);
  if (digits.size() <= width) digits.insert(0, width + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - width, ".");
  return scaled < 0 ? "-" + digits : digits;
}

std::string to_text(const Number& value) {
  if (const auto places = decimal_places(value)) return to_text_with_places(value, *places);
  return numerator(value).str() + "/" + denominator(value).str();
}

BigInt floor_of(const Number& value) {
  const BigInt& n = numerator(value);
  const BigInt& d = denominator(value);
  BigInt quotient = n / d;  // truncates
  if (n < 0 && quotient * d != n) --quotient;
  return quotient;
}

Number round_to(const Number& value, const Number& step, RoundMode mode) {
  if (mode == RoundMode::none) return value;
  const Number in_steps = value / step;
  const BigInt low = floor_of(in_steps);
  const Number rest = in_steps - low;
  if (rest == 0) return value;
  const bool negative = value < 0;
  const Number twice = rest * 2;
  bool up = false;  // toward plus infinity
  switch (mode) {
    case RoundMode::none: return value;
    case RoundMode::up: up = !negative; break;
    case RoundMode::down: up = negative; break;
    case RoundMode::floor: up = false; break;
    case RoundMode::ceiling: up = true; break;
    case RoundMode::half_up: up = tie_or_more_goes_up(twice, !negative); break;
    case RoundMode::half_down: up = tie_or_more_goes_up(twice, negative); break;
    case RoundMode::half_even: up = tie_or_more_goes_up(twice, BigInt(low % 2) != 0); break;
  }
  return Number(up ? BigInt(low + 1) : low) * step;
}

std::optional<std::int64_t> to_int64(const BigInt& value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace duly
