// Whatever the bytes of a household document: reading ends, and what is read lies inside the text. JSON keeps every number as it was written,
// and its two readers make the same of it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "syntax/json_readers.h"
#include "syntax/yaml.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_places(const duly::Node& node) {
  require(node.span.begin <= node.span.end && node.span.end <= node.span.source->text.size());
  require(!node.is_map() || node.keys.size() == node.items.size());
  if (node.is_scalar() && node.style == duly::Style::json_bare) require(duly::text_of(node.span) == node.text);
  if (node.is_scalar() && node.style == duly::Style::json_text) {
    const std::string_view text = duly::text_of(node.span);
    require(text.size() >= 2 && text.front() == '"' && text.back() == '"');
    const duly::Span whole = duly::span_in(node, 0, node.text.size());
    require(node.text.empty() || (whole.begin == node.span.begin + 1 && whole.end == node.span.end - 1));
  }
  for (const duly::Node& key : node.keys) check_places(key);
  for (const duly::Node& item : node.items) {
    require(node.span.begin <= item.span.begin && item.span.end <= node.span.end);
    check_places(item);
  }
}

bool are_same(const duly::Node& a, const duly::Node& b) {
  const auto alike = [](const std::vector<duly::Node>& x, const std::vector<duly::Node>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), are_same);
  };
  return a.kind == b.kind && a.style == b.style && a.flow == b.flow && a.is_null == b.is_null && a.text == b.text && a.span.begin == b.span.begin &&
         a.span.end == b.span.end && alike(a.keys, b.keys) && alike(a.items, b.items);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = duly::make_source("", std::string(reinterpret_cast<const char*>(data), size));
  for (const auto read : {duly::parse_document, duly::parse_json}) {
    std::vector<duly::Diagnostic> errors;
    const duly::Node tree = read(source, errors);
    for (const duly::Diagnostic& error : errors) require(error.code != duly::Code::internal && !error.message.empty());
    if (errors.empty()) check_places(tree);
  }
  std::size_t bad = 0;
  if (!duly::unreadable(source->text, bad).empty()) return 0;
  if (const auto fast = duly::read_sound_json(source)) {
    std::vector<duly::Diagnostic> errors;
    require(are_same(*fast, duly::read_any_json(source, errors)) && errors.empty());
  }
  return 0;
}
