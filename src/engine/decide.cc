// One document from its text to determinations.

#include <algorithm>
#include <bit>

#include "base/mistake.h"
#include "determine/determine.h"
#include "determine/terms_at.h"
#include "engine/open_place.h"
#include "engine/pack_picker.h"
#include "explain/explain.h"
#include "facts/bit_rows.h"

namespace duly {
namespace {

std::vector<RuleId> stated_rules(const FactTable& table) {
  std::vector<RuleId> rules;
  for (const auto& column : table.stated) rules.push_back(column.rule);
  return rules;
}

/// Whether nobody gave the fact: a truth or word that is still wholly open.
bool is_open(const Declarations& d, const FilledFact& filled, const FactColumn& column, std::size_t row) {
  const Fact& fact = d.facts[static_cast<std::size_t>(filled.fact)];
  if (fact.type.base == Base::boolean) return has_bit(column.may_be_true, row) && has_bit(column.may_be_false, row);
  return !std::has_single_bit(column.possible[row]);
}

/// Puts what other programs decided where the document says nothing. The decision is the proof.
void fill(const LoadedProgram& program, const std::vector<FilledFact>& filled, Household& household) {
  for (const FilledFact& one : filled) {
    const auto person = std::find(household.people.begin(), household.people.end(), one.person);
    if (person == household.people.end()) continue;
    const auto row = static_cast<std::size_t>(person - household.people.begin());
    FactColumn& column = household.table.facts[static_cast<std::size_t>(one.fact)];
    if (!is_open(program.declarations(), one, column, row)) continue;
    if (column.possible.empty()) {
      give_bit(column.may_be_true, row, one.value != 0);
      give_bit(column.may_be_false, row, one.value == 0);
    } else {
      column.possible[row] = std::uint64_t{1} << one.value;
    }
    if (!column.may_be_absent.empty()) {
      give_bit(column.may_be_absent, row, false);
      give_bit(column.may_be_present, row, true);
    }
    household.evidence.push_back({one.fact, static_cast<std::int32_t>(row), "decided by " + one.by});
  }
}

}  // namespace

Result<Date> law_date_of(const LoadedProgram& program, const FactTable& table) {
  const FactColumn& column = table.facts[static_cast<std::size_t>(program.program().law_date)];
  const bool known = !column.low.empty() && (column.high.empty() || column.low[0] == column.high[0]);
  return law_date_of(program, known ? std::optional(column.low[0]) : std::nullopt);
}

Result<Date> law_date_of(const LoadedProgram& program, std::optional<std::int64_t> value) {
  const Fact& fact = program.declarations().facts[static_cast<std::size_t>(program.program().law_date)];
  if (!value) {
    return mistake(Code::missing_request,
                   "the request does not say `" + fact.name + "`, which picks the law for `" + program.declarations().program.id + "`",
                   "give it in the document, `request: {" + fact.name + ": ...}`, or with the call");
  }
  const auto number = static_cast<std::int32_t>(*value);
  return fact.type.base == Base::month ? first_day_of(Month{number}) : Date{number};
}

namespace {

Diagnostic nobody_is_listed(const Node& document) {
  Diagnostic d = diagnostic_at(Code::document_shape, document.span, "nobody is listed under `people`, so there is nobody to decide",
                               "list who lives together, such as people: {ana: {age: 34}}");
  d.severity = Severity::warning;
  return d;
}

}  // namespace

Result<Decided> decide(std::shared_ptr<const LoadedProgram> program, const Node& document, const RequestOverrides& request,
                       const DecideOptions& options) {
  ReadOptions reading{.allow_assume = options.allow_assume};
  if (options.memory != nullptr) {
    reading.spare = &options.memory->table;
    reading.wanted = &program->facts_read();
  }
  auto household = read_household(program->index(), document, request, reading);
  if (!household) return household.errors();
  fill(*program, options.filled, *household);
  const auto law_date = law_date_of(*program, household->table);
  if (!law_date) return law_date.errors();
  if (auto wrong = program->not_covered(*law_date); !wrong.empty()) return wrong;
  for (auto& warning : program->after_last_check(*law_date)) household->warnings.push_back(std::move(warning));
  const auto ready = program->ready_plan(*law_date, stated_rules(household->table));
  if (!ready) return ready.errors();

  Decided out;
  out.program = std::move(program);
  out.ready = *ready;
  out.household = std::make_unique<Household>(std::move(*household));
  if (options.memory != nullptr) out.values = std::move(options.memory->values);
  evaluate(*out.ready->plan, out.household->table, 0, 1, Keep::everything, out.values);
  out.determinations = determine({out.ready->index, out.values, 0, out.household.get(), options.trials});
  if (out.determinations.empty() && out.household->people.empty()) out.household->warnings.push_back(nobody_is_listed(document));
  for (auto& determination : out.determinations) out.program->notices().write(determination, options.languages);
  return out;
}

Result<Decided> decide(const PackPicker& picker, const Node& document, const RequestOverrides& request, const DecideOptions& options) {
  auto picked = picker.pick(document);
  if (!picked) return picked.errors();
  if (!picked->open.empty()) return pending_on_place(std::move(picked->program), picked->open, document, request, options);
  return decide(std::move(picked->program), document, request, options);
}

Explanation explain(const Decided& decided, std::size_t at) {
  if (!decided.ready) return explain_open_place(decided, decided.determinations[at]);
  return explain({decided.ready->index, decided.values, 0, decided.household.get()}, decided.determinations[at]);
}

namespace {

/// Errors: E206 where the rule has no value of its own.
Result<TermId> term_of_rule(const Decided& decided, const std::string& rule) {
  if (!decided.ready) return mistake(Code::no_such_result, "nothing is computed while the place is open", "");
  const RuleId id = decided.program->index().rule(rule);
  if (id < 0) return mistake(Code::no_such_result, "there is no rule `" + rule + "`", "");
  const TermId term = decided.program->program().rules[static_cast<std::size_t>(id)].term;
  if (term == no_term) return mistake(Code::no_such_result, "`" + rule + "` forms units and has no value of its own", "");
  return term;
}

}  // namespace

Result<std::int32_t> row_of_rule(const Decided& decided, const std::string& rule, const std::string& subject) {
  const auto term = term_of_rule(decided, rule);
  if (!term) return term.errors();
  const Evaluated e(decided.ready->index, decided.values);
  const Labels labels(e, decided.household.get(), 0);
  const LevelId level = decided.program->program().terms[static_cast<std::size_t>(*term)].level;
  const std::int32_t rows = level == household_level || level == world_level ? 1 : e.paths.rows(level).count;
  for (std::int32_t row = 0; row < rows; ++row)
    if (rows == 1 || labels.of(level, row) == subject) return row;
  return mistake(Code::no_such_result, "`" + subject + "` has no value of `" + rule + "`", "name a person, or of a unit its first person");
}

Result<Value> value_of_rule(const Decided& decided, const std::string& rule, const std::string& subject) {
  const auto row = row_of_rule(decided, rule, subject);
  if (!row) return row.errors();
  const Evaluated e(decided.ready->index, decided.values);
  const Labels labels(e, decided.household.get(), 0);
  const auto term = term_of_rule(decided, rule);
  return value_at(e, *term, decided.program->program().terms[static_cast<std::size_t>(*term)].level, *row, labels.people());
}

}  // namespace duly
