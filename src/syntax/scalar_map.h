#pragma once

// From a byte of a scalar's value to its place in the file. YAML folds lines, strips indentation and decodes escapes, and its parser tells
// only where a scalar begins. So the source and the value are walked together, every byte compared: where the walk succeeds, places are exact
// and the end of the scalar is known; where it fails, the two do not belong together.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "syntax/yaml.h"

namespace duly {

class ScalarMap {
 public:
  /// The scalar that begins at `begin` of `file` (its quote or `|` included) and reads as `value`; nothing if it does not.
  static std::optional<ScalarMap> of(std::string_view file, std::size_t begin, Style style, std::string_view value);

  /// Past the last byte of the scalar in the file, its closing quote included, a final line break left off.
  [[nodiscard]] std::size_t scalar_end() const { return end_; }
  /// Where byte `offset` of the value begins in the file; for the size of the value, where its last byte ends.
  [[nodiscard]] std::size_t begin_of(std::size_t offset) const;
  /// Where byte `offset - 1` of the value ends in the file; for 0, where its first byte begins.
  [[nodiscard]] std::size_t end_of(std::size_t offset) const;

 private:
  friend class ScalarWalk;

  /// A stretch of the value and what it was read from. Of equal length: byte for byte; else (a fold, an escape) as a whole.
  struct Run {
    std::size_t value, value_length;
    std::size_t source, source_length;
  };
  [[nodiscard]] const Run& run_at(std::size_t offset) const;

  std::vector<Run> runs_;
  std::size_t size_ = 0;   // of the value
  std::size_t empty_ = 0;  // the place of an empty value
  std::size_t end_ = 0;
};

/// Where `value` stands in the file if nothing was folded, decoded or stripped: most scalars, and then no walk is needed.
std::optional<std::size_t> verbatim_at(std::string_view file, std::size_t begin, Style style, std::string_view value);

/// Past the last byte of the scalar that begins at `begin`, as `ScalarMap::scalar_end`.
std::optional<std::size_t> end_of_scalar(std::string_view file, std::size_t begin, Style style, std::string_view value);

}  // namespace duly
