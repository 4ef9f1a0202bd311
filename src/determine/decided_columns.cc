#include "determine/decided_columns.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace duly {
namespace {

constexpr std::string_view gap = "gap: ";

void add_words(TextColumn& column, const std::vector<std::string>& words) {
  for (const std::string& word : words) column.grow_word(word);
  column.close();
}

}  // namespace

void TextColumn::add(std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  add(std::string_view(digits.data(), static_cast<std::size_t>(end.ptr - digits.data())));
}

void append(DecidedColumns& columns, std::int32_t household, const Determination& d, const std::vector<std::string>& outputs) {
  columns.outputs.resize(outputs.size());
  columns.household.push_back(household);
  columns.outcome.push_back(d.outcome);
  columns.subject.add(d.subject.key);
  add_words(columns.people, d.subject.people);
  add_words(columns.members, d.subject.members);
  columns.scope.add(d.scope);
  columns.remedy.add(d.remedy);
  columns.benefit_month.add(d.benefit_month);
  for (const Reason& reason : d.reasons) columns.reasons.grow_word(reason.code);
  for (const Diagnostic& error : d.errors) columns.reasons.grow_word(code_text(error.code));
  columns.reasons.close();
  for (const MissingFact& fact : d.missing) {
    columns.missing.grow_word(fact.of);
    if (!fact.of.empty()) columns.missing.grow(".");
    columns.missing.grow(fact.fact.starts_with(gap) ? "gap:" + fact.fact.substr(gap.size()) : fact.fact);
  }
  columns.missing.close();
  columns.missing_is_exact.push_back(d.missing_is_exact ? 1 : 0);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto found = std::find_if(d.outputs.begin(), d.outputs.end(), [&](const NamedValue& output) { return output.name == outputs[i]; });
    columns.outputs[i].add(found == d.outputs.end() ? Value{} : found->value);
  }
}

void append_row(DecidedColumns& columns, std::int32_t household, const DecidedColumns& from, std::size_t row) {
  columns.outputs.resize(from.outputs.size());
  columns.household.push_back(household);
  columns.outcome.push_back(from.outcome[row]);
  for (TextColumn DecidedColumns::* text :
       {&DecidedColumns::subject, &DecidedColumns::people, &DecidedColumns::members, &DecidedColumns::scope, &DecidedColumns::remedy,
        &DecidedColumns::benefit_month, &DecidedColumns::reasons, &DecidedColumns::missing})
    (columns.*text).add((from.*text)[row]);
  columns.missing_is_exact.push_back(from.missing_is_exact[row]);
  for (std::size_t i = 0; i < from.outputs.size(); ++i) {
    columns.outputs[i].text.add(from.outputs[i].text[row]);
    columns.outputs[i].low.add(from.outputs[i].low[row]);
    columns.outputs[i].high.add(from.outputs[i].high[row]);
  }
}

std::vector<std::size_t> rows_by_household(const DecidedColumns& columns) {
  std::vector<std::size_t> out(columns.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return columns.household[a] < columns.household[b]; });
  return out;
}

DecidedColumns sorted_by_household(DecidedColumns columns) {
  if (std::is_sorted(columns.household.begin(), columns.household.end())) return columns;
  DecidedColumns out;
  for (const std::size_t row : rows_by_household(columns)) append_row(out, columns.household[row], columns, row);
  return out;
}

}  // namespace duly
