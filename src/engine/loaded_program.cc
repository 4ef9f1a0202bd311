#include "engine/loaded_program.h"

#include <algorithm>

#include "check/facts_read.h"
#include "check/program_from_declarations.h"
#include "compile/bounds.h"
#include "determine/bulk_decisions.h"
#include "determine/readings.h"
#include "resolve/declarations_from_modules.h"

namespace duly {
namespace {

std::vector<Type> types_of_rules(const CheckedProgram& program) {
  std::vector<Type> types;
  for (const auto& rule : program.rules) types.push_back(rule.type);
  return types;
}

}  // namespace

LoadedProgram::LoadedProgram(std::shared_ptr<const CheckedProgram> program)
    : program_(std::move(program)),
      index_(*program_->declarations, types_of_rules(*program_)),
      notices_(program_->declarations->notices),
      facts_read_(facts_read_by(*program_)) {}

Result<std::shared_ptr<const LoadedProgram>> LoadedProgram::load(const RuleFiles& files, const std::string& id) {
  const auto declarations = declarations_from_modules(files, id);
  if (!declarations) return declarations.errors();
  const auto program = program_from_declarations(*declarations);
  if (!program) return program.errors();
  if (auto outside = rules_outside_bounds(*program); !outside.empty()) return outside;
  auto loaded = std::make_shared<const LoadedProgram>(*program);
  if (!loaded->index().mistakes().empty()) return loaded->index().mistakes();
  if (!loaded->notices().mistakes().empty()) return loaded->notices().mistakes();
  return loaded;
}

Result<std::shared_ptr<const Plan>> LoadedProgram::plan(Date law_date, std::vector<RuleId> stated) const {
  const auto ready = ready_plan(law_date, std::move(stated));
  if (!ready) return ready.errors();
  return (*ready)->plan;
}

Result<std::shared_ptr<const ReadyPlan>> LoadedProgram::ready_plan(Date law_date, std::vector<RuleId> stated, PlanUse use) const {
  std::sort(stated.begin(), stated.end());
  stated.erase(std::unique(stated.begin(), stated.end()), stated.end());
  const std::scoped_lock lock(mutex_);
  for (const auto& known : plans_)
    if (known.from <= law_date && law_date < known.until && known.use == use && known.stated == stated) return known.ready;
  CompileOptions options;
  options.stated = stated;
  if (use == PlanUse::bulk) options.also = terms_read_in_bulk(*program_);
  else
    for (const auto& rule : program_->rules)
      if (rule.term != no_term) options.also.push_back(rule.term);
  const auto plan = plan_from_program(program_, law_date, options);
  if (!plan) return plan.errors();
  auto ready = std::make_shared<const ReadyPlan>(*plan);
  plans_.push_back({(*plan)->law_date, (*plan)->law_until, std::move(stated), use, ready});
  return ready;
}

std::vector<Diagnostic> LoadedProgram::not_covered(Date law_date) const {
  const ProgramDecl& program = declarations().program;
  const Month month = month_of(law_date);
  const bool early = program.covered_from && month < *program.covered_from;
  const bool late = program.covered_until && *program.covered_until < month;
  if (!early && !late) return {};
  Diagnostic d;
  d.code = Code::no_rules_in_force;
  d.message = "`" + program.id + "` has no rules for " + to_text(month);
  d.help = "its rules cover " + to_text(*program.covered_from) + (program.covered_until ? " to " + to_text(*program.covered_until) : " onward");
  return {d};
}

std::vector<Diagnostic> LoadedProgram::after_last_check(Date law_date) const {
  const ProgramDecl& program = declarations().program;
  const Month month = month_of(law_date);
  if (!program.last_checked || month <= month_of(*program.last_checked)) return {};
  Diagnostic d;
  d.code = Code::after_last_check;
  d.severity = Severity::warning;
  d.message = "the rules of `" + program.id + "` were last checked on " + to_text(*program.last_checked) + ", before " + to_text(month) + " began";
  d.help = "a figure announced since may be missing: check the rules against their sources, then set their `last_checked`";
  return {d};
}

std::string LoadedProgram::benefit() const {
  const std::vector<CheckedOutput>& outputs = program().outputs;
  if (outputs.empty()) return "";
  const auto first = static_cast<std::size_t>(outputs.front().rule);
  const Type& type = program().rules[first].type;
  return type.base == Base::number && type.unit == Unit::money ? declarations().rules[first].name : "";
}

std::string LoadedProgram::benefit_unit() const {
  return benefit().empty() ? "" : unit_text(program().rules[static_cast<std::size_t>(program().outputs.front().rule)].type);
}

}  // namespace duly
