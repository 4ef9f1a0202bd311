#pragma once

// Making and changing trees of a document, as its author could have written them.
//
// Threads: no shared state.

#include "syntax/yaml.h"

namespace duly {

Node scalar_node(std::string text, const Span& where);
Node list_node(std::vector<Node> items, const Span& where);
Node map_node(const Span& where);

/// Position of `key`, or -1.
int position_of(const Node& map, std::string_view key);
/// Puts `value` in the place of `key`, or behind the other keys. What is no map becomes one.
void set_key(Node& map, const Node& key, Node value);
void erase_key(Node& map, std::size_t position);

/// The map below `key`, made where there is none.
Node& map_below(Node& map, const std::string& key, const Span& where);

/// A cell of a text grid as the value it stands for: `[ana, leo]` and `{...}` are read, a text in double quotes loses them, all else stays text.
/// Everything in it stands where the cell stands.
Node node_from_cell(const GridCell& cell, std::vector<Diagnostic>& errors);

}  // namespace duly
