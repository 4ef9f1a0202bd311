// duly plan: what the rules of a program become before they are evaluated.

#include <iostream>

#include "cli/inputs.h"

namespace duly::cli {
namespace {

struct PlanOptions {
  std::string program;
  std::string month;
  std::string rules;
};

/// The month of the last check, which every program covers, unless one is asked for.
Result<std::string> month_of_plan(const Ruleset& rules, const PlanOptions& options) {
  if (!options.month.empty()) return options.month;
  const auto info = rules.program(options.program);
  if (!info) return info.errors();
  const std::string day = !info->last_checked.empty() ? info->last_checked : info->covered_from;
  if (day.empty()) return mistake(Code::bad_option, "`" + options.program + "` does not say which months it covers", "name one with --month");
  return day.substr(0, std::string_view("YYYY-MM").size());
}

int plan(const PlanOptions& options, CommandContext& context) {
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  const auto month = month_of_plan(*rules, options);
  if (!month) return report(month.errors(), context);
  const auto text = rules->plan_text(options.program, *month);
  if (!text) return report(text.errors(), context);
  context.out << *text;
  return clean;
}

constexpr const char* plan_examples =
    "One line for each operation in the order of evaluation, with the range it is proven to stay in; the number of operations ends it.\n"
    "  duly plan PROGRAM --month YYYY-MM";

}  // namespace

void add_plan_command(Tool& tool) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App& command = tool.add<PlanOptions>("plan", "show the compiled plan of a program", plan_examples, options, plan);
  command.add_option("PROGRAM", options->program, "id of the program, its folder below the rules")->required()->type_name("");
  command.add_option("--month", options->month, "by the law of this month (else of the month the rules were last checked)")->type_name("YYYY-MM");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
