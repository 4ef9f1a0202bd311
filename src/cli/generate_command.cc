// duly generate: a caseload of households nobody is, for benchmarks, tests and trials.

#include <iostream>

#include "cli/inputs.h"
#include "generate/write_caseload.h"
#include "resolve/rule_files.h"

namespace duly::cli {
namespace {

struct CommandOptions {
  std::int64_t households = 1000;
  std::uint64_t seed = 1;
  std::string folder, model, rules;
  std::string format = "csv";
};

int generate(const CommandOptions& options, CommandContext& context) {
  const auto files = rules_in_folder(options.rules.empty() ? context.rules_folder : options.rules);
  if (!files) return report(files.errors(), context);
  const std::string path = options.model.empty() ? only_model((*files)->all_files()) : options.model;
  if (path.empty()) return report({mistake(Code::bad_option, "there is not one model only below the rules", "name one with --model")}, context);
  const auto text = (*files)->read(path);
  if (!text)
    return report({mistake(Code::cannot_read, "`" + (*files)->shown(path) + "` cannot be read", "models are named by their path below the rules")},
                  context);
  const auto model = model_from(make_source((*files)->shown(path), *text));
  if (!model) return report(model.errors(), context);
  GenerateOptions wanted;
  wanted.households = options.households;
  wanted.seed = options.seed;
  wanted.folder = options.folder;
  wanted.format = options.format == "csv" ? CaseloadFormat::csv : CaseloadFormat::json_lines;
  const int status = report(write_caseload(*model, wanted), context);
  if (status == clean) context.out << counted(static_cast<std::size_t>(options.households), "household") << " in " << options.folder << '\n';
  return status;
}

constexpr const char* generate_examples =
    "  duly generate --households 100000 --seed 7 --out caseload     tables\n"
    "  duly generate --households 1000 --format jsonl --out docs     documents, one a line\n"
    "The same seed gives the same households everywhere. What they are like is said by a model beside the rules: docs/generate.md.";

}  // namespace

void add_generate_command(Tool& tool) {
  const auto options = std::make_shared<CommandOptions>();
  CLI::App& command = tool.add<CommandOptions>("generate", "make up a caseload", generate_examples, options, generate);
  command.add_option("--households", options->households, "how many")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{999'999'999}))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "another seed, other households")->capture_default_str();
  command.add_option("--out", options->folder, "a new folder")->required()->type_name("DIR");
  command.add_option("--format", options->format, "tables or documents")->check(CLI::IsMember({"csv", "jsonl"}))->capture_default_str();
  command.add_option("--model", options->model, "path of the model below the rules (else the only one there is)")->type_name("FILE");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
