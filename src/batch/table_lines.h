#pragma once

// Rows of a CSV file, one after another, as RFC 4180 has them.
//
// Threads: belongs to one thread at a time.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace duly {

/// The row that begins at `text[at]`; `at` moves behind it. Cells point into `text`, or into `unquoted` where they were quoted.
/// Returns what is wrong with it, or nothing. A row whose quote is not closed reaches to the end of `text`.
std::string_view read_table_row(std::string_view text, std::size_t& at, std::vector<std::string_view>& cells, std::deque<std::string>& unquoted);

}  // namespace duly
