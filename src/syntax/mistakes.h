#pragma once

// The mistakes of one text, while it is read.

#include <cstddef>
#include <string>
#include <vector>

#include "base/source.h"

namespace duly {

/// A mistake and the byte it belongs to, which says what record it spoils.
struct Mistake {
  std::size_t at;
  Diagnostic said;
};

/// A mistake at bytes [begin, end). A very long line is not shown.
Mistake mistake_at(Code code, const SourcePtr& source, std::size_t begin, std::size_t end, std::string message, std::string help = "");

class Mistakes {
 public:
  /// Past so many, the file is of another kind than its author thinks; the rest is left out.
  static constexpr std::size_t most = 200;

  void add(Mistake mistake);
  [[nodiscard]] bool full() const { return all_.size() >= most; }
  /// Whether there is one in bytes [begin, end).
  [[nodiscard]] bool any_in(std::size_t begin, std::size_t end) const;
  /// Moves them out in the order of the file.
  void move_to(std::vector<Diagnostic>& errors);

 private:
  std::vector<Mistake> all_;  // sorted by place
};

/// Adds E100 and returns false if the text is not clean UTF-8. No byte that is no text gets into the diagnostic.
bool check_readable(const SourcePtr& source, std::vector<Diagnostic>& errors);

/// Offset of the first control character in `value`, line breaks and tabs left out, or npos. Escapes can bring them into clean text.
std::size_t find_control_character(std::string_view value);

/// A piece of the file as it is shown in a message: in backquotes, a very long one cut.
std::string in_backquotes(std::string_view text);

}  // namespace duly
