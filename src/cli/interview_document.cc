#include "cli/interview_document.h"

#include <algorithm>
#include <cctype>

#include "duly/authoring.h"

namespace duly::cli {
namespace {

using Json = nlohmann::ordered_json;  // fields in the order of the dictionary
using OrderedJson = nlohmann::ordered_json;

/// Follows one `$ref` into the schema's own definitions.
const Json& resolved(const Json& schema, const Json& part) {
  const auto ref = part.find("$ref");
  if (ref == part.end()) return part;
  return schema.at(Json::json_pointer(ref->get<std::string>().substr(1)));
}

bool is_answer_word(const Json& word) { return word.is_string() && word != "unknown"; }

std::vector<std::string> words_in(const Json& schema, const Json& part) {
  std::vector<std::string> out;
  const Json& own = resolved(schema, part);
  if (const auto listed = own.find("enum"); listed != own.end())
    for (const Json& word : *listed)
      if (is_answer_word(word)) out.push_back(word.get<std::string>());
  if (const auto any = own.find("anyOf"); any != own.end())
    for (const Json& one : *any)
      for (std::string& word : words_in(schema, one)) out.push_back(std::move(word));
  return out;
}

/// The records that a list holds; nothing where it is no list of records.
const Json* record_in(const Json& schema, const Json& part) {
  const auto any = part.find("anyOf");
  if (any == part.end()) return nullptr;
  for (const Json& one : *any) {
    const auto ref = one.find("$ref");
    if (ref != one.end() && ref->get<std::string>().find("/record_") != std::string::npos) return &resolved(schema, one);
  }
  return nullptr;
}

bool takes_a_number(const Json& part) {
  const auto any = part.find("anyOf");
  return any != part.end() && std::any_of(any->begin(), any->end(), [](const Json& one) { return one.value("type", "") == "number"; });
}

bool takes_a_list(const Json& part) {
  if (part.value("type", "") == "array") return true;
  const auto any = part.find("anyOf");
  return any != part.end() && std::any_of(any->begin(), any->end(), [](const Json& one) { return one.value("type", "") == "array"; });
}

std::string hint_of(const Json& part) {
  const std::string pattern = part.value("pattern", "");
  if (pattern.find("[0-9]{4}-[0-9]{2}-[0-9]{2}") != std::string::npos || pattern.find("(-[0-9]{2})?") != std::string::npos) return "YYYY-MM-DD";
  return pattern.find("[0-9]{4}-[0-9]{2}") != std::string::npos ? "YYYY-MM" : "";
}

/// `ana.income[0]` in its parts.
struct Owner {
  std::string person, list;
  std::size_t place = 0;
};

Owner owner_of(const std::string& of) {
  Owner out;
  const std::size_t bracket = of.find('[');
  const std::size_t dot = of.find('.');
  if (bracket == std::string::npos) {
    out.person = of;
    return out;
  }
  if (dot < bracket) out.person = of.substr(0, dot);
  const std::size_t begin = dot < bracket ? dot + 1 : 0;
  out.list = of.substr(begin, bracket - begin);
  for (std::size_t i = bracket + 1; i < of.size() && std::isdigit(static_cast<unsigned char>(of[i])) != 0; ++i)
    out.place = out.place * 10 + static_cast<std::size_t>(of[i] - '0');
  return out;
}

bool is_plain(const std::string& text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'; });
}

std::string scalar_text(const OrderedJson& value) {
  if (!value.is_string()) return value.dump();
  const auto text = value.get<std::string>();
  const bool is_number_or_date = !text.empty() && text.find_first_not_of("0123456789-.") == std::string::npos;
  return is_plain(text) || is_number_or_date ? text : value.dump();
}

std::string flow(const OrderedJson& value) {
  if (!value.is_object() && !value.is_array()) return scalar_text(value);
  std::string out;
  for (const auto& item : value.items()) {
    out += out.empty() ? "" : ", ";
    if (value.is_object()) out += item.key() + ": ";
    out += flow(item.value());
  }
  return value.is_object() ? "{" + out + "}" : "[" + out + "]";
}

}  // namespace

const Json& DocumentShapes::schema_of(const std::string& program) {
  const auto [at, is_new] = schemas_.try_emplace(program);
  if (is_new)
    if (const auto text = household_schema(rules_, program)) at->second = Json::parse(*text);
  return at->second;
}

const Json* DocumentShapes::find(const std::string& program, const MissingFact& fact) {
  const Json& schema = schema_of(program);
  const auto in = [&](const Json& where) -> const Json* {
    const auto properties = where.find("properties");
    if (properties == where.end()) return nullptr;
    const auto at = properties->find(fact.fact);
    return at == properties->end() ? nullptr : &*at;
  };
  if (schema.is_null()) return nullptr;
  const Owner owner = owner_of(fact.of);
  if (!owner.list.empty()) {
    const auto record = schema["$defs"].find("record_" + owner.list);
    return record == schema["$defs"].end() ? nullptr : in(*record);
  }
  if (!owner.person.empty()) return in(schema["$defs"]["person"]);
  if (const Json* top = in(schema)) return top;
  for (const char* section : {"place", "world", "request"})
    if (schema["properties"].contains(section))
      if (const Json* found = in(schema["properties"][section])) return found;
  return nullptr;
}

std::string DocumentShapes::section_of(const std::string& program, const MissingFact& fact) {
  const Json& schema = schema_of(program);
  if (!fact.of.empty() || schema.is_null() || schema["properties"].contains(fact.fact)) return "";
  for (const char* section : {"place", "world", "request"}) {
    const auto at = schema["properties"].find(section);
    if (at != schema["properties"].end() && at->contains("properties") && (*at)["properties"].contains(fact.fact)) return section;
  }
  return "";
}

AnswerShape DocumentShapes::shape_of(const std::string& program, const MissingFact& fact) {
  AnswerShape out;
  const Json* found = find(program, fact);
  if (found == nullptr) return out;
  const Json& schema = schema_of(program);
  const Json& part = resolved(schema, *found);
  using Kind = AnswerShape::Kind;
  out.words = words_in(schema, part);
  out.hint = hint_of(part);
  if (const Json* record = record_in(schema, part)) {
    out.kind = Kind::records;
    const auto& fields = (*record)["properties"];

    for (const auto& [name, field] : fields.items()) {
      const std::vector<std::string> words = words_in(schema, field);
      const bool is_yes_or_no = words == std::vector<std::string>{"yes", "no"};
      if (!out.first_words.empty() || words.empty() || is_yes_or_no || !field.contains("description")) continue;
      out.first_field = name;
      out.first_words = words;
      out.ask_first = field.value("description", "");
    }
    return out;
  }
  if (out.words == std::vector<std::string>{"yes", "no"}) out.kind = Kind::yes_or_no;
  else if (takes_a_number(part)) out.kind = Kind::number;
  else if (!out.words.empty()) out.kind = Kind::words;
  else if (takes_a_list(part)) out.kind = Kind::people;
  return out;
}

void put_answer(OrderedJson& document, const MissingFact& fact, const std::string& section, OrderedJson value) {
  const Owner owner = owner_of(fact.of);
  OrderedJson* at = &document;
  if (!section.empty()) at = &document[section];
  if (!owner.person.empty()) at = &document["people"][owner.person];
  if (!owner.list.empty()) {
    OrderedJson& list = (*at)[owner.list];
    if (!list.is_array() || owner.place >= list.size()) return;
    at = &list[owner.place];
  }
  (*at)[fact.fact] = std::move(value);
}

std::string to_yaml(const OrderedJson& document) {
  std::string out;
  for (const auto& item : document.items()) {
    if (item.key() != "people" || !item.value().is_object()) {
      out += item.key() + ": " + flow(item.value()) + "\n";
      continue;
    }
    out += "people:\n";
    for (const auto& person : item.value().items()) out += "  " + person.key() + ": " + (person.value().empty() ? "{}" : flow(person.value())) + "\n";
  }
  return out;
}

}  // namespace duly::cli
