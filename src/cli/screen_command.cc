// duly screen: one household by every program that covers its place and month, in one table.

#include <iostream>

#include "cli/request_options.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct ScreenOptions {
  std::string household;
  std::string rules;
  std::string html;
  RequestOptions request;
  bool json = false;
};

int screen(const ScreenOptions& options, CommandContext& context) {
  const auto document = read_text(options.household, context);
  if (!document) return report(document.errors(), context);
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  const auto screening = rules->screen(*document, request_from(options.request));
  if (!screening) {
    const std::vector<Diagnostic> errors = in_document(screening.errors(), options.household);
    if (options.json) context.out << to_json(Screening{}, errors) << '\n';
    return options.json ? status_after(errors) : report(errors, context);
  }
  if (options.json) context.out << to_json(*screening) << '\n';
  else context.out << to_text(*screening, {context.width, context.color, options.request.language});
  if (!options.html.empty())
    if (const auto failed = write_text(options.html, to_html(*screening, options.request.language))) return report({*failed}, context);
  return options.json ? clean : report(in_document(screening->warnings, options.household), context);
}

constexpr const char* screen_examples =
    "Every program that covers the household's place and month decides, and one may read what another decided before it. Below the table stands\n"
    "what is still to be asked, each question once, what most decisions hang on first; and what is to be proved.\n"
    "  duly screen household.yaml\n"
    "  duly screen household.yaml --html screening.html      also as a page that stands alone\n"
    "Exit status: 0 decided, whatever the outcomes; 2 the document, the request or the rules are bad; 3 the tool failed.";

}  // namespace

void add_screen_command(Tool& tool) {
  const auto options = std::make_shared<ScreenOptions>();
  CLI::App& command = tool.add<ScreenOptions>("screen", "decide a household by every program, in one table", screen_examples, options, screen);
  command.add_option("HOUSEHOLD", options->household, "the household document; - reads standard input")->required()->type_name("");
  command.add_flag("--json", options->json, "as JSON (`duly schema screening`)");
  command.add_option("--html", options->html, "also write it as a page that stands alone")->type_name("FILE");
  add_request_options(command, options->request);
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
