#pragma once

// As much of JSON Schema 2020-12 as our schemas use: types, enum, const, pattern, bounds, properties, items, combinations, $ref into $defs.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace duly::testing_support {

class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json schema) : root_(std::move(schema)) {}

  /// What is wrong with `value`, each with its path; empty if nothing is.
  [[nodiscard]] std::vector<std::string> mistakes(const nlohmann::json& value) const {
    std::vector<std::string> out;
    check(root_, value, "", out);
    return out;
  }

 private:
  using Json = nlohmann::json;

  static bool is_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }

  static bool has_type(const Json& value, const Json& types) {
    if (types.is_string()) return is_type(value, types);
    return std::any_of(types.begin(), types.end(), [&](const Json& type) { return is_type(value, type); });
  }

  [[nodiscard]] bool holds(const Json& schema, const Json& value) const {
    std::vector<std::string> wrong;
    check(schema, value, "", wrong);
    return wrong.empty();
  }

  [[nodiscard]] std::size_t how_many_hold(const Json& schemas, const Json& value) const {
    return static_cast<std::size_t>(std::count_if(schemas.begin(), schemas.end(), [&](const Json& one) { return holds(one, value); }));
  }

  void check(const Json& schema, const Json& value, const std::string& at, std::vector<std::string>& out) const {
    const auto wrong = [&](const std::string& what) { out.push_back(at + ": " + what); };
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) wrong("is never allowed");
      return;
    }
    if (const auto ref = schema.find("$ref"); ref != schema.end())
      check(root_.at(Json::json_pointer(ref->get<std::string>().substr(1))), value, at, out);
    if (const auto types = schema.find("type"); types != schema.end() && !has_type(value, *types))
      wrong("is " + value.dump() + ", not " + types->dump());
    if (const auto only = schema.find("const"); only != schema.end() && *only != value) wrong("is " + value.dump() + ", not " + only->dump());
    if (const auto all = schema.find("enum"); all != schema.end() && std::find(all->begin(), all->end(), value) == all->end())
      wrong(value.dump() + " is none of " + all->dump().substr(0, 200));
    if (const auto pattern = schema.find("pattern");
        pattern != schema.end() && value.is_string() && !std::regex_search(value.get<std::string>(), std::regex(pattern->get<std::string>())))
      wrong(value.dump() + " does not match " + pattern->dump());
    if (value.is_number()) check_bounds(schema, value, wrong);
    if (value.is_object()) check_object(schema, value, at, out);
    if (value.is_array()) check_array(schema, value, at, out);
    check_combinations(schema, value, at, out);
  }

  template <class Wrong>
  static void check_bounds(const Json& schema, const Json& value, const Wrong& wrong) {
    if (schema.contains("minimum") && value < schema["minimum"]) wrong(value.dump() + " is below " + schema["minimum"].dump());
    if (schema.contains("maximum") && value > schema["maximum"]) wrong(value.dump() + " is above " + schema["maximum"].dump());
  }

  static const Json* pattern_of(const Json& schema, const std::string& key) {
    const auto patterns = schema.find("patternProperties");
    if (patterns == schema.end()) return nullptr;
    for (const auto& [pattern, of] : patterns->items())
      if (std::regex_search(key, std::regex(pattern))) return &*patterns->find(pattern);
    return nullptr;
  }

  void check_object(const Json& schema, const Json& value, const std::string& at, std::vector<std::string>& out) const {
    for (const auto& key : schema.value("required", Json::array()))
      if (!value.contains(key.get<std::string>())) out.push_back(at + ": has no " + key.dump());
    if (schema.contains("minProperties") && value.size() < schema["minProperties"]) out.push_back(at + ": has too few keys");
    if (schema.contains("maxProperties") && value.size() > schema["maxProperties"]) out.push_back(at + ": has too many keys");
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [key, item] : value.items()) {
      if (properties.contains(key)) check(properties[key], item, at + "/" + key, out);
      else if (const Json* by_name = pattern_of(schema, key)) check(*by_name, item, at + "/" + key, out);
      else if (schema.contains("additionalProperties")) check(schema["additionalProperties"], item, at + "/" + key, out);
    }
  }

  void check_array(const Json& schema, const Json& value, const std::string& at, std::vector<std::string>& out) const {
    if (schema.contains("minItems") && value.size() < schema["minItems"]) out.push_back(at + ": has too few items");
    if (schema.contains("maxItems") && value.size() > schema["maxItems"]) out.push_back(at + ": has too many items");
    if (schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i) check(schema["items"], value[i], at + "/" + std::to_string(i), out);
  }

  void check_combinations(const Json& schema, const Json& value, const std::string& at, std::vector<std::string>& out) const {
    for (const auto& part : schema.value("allOf", Json::array())) check(part, value, at, out);
    if (schema.contains("anyOf") && how_many_hold(schema["anyOf"], value) == 0)
      out.push_back(at + ": " + value.dump().substr(0, 200) + " fits no alternative");
    if (schema.contains("oneOf") && how_many_hold(schema["oneOf"], value) != 1) out.push_back(at + ": fits not exactly one alternative");
    if (!schema.contains("if")) return;
    const char* branch = holds(schema["if"], value) ? "then" : "else";
    if (schema.contains(branch)) check(schema[branch], value, at, out);
  }

  Json root_;
};

}  // namespace duly::testing_support
