// duly schema: JSON Schemas of what goes in and what comes out.

#include <iostream>

#include "cases/file_schemas.h"
#include "cli/inputs.h"
#include "duly/authoring.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct SchemaOptions {
  std::string of;
  std::string program;
  std::string rules;
};

/// The program whose dictionary documents are read by: the only one, unless one is named.
Result<std::string> program_of(const Ruleset& rules, const SchemaOptions& options) {
  if (!options.program.empty()) return options.program;
  const auto programs = rules.programs();
  if (programs.size() == 1) return programs.front();
  return mistake(Code::bad_option, "what a household may say stands in the dictionary of a program, and none is named",
                 "name one with --program; `duly programs` lists them");
}

Result<std::string> schema_text(const SchemaOptions& options, const CommandContext& context) {
  if (options.of == "rules") return rules_schema();
  const bool is_of_program = options.of == "household" || options.of == "cases" || options.of == "map";
  if (!is_of_program) return json_schema(options.of);
  const auto rules = open_rules(options.rules, context);
  if (!rules) return rules.errors();
  const auto program = program_of(*rules, options);
  if (!program) return program.errors();
  if (options.of == "household") return household_schema(*rules, *program);
  const auto files = rules_in_folder(options.rules.empty() ? context.rules_folder : options.rules);
  if (!files) return files.errors();
  return options.of == "cases" ? cases_schema(*files, *program) : map_schema(*files, *program);
}

int schema(const SchemaOptions& options, CommandContext& context) {
  const auto text = schema_text(options, context);
  if (!text) return report(text.errors(), context);
  context.out << *text << '\n';
  return clean;
}

constexpr const char* schema_examples =
    "household      the documents a program reads, made from its dictionary\n"
    "determination  what `duly determine --json` writes\n"
    "explanation    what `duly determine --explain --json` writes\n"
    "screening      what `duly screen --json` writes\n"
    "rules          rule files, for editors\n"
    "cases          worked cases of a program, with its facts and rules, for editors\n"
    "map            maps of tables for a program, for editors\n"
    "  duly schema household --program PROGRAM > household.schema.json";

}  // namespace

void add_schema_command(Tool& tool) {
  const auto options = std::make_shared<SchemaOptions>();
  CLI::App& command = tool.add<SchemaOptions>("schema", "print a JSON Schema", schema_examples, options, schema);
  command.add_option("OF", options->of, "household, determination, explanation, screening, rules, cases or map")
      ->required()
      ->check(CLI::IsMember({"household", "determination", "explanation", "screening", "rules", "cases", "map"}))
      ->type_name("");
  command.add_option("--program", options->program, "of a household, cases or a map: the program that reads it")->type_name("ID");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
