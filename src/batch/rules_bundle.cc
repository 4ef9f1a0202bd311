#include "batch/rules_bundle.h"

#include <nlohmann/json.hpp>

namespace duly {

using Json = nlohmann::ordered_json;

namespace {

std::vector<Diagnostic> add_files(const Programs& programs, const std::string& id, std::map<std::string, std::string>& texts) {
  const auto program = programs.program(id);
  if (!program) return program.errors();
  for (const auto& [path, hash] : (*program)->declarations().files)
    if (const auto text = programs.files().read(path)) texts[path] = *text;
  const auto packs = programs.packs_on(id);
  if (!packs) return packs.errors();
  for (const PackHead& pack : *packs)
    if (auto wrong = add_files(programs, pack.id, texts); !wrong.empty()) return wrong;
  return {};
}

}  // namespace

Result<std::string> rules_bundle(const Programs& programs, const std::string& program) {
  std::map<std::string, std::string> texts;
  if (auto wrong = add_files(programs, program, texts); !wrong.empty()) return wrong;
  Json out{{"duly", 1}, {"program", program}, {"files", Json::object()}};
  for (const auto& [path, text] : texts) out["files"][path] = text;
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
