#pragma once

// YAML and JSON as one tree with exact places. YAML goes through the events of yaml-cpp (included nowhere else); every scalar stays text and
// is interpreted by whoever knows its type. Anchors, aliases, tags, merge keys and several documents are refused; so are duplicate keys.
// All mistakes of a text are reported at once: a record (a line that starts in column 1) with a mistake does not hide the next.
//
// Threads: no shared state.

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace duly {

enum class Style : std::uint8_t { plain, quoted, block, folded, json_text, json_bare };  ///< json_bare: number, true, false, null

/// One node. A scalar has `text`; a sequence has `items`; a map has `keys` and `items`, side by side.
/// An empty plain scalar and `null`/`~` keep their source text; `is_null` tells an empty value, `~` or a JSON null.
struct Node {
  enum class Kind : std::uint8_t { scalar, sequence, map };
  Kind kind = Kind::scalar;
  Style style = Style::plain;
  bool flow = false;       ///< written with { } or [ ]
  bool is_null = false;
  std::string text;
  std::vector<Node> keys;  ///< scalars
  std::vector<Node> items;
  Span span;               ///< of the scalar with its quotes; of a collection from its first to its last byte

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  /// The value of `key`, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

/// Reads YAML. Mistakes are added to `errors`, at most 200 and a last one that says so; the tree holds what could be read (a map of the sound
/// records), an empty map if nothing.
Node parse_yaml(const SourcePtr& source, std::vector<Diagnostic>& errors);

/// Reads JSON into the same tree: numbers keep their text (0.10 stays 0.10), depth at most 200, duplicate keys refused.
Node parse_json(const SourcePtr& source, std::vector<Diagnostic>& errors);

/// JSON if the first byte that is no blank is `{` or `[` and it reads as JSON, else YAML. For household documents.
Node parse_document(const SourcePtr& source, std::vector<Diagnostic>& errors);

/// Where bytes [begin, end) of `scalar.text` stand in the file: exact for plain (also over several lines), quoted (with escapes) and `|` scalars.
Span span_in(const Node& scalar, std::size_t begin, std::size_t end);

/// A text grid (`rows: |`): cells split on `|` outside quotes, trimmed; `#` after two blanks is a comment. Blank lines are skipped.
struct GridCell {
  std::string text;
  Span span;
};
struct Grid {
  std::vector<GridCell> header;
  std::vector<std::vector<GridCell>> rows;  ///< each as long as the header
};
/// Reads a grid from a `|` scalar; a wrong shape is explained in `errors` (E108).
Grid parse_grid(const Node& scalar, std::vector<Diagnostic>& errors);

}  // namespace duly
