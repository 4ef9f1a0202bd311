#pragma once

// Reading texts in tests, and saying in one line where something stands.

#include <string>
#include <vector>

#include "syntax/yaml.h"

namespace duly::test {

struct Reading {
  Node tree;
  std::vector<Diagnostic> errors;
};

inline Reading read_yaml(std::string text) {
  Reading reading;
  reading.tree = parse_yaml(make_source("rules.yaml", std::move(text)), reading.errors);
  return reading;
}

inline Reading read_document(std::string text) {
  Reading reading;
  reading.tree = parse_document(make_source("household.json", std::move(text)), reading.errors);
  return reading;
}

inline Reading read_json(std::string text) {
  Reading reading;
  reading.tree = parse_json(make_source("household.json", std::move(text)), reading.errors);
  return reading;
}

/// `2:4 E101`, the length of the caret left off.
inline std::string place(const Diagnostic& d) { return std::to_string(d.line) + ":" + std::to_string(d.column) + " " + code_text(d.code); }

/// All places, a comma between.
inline std::string places(const std::vector<Diagnostic>& errors) {
  std::string out;
  for (const Diagnostic& d : errors) out += (out.empty() ? "" : ", ") + place(d);
  return out;
}

/// The one mistake of a text, `2:4 E101 message | help`; every place if there are more.
inline std::string mistake_in(std::string text) {
  const auto errors = read_yaml(std::move(text)).errors;
  if (errors.size() != 1) return std::to_string(errors.size()) + " mistakes: " + places(errors);
  return place(errors.front()) + " " + errors.front().message + " | " + errors.front().help;
}

/// The value under a path of keys and positions, such as `{"a", "0"}`.
inline const Node& at(const Node& root, const std::vector<std::string>& path) {
  const Node* node = &root;
  for (const std::string& step : path) node = node->is_map() ? node->find(step) : &node->items.at(std::stoul(step));
  return *node;
}

/// The part of the file that `part` of the scalar's value came from.
inline std::string source_of(const Node& scalar, std::string_view part) {
  const std::size_t begin = scalar.text.find(part);
  return begin == std::string::npos ? "not in the value" : std::string(text_of(span_in(scalar, begin, begin + part.size())));
}

/// `line:column` of byte `offset` of a scalar's value.
inline std::string place_in(const Node& scalar, std::size_t offset) {
  const Place found = place_of(*scalar.span.source, span_in(scalar, offset, offset + 1).begin);
  return std::to_string(found.line) + ":" + std::to_string(found.column);
}

}  // namespace duly::test
