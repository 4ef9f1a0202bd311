// duly explain: a household of a run, by the rules the run was made with.

#include <filesystem>
#include <iostream>

#include "batch/household_of_run.h"
#include "batch/rules_bundle.h"
#include "cli/inputs.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct ExplainOptions {
  std::string results, key, input, html;
  std::string language = "en";
  bool json = false;
};

Result<std::vector<Explanation>> explain_household(const ExplainOptions& options, CommandContext& context) {
  auto manifest = read_manifest(options.results);
  if (!manifest) return manifest.errors();
  if (!options.input.empty()) manifest->run.input = options.input;
  const auto bundle = read_text((std::filesystem::path(options.results) / rules_name).string(), context);
  if (!bundle) return bundle.errors();
  auto texts = texts_of_bundle(*bundle);
  if (!texts) return texts.errors();
  const auto rules = Ruleset::from_texts(std::move(*texts));
  if (!rules) return rules.errors();
  const auto info = rules->program(manifest->run.program);
  if (!info) return info.errors();
  if (info->rules_hash != manifest->run.rules)
    return mistake(Code::cannot_read, "the bundle of rules in `" + options.results + "` is not the one the run was made with");
  const auto document = household_of_run(*manifest, rules->state(), options.key);
  if (!document) return document.errors();
  Request request = request_of(*manifest);
  request.languages = {options.language};
  return rules->explain(manifest->run.program, *document, request);
}

int explain(const ExplainOptions& options, CommandContext& context) {
  const auto explained = explain_household(options, context);
  if (!explained) return report(explained.errors(), context);
  if (options.json) {
    context.out << to_json(*explained) << '\n';
  } else {
    bool first = true;
    for (const Explanation& one : *explained) {
      context.out << (first ? "" : "\n") << to_text(one, {context.width, context.color, options.language});
      first = false;
    }
  }
  if (options.html.empty()) return clean;
  const auto failed = write_text(options.html, to_html(*explained));
  return failed ? report({*failed}, context) : clean;
}

constexpr const char* explain_examples =
    "  duly explain --run results/ --key H7            as `duly determine --explain` would have shown it\n"
    "The rules are those stored with the results; the household is read again from the caseload.";

}  // namespace

void add_explain_command(Tool& tool) {
  const auto options = std::make_shared<ExplainOptions>();
  CLI::App& command = tool.add<ExplainOptions>("explain", "explain a household of a run", explain_examples, options, explain);
  command.add_option("--run", options->results, "the results of `duly batch`")->required()->type_name("DIR");
  command.add_option("--key", options->key, "what the household goes by")->required()->type_name("KEY");
  command.add_option("--in", options->input, "the caseload, where it is not any more where it was")->type_name("PATH");
  command.add_flag("--json", options->json, "as JSON");
  command.add_option("--html", options->html, "also write a page that stands alone")->type_name("FILE");
  command.add_option("--language", options->language, "of the sentences")->type_name("L");
}

}  // namespace duly::cli
