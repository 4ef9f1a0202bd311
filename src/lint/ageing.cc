#include "lint/ageing.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace duly {
namespace {

Diagnostic warning(Code code, const Span& where, std::string message, std::string help) {
  Diagnostic d = diagnostic_at(code, where, std::move(message), std::move(help));
  d.severity = Severity::warning;
  return d;
}

std::string months_text(int months) { return months == 1 ? "a month" : std::to_string(months) + " months"; }

bool same_pattern(const KeyPattern& a, const KeyPattern& b) { return a.kind == b.kind && a.word == b.word && a.low == b.low && a.high == b.high; }

bool same_keys(const ParameterRow& a, const ParameterRow& b) {
  return std::equal(a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(), same_pattern);
}

/// The rows that no later row of the same keys follows.
std::vector<const ParameterRow*> last_rows(const Parameter& parameter) {
  std::vector<const ParameterRow*> out;
  for (const ParameterRow& row : parameter.rows) {
    const auto known = std::find_if(out.begin(), out.end(), [&](const ParameterRow* other) { return same_keys(*other, row); });
    if (known == out.end()) out.push_back(&row);
    else if ((*known)->from < row.from) *known = &row;
  }
  return out;
}

/// Whether four digits stand together that can be a year.
bool names_a_year(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::string_view digits = text.substr(i, end - i);
    if (digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"))) return true;
    i = std::max(end, i + 1);
  }
  return false;
}

}  // namespace

void find_due_program(const Declarations& declarations, const LintOptions& options, std::vector<Diagnostic>& found) {
  const ProgramDecl& program = declarations.program;
  if (!program.last_checked) {
    found.push_back(warning(Code::check_overdue, program.span, "`" + program.id + "` does not say when its rules were last checked",
                            "check them against their sources and write last_checked: YYYY-MM-DD"));
  } else if (plus_months(*program.last_checked, options.checked_months) < options.today) {
    found.push_back(warning(Code::check_overdue, program.span,
                            "the rules of `" + program.id + "` were last checked on " + to_text(*program.last_checked) + ", more than " +
                                months_text(options.checked_months) + " ago",
                            "check them against their sources, then set `last_checked`"));
  }
  if (!program.covered_until) return;
  const Date end = last_day_of(*program.covered_until);
  if (plus_months(options.today, options.within_months) < end) return;
  const bool is_over = end < options.today;
  found.push_back(
      warning(Code::coverage_ends, program.span,
              "`" + program.id + "` " + (is_over ? "covered no month after " : "covers no month after ") + to_text(*program.covered_until),
              "whoever asks for a later month is refused (E201): add the figures of the next months, then move `coverage`"));
}

void find_due_values(const Declarations& declarations, const LintOptions& options, std::vector<Diagnostic>& found) {
  const Date checked = declarations.program.last_checked.value_or(first_date);
  const Date horizon = plus_months(options.today, options.within_months);
  for (const Parameter& parameter : declarations.parameters) {
    const ParameterRow* first = nullptr;
    std::size_t due = 0;
    const std::vector<const ParameterRow*> last = last_rows(parameter);
    for (const ParameterRow* row : last) {
      const bool falls_due = row->state != ParameterRow::State::gap && checked < row->until && row->until <= horizon;
      if (!falls_due) continue;
      ++due;
      if (first == nullptr || row->until < first->until) first = row;
    }
    if (first == nullptr) continue;
    const std::string which = due == 1 && last.size() == 1 ? "" : ", " + std::to_string(due) + " of its " + std::to_string(last.size()) + " rows";
    found.push_back(warning(Code::value_overdue, first->span, "`" + parameter.name + "` has no value from " + to_text(first->until) + which,
                            "add the new value with its day and source; until then what needs it is pending"));
  }
}

void find_undated_sources(const Declarations& declarations, std::vector<Diagnostic>& found) {
  for (const Parameter& parameter : declarations.parameters) {
    std::set<int> told;
    for (const ParameterRow& row : parameter.rows) {
      // What is official stands in the law, which `from` dates; what is computed rests on other figures.
      const bool was_read = row.confidence != Confidence::official && row.confidence != Confidence::computed && row.state != ParameterRow::State::gap;
      if (!was_read || row.source < 0) continue;
      const std::string& source = parameter.sources[static_cast<std::size_t>(row.source)];
      if (names_a_year(source) || !told.insert(row.source).second) continue;
      found.push_back(
          warning(Code::undated_source, row.span, "the source of `" + parameter.name + "` has no date: " + source,
                  "say when it was published or read, such as `, read 1 March` with the year, so that the next reader knows how old it is"));
    }
  }
}

}  // namespace duly
