// duly eval: one expression, or many as JSON lines, by the engine that evaluates rules.

#include <iostream>

#include "cli/inputs.h"
#include "duly/authoring.h"

namespace duly::cli {
namespace {

struct EvalOptions {
  std::string expression;
  std::string context_file;
  bool json = false;
  bool lines = false;
};

/// Every line is answered, a wrong one with its error.
int answer_lines(CommandContext& context) {
  for (std::string line; std::getline(context.in, line);)
    if (const std::size_t end = line.find_last_not_of(" \t\r"); end != std::string::npos)
      context.out << evaluate_expression_line(line.substr(0, end + 1)) << '\n';
  return clean;
}

int eval(const EvalOptions& options, CommandContext& context) {
  const bool asks_one = !options.expression.empty() || !options.context_file.empty() || options.json;
  if (options.lines && asks_one)
    return report({mistake(Code::bad_option, "`--lines` reads expressions and contexts from its lines", "leave out what else is given")}, context);
  if (options.lines) return answer_lines(context);
  if (options.expression.empty()) return report({mistake(Code::bad_option, "no expression is given", "such as duly eval '1 + 1'")}, context);
  std::string names = "{}";
  if (!options.context_file.empty()) {
    const auto text = read_text(options.context_file, context);
    if (!text) return report(text.errors(), context);
    names = *text;
  }
  const auto value = evaluate_expression(options.expression, names);
  if (!value) return report(value.errors(), context);
  context.out << (options.json ? value->json : value->text) << '\n';
  return clean;
}

constexpr const char* eval_examples =
    "Numbers are exact and an unknown value stays unknown; docs/feel.md describes the language.\n"
    "  duly eval '0.1 + 0.2'                           0.3\n"
    "  duly eval 'round(1234.5, 1, half_even)'         1234\n"
    "  duly eval 'rent > 500' --context facts.yaml     with `rent: 900` in facts.yaml: true; with `rent: null`: unknown\n"
    "  duly eval --lines < cases.jsonl                 each line {\"id\", \"expression\", \"context\"} gives {\"id\", \"value\"} or {\"id\", "
    "\"error\"}";

}  // namespace

void add_eval_command(Tool& tool) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App& command = tool.add<EvalOptions>("eval", "evaluate an expression of the rule language", eval_examples, options, eval);
  command.add_option("EXPRESSION", options->expression, "as it would stand in a rule")->type_name("");
  command.add_option("--context", options->context_file, "JSON or YAML file of names and values; - reads standard input")->type_name("FILE");
  command.add_flag("--json", options->json, "the value as JSON, null where it is unknown");
  command.add_flag("--lines", options->lines, "read JSON lines from standard input, answer each by one; nothing else goes with it");
}

}  // namespace duly::cli
