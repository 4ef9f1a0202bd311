#pragma once

// A stretch of YAML text as a tree, through the events of yaml-cpp (which only `yaml_events.cc` includes). Reading stops at the first thing that
// is not YAML or that this language refuses; what was complete before it is kept, and what is known about the stop is handed to those who
// explain it.

#include <cstddef>
#include <optional>

#include "syntax/yaml.h"

namespace duly {

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
inline constexpr std::size_t max_yaml_depth = 64;

/// Why reading stopped, as far as the parser can tell.
enum class Fault : std::uint8_t {
  bad_start,       ///< a character that no value may start with
  stray_close,     ///< a closing bracket that closes nothing
  stray_dash,      ///< `- ` where no list can begin
  stray_question,  ///< `? ` where no key can begin
  stray_colon,     ///< `: ` where no key is before it
  in_block,        ///< something in a map or list of lines that is no entry of it
  in_flow,         ///< something in { } or [ ] that is neither a comma nor the end
  block_header,    ///< text behind `|` or `>`
  open_quote,      ///< a quote that is never closed
  bad_escape,      ///< a backslash in double quotes that means nothing, or a control character
  tab,             ///< a tab as indentation
  anchor,
  alias,
  tag,
  directive,
  collection_key,  ///< a list or a record as a key
  second_document, ///< something behind the end of the outermost node
  too_deep,
  lost_place,      ///< our fault: a value does not match its place in the file
  other,
};

struct Stop {
  Fault fault;
  std::size_t at;                     ///< where the parser gave up; often behind the mistake
  std::size_t open_record = nowhere;  ///< the outermost entry that was not complete
  std::size_t open_flow = nowhere;    ///< the innermost `{` or `[` that was not closed
  Span last;                          ///< the last scalar or closed { } or [ ] before the stop
  bool last_is_plain = false;
};

struct Stretch {
  std::optional<Node> root;  ///< its complete entries; nothing if there is no text
  std::optional<Stop> stop;
};

/// Reads bytes [begin, end), which begin at a line.
Stretch read_stretch(const SourcePtr& source, std::size_t begin, std::size_t end);

}  // namespace duly
