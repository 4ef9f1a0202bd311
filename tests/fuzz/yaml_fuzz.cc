// Whatever the bytes: reading ends, places lie inside the text, a tree without mistakes has its values where it says, and formatting keeps it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "syntax/format.h"
#include "syntax/yaml.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_places(const duly::Node& node) {
  require(node.span.begin <= node.span.end && node.span.end <= node.span.source->text.size());
  require(!node.is_map() || node.keys.size() == node.items.size());
  if (node.is_scalar() && !node.text.empty()) {
    const duly::Span whole = duly::span_in(node, 0, node.text.size());
    require(node.span.begin <= whole.begin && whole.begin <= whole.end && whole.end <= node.span.source->text.size());
    require(node.style != duly::Style::plain || (whole.begin == node.span.begin && whole.end == node.span.end));
  }
  for (const duly::Node& key : node.keys) check_places(key);
  for (const duly::Node& item : node.items) {
    require(node.span.begin <= item.span.begin && item.span.end <= node.span.end);
    check_places(item);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = duly::make_source("", std::string(reinterpret_cast<const char*>(data), size));
  std::vector<duly::Diagnostic> errors;
  const duly::Node tree = duly::parse_yaml(source, errors);
  check_places(tree);
  for (const duly::Diagnostic& error : errors) require(error.code != duly::Code::internal && !error.message.empty());
  if (!errors.empty()) return 0;
  for (const duly::Node& item : tree.items) {
    std::vector<duly::Diagnostic> shape;
    const duly::Grid grid = duly::parse_grid(item, shape);
    for (const auto& row : grid.rows) require(row.size() == grid.header.size());
  }
  const auto result = duly::format_rules(source);
  require(result.ok() || (result.errors().size() == 1 && result.errors().front().code == duly::Code::internal));
  return 0;
}
