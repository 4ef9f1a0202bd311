#include "compare/rule_changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "duly/authoring.h"
#include "duly/render.h"
#include "engine/ruleset_state.h"

namespace duly {
namespace {

/// The text of a definition from its name to the next one, without comments and blank lines.
std::string definition_at(const Span& name) {
  if (!name.source) return "";
  const std::string& all = name.source->text;
  std::string out;
  for (std::size_t at = name.begin; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    const std::string_view line = std::string_view(all).substr(at, end - at);
    const bool is_first = at == name.begin;
    if (!is_first && !line.empty() && line.front() != ' ' && line.front() != '#') break;
    const std::size_t text = line.find_first_not_of(' ');
    if (text != std::string_view::npos && line[text] != '#') out.append(line).append("\n");
    at = end + 1;
  }
  return out;
}

struct KnownRule {
  std::string title, cite, text, file;
  std::int32_t line = 0;
};

std::map<std::string, KnownRule> rules_of(const Declarations& d) {
  std::map<std::string, KnownRule> out;
  for (const Rule& rule : d.rules) {
    KnownRule known{rule.title, rule.cite, definition_at(rule.span), "", 0};
    if (rule.span.source) {
      known.file = rule.span.source->path;
      known.line = place_of(*rule.span.source, rule.span.begin).line;
    }
    out.emplace(rule.name, std::move(known));
  }
  return out;
}

/// A figure by the parameter, what it is for and its first day.
using FigureKey = std::array<std::string, 3>;

std::string keys_text(const SourcedValue& value) {
  std::string out;
  for (const auto& [key, word] : value.keys) out.append(out.empty() ? "" : ", ").append(key).append(" = ").append(word);
  return out;
}

std::map<FigureKey, const SourcedValue*> figures_of(const std::vector<SourcedValue>& values) {
  std::map<FigureKey, const SourcedValue*> out;
  for (const SourcedValue& value : values) out.emplace(FigureKey{value.parameter, keys_text(value), value.from}, &value);
  return out;
}

std::string figure_text(const SourcedValue* value) {
  if (value == nullptr) return "";
  const std::string first = value->value.kind == Value::Kind::unknown ? "not known" : to_text(value->value);
  return value->each_more.kind == Value::Kind::unknown ? first : first + ", and " + to_text(value->each_more) + " for each more";
}

RuleChange of_figure(const FigureKey& key, const SourcedValue* before, const SourcedValue* after) {
  const SourcedValue& shown = after != nullptr ? *after : *before;
  RuleChange out;
  out.kind = RuleChange::Kind::value;
  out.name = key[0];
  out.title = shown.title;
  out.cite = shown.source.empty() ? shown.cite : shown.source;
  out.keys = key[1];
  out.from = key[2];
  out.before = figure_text(before);
  out.after = figure_text(after);
  out.file = shown.file;
  out.line = shown.line;
  return out;
}

void add_rules(const Declarations& before, const Declarations& after, std::vector<RuleChange>& out) {
  const auto old_rules = rules_of(before);
  const auto new_rules = rules_of(after);
  const auto add = [&](RuleChange::Kind kind, const std::string& name, const KnownRule& shown, std::string was, std::string is) {
    out.push_back({kind, name, shown.title, shown.cite, "", "", std::move(was), std::move(is), shown.file, shown.line});
  };
  for (const auto& [name, rule] : old_rules)
    if (!new_rules.contains(name)) add(RuleChange::Kind::removed, name, rule, rule.text, "");
  for (const auto& [name, rule] : new_rules) {
    const auto old = old_rules.find(name);
    if (old == old_rules.end()) add(RuleChange::Kind::added, name, rule, "", rule.text);
    else if (old->second.text != rule.text) add(RuleChange::Kind::rewritten, name, rule, old->second.text, rule.text);
  }
}

void sort_changes(std::vector<RuleChange>& changes) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const RuleChange& a, const RuleChange& b) { return std::tie(a.name, a.keys, a.from) < std::tie(b.name, b.keys, b.from); });
}

}  // namespace

Result<std::vector<RuleChange>> rule_changes(const Ruleset& before, const Ruleset& after, const std::string& program) {
  const auto old_values = sources(before, program);
  if (!old_values) return old_values.errors();
  const auto new_values = sources(after, program);
  if (!new_values) return new_values.errors();
  const auto old_figures = figures_of(*old_values);
  const auto new_figures = figures_of(*new_values);
  std::vector<RuleChange> out;
  for (const auto& [key, value] : old_figures)
    if (!new_figures.contains(key)) out.push_back(of_figure(key, value, nullptr));
  for (const auto& [key, value] : new_figures) {
    const auto old = old_figures.find(key);
    const SourcedValue* was = old == old_figures.end() ? nullptr : old->second;
    if (was == nullptr || figure_text(was) != figure_text(value)) out.push_back(of_figure(key, was, value));
  }
  const auto old_program = before.state().program(program);
  const auto new_program = after.state().program(program);
  if (!old_program) return old_program.errors();
  if (!new_program) return new_program.errors();
  add_rules((*old_program)->declarations(), (*new_program)->declarations(), out);
  sort_changes(out);
  return out;
}

Result<std::vector<RuleChange>> figures_between(const Ruleset& rules, const std::string& program, const std::string& before,
                                                const std::string& after) {
  const auto values = sources(rules, program);
  if (!values) return values.errors();
  const auto figures = figures_of(*values);
  std::vector<RuleChange> out;
  for (const auto& [key, value] : figures) {
    const std::string month = value->from.substr(0, 7);
    if (month <= std::min(before, after) || month > std::max(before, after)) continue;
    const SourcedValue* was = nullptr;  // the latest of the same table before it
    for (const auto& [other, earlier] : figures)
      if (other[0] == key[0] && other[1] == key[1] && other[2] < key[2]) was = earlier;
    if (figure_text(was) != figure_text(value)) out.push_back(of_figure(key, was, value));
  }
  sort_changes(out);
  return out;
}

}  // namespace duly
