// duly interview: asks for a household, one question at a time, and decides it.

#include <chrono>
#include <iostream>

#include "cli/interview.h"
#include "cli/request_options.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct InterviewOptions {
  std::string program;
  std::string rules;
  std::string out = "household.yaml";
  RequestOptions request;
};

/// Today in UTC, as YYYY-MM-DD. Only the tool looks at a clock.
std::string today() {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
  std::string out = std::to_string(static_cast<int>(day.year()));
  for (const unsigned part : {static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())})
    out.append(part < 10 ? "-0" : "-").append(std::to_string(part));
  return out;
}

int interview(const InterviewOptions& options, CommandContext& context) {
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  Request request = request_from(options.request);
  if (!request.decided) request.decided = today();
  if (!request.benefit_month) request.benefit_month = request.decided->substr(0, 7);
  if (!request.applied) request.applied = request.decided;
  if (!request.occasion) request.occasion = "application";
  Interview conversation(*rules, request, options.program, context);
  const auto screening = conversation.run();
  if (!screening) return report(screening.errors(), context);
  nlohmann::ordered_json document = conversation.document();
  document["request"] = {
      {"benefit_month", *request.benefit_month}, {"decided", *request.decided}, {"applied", *request.applied}, {"occasion", *request.occasion}};
  if (!document.contains("people")) return clean;  // nobody was named: nothing to keep
  context.out << '\n' << to_text(*screening, {context.width, context.color, options.request.language});
  if (const auto failed = write_text(options.out, to_yaml(document))) return report({*failed}, context);
  context.out << "\nThe household is kept in " << options.out << ".\n";
  return clean;
}

constexpr const char* interview_examples =
    "Always asks what most decisions hang on, in plain words, and passes over what no longer matters. `?` or an empty line says that it is not "
    "known,\n"
    "`back` takes the last answer back, `quit` ends early. At the end stands the table of `duly screen`, and the household is kept as a document.\n"
    "  duly interview\n"
    "  duly interview --program PROGRAM --out family.yaml\n"
    "The day of the decision and of the application are today unless --decided and --applied say otherwise.";

}  // namespace

void add_interview_command(Tool& tool) {
  const auto options = std::make_shared<InterviewOptions>();
  CLI::App& command =
      tool.add<InterviewOptions>("interview", "ask for a household, question by question, and decide it", interview_examples, options, interview);
  command.add_option("--program", options->program, "for this program only, and those it reads")->type_name("ID");
  command.add_option("--out", options->out, "where the household is kept")->capture_default_str()->type_name("FILE");
  add_request_options(command, options->request);
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
