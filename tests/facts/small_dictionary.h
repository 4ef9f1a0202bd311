#pragma once

// A small dictionary made by hand, and documents read against it, shown as people would write them.

#include <gmock/gmock.h>

#include "facts/household.h"

namespace duly::testing_facts {

/// Facts, records and rules of every kind a document can speak of.
const Declarations& small_dictionary();
const DictionaryIndex& small_index();
FactId fact_id(const std::string& name);  ///< `rent_paid`, `income.amount`
RuleId rule_id(const std::string& name);

inline constexpr ReadOptions as_case{true};

Result<Household> read(const std::string& text, const ReadOptions& options = {}, const RequestOverrides& request = {});
/// A document that must be sound.
Household sound(const std::string& text, const ReadOptions& options = {}, const RequestOverrides& request = {});
std::vector<Diagnostic> errors_of(const std::string& text, const ReadOptions& options = {}, const RequestOverrides& request = {});

/// The value of a row: `169700`, `0..2000000`, `yes`, `yes or no`, `wages or tips`, `{ana}`, `{ana} maybe {leo}`, `none`, `none or 0..500`.
std::string show(const FactTable& table, const std::string& fact, std::size_t row = 0);
inline std::string show(const Household& household, const std::string& fact, std::size_t row = 0) { return show(household.table, fact, row); }
bool is_closed(const FactTable& table, const std::string& record, std::size_t owner = 0);
std::size_t row_count(const FactTable& table, const std::string& level);

MATCHER_P2(Complaint, code, part, "is " + code_text(code) + " with `" + std::string(part) + "`") {
  *result_listener << to_text(arg);
  return arg.code == code && (arg.message + " | " + arg.help).find(part) != std::string::npos;
}
/// Exactly one mistake, of `code`, which says `part` in its message or help.
#define EXPECT_ONE_ERROR(errors, code, part) EXPECT_THAT(errors, ::testing::ElementsAre(Complaint(code, part)))

}  // namespace duly::testing_facts
