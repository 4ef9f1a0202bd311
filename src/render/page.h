#pragma once

// What every page has alike: it stands alone, asks nothing of the network and prints well.
//
// Threads: pure functions.

#include <string>
#include <string_view>

namespace duly {

/// Up to the opening of the body. `head` ends the head: what this page has of its own there.
std::string page_start(std::string_view title, std::string_view head = {});
inline constexpr std::string_view page_end = "</body>\n</html>\n";

/// `text` with what HTML reads otherwise escaped, also inside attributes.
void add_escaped(std::string_view text, std::string& out);

}  // namespace duly
