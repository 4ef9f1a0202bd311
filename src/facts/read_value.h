#pragma once

// The text of a document as the value of a fact. Every scalar is text until its fact says what it is; numbers are read exactly.
//
// Threads: no shared state.

#include <unordered_map>

#include "facts/columns.h"
#include "facts/complaints.h"

namespace duly {

/// A fact with all that reading its values needs, worked out once for a dictionary.
struct FactReading {
  const Fact* fact = nullptr;
  const CodeList* list = nullptr;
  About about;                                                     ///< a field is named with its list: `income.amount`
  ColumnLayout layout;
  std::optional<std::pair<std::int64_t, std::int64_t>> plausible;  ///< over 10^places
  std::string range, plausible_range;                              ///< as people write them, `[0..20000]`
  std::optional<FactValue> presumed;                               ///< `if_not_stated`; a relation's is the empty list
  std::string presumed_text;
  std::unordered_map<std::string_view, int> words;                 ///< of its list, every spelling that is accepted
  /// -1 if it is no word of the list, or there is none.
  [[nodiscard]] int word(std::string_view text) const {
    const auto found = words.find(text);
    return found == words.end() ? -1 : found->second;
  }
};
FactReading fact_reading(const Declarations& declarations, const Fact& fact);

/// How messages name a value: `rent`, `ana.age`, `ana.income[0].amount`.
struct ValueName {
  std::string_view owner{};
  std::string_view list{};
  int item = -1;
  std::string_view key{};
};
std::string to_text(const ValueName& name);

/// A decimal as an integer over 10^places.
enum class DecimalFault : std::uint8_t { none, no_number, too_precise, too_large };
struct Decimal {
  std::int64_t scaled = 0;
  DecimalFault fault = DecimalFault::none;
};
Decimal decimal_from_text(std::string_view text, int places);

/// Splits `520 per week`. The period is empty where none is written.
struct QuantityText {
  std::string_view amount, period;
};
QuantityText quantity_from_text(std::string_view text);

/// Whether `node` is a scalar that says nothing: empty, `~` or a JSON null.
bool says_nothing(const Node& node);

/// Reads everything but sets of people. A value that cannot be read, breaks the range of its fact or is not in its list is told to `complaints`,
/// and there is none; outside what is plausible is told as a warning.
/// An amount per pay period may bring its period along: it is left in `period`, for which null means that it may not.
std::optional<FactValue> read_value(const FactReading& how, const Node& node, const ValueName& name, Complaints& complaints,
                                    std::string_view* period = nullptr);

/// E308 for a word that is not in the list of `how`.
void complain_of_word(const FactReading& how, std::string_view word, const Span& where, const ValueName& name, Complaints& complaints);

/// Birth dates of somebody who has completed `years` on `day`, first and last.
std::pair<Date, Date> born_between(std::int64_t years, Date day);

/// The element `more: unknown` that leaves a list open.
bool is_more_unknown(const Node& node);

}  // namespace duly
