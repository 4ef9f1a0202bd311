// Whatever the bytes of a map and of a table, which the input holds one after the other with a zero byte between: every row is counted once, or the
// two are refused with a code.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cases/small_program.h"
#include "cases/table_run.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = std::min(input.find('\0'), input.size());
  static const auto rules = duly::rules_in_memory(duly::test::small_program());
  const auto run = duly::run_table(*rules, duly::make_source("map.yaml", input.substr(0, middle)),
                                   duly::make_source("table.csv", input.substr(std::min(middle + 1, input.size()))), {1});
  if (!run) {
    for (const auto& error : run.errors()) require(error.code != duly::Code::internal && !error.message.empty());
    return 0;
  }
  require(run->agree + run->differences.size() <= run->rows + run->unreadable.size());
  require(!duly::to_text(*run).empty() && !duly::to_json(*run).empty() && !duly::to_html(*run).empty());
  return 0;
}
