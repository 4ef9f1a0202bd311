#pragma once

// Values of expressions as JSON and as people read them: numbers, and what ISO 8601 writes.

#include "resolve/declarations.h"

namespace duly {

/// A JSON text with its quotes.
std::string json_text(std::string_view text);

/// A number as JSON: every digit where it has a finite decimal of at most 34 decimals, else rounded half to even to 34 significant digits.
std::string json_number(const Number& value);

/// `P1Y2M` of 14 months, `-P3M`, `P0M`.
std::string iso_months(const BigInt& months);
/// `P10D`, `-P1D`, `P0D`.
std::string iso_days(const BigInt& days);

/// How a known number of `type` (a date, month or duration is a number too) is written: bare, without quotes.
std::string iso_text(const Number& value, const Type& type);

}  // namespace duly
