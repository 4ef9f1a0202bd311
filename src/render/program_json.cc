// The list of programs as JSON, in the order in which people ask.

#include <nlohmann/json.hpp>

#include "duly/render.h"
#include "duly/version.h"

namespace duly {
namespace {

using Json = nlohmann::ordered_json;

Json program_json(const ProgramInfo& info) {
  Json out;
  out["id"] = info.id;
  out["title"] = info.title;
  out["authority"] = info.authority;
  out["covered_from"] = info.covered_from;
  out["covered_until"] = info.covered_until;
  out["last_checked"] = info.last_checked;
  out["decides"] = info.decides;
  out["requires"] = info.requires_tests;
  out["outputs"] = info.outputs;
  out["not_modelled"] = Json::array();
  for (const auto& [what, cite] : info.not_modelled) out["not_modelled"].push_back({{"what", what}, {"cite", cite}});
  out["doubts"] = info.doubts;
  out["is_frame"] = info.is_frame;
  out["extends"] = info.extends;
  out["covers"] = Json::object();
  for (const auto& [fact, words] : info.covers) out["covers"][fact] = words;
  out["packs"] = info.packs;
  out["slots"] = info.slots;
  out["replaced"] = Json::array();
  for (const auto& [name, cite] : info.replaced) out["replaced"].push_back({{"name", name}, {"cite", cite}});
  out["rules_hash"] = info.rules_hash;
  return out;
}

}  // namespace

std::string to_json(const std::vector<ProgramInfo>& programs, int indent) {
  Json out{{"duly", language_version()}, {"programs", Json::array()}};
  for (const auto& info : programs) out["programs"].push_back(program_json(info));
  return out.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace duly
