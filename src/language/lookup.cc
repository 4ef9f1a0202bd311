#include "language/lookup.h"

#include <algorithm>

namespace duly {
namespace {

/// The uses whose place in the text as it is now holds a byte.
void add_things(const RuleWorkspace& rules, const std::shared_ptr<const ProgramNames>& names, const std::string& path, std::size_t offset,
                std::vector<FoundThing>& out) {
  for (const NameUse& use : names->uses()) {
    if (use.place.path != path) continue;
    const auto now = place_now(rules, *names, use.place);
    if (!now || offset < now->begin || offset > now->end) continue;
    const NamedThing* thing = names->thing_at(use.declared);
    if (thing != nullptr) out.push_back({names, thing, *now});
  }
}

/// Where cases and maps name a rule: in what they expect or state, and as the column of a table.
class CaseNames {
 public:
  CaseNames(const std::string& path, const std::set<std::string>& names, std::set<FilePlace>& out) : path_(path), names_(names), out_(out) {}

  void read(const Node& node) {
    for (const Node& item : node.items) read(item);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& key = node.keys[i].text;
      const Node& value = node.items[i];
      if (key == "expect" || key == "stated" || key == "assume") read_keys(value);
      if (key == "rows" && value.is_scalar()) read_header(value);
    }
  }

 private:
  /// Keys at any depth: `expect: {ana: {net_income: 5}}`.
  void read_keys(const Node& node) {
    for (const Node& key : node.keys) add(key.text, key.span);
    for (const Node& item : node.items) read_keys(item);
  }

  void read_header(const Node& rows) {
    std::vector<Diagnostic> ignored;
    for (const GridCell& cell : parse_grid(rows, ignored).header) {
      const auto dot = cell.text.rfind('.');
      const std::size_t begin = dot == std::string::npos ? 0 : dot + 1;
      if (text_of(cell.span) == cell.text) add(cell.text.substr(begin), {cell.span.source, cell.span.begin + begin, cell.span.end});
    }
  }

  void add(const std::string& name, const Span& span) {
    if (names_.contains(name)) out_.insert({path_, span.begin, span.end});
  }

  const std::string& path_;
  const std::set<std::string>& names_;
  std::set<FilePlace>& out_;
};

void add_cases(const RuleWorkspace& rules, const std::string& program, const std::set<std::string>& names, std::set<FilePlace>& out) {
  for (const std::string& path : rules.files().all_files()) {
    const bool is_of_program = path.starts_with(program + "/") && (path.ends_with(".yaml") || path.ends_with(".yml"));
    const auto file = is_of_program ? rules.files().parsed(path) : nullptr;
    const Node* kind = file ? file->tree->find("kind") : nullptr;
    if (kind != nullptr && (kind->text == "cases" || kind->text == "map")) CaseNames(path, names, out).read(*file->tree);
  }
}

}  // namespace

std::optional<FilePlace> place_now(const RuleWorkspace& rules, const ProgramNames& names, const FilePlace& place) {
  const SourcePtr before = names.text_of_file(place.path);
  const auto file = rules.files().parsed(place.path);
  if (!before || !file) return std::nullopt;
  if (before == file->source) return place;
  const auto begin = carried_over(before->text, file->source->text, place.begin);
  const auto last = carried_over(before->text, file->source->text, place.end - 1);
  if (!begin || !last || *last + 1 - *begin != place.end - place.begin) return std::nullopt;
  return FilePlace{place.path, *begin, *last + 1};
}

std::vector<FoundThing> things_at(RuleWorkspace& rules, const std::string& path, std::size_t offset) {
  std::vector<FoundThing> out;
  for (const std::string& program : rules.programs_reading(path)) {
    const auto names = rules.names_of(program);
    if (!names) continue;
    add_things(rules, names, path, offset, out);
    if (!out.empty()) return out;
    const auto file = rules.files().parsed(path);
    if (!file || names->text_of_file(path) == file->source) continue;
    FilePlace at{path, 0, 0};
    const std::string_view name = name_around(file->source->text, offset, at.begin);
    at.end = at.begin + name.size();
    for (const NamedThing* thing : names->things_named(name)) out.push_back({names, thing, at});
    if (!out.empty()) return out;
  }
  return out;
}

NamedPlaces places_of(RuleWorkspace& rules, const std::string& path, std::size_t offset) {
  NamedPlaces out;
  std::set<std::string> programs;
  std::set<std::string> rule_names;
  for (const FoundThing& found : things_at(rules, path, offset)) out.declared.insert(found.thing->declared);
  for (std::size_t before = 0; before != out.declared.size();) {  // a pack's name leads to its base's, and on to other packs'
    before = out.declared.size();
    for (const FilePlace& declared : std::set<FilePlace>(out.declared))
      for (const std::string& program : rules.programs_reading(declared.path)) programs.insert(program);
    for (const std::string& program : programs) {
      const auto names = rules.names_of(program);
      if (!names) continue;
      for (const NameUse& use : names->uses()) {
        if (!out.declared.contains(use.declared) && !out.declared.contains(use.place)) continue;
        out.declared.insert(use.declared);
        if (const auto now = place_now(rules, *names, use.place)) out.places.insert(*now);
        if (const NamedThing* thing = names->thing_at(use.declared); thing != nullptr && thing->kind == NamedKind::rule)
          rule_names.insert(thing->name);
      }
    }
  }
  if (!rule_names.empty())
    for (const std::string& program : programs) add_cases(rules, program, rule_names, out.places);
  return out;
}

}  // namespace duly
