// A figure put in the place of the rules' own, to try it.

#include <algorithm>

#include "base/text.h"
#include "compare/comparison.h"

namespace duly {
namespace {

Diagnostic cannot_set(std::string message, std::string help = "") {
  Diagnostic d;
  d.code = Code::bad_option;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

bool is_top_level(std::string_view line) { return !line.empty() && line.front() != ' ' && line.front() != '#'; }

/// One value for every day and, in a table, for every row.
std::string values_of(const Parameter& parameter, const std::string& value) {
  const std::string head = "  values:\n    - from: 0001-01-01\n      source: tried, no law\n      confidence: projected\n";
  if (parameter.keys.empty()) return head + "      is: " + value + "\n";
  std::string names;
  std::string any;
  for (const ParameterKey& key : parameter.keys) {
    names += key.name + " | ";
    any += "any | ";
  }
  return head + "      rows: |\n        " + names + "is\n        " + any + value + "\n";
}

/// The definition of `name` with its `values` or `table` replaced by one figure.
std::optional<std::string> with_values(const std::string& text, const std::string& name, const std::string& values) {
  std::string out;
  bool inside = false;
  bool found = false;
  bool skipping = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (is_top_level(line)) {
      inside = line.starts_with(name + ":");
      skipping = false;
      out.append(line).append("\n");
      if (inside) {
        out += values;
        found = true;
      }
      continue;
    }
    if (inside && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') skipping = line.starts_with("  values:");
    if (!inside || !skipping) out.append(line).append("\n");
  }
  return found ? std::optional(out) : std::nullopt;
}

}  // namespace

Result<std::shared_ptr<const RuleFiles>> with_figure(const std::shared_ptr<const RuleFiles>& rules, const std::string& program,
                                                     const std::string& name, const std::string& value) {
  const Programs programs(rules);
  const auto loaded = programs.program(program);
  if (!loaded) return loaded.errors();
  const auto& parameters = (*loaded)->declarations().parameters;
  const auto parameter = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == name; });
  if (parameter == parameters.end()) {
    std::vector<std::string> near;
    for (const Parameter& p : parameters)
      if (p.keys.empty() && p.name.find(name.substr(0, name.find('_'))) != std::string::npos) near.push_back(p.name);
    return cannot_set("`" + program + "` has no figure `" + name + "`",
                      near.empty() ? "`duly sources " + program + " --all` lists its figures" : "did you mean " + join_words(near, "or") + "?");
  }
  std::map<std::string, std::string> texts;
  for (const std::string& path : rules->all_files())
    if (auto text = rules->read(path)) texts[path] = std::move(*text);
  for (auto& [path, text] : texts) {
    if (!parameter->span.source || parameter->span.source->path != rules->shown(path)) continue;
    const std::string values = values_of(*parameter, value);
    auto changed = with_values(text, name, values);
    if (!changed) break;
    text = std::move(*changed);
    return rules_in_memory(std::move(texts));
  }
  return cannot_set("`" + name + "` is not written where it can be set", "copy the rules, change it there, and compare the two folders");
}

}  // namespace duly
