#include "batch/rules_bundle.h"

#include <nlohmann/json.hpp>

#include "resolve/declarations.h"

namespace duly {

using Json = nlohmann::ordered_json;

std::string rules_bundle(const RuleFiles& files, const std::string& program, const Declarations& declarations) {
  Json out{{"duly", 1}, {"program", program}, {"rules", declarations.rules_hash}, {"files", Json::object()}};
  for (const auto& [path, hash] : declarations.files)
    if (const auto text = files.read(path)) out["files"][path] = *text;
  return out.dump(1) + "\n";
}

Result<std::map<std::string, std::string>> texts_of_bundle(const std::string& text) {
  const Json in = Json::parse(text, nullptr, false);
  std::map<std::string, std::string> out;
  if (in.is_object() && in.contains("files") && in["files"].is_object())
    for (const auto& [path, file] : in["files"].items())
      if (file.is_string()) out[path] = file.get<std::string>();
  if (!out.empty()) return out;
  Diagnostic d;
  d.code = Code::cannot_read;
  d.message = "the bundle of rules beside the results cannot be read";
  d.help = "it is `rules.json`, as `duly batch` wrote it";
  return d;
}

}  // namespace duly
