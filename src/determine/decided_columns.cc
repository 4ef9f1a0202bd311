#include "determine/decided_columns.h"

namespace duly {
namespace {

constexpr std::string_view gap = "gap: ";

void add_words(TextColumn& column, const std::vector<std::string>& words) {
  for (const std::string& word : words) column.grow_word(word);
  column.close();
}

}  // namespace

void append(DecidedColumns& columns, std::int32_t household, const Determination& d) {
  columns.outputs.resize(d.outputs.size());
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
  for (std::size_t i = 0; i < d.outputs.size(); ++i) columns.outputs[i].add(d.outputs[i].value);
}

void append_row(DecidedColumns& columns, std::int32_t household, const DecidedColumns& from, std::size_t row) {
  columns.outputs.resize(from.outputs.size());
  columns.household.push_back(household);
  columns.outcome.push_back(from.outcome[row]);
  for (TextColumn DecidedColumns::* text : {&DecidedColumns::subject, &DecidedColumns::people, &DecidedColumns::members, &DecidedColumns::scope,
                                            &DecidedColumns::remedy, &DecidedColumns::benefit_month, &DecidedColumns::reasons,
                                            &DecidedColumns::missing})
    (columns.*text).add((from.*text)[row]);
  columns.missing_is_exact.push_back(from.missing_is_exact[row]);
  for (std::size_t i = 0; i < from.outputs.size(); ++i) {
    columns.outputs[i].text.add(from.outputs[i].text[row]);
    columns.outputs[i].low.add(from.outputs[i].low[row]);
    columns.outputs[i].high.add(from.outputs[i].high[row]);
  }
}

}  // namespace duly
