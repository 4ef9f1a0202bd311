#pragma once

// One line of a text grid, taken apart: shared by those who read grids and those who lay them out.

#include <string_view>
#include <vector>

#include "syntax/yaml_checks.h"

namespace duly {

struct GridLine {
  std::vector<ByteRange> cells;  ///< in the line, blanks around them left off; none in a line that is blank or only a comment
  std::size_t comment = std::string_view::npos;      ///< the `#` of a comment
  std::size_t bad_comment = std::string_view::npos;  ///< a `#` that may be meant as a comment and is not written as one
  std::size_t open_quote = std::string_view::npos;   ///< a `"` that does not close on the line
};

GridLine split_grid_line(std::string_view line);

}  // namespace duly
