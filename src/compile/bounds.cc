#include "compile/bounds.h"

#include <algorithm>

#include "compile/plan_from_program.h"

namespace duly {
namespace {

/// The first days of the stretches of law that reach into the months covered.
std::vector<Date> stretches(const CheckedProgram& program) {
  const ProgramDecl& declared = program.declarations->program;
  const Date first = declared.covered_from ? first_day_of(*declared.covered_from) : first_date;
  const Date last = declared.covered_until ? last_day_of(*declared.covered_until) : last_date;
  std::vector<Date> out{first};
  for (const Date day : law_changes(program))
    if (first < day && day <= last) out.push_back(day);
  return out;
}

const PlanNode* node_of(const Plan& plan, TermId term) {
  const NodeId node = plan.node_of_term[static_cast<std::size_t>(term)];
  return node == no_node ? nullptr : &plan.nodes[static_cast<std::size_t>(node)];
}

bool is_outside(const Bound& bound, const PlanNode& value, const PlanNode& limit) {
  if (value.shape != Shape::number || limit.shape != Shape::number || value.op == PlanOp::undefined || limit.op == PlanOp::undefined) return false;
  return bound.is_highest ? limit.exact_high < value.exact_low : value.exact_high < limit.exact_low;
}

}  // namespace

std::vector<Diagnostic> rules_outside_bounds(const std::shared_ptr<const CheckedProgram>& program) {
  std::vector<Diagnostic> out;
  if (program->bounds.empty()) return out;
  CompileOptions options;
  for (const CheckedBound& checked : program->bounds) options.also.insert(options.also.end(), {checked.value, checked.limit});
  std::vector<bool> told(program->bounds.size(), false);
  for (const Date day : stretches(*program)) {
    const auto plan = plan_from_program(program, day, options);
    if (!plan) return plan.errors();
    for (std::size_t i = 0; i < program->bounds.size(); ++i) {
      const CheckedBound& checked = program->bounds[i];
      const Rule& rule = program->declarations->rules[static_cast<std::size_t>(checked.rule)];
      const Bound& bound = rule.bounds[static_cast<std::size_t>(checked.bound)];
      const PlanNode* value = node_of(**plan, checked.value);
      const PlanNode* limit = node_of(**plan, checked.limit);
      if (told[i] || value == nullptr || limit == nullptr || !is_outside(bound, *value, *limit)) continue;
      told[i] = true;
      out.push_back(diagnostic_at(Code::outside_bound, rule.span,
                                  "`" + rule.name + "` is outside its bound for everybody from " + to_text(day) + ": " +
                                      (bound.is_highest ? "never more than " : "never less than ") + std::string(trim(text_of(bound.span))),
                                  "the bound is set by " + bound.cite));
      out.back().rule = rule.name;
      out.back().cite = rule.cite;
    }
  }
  return out;
}

}  // namespace duly
