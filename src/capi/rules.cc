#include "capi/handles.h"
#include "duly/render.h"

namespace duly::capi {
namespace {

/// The texts of `files`, whose elements may be larger than ours; what misuse says, if it is misuse.
std::vector<Diagnostic> texts_of(const duly_file* files, std::size_t count, std::map<std::string, std::string>& texts) {
  if (files == nullptr && count > 0) return bad_argument("`files` is NULL");
  if (count > 0 && files->size < sizeof(duly_file)) return bad_argument("`size` of the first file is smaller than a duly_file");
  const char* at = reinterpret_cast<const char*>(files);
  for (std::size_t i = 0; i < count; ++i, at += files->size) {
    const auto& file = *reinterpret_cast<const duly_file*>(at);
    if (file.path == nullptr) return bad_argument("the `path` of a file is NULL");
    if (file.text == nullptr && file.length > 0) return bad_argument("the `text` of a file is NULL");
    if (!texts.emplace(file.path, std::string(file.text != nullptr ? file.text : "", file.length)).second)
      return bad_argument("two files have one path");
  }
  return {};
}

std::vector<Diagnostic> take(Result<Ruleset> loaded, duly_rules** rules) {
  if (!loaded) return loaded.errors();
  give(rules, std::move(*loaded));
  return {};
}

}  // namespace
}  // namespace duly::capi

using duly::capi::bad_argument;
using duly::capi::give;
using duly::capi::guarded;
using Failure = std::vector<duly::Diagnostic>;

extern "C" {

duly_status duly_rules_from_folder(const char* folder, duly_rules** rules, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    *rules = nullptr;
    if (folder == nullptr) return bad_argument("`folder` is NULL");
    return duly::capi::take(duly::Ruleset::from_folder(folder), rules);
  });
}

duly_status duly_rules_from_texts(const duly_file* files, size_t count, duly_rules** rules, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    *rules = nullptr;
    std::map<std::string, std::string> texts;
    if (auto misuse = duly::capi::texts_of(files, count, texts); !misuse.empty()) return misuse;
    return duly::capi::take(duly::Ruleset::from_texts(std::move(texts)), rules);
  });
}

duly_status duly_programs(const duly_rules* rules, duly_strings** programs, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (programs == nullptr) return bad_argument("`programs` is NULL");
    *programs = nullptr;
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    give(programs, rules->rules.programs());
    return {};
  });
}

duly_status duly_program_info(const duly_rules* rules, const char* program, duly_string** json, duly_error** error) {
  return guarded(error, [&]() -> Failure {
    if (json == nullptr) return bad_argument("`json` is NULL");
    *json = nullptr;
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    if (program == nullptr) return bad_argument("`program` is NULL");
    const auto info = rules->rules.program(program);
    if (!info) return info.errors();
    give(json, duly::to_json(std::vector{*info}));
    return {};
  });
}

duly_status duly_check(const duly_rules* rules, const char* program, duly_error** found) {
  return guarded(found, [&]() -> Failure {
    if (rules == nullptr) return bad_argument("`rules` is NULL");
    if (program == nullptr) return bad_argument("`program` is NULL");
    return rules->rules.check(program);
  });
}

void duly_rules_free(duly_rules* rules) { delete rules; }
}
