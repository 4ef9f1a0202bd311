#pragma once

// Source text and places in it. A `Span` is a pair of byte offsets into one text; people see lines and columns in code points.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "duly/diagnostic.h"

namespace duly {

/// One text with a name, immutable and shared by all that points into it.
struct Source {
  std::string path;  ///< as shown to people; empty for text that came from no file
  std::string text;
  std::vector<std::size_t> line_starts;  ///< byte offset of each line
};
using SourcePtr = std::shared_ptr<const Source>;

SourcePtr make_source(std::string path, std::string text);

/// Bytes [begin, end) of `source`. A null source is "no place".
struct Span {
  SourcePtr source;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Place {
  int line;    ///< from 1
  int column;  ///< from 1, code points
};

Place place_of(const Source& source, std::size_t offset);
std::string_view line_text(const Source& source, int line);
std::string_view text_of(const Span& span);

/// A diagnostic that points at `where`. Rule and citation are added by those who know them.
Diagnostic diagnostic_at(Code code, const Span& where, std::string message, std::string help = "");

/// Why `text` cannot be read at all, or nothing: invalid UTF-8, NUL and other control characters, a lone carriage return, a byte order mark,
/// UTF-16. The offset of the first bad byte is in `at`.
std::string unreadable(std::string_view text, std::size_t& at);

}  // namespace duly
