// What the server answers about names: where they are declared and used, and what stands behind them.

#include <algorithm>

#include "language/completion.h"
#include "language/hover.h"
#include "language/lookup.h"
#include "language/protocol.h"
#include "language/server.h"

namespace duly {
namespace {

using Json = nlohmann::json;

/// Kinds of symbols as the protocol numbers them.
enum SymbolKind : int { property = 7, variable = 13, constant = 14, object = 19, key = 20, enumeration = 10, boolean_symbol = 17 };

int symbol_kind(const Node& record) {
  if (record.find("values") != nullptr || record.find("file") != nullptr) return constant;
  if (record.find("passes") != nullptr) return boolean_symbol;
  return record.find("ask") != nullptr ? property : variable;
}

/// Kinds of completions as the protocol numbers them.
int kind_number(CompletionKind kind) {
  switch (kind) {
    case CompletionKind::key: return 10;        // property
    case CompletionKind::word: return 12;       // value
    case CompletionKind::function: return 3;    // function
    case CompletionKind::fact: return 5;        // field
    case CompletionKind::rule: return 6;        // variable
    case CompletionKind::parameter: return 21;  // constant
    case CompletionKind::record: return 22;     // structure
  }
  return 1;
}

}  // namespace

OpenText LanguageServer::text_of_file(const std::string& path) const {
  const auto open = documents_.find(path);
  return open != documents_.end() ? open->second.text : OpenText(rules_->files().read(path).value_or(""));
}

LanguageServer::AskedPlace LanguageServer::asked_place(const Json& params) {
  const auto path = path_of(params.at("textDocument").at("uri").get<std::string>());
  const TextPosition at = position_from_json(params.at("position"));
  if (!path || !rules_->files().read(*path)) throw RpcFailure{RpcError::request_failed, "this is no file of the rules"};
  while (rules_->programs_reading(*path).empty() && !rules_->is_settled()) rules_->check_next();  // nobody was told yet who reads it
  return {*path, text_of_file(*path).offset_of(at, unit_)};
}

Json LanguageServer::location(const FilePlace& place, std::map<std::string, OpenText>& texts) const {
  const auto [text, is_new] = texts.try_emplace(place.path);
  if (is_new) text->second = text_of_file(place.path);
  return {{"uri", uri_of(place.path)}, {"range", range_to_json(text->second, place.begin, place.end, unit_)}};
}

Json LanguageServer::definition(const Json& params) {
  const AskedPlace at = asked_place(params);
  std::map<std::string, OpenText> texts;
  Json out = Json::array();
  for (const FoundThing& found : things_at(*rules_, at.path, at.offset))
    if (const auto now = place_now(*rules_, *found.names, found.thing->declared)) {
      Json one = location(*now, texts);
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    }
  return out;
}

Json LanguageServer::references(const Json& params) {
  const AskedPlace at = asked_place(params);
  const auto context = params.find("context");
  const bool with_declaration = context == params.end() || context->value("includeDeclaration", true);
  const NamedPlaces named = places_of(*rules_, at.path, at.offset);
  std::map<std::string, OpenText> texts;
  Json out = Json::array();
  for (const FilePlace& place : named.places)
    if (with_declaration || !named.declared.contains(place)) out.push_back(location(place, texts));
  return out;
}

Json LanguageServer::highlights(const Json& params) {
  const AskedPlace at = asked_place(params);
  const OpenText text = text_of_file(at.path);
  Json out = Json::array();
  for (const FilePlace& place : places_of(*rules_, at.path, at.offset).places)
    if (place.path == at.path) out.push_back({{"range", range_to_json(text, place.begin, place.end, unit_)}});
  return out;
}

Json LanguageServer::hover(const Json& params) {
  const AskedPlace at = asked_place(params);
  const auto found = things_at(*rules_, at.path, at.offset);
  if (found.empty()) return nullptr;
  std::string text;
  for (const FoundThing& one : found) {
    const std::string shown = hover_text(*one.names, *one.thing, options_.today);
    if (text.find(shown) == std::string::npos) text.append(text.empty() ? "" : "\n\n---\n\n").append(shown);
  }
  const OpenText file = text_of_file(at.path);
  return {{"contents", {{"kind", "markdown"}, {"value", text}}}, {"range", range_to_json(file, found.front().at.begin, found.front().at.end, unit_)}};
}

Json LanguageServer::completion(const Json& params) {
  const AskedPlace at = asked_place(params);
  const OpenText text = text_of_file(at.path);
  std::shared_ptr<const ProgramNames> names;
  for (const std::string& program : rules_->programs_reading(at.path))
    if (!names) names = rules_->names_of(program);
  const Completions found = completions_at(text.text(), at.offset, names.get(), options_.today);
  const Json range = range_to_json(text, found.begin, at.offset, unit_);
  Json items = Json::array();
  for (const Completion& one : found.all) {
    Json item{{"label", one.label},
              {"kind", kind_number(one.kind)},
              {"sortText", std::to_string(one.rank) + one.label},
              {"textEdit", {{"range", range}, {"newText", one.inserted.empty() ? one.label : one.inserted}}}};
    if (!one.detail.empty()) item["detail"] = one.detail;
    if (!one.documentation.empty()) item["documentation"] = {{"kind", "markdown"}, {"value", one.documentation}};
    items.push_back(std::move(item));
  }
  return {{"isIncomplete", false}, {"items", std::move(items)}};
}

/// The records of a file by name: an outline.
Json LanguageServer::symbols(const Json& params) {
  const auto path = path_of(params.at("textDocument").at("uri").get<std::string>());
  const auto file = path ? rules_->files().parsed(*path) : nullptr;
  if (!file) throw RpcFailure{RpcError::request_failed, "this is no file of the rules"};
  const OpenText text = text_of_file(*path);
  const auto symbol = [&](const Node& name, const Node& value, int kind) {
    const Node* title = value.find("title");
    return Json{{"name", name.text},
                {"detail", title != nullptr && title->is_scalar() ? title->text : ""},
                {"kind", kind},
                {"range", range_to_json(text, name.span.begin, std::max(name.span.end, value.span.end), unit_)},
                {"selectionRange", range_to_json(text, name.span.begin, name.span.end, unit_)}};
  };
  Json out = Json::array();
  for (std::size_t i = 0; i < file->tree->keys.size(); ++i) {
    const Node& name = file->tree->keys[i];
    const Node& value = file->tree->items[i];
    const bool is_group = name.text == "codes" || name.text == "records";
    if (!value.is_map() || name.text.empty()) continue;
    if (!is_group) {
      out.push_back(symbol(name, value, symbol_kind(value)));
      continue;
    }
    for (std::size_t k = 0; k < value.keys.size(); ++k)
      if (!value.keys[k].text.empty()) out.push_back(symbol(value.keys[k], value.items[k], name.text == "codes" ? enumeration : object));
  }
  return out;
}

}  // namespace duly
