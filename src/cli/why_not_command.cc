// duly why-not: what would make somebody eligible who is not.

#include <iostream>

#include "cli/inputs.h"
#include "duly/what_if.h"

namespace duly::cli {
namespace {

struct WhyNotOptions {
  std::string household, program, rules, month;
  bool json = false;
};

int why_not_command(const WhyNotOptions& options, CommandContext& context) {
  const auto document = read_text(options.household, context);
  if (!document) return report(document.errors(), context);
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  Request request;
  if (!options.month.empty()) request.benefit_month = options.month;
  const auto answer = why_not(*rules, options.program, *document, request);
  if (!answer) return report(in_document(answer.errors(), options.household), context);
  if (options.json) {
    context.out << to_json(*answer) << '\n';
    return clean;
  }
  context.out << to_text(*answer, {context.width, context.color});
  return report(in_document(answer->warnings, options.household), context);
}

constexpr const char* why_not_examples =
    "  duly why-not household.yaml --program PROGRAM\n"
    "Facts are tried one at a time, and where none is enough in pairs. What nobody can change, such as an age, is not tried. Every way that is shown "
    "was\n"
    "written into the document and decided again; of an amount it is the nearest to what it is now, to the cent.";

}  // namespace

void add_why_not_command(Tool& tool) {
  const auto options = std::make_shared<WhyNotOptions>();
  CLI::App& command = tool.add<WhyNotOptions>("why-not", "what would make somebody eligible who is not", why_not_examples, options, why_not_command);
  command.add_option("HOUSEHOLD", options->household, "the household document; - reads standard input")->required()->type_name("");
  command.add_option("--program", options->program, "the program")->required()->type_name("ID");
  command.add_option("--month", options->month, "the benefit month, instead of the document's")->type_name("YYYY-MM");
  command.add_flag("--json", options->json, "as JSON");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
