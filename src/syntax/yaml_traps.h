#pragma once

// Why a text is no YAML, said to someone who has never heard of YAML: what was read, and the line as it should be written.

#include "syntax/yaml_checks.h"
#include "syntax/yaml_events.h"

namespace duly {

/// Explains why reading the stretch that begins at `begin` stopped. The place of the mistake is where its author made it, which is often before
/// the place where the parser gave up.
Mistake explain(const SourcePtr& source, std::size_t begin, const Stop& stop);

/// Brackets right behind each other, more than may be open: the parser would take a hundred bytes for each before it says a word. Or nowhere.
std::size_t find_deep_brackets(std::string_view text);
Mistake nested_too_deeply(const SourcePtr& source, std::size_t at);

/// A line `---`, `...` or `%...` at `at`: it would begin or end a document.
bool is_document_line(std::string_view text, std::size_t line_begin);
Mistake document_line(const SourcePtr& source, std::size_t line_begin);

/// Text that is neither a record nor a list.
Mistake no_record(const Node& scalar);

}  // namespace duly
