#pragma once

// The canonical layout of a tree, its comments with it.

#include <string>
#include <vector>

#include "syntax/yaml_checks.h"

namespace duly {

/// `tree` as text: two blanks for each level, lists indented below their key, one line for what fits one, grids in columns, formulas in { } quoted.
/// What stands in several lines between brackets stays as it is. `comments` are all comments of the text.
std::string lay_out(const SourcePtr& source, const Node& tree, const std::vector<ByteRange>& comments);

/// A text grid that `lay_out` puts into columns: only the cells and comments of its text count, not the blanks between them.
bool is_grid(const Node& key, const Node& value);

/// What counts of a grid's text, one line for each line of it.
std::string grid_essence(const std::string& text);

}  // namespace duly
