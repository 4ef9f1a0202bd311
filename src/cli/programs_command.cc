// duly programs: what can be decided, for which months, and what the rules leave out.

#include <algorithm>
#include <iostream>

#include "cli/inputs.h"
#include "duly/render.h"

namespace duly::cli {
namespace {

struct ProgramsOptions {
  std::string program;
  std::string rules;
  bool json = false;
};

std::string months_of(const ProgramInfo& info) {
  if (info.covered_from.empty()) return "every month";
  return info.covered_until.empty() ? "from " + info.covered_from + " on" : info.covered_from + " to " + info.covered_until;
}

std::string places_of(const ProgramInfo& info) {
  std::string out;
  for (const auto& [fact, words] : info.covers) {
    out += (out.empty() ? "" : ", ") + fact + " =";
    for (const auto& word : words) out += " " + word;
  }
  return out.empty() ? "every place" : out;
}

/// What packs make of a base.
void show_packs(const ProgramInfo& info, CommandContext& context) {
  if (info.is_frame) context.out << "a frame       decides nobody by itself\n";
  if (!info.extends.empty()) context.out << "extends       " << info.extends << '\n';
  if (!info.covers.empty()) context.out << "for           " << places_of(info) << '\n';
}

void show_line(const ProgramInfo& info, std::size_t id_width, CommandContext& context) {
  context.out << info.id << std::string(id_width - info.id.size() + 2, ' ') << months_of(info) << "  " << info.title;
  if (info.is_frame) context.out << " (a frame: its packs decide)";
  else if (!info.extends.empty()) context.out << " (" << places_of(info) << ')';
  context.out << '\n';
}

void show_list(const char* title, const std::vector<std::string>& items, CommandContext& context) {
  if (items.empty()) return;
  context.out << title << '\n';
  for (const auto& item : items) context.out << "  " << item << '\n';
}

void show_whole(const ProgramInfo& info, CommandContext& context) {
  context.out << info.title << " (" << info.id << ")\n";
  if (!info.authority.empty()) context.out << "authority     " << info.authority << '\n';
  show_packs(info, context);
  context.out << "covers        " << months_of(info) << '\n';
  if (!info.last_checked.empty()) context.out << "last checked  " << info.last_checked << '\n';
  context.out << "decides for   each " << info.decides << '\n' << "rules         " << info.rules_hash << '\n';
  show_list("requires", info.requires_tests, context);
  show_list("gives", info.outputs, context);
  std::vector<std::string> left_out;
  for (const auto& [what, cite] : info.not_modelled)
    left_out.push_back(cite.empty() ? what : std::string(what).append(" (").append(cite).append(")"));
  show_list("not modelled", left_out, context);
  show_list("doubts", info.doubts, context);
  std::vector<std::string> replaced;
  for (const auto& [name, cite] : info.replaced) replaced.push_back(std::string(name).append(" (").append(cite).append(")"));
  show_list("replaces", replaced, context);
  show_list("slots", info.slots, context);
  show_list("packs", info.packs, context);
}

int programs(const ProgramsOptions& options, CommandContext& context) {
  const auto rules = open_rules(options.rules, context);
  if (!rules) return report(rules.errors(), context);
  const std::vector<std::string> ids = options.program.empty() ? rules->programs() : std::vector{options.program};
  std::vector<ProgramInfo> infos;
  std::vector<Diagnostic> errors;
  for (const auto& id : ids) {
    const auto info = rules->program(id);
    if (info) infos.push_back(*info);
    else errors.insert(errors.end(), info.errors().begin(), info.errors().end());
  }
  std::size_t width = 0;
  for (const auto& info : infos) width = std::max(width, info.id.size());
  if (options.json) context.out << to_json(infos) << '\n';
  else if (!options.program.empty() && !infos.empty()) show_whole(infos.front(), context);
  else
    for (const auto& info : infos) show_line(info, width, context);
  return report(errors, context);
}

constexpr const char* programs_examples =
    "  duly programs                                   a line for each program\n"
    "  duly programs PROGRAM                           its tests, its outputs, what is not modelled, what is in doubt";

}  // namespace

void add_programs_command(Tool& tool) {
  const auto options = std::make_shared<ProgramsOptions>();
  CLI::App& command = tool.add<ProgramsOptions>("programs", "list what can be decided, and for which months", programs_examples, options, programs);
  command.add_option("PROGRAM", options->program, "show all of this program")->type_name("");
  command.add_flag("--json", options->json, "as JSON");
  add_rules_option(command, options->rules);
}

}  // namespace duly::cli
