#pragma once

// One value of a rule as a document gives it, read by the type of the rule.
//
// Threads: pure functions.

#include "facts/read_value.h"

namespace duly {

/// Truths are 0 or 1, codes the word's index, dates days, months their index.
struct StatedCell {
  DecimalFault fault = DecimalFault::none;  ///< `no_number` for any text that is no value
  ColumnShape shape = ColumnShape::number;
  int places = 0;                           ///< decimals of a number: its column has exactly so many, and plans provide for them
  bool absent = false;
  std::int64_t low = 0, high = 0;           ///< over 10^places
};

StatedCell read_stated(const Declarations& declarations, const Type& type, std::string_view text);
/// For a rule whose type is not known: what the text looks like. A word must stand in one list only.
StatedCell read_stated_literal(const Declarations& declarations, std::string_view text);
/// "write a whole number", for messages.
std::string what_can_be_stated(const Type& type);

/// What a stated number can be: the range of its rule, or a billion either way.
std::pair<Number, Number> stated_range(const Rule& rule);
bool is_in_stated_range(const Rule& rule, const StatedCell& cell);

std::int64_t power_of_ten(int places);

}  // namespace duly
