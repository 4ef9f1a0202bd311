#pragma once

// Paths as the protocol writes them: `file:///home/ana/rules/income.yaml`, with bytes that an address may not hold as %XX.

#include <optional>
#include <string>
#include <string_view>

namespace duly {

/// The path of a `file:` address, or nothing for any other.
std::optional<std::string> path_of_file_uri(std::string_view uri);
/// The address of an absolute path.
std::string file_uri_of_path(std::string_view path);

}  // namespace duly
