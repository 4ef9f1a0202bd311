// duly sources: what each figure of a program rests on, the least sure first.

#include <array>
#include <map>

#include "cli/inputs.h"
#include "duly/authoring.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct SourcesOptions {
  std::string program;
  std::string rules;
  bool all = false;
  bool json = false;
};

constexpr const char* not_known = "not known";
constexpr std::size_t few = 3;  ///< figures that are shown one by one in any case

std::string sureness(const SourcedValue& v) { return v.value.kind == Value::Kind::unknown ? not_known : v.confidence; }

/// Figures of one parameter from one source and day are told in one line.
bool stand_together(const SourcedValue& a, const SourcedValue& b) {
  return sureness(a) == sureness(b) && a.parameter == b.parameter && a.source == b.source && a.from == b.from && a.applied == b.applied;
}

void show_totals(const SourcesOptions& options, const std::vector<SourcedValue>& values, CommandContext& context) {
  std::map<std::string, std::size_t> totals;
  for (const SourcedValue& v : values) ++totals[sureness(v)];
  context.out << options.program << ": " << counted(values.size(), "figure");
  const char* before = ": ";
  for (const char* word : std::array{not_known, "doubtful", "projected", "computed", "reported", "official"}) {
    if (totals[word] == 0) continue;
    context.out << before << totals[word] << ' ' << word;
    before = ", ";
  }
  context.out << '\n';
}

void show_figure(const SourcedValue& v, CommandContext& context) {
  context.out << "      ";
  const char* before = "";
  for (const auto& [key, pattern] : v.keys) {
    context.out << before << key << ' ' << pattern;
    before = ", ";
  }
  if (!v.keys.empty()) context.out << ": ";
  context.out << (v.value.kind == Value::Kind::unknown ? not_known : to_text(v.value));
  if (v.each_more.kind != Value::Kind::unknown) context.out << ", and " << to_text(v.each_more) << " for each more";
  context.out << "  (" << v.file << ':' << v.line << ")\n";
}

void show_group(const SourcedValue& first, std::size_t size, CommandContext& context) {
  context.out << "  " << first.parameter << ", " << first.title << ": " << counted(size, "figure") << " from " << first.from;
  if (!first.applied.empty()) context.out << ", applied from " << first.applied;
  context.out << '\n';
  if (!first.source.empty()) context.out << "    " << first.source << '\n';
}

void show(const SourcesOptions& options, const std::vector<SourcedValue>& values, CommandContext& context) {
  show_totals(options, values, context);
  for (std::size_t begin = 0; begin < values.size();) {
    std::size_t end = begin + 1;
    while (end < values.size() && stand_together(values[begin], values[end])) ++end;
    if (begin == 0 || sureness(values[begin]) != sureness(values[begin - 1])) context.out << '\n' << sureness(values[begin]) << '\n';
    show_group(values[begin], end - begin, context);
    const bool one_by_one = options.all || end - begin <= few;
    for (std::size_t i = begin; one_by_one && i < end; ++i) show_figure(values[i], context);
    begin = end;
  }
}

int sources(const SourcesOptions& options, CommandContext& context) {
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  const auto values = duly::sources(*rules, options.program);
  if (!values) return report(values.errors(), context);
  if (options.json) context.out << to_json(*values) << '\n';
  else show(options, *values, context);
  return clean;
}

constexpr const char* sources_examples =
    "  duly sources PROGRAM                            what is not known, then what is doubtful, down to the official\n"
    "  duly sources PROGRAM --all                      with each figure and its line";

}  // namespace

void add_sources_command(Tool& tool) {
  const auto options = std::make_shared<SourcesOptions>();
  CLI::App& command =
      tool.add<SourcesOptions>("sources", "list what the figures of a program rest on, the least sure first", sources_examples, options, sources);
  command.add_option("PROGRAM", options->program, "the program")->type_name("")->required();
  command.add_flag("--all", options->all, "each figure, with its file and line");
  command.add_flag("--json", options->json, "as JSON, each figure");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
