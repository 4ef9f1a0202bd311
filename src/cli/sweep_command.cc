// duly sweep: a household decided along one of its facts, with the cliffs on the way.

#include <algorithm>
#include <iostream>
#include <thread>

#include "cli/inputs.h"
#include "duly/what_if.h"

namespace duly::cli {
namespace {

struct SweepOptions {
  std::string household, rules;
  std::string vary, by;
  std::vector<std::string> programs;
  std::string month;
  std::string least_loss = SweepRequest{}.least_loss;
  std::string csv, svg, html;
  int threads = 0;
  bool json = false;
};

/// `PATH=VALUES`.
Result<Variation> variation_from(const std::string& text, const char* option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return mistake(Code::bad_option, std::string("`") + option + " " + text + "` does not say which values the fact takes",
                   "write the fact, = and its values: people.ana.wages=0..6000:25");
  return Variation{text.substr(0, equals), text.substr(equals + 1)};
}

Result<SweepRequest> request_from(const SweepOptions& options) {
  SweepRequest asked;
  auto vary = variation_from(options.vary, "--vary");
  if (!vary) return vary.errors();
  asked.vary = std::move(*vary);
  if (!options.by.empty()) {
    auto by = variation_from(options.by, "--by");
    if (!by) return by.errors();
    asked.by = std::move(*by);
  }
  asked.programs = options.programs;
  if (!options.month.empty()) asked.request.benefit_month = options.month;
  asked.least_loss = options.least_loss;
  asked.threads = options.threads > 0 ? options.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return asked;
}

int sweep_command(const SweepOptions& options, CommandContext& context) {
  const auto asked = request_from(options);
  if (!asked) return report(asked.errors(), context);
  const auto document = read_text(options.household, context);
  if (!document) return report(document.errors(), context);
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  const auto swept = sweep(*rules, *document, *asked);
  if (!swept) return report(in_document(swept.errors(), options.household), context);
  if (options.json) context.out << to_json(*swept) << '\n';
  else context.out << to_text(*swept, {context.width, context.color});
  if (!options.json) report(in_document(swept->warnings, options.household), context);
  std::vector<Diagnostic> failed;
  const auto write = [&](const std::string& path, const auto& make) {
    if (path.empty()) return;
    if (auto wrong = write_text(path, make(*swept))) failed.push_back(std::move(*wrong));
  };
  write(options.csv, [](const Sweep& s) { return to_csv(s); });
  write(options.svg, [](const Sweep& s) { return to_svg(s); });
  write(options.html, [&](const Sweep& s) { return to_html(s, chart_script(context)); });
  return report(failed, context);
}

constexpr const char* sweep_examples =
    "  duly sweep household.yaml --vary people.ana.income[0].amount=0..6000:250\n"
    "  duly sweep household.yaml --vary rent=0..2000:100 --by pays_heating_or_cooling=yes,no --program PROGRAM --html rent.html\n"
    "The table has one line a step; between the steps every cent (every smallest step of the fact) is decided as well, so that no cliff hides. A "
    "cliff is\n"
    "where the net falls, or somebody is no longer eligible, as the fact rises; each is told with the rule that causes it. docs/policy_staff.md has "
    "examples.";

}  // namespace

void add_sweep_command(Tool& tool) {
  const auto options = std::make_shared<SweepOptions>();
  CLI::App& command =
      tool.add<SweepOptions>("sweep", "decide a household along one of its facts, and find the cliffs", sweep_examples, options, sweep_command);
  command.add_option("HOUSEHOLD", options->household, "the household document; - reads standard input")->required()->type_name("");
  command.add_option("--vary", options->vary, "the fact and its values: first..last:step, or values with commas")
      ->required()
      ->type_name("PATH=VALUES");
  command.add_option("--by", options->by, "a second fact: everything once more for each of its values")->type_name("PATH=VALUES");
  command.add_option("--program", options->programs, "by these programs (else by all that cover its place and month)")->type_name("ID");
  command.add_option("--month", options->month, "the benefit month, instead of the document's")->type_name("YYYY-MM");
  command.add_option("--least-loss", options->least_loss, "falls of the net of fewer dollars a month are counted, not listed")
      ->capture_default_str()
      ->type_name("USD");
  command.add_flag("--json", options->json, "as JSON");
  command.add_option("--csv", options->csv, "also write the table")->type_name("FILE");
  command.add_option("--svg", options->svg, "also write the chart")->type_name("FILE");
  command.add_option("--html", options->html, "also write a page that stands alone, with chart and table")->type_name("FILE");
  command.add_option("--threads", options->threads, "most threads at once (else as many as the machine has)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
