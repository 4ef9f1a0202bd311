// A new name for a rule or a figure. It is tried before it is offered: the rules and cases of every program that knows the name must be as sound as
// before. Facts keep their names: documents of households, tables and other systems use them.

#include <algorithm>

#include "base/text.h"
#include "language/lookup.h"
#include "language/protocol.h"
#include "language/server.h"
#include "syntax/formula.h"

namespace duly {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& why) { throw RpcFailure{RpcError::request_failed, why}; }

/// The one declaration that is meant, which may be renamed.
FoundThing the_one(RuleWorkspace& rules, const std::string& path, std::size_t offset) {
  const std::vector<FoundThing> found = things_at(rules, path, offset);
  if (found.empty()) refuse("there is no name here that stands for a rule or a figure");
  const FoundThing& one = found.front();
  if (std::any_of(found.begin(), found.end(), [&](const FoundThing& other) { return other.thing->declared != one.thing->declared; }))
    refuse("it is not certain which `" + one.thing->name + "` is meant: first mend what is wrong with the file");
  if (one.thing->kind != NamedKind::rule && one.thing->kind != NamedKind::parameter)
    refuse("only rules and figures are renamed here: documents of households and wordings know `" + one.thing->name + "` by its name");
  return one;
}

bool means_something_else(const std::string& name) {
  static const std::vector<std::string> words{"none",   "never",   "unlimited", "not_offered", "self",     "item",  "people", "everyone",
                                              "nobody", "members", "true",      "false",       "and",      "or",    "not",    "if",
                                              "then",   "else",    "in",        "between",     "some",     "every", "for",    "return",
                                              "kind",   "title",   "cite",      "note",        "satisfies"};
  return is_built_in(name) || std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace

Json LanguageServer::renamable(const Json& params) {
  const AskedPlace at = asked_place(params);
  const FoundThing one = the_one(*rules_, at.path, at.offset);
  return {{"range", range_to_json(text_of_file(at.path), one.at.begin, one.at.end, unit_)}, {"placeholder", one.thing->name}};
}

Json LanguageServer::rename(const Json& params) {
  const AskedPlace at = asked_place(params);
  const auto to = params.at("newName").get<std::string>();
  const std::string from = the_one(*rules_, at.path, at.offset).thing->name;
  if (!is_name(to)) refuse("`" + to + "` is no name: names are letters, digits and _");
  if (means_something_else(to)) refuse("`" + to + "` means something else in a formula");
  while (!rules_->is_settled()) rules_->check_next();
  const NamedPlaces named = places_of(*rules_, at.path, at.offset);
  std::set<std::string> programs;
  for (const FilePlace& place : named.places)
    for (const std::string& program : rules_->programs_reading(place.path)) programs.insert(program);
  if (const auto wrong = rules_->tried({}, programs); !wrong.empty())
    refuse("first mend what is wrong: " + wrong.front().file + ":" + std::to_string(wrong.front().line) + ": " + wrong.front().message);

  std::map<std::string, std::string> texts;
  Json changes = Json::object();
  for (auto place = named.places.rbegin(); place != named.places.rend(); ++place) {  // from the end: the places before stay where they are
    const OpenText now = text_of_file(place->path);
    if (std::string_view(now.text()).substr(place->begin, place->end - place->begin) != from) continue;
    std::string& text = texts.try_emplace(place->path, now.text()).first->second;
    text.replace(place->begin, from.size(), to);
    changes[uri_of(place->path)].push_back({{"range", range_to_json(now, place->begin, place->end, unit_)}, {"newText", to}});
  }
  if (const auto wrong = rules_->tried(texts, programs); !wrong.empty())
    refuse("with the name `" + to + "` the rules would be wrong: " + wrong.front().message);
  return {{"changes", std::move(changes)}};
}

}  // namespace duly
