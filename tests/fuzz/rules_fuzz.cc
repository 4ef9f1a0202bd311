// Whatever the bytes of a chapter, its program is checked to the end: it is sound, or each mistake has a code and a place. A sound one decides.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "duly/ruleset.h"
#include "fuzz/small_programs.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr const char* household = R"(duly: 1
request: {benefit_month: 2026-06, decided: 2026-06-25}
people: {ana: {age: 34, parent_of: [leo]}, leo: {age: 6}}
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto texts = duly::fuzz::small_programs();
  texts["units/income.yaml"] = std::string(reinterpret_cast<const char*>(data), size);
  const duly::Ruleset rules = *duly::Ruleset::from_texts(texts);
  bool sound = true;
  for (const auto& found : rules.check("units")) {
    require(found.code != duly::Code::internal && !found.message.empty());
    sound = sound && found.severity == duly::Severity::warning;
  }
  const auto decided = rules.determine("units", household);
  require(sound || !decided.ok());
  return 0;
}
