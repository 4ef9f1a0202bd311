// Where a record of a chapter stands in its text, so that one can be put in another's place and all around it stays.

#pragma once

#include <optional>
#include <string_view>

namespace duly {

/// From the first letter of a record's name to the end of its last line, as positions in the text.
struct RecordText {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind the line break, where there is one
};

/// The record whose name begins at `begin`. Comments and empty lines behind its last line belong to what stands below.
RecordText record_text_at(std::string_view text, std::size_t begin);

/// The record of that name; nothing where no line begins with it.
std::optional<RecordText> record_text_of(std::string_view text, std::string_view name);

}  // namespace duly
