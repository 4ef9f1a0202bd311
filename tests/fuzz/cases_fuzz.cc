// Whatever the bytes of a file of worked cases, each case that can be read is decided and compared; the rest is told with a code.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cases/run_cases.h"
#include "fuzz/small_programs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::map<std::string, std::string> texts;
  for (const auto& [path, text] : duly::fuzz::small_programs())
    if (path.starts_with("facts/") || (path.starts_with("units/") && !path.starts_with("units/cases/"))) texts[path] = text;
  texts["units/cases/fuzz.yaml"] = std::string(reinterpret_cast<const char*>(data), size);
  const duly::CasesRun run = duly::run_cases(duly::rules_in_memory(std::move(texts)), {{"units"}, 1});
  for (const auto& error : run.errors)
    if (error.code == duly::Code::internal || error.message.empty()) std::abort();
  if (run.failed() != run.failures.size() || duly::to_json(run).empty()) std::abort();
  return 0;
}
