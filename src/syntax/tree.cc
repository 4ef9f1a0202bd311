#include "syntax/tree.h"

#include <algorithm>

#include "base/text.h"

namespace duly {
namespace {

std::ptrdiff_t offset(std::size_t position) { return static_cast<std::ptrdiff_t>(position); }

void stand_at(Node& node, const Span& where) {
  node.span = where;
  for (Node& key : node.keys) stand_at(key, where);
  for (Node& item : node.items) stand_at(item, where);
}

}  // namespace

Node scalar_node(std::string text, const Span& where) {
  Node node;
  node.text = std::move(text);
  node.span = where;
  return node;
}

Node list_node(std::vector<Node> items, const Span& where) {
  Node node;
  node.kind = Node::Kind::sequence;
  node.items = std::move(items);
  node.span = where;
  return node;
}

Node map_node(const Span& where) {
  Node node;
  node.kind = Node::Kind::map;
  node.span = where;
  return node;
}

int position_of(const Node& map, std::string_view key) {
  const auto at = std::find_if(map.keys.begin(), map.keys.end(), [&](const Node& k) { return k.text == key; });
  return at == map.keys.end() ? -1 : static_cast<int>(at - map.keys.begin());
}

void set_key(Node& map, const Node& key, Node value) {
  if (!map.is_map()) map = map_node(map.span);
  const int at = position_of(map, key.text);
  if (at >= 0) {
    map.items[static_cast<std::size_t>(at)] = std::move(value);
    return;
  }
  map.keys.push_back(key);
  map.items.push_back(std::move(value));
}

void erase_key(Node& map, std::size_t position) {
  map.keys.erase(map.keys.begin() + offset(position));
  map.items.erase(map.items.begin() + offset(position));
}

Node& map_below(Node& map, const std::string& key, const Span& where) {
  if (position_of(map, key) < 0) set_key(map, scalar_node(key, where), map_node(where));
  Node& below = map.items[static_cast<std::size_t>(position_of(map, key))];
  if (!below.is_map()) below = map_node(where);
  return below;
}

Node node_from_cell(const GridCell& cell, std::vector<Diagnostic>& errors) {
  const bool is_yaml = !cell.text.empty() && (cell.text[0] == '[' || cell.text[0] == '{' || cell.text[0] == '"');
  if (!is_yaml) return scalar_node(cell.text, cell.span);
  std::vector<Diagnostic> mistakes;
  Node tree = parse_yaml(make_source("", "cell: " + cell.text + "\n"), mistakes);
  if (!mistakes.empty() || tree.items.size() != 1) {
    errors.push_back(diagnostic_at(Code::grid_shape, cell.span, "`" + cell.text + "` cannot be read",
                                   mistakes.empty() ? "" : "a list is written as [a, b], a record as {a: 1, b: 2}"));
    return scalar_node(cell.text, cell.span);
  }
  Node value = std::move(tree.items[0]);
  stand_at(value, cell.span);
  return value;
}

}  // namespace duly
