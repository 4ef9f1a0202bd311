// A figure put in the place of the rules' own, to try it.

#include <algorithm>

#include "base/text.h"
#include "compare/comparison.h"
#include "compare/record_text.h"

namespace duly {
namespace {

Diagnostic cannot_set(std::string message, std::string help = "") {
  Diagnostic d;
  d.code = Code::bad_option;
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

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

/// The text with the `values` of the record of that name replaced by one figure.
std::optional<std::string> with_values(const std::string& text, const std::string& name, const std::string& values) {
  const auto record = record_text_of(text, name);
  if (!record) return std::nullopt;
  std::string out = text.substr(0, record->begin);
  bool skipping = false;
  for (std::size_t at = record->begin; at < record->end;) {
    const std::size_t end = std::min(text.find('\n', at), record->end);
    const std::string_view line = std::string_view(text).substr(at, end - at);
    if (line.starts_with("  ") && line.size() > 2 && line[2] != ' ') skipping = line.starts_with("  values:");
    if (!skipping) out.append(line).append("\n");
    if (at == record->begin) out += values;
    at = end + 1;
  }
  return out.append(text, record->end);
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
