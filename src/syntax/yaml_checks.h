#pragma once

// Mistakes in text that YAML accepts: a key that stands twice, a formula cut at a comma or at a ` #`, folded text out of `>5`, a no-break space.

#include <cstddef>
#include <string>
#include <vector>

#include "syntax/mistakes.h"
#include "syntax/yaml.h"

namespace duly {

struct ByteRange {
  std::size_t begin, end;
};
/// All comments in bytes [begin, end), from which `root` was read: each from its `#` to its last byte that is no blank. What stands behind a `#`
/// inside of a block scalar, a text grid for one, belongs to that scalar.
std::vector<ByteRange> comments_in(const SourcePtr& source, const Node& root, std::size_t begin, std::size_t end);

void check_tree(const Node& root, Mistakes& mistakes);
void check_comments(const SourcePtr& source, const std::vector<ByteRange>& comments, Mistakes& mistakes);
/// No-break and invisible spaces outside of quotes and comments, in bytes [begin, end).
void check_spaces(const SourcePtr& source, const Node& root, const std::vector<ByteRange>& comments, std::size_t begin, std::size_t end,
                  Mistakes& mistakes);
bool has_key_twice(const Node& map);
/// Keys of `map` that stand twice.
void check_duplicates(const Node& map, Mistakes& mistakes);

/// ` #` with one blank before or none behind it: what was cut, and both ways out.
Mistake cut_by_comment(const SourcePtr& source, std::size_t at);

/// The first no-break or invisible space in [begin, end), and what it is called; an empty name if there is none.
struct OddSpace {
  std::size_t at = 0, length = 0;
  std::string_view name;
};
OddSpace find_odd_space(std::string_view text, std::size_t begin, std::size_t end);
Mistake odd_space_mistake(const SourcePtr& source, const OddSpace& space);

}  // namespace duly
