#include "language/schema_path.h"

#include <algorithm>

#include "duly/authoring.h"

namespace duly {
namespace {

using Json = nlohmann::json;

const Json& whole_schema() {
  static const Json schema = Json::parse(rules_schema());
  return schema;
}

const Json& definition(const std::string& name) { return whole_schema().at("$defs").at(name); }

std::string name_of_definition(const Json& part) {
  constexpr std::string_view start = "#/$defs/";
  const auto ref = part.is_object() ? part.find("$ref") : part.end();
  if (ref == part.end() || !ref->is_string()) return "";
  return ref->get<std::string>().substr(start.size());
}

std::string definition_of_kind(const std::string& kind, bool is_pack) {
  if (kind == "facts" || kind == "notices" || kind == "cases" || kind == "map") return kind + "_file";
  if (kind == "program" || kind == "frame") return is_pack ? "pack_file" : "program_file";
  if (kind == "chapter" || kind == "definitions") return "chapter_file";
  return "";
}

/// `part` and all that it says holds beside it. Of a choice by `if`, both ways.
void add_with_all(const Json& part, std::vector<const Json*>& out, bool& is_formula) {
  if (!part.is_object() || std::find(out.begin(), out.end(), &part) != out.end()) return;
  out.push_back(&part);
  if (const std::string name = name_of_definition(part); !name.empty()) {
    is_formula = is_formula || name == "formula" || name == "start";
    add_with_all(definition(name), out, is_formula);
  }
  for (const char* key : {"anyOf", "oneOf", "allOf"})
    if (const auto all = part.find(key); all != part.end())
      for (const Json& one : *all) add_with_all(one, out, is_formula);
  for (const char* key : {"then", "else"})
    if (const auto one = part.find(key); one != part.end()) add_with_all(*one, out, is_formula);
}

}  // namespace

SchemaPath SchemaPath::to(const std::string& kind, const std::vector<std::string>& steps, bool is_pack, bool is_parameter) {
  SchemaPath path;
  const std::string file = definition_of_kind(kind, is_pack);
  if (file.empty()) {
    if (steps.empty()) path.parts_.push_back(&whole_schema());
    if (steps.size() == 1 && steps[0] == "kind") path.parts_.push_back(&whole_schema().at("properties").at("kind"));
    return path;
  }
  add_with_all(definition(file), path.parts_, path.is_formula_);
  for (const std::string& step : steps) {
    SchemaPath next;
    for (const Json* part : path.parts_) {
      const auto items = part->find("items");
      if (step.empty() && items != part->end()) add_with_all(*items, next.parts_, next.is_formula_);
      if (step.empty()) continue;
      const auto properties = part->find("properties");
      const auto property = properties == part->end() ? Json::const_iterator() : properties->find(step);
      const bool is_known = properties != part->end() && property != properties->end();
      const auto others = part->find("additionalProperties");
      if (is_known) add_with_all(*property, next.parts_, next.is_formula_);
      else if (others != part->end()) add_with_all(*others, next.parts_, next.is_formula_);
    }
    const bool is_record = &step == &steps.front() && file == "chapter_file";  // a rule or a parameter: the record itself tells
    if (is_record) std::erase_if(next.parts_, [&](const Json* part) { return part == &definition(is_parameter ? "rule" : "parameter"); });
    path = std::move(next);
  }
  return path;
}

std::vector<std::pair<std::string, std::string>> SchemaPath::keys() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Json* part : parts_) {
    const auto properties = part->find("properties");
    if (properties == part->end()) continue;
    for (const auto& [key, value] : properties->items()) {
      const auto meaning = value.is_object() ? value.find("description") : value.end();
      const bool is_known = std::any_of(out.begin(), out.end(), [&](const auto& known) { return known.first == key; });
      if (!is_known) out.emplace_back(key, value.is_object() && meaning != value.end() ? meaning->template get<std::string>() : "");
    }
  }
  return out;
}

std::vector<std::string> SchemaPath::words() const {
  std::vector<std::string> out;
  for (const Json* part : parts_) {
    if (const auto words = part->find("enum"); words != part->end())
      for (const Json& word : *words)
        if (word.is_string()) out.push_back(word.get<std::string>());
    if (const auto word = part->find("const"); word != part->end() && word->is_string()) out.push_back(word->get<std::string>());
  }
  return out;
}

}  // namespace duly
