// Any bytes as a formula and as a cell: read or refused with one diagnostic; what was read prints as a text that reads the same way.

#include <string>

#include "syntax/formula.h"
#include "syntax/formula_print.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const std::string& text) {
  std::vector<duly::Diagnostic> errors;
  const auto formula = duly::parse_formula_text(duly::make_source("", text), errors);
  require(errors.size() == (formula ? 0U : 1U));
  if (!formula) return;
  const std::string printed = to_text(*formula);
  const auto again = duly::parse_formula_text(duly::make_source("", printed), errors);
  require(again != nullptr && to_text(*again) == printed);
}

void check_cell(const std::string& text) {
  const duly::GridCell cell{text, {duly::make_source("", text), 0, text.size()}};
  std::vector<duly::Diagnostic> errors;
  const auto tests = duly::parse_cell_tests(cell, errors);
  require(errors.size() == (tests.any || !tests.tests.empty() ? 0U : 1U));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(text);
  check_cell(text);
  return 0;
}
