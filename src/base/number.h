#pragma once

// Exact numbers. Everything the engine computes is a rational; nothing in this project is binary floating point.
// `Number` is the unbounded form, used for constants, proofs and the rare row that leaves machine integers.
// In columns a number is an integer over a denominator known when the plan is built (`compile/plan.h`).
//
// Threads: values are ordinary value types; distinct objects may be used from distinct threads.

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duly {

__extension__ using Int128 = __int128;
using BigInt = boost::multiprecision::cpp_int;
using Number = boost::multiprecision::cpp_rational;

/// How a number leaves the places it cannot keep. As DMN 1.5 defines each: `up` is away from zero, `down` toward zero,
/// and the halves send only the exact tie that way; `floor` and `ceiling` go toward minus and plus infinity.
enum class RoundMode : std::uint8_t { none, up, down, half_up, half_down, half_even, floor, ceiling };

/// The word used for `mode` in rule files, such as "half_up".
std::string_view to_word(RoundMode mode);
std::optional<RoundMode> round_mode_from_word(std::string_view word);

/// Reads a decimal such as `12`, `-3.50`, `.872` or `1.23e4`. No thousands separators, no blanks, no fractions, exponent at most
/// 100 digits either way, at most 200 characters. Nothing is rounded. Empty if `text` is anything else.
std::optional<Number> number_from_text(std::string_view text);

/// `1697.5`, `-0.25`, `12`; a value with no finite decimal as a reduced fraction, `1/3`.
std::string to_text(const Number& value);

/// `value` with exactly `places` decimals if it has at most that many, else as `to_text`.
std::string to_text_with_places(const Number& value, int places);

/// Number of decimals `value` needs, or nothing if it has no finite decimal.
std::optional<int> decimal_places(const Number& value);

/// Greatest integer at or below `value`.
BigInt floor_of(const Number& value);

/// `value` moved to a multiple of `step` (> 0) as `mode` says; `none` returns it as it is.
Number round_to(const Number& value, const Number& step, RoundMode mode);

/// `value` if it fits into 64 bits.
std::optional<std::int64_t> to_int64(const BigInt& value);

}  // namespace duly
