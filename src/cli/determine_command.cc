// duly determine: a household decided by one program, or by every program that covers its place and month.

#include <algorithm>
#include <iostream>

#include "cli/request_options.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct DetermineOptions {
  std::string household;
  std::string program;
  std::string rules;
  std::string html;
  RequestOptions request;
  bool explain = false;
  bool json = false;
};

/// What the programs came to, in their order.
struct Decisions {
  Determinations determinations;
  std::vector<Explanation> explanations;  ///< beside them, where they were asked for
  std::vector<Diagnostic> errors;
};

bool needs_explanations(const DetermineOptions& options) { return options.explain || !options.html.empty(); }

/// What keeps `program` from deciding; nothing where it decided and `decisions` has grown.
std::vector<Diagnostic> decide_one(const Ruleset& rules, const std::string& program, const std::string& document, const DetermineOptions& options,
                                   Decisions& decisions) {
  const Request request = request_from(options.request);
  auto decided = rules.determine(program, document, request);
  if (!decided) return decided.errors();
  auto& all = decisions.determinations;
  all.determinations.insert(all.determinations.end(), decided->determinations.begin(), decided->determinations.end());
  all.warnings.insert(all.warnings.end(), decided->warnings.begin(), decided->warnings.end());
  if (!needs_explanations(options)) return {};
  const auto explained = rules.explain(program, document, request);
  if (!explained) return explained.errors();
  decisions.explanations.insert(decisions.explanations.end(), explained->begin(), explained->end());
  return {};
}

bool is_not_covered(const std::vector<Diagnostic>& errors) {
  return std::all_of(errors.begin(), errors.end(), [](const Diagnostic& error) { return error.code == Code::no_rules_in_force; });
}

/// Without `--program` those that do not cover the place or the month are passed over, unless that leaves none.
Decisions decide_all(const Ruleset& rules, const std::string& document, const DetermineOptions& options) {
  Decisions out;
  if (!options.program.empty()) {
    out.errors = decide_one(rules, options.program, document, options, out);
    return out;
  }
  std::vector<Diagnostic> not_covered;
  for (const auto& program : rules.programs()) {
    const auto errors = decide_one(rules, program, document, options, out);
    auto& told = is_not_covered(errors) ? not_covered : out.errors;
    told.insert(told.end(), errors.begin(), errors.end());
  }
  if (out.errors.empty() && out.determinations.determinations.empty()) out.errors = std::move(not_covered);
  if (out.errors.empty() && out.determinations.determinations.empty())
    out.errors.push_back(mistake(Code::unknown_program, "there is no program below the rules folder", "name another folder with --rules"));
  return out;
}

void show_text(const Decisions& decisions, const DetermineOptions& options, CommandContext& context) {
  const TextOptions how{context.width, context.color, options.request.language};
  bool first = true;
  const auto show = [&](const auto& one) {
    context.out << (first ? "" : "\n") << to_text(one, how);
    first = false;
  };
  if (options.explain) std::for_each(decisions.explanations.begin(), decisions.explanations.end(), show);
  else std::for_each(decisions.determinations.determinations.begin(), decisions.determinations.determinations.end(), show);
}

int show(const Decisions& decisions, const DetermineOptions& options, CommandContext& context) {
  if (options.json) {
    const bool explained = options.explain && decisions.errors.empty();
    context.out << (explained ? to_json(decisions.explanations) : to_json(decisions.determinations, decisions.errors)) << '\n';
    return status_after(decisions.errors);
  }
  show_text(decisions, options, context);
  report(decisions.determinations.warnings, context);
  return report(decisions.errors, context);
}

int determine(const DetermineOptions& options, CommandContext& context) {
  const auto document = read_text(options.household, context);
  if (!document) return report(document.errors(), context);
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  Decisions decisions = decide_all(*rules, *document, options);
  decisions.errors = in_document(std::move(decisions.errors), options.household);
  decisions.determinations.warnings = in_document(std::move(decisions.determinations.warnings), options.household);
  const int status = show(decisions, options, context);
  if (options.html.empty() || status != clean) return status;
  const auto failed = write_text(options.html, to_html(decisions.explanations));
  return failed ? report({*failed}, context) : status;
}

constexpr const char* determine_examples =
    "HOUSEHOLD is a YAML or JSON document; docs/household.md describes it and `duly schema household` prints its JSON Schema. What nobody said is\n"
    "unknown: a determination that hangs on it is pending and names the question to ask.\n"
    "  duly determine household.yaml                   by every program that covers its place and month, each for itself\n"
    "  duly determine household.yaml --explain         with every step down to the facts\n"
    "  duly determine - --json < household.json        from standard input, as JSON\n"
    "Exit status: 0 decided, whatever the outcome; 2 the document, the request or the rules are bad; 3 the tool failed.";

}  // namespace

void add_determine_command(Tool& tool) {
  const auto options = std::make_shared<DetermineOptions>();
  CLI::App& command = tool.add<DetermineOptions>("determine", "decide a household and say why", determine_examples, options, determine);
  command.add_option("HOUSEHOLD", options->household, "the household document; - reads standard input")->required()->type_name("");
  command.add_option("--program", options->program, "by this program only")->type_name("ID");
  command.add_flag("--explain", options->explain, "show every step down to the facts");
  command.add_flag("--json", options->json, "as JSON (`duly schema determination`, with --explain `duly schema explanation`)");
  command.add_option("--html", options->html, "also write the explanation as a page that stands alone")->type_name("FILE");
  add_request_options(command, options->request);
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
